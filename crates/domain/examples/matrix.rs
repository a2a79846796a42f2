//! Prints the access matrix: `docs/access-matrix.txt` is kept from it.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

fn main() {
    print!("{}", keyline_domain::access::matrix());
}
