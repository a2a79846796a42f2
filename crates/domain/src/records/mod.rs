//! The sample of records: how many, which, and how anyone can draw it again.
//!
//! The draw itself is [`keyline_statistics::sample`], which documents every step; here stands what is recorded of it, so
//! that whoever has the labels and the recorded [`Draw`] gets the same sample with any tool. Source: the programme reads a
//! statistically valid sample of records; confidence and margin are not published, so the lead chooses them [B].

pub mod agreeing;
pub mod comparing;
pub mod drawing;
pub mod estimating;
pub mod moderating;
pub mod pairs;
pub mod sight;
pub mod tool;
pub mod training;
pub mod window;

use keyline_statistics::normal::Confidence;
use keyline_statistics::sample::{Seed, draw};
use keyline_statistics::sample_size::{Precision, sample_size};
use serde::{Deserialize, Serialize};

use crate::ids::Randomness;
use crate::reasons::FieldProblem;
use crate::reasons::Reason;

/// Name of the method with its edition, recorded with each sample. A change of the method is a new name.
pub const METHOD: &str = "chacha20-fisher-yates-1";

/// Confidences on offer, in percent.
pub const CONFIDENCES: [u8; 3] = [90, 95, 99];

/// Most replacements that can be drawn.
pub const MOST_RESERVES: u32 = 200;

/// How the size of the sample is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SampleSize {
    /// So many that a share in the population is told within a margin.
    Precision {
        /// How sure, in percent: one of [`CONFIDENCES`].
        confidence: u8,
        /// Margin either side, in percentage points, 1 to 30.
        margin: u8,
    },
    /// So many, whatever that can tell.
    Number(u32),
}

/// A draw as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// The seed: 64 hexadecimal digits.
    pub seed: String,
    /// How many were drawn.
    pub size: u32,
    /// How many replacements were asked for.
    pub reserves: u32,
}

/// Labels in the order in which they were drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The sample.
    pub sample: Vec<String>,
    /// Replacements, in the order in which they are to be used.
    pub reserve: Vec<String>,
}

/// How many to read out of a population.
///
/// # Errors
/// The field and what is wrong with it: a confidence that is not on offer, a margin out of bounds, a number of nobody or
/// of more than there are.
pub fn size(population: u32, chosen: SampleSize) -> Result<u32, FieldProblem> {
    match chosen {
        SampleSize::Number(number) if (1..=population).contains(&number) => Ok(number),
        SampleSize::Number(_) => Err(FieldProblem::new(
            "number",
            Reason::new("records-problem-number").with("population", population),
        )),
        SampleSize::Precision { confidence, margin } => {
            let confidence = CONFIDENCES
                .contains(&confidence)
                .then(|| Confidence::new(f64::from(confidence) / 100.0))
                .flatten()
                .ok_or_else(|| FieldProblem::new("confidence", Reason::new("problem-choose")))?;
            let wrong = || FieldProblem::new("margin", Reason::new("records-problem-margin"));
            if !(1..=30).contains(&margin) {
                return Err(wrong());
            }
            let precision = Precision::new(confidence, f64::from(margin) / 100.0);
            let size = sample_size(u64::from(population), precision).map_err(|_| wrong())?;
            Ok(u32::try_from(size).unwrap_or(population).min(population))
        }
    }
}

/// A new seed.
pub fn new_seed(random: &dyn Randomness) -> String {
    crate::ids::secret(random)
}

/// Draws, or draws again: the same labels and the same draw give the same sample, in whatever order the labels come.
///
/// # Errors
/// A reason when the seed is not one, or a label stands twice, or more are asked for than there are.
pub fn draw_labels(labels: &[String], how: &Draw) -> Result<Drawn, Reason> {
    let impossible = || Reason::new("records-draw-impossible");
    let seed = parse_seed(&how.seed).ok_or_else(impossible)?;
    let (size, reserves) = (how.size as usize, how.reserves as usize);
    let sample = draw(Seed::from(seed), labels.to_vec(), size, reserves).map_err(|_| impossible())?;
    Ok(Drawn { sample: sample.drawn, reserve: sample.reserve })
}

fn parse_seed(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut seed = [0u8; 32];
    for (n, byte) in seed.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[n * 2..n * 2 + 2], 16).ok()?;
    }
    Some(seed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn labels(n: u32) -> Vec<String> {
        (0..n).map(|n| format!("SM-{n:03}")).collect()
    }

    #[test]
    fn sizes_follow_the_finite_population() {
        let at =
            |population, confidence, margin| size(population, SampleSize::Precision { confidence, margin });
        // Cochran 1977, 4.4: n0 = 1.96² × 0.25 ÷ 0.1² = 96.04; for 120: 96.04 ÷ (1 + 95.04 ÷ 120) = 53.6
        assert_eq!(at(120, 95, 10), Ok(54));
        assert_eq!(at(20, 99, 1), Ok(20));
        assert_eq!(at(120, 93, 10).unwrap_err().field, "confidence");
        assert_eq!(at(120, 95, 0).unwrap_err().field, "margin");
        assert_eq!(at(120, 95, 31).unwrap_err().field, "margin");
        assert_eq!(size(12, SampleSize::Number(12)), Ok(12));
        assert_eq!(size(12, SampleSize::Number(13)).unwrap_err().field, "number");
        assert_eq!(size(12, SampleSize::Number(0)).unwrap_err().field, "number");
    }

    #[test]
    fn a_wrong_seed_or_a_repeated_label_is_refused() {
        let how = Draw { seed: "zz".into(), size: 1, reserves: 0 };
        assert!(draw_labels(&labels(3), &how).is_err());
        let how = Draw { seed: "0".repeat(64), size: 1, reserves: 0 };
        assert!(draw_labels(&["a".into(), "a".into()], &how).is_err());
        assert!(draw_labels(&labels(3), &Draw { size: 4, ..how }).is_err());
    }

    proptest! {
        #[test]
        fn drawn_again_it_is_the_same_whatever_the_order(
            seed in "[0-9a-f]{64}", n in 1u32..80, part in 1u32..80, reserves in 0u32..10
        ) {
            let how = Draw { seed, size: part.min(n), reserves };
            let forwards = draw_labels(&labels(n), &how).unwrap();
            let mut turned = labels(n);
            turned.reverse();
            prop_assert_eq!(&forwards, &draw_labels(&turned, &how).unwrap());
            let mut all = [forwards.sample.clone(), forwards.reserve.clone()].concat();
            prop_assert_eq!(forwards.sample.len(), how.size as usize);
            prop_assert_eq!(forwards.reserve.len(), reserves.min(n - how.size) as usize);
            all.sort();
            all.dedup();
            prop_assert_eq!(all.len(), (how.size + reserves.min(n - how.size)) as usize);
        }
    }
}
