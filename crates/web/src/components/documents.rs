//! A letter or a report as a web page: the same [`Document`] that becomes the PDF.
//!
//! The page around it has the `h1`, so a heading of level 1 of the document becomes an `h2`. A new kind of block is
//! written here and in `report-pdf`, and the compiler asks for both.

mod paper;

use keyline_domain::documents::{Block, Document, Run};
use maud::{Markup, PreEscaped, html};

use super::tables::table;

/// The body of a document: its blocks in order, headings from `h2`.
pub fn document_body(document: &Document) -> Markup {
    html! {
        div class="kl_document" lang=(document.language) {
            @if let Some(watermark) = &document.watermark { p class="kl_document__watermark" { strong { (watermark) } } }
            @for block in &document.blocks { (piece(block)) }
        }
    }
}

/// A text of the programme inside a page: its blocks in order, headings from `h2`.
pub fn prose(blocks: &[Block]) -> Markup {
    html! { @for block in blocks { (piece(block)) } }
}

/// What stands above a letter's text: to whom it goes, who writes, and its day.
pub fn letter_head(document: &Document) -> Markup {
    html! {
        div class="kl_letter__head" lang=(document.language) {
            address class="kl_letter__address" {
                @for (_, line) in &document.front { (line) br; }
            }
            p class="kl_letter__from" { (document.author) }
            p { time datetime=(document.date) { (document.date_text) } }
        }
    }
}

/// Links to the headings of the first two levels; nothing for a document without headings.
pub fn document_contents(document: &Document) -> Markup {
    let headings: Vec<(u8, &str, &str)> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, text, anchor } if *level <= 2 => {
                Some((*level, text.as_str(), anchor.as_str()))
            }
            _ => None,
        })
        .collect();
    html! {
        @if !headings.is_empty() {
            nav class="kl_contents" aria-label=(document.contents_title) lang=(document.language) {
                h2 class="kl_contents__title" { (document.contents_title) }
                ul {
                    @for (level, text, anchor) in headings {
                        li class=(if level == 1 { "kl_contents__part" } else { "kl_contents__section" }) {
                            a href={ "#" (anchor) } { (text) }
                        }
                    }
                }
            }
        }
    }
}

fn piece(block: &Block) -> Markup {
    match block {
        Block::Heading { level: 1, text, anchor } => html! { h2 id=(anchor) { (text) } },
        Block::Heading { level: 2, text, anchor } => html! { h3 id=(anchor) { (text) } },
        Block::Heading { text, anchor, .. } => html! { h4 id=(anchor) { (text) } },
        Block::Paragraph { runs: text } => html! { p { (runs(text)) } },
        Block::Bullets { items } => html! { ul { @for item in items { li { (runs(item)) } } } },
        Block::Numbered { items } => html! { ol { @for item in items { li { (runs(item)) } } } },
        Block::Table { caption, header, rows, row_headings } => {
            let header: Vec<&str> = header.iter().map(String::as_str).collect();
            let rows: Vec<Vec<Markup>> =
                rows.iter().map(|row| row.iter().map(|cell| html! { (cell) }).collect()).collect();
            if *row_headings { table(caption, &header, &rows) } else { plain_table(caption, &header, &rows) }
        }
        Block::Figure { svg, alt, caption } => figure(svg, alt, caption),
        Block::Callout { title, blocks } => html! {
            section class="kl_callout" {
                p class="kl_callout__title" { strong { (title) } }
                @for block in blocks { (piece(block)) }
            }
        },
        Block::Quote { runs: text, source } => html! {
            figure class="kl_quote" {
                blockquote { p { (runs(text)) } }
                @if !source.is_empty() { figcaption { (source) } }
            }
        },
        Block::Address { lines } => html! { address { @for line in lines { (line) br; } } },
        Block::Question { question } => paper::question(question),
        Block::Cards { cards, .. } => html! { @for card in cards { (paper::card(card)) } },
        // A page of the web has no pages.
        Block::PageBreak => html! {},
    }
}

// A stand-alone picture begins with a declaration that has no place inside a page, and may bring a style element,
// which the content security policy would refuse: the page's own stylesheet gives the same look.
fn drawn(svg: &str) -> String {
    let drawn = svg.find("<svg").and_then(|at| svg.get(at..)).unwrap_or_default();
    match (drawn.find("<style"), drawn.find("</style>")) {
        (Some(from), Some(to)) if from < to => {
            format!("{}{}", &drawn[..from], &drawn[to + "</style>".len()..])
        }
        _ => drawn.to_owned(),
    }
}

