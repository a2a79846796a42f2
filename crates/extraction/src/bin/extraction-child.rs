//! What the tests and the measure start as the child; the product starts itself with the same call.

use std::process::ExitCode;

fn main() -> ExitCode {
    keyline_extraction::child::child_main(std::env::args().nth(1).as_deref())
}
