//! What the partnership sends: documents against requests, and the pre-inspection return with its rows.
//!
//! A refused return leaves a row with its problems and nothing of its content: no document, no cohort.

mod documents;
mod keys;
mod requests;
mod submissions;

pub use documents::{Document, add_document, documents_of, find_document};
pub use keys::{add_inspection_key, add_keys, inspection_key, label_of};
pub use requests::{
    NewRequest, Request, RequestState, add_request, find_request, list_requests, save_request,
};
pub use submissions::{
    Child, NewSubmission, Problem, Submission, SubmissionState, add_submission, cohort, decide_submission,
    find_submission, list_submissions,
};
