//! Reads a file in this process: the kind first, then what can be had of that kind.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::detect::detect;
use crate::extracted::{Content, Extracted, Text};
use crate::failure::{Failure, Refusal};
use crate::flow::Parts;
use crate::kind::Kind;
use crate::limits::Limits;
use crate::package::Package;
use crate::pdf::Poppler;
use crate::source::Source;
use crate::{html, listing, mail, odf, office, picture, plain, sheets, stated};

/// What a file is and says. In this process: neither memory nor time are limited but for PDFs, so that files of
/// strangers are better left to an [`Extractor`](crate::Extractor).
///
/// # Errors
/// The [`Failure`]. A parser that panics is [`Failure::Crashed`].
pub fn extract(source: &Source, limits: &Limits, poppler: &Poppler) -> Result<Extracted, Failure> {
    caught(|| {
        let kind = detect(source, limits)?;
        Ok(Extracted { kind, content: read(kind, source, limits, poppler)? })
    })
}

/// What a file is, and that it opens: the kind of a PDF that opens with a password only is not given. In this process, as
/// [`extract`].
///
/// # Errors
/// The [`Failure`].
pub fn kind(source: &Source, limits: &Limits, poppler: &Poppler) -> Result<Kind, Failure> {
    caught(|| opening(detect(source, limits)?, source, limits, poppler))
}

/// The kind, unless that is a PDF which nobody opens without its password. What else may be wrong with one is seen when
/// it is read.
pub(crate) fn opening(
    kind: Kind,
    source: &Source,
    limits: &Limits,
    poppler: &Poppler,
) -> Result<Kind, Failure> {
    if kind == Kind::Pdf
        && let Err(locked @ Failure::Refused(Refusal::Password)) = poppler.pages(source, limits)
    {
        return Err(locked);
    }
    Ok(kind)
}

/// The parsers read what strangers made; should one panic, that file is not read, and no more.
pub(crate) fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Failure::Crashed { how: "panic".to_owned() }))
}

/// Reads a file of that kind.
pub(crate) fn read(
    kind: Kind,
    source: &Source,
    limits: &Limits,
    poppler: &Poppler,
) -> Result<Content, Failure> {
    let mut parts = Parts::new(limits);
    let (mut pages, mut head) = (None, None);
    match kind {
        Kind::Pdf => {
            let all = poppler.pages(source, limits)?;
            poppler.read(source, limits, &mut parts)?;
            if all > limits.pages {
                parts.cut();
            }
            pages = Some(all);
        }
        Kind::Docx => {
            let mut package = Package::open(source, limits)?;
            office::read_docx(&mut package, &mut parts)?;
            pages = stated::of_docx(&mut package);
        }
        Kind::Pptx => pages = Some(office::read_pptx(&mut Package::open(source, limits)?, &mut parts)?),
        Kind::Xlsx => sheets::read_xlsx(source, limits, &mut parts)?,
        Kind::Odt => {
            let mut package = Package::open(source, limits)?;
            odf::read_text(&mut package, &mut parts)?;
            pages = stated::of_odt(&mut package);
        }
        Kind::Odp => pages = Some(odf::read_slides(&mut Package::open(source, limits)?, &mut parts)?),
        Kind::Ods => sheets::read_ods(source, limits, &mut parts)?,
        Kind::Html => html::read(source, &mut parts)?,
        Kind::Mail => head = Some(mail::read(source, &mut parts)?),
        Kind::Csv | Kind::Text => plain::read(source, &mut parts)?,
        Kind::Png | Kind::Jpeg | Kind::Gif | Kind::WebP => {
            let (width, height) = picture::size(source, kind, limits)?;
            return Ok(Content::Picture { width, height });
        }
        Kind::Zip => return Ok(Content::Archive(listing::read(source, limits)?)),
    }
    let text = Text { pages, mail: head, ..parts.finish() };
    Ok(match text.pages {
        Some(pages) if kind == Kind::Pdf && !text.cut && is_blank(&text) => Content::Scan { pages },
        _ => Content::Text(text),
    })
}

/// Whether there is no letter and no digit: a lone line or dot may come from the paper.
fn is_blank(text: &Text) -> bool {
    !text.parts.iter().any(|part| part.text.contains(char::is_alphanumeric))
}
