//! What the partnership sends: documents against requests, and the pre-inspection return with its rows.
//!
//! A refused return leaves a row with its problems and nothing of its content: no document, no cohort.

mod burden;
mod delegations;
mod documents;
mod held;
mod keys;
mod requests;
mod statement;
mod submissions;
mod texts;
mod uploads;

pub use burden::burden;
pub use delegations::{
    Delegation, Handed, add_delegation, delegations, end_delegation, find_handed, find_proposal, note_answer,
    proposals, put_aside,
};
pub use documents::{
    Check, Document, Withdrawn, add_document, attach, clear_held_by, document_to_check, documents_against,
    documents_of, find_document, held_by, request_of_document, set_check, withdraw_document, withdrawn_of,
};
pub use held::{
    Held, Origin, Reuse, ReuseState, ask_to_reuse, decide_reuse, give_again, given_elsewhere, reuses,
};
pub use keys::{add_inspection_key, add_keys, inspection_key, label_of};
pub use requests::{
    NewRequest, Request, add_request, change_request, find_request, list_requests, save_minutes, save_request,
};
pub use statement::{
    Statement, StatementVersion, save_statement, statement, statement_document, statement_versions,
};
pub use submissions::{
    Child, NewSubmission, Problem, Submission, SubmissionState, add_submission, cohort, decide_submission,
    find_submission, list_submissions,
};
pub use texts::{DocumentText, await_text, find_text, is_pre_inspection_return, save_text, texts_of};
pub use uploads::{
    Upload, add_pieces, add_upload, expired_uploads, find_upload, finish_upload, open_uploads, pieces_of,
    remove_upload, set_digest,
};
