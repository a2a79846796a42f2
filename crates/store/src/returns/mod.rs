//! What the partnership sends: documents against requests, and the pre-inspection return with its rows.
//!
//! A refused return leaves a row with its problems and nothing of its content: no document, no cohort.

mod documents;
mod requests;
mod submissions;
mod uploads;

pub use documents::{
    Check, Document, Withdrawn, add_document, clear_held_by, documents_of, find_document, held_by,
    next_version, set_check, withdraw_document, withdrawn_of,
};
pub use requests::{
    NewRequest, Request, RequestState, add_request, find_request, list_requests, save_request,
};
pub use submissions::{
    Child, NewSubmission, Problem, Submission, SubmissionState, add_submission, cohort, decide_submission,
    find_submission, list_submissions,
};
pub use uploads::{
    Upload, add_pieces, add_upload, expired_uploads, find_upload, finish_upload, open_uploads, pieces_of,
    remove_upload, set_digest,
};
