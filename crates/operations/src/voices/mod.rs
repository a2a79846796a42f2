//! Surveys and sessions.
//!
//! | module | subject |
//! | --- | --- |
//! | `surveys` | making a survey, handing it out, closing it |
//! | `forms` | forms ready to be asked |
//! | `opened` | the survey behind a link |
//! | `answer` | answering, without an account |
//! | `response` | who has answered while it is open |
//! | `texts`, `contacts` | free texts, and people who ask to be contacted |
//! | `paper` | answers that came on paper |
//! | `release`, `export` | results, and files of them |
//! | `sheets` | what is printed |
//! | `notes` | sessions |
//! | `devices` | devices that fill forms in away from the network |

mod answer;
mod contacts;
mod devices;
mod export;
mod forms;
mod notes;
mod opened;
mod paper;
mod release;
mod response;
mod sheets;
mod surveys;
mod texts;

pub use answer::{
    Answered, Sent, answer_survey, check_code, filling_in, is_free_text, not_taken, programme_of,
};
pub use contacts::{CONTACT_LIMIT, Wish, answer_contact, read_contacts};
pub use devices::{
    Added, DeviceForm, Outcome, ReceivedNotes, Unreadable, add_device, device_forms, end_device,
    receive_submission, received_notes, remove_received_notes,
};
pub use export::{Exported, export_raw, export_released};
pub use forms::ReadyForms;
pub(crate) use notes::note_in;
pub use notes::{ChangeNote, NoteSession, change_note, may_note, note_session};
pub use opened::{OpenedSurvey, OpenedSurveys, open_survey_page};
pub use paper::{Difference, Keying, PaperSheet, agree_on_paper, differences, key_paper, paper_sheets};
pub use release::{Compared, Elsewhere, compared, release_results, released_results};
pub use response::{DayCounts, GroupResponse, Monitoring, answered, monitoring};
pub use sheets::{code_sheet, paper_sheet, reminder};
pub use surveys::{
    MOST_CODES, OpenSurvey, close_overdue_surveys, close_survey, move_closing, open_survey, print_codes,
    set_people,
};
pub use texts::{TextAt, mark_text_read, readable_texts, tag_text};
