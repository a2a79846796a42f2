//! Counting. Each function goes once over the columns it names.
//!
//! Counts are by code: see [`crate::columns`]. A column that does not exist has no counts.

use std::collections::BTreeMap;

use crate::columns::{Codes, Column, Columns, FIRST};
use crate::rows::Rows;

/// Respondents by the combination of their codes in some columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    parts: Vec<Vec<u16>>,
    sizes: Vec<u64>,
    of_row: Vec<u16>,
}

impl Division {
    /// The codes of each part, ascending; every part has respondents.
    pub fn parts(&self) -> &[Vec<u16>] {
        &self.parts
    }

    /// How many respondents each part has.
    pub fn sizes(&self) -> &[u64] {
        &self.sizes
    }
}

/// A counter for each of a few things, four of each, so that the same thing twice in a row does not wait for itself.
struct Tally {
    width: usize,
    lanes: Vec<u32>,
}

impl Tally {
    fn new(width: usize) -> Self {
        Self { width, lanes: vec![0; width * 4] }
    }

    fn add(&mut self, things: impl ExactSizeIterator<Item = usize>) {
        let (a, rest) = self.lanes.split_at_mut(self.width);
        let (b, rest) = rest.split_at_mut(self.width);
        let (c, d) = rest.split_at_mut(self.width);
        let mut things = things;
        while things.len() >= 4 {
            for lane in [&mut *a, &mut *b, &mut *c, &mut *d] {
                if let Some(count) = things.next().and_then(|thing| lane.get_mut(thing)) {
                    *count += 1;
                }
            }
        }
        for thing in things {
            if let Some(count) = a.get_mut(thing) {
                *count += 1;
            }
        }
    }

    fn counts(&self) -> Vec<u64> {
        (0..self.width)
            .map(|thing| (0..4).map(|lane| u64::from(self.lanes[lane * self.width + thing])).sum())
            .collect()
    }
}

/// Calls `$do` with a slice of codes as `$codes`, whatever their size.
macro_rules! with_codes {
    ($column:expr, $codes:ident => $do:expr) => {
        match $column {
            Codes::Byte($codes) => $do,
            Codes::Wide($codes) => $do,
        }
    };
}

impl Columns {
    /// How many respondents have each code.
    pub fn one_way(&self, column: usize, among: Option<&Rows>) -> Option<Vec<u64>> {
        let of = self.columns.get(column)?;
        let mut tally = Tally::new(of.width());
        with_codes!(&of.codes, codes => match among {
            None => tally.add(codes.iter().map(|&code| usize::from(code))),
            Some(rows) => {
                let chosen: Vec<usize> =
                    rows.iter().filter_map(|row| codes.get(row)).map(|&code| usize::from(code)).collect();
                tally.add(chosen.into_iter());
            }
        });
        Some(tally.counts())
    }

    /// How many respondents have each pair of codes: a row for each code of `by`, a place for each of `column`.
    pub fn cross(&self, column: usize, by: usize, among: Option<&Rows>) -> Option<Vec<Vec<u64>>> {
        let (of, by) = (self.columns.get(column)?, self.columns.get(by)?);
        let width = of.width();
        let mut tally = Tally::new(width * by.width());
        with_codes!(&of.codes, codes => with_codes!(&by.codes, groups => {
            let both = |row: usize| {
                Some(usize::from(*groups.get(row)?) * width + usize::from(*codes.get(row)?))
            };
            match among {
                None => tally.add(
                    codes.iter().zip(groups).map(|(&code, &group)| usize::from(group) * width + usize::from(code)),
                ),
                Some(rows) => {
                    let chosen: Vec<usize> = rows.iter().filter_map(both).collect();
                    tally.add(chosen.into_iter());
                }
            }
        }));
        Some(tally.counts().chunks(width).map(<[u64]>::to_vec).collect())
    }

    /// How many respondents made each choice of a question with several answers.
    pub fn choices(&self, column: usize, among: Option<&Rows>) -> Option<Vec<u64>> {
        let of = self.columns.get(column)?;
        Some(
            of.choices
                .iter()
                .map(|rows| among.map_or_else(|| rows.count(), |among| common(rows, among)))
                .collect(),
        )
    }

    /// Those with one of the codes in a column.
    pub fn having(&self, column: usize, wanted: &[u16]) -> Option<Rows> {
        let of = self.columns.get(column)?;
        let mut is_wanted = vec![false; of.width()];
        for &code in wanted {
            if let Some(is_wanted) = is_wanted.get_mut(usize::from(code)) {
                *is_wanted = true;
            }
        }
        Some(with_codes!(&of.codes, codes => {
            Rows::where_true(self.len, |row| is_wanted.get(usize::from(codes[row])).copied().unwrap_or(false))
        }))
    }

    /// Those who made a choice in a question with several answers.
    pub fn choosing(&self, column: usize, choice: u16) -> Option<&Rows> {
        self.columns.get(column)?.choices.get(usize::from(choice))
    }

