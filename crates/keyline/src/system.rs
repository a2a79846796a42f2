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

/// From now on this process and those it starts leave no core dump, whatever the machine is set to: memory that is given back
/// is wiped, but a few bytes of a text can still lie on a stack or in a register.
pub(crate) fn leave_no_core_dump() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    #[cfg(unix)]
    fn no_core_dump_is_left_afterwards() {
        use rustix::process::{Resource, getrlimit};
        super::leave_no_core_dump().unwrap();
        let now = getrlimit(Resource::Core);
        assert_eq!((now.current, now.maximum), (Some(0), Some(0)));
    }
}
