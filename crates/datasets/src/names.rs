//! Names of columns, made different from each other, and fit for SPSS.
//!
//! Instruments may use one name twice (in two groups), or names that SPSS refuses. What is made from a name depends on
//! the columns alone, so that each release of a table has the same names.

use std::collections::HashSet;

use crate::description::variable::Variable;
use crate::text::{beginning, clean};

/// The longest name in SPSS, in bytes.
const LONGEST: usize = 64;

/// Words of its command language, which cannot be names.
const RESERVED: [&str; 13] =
    ["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"];

/// The names of the columns, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// For CSV, JSON, workbooks, the data package and DDI: as given, a number behind it where needed. No two differ
    /// in case only.
    pub plain: Vec<String>,
    /// For SPSS: letters `a` to `z`, digits and `_`, beginning with a letter, at most 64, no two differ in case only.
    pub spss: Vec<String>,
}

impl Names {
    /// Names for columns.
    pub fn of(variables: &[Variable]) -> Self {
        let given = variables.iter().map(|variable| variable.name.as_str());
        Self {
            plain: apart(given.clone().map(plain_name), usize::MAX),
            spss: apart(given.map(spss_name), LONGEST),
        }
    }
}

/// Names for SPSS made from other names than those of columns, at most `longest` bytes long.
pub(crate) fn apart_for_spss<'n>(names: impl Iterator<Item = &'n str>, longest: usize) -> Vec<String> {
    apart(names.map(|name| beginning(&spss_name(name), longest).to_owned()), longest)
}

fn plain_name(name: &str) -> String {
    // At the beginning of a file, U+FEFF would be taken for a mark of the encoding.
    let name = clean(name).replace('\u{feff}', "").split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { "column".to_owned() } else { name }
}

fn spss_name(name: &str) -> String {
    let mut made = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            made.push(letter);
        } else if !made.ends_with('_') {
            made.push('_');
        }
    }
    let made = made.trim_matches('_');
    // "v" before it also keeps a reserved word, or no letter at all, from being a name.
    let fits = made.starts_with(|first: char| first.is_ascii_alphabetic())
        && !RESERVED.contains(&made.to_ascii_uppercase().as_str());
    let made = match (fits, made) {
        (true, made) => made.to_owned(),
        (false, "") => "v".to_owned(),
        (false, made) => format!("v_{made}"),
    };
    beginning(&made, LONGEST).trim_end_matches('_').to_owned()
}

/// Puts `_2`, `_3`, … behind names that were there before. Names that are there as given keep it: of `a`, `a`,
/// `a_2` the second becomes `a_3`.
fn apart(names: impl Iterator<Item = String>, longest: usize) -> Vec<String> {
    let names: Vec<String> = names.collect();
    let given: HashSet<String> = names.iter().map(|name| folded(name)).collect();
    let mut used: HashSet<String> = HashSet::new();
    let mut next = std::collections::HashMap::<String, usize>::new();
    names
        .into_iter()
        .map(|name| {
            if used.insert(folded(&name)) {
                return name;
            }
            let number = next.entry(folded(&name)).or_insert(2);
            loop {
                let ending = format!("_{number}");
                let made = format!("{}{ending}", beginning(&name, longest.saturating_sub(ending.len())));
                *number += 1;
                if !given.contains(&folded(&made)) && used.insert(folded(&made)) {
                    return made;
                }
            }
        })
        .collect()
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::description::variable::Kind;

    fn names(given: &[&str]) -> Names {
        let variables: Vec<Variable> =
            given.iter().map(|name| Variable::new(*name, "", Kind::Whole)).collect();
        Names::of(&variables)
    }

    #[test]
    fn names_that_clash_are_told_apart() {
        let found = names(&["a", "A", "a", "a_2", "and", "", "1st", "très bien", "tr s_bien", "ÀÁ", "_"]);
        assert_eq!(
            found.plain,
            ["a", "A_3", "a_4", "a_2", "and", "column", "1st", "très bien", "tr s_bien", "ÀÁ", "_"]
        );
        assert_eq!(
            found.spss,
            ["a", "A_3", "a_4", "a_2", "v_and", "v", "v_1st", "tr_s_bien", "tr_s_bien_2", "v_2", "v_3"]
        );
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let long = "x".repeat(70);
        let found = names(&[&long, &format!("{long}1"), &long]);
        assert_eq!(found.spss[0], "x".repeat(64));
        assert_eq!(found.spss[1], format!("{}_2", "x".repeat(62)));
        assert_eq!(found.spss[2], format!("{}_3", "x".repeat(62)));
    }

    proptest! {
        #[test]
        fn names_are_fit_and_no_two_are_the_same(
            given in prop::collection::vec("([aAbB_]{0,2}(_[2-4])?|(?i)(and|with)|.{0,3}|x{60,70})", 1..20)
        ) {
            let found = names(&given.iter().map(String::as_str).collect::<Vec<_>>());
            for list in [&found.plain, &found.spss] {
                let different: HashSet<String> = list.iter().map(|name| name.to_lowercase()).collect();
                prop_assert_eq!(different.len(), given.len());
            }
            for name in &found.spss {
                prop_assert!(name.len() <= LONGEST && name.starts_with(|first: char| first.is_ascii_alphabetic()));
                prop_assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_'));
                prop_assert!(!name.ends_with('_') && !RESERVED.contains(&name.to_ascii_uppercase().as_str()));
            }
        }
    }
}
