//! The sample of records, the plan of reading them in pairs, and reading them with the programme's tool.

mod away;
mod earlier;
mod exclusions;
mod frame;
mod looking;
mod moderation;
mod now;
mod pairing;
mod planning;
mod readings;
mod sample;
mod training;

pub use away::{TakenAway, take_reading_away};
pub use earlier::{EarlierAnswer, earlier_answers};
pub use exclusions::{ExcludeRecord, exclude_record, include_record};
pub use frame::{Frame, FrameRow, list_in_parts, open_frame};
pub use looking::{Kept, TwiceRead, agreement_of, read_records, twice_read};
pub use moderation::{Settle, settle};
pub use now::ReadingNow;
pub use pairing::{
    ChangePair, DissolvePair, FormPair, MoveTask, candidates, change_pair, chosen_to_read, dissolve_pair,
    form_pair, give_out, move_task,
};
pub use planning::{
    DrawTwice, EntitleHealth, ExtendReadingWindow, SetReadingWindow, draw_twice, entitle_health,
    extend_reading_window, set_reading_window, twice_again,
};
pub use readings::{
    OpenReading, OpenedReading, PageSaved, SavePage, StartReading, TurnReading, answers_in_words,
    finish_reading, look_at_reading, open_reading, page_in_words, reading_as_it_stands, reopen_reading,
    save_page, start_reading, surroundings, tool, tool_for,
};
pub use sample::{DrawSample, ReplaceRecord, draw_sample, drawn_again, replace_record};
pub use training::{ChangePlace, NameReader, PlaceChange, change_place, name_reader};
