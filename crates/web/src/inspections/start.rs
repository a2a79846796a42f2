//! The start page: what needs me?

use keyline_store::inspections::list_of;
use maud::html;

use super::rooms::name;
use crate::components::{card, empty_state};
use crate::frame::{PageError, PageResult, Visitor};

/// The inspections of the person, with what waits for them.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let person = visitor.signed_in().ok_or(PageError::NOT_FOUND)?.person.clone();
    let mut reader = visitor.cx().read().await?;
    let inspections = list_of(&mut reader, person.id).await?;
    let body = html! {
        @if inspections.is_empty() { (empty_state(&w.t("start-empty-title"), &w.t("start-empty-text"), None)) }
        div class="kl_cards" {
            @for i in &inspections {
                (card(&format!("/inspections/{}", i.reference), &name(&visitor, i), &html! {
                    p { (w.with("start-starts-on", &[("day", &w.date(i.starts_on))])) }
                }))
            }
        }
    };
    Ok(visitor.show(&visitor.layout(w.with("start-title", &[("name", &person.name)]), body)))
}
