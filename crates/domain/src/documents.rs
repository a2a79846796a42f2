//! The document model: what a letter or a report says, apart from how it is set.
//!
//! The same value becomes the web page (`web/src/components/documents.rs`) and the tagged PDF (`report-pdf`), so
//! that both say the same. It knows nothing of fonts, pages or addresses on the web.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What kind of document it is; decides the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A report with a title page and contents.
    Report,
    /// A letter with an address and a date.
    Letter,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What kind it is.
    pub kind: DocumentKind,
    /// Title; of a letter its subject.
    pub title: String,
    /// Line under the title; empty for none.
    pub subtitle: String,
    /// Language tag of the text, for example `en-GB`.
    pub language: String,
    /// Who publishes it.
    pub author: String,
    /// Day it bears.
    pub date: Date,
    /// The date in words, as the language writes it.
    pub date_text: String,
    /// Text across every page, for copies under embargo.
    pub watermark: Option<String>,
    /// Pairs on the title page, or the address block of a letter (with empty labels).
    pub front: Vec<(String, String)>,
    /// Heading of the list of contents; reports only.
    pub contents_title: String,
    /// The body.
    pub blocks: Vec<Block>,
}

/// A piece of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A heading; levels begin at 1 under the title and do not jump.
    Heading {
        /// 1 to 3.
        level: u8,
        /// Text.
        text: String,
        /// Stable name within the document, for links.
        anchor: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        runs: Vec<Run>,
    },
    /// A list with bullets.
    Bullets {
        /// Its items.
        items: Vec<Vec<Run>>,
    },
    /// A numbered list.
    Numbered {
        /// Its items.
        items: Vec<Vec<Run>>,
    },
    /// A table; the first column names the row.
    Table {
        /// Caption.
        caption: String,
        /// Column headings.
        header: Vec<String>,
        /// Rows, as long as the header.
        rows: Vec<Vec<String>>,
    },
    /// A picture.
    Figure {
        /// Stand-alone SVG.
        svg: String,
        /// What it shows, for those who do not see it.
        alt: String,
        /// Caption.
        caption: String,
    },
    /// A panel set apart.
    Callout {
        /// Title.
        title: String,
        /// Text.
        runs: Vec<Run>,
    },
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "run", rename_all = "snake_case")]
pub enum Run {
    /// Plain.
    Text {
        /// The text.
        text: String,
    },
    /// Important.
    Strong {
        /// The text.
        text: String,
    },
    /// Stressed.
    Emphasis {
        /// The text.
        text: String,
    },
    /// A link.
    Link {
        /// The text.
        text: String,
        /// Where it leads.
        href: String,
    },
}

impl Run {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
    /// Important text.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Strong { text: text.into() }
    }
    /// What it says.
    pub fn plain(&self) -> &str {
        match self {
            Self::Text { text }
            | Self::Strong { text }
            | Self::Emphasis { text }
            | Self::Link { text, .. } => text,
        }
    }
}

impl Block {
    /// A heading whose anchor is made from its text.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        let text = text.into();
        Self::Heading { level, anchor: anchor(&text), text }
    }
    /// A paragraph of plain text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { runs: vec![Run::text(text)] }
    }
    /// The paragraphs of a text that a person typed: blank lines part them.
    pub fn paragraphs(text: &str) -> Vec<Self> {
        text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).map(Self::paragraph).collect()
    }
    /// A list of plain items.
    pub fn bullets(items: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::Bullets { items: items.into_iter().map(|i| vec![Run::text(i)]).collect() }
    }
}

/// A name for a heading: lower-case letters and digits, parted by single hyphens.
pub fn anchor(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// What is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// Nothing to say.
    #[error("the document has no title")]
    NoTitle,
    /// Block `0` is a heading that skips a level.
    #[error("block {0}: the heading skips a level")]
    HeadingSkips(usize),
    /// Block `0` is a heading without text.
    #[error("block {0}: the heading is empty")]
    HeadingEmpty(usize),
    /// Block `0` is a table whose row `1` is not as long as its header.
    #[error("block {0}: row {1} is not as long as the header")]
    RowLength(usize, usize),
    /// Block `0` is a table without a header or a caption.
    #[error("block {0}: the table lacks a header or a caption")]
    TableBare(usize),
    /// Block `0` is a picture without words for those who do not see it.
    #[error("block {0}: the picture has no description")]
    FigureWithoutAlt(usize),
}

