//! The way out of a free text: one press opens the form of a concern beside the page, with the text in it.

use keyline_words::Words;
use maud::{Markup, html};

/// Instead of the name of a field: everything on the page that was written in words.
pub(crate) const EVERY_TEXT: &str = "*";

/// A button of the form around it, which sends what stands in it to the form of a concern, in a tab of its own: the page
/// stays as it is, with everything that was typed. `field` names the text that is carried along.
pub(crate) fn raise_with_text(w: Words<'_>, href: &str, field: &str) -> Markup {
    html! {
        p class="kl_raise" {
            button class="kl_link-button kl_concern" type="submit" formaction=(href) formmethod="post" formtarget="_blank"
                formnovalidate name="carry" value=(field) data-again {
                (w.t("raise-concern-with-text"))
                span class="visually-hidden" { " " (w.t("new-tab")) }
            }
        }
    }
}
