//! What of a file can be shown without running or opening it: the first lines, rows or pages, a picture made anew.

use serde::{Deserialize, Serialize};

use crate::detect::detect;
use crate::extract::{caught, read};
use crate::extracted::{Content, MailHead};
use crate::failure::Failure;
use crate::kind::Kind;
use crate::limits::Limits;
use crate::listing::{self, Listing};
use crate::pdf::Poppler;
use crate::source::Source;
use crate::{picture, sheets};

/// What a file is and how it looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// What it is, by its content.
    pub kind: Kind,
    /// What of it is shown.
    pub shown: Shown,
}

/// What of a file is shown: plain data, to be escaped wherever it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// The first lines of a text.
    Lines {
        /// The lines, each cut to [`Limits::preview_characters`].
        lines: Vec<String>,
        /// Whether there is more.
        more: bool,
        /// The head of an e-mail.
        mail: Option<MailHead>,
    },
    /// The first rows of a table, of the first sheet that has any.
    Table {
        /// The name of the sheet; none where there are no sheets.
        sheet: Option<String>,
        /// The rows that are not blank.
        rows: Vec<TableRow>,
        /// Whether there are more rows or columns.
        more: bool,
    },
    /// The first pages of a PDF.
    Pages {
        /// Pictures of the pages.
        pages: Vec<Picture>,
        /// How many pages there are.
        of: u32,
    },
    /// A picture.
    Picture(Picture),
    /// What lies in an archive.
    Archive(Listing),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// The number that a spreadsheet program gives it, from 1.
    pub number: u32,
    /// The texts of its cells, each cut to [`Limits::preview_characters`].
    pub cells: Vec<String>,
}

/// A picture without anything but its pixels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// How `bytes` are written.
    pub format: PictureFormat,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Pixels from left to right of the picture in the file, as stored.
    pub of_width: u32,
    /// Pixels from top to bottom of the picture in the file, as stored.
    pub of_height: u32,
    /// The file to show.
    #[serde(with = "in_base64")]
    pub bytes: Vec<u8>,
}

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PictureFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl PictureFormat {
    /// Its registered media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => Kind::Png.media_type(),
            Self::Jpeg => Kind::Jpeg.media_type(),
        }
    }
}

/// Bytes as a text of JSON.
mod in_base64 {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map_err(serde::de::Error::custom)
    }
}

/// How a file looks. In this process, as [`extract()`](crate::extract()).
///
/// # Errors
/// The [`Failure`].
pub fn preview(source: &Source, limits: &Limits, poppler: &Poppler) -> Result<Preview, Failure> {
    caught(|| {
        let kind = detect(source, limits)?;
        Ok(Preview { kind, shown: show(kind, source, limits, poppler)? })
    })
}

/// Shows a file of that kind.
pub(crate) fn show(
    kind: Kind,
    source: &Source,
    limits: &Limits,
    poppler: &Poppler,
) -> Result<Shown, Failure> {
    match kind {
        Kind::Pdf => {
            let of = poppler.pages(source, limits)?;
            let pages = (1..=of.min(limits.preview_pages))
                .map(|page| picture::of_png(poppler.picture(page, source, limits)?))
                .collect::<Result<_, _>>()?;
            Ok(Shown::Pages { pages, of })
        }
        Kind::Xlsx => sheets::show_xlsx(source, limits),
        Kind::Ods => sheets::show_ods(source, limits),
        Kind::Csv => sheets::show_csv(source, limits),
        Kind::Png | Kind::Jpeg | Kind::Gif | Kind::WebP => {
            Ok(Shown::Picture(picture::anew(source, kind, limits)?))
        }
        Kind::Zip => Ok(Shown::Archive(listing::read(source, limits)?)),
        Kind::Docx | Kind::Pptx | Kind::Odt | Kind::Odp | Kind::Html | Kind::Mail | Kind::Text => {
            lines(kind, source, limits, poppler)
        }
    }
}

fn lines(kind: Kind, source: &Source, limits: &Limits, poppler: &Poppler) -> Result<Shown, Failure> {
    // As much text as the lines can have at most, however many bytes a character takes.
    let text = limits.preview_lines.saturating_mul(limits.preview_characters).saturating_mul(4);
    let little = Limits { text: text.min(limits.text), ..limits.clone() };
    let Content::Text(text) = read(kind, source, &little, poppler)? else { return Err(Failure::DAMAGED) };
    let whole = text.whole();
    let mut all = whole.lines();
    let shorten = |line: &str| line.chars().take(limits.preview_characters).collect::<String>();
    let lines = all.by_ref().take(limits.preview_lines).map(shorten).collect();
    Ok(Shown::Lines { lines, more: text.cut || all.next().is_some(), mail: text.mail })
}
