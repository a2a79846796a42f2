//! A sample from the list in parts: what it comes to before it is drawn, and the draw.
//!
//! The parts are those children who have the same values in the columns that were chosen. How the places are shared out
//! and which labels come out is said by [`keyline_statistics::sample`]; `docs/sampling.md` says it to people.

use std::collections::BTreeMap;

use keyline_statistics::normal::Confidence;
use keyline_statistics::sample::Seed;
use keyline_statistics::sample::allocation::{AllocationError, By, Rule};
use keyline_statistics::sample::strata::{Frame, FrameError, Stratum};
use keyline_statistics::sample_size::{Drawn, Margin, margin};
use serde::{Deserialize, Serialize};

use super::{CONFIDENCES, Draw, MOST_RESERVES, SampleSize, draw_labels};
use crate::reasons::{FieldProblem, Reason};

/// Most columns by which a list is divided: more make parts of one child each.
pub const MOST_COLUMNS: usize = 2;

/// The confidence at which the margin of a chosen number is stated, in percent.
pub const USUAL_CONFIDENCE: u8 = 95;

/// What stands for an empty cell in the name of a part.
const NOTHING: &str = "–";

/// By what the sample is shared out over its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Allocation {
    /// As the parts are of the whole.
    Proportional,
    /// As many from each.
    Equal,
    /// More where more is in doubt.
    Neyman,
}

impl Allocation {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Proportional, Self::Equal, Self::Neyman];

    /// The word of the database, of the command line and of keys of translations.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proportional => "proportional",
            Self::Equal => "equal",
            Self::Neyman => "neyman",
        }
    }

    /// The one of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    fn by(self) -> By {
        match self {
            Self::Proportional => By::Proportional,
            Self::Equal => By::Equal,
            Self::Neyman => By::Neyman,
        }
    }
}

/// How a list is divided, and the sample shared out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Keys of the columns whose values are the parts.
    pub columns: Vec<String>,
    /// By what the sample is shared out.
    pub allocation: Allocation,
    /// Fewest from each part; one that has fewer gives all it has.
    pub minimum: u32,
    /// The share expected in a part, in percent; 50 where none is given. The margin and [`Allocation::Neyman`] look at it.
    pub expected: BTreeMap<String, u8>,
}

/// What is wanted of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// How many.
    pub size: SampleSize,
    /// Replacements to draw with it; with parts, in each of them.
    pub reserves: u32,
    /// The parts; none draws from the list as a whole.
    pub parts: Option<Parts>,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The label.
    pub label: String,
    /// Its part; blank when the list is not divided.
    pub part: String,
    /// Whether it was left out before drawing.
    pub excluded: bool,
}

/// The name of the part that a row belongs to: the values of the columns, in their order.
pub fn part_of(columns: &[String], values: &BTreeMap<String, String>) -> String {
    let value = |column: &String| values.get(column).map_or(NOTHING, String::as_str);
    columns.iter().map(value).collect::<Vec<_>>().join(" / ")
}

/// A part and what falls to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPart {
    /// Its name; blank when the list is not divided.
    pub name: String,
    /// Number of its stream of the generator.
    pub stream: u32,
    /// How many can be drawn.
    pub population: u32,
    /// How many were left out before.
    pub excluded: u32,
    /// How many are drawn.
    pub drawn: u32,
    /// The share expected, in percent.
    pub expected: u8,
}

impl PlannedPart {
    /// For how many of its part each of the drawn stands; none when nobody is drawn.
    pub fn weight(&self) -> Option<f64> {
        (self.drawn > 0).then(|| f64::from(self.population) / f64::from(self.drawn))
    }
}

/// How far a share in the sample may be from that in the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tells {
    /// All are read: nothing is in doubt.
    Everything,
    /// Within so many percentage points.
    Within(f64),
    /// Nothing of the whole: nobody is drawn from a part.
    Nothing,
}

/// What a sample comes to, before it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// How many are drawn.
    pub size: u32,
    /// How many can be drawn.
    pub population: u32,
    /// How many were left out before.
    pub excluded: u32,
    /// What it can tell.
    pub tells: Tells,
    /// At which confidence, in percent.
    pub confidence: u8,
    /// The parts, in the order of their names.
    pub parts: Vec<PlannedPart>,
}

/// A label that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnLabel {
    /// The label.
    pub label: String,
    /// Its part; none when the list is not divided.
    pub part: Option<String>,
    /// Whether it is a replacement.
    pub reserve: bool,
}

