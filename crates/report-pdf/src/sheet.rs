//! The document as the template takes it: JSON in which everything is decided but the look.

use keyline_domain::documents::{Block, Document, Run};
use serde_json::{Value, json};

use crate::legible::{breakable, numbers_whole, showable};
use crate::paper;

/// A column whose longest cell has at most this many characters is as wide as its cells; the others share the rest.
const NARROW: usize = 16;

/// The content for `typst/main.typ`.
pub(crate) fn sheet(document: &Document) -> Value {
    let (language, region) = language(&document.language);
    json!({
        "kind": document.kind,
        "large": paper::is_large(document.kind),
        "from_right": from_right(&language),
        "title": showable(&document.title),
        "subtitle": text(&document.subtitle),
        "language": language,
        "region": region,
        "author": showable(&document.author),
        "date": [document.date.year(), document.date.month(), document.date.day()],
        "date_text": text(&document.date_text),
        "watermark": document.watermark.as_deref().map(showable),
        "address": document.front.iter().filter(|(label, _)| label.is_empty()).map(|(_, v)| text(v)).collect::<Vec<_>>(),
        "front": document.front.iter().filter(|(label, _)| !label.is_empty())
            .map(|(label, value)| json!({ "label": text(label), "value": text(value) })).collect::<Vec<_>>(),
        "contents_title": text(&document.contents_title),
        "has_headings": document.blocks.iter().any(|b| matches!(b, Block::Heading { .. })),
        "blocks": document.blocks.iter().enumerate().map(|(n, b)| block(document, n, b)).collect::<Vec<_>>(),
    })
}

pub(crate) fn text(text: &str) -> String {
    breakable(&numbers_whole(&showable(text)))
}

fn block(document: &Document, n: usize, it: &Block) -> Value {
    let items = |items: &[Vec<Run>]| items.iter().map(|i| runs(document, i)).collect::<Vec<_>>();
    match it {
        Block::Heading { level, text: t, .. } => {
            json!({ "block": "heading", "level": level, "text": text(t), "label": heading_label(n) })
        }
        Block::Paragraph { runs: r } => json!({ "block": "paragraph", "runs": runs(document, r) }),
        Block::Bullets { items: i } => json!({ "block": "bullets", "items": items(i) }),
        Block::Numbered { items: i } => json!({ "block": "numbered", "items": items(i) }),
        Block::Table { caption, header, rows, row_headings } => json!({
            "block": "table",
            "caption": text(caption),
            "header": header.iter().map(|c| text(c)).collect::<Vec<_>>(),
            "rows": rows.iter().map(|row| row.iter().map(|c| text(c)).collect()).collect::<Vec<Vec<_>>>(),
            "row_headings": row_headings,
            "columns": columns(header, rows, *row_headings),
        }),
        Block::Figure { svg, alt, caption } => json!({
            "block": "figure", "svg": showable(svg), "alt": showable(alt), "caption": text(caption),
        }),
        Block::Callout { title, blocks } => json!({
            "block": "callout",
            "title": text(title),
            "blocks": blocks.iter().map(|b| block(document, n, b)).collect::<Vec<_>>(),
        }),
        Block::Quote { runs: r, source } => {
            json!({ "block": "quote", "runs": runs(document, r), "source": text(source) })
        }
        Block::Address { lines } => {
            json!({ "block": "address", "lines": lines.iter().map(|l| text(l)).collect::<Vec<_>>() })
        }
        Block::Question { question } => paper::question(question, paper::is_large(document.kind)),
        Block::Cards { size, cards } => paper::cards(*size, cards),
        Block::PageBreak => json!({ "block": "page_break" }),
    }
}

fn runs(document: &Document, runs: &[Run]) -> Vec<Value> {
    runs.iter()
        .map(|run| match run {
            Run::Text { text: t } => json!({ "run": "text", "text": text(t) }),
            Run::Strong { text: t } => json!({ "run": "strong", "text": text(t) }),
            Run::Emphasis { text: t } => json!({ "run": "emphasis", "text": text(t) }),
            Run::InLanguage { language: tag, text: t } => {
                let (language, region) = language(tag);
                json!({ "run": "in_language", "text": text(t), "language": language, "region": region })
            }
            Run::Link { text: t, href } => json!({
                "run": "link", "text": text(t), "href": href, "label": target(document, href),
            }),
        })
        .collect()
}

