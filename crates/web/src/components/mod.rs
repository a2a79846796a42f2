//! The design system as typed functions: markup and class names of the Scottish Government Design System 4.2
//! (`ds_…`), and a small layer of our own (`kl_…`, in `assets/keyline.css`) for what it lacks.
//!
//! A function takes exactly what it shows and gives `Markup`; maud escapes everything. No inline style and no inline
//! script: the content security policy forbids both. Words come in translated; only what has words of its own (a date
//! in three boxes, the frame of the page) is given [`keyline_words::Words`].
//!
//! To add a component: a function here, its look in `assets/keyline.css` with logical properties and the colours by
//! their names, and every state of it in [`gallery()`], which the tests check and the browser tests look at in light,
//! dark, print and right to left.

mod asked;
mod buttons;
mod compare;
mod content;
mod dates;
mod documents;
mod forms;
mod gallery;
mod layout;
mod progress;
mod qr;
mod questions;
mod symbols;
mod tables;

pub use asked::{Asked, asked};
pub use buttons::{
    Button, Kind, button, button_group, button_secondary, button_warning, link_button, link_button_secondary,
};
pub use compare::compare;
pub use content::{
    Tone, callout, card, cards, confirmation, details, details_open, empty_state, figure_tile, figures,
    inset, not_offered, notification, pagination, person_chip, section_nav, summary_list, tag, warning,
};
pub use dates::{DateTyped, date_field};
pub use documents::{document_body, document_contents, letter_head, prose};
pub use forms::{
    Choice, Field, checkboxes, error_summary, fieldset, file_field, form, form_get, form_multipart, hidden,
    number_field, password_field, radios, select, text_area, text_field,
};
pub use gallery::{gallery, gallery_page, gallery_voice_page};
pub use layout::{Layout, Width, page};
pub use progress::{Moment, Task, progress_bar, task_list, timeline};
pub use qr::qr;
pub use questions::{asked_of, fault_sentence, heading, language_of, name_of, pairs_of, questions};
pub use symbols::symbol;
pub use tables::{Align, Column, data_table, table, table_by_rows, table_under_heading};
