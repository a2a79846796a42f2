//! Every component in every state.
use keyline_words::Words;
use maud::{Markup, html};

/// Every component in its states: what the tests check and what designers look at.
pub fn gallery(_words: Words<'_>) -> Markup {
    html! {}
}
