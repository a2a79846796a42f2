//! Which numbers and texts stand for a column.

use crate::description::missing::Words;
use crate::description::variable::{Kind, Variable};
use crate::extent::{ColumnExtent, Extent, LONGEST_SPSS_TEXT};
use crate::names::Names;
use crate::table::Dataset;
use crate::text::{clean, cut};

/// The longest label of a variable and of a value, in bytes, that SPSS reads whole.
const LONGEST_LABEL: usize = 255;
const LONGEST_VALUE_LABEL: usize = 120;

/// How much a segment of a longer text holds, and how much of its width counts.
pub(super) const SEGMENT_BYTES: usize = 255;
const SEGMENT_SHARE: usize = 252;

/// A column of the file.
#[derive(Debug, PartialEq)]
pub(super) struct Column {
    /// Its name.
    pub(super) name: String,
    /// Name of at most eight bytes, for the records that know no longer ones: the name of its first segment.
    pub(super) short: String,
    pub(super) label: String,
    pub(super) measure: Measure,
    pub(super) content: Content,
    /// The question in full and the condition, kept as attributes because a label may be too short for them.
    pub(super) attributes: Vec<(&'static str, String)>,
    /// The question with several answers to which it belongs.
    pub(super) of: Option<String>,
    /// How many of its texts are longer than SPSS bears, and cut.
    pub(super) texts_cut: u64,
}

/// What a column holds.
#[derive(Debug, PartialEq)]
pub(super) enum Content {
    /// Numbers, of which these stand for what is missing, and these have labels.
    Numbers { format: Format, missing: Vec<f64>, labels: Vec<(f64, String)> },
    /// Texts in one or more segments, of which these stand for what is missing, with their labels.
    Texts { width: usize, segments: Vec<Segment>, missing: Vec<(&'static str, String)> },
}

/// A part of a text column.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) short: String,
    pub(super) width: usize,
}

/// How a value is shown: the number of the format, width and decimal places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Format {
    kind: u8,
    width: u8,
    places: u8,
}

/// What may be reckoned with the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Nominal = 1,
    Ordinal = 2,
    Scale = 3,
}

impl Format {
    /// For texts of that width.
    pub(super) fn text(width: usize) -> Self {
        Self { kind: 1, width: u8::try_from(width).unwrap_or(u8::MAX), places: 0 }
    }

    /// As it stands in the record of a variable.
    pub(super) fn packed(self) -> i32 {
        i32::from(self.kind) << 16 | i32::from(self.width) << 8 | i32::from(self.places)
    }

    /// How many characters are shown.
    pub(super) fn width(self) -> i32 {
        i32::from(self.width)
    }
}

impl Segment {
    /// How many blocks of eight bytes it takes.
    pub(super) fn blocks(&self) -> usize {
        self.width.div_ceil(8)
    }
}

/// The columns of the file.
pub(super) fn columns(dataset: &Dataset<'_>, extent: &Extent) -> Vec<Column> {
    let names = Names::of(&dataset.variables).spss;
    let mut short_names = (1..).map(|number: usize| {
        // No name of ours has an `@`, so that a short name is never the name of another column.
        format!("V@{number}")
    });
    dataset
        .variables
        .iter()
        .zip(names)
        .zip(&extent.columns)
        .map(|((variable, name), extent)| {
            let short = short_names.next().unwrap_or_default();
            let content = match variable.kind {
                Kind::Text => texts(variable, extent, &dataset.about.words, &short, &mut short_names),
                _ => numbers(variable, extent, &dataset.about.words),
            };
            Column {
                name,
                short,
                label: cut(&clean(&variable.label), LONGEST_LABEL).into_owned(),
                measure: measure(&variable.kind),
                content,
                attributes: attributes(variable),
                of: match &variable.kind {
                    Kind::Chosen { of } => Some(of.clone()),
                    _ => None,
                },
                texts_cut: extent.longer_than_spss,
            }
        })
        .collect()
}

fn measure(kind: &Kind) -> Measure {
    match kind {
        Kind::Category { ordered: true, .. } => Measure::Ordinal,
        Kind::Category { ordered: false, .. } | Kind::Chosen { .. } | Kind::Text => Measure::Nominal,
        Kind::Whole | Kind::Decimal { .. } | Kind::Date => Measure::Scale,
    }
}

