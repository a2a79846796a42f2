//! A choice of respondents: one bit for each.

/// Which of the respondents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    pub(crate) words: Vec<u64>,
    pub(crate) len: usize,
}

impl Rows {
    /// None of so many.
    pub fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// All of so many.
    pub fn all(len: usize) -> Self {
        let mut rows = Self { words: vec![u64::MAX; len.div_ceil(64)], len };
        rows.clear_tail();
        rows
    }

    /// Those for which the test holds.
    pub(crate) fn where_true(len: usize, mut test: impl FnMut(usize) -> bool) -> Self {
        let mut rows = Self::none(len);
        for (number, word) in rows.words.iter_mut().enumerate() {
            let first = number * 64;
            for bit in 0..(len - first).min(64) {
                *word |= u64::from(test(first + bit)) << bit;
            }
        }
        rows
    }

    /// How many respondents there are to choose from.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is nobody to choose from.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many are chosen.
    pub fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Whether a respondent is chosen; not when there is no such respondent.
    pub fn contains(&self, row: usize) -> bool {
        row < self.len && self.words[row / 64] >> (row % 64) & 1 == 1
    }

    /// Those in both choices. Respondents of whom one of them does not know are not chosen.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(at).copied().unwrap_or(0);
        }
        self
    }

    /// Those who are not chosen.
    #[must_use]
    pub fn others(mut self) -> Self {
        for word in &mut self.words {
            *word = !*word;
        }
        self.clear_tail();
        self
    }

    /// The chosen, in their order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(number, &word)| Bits(word).map(move |bit| number * 64 + bit))
    }

    pub(crate) fn push(&mut self, chosen: bool) {
        if self.len.is_multiple_of(64) {
            self.words.push(0);
        }
        let at = self.len;
        self.len += 1;
        self.set(at, chosen);
    }

    pub(crate) fn set(&mut self, row: usize, chosen: bool) {
        let word = &mut self.words[row / 64];
        *word = *word & !(1 << (row % 64)) | u64::from(chosen) << (row % 64);
    }

    pub(crate) fn swap(&mut self, a: usize, b: usize) {
        let (at_a, at_b) = (self.contains(a), self.contains(b));
        self.set(a, at_b);
        self.set(b, at_a);
    }

    /// Whether the bits beyond the last respondent are 0.
    pub(crate) fn has_clear_tail(&self) -> bool {
        let mut clear = self.clone();
        clear.clear_tail();
        clear == *self
    }

    fn clear_tail(&mut self) {
        let used = self.len % 64;
        if used > 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << used) - 1;
        }
    }
}

/// The places of the ones of a word.
struct Bits(u64);

impl Iterator for Bits {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let bit = self.0.trailing_zeros();
        self.0 &= self.0 - 1;
        usize::try_from(bit).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices() {
        let third = Rows::where_true(100, |row| row % 3 == 0);
        let half = Rows::where_true(100, |row| row % 2 == 0);
        assert_eq!((third.count(), half.count(), third.clone().and(&half).count()), (34, 50, 17));
        assert_eq!(third.clone().others().count(), 66);
        assert_eq!(third.iter().take(3).collect::<Vec<_>>(), [0, 3, 6]);
        assert!(third.contains(99) && !third.contains(100) && !third.contains(1000));
        assert_eq!(Rows::all(70).count(), 70);
        assert_eq!(Rows::all(70).and(&Rows::all(64)).count(), 64);
        assert!(Rows::none(0).is_empty());
    }
}
