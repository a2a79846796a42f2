//! The one binary: command line, server, demo.

fn main() {}
