//! Why there is no answer: codes with data, put into words by the pages.

use keyline_workbooks as workbooks;
use serde::{Deserialize, Serialize};

/// Why nothing was read from a file. The texts of `Display` are for logs; none repeats what stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// More than the limits allow. The same file will be too large again.
    #[error("too large: {0:?}")]
    TooLarge(Excess),
    /// It took longer than allowed and was ended.
    #[error("not done after {seconds} seconds")]
    TimedOut {
        /// The limit.
        seconds: u64,
    },
    /// The process that read it came to a bad end. The same file is likely to do so again.
    #[error("the reader crashed: {how}")]
    Crashed {
        /// How, for the log: a signal, an exit code or a place in our code.
        how: String,
    },
    /// The file is not one that is read here.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// A file that is what it is, of a kind that is not read here.
    #[error("{media_type} is not read")]
    NotSupported {
        /// Media type of the content, `application/octet-stream` when it is unknown.
        media_type: String,
    },
    /// PDFs are not read on this machine, because poppler's programs are not installed. Not the file's fault.
    #[error("{program} of poppler-utils is not installed")]
    PopplerMissing {
        /// The program that was looked for.
        program: String,
    },
    /// The process could not be started or spoken to, or the file could not be read. Not the file's fault.
    #[error("not started: {why}")]
    NotStarted {
        /// What the system said.
        why: String,
    },
}

impl Failure {
    /// A file that is not what it must be to be read.
    pub(crate) const DAMAGED: Self = Self::Refused(Refusal::Damaged);

    pub(crate) fn not_started(error: &std::io::Error) -> Self {
        Self::NotStarted { why: error.to_string() }
    }

    pub(crate) fn not_supported(media_type: &str) -> Self {
        Self::NotSupported { media_type: media_type.to_owned() }
    }

    /// Whether trying again later may help: it was the machine and not the file.
    pub fn is_of_the_machine(&self) -> bool {
        matches!(self, Self::PopplerMissing { .. } | Self::NotStarted { .. })
    }
}

/// In what a file exceeds the limits; each with its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "of", content = "limit")]
pub enum Excess {
    /// Bytes of the file.
    File(u64),
    /// Entries of a zip.
    Entries(usize),
    /// Bytes unpacked from a zip.
    Unpacked(u64),
    /// Unpacked bytes for each packed byte: a zip bomb.
    Ratio(u64),
    /// Elements of XML within each other.
    Depth(usize),
    /// Rows, columns or text of a table.
    Table(u64),
    /// Pixels of a picture.
    Pixels(u64),
    /// Memory for the work, in bytes.
    Memory(u64),
    /// Bytes of the answer.
    Answer(u64),
}

/// Why a file is not read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The file has no bytes.
    #[error("empty")]
    Empty,
    /// A program, whatever its name says.
    #[error("a program: {0:?}")]
    Program(Program),
    /// An office document that carries macros.
    #[error("carries macros")]
    Macros,
    /// An office document, a PDF or a part of a zip that opens with a password only.
    #[error("protected by a password")]
    Password,
    /// Not readable as what it is: cut off, changed, or without its main part.
    #[error("damaged")]
    Damaged,
}

/// What sort of program a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Program {
    /// Windows (`MZ`).
    Windows,
    /// An installer of Windows (MSI).
    Installer,
    /// A shortcut of Windows, which starts something else.
    Shortcut,
    /// Linux and other Unix systems (ELF).
    Elf,
    /// macOS (Mach-O).
    MachO,
    /// Classes or an archive of Java, also of Android.
    Java,
    /// WebAssembly.
    WebAssembly,
    /// A script that names its interpreter in the first line.
    Script,
}

impl From<workbooks::Refusal> for Failure {
    fn from(refusal: workbooks::Refusal) -> Self {
        use workbooks::{Excess as Zip, Refusal as Table};
        match refusal {
            Table::TooLarge { limit } => Self::TooLarge(Excess::File(limit)),
            Table::ZipBomb(Zip::Entries { limit }) => Self::TooLarge(Excess::Entries(limit)),
            Table::ZipBomb(Zip::Ratio { limit }) => Self::TooLarge(Excess::Ratio(limit)),
            Table::ZipBomb(Zip::Total { limit }) => Self::TooLarge(Excess::Unpacked(limit)),
            Table::TooManyRows { limit }
            | Table::TooManyColumns { limit }
            | Table::CellTooLong { limit, .. }
            | Table::TooMuchText { limit } => Self::TooLarge(Excess::Table(limit as u64)),
            Table::Empty => Self::Refused(Refusal::Empty),
            Table::MacroWorkbook => Self::Refused(Refusal::Macros),
            Table::Encrypted => Self::Refused(Refusal::Password),
            // The kind was found by content before, so that nothing else can be meant by the rest.
            Table::Executable(_)
            | Table::WrongType { .. }
            | Table::NotAccepted { .. }
            | Table::Legacy
            | Table::Unreadable
            | Table::NotATable(_)
            | Table::NoHeader
            | Table::NoSuchSheet { .. } => Self::DAMAGED,
        }
    }
}
