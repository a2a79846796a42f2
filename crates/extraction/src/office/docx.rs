//! Word documents.

use crate::extracted::Place;
use crate::failure::Failure;
use crate::flow::{Flow, Gap, Parts};
use crate::kind::Kind;
use crate::package::Package;
use crate::xml::{ControlFlow, Step};

use super::Types;

/// The other parts with text, in the order in which they are given.
const OTHERS: [(&str, Place); 5] = [
    ("wordprocessingml.footnotes+xml", Place::Notes),
    ("wordprocessingml.endnotes+xml", Place::Notes),
    ("wordprocessingml.comments+xml", Place::Comments),
    ("wordprocessingml.header+xml", Place::Header),
    ("wordprocessingml.footer+xml", Place::Footer),
];

/// Elements whose content is not what the document says: what was moved away, instructions of fields, the deleted, the
/// second form of what some programs cannot show (it would stand there twice), and properties, whose tabs are stops.
const PASSED_OVER: [&str; 8] =
    ["moveFrom", "del", "instrText", "delText", "Fallback", "pPr", "rPr", "sectPr"];

/// Reads body, notes, comments, headers and footers. Tracked deletions are left out, insertions are there.
pub(crate) fn read(package: &mut Package<'_>, parts: &mut Parts) -> Result<(), Failure> {
    let types = Types::of(package)?;
    let main = types.main(Kind::Docx).unwrap_or("/word/document.xml");
    let mut flow = parts.flow();
    if !read_part(package, main, &mut flow)? {
        return Err(Failure::DAMAGED);
    }
    parts.keep(Place::Body, flow);
    for (kind, place) in OTHERS {
        for name in types.named(kind) {
            if parts.is_cut() {
                return Ok(());
            }
            let mut flow = parts.flow();
            read_part(package, name, &mut flow)?;
            parts.keep_once(place.clone(), flow);
        }
    }
    Ok(())
}

/// Reads the text of one part; says whether it is there.
fn read_part(package: &mut Package<'_>, name: &str, flow: &mut Flow) -> Result<bool, Failure> {
    // How deep within passed over elements, within cells, and whether within text.
    let (mut outside, mut cells, mut texts) = (0_usize, 0_usize, 0_usize);
    package.walk(name, |step| {
        match step {
            Step::Open(name, _) if outside > 0 || PASSED_OVER.contains(&name) => {
                outside += usize::from(PASSED_OVER.contains(&name));
            }
            Step::Close(name) if outside > 0 => outside -= usize::from(PASSED_OVER.contains(&name)),
            Step::Text(text) if outside == 0 && texts > 0 => flow.add(text),
            Step::Text(_) => {}
            Step::Open(name, element) => match name {
                "t" => texts += 1,
                "tab" | "ptab" => flow.add("\t"),
                "br" | "cr" => flow.add("\n"),
                "noBreakHyphen" => flow.add("\u{2011}"),
                "sym" => flow.add(symbol(element.attribute("char").as_deref())),
                "tc" => cells += 1,
                _ => {}
            },
            Step::Close(name) => match name {
                "t" => texts = texts.saturating_sub(1),
                "p" if cells > 0 => flow.gap(Gap::Blank),
                "p" | "tr" => flow.gap(Gap::Line),
                "tc" => {
                    cells = cells.saturating_sub(1);
                    flow.gap(Gap::Tab);
                }
                _ => {}
            },
        }
        if flow.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}

/// The commonest characters of the symbol fonts, by their place there: bullets, ticks, crosses, boxes. Others are left
/// out, since what they show depends on the font.
fn symbol(place: Option<&str>) -> &'static str {
    match place.map(str::to_ascii_uppercase).as_deref() {
        Some("F0B7" | "F0A7") => "•",
        Some("F0FC") => "✓",
        Some("F0FB") => "✗",
        Some("F0A8" | "F06F") => "☐",
        Some("F0FE") => "☑",
        Some("F0E0") => "→",
        _ => "",
    }
}
