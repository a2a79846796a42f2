//! A clock that stands until it is moved, and randomness that repeats itself.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use keyline_domain::clock::Clock;
use keyline_domain::ids::Randomness;
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// A clock that stands until it is moved.
#[derive(Debug)]
pub struct TestClock(Mutex<Timestamp>);

impl TestClock {
    /// A clock at an instant.
    pub fn at(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }
    /// Sets it.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().expect("no test panics while it holds the clock") = now;
    }
    /// Moves it on.
    pub fn forward(&self, by: SignedDuration) {
        let mut now = self.0.lock().expect("no test panics while it holds the clock");
        *now = now.checked_add(by).expect("a test stays in this age");
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("no test panics while it holds the clock")
    }
}

/// Randomness from a seed.
#[derive(Debug)]
pub struct SeededRandom(Mutex<ChaCha20Rng>);

impl SeededRandom {
    /// The same seed gives the same bytes.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha20Rng::seed_from_u64(seed)))
    }
}

impl Randomness for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().expect("no test panics while it draws").fill_bytes(bytes);
    }
}
