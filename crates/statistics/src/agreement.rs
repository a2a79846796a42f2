//! How far two readers who judged the same things agree.
//!
//! For more than two readers, or with judgements missing, see [`crate::alpha`].

/// How much a disagreement counts in Cohen's kappa.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Every disagreement alike (Cohen 1960).
    Unweighted,
    /// By the number of steps between the categories (Cohen 1968).
    Linear,
    /// By the square of the number of steps (Fleiss and Cohen 1973).
    Quadratic,
}

/// Why there is no agreement statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AgreementError {
    /// No unit was judged by two readers.
    #[error("nothing was judged twice")]
    NothingToCompare,
    /// Only one category was ever used, so agreement by chance is certain and nothing can exceed it.
    #[error("all judgements are one category")]
    NoVariation,
    /// A category is not below the stated number of categories.
    #[error("category {0} is outside the scale")]
    OutsideScale(usize),
}

/// The share of pairs that are equal, 0 to 1.
pub fn percent_agreement<T: PartialEq>(pairs: &[(T, T)]) -> Result<f64, AgreementError> {
    if pairs.is_empty() {
        return Err(AgreementError::NothingToCompare);
    }
    let equal = pairs.iter().filter(|(a, b)| a == b).count();
    Ok(count(equal) / count(pairs.len()))
}

/// Cohen's kappa: `1 − Σ w·observed ÷ Σ w·expected`, where `w` is the disagreement weight of two categories and the
/// expected counts come from the two readers' own margins (Cohen 1960, *Educational and Psychological Measurement*
/// 20; 1968, *Psychological Bulletin* 70). Categories are numbered 0 to `categories − 1` in their order on the scale.
pub fn cohen_kappa(
    pairs: &[(usize, usize)],
    categories: usize,
    weights: Weights,
) -> Result<f64, AgreementError> {
    if pairs.is_empty() {
        return Err(AgreementError::NothingToCompare);
    }
    let mut first = vec![0_usize; categories];
    let mut second = vec![0_usize; categories];
    let mut observed = 0.0;
    for &(a, b) in pairs {
        if let Some(outside) = [a, b].into_iter().find(|&category| category >= categories) {
            return Err(AgreementError::OutsideScale(outside));
        }
        first[a] += 1;
        second[b] += 1;
        observed += weight(weights, a, b);
    }
    let mut expected = 0.0;
    for (a, &times_a) in first.iter().enumerate() {
        for (b, &times_b) in second.iter().enumerate() {
            expected += weight(weights, a, b) * count(times_a) * count(times_b);
        }
    }
    expected /= count(pairs.len());
    if expected == 0.0 {
        return Err(AgreementError::NoVariation);
    }
    Ok(1.0 - observed / expected)
}

fn weight(weights: Weights, a: usize, b: usize) -> f64 {
    let steps = count(a.abs_diff(b));
    match weights {
        Weights::Unweighted => f64::from(u8::from(a != b)),
        Weights::Linear => steps,
        Weights::Quadratic => steps * steps,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of judgements stay far below 2^53")]
pub(crate) fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(table: &[&[usize]]) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for (a, row) in table.iter().enumerate() {
            for (b, &times) in row.iter().enumerate() {
                pairs.extend(std::iter::repeat_n((a, b), times));
            }
        }
        pairs
    }

    fn close(found: Result<f64, AgreementError>, wanted: f64) {
        let found = found.unwrap();
        assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
    }

    #[test]
    fn two_categories_by_hand() {
        // observed 35/50 = 0.7; expected 0.5 x 0.6 + 0.5 x 0.4 = 0.5; kappa = 0.2 / 0.5
        let table = pairs(&[&[20, 5], &[10, 15]]);
        close(percent_agreement(&table), 0.7);
        for weights in [Weights::Unweighted, Weights::Linear, Weights::Quadratic] {
            close(cohen_kappa(&table, 2, weights), 0.4);
        }
    }

    #[test]
    fn three_categories_by_hand() {
        // margins 4, 3, 3 and 3, 4, 3 of 10.
        let table = pairs(&[&[2, 1, 1], &[1, 2, 0], &[0, 1, 2]]);
        // unweighted: observed 4, expected (100 - 12 - 12 - 9) / 10 = 6.7
        close(cohen_kappa(&table, 3, Weights::Unweighted), 1.0 - 4.0 / 6.7);
        // linear: observed 1 + 2 + 1 + 1 = 5; expected row by row (16 + 2*12) + (9 + 9) + (2*9 + 12) = 88, of 10
        close(cohen_kappa(&table, 3, Weights::Linear), 1.0 - 5.0 / 8.8);
        // quadratic: observed 1 + 4 + 1 + 1 = 7; expected (16 + 4*12) + (9 + 9) + (4*9 + 12) = 130, of 10
        close(cohen_kappa(&table, 3, Weights::Quadratic), 1.0 - 7.0 / 13.0);
    }

    #[test]
    fn undefined_is_said() {
        assert_eq!(percent_agreement::<u8>(&[]), Err(AgreementError::NothingToCompare));
        assert_eq!(cohen_kappa(&[], 2, Weights::Linear), Err(AgreementError::NothingToCompare));
        assert_eq!(cohen_kappa(&[(1, 1), (1, 1)], 2, Weights::Linear), Err(AgreementError::NoVariation));
        assert_eq!(cohen_kappa(&[(1, 2)], 2, Weights::Linear), Err(AgreementError::OutsideScale(2)));
    }

    proptest! {
        #[test]
        fn kappa_is_symmetric_at_most_one_and_one_for_equal(pairs in prop::collection::vec((0_usize..6, 0_usize..6), 2..40)) {
            let turned: Vec<_> = pairs.iter().map(|&(a, b)| (b, a)).collect();
            let same: Vec<_> = pairs.iter().map(|&(a, _)| (a, a)).collect();
            for weights in [Weights::Unweighted, Weights::Linear, Weights::Quadratic] {
                if let Ok(kappa) = cohen_kappa(&pairs, 6, weights) {
                    prop_assert!(kappa <= 1.0);
                    prop_assert!((kappa - cohen_kappa(&turned, 6, weights).unwrap()).abs() < 1e-9);
                }
                if let Ok(kappa) = cohen_kappa(&same, 6, weights) {
                    prop_assert!((kappa - 1.0).abs() < 1e-12);
                }
            }
        }
    }
}
