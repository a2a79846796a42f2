//! The list that the sample was drawn from, as files with which anyone draws it again; and what a sample can say.

use std::fmt::Write as _;

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use keyline_operations::records::{Frame, open_frame};
use keyline_workbooks::write_csv;
use maud::{Markup, html};

use super::{Stand, crumbs};
use crate::components::Width;
use crate::frame::{PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// Column headings of the list; the command line is given them.
const HEADINGS: [&str; 3] = ["label", "part", "left-out"];

/// For `keyline sample`: every label with its part, and why it was left out.
pub(super) async fn csv(visitor: Visitor, scope: Scope) -> PageResult {
    let taken = open_frame(visitor.cx(), visitor.actor(), scope.grant.inspection()).await?;
    let mut lines: Vec<Vec<String>> = vec![HEADINGS.iter().map(|h| (*h).to_owned()).collect()];
    lines.extend(taken.rows.into_iter().map(|row| vec![row.label, row.part, row.left_out]));
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}-list.csv\"", scope.reference)),
    ];
    Ok((headers, write_csv(lines.iter().map(Vec::as_slice), true)).into_response())
}

/// For `redraw.py`: a line for each label that could be drawn, with its part behind a tab; a part of which all were left
/// out stands in a line without a label.
pub(super) async fn tsv(visitor: Visitor, scope: Scope) -> PageResult {
    let taken = open_frame(visitor.cx(), visitor.actor(), scope.grant.inspection()).await?;
    let headers = [
        (CONTENT_TYPE, "text/tab-separated-values; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}-list.tsv\"", scope.reference)),
    ];
    Ok((headers, lines(&taken)).into_response())
}

fn lines(taken: &Frame) -> String {
    let mut text = String::new();
    let mut add = |label: &str, part: Option<&str>| {
        text.push_str(label);
        if let Some(part) = part {
            text.push('\t');
            text.push_str(part);
        }
        text.push('\n');
    };
    let divided = taken.division.is_some();
    for row in taken.rows.iter().filter(|row| row.left_out.is_empty()) {
        add(&row.label, divided.then_some(row.part.as_str()));
    }
    for part in taken.division.iter().flat_map(|d| &d.parts).filter(|part| part.population == 0) {
        add("", Some(&part.name));
    }
    text
}

/// The two commands that draw the sample again.
pub(super) fn commands(visitor: &Visitor, scope: &Scope, taken: &Recorded<'_>) -> Markup {
    let w = visitor.words();
    let Recorded { seed, size, reserves, division } = taken;
    let list = format!("{}-list", scope.reference);
    let mut own = format!(
        "keyline sample {list}.csv --key label --exclude left-out --seed {seed} --size {size} --reserve {reserves}"
    );
    let mut python = format!("python3 redraw.py --seed {seed} --size {size} --reserve {reserves}");
    if let Some(division) = division {
        let by = format!("{} --minimum {}", division.allocation, division.minimum);
        write!(own, " --strata part --allocation {by}").ok();
        write!(python, " --by {by}").ok();
        let given: Vec<_> = division.parts.iter().filter(|part| part.expected != 50).collect();
        let share = |part: &&keyline_store::sampling::Part| format!("{}=0.{:02}", part.name, part.expected);
        for part in &given {
            write!(own, " --expected '{}'", share(part)).ok();
        }
        if !given.is_empty() {
            write!(python, " --expected '{}'", given.iter().map(share).collect::<Vec<_>>().join(",")).ok();
        }
    }
    write!(python, " < {list}.tsv").ok();
    html! {
        p { (w.t("records-again-files")) }
        ul {
            li { a href=(scope.href("records/list.csv")) { (w.t("records-list-csv")) } }
            li { a href=(scope.href("records/list.tsv")) { (w.t("records-list-tsv")) } }
        }
        pre class="kl_code kl_pre" { (own) }
        pre class="kl_code kl_pre" { (python) }
    }
}

/// What is recorded of a draw.
pub(super) struct Recorded<'s> {
    /// The seed.
    pub(super) seed: &'s str,
    /// How many were drawn.
    pub(super) size: i64,
    /// Replacements.
    pub(super) reserves: i64,
    /// How it was divided.
    pub(super) division: Option<&'s keyline_store::sampling::Division>,
}

/// What a sample can say and what it cannot, in plain words.
pub(super) async fn about(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let stand = Stand::of(&visitor, &scope).await?;
    let can = ["share", "margin", "parts", "again"];
    let cannot = ["child", "few", "cause", "missing", "list"];
    let body = html! {
        p class="kl_lead" { (w.t("records-about-lead")) }
        h2 { (w.t("records-about-can")) }
        ul { @for key in can { li { (w.t(&format!("records-about-can-{key}"))) } } }
        h2 { (w.t("records-about-cannot")) }
        ul { @for key in cannot { li { (w.t(&format!("records-about-cannot-{key}"))) } } }
        h2 { (w.t("records-about-words")) }
        dl {
            @for key in ["margin", "confidence", "part", "weight", "seed"] {
                dt { strong { (w.t(&format!("records-about-word-{key}"))) } }
                dd { (w.t(&format!("records-about-word-{key}-is"))) }
            }
        }
    };
    let title = w.t("records-about");
    let mut layout = frame(&visitor, &scope, &stand.inspection, Room::Records, title, body);
    layout.breadcrumbs = crumbs(&visitor, &scope, &[("records/sample", "records-sample")]);
    layout.width = Width::Text;
    Ok(visitor.show(&layout))
}
