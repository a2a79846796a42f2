//! PowerPoint presentations.

use std::collections::HashMap;

use crate::extracted::Place;
use crate::failure::Failure;
use crate::flow::{Flow, Gap, Parts};
use crate::kind::Kind;
use crate::package::Package;
use crate::xml::{ControlFlow, Step};

use super::{Types, relations};

/// Reads the slides in the order in which they are shown, each with what the speaker notes; says how many there are.
pub(crate) fn read(package: &mut Package<'_>, parts: &mut Parts) -> Result<u32, Failure> {
    let types = Types::of(package)?;
    let main = types.main(Kind::Pptx).unwrap_or("/ppt/presentation.xml").to_owned();
    let mut order = Vec::new();
    let found = package.walk(&main, |step| {
        if let Step::Open("sldId", element) = step {
            // Two attributes are called `id`: the one that names a relation begins with letters.
            order.extend(element.attributes("id").find(|id| id.parse::<u64>().is_err()));
        }
        ControlFlow::Continue(())
    })?;
    if !found {
        return Err(Failure::DAMAGED);
    }
    let targets: HashMap<String, String> =
        relations(package, &main)?.into_iter().map(|relation| (relation.id, relation.target)).collect();
    let mut number = 0;
    for id in order {
        let Some(slide) = targets.get(&id) else { continue };
        number += 1;
        if parts.is_cut() {
            continue;
        }
        read_part(package, slide, Place::Slide(number), parts)?;
        let notes = relations(package, slide)?.into_iter().find(|relation| relation.kind == "notesSlide");
        if let Some(notes) = notes {
            read_part(package, &notes.target, Place::SpeakerNotes(number), parts)?;
        }
    }
    Ok(number)
}

fn read_part(package: &mut Package<'_>, name: &str, place: Place, parts: &mut Parts) -> Result<(), Failure> {
    let mut flow = parts.flow();
    let (mut reading, mut outside) = (Reading::default(), 0_usize);
    package.walk(name, |step| {
        match step {
            // The number of the slide is a field of every slide and of its notes.
            Step::Open("fld", element)
                if outside == 0 && element.attribute("type").as_deref() != Some("slidenum") => {}
            Step::Open("fld" | "Fallback", _) => outside += 1,
            Step::Close("fld" | "Fallback") => outside = outside.saturating_sub(1),
            step if outside == 0 => reading.take(&step, &mut flow),
            _ => {}
        }
        if flow.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    parts.keep(place, flow);
    Ok(())
}

/// Where in a slide we are.
#[derive(Default)]
struct Reading {
    cells: usize,
    texts: usize,
}

impl Reading {
    fn take(&mut self, step: &Step<'_>, flow: &mut Flow) {
        match step {
            Step::Text(text) if self.texts > 0 => flow.add(text),
            Step::Open("t", _) => self.texts += 1,
            Step::Open("br", _) => flow.add("\n"),
            Step::Open("tc", _) => self.cells += 1,
            Step::Close("t") => self.texts = self.texts.saturating_sub(1),
            Step::Close("p") => flow.gap(if self.cells > 0 { Gap::Blank } else { Gap::Line }),
            Step::Close("tc") => {
                self.cells = self.cells.saturating_sub(1);
                flow.gap(Gap::Tab);
            }
            Step::Close("tr") => flow.gap(Gap::Line),
            Step::Text(_) | Step::Open(..) | Step::Close(_) => {}
        }
    }
}
