//! The few words of a paper form that are not in the instrument. The caller takes them from the translation files.

use std::fmt;

/// The words in one language.
pub struct PaperWords<'a> {
    /// Above boxes of which one is ticked, for example "Tick one box."
    pub tick_one: String,
    /// Above boxes of which several may be ticked, for example "Tick all that are true."
    pub tick_several: String,
    /// Above boxes that are to be numbered, for example "Write 1 in the box of what matters most, then 2, 3 and so on."
    pub put_in_order: String,
    /// Above a single box that says yes, for example "Tick the box if you agree."
    pub tick_to_agree: String,
    /// Beside that box, for example "Yes".
    pub agreed: String,
    /// Above lines to write on, for example "Write here."
    pub write_here: String,
    /// Above boxes for digits, for example "Write a number."
    pub write_number: String,
    /// Above the boxes of a date, for example "Write the day, the month and the year."
    pub write_date: String,
    /// Above the boxes of a time, for example "Write the time, from 00:00 to 23:59."
    pub write_time: String,
    /// Below the boxes of a date.
    pub day: String,
    /// Below the boxes of a date.
    pub month: String,
    /// Below the boxes of a date.
    pub year: String,
    /// Below the boxes of a time.
    pub hour: String,
    /// Below the boxes of a time.
    pub minute: String,
    /// Beside a question that must be answered, for example "Please do not leave this one out."
    pub please_answer: String,
    /// Before a question whose condition is too involved for a sentence, for example "Answer this if it applies to you."
    pub if_it_applies: String,
    /// Before questions that are asked as often as there are things to tell of, for example "If there are more, ask for
    /// another sheet."; empty for nothing.
    pub copy_for_more: String,
    /// Before the boxes for the number of the sheet, for example "Number of this sheet".
    pub sheet_number: String,
    /// Who fills that in, for example "Please leave this empty. We write it when the sheet comes back."
    pub sheet_number_hint: String,
    /// Above what is said about the answers; empty when it says so itself.
    pub notice_title: String,
    /// Above where to find help; empty when it says so itself.
    pub help_title: String,
    /// A condition in words, from the labels of the answers of which one must have been given (at least one), and the
    /// number of their question: "Only if you answered Yes or Sometimes to question 3."
    pub only_if: &'a dyn Fn(&[&str], usize) -> String,
}

impl fmt::Debug for PaperWords<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaperWords").field("tick_one", &self.tick_one).finish_non_exhaustive()
    }
}
