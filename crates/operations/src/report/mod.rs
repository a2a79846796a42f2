//! Writing the report, its editions, factual accuracy, embargo, publication and open data.
//!
//! An edition is a document that never changes: the draft for the partnership, the embargoed copy for named readers,
//! the published report. The published edition says what the embargoed one said. Nothing outside this folder and its
//! pages reads the set minute, so a scheduled report shows nowhere before it.

mod accuracy;
mod checks;
mod compose;
mod editions;
pub mod open_data;
pub mod publication;
mod published_page;
mod sections;
pub mod write_publication;

pub use accuracy::{AnswerPoint, CloseAccuracy, RaisePoint, answer_point, close_accuracy, raise_point};
pub use checks::identifiers_in;
pub use compose::{picture, preview};
pub use editions::{SendDraft, SendEmbargoed, pdf, read_draft, read_embargoed, send_draft, send_embargoed};
pub use publication::{Publication, SetPublication, publish, set_publication};
pub use sections::{SaveSection, save_section};
