//! What the partnership has given before, and whether it answers what is asked now.
//!
//! An earlier document lies behind the wall of its own inspection (ADR 0013). Over the wall come its title, its kind, the
//! programme and the day alone, and these only to bodies that took part in both programmes.

use std::collections::BTreeSet;

/// Words that say nothing of what a document is.
const SMALL: [&str; 20] = [
    "a", "an", "and", "any", "at", "by", "for", "from", "in", "its", "latest", "of", "on", "or", "our",
    "the", "their", "to", "with", "your",
];

/// Whether a document that was given to one request answers another: the same key of a programme, or the same words in
/// the title. A title answers when it holds all words of the other, and these are two at least: "Plan" alone is in too
/// many titles to mean anything.
pub fn answers(given: (&str, &str), asked: (&str, &str)) -> bool {
    let ((given_key, given_title), (key, title)) = (given, asked);
    if given_key == key {
        return true;
    }
    let (given, asked) = (words(given_title), words(title));
    let (fewer, more) = if given.len() < asked.len() { (&given, &asked) } else { (&asked, &given) };
    fewer.len() >= 2 && fewer.is_subset(more)
}

fn words(title: &str) -> BTreeSet<String> {
    title
        .to_lowercase()
        .replace(['\'', '’'], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !SMALL.contains(word))
        .map(str::to_owned)
        .collect()
}

/// Whether what was given to one programme may be named in an inspection of another: one of the bodies that lead there
/// has to take part in the programme to which it was given.
pub fn may_be_named(leading: &[&str], given_to: &[&str]) -> bool {
    leading.iter().any(|body| given_to.contains(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_or_the_same_words() {
        for (given, asked, wanted) in [
            (("plan", "Plan"), ("plan", "Something else"), true),
            (("req_1", "Children's services plan"), ("x", "The children’s services plan"), true),
            (
                ("req_1", "Children's services plan and its progress report"),
                ("x", "Childrens services plan"),
                true,
            ),
            (("req_1", "Improvement plan"), ("x", "Services plan"), false),
            (("req_1", "Plan"), ("x", "Plan for keeping the Promise"), false),
            (("req_1", "The latest"), ("x", "Latest of the"), false),
            (("req_1", ""), ("x", ""), false),
        ] {
            assert_eq!(answers(given, asked), wanted, "{given:?} {asked:?}");
        }
    }

    #[test]
    fn only_to_bodies_that_were_there() {
        let (care, health, police) = ("care", "health", "police");
        assert!(may_be_named(&[care], &[care, health]));
        assert!(may_be_named(&[police, health], &[care, health]));
        assert!(!may_be_named(&[police], &[care, health]));
        assert!(!may_be_named(&[], &[care]));
    }
}
