//! Symbols beside the words of choices and questions, for people who read little. They never stand alone: the words are
//! always there, and the symbols are hidden from those who listen.
//!
//! Our own drawings on a grid of 24, in the colour of the text. An instrument names one in its column `symbol`; to add
//! one, add it to [`SYMBOLS`] and to the list in `docs/writing-an-instrument.md`.

use maud::{Markup, PreEscaped, html};

/// Name and drawing: the inside of an SVG of 24 by 24, strokes only.
const SYMBOLS: [(&str, &str); 14] = [
    ("smile", r#"<circle cx="12" cy="12" r="10"/><path d="M7 14c1.6 3.4 8.4 3.4 10 0M8.5 9v.5M15.5 9v.5"/>"#),
    ("flat", r#"<circle cx="12" cy="12" r="10"/><path d="M8 15.5h8M8.5 9v.5M15.5 9v.5"/>"#),
    ("sad", r#"<circle cx="12" cy="12" r="10"/><path d="M7.5 17c1.6-3.2 7.4-3.2 9 0M8.5 9v.5M15.5 9v.5"/>"#),
    (
        "thumb-up",
        r#"<path d="M3 11h4v10H3zM7 12l4-9c2 0 3 1.2 2.6 3L13 10h6c1.4 0 2.2 1 1.9 2.3l-1.7 7c-.2 1-1 1.7-2 1.7H7"/>"#,
    ),
    (
        "question",
        r#"<circle cx="12" cy="12" r="10"/><path d="M9 9.5c0-4 6-4 6-.3 0 2.4-3 2.6-3 5M12 17.3v.4"/>"#,
    ),
    ("home", r#"<path d="M3 12l9-9 9 9M5.5 10v11h13V10M10 21v-6h4v6"/>"#),
    ("school", r#"<path d="M2 9l10-5 10 5-10 5zM6 11.5V17c3 2.6 9 2.6 12 0v-5.5M22 9v6"/>"#),
    (
        "people",
        r#"<circle cx="8" cy="7.5" r="3.5"/><circle cx="17" cy="8.5" r="2.8"/><path d="M2 20c0-8 12-8 12 0M15.5 14c3.6-.6 6.5 1.6 6.5 5"/>"#,
    ),
    (
        "heart",
        r#"<path d="M12 20.5C3 15 1.5 9.5 4.2 6.4 6.6 3.8 10.5 4.4 12 8c1.5-3.6 5.4-4.2 7.8-1.600C22.5 9.5 21 15 12 20.500z"/>"#,
    ),
    ("clock", r#"<circle cx="12" cy="12" r="10"/><path d="M12 6v6.500l4.2 2.5"/>"#),
    ("talk", r#"<path d="M3 4h18v12h-9l-5 5v-5H3zM7.5 8.500h9M7.5 11.800h6"/>"#),
    (
        "star",
        r#"<path d="M12 2.500l2.9 6.3 6.8.7-5.1 4.6 1.5 6.8-6.1-3.5-6.1 3.5 1.5-6.800L2.3 9.500l6.8-.700z"/>"#,
    ),
    ("shield", r#"<path d="M12 2l8.5 3v7c0 5-3.5 8.5-8.5 10.500C7 20.5 3.5 17 3.5 12V5zM8 12l3 3 5-6"/>"#),
    ("stop", r#"<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8zM8.5 8.500l7 7M15.5 8.500l-7 7"/>"#),
];

/// The symbol of that name; nothing when there is none.
pub fn symbol(name: &str) -> Markup {
    html! {
        @if let Some((_, drawing)) = SYMBOLS.iter().find(|(known, _)| *known == name) {
            svg class="kl_symbol" viewBox="0 0 24 24" aria-hidden="true" focusable="false" { (PreEscaped(drawing)) }
        }
    }
}

/// Whether there is a symbol of that name.
pub fn is_symbol(name: &str) -> bool {
    SYMBOLS.iter().any(|(known, _)| *known == name)
}
