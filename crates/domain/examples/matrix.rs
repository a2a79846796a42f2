//! Prints the access matrix: `cargo xtask matrix` writes it to `docs/access-matrix.txt`.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

fn main() {
    print!("{}", keyline_domain::access::matrix());
}
