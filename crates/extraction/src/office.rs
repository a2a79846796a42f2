//! Office Open XML: what its packages have in common, Word documents and PowerPoint presentations. Workbooks are read
//! by `keyline-workbooks`.
//!
//! A part of such a package is known by its type and its relations, not by its name: programs name them as they like.

mod docx;
mod pptx;

pub(crate) use docx::read as read_docx;
pub(crate) use pptx::read as read_pptx;

use crate::failure::{Failure, Refusal};
use crate::kind::Kind;
use crate::package::Package;
use crate::xml::{ControlFlow, Step};

/// The entry in which a package says which of its parts are what.
const TYPES: &str = "[content_types].xml";

/// What a main part is called, by kind. Templates and slide shows are documents too.
const MAIN: [(&str, Kind); 7] = [
    ("wordprocessingml.document.main+xml", Kind::Docx),
    ("wordprocessingml.template.main+xml", Kind::Docx),
    ("spreadsheetml.sheet.main+xml", Kind::Xlsx),
    ("spreadsheetml.template.main+xml", Kind::Xlsx),
    ("presentationml.presentation.main+xml", Kind::Pptx),
    ("presentationml.template.main+xml", Kind::Pptx),
    ("presentationml.slideshow.main+xml", Kind::Pptx),
];

/// Which document a package is; none when it is no package of Office.
///
/// # Errors
/// Refused when it carries macros; not supported when it is a package of something else.
pub(crate) fn kind(package: &mut Package<'_>) -> Result<Option<Kind>, Failure> {
    if !package.has(TYPES) {
        return Ok(None);
    }
    let types = Types::of(package)?;
    if types.macros || package.names().any(is_macro_part) {
        return Err(Failure::Refused(Refusal::Macros));
    }
    let main = MAIN.into_iter().find(|(main, _)| types.named(main).next().is_some());
    main.map(|(_, kind)| Some(kind))
        .ok_or_else(|| Failure::not_supported("application/vnd.openxmlformats-officedocument"))
}

/// Whether an entry of that name (lower case) holds macros: VBA, or macro sheets of Excel 4.0.
fn is_macro_part(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|last| last.starts_with("vbaproject"))
        || name.starts_with("xl/macrosheets/")
}

/// The parts of a package by their types.
struct Types {
    /// Name and type of each part that has a type of its own, the type in lower case.
    parts: Vec<(String, String)>,
    /// Whether any type is one of macros.
    macros: bool,
}

impl Types {
    fn of(package: &mut Package<'_>) -> Result<Self, Failure> {
        let mut types = Self { parts: Vec::new(), macros: false };
        package.walk(TYPES, |step| {
            if let Step::Open("Override" | "Default", element) = step
                && let Some(kind) = element.attribute("ContentType")
            {
                let kind = kind.to_ascii_lowercase();
                types.macros |= kind.contains("macroenabled") || kind.contains("vbaproject");
                if let Some(name) = element.attribute("PartName") {
                    types.parts.push((name, kind));
                }
            }
            ControlFlow::Continue(())
        })?;
        Ok(types)
    }

    /// The names of the parts whose type ends so.
    fn named<'t>(&'t self, ending: &'t str) -> impl Iterator<Item = &'t str> {
        self.parts.iter().filter(move |(_, kind)| kind.ends_with(ending)).map(|(name, _)| name.as_str())
    }

    /// The main part of the document.
    fn main(&self, wanted: Kind) -> Option<&str> {
        MAIN.into_iter().filter(|(_, kind)| *kind == wanted).find_map(|(main, _)| self.named(main).next())
    }
}

/// What a part is related to.
struct Relation {
    id: String,
    /// The last part of the type, such as `slide`.
    kind: String,
    /// The name of the other part.
    target: String,
}

/// The relations of a part. None when it has none.
fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, Failure> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let mut relations = Vec::new();
    package.walk(&format!("{folder}/_rels/{name}.rels"), |step| {
        if let Step::Open("Relationship", element) = step
            && element.attribute("TargetMode").is_none_or(|mode| mode != "External")
            && let (Some(id), Some(kind), Some(target)) =
                (element.attribute("Id"), element.attribute("Type"), element.attribute("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.push(Relation { id, kind, target: resolved(folder, &target) });
        }
        ControlFlow::Continue(())
    })?;
    Ok(relations)
}

/// The name of a part as seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_seen_from_their_folder() {
        assert_eq!(
            resolved("ppt/slides", "../notesSlides/notesSlide1.xml"),
            "ppt/notesSlides/notesSlide1.xml"
        );
        assert_eq!(resolved("ppt", "slides/slide1.xml"), "ppt/slides/slide1.xml");
        assert_eq!(resolved("ppt", "/ppt/./slides/slide1.xml"), "ppt/slides/slide1.xml");
        assert_eq!(resolved("", "../../../etc/passwd"), "etc/passwd");
    }
}
