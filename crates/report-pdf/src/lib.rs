//! Tagged PDF/UA-1 (and PDF/A-2a) documents with Typst: the published report, the letters, short papers.
//!
//! [`render`] sets a [`Document`] in this process; [`child::render_in_child`] does the same in a process of its own
//! with limits on time and memory, which is what the server uses. The look is `typst/*.typ`; what is decided about a
//! text (which letters can be shown, where a long word may break, how wide a column is) is decided in Rust
//! ([`legible`], [`sheet`], [`paper`]), and reaches the template as JSON only: text of people never becomes Typst source.
//!
//! The same document gives the same bytes: there is no clock, and the id of the file comes from its content.

pub mod child;
mod fonts;
mod legible;
mod paper;
mod sheet;
mod world;

use keyline_domain::documents::{Document, DocumentFault};
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// After how many renderings unused results of the typesetter are forgotten; keeps a long run below 100 MB.
const KEEP_RESULTS: usize = 2;

/// Why a document could not be set.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The document would not be usable for everybody; nothing was set.
    #[error("the document has faults: {}", joined(.0))]
    Faults(Vec<DocumentFault>),
    /// The typesetter refused it, in its words; a drawing that is no SVG, for example.
    #[error("the document cannot be set: {0}")]
    Typesetter(String),
    /// The process that sets it could not be started, was ended, or ran into its limits.
    #[error("the document was not set: {0}")]
    Child(String),
}

fn joined(faults: &[DocumentFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Sets a document: PDF 1.7, tagged, valid as PDF/UA-1 and as PDF/A-2a.
///
/// # Errors
/// [`RenderError::Faults`] when the document has [faults](Document::faults); [`RenderError::Typesetter`] when a
/// drawing is no SVG or one of the two standards could not be kept.
pub fn render(document: &Document) -> Result<Vec<u8>, RenderError> {
    let faults = document.faults();
    if !faults.is_empty() {
        return Err(RenderError::Faults(faults));
    }
    let sheet = sheet::sheet(document).to_string();
    let options = PdfOptions {
        ident: Smart::Custom(sheet.clone()),
        creator: Smart::Custom(Some("Keyline".into())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .map_err(|refusal| RenderError::Typesetter(refusal.message().to_string()))?,
        ..PdfOptions::default()
    };
    let set = typst::compile::<PagedDocument>(&world::Sources::new(sheet));
    let pdf = set
        .output
        .and_then(|pages| typst_pdf::pdf(&pages, &options))
        .map_err(|errors| RenderError::Typesetter(in_words(&errors)));
    typst::comemo::evict(KEEP_RESULTS);
    pdf
}

/// The first few refusals, each with what the typesetter advises.
fn in_words(errors: &[SourceDiagnostic]) -> String {
    let one = |error: &SourceDiagnostic| {
        std::iter::once(error.message.to_string())
            .chain(error.hints.iter().map(|hint| hint.v.to_string()))
            .collect::<Vec<_>>()
            .join(": ")
    };
    errors.iter().take(3).map(one).collect::<Vec<_>>().join("; ")
}
