//! What the documents are that the partnership sends in the story: plain texts, and in the inspection that is on site a
//! PDF, a table and an e-mail as well, so that each can be looked at.

use keyline_domain::documents::{Block, Document, DocumentKind};
use keyline_store::returns::Request;

use super::super::tale::Until;
use super::Teller;

const MADE_UP: &str =
    "This document is made up for the demonstration. It stands for what a partnership would send.";

/// The name and the content of the document that answers the `n`th request.
pub(super) fn made_up(t: &Teller<'_>, n: usize, request: &Request) -> anyhow::Result<(String, Vec<u8>)> {
    let named = |ending: &str| format!("{}.{ending}", request.key);
    match (t.tale.until == Until::OnSite, n) {
        (true, 0) => Ok((named("pdf"), pdf(t, request)?)),
        (true, 1) => {
            let bytes = keyline_workbooks::write_csv(table().iter().map(Vec::as_slice), true);
            Ok((named("csv"), bytes))
        }
        (true, 2) => Ok((named("eml"), mail(request))),
        _ => Ok((named("txt"), format!("{}\n\n{MADE_UP}\n", request.title).into_bytes())),
    }
}

fn pdf(t: &Teller<'_>, request: &Request) -> anyhow::Result<Vec<u8>> {
    let date = t.tale.starts_on;
    let document = Document {
        kind: DocumentKind::Report,
        title: request.title.clone(),
        subtitle: "Strathmarnock partnership (fictional)".into(),
        language: "en-GB".into(),
        author: "Strathmarnock partnership".into(),
        date,
        date_text: date.strftime("%-d %B %Y").to_string(),
        watermark: None,
        front: Vec::new(),
        contents_title: "Contents".into(),
        blocks: vec![
            Block::heading(1, "About this document"),
            Block::paragraph(MADE_UP),
            Block::heading(1, "What we found when we looked at ourselves"),
            Block::bullets([
                "Reviews were held on time for eight of ten children and young people.",
                "Chronologies were up to date in fewer records than a year before.",
                "Children told us that a change of lead professional was the hardest part.",
            ]),
            Block::heading(1, "What we do about it"),
            Block::numbered([
                "Every record is looked at by a manager of another team once in six months.",
                "A change of lead professional is agreed with the child first, whenever that can be.",
            ]),
        ],
    };
    (t.cx.renderer)(&document).map_err(|error| anyhow::anyhow!("setting a document of the story: {error}"))
}

fn table() -> Vec<Vec<String>> {
    let rows = [
        ["Quarter", "Orders at home", "Reviews on time", "Reviews late"],
        ["April to June", "61", "52", "9"],
        ["July to September", "58", "49", "9"],
        ["October to December", "63", "55", "8"],
        ["January to March", "60", "54", "6"],
    ];
    rows.map(|row| row.map(str::to_owned).to_vec()).to_vec()
}

fn mail(request: &Request) -> Vec<u8> {
    let lines = [
        "From: Eilidh Made-up <performance@strathmarnock.test>",
        "To: Callum Made-up <coordinator@strathmarnock.test>",
        "Date: Mon, 5 Jan 2026 09:30:00 +0000",
        &format!("Subject: {}", request.title),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "Good morning,",
        "",
        "the figures for the stepping stones group are as we agreed: eleven families, three of them new.",
        "",
        MADE_UP,
    ];
    let mut text = lines.join("\r\n");
    text.push_str("\r\n");
    text.into_bytes()
}
