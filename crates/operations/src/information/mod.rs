//! What the public is told: pages of programmes, news and meetings, and who writes them.
//!
//! A page is put together from the text that is published (or the file's) and what the programme knows.
//! Every text that was ever saved stays; [`publish_page`] says which of them the public reads.

mod compose;
mod news;
mod pages;
pub mod pdf;
mod pieces;

pub use compose::Composed;
pub use news::{SaveNews, TakeBackNews, publish_news, save_news, take_back_news};
pub use pages::{
    Found, PublishPage, RestorePage, SavePage, draft, file_changed, find, informed, public_text,
    publish_page, published_page, restore_page, save_page, text_of,
};
