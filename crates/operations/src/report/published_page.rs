//! The report as one file that needs nothing else: what lies in `published/` beside the PDF.

use keyline_domain::documents::{Block, Document, Run};
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "body{font:1.1875rem/1.6 'Atkinson Hyperlegible',system-ui,sans-serif;max-width:42rem;margin:0 auto;\
padding:1rem;color:#1a1a1a;background:#fff}h1,h2,h3{line-height:1.25}table{border-collapse:collapse;width:100%}\
caption{text-align:start;font-weight:bold;padding-block:.5rem}th,td{border-bottom:1px solid #949494;padding:.5rem;\
text-align:start;vertical-align:top}aside{border-inline-start:.3rem solid #0065bd;padding:.1rem 1rem;background:#f3f5f8}\
svg{max-width:100%;height:auto}figure{margin:1rem 0}a{color:#0065bd}\
@media print{body{max-width:none;font-size:11pt}nav{display:none}}\
@media (prefers-color-scheme:dark){body{background:#16181c;color:#eee}aside{background:#22262d}a{color:#8cc4ff}}";

/// The whole page.
pub(super) fn page(document: &Document) -> String {
    html! {
        (DOCTYPE)
        html lang=(document.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (document.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (document.title) }
                    @if !document.subtitle.is_empty() { p { (document.subtitle) } }
                    dl { @for (name, value) in &document.front { dt { (name) } dd { (value) } } }
                    (contents(document))
                    @for block in &document.blocks { (piece(block)) }
                }
            }
        }
    }
    .into_string()
}

fn contents(document: &Document) -> Markup {
    html! {
        nav aria-label=(document.contents_title) {
            h2 { (document.contents_title) }
            ul {
                @for block in &document.blocks {
                    @if let Block::Heading { level: 1, text, anchor } = block {
                        li { a href={ "#" (anchor) } { (text) } }
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
        Block::Table { caption, header, rows, row_headings } => html! {
            table {
                caption { (caption) }
                thead { tr { @for cell in header { th scope="col" { (cell) } } } }
                tbody {
                    @for row in rows {
                        tr { @for (n, cell) in row.iter().enumerate() {
                            @if n == 0 && *row_headings { th scope="row" { (cell) } } @else { td { (cell) } }
                        } }
                    }
                }
            }
        },
        Block::Figure { svg, alt, caption } => html! {
            figure {
                div role="img" aria-label=(alt) { (PreEscaped(svg.find("<svg").map_or("", |at| &svg[at..]))) }
                figcaption { (caption) }
            }
        },
        Block::Callout { title, blocks } => {
            html! { aside { p { strong { (title) } } @for inner in blocks { (piece(inner)) } } }
        }
        Block::Quote { runs: text, source } => html! {
            figure { blockquote { (runs(text)) } @if !source.is_empty() { figcaption { (source) } } }
        },
        Block::Address { lines } => html! { p { @for line in lines { (line) br; } } },
        // a report asks nothing and hands out nothing
        Block::Question { .. } | Block::Cards { .. } | Block::PageBreak => html! {},
    }
}

fn runs(runs: &[Run]) -> Markup {
    html! {
        @for run in runs {
            @match run {
                Run::Text { text } => (text),
                Run::Strong { text } => strong { (text) },
                Run::Emphasis { text } => em { (text) },
                Run::Link { text, href } => a href=(href) { (text) },
                Run::InLanguage { language, text } => span lang=(language) { (text) },
            }
        }
    }
}
