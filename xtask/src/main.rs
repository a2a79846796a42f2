//! Gates, benches and generated files.

fn main() {}
