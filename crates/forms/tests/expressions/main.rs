//! What expressions mean: worked examples in tables, refusals, and properties that hold for any text.

mod functions;
mod paths;
mod properties;
mod refusals;
mod world;
