//! Markdown of programme texts as blocks of a [`Document`](keyline_domain::documents::Document).
//!
//! Programme texts are written by methodology officers and filled with values; raw HTML in them stays text. What a
//! person typed is put in through [`escaped`], so that it cannot become a heading or a link.

use keyline_domain::documents::{Block, Run};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A person's words, safe inside Markdown: every sign that could mean something there is told to be itself.
pub fn escaped(words: &str) -> String {
    let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(folded.len());
    for letter in folded.chars() {
        if letter.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// What a text holds that would be lost on its way to the page and the PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// A picture, by its address.
    Picture(String),
    /// A link that leads nowhere from a page of this site, or must not lead there, by its address.
    Link(String),
    /// A link in a cell of a table, by its address: cells hold words.
    LinkInTable(String),
}

/// Everything in a text that [`blocks`] would leave out or turn into mere words.
pub fn lost(markdown: &str) -> Vec<Lost> {
    let mut lost = Vec::new();
    let mut in_table = false;
    for event in parser(markdown) {
        match event {
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => in_table = false,
            Event::Start(Tag::Image { dest_url, .. }) => lost.push(Lost::Picture(dest_url.to_string())),
            Event::Start(Tag::Link { dest_url, .. }) if !leads_somewhere(&dest_url) => {
                lost.push(Lost::Link(dest_url.to_string()));
            }
            Event::Start(Tag::Link { dest_url, .. }) if in_table => {
                lost.push(Lost::LinkInTable(dest_url.to_string()));
            }
            _ => {}
        }
    }
    lost
}

fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES)
}

/// The blocks of a Markdown text. Headings keep their levels; a table is called after the heading above it, or after its
/// columns. Pictures are not expected in texts. Links that are neither addresses of the web nor of mail nor of this document
/// stay text; [`lost`] says so to whoever writes.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut reading = Reading::default();
    for event in parser(markdown) {
        reading.take(event);
    }
    reading.end_paragraph();
    reading.found
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Strong,
    Emphasis,
}

#[derive(Debug, Default)]
struct Reading {
    found: Vec<Block>,
    runs: Vec<Run>,
    set: Vec<Set>,
    link: Option<(String, String)>,
    heading: Option<u8>,
    quoted: usize,
    // Lists that are open, the innermost last; documents have lists of lines, so inner items join the outer list.
    lists: Vec<(bool, Vec<Vec<Run>>)>,
    code: Option<String>,
    // The rows of a table that is open, the first of them its header.
    table: Option<Vec<Vec<String>>>,
}

