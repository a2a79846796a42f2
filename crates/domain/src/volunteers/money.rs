//! Money of volunteers: what they spent and get back, and what they are paid. Whole pence everywhere.
//!
//! What may be claimed, the highest amount and how late are ours and unconfirmed `[B]`: that volunteers are paid is all that
//! the sources say.

use std::fmt;

use jiff::Span;
use jiff::civil::Date;

use crate::concerns::required;
use crate::evidence::worded;
use crate::reasons::{FieldProblem, Reason};

/// Highest amount of one expense or payment, in pence: a guard against a slip of the hand. `[B]`: ours.
pub const HIGHEST: u32 = 100_000;
/// After so many days an expense can be claimed no more. `[B]`: ours.
pub const CLAIM_WITHIN: i64 = 92;
/// Nothing was paid before this day: a guard against a slip of the hand. `[B]`: ours.
pub const FIRST_PAID: Date = jiff::civil::date(2000, 1, 1);
/// Most sessions of one payment.
pub const MOST_SESSIONS: u32 = 60;

worded! {
    /// What was paid for.
    What {
        /// Bus, train, taxi, mileage.
        Travel = "travel",
        /// Food and drink.
        Food = "food",
        /// Somebody to look after a child or another person.
        Care = "care",
        /// Phone and data.
        Phone = "phone",
        /// Something else; the note says what.
        Other = "other",
    }
}

worded! {
    /// Where an expense stands.
    State {
        /// Claimed; somebody decides.
        Claimed = "claimed",
        /// Approved; to be paid.
        Approved = "approved",
        /// Paid.
        Paid = "paid",
        /// Sent back with a reason; can be claimed again.
        SentBack = "sent-back",
        /// Taken back by the volunteer.
        TakenBack = "taken-back",
    }
}

worded! {
    /// What is done with an expense.
    Act {
        /// Approve it.
        Approve = "approve",
        /// Send it back with a reason.
        SendBack = "send-back",
        /// Note that it was paid.
        Pay = "pay",
        /// Look at it again: an approval that was a slip.
        LookAgain = "look-again",
        /// Claim it again, changed.
        ClaimAgain = "claim-again",
        /// Take it back.
        TakeBack = "take-back",
    }
}

/// Where an expense stands after an act.
///
/// # Errors
/// The sentence why this cannot be done where it stands.
pub fn after(state: State, act: Act) -> Result<State, Reason> {
    use State as S;
    match (state, act) {
        (S::Claimed, Act::Approve) => Ok(S::Approved),
        (S::Claimed, Act::SendBack) => Ok(S::SentBack),
        (S::Approved, Act::Pay) => Ok(S::Paid),
        (S::Approved, Act::LookAgain) | (S::SentBack | S::TakenBack, Act::ClaimAgain) => Ok(S::Claimed),
        (S::Claimed | S::SentBack, Act::TakeBack) => Ok(S::TakenBack),
        _ => Err(Reason::new("expense-not-now")),
    }
}

impl Act {
    /// Whether it is the volunteer's; the others are the participation lead's.
    pub fn is_own(self) -> bool {
        matches!(self, Self::ClaimAgain | Self::TakeBack)
    }
}

/// An amount in pence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pence(pub u32);

impl fmt::Display for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "£{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl Pence {
    /// Reads what somebody typed: `4`, `4.5`, `£4.50`, `4,50`.
    ///
    /// # Errors
    /// The key of the sentence: no amount, nothing, or more than [`HIGHEST`].
    pub fn read(text: &str) -> Result<Self, Reason> {
        let wrong = || Reason::new("problem-amount");
        let text = text.trim().trim_start_matches('£').trim().replace(',', ".");
        let (pounds, pence) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |t: &str| t.chars().all(|c| c.is_ascii_digit());
        if !digits(pounds) || !digits(pence) || pence.len() > 2 || pounds.is_empty() && pence.is_empty() {
            return Err(wrong());
        }
        let pounds: u32 = if pounds.is_empty() { 0 } else { pounds.parse().map_err(|_| wrong())? };
        // `4.5` is four pounds fifty.
        let pence: u32 = format!("{pence:0<2}").parse().map_err(|_| wrong())?;
        match pounds.checked_mul(100).and_then(|p| p.checked_add(pence)) {
            Some(0) => Err(wrong()),
            Some(all) if all <= HIGHEST => Ok(Self(all)),
            _ => Err(Reason::new("problem-amount-high").with("most", Self(HIGHEST))),
        }
    }
}

