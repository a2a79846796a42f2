//! Groups of too few respondents are shown together, never alone.
//!
//! Hiding a small group by itself would cost the size, and so all percentages, of another group in every table. Putting
//! small groups together costs less, is the same in every table, and the number in each of them stays unknown.

use crate::threshold::Threshold;

/// Joins parts of a partition until none has too few people. A part of nobody stays alone.
///
/// `people` counts each level. A part of several levels, one of which is a single person, needs one person more: who
/// is alone in their group knows its size and could subtract it.
pub(super) fn join_small(
    mut parts: Vec<Vec<usize>>,
    people: &[u64],
    threshold: Threshold,
) -> Vec<Vec<usize>> {
    let size = |part: &[usize]| part.iter().map(|&level| people[level]).sum::<u64>();
    let too_small = |part: &[usize]| {
        let alone = part.len() > 1 && part.iter().any(|&level| people[level] == 1);
        threshold.is_small(size(part).saturating_sub(u64::from(alone))) || (alone && size(part) == 1)
    };
    let smallest = |parts: &[Vec<usize>]| {
        (0..parts.len()).filter(|&p| too_small(&parts[p])).min_by_key(|&p| size(&parts[p]))
    };
    while let Some(small) = smallest(&parts) {
        let partner = (0..parts.len())
            .filter(|&p| p != small && size(&parts[p]) > 0)
            .min_by_key(|&p| (size(&parts[p]), p));
        let Some(partner) = partner else { break };
        let moved = std::mem::take(&mut parts[small]);
        parts[partner].extend(moved);
        parts[partner].sort_unstable();
        parts.remove(small);
    }
    parts.sort();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(people: &[u64]) -> Vec<Vec<usize>> {
        join_small((0..people.len()).map(|level| vec![level]).collect(), people, Threshold::STAFF)
    }

    #[test]
    fn the_least_join_the_least() {
        assert_eq!(join(&[20, 30]), [[0], [1]]);
        assert_eq!(join(&[20, 3, 30, 4]), [vec![0], vec![1, 3], vec![2]]);
        assert_eq!(join(&[20, 3, 30]), [vec![0, 1], vec![2]]);
        assert_eq!(join(&[0, 2, 2, 2]), [vec![0], vec![1, 2, 3]]);
        assert_eq!(join(&[3]), [[0]]);
    }

    #[test]
    fn who_is_alone_learns_no_small_number() {
        // 1 and 4 are five together, and the one would know of the four
        assert_eq!(join(&[1, 4, 20]), [[0, 1, 2]]);
        assert_eq!(join(&[1, 5, 20]), [vec![0, 1], vec![2]]);
    }
}
