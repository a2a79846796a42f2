//! OpenDocument: texts and presentations here, spreadsheets in `sheet`.

mod sheet;

pub(crate) use sheet::{Next, rows};

use crate::extracted::Place;
use crate::failure::{Failure, Refusal};
use crate::flow::{Flow, Gap, Parts};
use crate::kind::Kind;
use crate::package::Package;
use crate::xml::{ControlFlow, Element, Step};

/// The entry that holds the document itself.
const CONTENT: &str = "content.xml";
/// The entry that lists the others and says how they are encrypted.
const MANIFEST: &str = "meta-inf/manifest.xml";
/// Most bytes of a media type that are looked at.
const MEDIA_TYPE_BYTES: u64 = 200;
/// Most blanks that one element may stand for.
const MOST_BLANKS: usize = 200;

/// Elements whose content is not what the document says.
const PASSED_OVER: [&str; 4] = ["tracked-changes", "note-citation", "script", "forms"];

/// Which document a package is; none when it does not say what it is.
///
/// # Errors
/// Refused when it carries macros or needs a password; not supported when it is something else, such as a drawing or a
/// book, and says so.
pub(crate) fn kind(package: &mut Package<'_>) -> Result<Option<Kind>, Failure> {
    let said = package.read("mimetype", MEDIA_TYPE_BYTES)?;
    let mut media_type = said.map(|said| String::from_utf8_lossy(&said).trim().to_owned());
    let (mut root, mut encrypted) = (None, false);
    if package.has(MANIFEST) {
        package.walk(MANIFEST, |step| {
            match step {
                Step::Open("encryption-data", _) => encrypted = true,
                Step::Open("file-entry", entry) if entry.attribute("full-path").as_deref() == Some("/") => {
                    root = entry.attribute("media-type");
                }
                _ => {}
            }
            ControlFlow::Continue(())
        })?;
        media_type = media_type.or(root);
    }
    let Some(media_type) = media_type.filter(|media_type| is_media_type(media_type)) else { return Ok(None) };
    if encrypted {
        return Err(Failure::Refused(Refusal::Password));
    }
    if package.names().any(|name| name.starts_with("basic/") || name.starts_with("scripts/")) {
        return Err(Failure::Refused(Refusal::Macros));
    }
    let document = media_type.strip_suffix("-template").unwrap_or(&media_type);
    [Kind::Odt, Kind::Ods, Kind::Odp]
        .into_iter()
        .find(|kind| kind.media_type() == document)
        .map(Some)
        .ok_or_else(|| Failure::not_supported(&media_type))
}