    /// Divides the respondents by some columns; by none, into one part. `None` where there are more than 65,536 parts.
    pub fn divide(&self, by: &[usize]) -> Option<Division> {
        let columns: Vec<&Column> =
            by.iter().map(|&column| self.columns.get(column)).collect::<Option<_>>()?;
        let room = columns.iter().try_fold(1_usize, |room, column| room.checked_mul(column.width()));
        // few combinations are found by their number, many by a search
        let (parts, of_row) = match room {
            Some(room) if room <= 1 << 16 => self.divide_by_number(&columns, room),
            _ => self.divide_by_search(&columns),
        }?;
        let mut sizes = Tally::new(parts.len());
        sizes.add(of_row.iter().map(|&part| usize::from(part)));
        Some(Division { sizes: sizes.counts(), parts, of_row })
    }

    fn divide_by_number(&self, columns: &[&Column], room: usize) -> Option<(Vec<Vec<u16>>, Vec<u16>)> {
        let mut number = vec![0_usize; self.len];
        for column in columns {
            let width = column.width();
            with_codes!(&column.codes, codes => {
                for (number, &code) in number.iter_mut().zip(codes) {
                    *number = *number * width + usize::from(code);
                }
            });
        }
        let mut part_of: Vec<Option<u16>> = vec![None; room];
        for &number in &number {
            part_of[number] = Some(0);
        }
        let mut parts = Vec::new();
        for (number, part) in part_of.iter_mut().enumerate().filter(|(_, part)| part.is_some()) {
            *part = Some(u16::try_from(parts.len()).ok()?);
            parts.push(digits(number, columns.iter().map(|column| column.width())));
        }
        Some((parts, number.into_iter().map(|number| part_of[number].unwrap_or(0)).collect()))
    }

    fn divide_by_search(&self, columns: &[&Column]) -> Option<(Vec<Vec<u16>>, Vec<u16>)> {
        let codes_of = |row: usize| columns.iter().map(|column| column.codes.get(row)).collect::<Vec<u16>>();
        let mut part_of: BTreeMap<Vec<u16>, u16> = (0..self.len).map(|row| (codes_of(row), 0)).collect();
        for (number, part) in part_of.values_mut().enumerate() {
            *part = u16::try_from(number).ok()?;
        }
        let of_row = (0..self.len).map(|row| part_of[&codes_of(row)]).collect();
        Some((part_of.into_keys().collect(), of_row))
    }

    /// How many of each part have each code: a row for each code, a place for each part. `division` is one of these columns.
    pub fn one_way_by(&self, column: usize, division: &Division) -> Option<Vec<Vec<u64>>> {
        let of = self.columns.get(column)?;
        let width = division.parts.len();
        let mut tally = Tally::new(width * of.width());
        with_codes!(&of.codes, codes => tally.add(
            codes.iter().zip(&division.of_row).map(|(&code, &part)| usize::from(code) * width + usize::from(part)),
        ));
        let counts = tally.counts();
        Some((0..of.width()).map(|code| counts[code * width..][..width].to_vec()).collect())
    }

    /// For each choice, how many of each part made it, and how many made it and no other.
    pub fn choices_by(&self, column: usize, division: &Division) -> Option<Vec<ChoiceCounts>> {
        let of = self.columns.get(column)?;
        let words = self.len.div_ceil(64);
        let (mut once, mut twice) = (vec![0_u64; words], vec![0_u64; words]);
        for rows in &of.choices {
            for ((once, twice), word) in once.iter_mut().zip(&mut twice).zip(&rows.words) {
                *twice |= *once & word;
                *once |= word;
            }
        }
        let alone = Rows {
            words: once.into_iter().zip(twice).map(|(once, twice)| once & !twice).collect(),
            len: self.len,
        };
        let by_part = |rows: &Rows| {
            let mut counts = vec![0; division.parts.len()];
            for part in rows.iter().filter_map(|row| division.of_row.get(row)) {
                counts[usize::from(*part)] += 1;
            }
            counts
        };
        Some(
            of.choices
                .iter()
                .map(|rows| ChoiceCounts { chosen: by_part(rows), alone: by_part(&alone.clone().and(rows)) })
                .collect(),
        )
    }
}

/// How often a choice was made, by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceCounts {
    /// By how many.
    pub chosen: Vec<u64>,
    /// By how many who chose nothing else.
    pub alone: Vec<u64>,
}

fn common(a: &Rows, b: &Rows) -> u64 {
    a.words.iter().zip(&b.words).map(|(a, b)| u64::from((a & b).count_ones())).sum()
}

/// The codes of which a number was made.
fn digits(mut number: usize, widths: impl DoubleEndedIterator<Item = usize>) -> Vec<u16> {
    let mut codes: Vec<u16> = widths
        .rev()
        .map(|width| {
            let code = number % width;
            number /= width;
            u16::try_from(code).unwrap_or(FIRST)
        })
        .collect();
    codes.reverse();
    codes
}

#[cfg(test)]
pub(crate) mod tests;