/// What somebody claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What it was for.
    pub what: What,
    /// A few words about it; wanted for something else.
    pub note: String,
    /// How much.
    pub pence: u32,
    /// The day on which it was spent.
    pub day: Date,
    /// Whether there is a receipt.
    pub receipt: bool,
}

/// The faults of a claim on a day, each at its field.
pub fn claim_problems(claim: &Claim, today: Date) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let at = |field: &str, reason: Reason| FieldProblem::new(field, reason);
    if claim.what == What::Other {
        problems.extend(required("note", &claim.note, 300));
    } else {
        problems.extend(crate::concerns::too_long("note", &claim.note, 300));
    }
    let first = today.checked_sub(Span::new().days(CLAIM_WITHIN)).unwrap_or(Date::MIN);
    if claim.day > today {
        problems.push(at("day", Reason::new("volunteer-day-to-come")));
    } else if claim.day < first {
        problems.push(at("day", Reason::new("expense-too-late").with("days", CLAIM_WITHIN)));
    }
    if !(1..=HIGHEST).contains(&claim.pence) {
        problems.push(at("amount", Reason::new("problem-amount")));
    }
    problems
}

/// What was claimed, is to be paid, and was paid, in pence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Waits for a decision.
    pub claimed: u64,
    /// Approved and not paid.
    pub to_pay: u64,
    /// Paid.
    pub paid: u64,
}

/// Adds up expenses. What was sent or taken back counts nowhere.
pub fn totals(expenses: impl IntoIterator<Item = (State, u32)>) -> Totals {
    let mut all = Totals::default();
    for (state, pence) in expenses {
        match state {
            State::Claimed => all.claimed += u64::from(pence),
            State::Approved => all.to_pay += u64::from(pence),
            State::Paid => all.paid += u64::from(pence),
            State::SentBack | State::TakenBack => {}
        }
    }
    all
}

/// What is wrong with the day on which an expense was paid: it lies between the day of the expense and today.
pub fn paid_problem(expense_day: Date, paid_on: Date, today: Date) -> Option<FieldProblem> {
    let key = match paid_on {
        _ if paid_on > today => "volunteer-day-to-come",
        _ if paid_on < expense_day => "expense-paid-before",
        _ => return None,
    };
    Some(FieldProblem::new("paid_on", Reason::new(key)))
}