fn is_media_type(text: &str) -> bool {
    text.contains('/') && text.len() < 150 && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Reads a text: body, notes, comments, headers and footers. Tracked deletions are left out.
pub(crate) fn read_text(package: &mut Package<'_>, parts: &mut Parts) -> Result<(), Failure> {
    let mut reading = Reading::new(parts);
    if !package.walk(CONTENT, |step| reading.take(&step, None))? {
        return Err(Failure::DAMAGED);
    }
    let [body, notes, comments, _] = reading.flows;
    parts.keep(Place::Body, body);
    parts.keep(Place::Notes, notes);
    parts.keep(Place::Comments, comments);
    read_margins(package, parts)
}

/// Headers and footers, which belong to the styles of pages.
fn read_margins(package: &mut Package<'_>, parts: &mut Parts) -> Result<(), Failure> {
    let mut reading: Option<(Place, Reading)> = None;
    package.walk("styles.xml", |step| {
        match &step {
            Step::Open("header" | "header-left" | "header-first", _) => {
                reading = Some((Place::Header, Reading::new(parts)));
            }
            Step::Open("footer" | "footer-left" | "footer-first", _) => {
                reading = Some((Place::Footer, Reading::new(parts)));
            }
            Step::Close(
                "header" | "header-left" | "header-first" | "footer" | "footer-left" | "footer-first",
            ) => {
                if let Some((place, reading)) = reading.take() {
                    let [flow, ..] = reading.flows;
                    parts.keep_once(place, flow);
                }
            }
            step => {
                if let Some((_, reading)) = &mut reading {
                    return reading.take(step, None);
                }
            }
        }
        if parts.is_cut() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(())
}

/// Reads the slides of a presentation, each with what the speaker notes, and the comments; says how many slides.
pub(crate) fn read_slides(package: &mut Package<'_>, parts: &mut Parts) -> Result<u32, Failure> {
    let mut number = 0;
    let mut reading = Reading::new(parts);
    let mut comments = parts.flow();
    let found = package.walk(CONTENT, |step| match &step {
        Step::Open("page", _) => {
            number += 1;
            reading = Reading::new(parts);
            ControlFlow::Continue(())
        }
        Step::Close("page") => {
            let [slide, _, _, speaker] = std::mem::replace(&mut reading, Reading::new(parts)).flows;
            parts.keep(Place::Slide(number), slide);
            parts.keep(Place::SpeakerNotes(number), speaker);
            ControlFlow::Continue(())
        }
        // The slides that are left are counted.
        _ if parts.is_cut() => ControlFlow::Continue(()),
        step => {
            let _full = reading.take(step, Some(&mut comments));
            ControlFlow::Continue(())
        }
    })?;
    if !found {
        return Err(Failure::DAMAGED);
    }
    parts.keep(Place::Comments, comments);
    Ok(number)
}

/// Where text goes: the places of [`Reading::flows`].
#[derive(Clone, Copy)]
enum Stream {
    Body,
    Notes,
    Comments,
    Speaker,
}

/// Where in a document we are. Notes and comments stand within paragraphs of the body, and have paragraphs of their own.
struct Reading {
    flows: [Flow; 4],
    /// The streams that were left for another, each with how many paragraphs of it are open.
    left: Vec<(Stream, usize)>,
    stream: Stream,
    paragraphs: usize,
    cells: usize,
    outside: usize,
    /// Whether white space before the next text says nothing: it is one blank at most, and none where a paragraph begins.
    blank: bool,
}

impl Reading {
    fn new(parts: &Parts) -> Self {
        Self {
            flows: [parts.flow(), parts.flow(), parts.flow(), parts.flow()],
            left: Vec::new(),
            stream: Stream::Body,
            paragraphs: 0,
            cells: 0,
            outside: 0,
            blank: true,
        }
    }

    /// Takes a step; comments may go to a stream that outlives this reading.
    fn take(&mut self, step: &Step<'_>, comments: Option<&mut Flow>) -> ControlFlow<()> {
        let passed_over = |name: &str| usize::from(PASSED_OVER.contains(&name));
        match step {
            Step::Open(name, _) if self.outside > 0 || PASSED_OVER.contains(name) => {
                self.outside += passed_over(name);
            }
            Step::Close(name) if self.outside > 0 => self.outside -= passed_over(name),
            _ if self.outside > 0 => {}
            Step::Open("note-body", _) => self.begin(Stream::Notes),
            Step::Open("annotation", _) => self.begin(Stream::Comments),
            Step::Open("notes", _) => self.begin(Stream::Speaker),
            Step::Close("note-body" | "annotation" | "notes") => {
                if let Some((stream, paragraphs)) = self.left.pop() {
                    (self.stream, self.paragraphs) = (stream, paragraphs);
                }
            }
            step => {
                let flow = match (self.stream, comments) {
                    (Stream::Comments, Some(comments)) => comments,
                    (stream, _) => &mut self.flows[stream as usize],
                };
                match step {
                    Step::Text(text) if self.paragraphs > 0 => {
                        self.blank = add_collapsed(text, self.blank, flow);
                    }
                    Step::Text(_) => {}
                    Step::Open(name, element) => match *name {
                        "p" | "h" => {
                            self.paragraphs += 1;
                            self.blank = true;
                        }
                        "s" => flow.add(&blanks(element)),
                        "tab" => flow.add("\t"),
                        "line-break" => flow.add("\n"),
                        "table-cell" | "covered-table-cell" => self.cells += 1,
                        _ => {}
                    },
                    Step::Close(name) => match *name {
                        "p" | "h" => {
                            self.paragraphs = self.paragraphs.saturating_sub(1);
                            flow.gap(if self.cells > 0 { Gap::Blank } else { Gap::Line });
                        }
                        "table-cell" | "covered-table-cell" => {
                            self.cells = self.cells.saturating_sub(1);
                            flow.gap(Gap::Tab);
                        }
                        "table-row" => flow.gap(Gap::Line),
                        _ => {}
                    },
                }
                if flow.is_full() {
                    return ControlFlow::Break(());
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn begin(&mut self, stream: Stream) {
        self.left.push((self.stream, self.paragraphs));
        (self.stream, self.paragraphs) = (stream, 0);
    }
}

/// As many blanks as the element stands for.
fn blanks(element: &Element<'_>) -> String {
    " ".repeat(element.number("c").unwrap_or(1).min(MOST_BLANKS))
}

/// Adds text whose white space is layout of the XML: one blank each. Says whether it ended in one.
fn add_collapsed(text: &str, mut blank: bool, flow: &mut Flow) -> bool {
    let layout = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        if !layout(c) {
            clean.push(c);
        } else if !blank {
            clean.push(' ');
        }
        blank = layout(c);
    }
    flow.add(&clean);
    blank
}
