//! Who may look at readings that are not their own: pairs read blind.
//!
//! Peers call it double data entry: neither sees the other's before both are done, and then neither changes. That readers
//! see no other reading while they still read is the narrower reading of "readers see their own records" [B].

use crate::ids::PairId;

/// A reading that is to be done, and whether it is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doing {
    /// Who reads.
    pub pair: PairId,
    /// Whether the pair has finished it.
    pub finished: bool,
}

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looker {
    /// The pair in which the person reads, if any.
    pub pair: Option<PairId>,
    /// Whether that pair has readings that are not finished.
    pub still_reads: bool,
    /// Whether the person leads the inspection and has to see how reading goes.
    pub leads: bool,
}

/// What may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Everything that is finished.
    Open,
    /// Nothing of this record until each pair that reads it has finished.
    UntilAllFinished,
    /// Nothing of others until the own pair has finished all of its records.
    WhileReading,
}

/// What somebody may see of the readings of one record.
pub fn of_record(looker: Looker, doing: &[Doing]) -> Sight {
    if doing.iter().any(|d| !d.finished) && doing.len() > 1 {
        return Sight::UntilAllFinished;
    }
    of_all(looker)
}

/// What somebody may see of what all records together show.
pub fn of_all(looker: Looker) -> Sight {
    if looker.pair.is_some() && looker.still_reads && !looker.leads {
        Sight::WhileReading
    } else {
        Sight::Open
    }
}

/// Whether a reading of a record may still be taken up again: not once all pairs have finished one that two read, since
/// from then on they may see each other's.
pub fn may_reopen(doing: &[Doing]) -> bool {
    doing.len() < 2 || doing.iter().any(|d| !d.finished)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_two_pairs_read_is_shut_until_both_are_done() {
        let pair = |n: u8| format!("pai_{n:032x}").parse().unwrap();
        let doing = |first: bool, second: bool| {
            [Doing { pair: pair(1), finished: first }, Doing { pair: pair(2), finished: second }]
        };
        let lead = Looker { pair: None, still_reads: false, leads: true };
        let reads = Looker { pair: Some(pair(1)), still_reads: true, leads: false };
        let has_read = Looker { still_reads: false, ..reads };
        for (looker, doing, sees) in [
            (lead, &doing(true, false)[..], Sight::UntilAllFinished),
            (lead, &doing(true, true), Sight::Open),
            (lead, &doing(true, true)[..1], Sight::Open),
            (reads, &doing(true, true)[..1], Sight::WhileReading),
            (reads, &doing(true, false), Sight::UntilAllFinished),
            (has_read, &doing(true, true), Sight::Open),
            (Looker { leads: true, ..reads }, &doing(true, true), Sight::Open),
        ] {
            assert_eq!(of_record(looker, doing), sees, "{looker:?} {doing:?}");
        }
        assert!(may_reopen(&doing(true, false)) && may_reopen(&doing(true, true)[..1]));
        assert!(!may_reopen(&doing(true, true)));
    }
}
