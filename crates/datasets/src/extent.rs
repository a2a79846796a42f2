//! A first walk over the rows, for formats that must know numbers and lengths before they write: it also finds every
//! cell that does not fit, before anything is written.

use crate::description::missing::Missing;
use crate::description::variable::{Kind, Variable};
use crate::fault::WriteFault;
use crate::table::Dataset;
use crate::text::told_apart;
use crate::value::{SECONDS_OF_A_DAY, Value, value};

/// The longest text that SPSS bears, in bytes.
pub(crate) const LONGEST_SPSS_TEXT: usize = 32_767;

/// What the rows hold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Extent {
    /// How many rows there are.
    pub(crate) rows: u64,
    /// For each column.
    pub(crate) columns: Vec<ColumnExtent>,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ColumnExtent {
    /// The smallest number that SPSS will hold for it; none when there is no value, or a text.
    pub(crate) smallest: Option<f64>,
    /// The largest.
    pub(crate) largest: Option<f64>,
    /// Bytes of the longest text, as it is told apart from the signs of missing values.
    pub(crate) longest: usize,
    /// How many of these texts are longer than [`LONGEST_SPSS_TEXT`].
    pub(crate) longer_than_spss: u64,
    /// How often each category is there, or not chosen and chosen.
    pub(crate) frequencies: Vec<u64>,
    /// How often each reason for a missing value is there, in the order of [`Missing::ALL`].
    pub(crate) missing: [u64; 4],
    /// The number that stands for [`Missing::Suppressed`] in SPSS, in [steps](Self::step); the others follow in the
    /// order of [`Missing::ALL`].
    pub(crate) first_code: f64,
    /// How far the codes of missing values lie apart: 1, and a day of 86,400 seconds in a column of days, where
    /// readers that know days only would take codes of the same day for one.
    pub(crate) step: f64,
}

impl Extent {
    /// Walks all rows.
    ///
    /// # Errors
    /// The first row or cell that does not fit, or a column without room for the codes of missing values.
    pub(crate) fn of(dataset: &Dataset<'_>) -> Result<Self, WriteFault> {
        let mut rows = 0;
        let mut columns: Vec<ColumnExtent> = dataset.variables.iter().map(ColumnExtent::empty).collect();
        dataset.walk(|number, row| {
            rows = number;
            for ((cell, variable), column) in row.iter().zip(&dataset.variables).zip(&mut columns) {
                let value = value(variable, cell).map_err(|fault| fault.at(number, variable))?;
                column.add(&value);
            }
            Ok(())
        })?;
        for (column, variable) in columns.iter_mut().zip(&dataset.variables) {
            if !variable.missing.is_empty() {
                column.first_code = first_code(column.smallest.map(|smallest| smallest / column.step))
                    .ok_or_else(|| WriteFault::NoRoomForMissing { variable: variable.name.clone() })?;
            }
        }
        Ok(Self { rows, columns })
    }
}

impl ColumnExtent {
    fn empty(variable: &Variable) -> Self {
        let frequencies = match &variable.kind {
            Kind::Category { categories, .. } => categories.len(),
            Kind::Chosen { .. } => 2,
            _ => 0,
        };
        Self {
            smallest: None,
            largest: None,
            longest: 0,
            longer_than_spss: 0,
            frequencies: vec![0; frequencies],
            missing: [0; 4],
            first_code: -9.0,
            step: if variable.kind == Kind::Date { SECONDS_OF_A_DAY } else { 1.0 },
        }
    }

    fn add(&mut self, value: &Value<'_>) {
        match value {
            Value::Missing(missing) => self.missing[missing.index()] += 1,
            Value::Text(text) => {
                let bytes = told_apart(text).len();
                self.longest = self.longest.max(bytes);
                self.longer_than_spss += u64::from(bytes > LONGEST_SPSS_TEXT);
            }
            Value::Category(index, _) => self.count(*index),
            Value::Chosen(chosen) => self.count(usize::from(*chosen)),
            Value::Whole(_) | Value::Decimal(_) | Value::Date(_) => {}
        }
        if let Some(number) = value.number() {
            self.smallest = Some(self.smallest.map_or(number, |smallest| smallest.min(number)));
            self.largest = Some(self.largest.map_or(number, |largest| largest.max(number)));
        }
    }

    fn count(&mut self, index: usize) {
        if let Some(frequency) = self.frequencies.get_mut(index) {
            *frequency += 1;
        }
    }

    /// The number that stands for a missing value in SPSS.
    pub(crate) fn code(&self, missing: Missing) -> f64 {
        (self.first_code + [0.0, 1.0, 2.0, 3.0][missing.index()]) * self.step
    }
}

/// Where the four codes of missing values begin: -9 by the habit of the field, or -99, -999, … when the numbers of
/// the column reach down there.
fn first_code(smallest: Option<f64>) -> Option<f64> {
    let mut code = -9.0;
    for _ in 0..15 {
        if smallest.is_none_or(|smallest| smallest > code + 3.0) {
            return Some(code);
        }
        code = code * 10.0 - 9.0;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_missing_values_lie_below_every_value() {
        assert_eq!(first_code(None), Some(-9.0));
        assert_eq!(first_code(Some(0.0)), Some(-9.0));
        assert_eq!(first_code(Some(-5.9)), Some(-9.0));
        assert_eq!(first_code(Some(-6.0)), Some(-99.0));
        assert_eq!(first_code(Some(-1000.0)), Some(-9999.0));
        assert_eq!(first_code(Some(-999_999_999_999_996.0)), None);
        assert_eq!(first_code(Some(f64::MIN)), None);
    }
}
