//! What was read of one item: a row of readings for each unit, each a category of a scale.

use super::pairs::Pair;
use super::tally::Tally;

/// The categories that a reader can choose, by their numbers in ascending order. A category is called by its place, from
/// 0. For names without an order the numbers mean nothing but "different".
///
/// The scale is what could have been chosen, not only what was: Gwet's coefficients and the weights depend on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    numbers: Vec<f64>,
}

/// A scale holds what is no number, or one beyond ±10³⁰⁰, whose differences could not be worked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a scale is made of finite numbers, up to ten to the power of 300")]
pub struct NotANumber;

const GREATEST: f64 = 1e300;

impl Scale {
    /// So many categories, one step from each to the next.
    pub fn of_categories(categories: u32) -> Self {
        Self { numbers: (0..categories).map(f64::from).collect() }
    }

    /// The different ones of these numbers.
    ///
    /// # Errors
    /// What is no number, or too great.
    pub fn of_numbers(numbers: impl IntoIterator<Item = f64>) -> Result<Self, NotANumber> {
        // adding 0 makes 0 of the negative 0, which is the same number
        let mut numbers: Vec<f64> = numbers.into_iter().map(|number| number + 0.0).collect();
        if !numbers.iter().all(|number| number.abs() <= GREATEST) {
            return Err(NotANumber);
        }
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        Ok(Self { numbers })
    }

    /// The numbers of the categories, ascending.
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// How many categories there are.
    pub fn categories(&self) -> usize {
        self.numbers.len()
    }

    /// The category of a number.
    pub fn category(&self, number: f64) -> Option<usize> {
        self.numbers.binary_search_by(|own| own.total_cmp(&(number + 0.0))).ok()
    }

    /// From the least number to the greatest.
    pub(super) fn span(&self) -> f64 {
        self.numbers.last().zip(self.numbers.first()).map_or(0.0, |(last, first)| last - first)
    }
}

/// A reading that is no category of the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("reading {reader} of unit {unit} is no category of the scale")]
pub struct OutsideScale {
    /// The unit, from 0.
    pub unit: usize,
    /// The reader, from 0.
    pub reader: usize,
}

/// What the readers chose for each unit, `None` where one did not read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Readings {
    scale: Scale,
    units: Vec<Vec<Option<usize>>>,
    readers: usize,
}

impl Readings {
    /// Readings as places on a scale. A unit may have fewer columns than there are readers: the others did not read it.
    ///
    /// # Errors
    /// The first reading that is no category of the scale.
    pub fn new(scale: Scale, units: Vec<Vec<Option<usize>>>) -> Result<Self, OutsideScale> {
        for (unit, readings) in units.iter().enumerate() {
            let outside = |reading: &Option<usize>| reading.is_some_and(|at| at >= scale.categories());
            if let Some(reader) = readings.iter().position(outside) {
                return Err(OutsideScale { unit, reader });
            }
        }
        let readers = units.iter().map(Vec::len).max().unwrap_or(0);
        Ok(Self { scale, units, readers })
    }

    /// Readings as numbers, with the numbers that occur as the scale.
    ///
    /// # Errors
    /// What is no number, or too great.
    pub fn of_numbers<Unit: AsRef<[Option<f64>]>>(units: &[Unit]) -> Result<Self, NotANumber> {
        let scale = Scale::of_numbers(units.iter().flat_map(|unit| unit.as_ref().iter().flatten().copied()))?;
        let places: Vec<Vec<Option<usize>>> = units
            .iter()
            .map(|unit| unit.as_ref().iter().map(|reading| scale.category((*reading)?)).collect())
            .collect();
        let readers = places.iter().map(Vec::len).max().unwrap_or(0);
        Ok(Self { scale, units: places, readers })
    }

    /// The scale.
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// How many readers there are.
    pub fn readers(&self) -> usize {
        self.readers
    }

    /// The readings of each unit.
    pub fn units(&self) -> &[Vec<Option<usize>>] {
        &self.units
    }

    /// How often each category was chosen in each unit, whoever chose it.
    pub fn tally(&self) -> Tally {
        let counted = self.units.iter().map(|unit| unit.iter().flatten().copied());
        Tally::new(self.scale.clone(), counted)
    }

    /// The units that both of two readers read.
    pub fn pair(&self, first: usize, second: usize) -> Pair {
        let of = |unit: &Vec<Option<usize>>, reader: usize| unit.get(reader).copied().flatten();
        let both = self.units.iter().filter_map(|unit| of(unit, first).zip(of(unit, second)));
        Pair::new(self.scale.clone(), both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_what_is_different_in_order() {
        let scale = Scale::of_numbers([2.5, -0.0, 1.0, 0.0, 2.5]).unwrap();
        assert_eq!(scale.numbers(), [0.0, 1.0, 2.5]);
        assert_eq!(
            (scale.category(2.5), scale.category(-0.0), scale.category(2.0)),
            (Some(2), Some(0), None)
        );
        assert_eq!(Scale::of_categories(3), Scale::of_numbers([2.0, 1.0, 0.0]).unwrap());
        for wrong in [f64::NAN, f64::INFINITY, -1e301] {
            assert_eq!(Scale::of_numbers([1.0, wrong]), Err(NotANumber));
        }
    }

    #[test]
    fn readings_are_on_the_scale() {
        let units = vec![vec![Some(0), None], vec![Some(1), Some(2)]];
        let wrong = Readings::new(Scale::of_categories(2), units.clone());
        assert_eq!(wrong, Err(OutsideScale { unit: 1, reader: 1 }));
        let right = Readings::new(Scale::of_categories(3), units).unwrap();
        assert_eq!((right.readers(), right.pair(0, 1).units(), right.pair(0, 7).units()), (2, 1, 0));
    }

    #[test]
    fn numbers_make_their_own_scale() {
        let read = Readings::of_numbers(&[vec![Some(4.0), Some(1.5)], vec![None, Some(4.0)]]).unwrap();
        assert_eq!(read.scale().numbers(), [1.5, 4.0]);
        assert_eq!(read.units(), [vec![Some(1), Some(0)], vec![None, Some(1)]]);
    }
}
