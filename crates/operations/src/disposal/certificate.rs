//! The certificate: what was destroyed, when and how many; what is kept and why; what is beyond Keyline.

use jiff::Timestamp;
use keyline_domain::clock::{day_of, in_london};
use keyline_domain::disposal::{KEPT, Step};
use keyline_domain::documents::{Block, Document, DocumentKind, Run};
use keyline_store::disposal::Postponement;
use keyline_store::inspections::Inspection;
use keyline_words::{Catalogue, ENGLISH};

use crate::context::Cx;

/// Writes the certificate, in English as every document.
pub(super) fn certificate(
    cx: &Cx,
    inspection: &Inspection,
    steps: &[(Step, i64, Timestamp)],
    postponed: &[Postponement],
    now: Timestamp,
) -> Document {
    let w = Catalogue::shared().words(ENGLISH);
    let area = cx.library.council(&inspection.area).map_or(inspection.area.as_str(), |c| c.name.as_str());
    let programme = cx
        .library
        .programme(&inspection.programme, &inspection.programme_version)
        .map_or(inspection.programme.as_str(), |p| p.title.value.as_str());
    let text = |key: &str| Block::Paragraph { runs: vec![Run::text(w.t(key))] };
    let heading =
        |key: &str, anchor: &str| Block::Heading { level: 1, text: w.t(key), anchor: anchor.to_owned() };
    let rows = steps
        .iter()
        .map(|(step, count, at)| {
            let what = w.t(&format!("disposal-step-{}", step.word()));
            vec![what, count.to_string(), w.date_time(&in_london(*at))]
        })
        .collect();
    let mut blocks = vec![
        text("certificate-lead"),
        heading("certificate-destroyed", "destroyed"),
        Block::Table {
            caption: w.t("certificate-destroyed"),
            header: ["disposal-what", "disposal-count", "disposal-when"].map(|key| w.t(key)).to_vec(),
            rows,
            row_headings: true,
        },
        text("certificate-keys"),
        heading("disposal-kept", "kept"),
        Block::Bullets {
            items: KEPT.iter().map(|key| vec![Run::text(w.t(&format!("disposal-kept-{key}")))]).collect(),
        },
    ];
    if !postponed.is_empty() {
        blocks.push(heading("disposal-postponed-title", "postponed"));
        let line = |one: &Postponement| {
            let (from, to) = (w.date(one.from), w.date(one.to));
            Run::text(w.with("disposal-postponed", &[("from", &from), ("to", &to), ("reason", &one.reason)]))
        };
        blocks.push(Block::Bullets { items: postponed.iter().map(|one| vec![line(one)]).collect() });
    }
    blocks.push(heading("certificate-beyond", "beyond"));
    blocks.push(text("certificate-backups"));
    let today = day_of(now);
    Document {
        kind: DocumentKind::Paper,
        title: w.t("certificate-title"),
        subtitle: format!("{area}: {programme}"),
        language: "en-GB".to_owned(),
        author: w.t("product"),
        date: today,
        date_text: w.date(today),
        watermark: None,
        front: vec![(w.t("certificate-reference"), inspection.reference.clone())],
        contents_title: String::new(),
        blocks,
    }
}
