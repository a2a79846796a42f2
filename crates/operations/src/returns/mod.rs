//! What the partnership sends: the pre-inspection return, and documents against requests.

mod documents;
mod refusals;
mod requests;
mod rows;
mod submit_return;
mod workbook;

pub use documents::{
    Arrived, DOCUMENT_LIMIT, DecideDocuments, MOST_FILES, SayNotHeld, UploadDocuments, decide_documents,
    open_document, say_not_held, upload_documents,
};
pub use refusals::sentence;
pub use requests::{RequestDocument, request_document};
pub use rows::open_rows;
pub use submit_return::{
    DecideReturn, RETURN_LIMIT, ReturnOutcome, SubmitReturn, accept_return, send_back_return, submit_return,
};
pub use workbook::{Form, WorkbookWords, empty_return};