/// What a sample would come to.
///
/// # Errors
/// The field and what is wrong with it: nobody to draw from, a size or a margin that cannot be, too many reserves, a
/// minimum that takes more than the sample has, an expected share that is none.
pub fn plan(list: &[Listed], wanted: &Wanted) -> Result<Planned, FieldProblem> {
    let wrong = |field: &str, key: &str| FieldProblem::new(field, Reason::new(key));
    if wanted.reserves > MOST_RESERVES {
        let reason = Reason::new("records-problem-reserves").with("most", MOST_RESERVES);
        return Err(FieldProblem::new("reserves", reason));
    }
    if let Some(parts) = &wanted.parts {
        if !(1..=MOST_COLUMNS).contains(&parts.columns.len()) {
            let reason = Reason::new("records-problem-columns").with("most", MOST_COLUMNS);
            return Err(FieldProblem::new("strata", reason));
        }
        if let Some((name, _)) = parts.expected.iter().find(|(_, share)| !(1..=99).contains(*share)) {
            let reason = Reason::new("records-problem-expected").with("part", name);
            return Err(FieldProblem::new("expected", reason));
        }
    }
    let frame = frame(list, wanted.parts.as_ref()).map_err(|_| wrong("by", "records-nobody-left"))?;
    let population = small(frame.population());
    let rule = rule(wanted.parts.as_ref());
    let (size, percent) = match wanted.size {
        SampleSize::Number(number) if (1..=population).contains(&number) => (number, USUAL_CONFIDENCE),
        SampleSize::Number(_) => {
            let reason = Reason::new("records-problem-number").with("population", population);
            return Err(FieldProblem::new("number", reason));
        }
        SampleSize::Precision { confidence, margin } => {
            if !CONFIDENCES.contains(&confidence) {
                return Err(wrong("confidence", "problem-choose"));
            }
            if !(1..=30).contains(&margin) {
                return Err(wrong("margin", "records-problem-margin"));
            }
            let sure = sureness(confidence).ok_or_else(|| wrong("confidence", "problem-choose"))?;
            let size = frame.size_for(f64::from(margin) / 100.0, rule, sure);
            (small(size.map_err(|_| wrong("margin", "records-problem-margin"))?), confidence)
        }
    };
    let places = frame.allocate(size as usize, rule).map_err(|error| match error {
        AllocationError::MinimumTooLarge { needed, .. } => {
            FieldProblem::new("minimum", Reason::new("records-problem-minimum").with("needed", needed))
        }
        _ => wrong("by", "records-draw-impossible"),
    })?;
    let divided = wanted.parts.is_some();
    let parts: Vec<PlannedPart> = (1..)
        .zip(frame.strata())
        .zip(places)
        .map(|((stream, stratum), drawn)| PlannedPart {
            name: stratum.name.clone(),
            stream: if divided { stream } else { 0 },
            population: small(stratum.population.len()),
            excluded: small(list.iter().filter(|row| row.excluded && row.part == stratum.name).count()),
            drawn: small(drawn),
            expected: expected(wanted.parts.as_ref(), &stratum.name),
        })
        .collect();
    let excluded = small(list.iter().filter(|row| row.excluded).count());
    let tells = tells(&parts, percent);
    Ok(Planned { size, population, excluded, tells, confidence: percent, parts })
}

/// What a sample tells of which so many are drawn from each part, at a confidence in percent.
pub fn tells(parts: &[PlannedPart], confidence: u8) -> Tells {
    let drawn: Vec<Drawn> = parts
        .iter()
        .map(|part| Drawn {
            population: part.population.into(),
            size: part.drawn.into(),
            expected: f64::from(part.expected) / 100.0,
        })
        .collect();
    match sureness(confidence).map(|sure| margin(&drawn, sure)) {
        Some(Ok(Margin::Census)) => Tells::Everything,
        Some(Ok(Margin::Within(share))) => Tells::Within(share * 100.0),
        _ => Tells::Nothing,
    }
}

