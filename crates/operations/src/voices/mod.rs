//! Surveys and sessions.

mod answer;
mod notes;
mod surveys;

pub use answer::{Answered, Sent, answer_survey};
pub use notes::{ChangeNote, NoteSession, change_note, note_session};
pub use surveys::{OpenSurvey, close_overdue_surveys, close_survey, open_survey};