/// The label of the heading that `#anchor` means; none for an address. Headings are labelled by their place and not
/// by their anchor, because two of them may bear the same words.
fn target(document: &Document, href: &str) -> Option<String> {
    let wanted = href.strip_prefix('#')?;
    document
        .blocks
        .iter()
        .position(|b| matches!(b, Block::Heading { anchor, .. } if anchor == wanted))
        .map(heading_label)
}

fn heading_label(block: usize) -> String {
    format!("block-{block}")
}

/// Language and region of a tag, as the typesetter takes them apart: `en-GB` is `("en", Some("GB"))`.
fn language(tag: &str) -> (String, Option<String>) {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_lowercase();
    let region = parts.find(|p| p.len() == 2 && p.bytes().all(|b| b.is_ascii_alphabetic()));
    (language, region.map(str::to_uppercase))
}

/// Whether a language is written from right to left.
fn from_right(language: &str) -> bool {
    matches!(language, "ar" | "ckb" | "dv" | "fa" | "he" | "ks" | "ps" | "sd" | "ug" | "ur" | "yi")
}

/// How each column is set: `share` is its part of the width that is left, 0 for as wide as its cells; `number` puts
/// figures under figures.
fn columns(header: &[String], rows: &[Vec<String>], row_headings: bool) -> Vec<Value> {
    let longest = |n: usize| {
        let cells = rows.iter().map(|row| row[n].chars().count());
        let words = header[n].split_whitespace().map(|word| word.chars().count());
        cells.chain(words).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(longest).collect();
    let all_narrow = widths.iter().all(|w| *w <= NARROW);
    widths
        .iter()
        .enumerate()
        .map(|(n, width)| {
            let filled: Vec<&str> = rows.iter().map(|r| r[n].trim()).filter(|c| !c.is_empty()).collect();
            let number =
                (!row_headings || n != 0) && !filled.is_empty() && filled.iter().all(|c| is_figure(c));
            // a column of long texts gets more, but not in proportion: it can also grow downwards
            let share = match (all_narrow, n) {
                (true, 0) => 1,
                _ if *width <= NARROW => 0,
                _ => (width / 8).clamp(2, 8),
            };
            json!({ "share": share, "number": number })
        })
        .collect()
}

/// A figure, or what stands in its place when there is none or it may not be shown.
fn is_figure(cell: &str) -> bool {
    let has_digit = cell.bytes().any(|b| b.is_ascii_digit());
    let plain = cell.chars().all(|c| c.is_ascii_digit() || " .,%+-−–£€<>≤≥()/[]c".contains(c));
    (has_digit && plain) || matches!(cell, "-" | "–" | "—" | "…" | "*" | "[c]" | "c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_apart() {
        assert_eq!(language("en-GB"), ("en".into(), Some("GB".into())));
        assert_eq!(language("zh-Hant-TW"), ("zh".into(), Some("TW".into())));
        assert_eq!(language("gd"), ("gd".into(), None));
    }

    #[test]
    fn columns_fit_what_they_hold() {
        let header = ["Area".to_owned(), "Children".to_owned(), "What was found".to_owned()];
        let long = "Plans were clear and shared with the family. ".repeat(3);
        let rows = [
            vec!["North".to_owned(), "1,204".to_owned(), long.clone()],
            vec!["South".to_owned(), "[c]".to_owned(), long],
        ];
        let columns = columns(&header, &rows, true);
        assert_eq!(columns[0], json!({ "share": 0, "number": false }));
        assert_eq!(columns[1], json!({ "share": 0, "number": true }));
        assert_eq!(columns[2], json!({ "share": 8, "number": false }));
    }

    #[test]
    fn figures_are_known_from_words_and_dates() {
        for yes in ["12", "4.5%", "1,204", "<5", "12 (40%)", "–", "[c]"] {
            assert!(is_figure(yes), "{yes}");
        }
        for no in ["Good", "5 (Very good)", "3 May", ""] {
            assert!(!is_figure(no), "{no}");
        }
    }
}