impl Document {
    /// What would make the document unusable for somebody; empty when nothing would (PDF/UA-1, WCAG 2.2).
    pub fn faults(&self) -> Vec<DocumentFault> {
        let mut faults = Vec::new();
        if self.title.trim().is_empty() {
            faults.push(DocumentFault::NoTitle);
        }
        let mut level_before = 0;
        for (n, block) in self.blocks.iter().enumerate() {
            match block {
                Block::Heading { level, text, .. } => {
                    if text.trim().is_empty() {
                        faults.push(DocumentFault::HeadingEmpty(n));
                    }
                    if *level == 0 || *level > level_before + 1 || *level > 3 {
                        faults.push(DocumentFault::HeadingSkips(n));
                    }
                    level_before = *level;
                }
                Block::Table { caption, header, rows } => {
                    if header.is_empty() || caption.trim().is_empty() {
                        faults.push(DocumentFault::TableBare(n));
                    }
                    for (r, row) in rows.iter().enumerate() {
                        if row.len() != header.len() {
                            faults.push(DocumentFault::RowLength(n, r));
                        }
                    }
                }
                Block::Figure { alt, .. } if alt.trim().is_empty() => {
                    faults.push(DocumentFault::FigureWithoutAlt(n));
                }
                _ => {}
            }
        }
        faults
    }

    /// Every sentence of the body as plain text, block by block, for checks and for search.
    pub fn plain(&self) -> Vec<String> {
        let join = |runs: &[Run]| runs.iter().map(Run::plain).collect::<String>();
        let mut out = vec![self.title.clone(), self.subtitle.clone()];
        for block in &self.blocks {
            match block {
                Block::Heading { text, .. } => out.push(text.clone()),
                Block::Paragraph { runs } => out.push(join(runs)),
                Block::Bullets { items } | Block::Numbered { items } => {
                    out.extend(items.iter().map(|i| join(i)))
                }
                Block::Table { caption, header, rows } => {
                    out.push(caption.clone());
                    out.push(header.join(" | "));
                    out.extend(rows.iter().map(|r| r.join(" | ")));
                }
                Block::Figure { alt, caption, .. } => out.extend([alt.clone(), caption.clone()]),
                Block::Callout { title, runs } => out.extend([title.clone(), join(runs)]),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(blocks: Vec<Block>) -> Document {
        Document {
            kind: DocumentKind::Report,
            title: "Fictional report".into(),
            subtitle: String::new(),
            language: "en-GB".into(),
            author: "Fictional body".into(),
            date: jiff::civil::date(2026, 11, 23),
            date_text: "23 November 2026".into(),
            watermark: None,
            front: vec![],
            contents_title: "Contents".into(),
            blocks,
        }
    }

    #[test]
    fn faults_are_found() {
        let bad = document(vec![
            Block::heading(2, "Skips"),
            Block::heading(1, " "),
            Block::Table { caption: "c".into(), header: vec!["a".into()], rows: vec![vec![]] },
            Block::Figure { svg: "<svg/>".into(), alt: String::new(), caption: String::new() },
        ]);
        assert_eq!(
            bad.faults(),
            [
                DocumentFault::HeadingSkips(0),
                DocumentFault::HeadingEmpty(1),
                DocumentFault::RowLength(2, 0),
                DocumentFault::FigureWithoutAlt(3)
            ]
        );
        assert!(document(vec![Block::heading(1, "One"), Block::heading(2, "Two")]).faults().is_empty());
    }

    #[test]
    fn anchors_and_paragraphs() {
        assert_eq!(anchor("What happens next?"), "what-happens-next");
        assert_eq!(Block::paragraphs("One.\n\n\n Two. \n\n").len(), 2);
    }
}
