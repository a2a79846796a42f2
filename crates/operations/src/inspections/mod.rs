//! Setting up and running an inspection: people, plan, letters.

mod interest;
mod set_up;

pub use interest::{DecideInterest, DeclareInterest, decide_interest, declare_interest};
pub use set_up::{FirstMember, SetUp, set_up};
