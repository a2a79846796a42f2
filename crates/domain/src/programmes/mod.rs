//! The methodology as versioned data.
//!
//! A programme is a folder of TOML and Markdown that a methodology officer edits; this module reads it and
//! names every fault by file and line. It is handed texts and gives back values: who reads the disk is the
//! caller's business. Files are never changed once an inspection has been opened with them. A change is a new
//! version, and [`changes`] says what it would mean.
//!
//! To add a property: add it to the file, take it in the reader beside its type, and say in a comment of the
//! shipped files what it means. A property that no reader takes is refused, so nothing is ever silently unused.

mod areas;
mod changes;
mod checks;
mod collecting;
mod concerning;
mod digest;
mod folder;
mod frameworks;
mod informing;
mod instruments;
mod lenses;
mod library;
mod problems;
mod programme;
mod quantity_words;
mod reading;
mod reporting;
mod sourced;
mod texts;
pub mod timeline;
mod timeline_file;

#[cfg(test)]
pub(crate) mod tests;

pub use areas::{Council, SchoolHoliday, SchoolHolidays};
pub use changes::{Change, Part, changes};
pub use collecting::{
    Audience, ColumnChoice, ColumnKind, DocumentRequest, InstrumentRef, InstrumentRole, PositionStatement,
    PreInspectionReturn, ReturnColumn, SessionKind, StatementQuestion, ages_of,
};
pub use folder::parse_programme;
pub use frameworks::{Area, Domain, Framework, Indicator, Level, Scale, ScaleKind, Tenet};
pub use informing::{Information, InformationPage, InformedAudience, Moment};
pub use instruments::OWN_COLUMNS;
pub use lenses::{Lens, LensItem, Lenses};
pub use library::{Frameworks, Library};
pub use problems::Problem;
pub use programme::{
    Addressee, LineOfEnquiry, PopulationRule, Principle, Programme, ProgrammePin, ReadingRule, ScrutinyBody,
    ScrutinyPart,
};
pub use quantity_words::{QuantityBand, QuantityWords, Tie};
pub use reporting::{ReportSection, ReportTemplate, SectionKind};
pub use sourced::{Provenance, SourceNote, Sourced};
pub(crate) use texts::texts_pieces;
pub use texts::{MissingValue, PLACEHOLDERS, REQUIRED_TEXTS, Text, Texts, filled};
