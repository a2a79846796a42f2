//! The reminder beside every reading: whoever reads that somebody may be unsafe passes it on, and does not only note it.

use std::collections::BTreeMap;

use keyline_domain::access::Role;
use keyline_operations::markdown::blocks;
use keyline_store::Source;
use keyline_store::inspections::Inspection;
use keyline_store::inspections::members;
use maud::{Markup, html};

use crate::components::{inset, prose, warning};
use crate::frame::{PageError, PageResult, Scope, Visitor};

/// Who is there to be told.
pub(super) struct Help {
    leads: Vec<String>,
    text: String,
}

/// Reads who is there to be told: the partnership's local lead for concerns, and the help that the programme names.
pub(super) async fn help(
    visitor: &Visitor,
    scope: &Scope,
    source: &mut impl Source,
    inspection: &Inspection,
) -> PageResult<Help> {
    let cx = visitor.cx();
    let members = members::list(source, &scope.grant).await?;
    let leads = members.into_iter().filter(|m| m.role == Role::LocalLeadForConcerns).map(|m| m.name);
    let council = cx.library.council(&inspection.area).map_or(inspection.area.as_str(), |c| c.name.as_str());
    let values = BTreeMap::from([("area", council.to_owned()), ("council", council.to_owned())]);
    let text = cx.programme(inspection)?.texts.get("help");
    let text = text.map_or(Ok(String::new()), |t| t.fill(visitor.words().lang(), &values));
    Ok(Help { leads: leads.collect(), text: text.map_err(|e| PageError::fault(&e))? })
}

/// The sentence at the head of the page, leading to [`Help::whom`] below.
pub(super) fn reminder(visitor: &Visitor) -> Markup {
    let w = visitor.words();
    let whom = html! { a href="#help" { (w.t("records-concern-whom")) } };
    warning(&w.t("warning"), &html! { p { (w.t("records-concern")) " " (whom) } })
}

impl Help {
    /// Whom to tell. It stands before the buttons.
    pub(super) fn whom(&self, visitor: &Visitor) -> Markup {
        let w = visitor.words();
        inset(&html! {
            h2 id="help" { (w.t("records-concern-whom")) }
            @if self.leads.is_empty() { p { (w.t("records-concern-lead-none")) } }
            @else { p { (w.with("records-concern-lead", &[("names", &self.leads.join(", "))])) } }
            (prose(&blocks(&self.text)))
        })
    }
}
