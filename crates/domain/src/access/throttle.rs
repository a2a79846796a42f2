//! How long somebody waits after wrong passwords. Per account: nobody else is slowed down.

use jiff::{SignedDuration, Timestamp};

/// Wrong attempts that cost nothing.
pub const FREE_ATTEMPTS: u32 = 5;

/// When the next attempt is heard, after `failures` wrong ones in a row, the last at `last`.
///
/// The wait doubles from one second after the free attempts up to five minutes, and is forgotten a day after
/// the last failure. A passkey or a sign-in link is not held up, so that an attacker who knows an address
/// cannot lock its owner out.
pub fn next_attempt(failures: u32, last: Timestamp) -> Timestamp {
    if failures < FREE_ATTEMPTS {
        return last;
    }
    let doublings = (failures - FREE_ATTEMPTS).min(9);
    let wait = SignedDuration::from_secs((1_i64 << doublings).min(300));
    last.checked_add(wait).unwrap_or(last)
}

/// Whether the count of failures starts anew.
pub fn forgotten(last: Timestamp, now: Timestamp) -> bool {
    now.duration_since(last) > SignedDuration::from_hours(24)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_at_five_minutes() {
        let at: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        let wait = |n| next_attempt(n, at).duration_since(at).as_secs();
        assert_eq!(
            [wait(0), wait(4), wait(5), wait(6), wait(8), wait(13), wait(14), wait(4000)],
            [0, 0, 1, 2, 8, 256, 300, 300]
        );
    }
}
