//! Filling in forms: what follows from answers, pages, what is refused, what comes out.

mod compiling;
mod distrust;
mod following;
mod forms;
mod page_by_page;
mod properties;
mod repeats;
