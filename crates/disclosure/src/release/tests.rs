pub(in crate::release) mod brute;
mod by_hand;
pub(in crate::release) mod samples;
