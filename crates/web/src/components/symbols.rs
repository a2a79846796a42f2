//! Symbols beside the words of choices and questions, as pages show them: in the colour of the text, hidden from those who
//! listen. The drawings are [`keyline_domain::documents::symbols`]; paper has the same.

use keyline_domain::documents::symbols::drawing;
use maud::{Markup, PreEscaped, html};

/// The symbol of that name; nothing when there is none.
pub fn symbol(name: &str) -> Markup {
    html! {
        @if let Some(drawing) = drawing(name) {
            svg class="kl_symbol" viewBox="0 0 24 24" aria-hidden="true" focusable="false" { (PreEscaped(drawing)) }
        }
    }
}
