//! The harness: one app per test on either database, actors as types, a fixed clock, a story.
