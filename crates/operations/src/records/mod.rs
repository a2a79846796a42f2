//! The sample of records, and reading them with the programme's tool.

mod readings;
mod sample;

pub use readings::{
    OpenReading, OpenedReading, SaveReading, StartReading, answers_of, in_words, look_at_reading,
    open_reading, save_reading, start_reading, tool,
};
pub use sample::{DrawSample, ReplaceRecord, draw_sample, drawn_again, replace_record};
