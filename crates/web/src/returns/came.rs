//! What has come against a request: its documents with their versions and what keeps one closed, those that were
//! withdrawn, and uploads that are not whole yet.

use std::collections::HashMap;

use keyline_domain::clock::in_london;
use keyline_domain::ids::{PersonId, RequestId};
use keyline_store::returns::{Check, Delegation, Document, Request, Upload, Withdrawn};
use maud::{Markup, html};

use super::by_at;
use super::wanted::{kind, programme};
use crate::components::{Button, Column, Kind, Tone, data_table, details, empty_state, form, tag};
use crate::frame::{Scope, Visitor};

/// What is shown.
pub(super) struct Came<'a> {
    pub(super) visitor: &'a Visitor,
    pub(super) scope: &'a Scope,
    pub(super) request: &'a Request,
    pub(super) names: &'a HashMap<PersonId, String>,
    /// Colleagues who were asked by a link.
    pub(super) colleagues: &'a [Delegation],
    /// Documents that stand, in the order they came.
    pub(super) documents: &'a [Document],
    /// Documents that were withdrawn.
    pub(super) withdrawn: &'a [(Document, Withdrawn)],
    /// Whether this person may withdraw one.
    pub(super) may_withdraw: bool,
}

impl Came<'_> {
    /// The tables.
    pub(super) fn shown(&self) -> Markup {
        let w = self.visitor.words();
        let older: Vec<&Document> = self.documents.iter().filter(|d| !self.is_newest(d)).collect();
        let newest: Vec<&Document> = self.documents.iter().filter(|d| self.is_newest(d)).collect();
        html! {
            @if newest.is_empty() {
                (empty_state(&w.t("returns-nothing-came-title"), &w.t("returns-nothing-came-text"), None))
            } @else {
                (self.table("returns-came-caption", &newest))
                p { (w.t("returns-openings")) }
            }
            @if !older.is_empty() {
                (details(&w.with("returns-older", &[("count", &older.len())]), &self.table("returns-older-caption", &older)))
            }
            @if !self.withdrawn.is_empty() {
                (details(&w.with("returns-withdrawn", &[("count", &self.withdrawn.len())]), &self.withdrawn_ones()))
            }
        }
    }

    // A name that comes again is a new version; the last one that stands counts.
    fn is_newest(&self, document: &Document) -> bool {
        !self.documents.iter().any(|d| d.name == document.name && d.version > document.version)
    }

    fn table(&self, caption: &str, documents: &[&Document]) -> Markup {
        let (visitor, w) = (self.visitor, self.visitor.words());
        let mut titles: Vec<String> =
            ["returns-document", "returns-kind", "returns-size", "returns-sent"].map(|key| w.t(key)).into();
        if self.may_withdraw {
            titles.push(w.t("returns-withdraw"));
        }
        let columns: Vec<Column<'_>> = titles
            .iter()
            .enumerate()
            .map(|(n, title)| if n == 2 { Column::number(title) } else { Column::text(title) })
            .collect();
        let rows = documents.iter().map(|d| {
            let mut row = vec![
                self.name(d),
                html! { (kind(&d.kind)) },
                html! { (size(visitor, d.bytes)) },
                html! { (self.sent(d)) },
            ];
            if self.may_withdraw {
                let href = format!("returns/requests/{}/documents/{}/withdraw", self.request.id, d.id);
                let label = w.with("returns-withdraw-this", &[("name", &d.name)]);
                row.push(html! { a href=(self.scope.href(&href)) aria-label=(label) { (w.t("returns-withdraw")) } });
            }
            row
        });
        data_table(&w.t(caption), &columns, &rows.collect::<Vec<_>>())
    }

    // By whom and when: a colleague by a link, or somebody with an account.
    fn sent(&self, d: &Document) -> String {
        let w = self.visitor.words();
        match self.colleagues.iter().find(|c| Some(c.id) == d.delegation && !c.name.is_empty()) {
            Some(colleague) => w.with(
                "returns-by-link-at",
                &[("name", &colleague.name), ("at", &w.date_time(&in_london(d.uploaded_at)))],
            ),
            None => by_at(self.visitor, self.names, d.uploaded_by, d.uploaded_at),
        }
    }

    // A name that opens, or why it does not.
    fn name(&self, d: &Document) -> Markup {
        let w = self.visitor.words();
        let href = self.scope.href(&format!("returns/documents/{}", d.id));
        let look = w.with("look-this", &[("name", &d.name)]);
        let open = html! {
            a href=(href) { (d.name) } " "
            a href=(format!("{href}/look")) aria-label=(look) { (w.t("look-link")) }
        };
        html! {
            @match &d.check {
                Check::NotChecked | Check::Clean => (open),
                Check::Waiting => { (d.name) " " (tag(Tone::Active, &w.t("returns-being-checked"))) }
                Check::Infected(found) => {
                    (d.name) " " (tag(Tone::Bad, &w.t("returns-infected")))
                    br; (w.with("returns-infected-found", &[("found", found)]))
                }
            }
            @if d.version > 1 { " " (w.with("returns-version", &[("version", &d.version)])) }
            @if let Some(origin) = &d.origin {
                br;
                (w.with("held-origin", &[("programme", &programme(self.visitor, &origin.programme)),
                    ("day", &w.date(origin.on))]))
            }
            @if d.held_by.is_some() { " " (tag(Tone::Neutral, &w.t("returns-being-moved"))) }
        }
    }

    fn withdrawn_ones(&self) -> Markup {
        let (visitor, w) = (self.visitor, self.visitor.words());
        let titles = ["returns-document", "returns-sent", "returns-withdrawn-by", "returns-withdrawn-why"]
            .map(|key| w.t(key));
        let columns = titles.each_ref().map(|title| Column::text(title));
        let rows = self.withdrawn.iter().map(|(d, withdrawn)| {
            vec![
                html! {
                    (d.name) @if d.version > 1 { " " (w.with("returns-version", &[("version", &d.version)])) }
                },
                html! { (self.sent(d)) },
                html! { (by_at(visitor, self.names, withdrawn.by, withdrawn.at)) },
                html! { span class="kl_pre" { (withdrawn.reason) } },
            ]
        });
        html! {
            p { (w.t("returns-withdrawn-closed")) }
            (data_table(&w.t("returns-withdrawn-caption"), &columns, &rows.collect::<Vec<_>>()))
        }
    }
}

