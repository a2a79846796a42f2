//! Markdown of programme texts as blocks of a [`Document`](keyline_domain::documents::Document).
//!
//! Programme texts are written by methodology officers and filled with values; raw HTML in them stays text. What a
//! person typed is put in through [`escaped`], so that it cannot become a heading or a link.

use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options, escape_commonmark_inline, parse_document};
use keyline_domain::documents::{Block, Run};

/// A person's words, safe inside Markdown.
pub fn escaped(words: &str) -> String {
    escape_commonmark_inline(&words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The blocks of a Markdown text. Headings keep their levels; tables and pictures are not expected in texts.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &Options::default());
    let mut found = Vec::new();
    for node in root.children() {
        block(node, &mut found);
    }
    found
}

fn block<'a>(node: &'a AstNode<'a>, found: &mut Vec<Block>) {
    match &node.data.borrow().value {
        NodeValue::Heading(heading) => {
            let text = runs(node).iter().map(Run::plain).collect::<String>();
            found.push(Block::heading(heading.level, text));
        }
        NodeValue::Paragraph => found.push(Block::Paragraph { runs: runs(node) }),
        NodeValue::List(list) => {
            let items = node.children().map(item).collect();
            found.push(match list.list_type {
                ListType::Bullet => Block::Bullets { items },
                ListType::Ordered => Block::Numbered { items },
            });
        }
        NodeValue::BlockQuote => {
            let quoted = node.children().flat_map(runs).collect();
            found.push(Block::Quote { runs: quoted, source: String::new() });
        }
        NodeValue::CodeBlock(code) => found.push(Block::paragraph(code.literal.trim())),
        NodeValue::HtmlBlock(html) => found.push(Block::paragraph(html.literal.trim())),
        _ => {
            for child in node.children() {
                block(child, found);
            }
        }
    }
}

// An item with several paragraphs becomes one, since the documents' lists hold lines.
fn item<'a>(node: &'a AstNode<'a>) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    for child in node.children() {
        if !all.is_empty() {
            all.push(Run::text(" "));
        }
        all.extend(runs(child));
    }
    all
}

fn runs<'a>(node: &'a AstNode<'a>) -> Vec<Run> {
    let mut all = Vec::new();
    for child in node.children() {
        match &child.data.borrow().value {
            NodeValue::Text(text) => push(&mut all, text),
            NodeValue::SoftBreak | NodeValue::LineBreak => push(&mut all, " "),
            NodeValue::Code(code) => push(&mut all, &code.literal),
            NodeValue::HtmlInline(html) => push(&mut all, html),
            NodeValue::Strong => all.push(Run::strong(plain(child))),
            NodeValue::Emph => all.push(Run::emphasis(plain(child))),
            NodeValue::Link(link) => all.push(Run::link(plain(child), &link.url)),
            _ => all.extend(runs(child)),
        }
    }
    all
}

fn push(all: &mut Vec<Run>, words: &str) {
    if let Some(Run::Text { text }) = all.last_mut() {
        text.push_str(words);
    } else {
        all.push(Run::text(words));
    }
}

fn plain<'a>(node: &'a AstNode<'a>) -> String {
    runs(node).iter().map(Run::plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_blocks() {
        let found = blocks("# Title\n\nOne **two**\nthree.\n\n- a\n- b\n\n1. x\n\n<b>not markup</b>");
        assert_eq!(found[0], Block::heading(1, "Title"));
        let Block::Paragraph { runs } = &found[1] else { panic!("{found:?}") };
        assert_eq!(runs, &[Run::text("One "), Run::strong("two"), Run::text(" three.")]);
        assert_eq!(found[2], Block::bullets(["a", "b"]));
        assert_eq!(found[3], Block::numbered(["x"]));
        assert_eq!(found[4], Block::paragraph("<b>not markup</b>"));
    }

    #[test]
    fn what_a_person_typed_stays_words() {
        for typed in ["# Not a heading", "[x](http://elsewhere.test)", "*a* _b_ <c> `d`", "1. one", "a\n\nb"]
        {
            let found = blocks(&format!("Before {} after", escaped(typed)));
            let folded = typed.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(found, [Block::paragraph(format!("Before {folded} after"))], "{typed}");
        }
    }
}
