//! Links of the position statement that mark documents as evidence, and those that lead to none.

use keyline_domain::documents::{Block, Run};
use keyline_store::returns::Document;
use maud::{Markup, html};

use crate::components::inset;
use crate::frame::Visitor;

/// The links of a block: what they say, and where they lead.
pub(super) fn links(block: &Block) -> Vec<(String, String)> {
    let of = |runs: &[Run]| -> Vec<(String, String)> {
        runs.iter()
            .filter_map(|run| match run {
                Run::Link { text, href } => Some((text.clone(), href.clone())),
                _ => None,
            })
            .collect()
    };
    match block {
        Block::Paragraph { runs } | Block::Quote { runs, .. } => of(runs),
        Block::Bullets { items } | Block::Numbered { items } => {
            items.iter().flat_map(|runs| of(runs)).collect()
        }
        _ => Vec::new(),
    }
}

/// Says which of the links mark a document that is not here. One to a heading of the text marks none.
pub(super) fn gone(visitor: &Visitor, links: &[(String, String)], documents: &[Document]) -> Markup {
    let here = |href: &str| documents.iter().any(|d| href.strip_prefix('#') == Some(&d.id.to_string()));
    let lost: Vec<&str> = links
        .iter()
        .filter(|(_, href)| href.starts_with("#doc_") && !here(href))
        .map(|(text, _)| text.as_str())
        .collect();
    let said =
        || visitor.words().with("statement-gone", &[("count", &lost.len()), ("texts", &lost.join(", "))]);
    html! { @if !lost.is_empty() { (inset(&html! { p { (said()) } })) } }
}