/// Attributes have no line breaks: the format ends a value with one.
fn attributes(variable: &Variable) -> Vec<(&'static str, String)> {
    [("Question", &variable.question), ("AskedWhen", &variable.asked_when)]
        .into_iter()
        .filter_map(|(name, text)| Some((name, text.as_deref()?)))
        .map(|(name, text)| (name, clean(text).split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect()
}

fn numbers(variable: &Variable, extent: &ColumnExtent, words: &Words) -> Content {
    let label = |text: &str| cut(&clean(text), LONGEST_VALUE_LABEL).into_owned();
    let mut labels: Vec<(f64, String)> = match &variable.kind {
        Kind::Category { categories, .. } => {
            categories.iter().map(|category| (f64::from(category.number), label(&category.label))).collect()
        }
        Kind::Chosen { .. } => vec![(0.0, label(&words.not_chosen)), (1.0, label(&words.chosen))],
        Kind::Whole | Kind::Decimal { .. } | Kind::Text | Kind::Date => Vec::new(),
    };
    let missing: Vec<f64> = variable.reasons().map(|missing| extent.code(missing)).collect();
    labels.extend(variable.reasons().map(|missing| (extent.code(missing), label(words.of(missing)))));
    let format = match variable.kind {
        Kind::Date => Format { kind: 39, width: 10, places: 0 },
        Kind::Decimal { places } => number_format(extent, places.min(16)),
        _ => number_format(extent, 0),
    };
    Content::Numbers { format, missing, labels }
}

/// Format `F`, wide enough for the values and the codes of what is missing.
fn number_format(extent: &ColumnExtent, places: u8) -> Format {
    let widest = [extent.smallest, extent.largest, Some(extent.first_code)]
        .into_iter()
        .flatten()
        .map(|number| format!("{number:.0}").len())
        .max()
        .unwrap_or(1);
    let width = widest + if places > 0 { usize::from(places) + 1 } else { 0 };
    Format { kind: 5, width: u8::try_from(width.clamp(8, 40)).unwrap_or(40), places }
}

fn texts(
    variable: &Variable,
    extent: &ColumnExtent,
    words: &Words,
    short: &str,
    short_names: &mut impl Iterator<Item = String>,
) -> Content {
    let missing: Vec<(&'static str, String)> = variable
        .reasons()
        .map(|missing| (missing.sign(), cut(&clean(words.of(missing)), LONGEST_VALUE_LABEL).into_owned()))
        .collect();
    let signs = missing.iter().map(|(sign, _)| sign.len()).max().unwrap_or(0);
    let width = extent.longest.max(signs).clamp(1, LONGEST_SPSS_TEXT);
    let count = if width > SEGMENT_BYTES { width.div_ceil(SEGMENT_SHARE) } else { 1 };
    let segments = (1..=count)
        .map(|number| Segment {
            short: if number == 1 { short.to_owned() } else { short_names.next().unwrap_or_default() },
            width: if number < count { SEGMENT_BYTES } else { width - (count - 1) * SEGMENT_SHARE },
        })
        .collect();
    Content::Texts { width, segments, missing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_column(longest: usize) -> (usize, Vec<usize>) {
        let variable = Variable::new("t", "T", Kind::Text);
        let extent = ColumnExtent {
            smallest: None,
            largest: None,
            longest,
            frequencies: Vec::new(),
            longer_than_spss: 0,
            missing: [0; 4],
            first_code: -9.0,
            step: 1.0,
        };
        let mut short_names = (2..).map(|number: usize| format!("V@{number}"));
        match texts(&variable, &extent, &Words::default(), "V@1", &mut short_names) {
            Content::Texts { width, segments, .. } => {
                (width, segments.into_iter().map(|segment| segment.width).collect())
            }
            Content::Numbers { .. } => panic!("it is a text"),
        }
    }

    /// The segments that the guide names for 20,000 bytes, and the limits around one segment.
    #[test]
    fn long_texts_are_split_as_the_guide_says() {
        assert_eq!(text_column(0), (1, vec![1]));
        assert_eq!(text_column(255), (255, vec![255]));
        assert_eq!(text_column(256), (256, vec![255, 4]));
        let (width, segments) = text_column(20_000);
        assert_eq!((width, segments.len()), (20_000, 80));
        assert!(segments[..79].iter().all(|width| *width == 255));
        assert_eq!(segments[79], 92);
        assert_eq!(text_column(70_000).0, 32_767);
    }
}