fn figure(svg: &str, alt: &str, caption: &str) -> Markup {
    let drawn = drawn(svg);
    let names_itself = drawn.split('>').next().is_some_and(|open| open.contains("aria-label"));
    html! {
        figure class="kl_figure" {
            div class="kc-scroll" role="region" aria-label=(alt) tabindex="0" {
                @if names_itself { (PreEscaped(drawn)) }
                @else { div role="img" aria-label=(alt) { (PreEscaped(drawn)) } }
            }
            @if !caption.is_empty() { figcaption { (caption) } }
        }
    }
}

fn plain_table(caption: &str, header: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div class="kl_table-wrapper" role="region" aria-label=(caption) tabindex="0" {
            table class="ds_table" {
                caption { (caption) }
                thead { tr { @for h in header { th scope="col" { (h) } } } }
                tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
            }
        }
    }
}

fn runs(runs: &[Run]) -> Markup {
    html! {
        @for run in runs {
            @match run {
                Run::Text { text } => (text),
                Run::Strong { text } => strong { (text) },
                Run::Emphasis { text } => em { (text) },
                Run::Link { text, href } => a href=(href) rel="noreferrer" { (text) },
                Run::InLanguage { language, text } => span lang=(language) { (text) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use keyline_domain::documents::DocumentKind;

    use super::*;

    fn document(blocks: Vec<Block>) -> Document {
        Document {
            kind: DocumentKind::Letter,
            title: "Fictional letter".into(),
            subtitle: String::new(),
            language: "en-GB".into(),
            author: "Fictional body".into(),
            date: jiff::civil::date(2026, 11, 23),
            date_text: "23 November 2026".into(),
            watermark: None,
            front: vec![(String::new(), "Fictional <office>".into())],
            contents_title: "Contents".into(),
            blocks,
        }
    }

    #[test]
    fn every_block_is_written_and_escaped() {
        let page = document_body(&document(vec![
            Block::heading(1, "One"),
            Block::heading(2, "Two & three"),
            Block::paragraph("a < b"),
            Block::bullets(["x"]),
            Block::Numbered { items: vec![vec![Run::strong("y")]] },
            Block::table("T", ["h"], [vec!["c".to_owned()]]),
            Block::Figure {
                svg: "<?xml version=\"1.0\"?>\n<svg><style>text{}</style><g/></svg>".into(),
                alt: "A picture".into(),
                caption: String::new(),
            },
            Block::callout("Note", "z"),
            Block::quote("In their words", "A child"),
            Block::address(["Line one", "Line two"]),
            Block::PageBreak,
        ]))
        .into_string();
        for wanted in [
            "<h2 id=\"one\">One</h2>",
            "<h3 id=\"two-three\">Two &amp; three</h3>",
            "<p>a &lt; b</p>",
            "<ul><li>x</li></ul>",
            "<ol><li><strong>y</strong></li></ol>",
            "<caption>T</caption>",
            "role=\"img\" aria-label=\"A picture\"><svg><g/></svg>",
            "<strong>Note</strong>",
            "<blockquote><p>In their words</p></blockquote><figcaption>A child</figcaption>",
            "Line one<br>Line two<br>",
        ] {
            assert!(page.contains(wanted), "{wanted} is not in {page}");
        }
        assert!(!page.contains("<?xml") && !page.contains("<style"));
    }

    #[test]
    fn the_head_of_a_letter_escapes_its_lines() {
        let head = letter_head(&document(vec![])).into_string();
        assert!(head.contains("Fictional &lt;office&gt;<br>"));
        assert!(head.contains("datetime=\"2026-11-23\""));
    }

    #[test]
    fn contents_link_to_the_headings_of_two_levels() {
        let three =
            document(vec![Block::heading(1, "A"), Block::heading(2, "B"), Block::heading(3, "Too deep")]);
        let contents = document_contents(&three).into_string();
        assert!(contents.contains("href=\"#a\"") && contents.contains("href=\"#b\""));
        assert!(!contents.contains("too-deep"));
        assert_eq!(document_contents(&document(vec![])).into_string(), "");
    }
}
