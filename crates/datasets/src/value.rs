//! A cell that was compared with its column: from here on, every format can rely on it.

use jiff::civil::Date;

use crate::description::missing::Missing;
use crate::description::variable::{Category, Kind, Variable};
use crate::fault::CellFault;
use crate::table::Cell;

/// The largest whole number that a 64-bit float, and so SPSS, Excel and JavaScript, holds exactly with all its
/// neighbours, cut to 15 digits, which is what Excel shows.
const LARGEST_WHOLE: i64 = 999_999_999_999_999;

/// SPSS counts days in seconds.
pub(crate) const SECONDS_OF_A_DAY: f64 = 86_400.0;

/// A cell that fits its column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'c> {
    /// Index and category.
    Category(usize, &'c Category),
    Chosen(bool),
    Whole(i64),
    Decimal(f64),
    Text(&'c str),
    Date(Date),
    Missing(Missing),
}

/// Compares a cell with its column.
///
/// # Errors
/// What does not fit.
pub(crate) fn value<'c>(variable: &'c Variable, cell: &'c Cell) -> Result<Value<'c>, CellFault> {
    match (&variable.kind, cell) {
        (_, Cell::Missing(missing)) if variable.missing.contains(missing) => Ok(Value::Missing(*missing)),
        (_, Cell::Missing(_)) => Err(CellFault::UndeclaredReason),
        (Kind::Category { categories, .. }, Cell::Category(index)) => {
            let index = usize::try_from(*index).unwrap_or(usize::MAX);
            let category = categories.get(index).ok_or(CellFault::NoSuchCategory)?;
            Ok(Value::Category(index, category))
        }
        (Kind::Chosen { .. }, Cell::Chosen(chosen)) => Ok(Value::Chosen(*chosen)),
        (Kind::Whole, Cell::Whole(number)) if number.unsigned_abs() <= LARGEST_WHOLE.unsigned_abs() => {
            Ok(Value::Whole(*number))
        }
        // Minus zero is zero.
        (Kind::Decimal { .. }, Cell::Decimal(number)) if number.is_finite() => {
            Ok(Value::Decimal(number + 0.0))
        }
        (Kind::Whole, Cell::Whole(_)) | (Kind::Decimal { .. }, Cell::Decimal(_)) => {
            Err(CellFault::NumberOutOfRange)
        }
        (Kind::Text, Cell::Text(text)) => Ok(Value::Text(text)),
        (Kind::Date, Cell::Date(date)) => Ok(Value::Date(*date)),
        _ => Err(CellFault::WrongKind),
    }
}

impl Value<'_> {
    /// The number that stands for it in SPSS, but for a missing value or a text: a day is its seconds since the
    /// beginning of the Gregorian calendar on 14 October 1582.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Category(_, category) => Some(f64::from(category.number)),
            Self::Chosen(chosen) => Some(f64::from(u8::from(*chosen))),
            #[expect(clippy::cast_precision_loss, reason = "at most 15 digits, see `value`")]
            Self::Whole(number) => Some(*number as f64),
            Self::Decimal(number) => Some(*number),
            Self::Date(date) => Some(f64::from(days_since_1582(*date)) * SECONDS_OF_A_DAY),
            Self::Text(_) | Self::Missing(_) => None,
        }
    }
}

fn days_since_1582(day: Date) -> i32 {
    const BEGINNING: Date = jiff::civil::date(1582, 10, 14);
    // Days alone cannot be out of range: a date has at most five digits of years.
    BEGINNING.until(day).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_counted_from_the_gregorian_calendar_on() {
        // 14 October 1582 is day 0; 1 January 1970 is 12219379200 seconds later.
        assert_eq!(Value::Date(jiff::civil::date(1582, 10, 14)).number(), Some(0.0));
        assert_eq!(Value::Date(jiff::civil::date(1582, 10, 13)).number(), Some(-86_400.0));
        assert_eq!(Value::Date(jiff::civil::date(1970, 1, 1)).number(), Some(12_219_379_200.0));
    }

    #[test]
    fn cells_that_do_not_fit_are_refused() {
        let whole = Variable::new("n", "N", Kind::Whole).may_miss(&[Missing::Suppressed]);
        let category = Variable::new(
            "c",
            "C",
            Kind::Category { categories: Category::list([("a", "A"), ("b", "B")]), ordered: false },
        );
        let decimal = Variable::new("d", "D", Kind::Decimal { places: 1 });
        for (variable, cell, fault) in [
            (&whole, Cell::Text("1".to_owned()), CellFault::WrongKind),
            (&whole, Cell::Whole(LARGEST_WHOLE + 1), CellFault::NumberOutOfRange),
            (&whole, Cell::Whole(i64::MIN), CellFault::NumberOutOfRange),
            (&whole, Cell::Missing(Missing::NotAsked), CellFault::UndeclaredReason),
            (&category, Cell::Category(2), CellFault::NoSuchCategory),
            (&category, Cell::Category(u32::MAX), CellFault::NoSuchCategory),
            (&category, Cell::Whole(1), CellFault::WrongKind),
            (&decimal, Cell::Decimal(f64::NAN), CellFault::NumberOutOfRange),
            (&decimal, Cell::Decimal(f64::NEG_INFINITY), CellFault::NumberOutOfRange),
        ] {
            assert_eq!(value(variable, &cell), Err(fault), "{cell:?}");
        }
        assert_eq!(value(&whole, &Cell::Whole(-5)), Ok(Value::Whole(-5)));
        assert_eq!(
            value(&whole, &Cell::Missing(Missing::Suppressed)),
            Ok(Value::Missing(Missing::Suppressed))
        );
        let found = value(&category, &Cell::Category(1)).expect("it has two");
        assert_eq!(found.number(), Some(2.0));
    }
}
