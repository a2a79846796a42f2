//! What was read from a file.

use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::listing::Listing;

/// What a file is and says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extracted {
    /// What it is, by its content.
    pub kind: Kind,
    /// What it says.
    pub content: Content,
}

impl Extracted {
    /// Its text, when it has any.
    pub fn text(&self) -> Option<&Text> {
        if let Content::Text(text) = &self.content { Some(text) } else { None }
    }
}

/// What a file says, by what can be had of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// Text in parts.
    Text(Text),
    /// A PDF with no letter or digit on any of its pages: pictures of paper, or blank.
    Scan {
        /// How many pages.
        pages: u32,
    },
    /// A picture, which has no text.
    Picture {
        /// Pixels from left to right, as stored.
        width: u32,
        /// Pixels from top to bottom, as stored.
        height: u32,
    },
    /// An archive: what lies in it.
    Archive(Listing),
}

/// The text of a file in the order of reading. Line ends are `\n`; of control characters only tabs are left.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The parts that have text; none when there is nothing to read.
    pub parts: Vec<Part>,
    /// Whether there is more than [`Limits`](crate::Limits) let us keep.
    pub cut: bool,
    /// How many pages or slides there are, also those without text; of Word and OpenDocument texts as many as they say.
    pub pages: Option<u32>,
    /// The head of an e-mail.
    pub mail: Option<MailHead>,
}

impl Text {
    /// All parts one after the other, with an empty line between them.
    pub fn whole(&self) -> String {
        let texts: Vec<&str> = self.parts.iter().map(|part| part.text.as_str()).collect();
        texts.join("\n\n")
    }
}

/// A part of a text, not blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Where it stands.
    pub place: Place,
    /// The text, without blanks around it.
    pub text: String,
}

/// Where a part of a text stands in its file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The text itself, in formats without parts.
    Body,
    /// A page of a PDF, from 1.
    Page(u32),
    /// A slide, from 1.
    Slide(u32),
    /// What the speaker notes for a slide.
    SpeakerNotes(u32),
    /// A sheet of a workbook with its name. Rows are lines, cells have tabs between them.
    Sheet(String),
    /// What stands above the text of pages; each wording once.
    Header,
    /// What stands below the text of pages; each wording once.
    Footer,
    /// Notes at the foot of pages or at the end.
    Notes,
    /// Remarks of readers.
    Comments,
}

/// The head of an e-mail, decoded. It says what the sender made it say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailHead {
    /// What it is about.
    pub subject: Option<String>,
    /// Who says to have sent it: `Name <address>`, or what there is of it.
    pub from: Vec<String>,
    /// To whom, in the same form; at most [`MailHead::MOST_PEOPLE`].
    pub to: Vec<String>,
    /// Who was sent a copy, as `to`.
    pub copy: Vec<String>,
    /// When, by the sender's clock: RFC 3339 with the sender's offset.
    pub date: Option<String>,
    /// What hangs on it; at most [`MailHead::MOST_ATTACHMENTS`].
    pub attachments: Vec<Attachment>,
}

impl MailHead {
    /// Most people that are named in each list.
    pub const MOST_PEOPLE: usize = 500;
    /// Most attachments that are named.
    pub const MOST_ATTACHMENTS: usize = 500;
}

/// What hangs on an e-mail. It is named and not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name without folders and control characters; blank when it has none.
    pub name: String,
    /// The media type that the sender gave it.
    pub media_type: Option<String>,
    /// Its size in bytes, decoded.
    pub bytes: u64,
}
