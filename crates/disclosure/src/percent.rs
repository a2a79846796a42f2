//! When a percentage may be shown.

use crate::suppression::{Cell, Rule};

/// The part and the base from which a percentage may be worked out: both are shown and the base is not below the
/// threshold. `None` otherwise, because a percentage of a shown base gives a hidden count away, and one of a
/// small base says something about few people. Also `None` when the base is 0 or smaller than the part.
pub fn percent_basis(part: Cell, base: Cell, rule: Rule) -> Option<(u64, u64)> {
    let (part, base) = (part.count()?, base.count()?);
    (base > 0 && base >= rule.threshold && part <= base).then_some((part, base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_of_shown_counts_and_large_bases() {
        let rule = Rule::default();
        let (hidden, n) = (Cell::Suppressed, Cell::Count);
        assert_eq!(percent_basis(n(7), n(20), rule), Some((7, 20)));
        assert_eq!(percent_basis(n(0), n(5), rule), Some((0, 5)));
        assert_eq!(percent_basis(hidden, n(20), rule), None);
        assert_eq!(percent_basis(n(7), hidden, rule), None);
        assert_eq!(percent_basis(n(0), n(4), rule), None);
        assert_eq!(percent_basis(n(9), n(8), rule), None);
        assert_eq!(percent_basis(n(0), n(0), Rule { threshold: 0, hide_zero: false }), None);
    }
}
