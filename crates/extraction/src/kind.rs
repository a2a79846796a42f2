//! The kinds of file that are told apart and read.

use serde::{Deserialize, Serialize};

/// A kind of file, known by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// PDF.
    Pdf,
    /// Word document without macros.
    Docx,
    /// Excel workbook without macros.
    Xlsx,
    /// PowerPoint presentation without macros.
    Pptx,
    /// OpenDocument text.
    Odt,
    /// OpenDocument spreadsheet.
    Ods,
    /// OpenDocument presentation.
    Odp,
    /// A page of the web.
    Html,
    /// An e-mail as it travels (`.eml`).
    Mail,
    /// Comma, semicolon or tab separated text: every row is as wide as the first.
    Csv,
    /// Plain text in UTF-8, UTF-16 with a byte order mark, or Windows-1252.
    Text,
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
    /// GIF picture; only its first frame is looked at.
    Gif,
    /// WebP picture.
    WebP,
    /// A zip that is no document.
    Zip,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::Pdf,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Odt,
        Self::Ods,
        Self::Odp,
        Self::Html,
        Self::Mail,
        Self::Csv,
        Self::Text,
        Self::Png,
        Self::Jpeg,
        Self::Gif,
        Self::WebP,
        Self::Zip,
    ];

    /// Its registered media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Html => "text/html",
            Self::Mail => "message/rfc822",
            Self::Csv => "text/csv",
            Self::Text => "text/plain",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Zip => "application/zip",
        }
    }

    /// The kind of that media type.
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// Whether it is a picture, which has a size and no text.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Gif | Self::WebP)
    }
}
