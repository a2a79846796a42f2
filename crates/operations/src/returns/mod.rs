//! What the partnership sends: the pre-inspection return, and documents against requests.

mod already_held;
mod burden;
mod check_file;
pub mod checks;
mod delegate;
mod documents;
mod held;
mod keys;
mod kind;
mod looking;
pub mod reading;
mod reason;
mod refusals;
mod requests;
mod rows;
mod statement;
mod submit_return;
mod uploads;
mod withdraw;
mod workbook;

pub use already_held::{ReuseDocument, already_held, answering, ask_to_reuse, decline_reuse, reuse_document};
pub use burden::{SayHours, say_hours};
pub use check_file::{CheckedFile, RETURN_LIMIT, check_file};
pub use delegate::{
    DelegateRequest, HandedOver, PassOn, begin_by_link, delegate_request, end_delegation, handed,
    open_proposal, pass_on, propose_documents, propose_not_held, put_proposal_aside, waiting,
};
pub use documents::{
    Arrived, DOCUMENT_LIMIT, DecideDocuments, MOST_FILES, SayNotHeld, UploadDocuments, decide_documents,
    open_document, say_not_held, upload_documents,
};
pub use held::move_held_documents;
pub use keys::{FindLabel, FoundLabel, find_label};
pub use looking::{Found, FoundIn, LookedAt, look_at_document, search_documents};
pub use reading::FileReader;
pub use refusals::sentence;
pub use requests::{
    AskedFor, ChangeRequest, RequestDocument, WithdrawRequest, begin_request, change_request, holders,
    request_document, withdraw_request,
};
pub use rows::open_rows;
pub use statement::{
    DecideStatement, SaveStatement, StatementSeen, decide_statement, open_statement, save_statement,
    seen_statement, submit_statement, take_document_out, upload_statement,
};
pub use submit_return::{
    DecideReturn, ReturnOutcome, SubmitReturn, accept_return, send_back_return, submit_return,
};
pub(crate) use uploads::destroy_upload;
pub use uploads::{
    BeginUpload, Checksum, Part, PartRefused, RunningUploads, Taken, UPLOAD_LIMIT, begin_part, begin_upload,
    expire_uploads, give_up_upload, look_at_upload,
};
pub use withdraw::{WithdrawDocument, withdraw};
pub use workbook::{Form, allowed, empty_return};