impl Reading {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) | Event::InlineHtml(words) | Event::Html(words) => {
                self.words(&words);
            }
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_paragraph();
                self.heading = Some(*level as u8);
            }
            Tag::Strong => self.set.push(Set::Strong),
            Tag::Emphasis => self.set.push(Set::Emphasis),
            Tag::Link { dest_url, .. } => self.link = Some((dest_url.to_string(), String::new())),
            Tag::List(first) => {
                self.end_paragraph();
                self.lists.push((first.is_some(), Vec::new()));
            }
            Tag::BlockQuote(_) => {
                self.end_paragraph();
                self.quoted += 1;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) | Tag::HtmlBlock => {
                self.end_paragraph();
                self.code = Some(String::new());
            }
            Tag::Table(_) => {
                self.end_paragraph();
                self.table = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(rows) = &mut self.table {
                    rows.push(Vec::new());
                }
            }
            Tag::Paragraph if !self.runs.is_empty() => self.words(" "),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let text: String = self.runs.drain(..).map(|run| run.plain().to_owned()).collect();
                self.found.push(Block::heading(self.heading.take().unwrap_or(1), text));
            }
            // Inside an item or a quotation, further paragraphs are joined.
            TagEnd::Paragraph if self.lists.is_empty() && self.quoted == 0 => self.end_paragraph(),
            TagEnd::Strong | TagEnd::Emphasis => {
                self.set.pop();
            }
            TagEnd::Link => {
                if let Some((href, text)) = self.link.take() {
                    if leads_somewhere(&href) {
                        self.runs.push(Run::link(text, href));
                    } else {
                        self.words(&text);
                    }
                }
            }
            TagEnd::Item => {
                let runs = std::mem::take(&mut self.runs);
                if let Some((_, items)) = self.lists.last_mut()
                    && !runs.is_empty()
                {
                    items.push(runs);
                }
            }
            TagEnd::List(_) => {
                let Some((numbered, items)) = self.lists.pop() else { return };
                match self.lists.last_mut() {
                    Some((_, outer)) => outer.extend(items),
                    None if numbered => self.found.push(Block::Numbered { items }),
                    None => self.found.push(Block::Bullets { items }),
                }
            }
            TagEnd::TableCell => {
                let cell = self.runs.drain(..).map(|run| run.plain().to_owned()).collect();
                if let Some(row) = self.table.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::BlockQuote(_) => {
                self.quoted = self.quoted.saturating_sub(1);
                let runs = std::mem::take(&mut self.runs);
                self.found.push(Block::Quote { runs, source: String::new() });
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                if let Some(code) = self.code.take() {
                    self.found.push(Block::paragraph(code.trim()));
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(words);
        } else if let Some((_, text)) = &mut self.link {
            text.push_str(words);
        } else {
            match (self.set.last(), self.runs.last_mut()) {
                (None, Some(Run::Text { text }))
                | (Some(Set::Strong), Some(Run::Strong { text }))
                | (Some(Set::Emphasis), Some(Run::Emphasis { text })) => text.push_str(words),
                (None, _) => self.runs.push(Run::text(words)),
                (Some(Set::Strong), _) => self.runs.push(Run::strong(words)),
                (Some(Set::Emphasis), _) => self.runs.push(Run::emphasis(words)),
            }
        }
    }

    fn end_table(&mut self) {
        let mut rows = self.table.take().unwrap_or_default().into_iter();
        let header = rows.next().unwrap_or_default();
        let above = self.found.iter().rev().find_map(|block| match block {
            Block::Heading { text, .. } => Some(text.clone()),
            _ => None,
        });
        let caption = above.unwrap_or_else(|| header.join(", "));
        self.found.push(Block::Table { caption, header, rows: rows.collect(), row_headings: true });
    }

    fn end_paragraph(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        if runs.is_empty() {
            return;
        }
        match self.lists.last_mut() {
            Some((_, items)) => items.push(runs),
            None => self.found.push(Block::Paragraph { runs }),
        }
    }
}

fn leads_somewhere(href: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:", "#"].iter().any(|start| href.starts_with(start))
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
    fn a_table_stays_a_table_and_is_called_after_its_heading() {
        let text = "## When\n\n| Week | What |\n| --- | --- |\n| 1 | We **write** |\n| 2 |\n\nAfter.";
        let found = blocks(text);
        let rows = [["1", "We write"], ["2", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(found[1], Block::table("When", ["Week", "What"], rows.clone()));
        assert_eq!(found[2], Block::paragraph("After."));
        let alone = blocks("| Week | What |\n| --- | --- |\n| 1 | We **write** |\n| 2 |");
        assert_eq!(alone, [Block::table("Week, What", ["Week", "What"], rows)]);
    }

    #[test]
    fn what_would_vanish_is_named() {
        let text = "![a cat](cat.png) [x](javascript:alert(1)) [here](/tell-us) [good](https://a.test)\n\n\
                    | A |\n| --- |\n| [b](https://b.test) |";
        assert_eq!(
            lost(text),
            [
                Lost::Picture("cat.png".into()),
                Lost::Link("javascript:alert(1)".into()),
                Lost::Link("/tell-us".into()),
                Lost::LinkInTable("https://b.test".into()),
            ]
        );
        assert_eq!(lost("# Plain\n\n- [mail](mailto:a@b.test)"), []);
    }

    #[test]
    fn what_a_person_typed_stays_words() {
        for typed in [
            "# Not a heading",
            "[x](http://elsewhere.test)",
            "*a* _b_ <c> `d`",
            "1. one",
            "a\n\nb",
            "| a |\n| --- |\n| b |",
        ] {
            let found = blocks(&format!("Before {} after", escaped(typed)));
            let folded = typed.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(found, [Block::paragraph(format!("Before {folded} after"))], "{typed}");
        }
    }
}
