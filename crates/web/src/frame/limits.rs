//! How much one address may send. For those who send without an account: answers to surveys, and attempts to sign in.
//!
//! An address is never kept and never logged: what is remembered, in memory alone, is a number made of it with a key
//! that is drawn anew at every start, and until when its allowance is used. Addresses of IPv6 count by their first
//! half, of which a household or an office has one.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};

use super::{App, PageError, Visitor};

/// From how many remembered addresses on those are given up whose allowance is whole again.
const TIDY_FROM: usize = 4_096;

/// All limits of the pages.
#[derive(Debug)]
pub struct Limits {
    /// Answers to surveys. A school answers from one address, so 500 may come at once, and one more each second.
    pub answers: Limit,
    /// Attempts to sign in, beside the throttle of each account: an office comes in at nine.
    pub sign_ins: Limit,
    /// Messages of the public channel. A class may write from one address in one lesson.
    pub messages: Limit,
    /// Receipts that are tried.
    pub receipts: Limit,
    key: RandomState,
    warned: AtomicBool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            answers: Limit::new(500, SignedDuration::from_secs(1)),
            sign_ins: Limit::new(60, SignedDuration::from_secs(2)),
            messages: Limit::new(120, SignedDuration::from_secs(5)),
            receipts: Limit::new(60, SignedDuration::from_secs(2)),
            key: RandomState::new(),
            warned: AtomicBool::new(false),
        }
    }
}

/// So many at once, then one each so often (the generic cell rate algorithm: one instant per address).
#[derive(Debug)]
pub struct Limit {
    most: SignedDuration,
    each: SignedDuration,
    used_until: Mutex<HashMap<u64, Timestamp>>,
}

impl Limit {
    fn new(at_once: i32, each: SignedDuration) -> Self {
        Self { most: each * at_once, each, used_until: Mutex::default() }
    }

    /// Takes one more from a sender's allowance.
    ///
    /// # Errors
    /// The sender has to wait before it is heard again.
    pub fn take(&self, sender: Sender, now: Timestamp) -> Result<(), Wait> {
        // Whose address is not known is not held up: it could be everybody's.
        let Some(number) = sender.number else { return Ok(()) };
        let mut used = self.used_until.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if used.len() >= TIDY_FROM {
            used.retain(|_, until| *until > now);
        }
        let until = used.get(&number).copied().unwrap_or(now).max(now) + self.each;
        let over = until.duration_since(now) - self.most;
        if over.is_positive() {
            return Err(Wait { seconds: over.as_secs().unsigned_abs() + 1 });
        }
        used.insert(number, until);
        Ok(())
    }
}

/// How long somebody has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// In seconds, at least one.
    pub seconds: u64,
}

impl Wait {
    /// The sentence for it, by its key.
    pub fn said(self, visitor: &Visitor, key: &str) -> String {
        visitor.words().with(key, &[("seconds", &self.seconds)])
    }

    /// Tells programs when to come back.
    #[must_use]
    pub fn on(self, mut response: Response) -> Response {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(self.seconds));
        response
    }

    /// A page of its own, for what has no form to show again.
    pub fn page(self) -> Response {
        self.on(PageError::bare(StatusCode::TOO_MANY_REQUESTS).into_response())
    }
}

/// Who sends, as a number that says nothing; none when the address is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender {
    number: Option<u64>,
}

impl FromRequestParts<App> for Sender {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let named_in = app.cx.settings.address_header.as_str();
        let address = if named_in.is_empty() {
            if connected.is_some() && parts.headers.contains_key("x-forwarded-for") {
                warn_once(&app.limits.warned);
            }
            connected
        } else {
            named(&parts.headers, named_in).or(connected)
        };
        Ok(Self { number: address.and_then(counted_as).map(|a| app.limits.key.hash_one(a)) })
    }
}

// A proxy that is not told of makes all people one sender.
fn warn_once(warned: &AtomicBool) {
    if !warned.swap(true, Ordering::Relaxed) {
        tracing::warn!(
            "requests come through a proxy: name the header in which it passes the visitor's address on \
             (setting `address-header`), or all visitors count as one where a limit per address applies"
        );
    }
}

// The last address in the header: the one that the nearest proxy saw itself. What stands before it anybody may write.
fn named(headers: &HeaderMap, name: &str) -> Option<IpAddr> {
    let text = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    let last = text.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|a| a.ip()))
}

// What counts as one sender. The machine itself is none: behind a proxy there that is not told of, it is everybody.
fn counted_as(address: IpAddr) -> Option<IpAddr> {
    let address = address.to_canonical();
    if address.is_loopback() {
        return None;
    }
    Some(match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_767_600_000 + seconds).unwrap()
    }

    fn sender(number: u64) -> Sender {
        Sender { number: Some(number) }
    }

    #[test]
    fn so_many_at_once_and_then_one_each_second() {
        let limit = Limit::new(3, SignedDuration::from_secs(1));
        for _ in 0..3 {
            limit.take(sender(1), at(0)).unwrap();
        }
        assert_eq!(limit.take(sender(1), at(0)), Err(Wait { seconds: 2 }));
        limit.take(sender(2), at(0)).expect("nobody else is held up");
        limit.take(sender(1), at(1)).unwrap();
        assert!(limit.take(sender(1), at(1)).is_err(), "being refused costs nothing, and gives nothing");
        for _ in 0..3 {
            limit.take(sender(1), at(60)).expect("the allowance is whole again");
        }
    }

    #[test]
    fn who_is_not_known_is_not_held_up() {
        let limit = Limit::new(1, SignedDuration::from_secs(1));
        for _ in 0..100 {
            limit.take(Sender { number: None }, at(0)).unwrap();
        }
        assert!(limit.used_until.lock().unwrap().is_empty());
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        let limit = Limit::new(3, SignedDuration::from_secs(1));
        for number in 0..TIDY_FROM as u64 {
            limit.take(sender(number), at(0)).unwrap();
        }
        limit.take(sender(u64::MAX), at(10)).unwrap();
        assert_eq!(limit.used_until.lock().unwrap().len(), 1);
    }

    #[test]
    fn addresses_count_as_households_and_offices_do() {
        let counted = |text: &str| counted_as(text.parse().unwrap());
        assert_eq!(counted("127.0.0.1"), None);
        assert_eq!(counted("::1"), None);
        assert_eq!(counted("::ffff:127.0.0.1"), None);
        assert_eq!(counted("::ffff:203.0.113.7"), counted("203.0.113.7"));
        assert_eq!(counted("2001:db8:1:2:3:4:5:6"), counted("2001:db8:1:2::9"));
        assert_ne!(counted("2001:db8:1:2::9"), counted("2001:db8:1:3::9"));
    }

    #[test]
    fn the_last_address_of_the_header_is_believed() {
        let mut headers = HeaderMap::new();
        assert_eq!(named(&headers, "x-forwarded-for"), None);
        headers.append("x-forwarded-for", "198.51.100.1, 203.0.113.7".parse().unwrap());
        assert_eq!(named(&headers, "x-forwarded-for"), "203.0.113.7".parse().ok());
        headers.append("x-forwarded-for", "[2001:db8::1]:443".parse().unwrap());
        assert_eq!(named(&headers, "X-Forwarded-For"), "2001:db8::1".parse().ok());
        headers.append("x-forwarded-for", "unknown".parse().unwrap());
        assert_eq!(named(&headers, "x-forwarded-for"), None);
    }
}
