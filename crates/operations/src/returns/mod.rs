//! What the partnership sends: the pre-inspection return, and documents against requests.

mod check_file;
mod documents;
mod keys;
mod refusals;
mod requests;
mod rows;
mod submit_return;
mod workbook;

pub use check_file::{CheckedFile, RETURN_LIMIT, check_file};
pub use documents::{
    Arrived, DOCUMENT_LIMIT, DecideDocuments, MOST_FILES, SayNotHeld, UploadDocuments, decide_documents,
    open_document, say_not_held, upload_documents,
};
pub use keys::{FindLabel, FoundLabel, find_label};
pub use refusals::sentence;
pub use requests::{RequestDocument, request_document};
pub use rows::open_rows;
pub use submit_return::{
    DecideReturn, ReturnOutcome, SubmitReturn, accept_return, send_back_return, submit_return,
};
pub use workbook::{Form, allowed, empty_return};
