//! Why a file is refused: codes with data, put into words by the pages.

use crate::kind::FileKind;
use crate::table::CellRef;

/// Why a file is not taken. The texts of `Display` are for logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The file as sent is larger than allowed.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// A document that carries macros, or is named as one that may.
    #[error("carries macros")]
    MacroWorkbook,
    /// A zip that unpacks to more than is reasonable.
    #[error("zip bomb: {0:?}")]
    ZipBomb(Excess),
    /// A program, by its content or by its name.
    #[error("a program: {0:?}")]
    Executable(ExecutableFormat),
    /// The content is not what the name says.
    #[error("named {claimed:?} but is {found}")]
    WrongType {
        /// What the name says.
        claimed: FileKind,
        /// Media type of the content, `application/octet-stream` when it is unknown.
        found: &'static str,
    },
    /// The name has no ending, or one that is not accepted.
    #[error("the ending {extension:?} is not accepted")]
    NotAccepted {
        /// The ending in lower case without the dot; may be empty.
        extension: String,
    },
    /// Protected by a password.
    #[error("protected by a password")]
    Encrypted,
    /// An Office document from before 2007 (`.xls`, `.doc`, `.ppt`).
    #[error("an Office document of the old format")]
    Legacy,
    /// Damaged, or not readable as what it is.
    #[error("damaged")]
    Unreadable,
    /// A kind of file that holds no table which can be read here.
    #[error("{0:?} is not read as a table")]
    NotATable(FileKind),
    /// Nothing in it that could be a header.
    #[error("no header row")]
    NoHeader,
    /// The workbook has no sheet of that name.
    #[error("no sheet {name:?}")]
    NoSuchSheet {
        /// The name that was asked for.
        name: String,
    },
    /// More rows than allowed.
    #[error("more than {limit} rows")]
    TooManyRows {
        /// The limit, blank rows not counted.
        limit: usize,
    },
    /// More columns than allowed.
    #[error("more than {limit} columns")]
    TooManyColumns {
        /// The limit.
        limit: usize,
    },
    /// A cell with more characters than allowed.
    #[error("more than {limit} characters in {cell}")]
    CellTooLong {
        /// The cell.
        cell: CellRef,
        /// The limit in characters.
        limit: usize,
    },
    /// All cells together hold more than allowed.
    #[error("more than {limit} bytes of text in the table")]
    TooMuchText {
        /// The limit in bytes.
        limit: usize,
    },
}

/// In what a zip exceeds its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// More entries.
    Entries {
        /// The limit.
        limit: usize,
    },
    /// More unpacked bytes for each packed byte.
    Ratio {
        /// The limit.
        limit: u64,
    },
    /// More unpacked bytes in all.
    Total {
        /// The limit in bytes.
        limit: u64,
    },
}

/// What sort of program a refused file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExecutableFormat {
    /// Windows (`MZ`).
    Windows,
    /// Linux and other Unix systems (ELF).
    Elf,
    /// macOS (Mach-O), or Java classes, which share the signature of its universal form.
    MachO,
    /// A script that names its interpreter in the first line.
    Script,
    /// A Java archive.
    Jar,
    /// A Windows shortcut.
    Shortcut,
    /// Known only by its name, for example `.bat`.
    ByName,
}
