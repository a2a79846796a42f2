//! Whom to call. It stands first when somebody is in danger now.

use std::collections::BTreeMap;

use keyline_domain::access::{Action, Actor, Role};
use keyline_domain::documents::{Block, Run};
use keyline_domain::ids::InspectionId;
use keyline_operations::markdown::blocks;
use keyline_store::area_contacts;
use keyline_store::inspections::{self, members};
use maud::{Markup, html};

use crate::components::prose;
use crate::frame::{PageError, PageResult, Visitor};
use crate::tell_us::telephones;

/// The numbers to call: those that the programme names for the area of an inspection, or those of the country.
pub(crate) async fn lines(
    visitor: &Visitor,
    inspection: Option<InspectionId>,
    local_lead: bool,
) -> PageResult<Markup> {
    let w = visitor.words();
    let Some(id) = inspection else {
        return Ok(html! {
            ul {
                li { (w.t("help-line-danger")) " " a href="tel:999" dir="ltr" { "999" } }
                li { (w.t("help-line-child")) " " a href="tel:08001111" dir="ltr" { "0800 1111" } }
                li { (w.t("help-line-council")) }
            }
        });
    };
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    // Whoever may raise a concern, the public among them, may know whom to call.
    let grant = cx.grant(&Actor::Clock, id, Action::SeeInspection).await?;
    let inspection = inspections::get(&mut reader, &grant).await?;
    let council = cx.library.council(&inspection.area).map_or(inspection.area.as_str(), |c| c.name.as_str());
    let values = BTreeMap::from([("area", council.to_owned()), ("council", council.to_owned())]);
    let text = cx.programme(&inspection)?.texts.get("help");
    let text = text.map_or(Ok(String::new()), |t| t.fill(w.lang(), &values));
    let text = text.map_err(|e| PageError::fault(&e))?;
    let contacts = area_contacts::find(&mut reader, &inspection.area).await?.map(|(contacts, _)| contacts);
    let contacts: Vec<Vec<Run>> = contacts
        .iter()
        .flat_map(|contacts| contacts.lines())
        .filter(|line| !line.trim().is_empty())
        .map(|line| vec![Run::text(line)])
        .collect();
    let leads: Vec<String> = if local_lead {
        let all = members::list(&mut reader, &grant).await?;
        all.into_iter().filter(|m| m.role == Role::LocalLeadForConcerns).map(|m| m.name).collect()
    } else {
        Vec::new()
    };
    Ok(html! {
        (prose(&telephones(blocks(&text))))
        @if !contacts.is_empty() {
            p { (w.with("help-line-area", &[("area", &council)])) }
            (prose(&telephones(vec![Block::Bullets { items: contacts }])))
        }
        @if !leads.is_empty() { p { (w.with("records-concern-lead", &[("names", &leads.join(", "))])) } }
    })
}
