//! Sessions, sign-in links and the count of wrong passwords. Secrets are stored as hashes.

use jiff::Timestamp;
use keyline_domain::access::Person;
use keyline_domain::ids::PersonId;

use crate::error::Result;
use crate::rows::{read, time};
use crate::{Source, Tx};

/// How a session came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// Password alone.
    Password,
    /// Password and a code of the second factor.
    PasswordAndCode,
    /// Passkey.
    Passkey,
    /// A link that was sent or printed.
    Link,
    /// Password was right; the code is still to come. Opens nothing but the code page.
    AwaitingCode,
}

impl Means {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::PasswordAndCode => "password-and-code",
            Self::Passkey => "passkey",
            Self::Link => "link",
            Self::AwaitingCode => "awaiting-code",
        }
    }
}

impl std::str::FromStr for Means {
    type Err = ();
    fn from_str(word: &str) -> std::result::Result<Self, ()> {
        Ok(match word {
            "password" => Self::Password,
            "password-and-code" => Self::PasswordAndCode,
            "passkey" => Self::Passkey,
            "link" => Self::Link,
            "awaiting-code" => Self::AwaitingCode,
            _ => return Err(()),
        })
    }
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of the token in the cookie.
    pub token_hash: String,
    /// Whose it is.
    pub person: PersonId,
    /// How it came to be.
    pub means: Means,
    /// Family of browser and system, for the person's own list.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the quarter of an hour.
    pub seen_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

row! { struct SessionRow {
    token_hash: String, person_id: String, means: String, device: String, created_at: String, seen_at: String,
    expires_at: String,
} }

impl SessionRow {
    fn session(self) -> Result<Session> {
        let id = "(session)";
        Ok(Session {
            person: read("session", "person_id", id, &self.person_id)?,
            means: read("session", "means", id, &self.means)?,
            created_at: read("session", "created_at", id, &self.created_at)?,
            seen_at: read("session", "seen_at", id, &self.seen_at)?,
            expires_at: read("session", "expires_at", id, &self.expires_at)?,
            token_hash: self.token_hash,
            device: self.device,
        })
    }
}

row! { struct WhoRow {
    token_hash: String, person_id: String, means: String, device: String, created_at: String, seen_at: String,
    expires_at: String, name: String, language: String, administrator: bool,
} }

/// A live session with its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// The person.
    pub person: Person,
    /// The person's language.
    pub language: String,
}

/// Adds a session.
pub async fn add_session(tx: &mut Tx, s: &Session) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO session (token_hash, person_id, means, device, created_at, seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &s.token_hash,
        s.person.to_string(),
        s.means.word(),
        &s.device,
        time(s.created_at),
        time(s.seen_at),
        time(s.expires_at)
    )
    .map(|_| ())
}

/// The live session of a token's hash, with its person, unless the account is disabled.
pub async fn find_session(
    source: &mut impl Source,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<SignedIn>> {
    let row = fetch_optional!(
        source,
        WhoRow,
        "SELECT s.token_hash, s.person_id, s.means, s.device, s.created_at, s.seen_at, s.expires_at,
           p.name, p.language, p.administrator
         FROM session s JOIN person p ON p.id = s.person_id
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND p.disabled_at IS NULL",
        token_hash,
        time(now)
    )?;
    row.map(|r| {
        let session = SessionRow {
            token_hash: r.token_hash,
            person_id: r.person_id,
            means: r.means,
            device: r.device,
            created_at: r.created_at,
            seen_at: r.seen_at,
            expires_at: r.expires_at,
        }
        .session()?;
        Ok(SignedIn {
            person: Person { id: session.person, name: r.name, administrator: r.administrator },
            language: r.language,
            session,
        })
    })
    .transpose()
}

/// The live sessions of a person, newest first.
pub async fn sessions_of(source: &mut impl Source, person: PersonId, now: Timestamp) -> Result<Vec<Session>> {
    fetch_all!(
        source,
        SessionRow,
        "SELECT token_hash, person_id, means, device, created_at, seen_at, expires_at FROM session
         WHERE person_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, created_at DESC",
        person.to_string(),
        time(now)
    )?
    .into_iter()
    .map(SessionRow::session)
    .collect()
}

/// Notes that a session was used and when it now ends.
pub async fn touch_session(
    tx: &mut Tx,
    token_hash: &str,
    seen_at: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE session SET seen_at = $1, expires_at = $2 WHERE token_hash = $3",
        time(seen_at),
        time(expires_at),
        token_hash
    )
    .map(|_| ())
}

