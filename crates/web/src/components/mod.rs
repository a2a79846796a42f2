//! The design system as typed functions: markup and class names of the Scottish Government Design System 4.2
//! (`ds_…`), and a small layer of our own (`kl_…`) for what it lacks.
//!
//! A function takes exactly what it shows and gives `Markup`; maud escapes everything. No inline style and no inline
//! script: the content security policy forbids both. Words come in translated: components know no language.

pub mod content;
pub mod forms;
pub mod layout;

pub use content::{
    Tone, callout, card, compare, details, empty_state, figure_tile, inset, not_offered, notification,
    pagination, section_nav, summary_list, table, tag, task_list, warning,
};
pub use forms::{
    Choice, Field, button, button_warning, checkboxes, error_summary, file_field, form, form_multipart,
    hidden, link_button, number_field, password_field, radios, select, text_area, text_field,
};
pub use layout::{Layout, Width, page};
