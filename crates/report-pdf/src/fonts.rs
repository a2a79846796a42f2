//! The fonts of every document, embedded in the program: the family of the web pages, one made for Arabic, and one of
//! wide coverage for the letters that both lack (Greek, Cyrillic, Hebrew, arrows). A document holds only the shapes that
//! it shows. Fonts of the machine are never used, so that a
//! document looks and is the same everywhere.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

macro_rules! embedded {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name))
    };
}

static FILES: [&[u8]; 8] = [
    embedded!("text.ttf"),
    embedded!("text-bold.ttf"),
    embedded!("text-italic.ttf"),
    embedded!("text-bold-italic.ttf"),
    embedded!("arabic.ttf"),
    embedded!("arabic-bold.ttf"),
    embedded!("wide.ttf"),
    embedded!("wide-bold.ttf"),
];

/// All faces, in the order of the book.
pub(crate) static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect());

/// What the typesetter chooses from.
pub(crate) static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// Whether some face has a shape for this character.
pub(crate) fn can_show(c: char) -> bool {
    FONTS.iter().any(|font| font.info().coverage.contains(u32::from(c)))
}
