//! Typed identifiers: one type per kind of thing, so that the wrong id does not compile.
//!
//! An id is a UUIDv7 made from the time and randomness that are handed in, written with a prefix
//! (`ins_0192…`), so that an id in a log or an address says what it is. Anonymous answers use
//! [`AnswerId`], which is random and does not tell time. To add a kind, add a line to `ids!`.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where randomness comes from. Handed in, so that a test repeats itself.
pub trait Randomness: Send + Sync {
    /// Fills the whole slice with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// Text that is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an id of the form {prefix}_…")]
pub struct WrongId {
    /// What was given.
    pub text: String,
    /// The prefix that was expected.
    pub prefix: &'static str,
}

fn parse(text: &str, prefix: &'static str) -> Result<Uuid, WrongId> {
    text.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .filter(|hex| {
            hex.len() == 32 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        })
        .and_then(|hex| Uuid::try_parse(hex).ok())
        .ok_or_else(|| WrongId { text: text.chars().take(60).collect(), prefix })
}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// The prefix of the text form.
            pub const PREFIX: &'static str = $prefix;

            /// The bare number, for interfaces that want one.
            pub fn uuid(self) -> Uuid {
                self.0
            }

            /// The id of a bare number.
            pub fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.simple())
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        impl FromStr for $name {
            type Err = WrongId;
            fn from_str(text: &str) -> Result<Self, WrongId> {
                parse(text, $prefix).map(Self)
            }
        }
        impl TryFrom<String> for $name {
            type Error = WrongId;
            fn try_from(text: String) -> Result<Self, WrongId> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }
    };
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident, $prefix:literal;)*) => { $(
        id_type!($(#[$doc])* $name, $prefix);
        impl $name {
            /// Makes an id that sorts by `now`.
            pub fn new(now: Timestamp, random: &dyn Randomness) -> Self {
                let mut bytes = [0u8; 10];
                random.fill(&mut bytes);
                let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
            }
        }
    )* };
}

ids! {
    /// A person who signs in.
    PersonId, "per";
    /// A passkey of a person.
    PasskeyId, "key";
    /// A ceremony under way (registering or using a passkey).
    CeremonyId, "cer";
    /// An invitation to take part in an inspection.
    InvitationId, "inv";
    /// One inspection: one programme version in one area.
    InspectionId, "ins";
    /// A letter that was sent.
    LetterId, "let";
    /// A recorded move of a step of the plan.
    MoveId, "mov";
    /// A document that the partnership or the team gave.
    DocumentId, "doc";
    /// An upload that comes in parts.
    UploadId, "upl";
    /// A request for a document.
    RequestId, "req";
    /// A request in the hands of a colleague without an account.
    DelegationId, "del";
    /// A mail that goes out.
    MailId, "mai";
    /// One submission of a return.
    SubmissionId, "sub";
    /// A survey of one inspection.
    SurveyId, "sur";
    /// A device that fills forms in away from the network.
    DeviceId, "dev";
    /// A session held with people: focus group, one-to-one, discussion, observation.
    SessionId, "ses";
    /// A drawn sample of records.
    SampleId, "sam";
    /// One reading of a record.
    ReadingId, "rea";
    /// Two people who read records together.
    PairId, "pai";
    /// A place on the training list of local readers.
    TrainingId, "tra";
    /// A piece of evidence.
    EvidenceId, "evi";
    /// A finding.
    FindingId, "fin";
    /// An edition of the report: draft, embargoed, published.
    EditionId, "edi";
    /// A point of factual accuracy.
    PointId, "pnt";
    /// A recommendation.
    RecommendationId, "rec";
    /// An action of the partnership's plan.
    ActionId, "act";
    /// A concern.
    ConcernId, "ccn";
    /// What a volunteer spent.
    ExpenseId, "exp";
    /// What a volunteer was paid.
    PaymentId, "pay";
    /// A session that is planned with volunteers.
    PlannedId, "pln";
    /// A draft of the children's version of a report.
    ChildrensDraftId, "cvd";
    /// What somebody said about such a draft.
    CommentId, "com";
    /// Something said and what was done about it.
    SaidId, "sai";
    /// A request of somebody who has lost the care passphrase.
    RecoveryId, "rcv";
    /// News, a webinar or a meeting.
    NewsId, "new";
    /// A job to be done after the answer.
    JobId, "job";
}

macro_rules! random_ids {
    ($($(#[$doc:meta])* $name:ident, $prefix:literal;)*) => { $(
        id_type!($(#[$doc])* $name, $prefix);
        impl $name {
            /// Makes an id that tells nothing.
            pub fn random(random: &dyn Randomness) -> Self {
                let mut bytes = [0u8; 16];
                random.fill(&mut bytes);
                Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }
        }
    )* };
}

// They do not tell when they were made.
random_ids! {
    /// An anonymous answer to a survey.
    AnswerId, "ans";
    /// A sealed text.
    TextId, "txt";
    /// A message of the public channel.
    MessageId, "msg";
    /// A young inspection volunteer, from the first interest on.
    VolunteerId, "vol";
    /// What somebody left who asks to be contacted.
    ContactId, "con";
}

/// A secret for a link or a session: 256 random bits, written in hexadecimal.
/// Only its BLAKE3 hash is stored.
pub fn secret(random: &dyn Randomness) -> String {
    let mut bytes = [0u8; 32];
    random.fill(&mut bytes);
    blake3::Hash::from_bytes(bytes).to_hex().to_string()
}

/// What is stored of a secret, so that a stolen table opens nothing.
pub fn secret_hash(secret: &str) -> String {
    blake3::hash(secret.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u8);
    impl Randomness for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn ids_read_back_and_refuse_other_kinds() {
        let id = InspectionId::new("2026-11-23T10:00:00Z".parse().unwrap(), &Fixed(7));
        assert_eq!(id.to_string().parse::<InspectionId>().unwrap(), id);
        assert!(id.to_string().parse::<PersonId>().is_err());
        assert!("ins_xyz".parse::<InspectionId>().is_err());
        assert!("".parse::<InspectionId>().is_err());
    }

    #[test]
    fn ids_sort_by_time() {
        let early = PersonId::new("2026-11-23T10:00:00Z".parse().unwrap(), &Fixed(9));
        let late = PersonId::new("2026-11-23T10:00:01Z".parse().unwrap(), &Fixed(1));
        assert!(early < late);
        assert!(early.to_string() < late.to_string());
    }

    #[test]
    fn a_secret_is_not_its_hash() {
        let secret = secret(&Fixed(3));
        assert_eq!(secret.len(), 64);
        assert_ne!(secret, secret_hash(&secret));
    }
}