/// The faults of a record of payment.
pub fn payment_problems(sessions: u32, pence: u32, paid_on: Date, today: Date) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if !(1..=MOST_SESSIONS).contains(&sessions) {
        let reason = Reason::new("payment-sessions").with("most", MOST_SESSIONS);
        problems.push(FieldProblem::new("sessions", reason));
    }
    if !(1..=HIGHEST).contains(&pence) {
        problems.push(FieldProblem::new("amount", Reason::new("problem-amount")));
    }
    if paid_on > today {
        problems.push(FieldProblem::new("paid_on", Reason::new("volunteer-day-to-come")));
    } else if paid_on < FIRST_PAID {
        let reason = Reason::new("volunteer-day-too-early").with("year", FIRST_PAID.year());
        problems.push(FieldProblem::new("paid_on", reason));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn what_may_follow_what() {
        let mut table = String::new();
        for state in State::ALL {
            for act in Act::ALL {
                if let Ok(next) = after(*state, *act) {
                    table.push_str(&[state.word(), " ", act.word(), " ", next.word(), "\n"].concat());
                }
            }
        }
        assert_eq!(
            table,
            "claimed approve approved\nclaimed send-back sent-back\nclaimed take-back taken-back\n\
             approved pay paid\napproved look-again claimed\n\
             sent-back claim-again claimed\nsent-back take-back taken-back\n\
             taken-back claim-again claimed\n"
        );
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, pence) in [
            ("4", 400),
            ("4.5", 450),
            ("£4.50", 450),
            (" 4,50 ", 450),
            (".75", 75),
            ("0.01", 1),
            ("1000", HIGHEST),
        ] {
            assert_eq!(Pence::read(text), Ok(Pence(pence)), "{text}");
        }
        for (text, key) in [
            ("", "problem-amount"),
            ("0", "problem-amount"),
            ("four", "problem-amount"),
            ("-4", "problem-amount"),
            ("4.505", "problem-amount"),
            ("1.2.3", "problem-amount"),
            ("1000.01", "problem-amount-high"),
            ("99999999999", "problem-amount"),
            ("42949673", "problem-amount-high"),
        ] {
            assert_eq!(Pence::read(text).unwrap_err().key, key, "{text}");
        }
    }

    #[test]
    fn each_fault_of_a_claim_is_named_at_its_field() {
        let today = date(2026, 6, 1);
        let claim = Claim { what: What::Travel, note: String::new(), pence: 450, day: today, receipt: false };
        let wrong = |change: &dyn Fn(&mut Claim)| {
            let mut c = claim.clone();
            change(&mut c);
            claim_problems(&c, today)
                .into_iter()
                .map(|p| format!("{} {}", p.field, p.reason.key))
                .collect::<Vec<_>>()
        };
        assert_eq!(wrong(&|_| {}), Vec::<String>::new());
        assert_eq!(wrong(&|c| c.what = What::Other), ["note problem-required"]);
        assert_eq!(wrong(&|c| c.day = date(2026, 6, 2)), ["day volunteer-day-to-come"]);
        assert_eq!(wrong(&|c| c.day = date(2026, 3, 1)), Vec::<String>::new(), "the last day");
        assert_eq!(wrong(&|c| c.day = date(2026, 2, 28)), ["day expense-too-late"]);
        assert_eq!(wrong(&|c| c.pence = 0), ["amount problem-amount"]);
        assert_eq!(wrong(&|c| c.note = "x".repeat(301)), ["note answer-too-long"]);
    }

    #[test]
    fn a_payment_names_sessions_amount_and_a_day_that_has_been() {
        let today = date(2026, 6, 1);
        assert!(payment_problems(2, 5_000, today, today).is_empty());
        let fields =
            |s, p, d| payment_problems(s, p, d, today).into_iter().map(|p| p.field).collect::<Vec<_>>();
        assert_eq!(fields(0, 0, date(2026, 6, 2)), ["sessions", "amount", "paid_on"]);
        assert_eq!(fields(61, 1, today), ["sessions"]);
        assert!(fields(1, 1, FIRST_PAID).is_empty());
        assert_eq!(fields(1, 1, date(1999, 12, 31)), ["paid_on"]);
    }

    #[test]
    fn an_expense_is_paid_after_it_was_made_and_not_tomorrow() {
        let (spent, today) = (date(2026, 5, 20), date(2026, 6, 1));
        let wrong = |day| paid_problem(spent, day, today).map(|p| p.reason.key);
        assert_eq!((wrong(spent), wrong(today)), (None, None));
        assert_eq!(wrong(date(2026, 5, 19)).as_deref(), Some("expense-paid-before"));
        assert_eq!(wrong(date(2026, 6, 2)).as_deref(), Some("volunteer-day-to-come"));
    }

    proptest! {
        #[test]
        fn an_amount_is_read_as_it_is_shown(pence in 1..=HIGHEST) {
            prop_assert_eq!(Pence::read(&Pence(pence).to_string()), Ok(Pence(pence)));
        }

        #[test]
        fn nothing_is_paid_that_was_not_approved_and_paid_stays_paid(acts in proptest::collection::vec(0..Act::ALL.len(), 0..30)) {
            let mut state = State::Claimed;
            for act in acts.into_iter().map(|n| Act::ALL[n]) {
                if let Ok(next) = after(state, act) {
                    prop_assert!(state != State::Paid);
                    prop_assert!(next != State::Paid || state == State::Approved && act == Act::Pay);
                    state = next;
                }
            }
        }

        #[test]
        fn totals_lose_no_penny(all in proptest::collection::vec((0..State::ALL.len(), 0..=HIGHEST), 0..50)) {
            let all: Vec<_> = all.into_iter().map(|(n, p)| (State::ALL[n], p)).collect();
            let t = totals(all.iter().copied());
            let counted: u64 = all.iter().filter(|(s, _)| !matches!(s, State::SentBack | State::TakenBack)).map(|(_, p)| u64::from(*p)).sum();
            prop_assert_eq!(t.claimed + t.to_pay + t.paid, counted);
        }
    }
}
