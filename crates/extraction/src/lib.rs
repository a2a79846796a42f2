//! What files of strangers are and say: their kind by content, their text, what lies in them, and pictures to look at.
//!
//! Knows nothing of inspections. Whoever has a file makes a [`Source`] of it and asks an [`Extractor`], which does the
//! work in a process of its own: the same program, started once more with one word and no environment, with limits on
//! time and memory, and without a way to files or the network. What comes back is an [`Extracted`] or a [`Preview`], or
//! a [`Failure`] that says why not: too large, timed out, crashed, refused, not supported.
//!
//! | module | subject |
//! | --- | --- |
//! | [`limits`], [`failure`] | how much is too much, and why there is no answer (codes, no sentences) |
//! | [`kind`], [`detect`](mod@detect) | what a file is, whatever its name says; `compound` for files of the old Office |
//! | [`source`] | a file that can be handed to another process |
//! | [`extracted`], [`extract`](mod@extract) | the text in its parts; a module for each format does the reading |
//! | [`preview`](mod@preview) | the first lines, rows or pages; pictures made anew |
//! | [`listing`] | what an archive contains, without unpacking it |
//! | [`child`], `confine`, [`parent`] | the two sides of the process, and what the child may not do |
//! | `package`, `xml`, `flow`, `run` | what the formats have in common: zips, XML, text that grows within limits, programs |
//!
//! [`extract()`] and [`preview()`] do the same in this process, for whoever is confined already. Nothing that a document
//! carries is ever run, and no entity of XML is expanded. To read another format, add it to [`Kind`], teach
//! [`detect()`] to know it by its content, give it a module, and name that in `extract.rs`.

pub mod child;
mod compound;
mod confine;
pub mod detect;
pub mod extract;
pub mod extracted;
pub mod failure;
mod flow;
mod html;
pub mod kind;
pub mod limits;
pub mod listing;
mod mail;
mod odf;
mod office;
mod package;
pub mod parent;
pub mod pdf;
mod picture;
mod plain;
pub mod preview;
mod run;
mod sheets;
pub mod source;
mod stated;
mod xml;

pub use detect::detect;
pub use extract::{extract, kind};
pub use extracted::{Attachment, Content, Extracted, MailHead, Part, Place, Text};
pub use failure::{Excess, Failure, Program, Refusal};
pub use kind::Kind;
pub use limits::Limits;
pub use listing::{Entry, Inside, Listing};
pub use parent::Extractor;
pub use pdf::Poppler;
pub use preview::{Picture, PictureFormat, Preview, Shown, TableRow, preview};
pub use source::Source;
