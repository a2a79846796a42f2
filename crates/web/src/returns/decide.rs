//! What a decision of the team looks like: accept, or send back with a reason; and what its second of two people sees.

use maud::{Markup, html};

use crate::components::{
    Field, button, button_secondary, compare, details, form, hidden, text_area, warning,
};
use crate::frame::{Problems, Typed, Visitor};
use crate::judgement::nobody_field;

/// The forms of a decision.
#[derive(Debug)]
pub(super) struct Decision<'a> {
    /// Address of what is decided on; the verbs stand below it.
    pub base: String,
    /// The version that is being looked at.
    pub version: i64,
    /// Key of the words for accepting; `None` when it can only be sent back.
    pub accept: Option<&'a str>,
    /// Key of the words for sending back.
    pub back: &'a str,
    /// Key of the help with the reason.
    pub hint: &'a str,
}

impl Decision<'_> {
    /// The forms, with what was typed.
    pub(super) fn forms(&self, visitor: &Visitor, typed: &Typed, problems: &Problems) -> Markup {
        let w = visitor.words();
        let back = form(
            &format!("{}/send-back", self.base),
            &html! {
                (hidden("version", self.version))
                (text_area(&Field::new("reason", w.t("returns-reason")).hint(w.t(self.hint))
                    .value(typed.get("reason")).error(problems.on("reason")), 4))
                (nobody_field(visitor, typed, problems))
                (button_secondary(&w.t(self.back)))
            },
        );
        let folded = typed.get("reason").is_empty() && problems.is_empty();
        html! {
            @if let Some(accept) = self.accept {
                (form(&format!("{}/accept", self.base), &html! {
                    (hidden("version", self.version))
                    (button(&w.t(accept)))
                }))
            }
            @if folded { (details(&w.t(self.back), &back)) } @else { (back) }
        }
    }
}

/// That somebody was quicker: what stands now beside what was typed here.
pub(super) fn meanwhile(visitor: &Visitor, who: &str, state: &str, mine: &str, theirs: &str) -> Markup {
    let w = visitor.words();
    let theirs = if theirs.is_empty() { state } else { theirs };
    html! {
        div id="both" {
            (warning(&w.t("warning"), &html! { p { (w.with("returns-meanwhile", &[("who", &who), ("state", &state)])) } }))
            @if !mine.trim().is_empty() {
                (compare(&w.t("returns-mine"), mine.trim(), &w.t("returns-theirs"), theirs))
            }
        }
    }
}
