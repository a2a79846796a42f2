//! The kinds of file that are accepted.

/// A kind of file that is known by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// Excel workbook without macros.
    Xlsx,
    /// OpenDocument spreadsheet.
    Ods,
    /// Comma, semicolon or tab separated text.
    Csv,
    /// Word document without macros.
    Docx,
    /// OpenDocument text.
    Odt,
    /// PowerPoint presentation without macros.
    Pptx,
    /// OpenDocument presentation.
    Odp,
    /// PDF.
    Pdf,
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
    /// Plain text.
    Txt,
    /// A page of the web.
    Html,
    /// An e-mail as it travels.
    Eml,
    /// A zip that is no document.
    Zip,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Xlsx,
        Self::Ods,
        Self::Csv,
        Self::Docx,
        Self::Odt,
        Self::Pptx,
        Self::Odp,
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Txt,
        Self::Html,
        Self::Eml,
        Self::Zip,
    ];

    /// The usual ending of its file names, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Csv => "csv",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Pptx => "pptx",
            Self::Odp => "odp",
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Txt => "txt",
            Self::Html => "html",
            Self::Eml => "eml",
            Self::Zip => "zip",
        }
    }

    /// The kind that a file name claims by its ending (lower case, without the dot).
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension {
            "jpeg" => Some(Self::Jpeg),
            "htm" => Some(Self::Html),
            "tsv" => Some(Self::Csv),
            _ => Self::ALL.into_iter().find(|kind| kind.extension() == extension),
        }
    }

    /// Its registered media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Csv => "text/csv",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Txt => "text/plain",
            Self::Html => "text/html",
            Self::Eml => "message/rfc822",
            Self::Zip => "application/zip",
        }
    }

    /// The kind of that media type.
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// Whether [`read_table`](crate::read_table) reads it.
    pub fn is_table(self) -> bool {
        matches!(self, Self::Xlsx | Self::Csv)
    }
}