/// Ends one session of a person; says whether there was one.
pub async fn end_session(tx: &mut Tx, person: PersonId, token_hash: &str) -> Result<bool> {
    let touched = execute!(
        tx,
        "DELETE FROM session WHERE token_hash = $1 AND person_id = $2",
        token_hash,
        person.to_string()
    )?;
    Ok(touched > 0)
}

/// Ends all sessions of a person but one; gives how many ended.
pub async fn end_other_sessions(tx: &mut Tx, person: PersonId, keep: &str) -> Result<u64> {
    execute!(tx, "DELETE FROM session WHERE person_id = $1 AND token_hash <> $2", person.to_string(), keep)
}

/// A sign-in link that may still be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInLink {
    /// Whose it is.
    pub person: PersonId,
    /// Whether it opens more than once (demonstration only).
    pub reusable: bool,
}

/// Adds a sign-in link.
pub async fn add_link(
    tx: &mut Tx,
    token_hash: &str,
    person: PersonId,
    now: Timestamp,
    expires_at: Timestamp,
    reusable: bool,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO sign_in_link (token_hash, person_id, created_at, expires_at, reusable)
         VALUES ($1, $2, $3, $4, $5)",
        token_hash,
        person.to_string(),
        time(now),
        time(expires_at),
        reusable
    )
    .map(|_| ())
}

row! { struct LinkRow { person_id: String, reusable: bool } }

/// The link of a token's hash, if it can still be used.
pub async fn find_link(
    source: &mut impl Source,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<SignInLink>> {
    fetch_optional!(
        source,
        LinkRow,
        "SELECT person_id, reusable FROM sign_in_link
         WHERE token_hash = $1 AND expires_at > $2 AND (used_at IS NULL OR reusable)",
        token_hash,
        time(now)
    )?
    .map(|r| {
        Ok(SignInLink {
            person: read("sign_in_link", "person_id", "(link)", &r.person_id)?,
            reusable: r.reusable,
        })
    })
    .transpose()
}

/// Notes that a link was used.
pub async fn use_link(tx: &mut Tx, token_hash: &str, now: Timestamp) -> Result<()> {
    execute!(tx, "UPDATE sign_in_link SET used_at = $1 WHERE token_hash = $2", time(now), token_hash)
        .map(|_| ())
}

/// Wrong passwords in a row for an account, and when the last was.
pub async fn failures(source: &mut impl Source, account_hash: &str) -> Result<Option<(u32, Timestamp)>> {
    let row = fetch_optional!(
        source,
        (i64, String),
        "SELECT failures, last_at FROM sign_in_failure WHERE account_hash = $1",
        account_hash
    )?;
    row.map(|(n, at)| {
        Ok((u32::try_from(n).unwrap_or(u32::MAX), read("sign_in_failure", "last_at", account_hash, &at)?))
    })
    .transpose()
}

/// Writes the number of wrong passwords; zero forgets the account.
pub async fn set_failures(tx: &mut Tx, account_hash: &str, failures: u32, at: Timestamp) -> Result<()> {
    if failures == 0 {
        execute!(tx, "DELETE FROM sign_in_failure WHERE account_hash = $1", account_hash)?;
    } else {
        execute!(
            tx,
            "INSERT INTO sign_in_failure (account_hash, failures, last_at) VALUES ($1, $2, $3)
             ON CONFLICT (account_hash) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at",
            account_hash,
            i64::from(failures),
            time(at)
        )?;
    }
    Ok(())
}