/// The uploads of this person that are not whole, for a page without a script too.
pub(super) fn under_way(visitor: &Visitor, scope: &Scope, request: RequestId, uploads: &[Upload]) -> Markup {
    let w = visitor.words();
    let me = visitor.signed_in().map(|s| s.person.id);
    let mine: Vec<&Upload> =
        uploads.iter().filter(|u| u.request == request && Some(u.begun_by) == me).collect();
    if mine.is_empty() {
        return html! {};
    }
    let bytes = |bytes: u64| size(visitor, i64::try_from(bytes).unwrap_or(i64::MAX));
    html! {
        h3 { (w.t("returns-under-way")) }
        ul data-uploads-under-way="" {
            @for u in mine {
                li {
                    (w.with("returns-under-way-one", &[
                        ("name", &u.name), ("received", &bytes(u.received)), ("whole", &bytes(u.bytes)),
                        ("until", &w.date_time(&in_london(u.expires_at))),
                    ]))
                    (form(&scope.href(&format!("returns/uploads/{}/give-up", u.id)),
                        &html! { (Button::new(&w.t("returns-give-up")).kind(Kind::Link).hidden(&u.name)) }))
                }
            }
        }
        p { (w.t("returns-under-way-explained")) }
    }
}

/// A size in kilobytes or megabytes.
pub(super) fn size(visitor: &Visitor, bytes: i64) -> String {
    let w = visitor.words();
    let kilobytes = bytes / 1024 + i64::from(bytes % 1024 > 0);
    if kilobytes < 1024 {
        return w.with("returns-size-kb", &[("size", &kilobytes)]);
    }
    let tenths = kilobytes * 10 / 1024;
    w.with("returns-size-mb", &[("size", &format!("{}.{}", tenths / 10, tenths % 10))])
}