/// Draws, or draws again: the sample first, part by part in the order of their names, then the replacements likewise.
///
/// # Errors
/// A reason when the seed is not one, a label stands twice, or the numbers cannot be.
pub fn draw_in_parts(
    list: &[Listed],
    size: u32,
    reserves: u32,
    parts: Option<&Parts>,
    seed: &str,
) -> Result<Vec<DrawnLabel>, Reason> {
    let impossible = || Reason::new("records-draw-impossible");
    let Some(divided) = parts else {
        let left: Vec<String> =
            list.iter().filter(|row| !row.excluded).map(|row| row.label.clone()).collect();
        let drawn = draw_labels(&left, &Draw { seed: seed.to_owned(), size, reserves })?;
        let one = |reserve: bool| move |label| DrawnLabel { label, part: None, reserve };
        return Ok(drawn
            .sample
            .into_iter()
            .map(one(false))
            .chain(drawn.reserve.into_iter().map(one(true)))
            .collect());
    };
    if seed.len() != 64 {
        return Err(impossible());
    }
    let seed: Seed = seed.parse().map_err(|_| impossible())?;
    let frame = frame(list, Some(divided)).map_err(|_| impossible())?;
    let strata =
        frame.draw(seed, size as usize, rule(Some(divided)), reserves as usize).map_err(|_| impossible())?;
    let (mut sample, mut reserve) = (Vec::new(), Vec::new());
    for stratum in strata {
        let one = |label, reserve| DrawnLabel { label, part: Some(stratum.name.clone()), reserve };
        sample.extend(stratum.sample.drawn.into_iter().map(|label| one(label, false)));
        reserve.extend(stratum.sample.reserve.into_iter().map(|label| one(label, true)));
    }
    sample.extend(reserve);
    Ok(sample)
}

fn frame(list: &[Listed], parts: Option<&Parts>) -> Result<Frame<String>, FrameError> {
    let mut strata: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in list {
        strata.entry(row.part.as_str()).or_default().push(row.label.clone());
    }
    let strata = strata
        .into_iter()
        .map(|(name, labels)| Stratum {
            expected: f64::from(expected(parts, name)) / 100.0,
            ..Stratum::new(name, labels)
        })
        .collect();
    let excluded: Vec<String> = list.iter().filter(|row| row.excluded).map(|row| row.label.clone()).collect();
    Frame::new(strata)?.without(&excluded)
}

fn rule(parts: Option<&Parts>) -> Rule {
    parts.map_or(Rule { by: By::Proportional, minimum: 0 }, |parts| Rule {
        by: parts.allocation.by(),
        minimum: parts.minimum as usize,
    })
}

fn expected(parts: Option<&Parts>, name: &str) -> u8 {
    parts.and_then(|parts| parts.expected.get(name)).copied().unwrap_or(50)
}

