//! Why a file is not taken, as a sentence that says what to do.

use keyline_domain::reasons::Reason;
use keyline_workbooks::Refusal;

/// The sentence of a refusal, worded in `locales/en/returns.ftl`. Holds nothing of the content.
pub fn sentence(refusal: &Refusal) -> Reason {
    let megabytes = |bytes: u64| (bytes / (1024 * 1024)).max(1);
    match refusal {
        Refusal::Empty => Reason::new("upload-empty"),
        Refusal::TooLarge { limit } => Reason::new("upload-too-large").with("limit", megabytes(*limit)),
        Refusal::MacroWorkbook => Reason::new("upload-macros"),
        Refusal::ZipBomb(_) => Reason::new("upload-unpacks-too-large"),
        Refusal::Executable(_) => Reason::new("upload-program"),
        Refusal::WrongType { claimed, .. } => {
            Reason::new("upload-wrong-type").with("claimed", claimed.extension())
        }
        Refusal::NotAccepted { .. } => Reason::new("upload-not-accepted"),
        Refusal::Encrypted => Reason::new("upload-encrypted"),
        Refusal::Legacy => Reason::new("upload-legacy"),
        Refusal::Unreadable => Reason::new("upload-unreadable"),
        Refusal::NotATable(_) => Reason::new("upload-not-a-table"),
        Refusal::NoHeader => Reason::new("upload-no-header"),
        Refusal::NoSuchSheet { .. } => Reason::new("upload-no-sheet"),
        Refusal::TooManyRows { limit } => Reason::new("upload-too-many-rows").with("limit", limit),
        Refusal::TooManyColumns { limit } => Reason::new("upload-too-many-columns").with("limit", limit),
        Refusal::CellTooLong { cell, limit } => {
            Reason::new("upload-cell-too-long").with("cell", cell).with("limit", limit)
        }
        Refusal::TooMuchText { .. } => Reason::new("upload-too-much-text"),
    }
}
