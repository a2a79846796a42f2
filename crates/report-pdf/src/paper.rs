//! Questions to be filled in by hand, and cards to be cut out, as the template takes them.

use keyline_domain::documents::{Card, CardSize, DocumentKind, PaperChoice, PaperQuestion, Room, symbols};
use serde_json::{Value, json};

use crate::legible::showable;
use crate::sheet::text;

/// Questions with more choices or lines below each other than these may break over two pages; the others stay whole.
const STAYS_WHOLE: usize = 15;
/// Most choices that stand side by side, and how long each may be, in characters.
const IN_ONE_ROW: (usize, usize) = (5, 20);
/// The same in large letters, with a symbol beside each.
const IN_ONE_ROW_LARGE: (usize, usize) = (3, 10);
/// How many choices at least and at most stand in two columns, which have to fit on one page, and how long each may be.
const IN_TWO_COLUMNS: (usize, usize, usize) = (4, 2 * STAYS_WHOLE, 40);

/// Whether a kind of document is set in large letters.
pub(crate) fn is_large(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::LargeQuestionnaire | DocumentKind::Notice)
}

pub(crate) fn question(it: &PaperQuestion, large: bool) -> Value {
    let size = match &it.room {
        Room::Boxes { choices } => choices.len().div_ceil(columns(choices, large)),
        Room::Lines { count } => usize::from(*count),
        Room::Digits { .. } => 1,
    };
    json!({
        "block": "question",
        "large": large,
        "whole": size <= STAYS_WHOLE,
        "number": text(&it.number),
        "text": text(&it.text),
        "hint": text(&it.hint),
        "condition": text(&it.condition),
        "instruction": text(&it.instruction),
        "symbol": symbol(&it.symbol),
        "room": room(&it.room, large),
    })
}

fn room(room: &Room, large: bool) -> Value {
    match room {
        Room::Boxes { choices } => json!({
            "room": "boxes",
            "columns": columns(choices, large),
            "choices": choices.iter()
                .map(|choice| json!({ "text": text(&choice.text), "symbol": symbol(&choice.symbol) }))
                .collect::<Vec<_>>(),
        }),
        Room::Lines { count } => json!({ "room": "lines", "count": count }),
        Room::Digits { groups } => json!({
            "room": "digits",
            "groups": groups.iter()
                .map(|group| json!({ "label": text(&group.label), "count": group.count }))
                .collect::<Vec<_>>(),
        }),
    }
}

/// In how many columns choices stand. Children read them one below the other, unless they are very short.
fn columns(choices: &[PaperChoice], large: bool) -> usize {
    let longest = choices.iter().map(|choice| choice.text.chars().count()).max().unwrap_or(0);
    let (most, length) = if large { IN_ONE_ROW_LARGE } else { IN_ONE_ROW };
    let (from, to, length_of_two) = IN_TWO_COLUMNS;
    if choices.len() <= most && longest <= length {
        choices.len().max(1)
    } else if !large && (from..=to).contains(&choices.len()) && longest <= length_of_two {
        2
    } else {
        1
    }
}

/// The symbol as a drawing of its own, or nothing.
fn symbol(name: &str) -> Option<String> {
    let drawing = symbols::drawing(name)?;
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#12314d" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">{drawing}</svg>"##
    ))
}

pub(crate) fn cards(size: CardSize, cards: &[Card]) -> Value {
    let card = |card: &Card| {
        json!({
            "title": text(&card.title),
            "explanation": text(&card.explanation),
            "address": text(&card.address),
            "href": card.href,
            "code": text(&card.code),
            "qr": showable(&card.qr_svg),
            "alt": showable(&card.qr_alt),
        })
    };
    json!({ "block": "cards", "size": size, "cards": cards.iter().map(card).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(texts: &[&str]) -> Vec<PaperChoice> {
        texts.iter().map(|text| PaperChoice { text: (*text).into(), symbol: String::new() }).collect()
    }

    #[test]
    fn choices_stand_side_by_side_when_they_are_short() {
        let scale = ["Strongly agree", "Agree", "Disagree", "Strongly disagree", "I do not know"];
        for (texts, standard, large) in [
            (&scale[..], 5, 1),
            (&["Yes", "Sometimes", "No", "Not sure"], 4, 1),
            (&["Yes", "No", "Not sure"], 3, 3),
            (&["Yes", "No"], 2, 2),
            (&["Social work", "Health", "Education", "Voluntary or independent organisation"], 2, 1),
            (&["A", "B", "C", "D", "E", "F", "G"], 2, 1),
            (&["One of very many"; 31], 1, 1),
            (&["Yes, and I know exactly what is in it because I wrote it with them", "No"], 1, 1),
        ] {
            assert_eq!(columns(&choices(texts), false), standard, "{texts:?}");
            assert_eq!(columns(&choices(texts), true), large, "{texts:?} in large letters");
        }
    }

    #[test]
    fn every_symbol_is_drawn() {
        for name in symbols::names() {
            assert!(symbol(name).unwrap().contains("<svg"), "{name}");
        }
        assert_eq!(symbol(""), None);
    }
}
