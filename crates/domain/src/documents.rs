//! The document model: what a letter or a report says, apart from how it is set.
//!
//! The same value becomes the web page (`web/src/components/documents.rs`) and the tagged PDF (`report-pdf`), so
//! that both say the same. It knows nothing of fonts, pages or addresses on the web.

mod faults;
mod paper;
pub mod symbols;

pub use faults::DocumentFault;
pub use paper::{CARDS_PER_PAGE, Card, CardSize, DigitGroup, PaperChoice, PaperQuestion, Room};

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
    /// A short paper (a plan, a record, a summary): title on its first page, no contents.
    Paper,
    /// Questions to be answered by hand.
    Questionnaire,
    /// Questions to be answered by hand, in large letters (14 points): for children, and for whoever asks for it.
    LargeQuestionnaire,
    /// One page to hang up: large letters.
    Notice,
    /// Cards to be cut out: narrow margins, a line above that says what they are.
    Sheet,
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
    /// A table.
    Table {
        /// Caption.
        caption: String,
        /// Column headings.
        header: Vec<String>,
        /// Rows, as long as the header.
        rows: Vec<Vec<String>>,
        /// Whether the first column names the row, and so is read out with each of its cells.
        row_headings: bool,
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
    /// A panel set apart: what was found, what must happen. Holds anything but headings and further panels.
    Callout {
        /// Title.
        title: String,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// Somebody's own words.
    Quote {
        /// The words.
        runs: Vec<Run>,
        /// Who said them, as far as may be said; empty for nobody.
        source: String,
    },
    /// Lines that stay lines: an address, a signature.
    Address {
        /// The lines.
        lines: Vec<String>,
    },
    /// A question with room for its answer, to be filled in by hand.
    Question {
        /// The question.
        question: Box<PaperQuestion>,
    },
    /// Cards that lead somewhere, to be cut out or hung up.
    Cards {
        /// How large each is.
        size: CardSize,
        /// The cards in order.
        cards: Vec<Card>,
    },
    /// What follows begins on a new page; without meaning where there are no pages.
    PageBreak,
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
        /// Where it leads: an absolute address, or `#anchor` of a heading of this document.
        href: String,
    },
    /// In another language than the document, so that it is read aloud as it should be.
    InLanguage {
        /// Language tag, for example `gd`.
        language: String,
        /// The text.
        text: String,
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
    /// Stressed text.
    pub fn emphasis(text: impl Into<String>) -> Self {
        Self::Emphasis { text: text.into() }
    }
    /// A link to an absolute address or to `#anchor` of a heading.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link { text: text.into(), href: href.into() }
    }
    /// Text in another language.
    pub fn in_language(language: impl Into<String>, text: impl Into<String>) -> Self {
        Self::InLanguage { language: language.into(), text: text.into() }
    }
    /// What it says.
    pub fn plain(&self) -> &str {
        match self {
            Self::Text { text }
            | Self::Strong { text }
            | Self::Emphasis { text }
            | Self::Link { text, .. }
            | Self::InLanguage { text, .. } => text,
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
        Self::Bullets { items: plain_items(items) }
    }
    /// A numbered list of plain items.
    pub fn numbered(items: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::Numbered { items: plain_items(items) }
    }
    /// A table whose first column names the row.
    pub fn table(
        caption: impl Into<String>,
        header: impl IntoIterator<Item = impl Into<String>>,
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> Self {
        Self::Table {
            caption: caption.into(),
            header: header.into_iter().map(Into::into).collect(),
            rows: rows.into_iter().collect(),
            row_headings: true,
        }
    }
    /// A picture.
    pub fn figure(svg: impl Into<String>, alt: impl Into<String>, caption: impl Into<String>) -> Self {
        Self::Figure { svg: svg.into(), alt: alt.into(), caption: caption.into() }
    }
    /// A panel with one paragraph.
    pub fn callout(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Callout { title: title.into(), blocks: vec![Self::paragraph(text)] }
    }
    /// Somebody's own words.
    pub fn quote(text: impl Into<String>, source: impl Into<String>) -> Self {
        Self::Quote { runs: vec![Run::text(text)], source: source.into() }
    }
    /// Lines that stay lines.
    pub fn address(lines: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::Address { lines: lines.into_iter().map(Into::into).collect() }
    }

    /// What it says, piece by piece.
    fn plain(&self, out: &mut Vec<String>) {
        let join = |runs: &[Run]| runs.iter().map(Run::plain).collect::<String>();
        match self {
            Self::Heading { text, .. } => out.push(text.clone()),
            Self::Paragraph { runs } => out.push(join(runs)),
            Self::Bullets { items } | Self::Numbered { items } => out.extend(items.iter().map(|i| join(i))),
            Self::Table { caption, header, rows, .. } => {
                out.push(caption.clone());
                out.push(header.join(" | "));
                out.extend(rows.iter().map(|r| r.join(" | ")));
            }
            Self::Figure { alt, caption, .. } => out.extend([alt.clone(), caption.clone()]),
            Self::Callout { title, blocks } => {
                out.push(title.clone());
                for block in blocks {
                    block.plain(out);
                }
            }
            Self::Quote { runs, source } => out.extend([join(runs), source.clone()]),
            Self::Address { lines } => out.extend(lines.iter().cloned()),
            Self::Question { question } => question.plain(out),
            Self::Cards { cards, .. } => cards.iter().for_each(|card| card.plain(out)),
            Self::PageBreak => {}
        }
    }
}

fn plain_items(items: impl IntoIterator<Item = impl Into<String>>) -> Vec<Vec<Run>> {
    items.into_iter().map(|i| vec![Run::text(i)]).collect()
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

impl Document {
    /// A document with a title and nothing else; the caller fills what it needs.
    pub fn new(
        kind: DocumentKind,
        title: impl Into<String>,
        language: impl Into<String>,
        author: impl Into<String>,
        date: Date,
        date_text: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            title: title.into(),
            subtitle: String::new(),
            language: language.into(),
            author: author.into(),
            date,
            date_text: date_text.into(),
            watermark: None,
            front: Vec::new(),
            contents_title: String::new(),
            blocks: Vec::new(),
        }
    }

    /// Every sentence of the body as plain text, block by block, for checks and for search.
    pub fn plain(&self) -> Vec<String> {
        let mut out = vec![self.title.clone(), self.subtitle.clone()];
        self.blocks.iter().for_each(|block| block.plain(&mut out));
        out
    }
}
