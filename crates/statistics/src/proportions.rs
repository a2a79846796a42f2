//! Whole percents, and the words that stand for them in sentences ("most", "fewer than half").
//!
//! Which words and which limits is the method's business: the bands are handed in. This module makes sure that
//! each whole percent has one word.

/// A word and the whole percents it stands for, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The word.
    pub word: String,
    /// Least whole percent.
    pub from: u8,
    /// Greatest whole percent.
    pub to: u8,
}

/// Which of two neighbouring bands gets a percent that both name (50 in "0 to 50" and "50 to 75").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// The band of the smaller percents.
    Lower,
    /// The band of the greater percents.
    Higher,
}

/// Why bands cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BandFault {
    /// `from` is greater than `to`, or `to` greater than 100.
    #[error("{word:?} runs from {from} to {to}")]
    Reversed {
        /// The band's word.
        word: String,
        /// Its start.
        from: u8,
        /// Its end.
        to: u8,
    },
    /// No band has this percent.
    #[error("no word for {0} per cent")]
    Gap(u8),
    /// Two bands share more than the percent at which they meet, or three meet at one.
    #[error("{0:?} and {1:?} overlap")]
    Overlap(String, String),
}

/// Bands that give each whole percent one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands {
    ascending: Vec<Band>,
    tie: Tie,
}

impl Bands {
    /// Checks that the bands cover 0 to 100 and meet in at most one percent.
    pub fn new(mut bands: Vec<Band>, tie: Tie) -> Result<Self, BandFault> {
        for band in &bands {
            if band.from > band.to || band.to > 100 {
                return Err(BandFault::Reversed { word: band.word.clone(), from: band.from, to: band.to });
            }
        }
        bands.sort_by_key(|band| (band.from, band.to));
        let mut end: Option<&Band> = None;
        for band in &bands {
            match end {
                None if band.from > 0 => return Err(BandFault::Gap(0)),
                Some(before) if band.from > before.to + 1 => return Err(BandFault::Gap(before.to + 1)),
                // a band of the one shared percent alone could never or always be chosen
                Some(before)
                    if band.from < before.to
                        || (band.from == before.to && (band.to == band.from || before.from == before.to)) =>
                {
                    return Err(BandFault::Overlap(before.word.clone(), band.word.clone()));
                }
                _ => end = Some(band),
            }
        }
        match end.map(|last| last.to) {
            Some(100) => Ok(Self { ascending: bands, tie }),
            Some(short) => Err(BandFault::Gap(short + 1)),
            None => Err(BandFault::Gap(0)),
        }
    }

    /// The word for a whole percent; `None` above 100.
    pub fn word(&self, percent: u8) -> Option<&str> {
        let mut naming = self.ascending.iter().filter(|band| (band.from..=band.to).contains(&percent));
        let lower = naming.next()?;
        let chosen = match self.tie {
            Tie::Lower => lower,
            Tie::Higher => naming.next().unwrap_or(lower),
        };
        Some(&chosen.word)
    }
}

/// `part` of `whole` in whole per cent, halves rounded up; 0 and 100 are kept for none and all, so that "all" is
/// never said of 299 in 300. `None` when `whole` is 0 or smaller than `part`.
pub fn whole_percent(part: u64, whole: u64) -> Option<u8> {
    if whole == 0 || part > whole {
        return None;
    }
    let rounded = (u128::from(part) * 200 + u128::from(whole)) / (2 * u128::from(whole));
    let rounded = u8::try_from(rounded).ok()?;
    Some(match part {
        0 => 0,
        all if all == whole => 100,
        _ => rounded.clamp(1, 99),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(word: &str, from: u8, to: u8) -> Band {
        Band { word: word.into(), from, to }
    }

    #[test]
    fn percents() {
        for (part, whole, percent) in [
            (1, 2, 50),
            (1, 8, 13),
            (1, 3, 33),
            (2, 3, 67),
            (299, 300, 99),
            (1, 300, 1),
            (0, 5, 0),
            (5, 5, 100),
        ] {
            assert_eq!(whole_percent(part, whole), Some(percent), "{part}/{whole}");
        }
        assert_eq!(whole_percent(0, 0), None);
        assert_eq!(whole_percent(2, 1), None);
        assert_eq!(whole_percent(u64::MAX, u64::MAX), Some(100));
    }

    #[test]
    fn each_percent_has_one_word() {
        let apart = Bands::new(vec![band("most", 50, 100), band("few", 0, 49)], Tie::Higher).unwrap();
        assert_eq!((apart.word(49), apart.word(50), apart.word(101)), (Some("few"), Some("most"), None));
        let meeting = vec![band("few", 0, 50), band("most", 50, 100)];
        assert_eq!(Bands::new(meeting.clone(), Tie::Higher).unwrap().word(50), Some("most"));
        assert_eq!(Bands::new(meeting, Tie::Lower).unwrap().word(50), Some("few"));
        let ends =
            Bands::new(vec![band("none", 0, 0), band("some", 1, 99), band("all", 100, 100)], Tie::Lower)
                .unwrap();
        assert_eq!((ends.word(0), ends.word(1), ends.word(100)), (Some("none"), Some("some"), Some("all")));
    }

    #[test]
    fn faults_are_named() {
        assert_eq!(Bands::new(vec![], Tie::Lower), Err(BandFault::Gap(0)));
        assert_eq!(Bands::new(vec![band("a", 1, 100)], Tie::Lower), Err(BandFault::Gap(0)));
        assert_eq!(
            Bands::new(vec![band("a", 0, 40), band("b", 42, 100)], Tie::Lower),
            Err(BandFault::Gap(41))
        );
        assert_eq!(Bands::new(vec![band("a", 0, 99)], Tie::Lower), Err(BandFault::Gap(100)));
        assert_eq!(
            Bands::new(vec![band("a", 0, 50), band("b", 49, 100)], Tie::Lower),
            Err(BandFault::Overlap("a".into(), "b".into()))
        );
        assert_eq!(
            Bands::new(vec![band("a", 0, 50), band("b", 50, 50), band("c", 50, 100)], Tie::Lower),
            Err(BandFault::Overlap("a".into(), "b".into()))
        );
        assert_eq!(
            Bands::new(vec![band("a", 9, 3)], Tie::Lower),
            Err(BandFault::Reversed { word: "a".into(), from: 9, to: 3 })
        );
        assert!(matches!(Bands::new(vec![band("a", 0, 101)], Tie::Lower), Err(BandFault::Reversed { .. })));
    }
}
