//! What the partnership sends: the pre-inspection return, and documents against requests.

pub mod checks;
mod documents;
mod held;
mod refusals;
mod requests;
mod rows;
mod submit_return;
mod uploads;
mod withdraw;
mod workbook;

pub use documents::{
    Arrived, DOCUMENT_LIMIT, DecideDocuments, MOST_FILES, SayNotHeld, UploadDocuments, decide_documents,
    open_document, say_not_held, upload_documents,
};
pub use held::move_held_documents;
pub use refusals::sentence;
pub use requests::{RequestDocument, request_document};
pub use rows::open_rows;
pub use submit_return::{
    DecideReturn, RETURN_LIMIT, ReturnOutcome, SubmitReturn, accept_return, send_back_return, submit_return,
};
pub use uploads::{
    BeginUpload, Checksum, Part, PartRefused, RunningUploads, Taken, UPLOAD_LIMIT, begin_part, begin_upload,
    expire_uploads, give_up_upload, look_at_upload,
};
pub use withdraw::{WithdrawDocument, withdraw};
pub use workbook::{Form, WorkbookWords, empty_return};