fn sureness(percent: u8) -> Option<Confidence> {
    Confidence::new(f64::from(percent) / 100.0)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Where the name of a part stands among others when they are read: by its first number, as bands of age are, and then by
/// name; names without a number come last. The draw itself goes by name alone.
pub fn order_of_part(name: &str) -> (u64, &str) {
    let digits = name.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
    (digits.and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX), name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(sizes: &[usize]) -> Vec<Listed> {
        let part = |(n, size): (usize, &usize)| {
            (0..*size).map(move |at| Listed {
                label: format!("{n}-{at:04}"),
                part: format!("part {n}"),
                excluded: false,
            })
        };
        sizes.iter().enumerate().flat_map(part).collect()
    }

    fn wanted(size: SampleSize, allocation: Allocation, minimum: u32) -> Wanted {
        let parts = Parts { columns: vec!["band".into()], allocation, minimum, expected: BTreeMap::new() };
        Wanted { size, reserves: 2, parts: Some(parts) }
    }

    fn drawn(planned: &Planned) -> Vec<u32> {
        planned.parts.iter().map(|part| part.drawn).collect()
    }

    #[test]
    fn the_places_are_shared_out_and_the_margin_is_said() {
        let list = list(&[60, 30, 10]);
        let of =
            |allocation, minimum| plan(&list, &wanted(SampleSize::Number(20), allocation, minimum)).unwrap();
        assert_eq!(drawn(&of(Allocation::Proportional, 0)), [12, 6, 2]);
        assert_eq!(drawn(&of(Allocation::Proportional, 4)), [11, 5, 4]);
        assert_eq!(drawn(&of(Allocation::Equal, 0)), [7, 7, 6]);
        let planned = of(Allocation::Proportional, 0);
        // by hand: 1.959964 x sqrt(sum of (N_h / N)^2 x 0.25 / n_h x (N_h - n_h) / (N_h - 1)) = 19.907 points
        assert!(
            matches!(planned.tells, Tells::Within(points) if (points - 19.907).abs() < 0.001),
            "{planned:?}"
        );
        assert_eq!(planned.parts[0].weight(), Some(5.0));
        let all = plan(&list, &wanted(SampleSize::Number(100), Allocation::Equal, 0)).unwrap();
        assert_eq!(all.tells, Tells::Everything);
        let none = plan(&list, &wanted(SampleSize::Number(2), Allocation::Proportional, 0)).unwrap();
        assert_eq!(none.tells, Tells::Nothing);
    }

    #[test]
    fn what_cannot_be_is_said_at_its_field() {
        let mut rows = list(&[6, 4]);
        let field = |rows: &[Listed], wanted: &Wanted| plan(rows, wanted).unwrap_err().field;
        let number = |n| wanted(SampleSize::Number(n), Allocation::Proportional, 0);
        assert_eq!(field(&rows, &number(11)), "number");
        assert_eq!(field(&rows, &number(0)), "number");
        assert_eq!(field(&rows, &wanted(SampleSize::Number(3), Allocation::Equal, 2)), "minimum");
        let precise = |confidence, margin| SampleSize::Precision { confidence, margin };
        assert_eq!(field(&rows, &wanted(precise(93, 5), Allocation::Equal, 0)), "confidence");
        assert_eq!(field(&rows, &wanted(precise(95, 31), Allocation::Equal, 0)), "margin");
        let mut three = number(3);
        three.parts.as_mut().unwrap().columns = vec!["a".into(), "b".into(), "c".into()];
        assert_eq!(field(&rows, &three), "strata");
        let mut sure = number(3);
        sure.parts.as_mut().unwrap().expected.insert("part 0".into(), 100);
        assert_eq!(field(&rows, &sure), "expected");
        for row in &mut rows {
            row.excluded = true;
        }
        assert_eq!(field(&rows, &number(1)), "by");
        assert_eq!(field(&[], &number(1)), "by");
    }

    #[test]
    fn the_name_of_a_part_says_its_values() {
        let values: BTreeMap<String, String> = [("band".to_owned(), "0-4".to_owned())].into();
        assert_eq!(part_of(&["band".into(), "status".into()], &values), "0-4 / –");
    }

    proptest! {
        #[test]
        fn a_sample_keeps_its_shares_leaves_out_the_excluded_and_comes_again(
            sizes in prop::collection::vec(1usize..30, 1..5),
            part in 1u32..40, seed in "[0-9a-f]{64}", left_out in 0usize..5, reserves in 0u32..4,
            by in prop::sample::select(Allocation::ALL.to_vec()),
        ) {
            let mut rows = list(&sizes);
            let step = (rows.len() / (left_out + 1)).max(1);
            for at in (0..rows.len()).step_by(step).take(left_out.min(rows.len() - 1)) {
                rows[at].excluded = true;
            }
            let there = small(rows.iter().filter(|row| !row.excluded).count());
            let mut wanted = wanted(SampleSize::Number(part.min(there)), by, 0);
            wanted.reserves = reserves;
            let planned = plan(&rows, &wanted).unwrap();
            prop_assert_eq!(planned.parts.iter().map(|p| p.drawn).sum::<u32>(), planned.size);
            let draw = |rows: &[Listed], reserves| {
                draw_in_parts(rows, planned.size, reserves, wanted.parts.as_ref(), &seed).unwrap()
            };
            let once = draw(&rows, reserves);
            for part in &planned.parts {
                let of = |reserve| once.iter()
                    .filter(|d| d.reserve == reserve && d.part.as_deref() == Some(part.name.as_str())).count();
                prop_assert_eq!(small(of(false)), part.drawn);
                prop_assert_eq!(small(of(true)), reserves.min(part.population - part.drawn));
            }
            prop_assert!(once.iter().all(|d| rows.iter().any(|row| row.label == d.label && !row.excluded)));
            let mut turned = rows.clone();
            turned.reverse();
            prop_assert_eq!(&once, &draw(&turned, reserves));
            // A longer reserve changes neither the sample nor the replacements before.
            let longer = draw(&rows, reserves + 3);
            let sample = |all: &[DrawnLabel]| all.iter().filter(|d| !d.reserve).cloned().collect::<Vec<_>>();
            prop_assert_eq!(sample(&once), sample(&longer));
        }

        #[test]
        fn the_size_for_a_margin_keeps_it(sizes in prop::collection::vec(2usize..80, 1..4), margin in 5u8..30) {
            let rows = list(&sizes);
            let size = SampleSize::Precision { confidence: 95, margin };
            let planned = plan(&rows, &wanted(size, Allocation::Proportional, 1)).unwrap();
            match planned.tells {
                Tells::Everything => {}
                Tells::Within(points) => prop_assert!(points <= f64::from(margin) + 1e-9, "{points}"),
                Tells::Nothing => prop_assert!(false),
            }
        }
    }

    #[test]
    fn parts_are_read_by_their_first_number() {
        let mut parts = ["12-15", "none", "0-4", "18+", "5-11", "16-17, current", "16-17"];
        parts.sort_by_key(|name| order_of_part(name));
        assert_eq!(parts, ["0-4", "5-11", "12-15", "16-17", "16-17, current", "18+", "none"]);
    }
}
