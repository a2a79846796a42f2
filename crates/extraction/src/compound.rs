//! Compound files: Office before 2007, mails of Outlook, installers, and the wrapper of documents with a password. None
//! of them is read; each is called what it is.

use std::io::BufReader;

use cfb::CompoundFile;

use crate::failure::{Failure, Program, Refusal};
use crate::source::Source;

/// First bytes of a compound file.
pub(crate) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// What every installer, patch and transform of Windows has as the beginning of its class.
const INSTALLER_CLASS: &str = "000c108";

/// Why a compound file is not read.
pub(crate) fn look(source: &Source) -> Failure {
    let Ok(compound) = CompoundFile::open(BufReader::new(source.reading())) else { return Failure::DAMAGED };
    if compound.root_entry().clsid().to_string().starts_with(INSTALLER_CLASS) {
        return Failure::Refused(Refusal::Program(Program::Installer));
    }
    let mut media_type = "application/x-ole-storage";
    let mut macros = false;
    for entry in compound.walk() {
        match entry.name() {
            "EncryptedPackage" => return Failure::Refused(Refusal::Password),
            "Macros" | "VBA" | "_VBA_PROJECT" | "_VBA_PROJECT_CUR" => macros = true,
            "WordDocument" => media_type = "application/msword",
            "Workbook" | "Book" => media_type = "application/vnd.ms-excel",
            "PowerPoint Document" => media_type = "application/vnd.ms-powerpoint",
            "__properties_version1.0" => media_type = "application/vnd.ms-outlook",
            _ => {}
        }
    }
    if macros { Failure::Refused(Refusal::Macros) } else { Failure::not_supported(media_type) }
}
