//! What cannot be described: found before a byte is written, all of it in one go.

use std::collections::HashSet;

use super::variable::{Kind, Variable};

/// A column that cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DescriptionFault {
    /// A table without columns.
    #[error("a table needs at least one column")]
    NoVariables,
    /// A column of categories without any.
    #[error("{variable:?} has no categories")]
    NoCategories {
        /// Name of the column.
        variable: String,
    },
    /// Two categories that cannot be told apart.
    #[error("{variable:?} has two categories with the code {code:?} or its number")]
    SameCategory {
        /// Name of the column.
        variable: String,
        /// Code of the second.
        code: String,
    },
    /// A category whose number is below 0.
    #[error("the category {code:?} of {variable:?} has a number below 0")]
    NegativeNumber {
        /// Name of the column.
        variable: String,
        /// Its code.
        code: String,
    },
    /// A column of texts with more than three reasons for missing values.
    #[error("{variable:?} has more than three reasons for missing values")]
    TooManyReasons {
        /// Name of the column.
        variable: String,
    },
}

/// Everything that is wrong with the columns.
pub(crate) fn of(variables: &[Variable]) -> Vec<DescriptionFault> {
    if variables.is_empty() {
        return vec![DescriptionFault::NoVariables];
    }
    variables.iter().flat_map(of_one).collect()
}

fn of_one(variable: &Variable) -> Vec<DescriptionFault> {
    let name = || variable.name.clone();
    let mut faults = Vec::new();
    if let Kind::Category { categories, .. } = &variable.kind {
        if categories.is_empty() {
            faults.push(DescriptionFault::NoCategories { variable: name() });
        }
        let (mut codes, mut numbers) = (HashSet::new(), HashSet::new());
        for category in categories {
            let code = category.code.clone();
            if category.number < 0 {
                faults.push(DescriptionFault::NegativeNumber { variable: name(), code: code.clone() });
            }
            // What every format would write counts, not what was given.
            let new_code = codes.insert(crate::text::clean(&category.code).into_owned());
            if !(numbers.insert(category.number) && new_code) {
                faults.push(DescriptionFault::SameCategory { variable: name(), code });
            }
        }
    }
    if variable.kind == Kind::Text && variable.reasons().count() > 3 {
        faults.push(DescriptionFault::TooManyReasons { variable: name() });
    }
    faults
}
