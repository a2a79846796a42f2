//! The sample of records, and reading them with the programme's tool.

mod exclusions;
mod frame;
mod readings;
mod sample;

pub use exclusions::{ExcludeRecord, exclude_record, include_record};
pub use frame::{Frame, FrameRow, list_in_parts, open_frame};
pub use readings::{
    OpenReading, OpenedReading, PageSaved, SavePage, StartReading, TurnReading, answers_in_words,
    finish_reading, look_at_reading, open_reading, page_in_words, reopen_reading, save_page, start_reading,
    surroundings, tool,
};
pub use sample::{DrawSample, ReplaceRecord, draw_sample, drawn_again, replace_record};
