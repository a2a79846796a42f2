//! All that the typesetter may see: our template, the content as JSON, our fonts. No disk, no network, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

use crate::fonts::{BOOK, FONTS};

/// The template: name within the document, and text. `main.typ` is where it starts.
const TEMPLATE: [(&str, &str); 6] = [
    ("main.typ", include_str!("../typst/main.typ")),
    ("look.typ", include_str!("../typst/look.typ")),
    ("blocks.typ", include_str!("../typst/blocks.typ")),
    ("letter.typ", include_str!("../typst/letter.typ")),
    ("questions.typ", include_str!("../typst/questions.typ")),
    ("cards.typ", include_str!("../typst/cards.typ")),
];

/// The template, parsed once. The typesetter numbers each path it ever sees and never forgets one, so the paths are
/// the same for every document.
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    TEMPLATE.iter().map(|(name, text)| Source::new(file_id(name), (*text).to_owned())).collect()
});

static CONTENT: LazyLock<FileId> = LazyLock::new(|| file_id("content.json"));

/// Header cells of rows need `pdf.header-cell`, which this version still has behind a switch.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    LazyHash::new(
        Library::builder().with_features([Feature::A11yExtras].into_iter().collect::<Features>()).build(),
    )
});

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("our own names are plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The files of one rendering.
pub(crate) struct Sources {
    content: Bytes,
}

impl Sources {
    /// The template with this content, as JSON.
    pub(crate) fn new(content: String) -> Self {
        Self { content: Bytes::from_string(content) }
    }
}

impl World for Sources {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        SOURCES[0].id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SOURCES.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *CONTENT { Ok(self.content.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
