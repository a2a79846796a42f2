//! The clock and the randomness of the machine: read here, at the edge, and handed in everywhere else.

use std::sync::Mutex;

use jiff::Timestamp;
use keyline_domain::clock::Clock;
use keyline_domain::ids::Randomness;
use rand::TryRngCore;
use rand::rngs::OsRng;

/// The clock of the machine; the demonstration can set it while it tells its story.
#[derive(Debug, Default)]
pub(crate) struct SystemClock(Mutex<Option<Timestamp>>);

impl SystemClock {
    /// Sets the clock to an instant, or back to the machine's time.
    pub(crate) fn set(&self, at: Option<Timestamp>) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = at;
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).unwrap_or_else(Timestamp::now)
    }
}

/// The randomness of the operating system.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemRandom;

impl Randomness for SystemRandom {
    /// # Panics
    /// When the operating system gives no randomness: nothing safe can be done then.
    fn fill(&self, bytes: &mut [u8]) {
        OsRng.try_fill_bytes(bytes).expect("the operating system gives randomness");
    }
}
