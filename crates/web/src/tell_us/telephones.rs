//! Telephone numbers in texts, as links: whoever reads on a phone calls with one press.

use keyline_domain::documents::{Block, Run};

/// Numbers that are short and mean what they say: emergencies, the police, fire and health lines.
const SHORT: [&str; 4] = ["999", "112", "101", "111"];
/// Fewest and most digits of any other number.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// The same blocks with every telephone number in paragraphs and lists as a link that calls it.
pub(crate) fn telephones(blocks: Vec<Block>) -> Vec<Block> {
    let items = |items: Vec<Vec<Run>>| items.into_iter().map(linked).collect();
    blocks
        .into_iter()
        .map(|block| match block {
            Block::Paragraph { runs } => Block::Paragraph { runs: linked(runs) },
            Block::Bullets { items: all } => Block::Bullets { items: items(all) },
            Block::Numbered { items: all } => Block::Numbered { items: items(all) },
            other => other,
        })
        .collect()
}

fn linked(runs: Vec<Run>) -> Vec<Run> {
    runs.into_iter()
        .flat_map(|run| match run {
            Run::Text { text } => split(&text, &|text: &str| Run::text(text)),
            Run::Strong { text } => split(&text, &|text: &str| Run::strong(text)),
            Run::Emphasis { text } => split(&text, &|text: &str| Run::emphasis(text)),
            other => vec![other],
        })
        .collect()
}

/// A text in pieces: what is a number, and what stands around it.
fn split(text: &str, plain: &dyn Fn(&str) -> Run) -> Vec<Run> {
    let mut runs = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = text[at..].find(|c: char| c.is_ascii_digit() || c == '+') {
        let begins = at + found;
        let rest = &text[begins..];
        let of_it = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '+');
        let number = rest[..rest.find(|c| !of_it(c)).unwrap_or(rest.len())].trim_end();
        at = begins + number.len().max(1);
        let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        // The rest of a larger number, of a sum or of a word is none.
        let within =
            text[..begins].ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '.' | '/' | '-'));
        let long = dialled.starts_with(['0', '+']) && DIGITS.contains(&dialled.len());
        if within || (!long && !SHORT.contains(&dialled.as_str())) {
            continue;
        }
        if from < begins {
            runs.push(plain(&text[from..begins]));
        }
        runs.push(Run::link(number, format!("tel:{dialled}")));
        from = at;
    }
    if from < text.len() {
        runs.push(plain(&text[from..]));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_called_and_years_are_not() {
        let line =
            vec![Run::text("Call "), Run::strong("999"), Run::text(" or Childline on 0800 1111, any time.")];
        let found = telephones(vec![Block::Bullets { items: vec![line] }]);
        let wanted = vec![
            Run::text("Call "),
            Run::link("999", "tel:999"),
            Run::text(" or Childline on "),
            Run::link("0800 1111", "tel:08001111"),
            Run::text(", any time."),
        ];
        assert_eq!(found, [Block::Bullets { items: vec![wanted] }]);
        let called = |text: &str| -> Vec<String> {
            let found = split(text, &|text: &str| Run::text(text));
            assert_eq!(found.iter().map(Run::plain).collect::<String>(), text, "no letter is lost");
            found.iter().filter(|r| matches!(r, Run::Link { .. })).map(|r| r.plain().to_owned()).collect()
        };
        assert_eq!(
            called("Fictional 01632 960 000 or +44 1632 960000"),
            ["01632 960 000", "+44 1632 960000"]
        );
        assert_eq!(called("Since 2024, on 12 January 2026, 1,999 of 9990 and +"), Vec::<String>::new());
        assert_eq!(called("é 101"), ["101"]);
    }
}
