//! Reads `information.toml` and `information/<audience>/<page>.md`: the pages by which the public is told about the
//! programme, audience by audience.
//!
//! What the programme knows elsewhere (weeks, steps, indicators, surveys) is named in curly brackets and filled in, so that
//! it is written down once. Steps of the plan are told in the words of an audience by `[[moment]]`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::checks::Known;
use super::problems::Problems;
use super::reading::{Section, Seen};
use super::sourced::{Provenance, Sources};
use super::texts::Texts;
use crate::information::{PageText, PlaceholderFault, page_problems, placeholder_faults};

/// The audiences and their pages, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Information {
    /// For whom there are pages.
    pub audiences: Vec<InformedAudience>,
    /// The pages of all of them.
    pub pages: Vec<InformationPage>,
}

/// Somebody for whom there are pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InformedAudience {
    /// Stable key, for example `children`.
    pub key: String,
    /// Title, as people choose it.
    pub title: String,
    /// What they find there, in a sentence.
    pub lead: String,
    /// The Flesch-Kincaid grade that no page may go beyond.
    pub hardest_grade: u16,
    /// Key of the text that says whom they can turn to.
    pub help: String,
    /// Parties of the plan whose steps are told to them.
    pub parties: Vec<String>,
    /// Keys of the surveys that ask them.
    pub surveys: Vec<String>,
    /// Steps of the plan in their words; empty: all steps of their parties in the words of the plan.
    pub moments: Vec<Moment>,
}

/// A step of the plan in the words of an audience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// Key of the step.
    pub step: String,
    /// A few words for the picture.
    pub title: String,
    /// What happens, one or two sentences.
    pub text: String,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InformationPage {
    /// Key of its audience.
    pub audience: String,
    /// Stable key among the pages of the audience.
    pub key: String,
    /// What it says.
    #[serde(flatten)]
    pub text: PageText,
    /// The day on which the text in the file was last changed.
    pub changed: Date,
    /// Where the wording comes from.
    pub provenance: Provenance,
}

impl Information {
    /// The audience with this key.
    pub fn audience(&self, key: &str) -> Option<&InformedAudience> {
        self.audiences.iter().find(|audience| audience.key == key)
    }

    /// The pages of an audience, in order.
    pub fn pages_of<'i>(&'i self, audience: &'i str) -> impl Iterator<Item = &'i InformationPage> {
        self.pages.iter().filter(move |page| page.audience == audience)
    }

    /// One page.
    pub fn page(&self, audience: &str, key: &str) -> Option<&InformationPage> {
        self.pages.iter().find(|page| page.audience == audience && page.key == key)
    }

    /// Whether a file is the text of one of the pages.
    pub(super) fn has_file(&self, path: &str) -> bool {
        self.pages.iter().any(|page| path == file_of(&page.audience, &page.key))
    }
}

impl InformationPage {
    /// By what edits of the page are kept: `children/about`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.audience, self.key)
    }
}

fn file_of(audience: &str, key: &str) -> String {
    format!("information/{audience}/{key}.md")
}

/// Reads the file with the texts it names.
pub(super) fn read(
    root: &Section<'_>,
    sources: &Sources,
    known: &Known<'_>,
    texts: &Texts,
    files: &BTreeMap<String, String>,
    problems: &Problems,
) -> Information {
    let mut found = Information::default();
    let mut seen = Seen::default();
    for entry in root.some_entries("audience") {
        let key = entry.key(&mut seen);
        let (title, lead) = (entry.text("title"), entry.text("lead"));
        let hardest_grade = entry.whole("hardest-grade");
        let help = entry.text("help");
        if let Some(help) = help.as_deref().filter(|help| texts.get(help).is_none()) {
            entry.fault_at("help", format!("there is no [[text]] with key “{help}” in programme.toml"));
        }
        let parties = entry.some_texts("parties");
        let surveys = entry.plain_texts("surveys");
        for survey in surveys.iter().filter(|survey| !known.instruments.contains(*survey)) {
            entry.fault_at("surveys", format!("unknown instrument “{survey}”"));
        }
        entry.close();
        if let (Some(key), Some(title), Some(lead), Some(hardest_grade), Some(help)) =
            (key, title, lead, hardest_grade, help)
        {
            let moments = Vec::new();
            found.audiences.push(InformedAudience {
                key,
                title,
                lead,
                hardest_grade,
                help,
                parties,
                surveys,
                moments,
            });
        }
    }
    for entry in root.entries("moment") {
        let (audience, step) = (entry.text("audience"), entry.text("step"));
        let (title, text) = (entry.text("title"), entry.text("text"));
        if let (Some(step), Some(steps)) = (&step, &known.steps)
            && !steps.contains_key(step)
        {
            entry.fault_at("step", format!("unknown step “{step}”: timeline.toml has no such key"));
        }
        let place = audience.as_ref().and_then(|key| found.audiences.iter_mut().find(|a| a.key == *key));
        if let (Some(audience), None) = (&audience, &place) {
            entry.fault_at("audience", format!("unknown audience “{audience}”"));
        }
        entry.close();
        if let (Some(place), Some(step), Some(title), Some(text)) = (place, step, title, text) {
            place.moments.push(Moment { step, title, text });
        }
    }
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for entry in root.some_entries("page") {
        let audience = entry.text("audience");
        let key = entry.key(seen.entry(audience.clone().unwrap_or_default()).or_default());
        let (title, summary) = (entry.text("title"), entry.text("summary"));
        let changed = entry.date("changed");
        let provenance = sources.provenance(&entry);
        if let Some(audience) = audience.as_deref().filter(|audience| found.audience(audience).is_none()) {
            entry.fault_at("audience", format!("unknown audience “{audience}”"));
        }
        let file = audience.as_ref().zip(key.as_ref()).map(|(audience, key)| file_of(audience, key));
        let body = file.as_ref().and_then(|file| files.get(file)).cloned();
        if let (Some(file), None) = (&file, &body) {
            entry.fault(format!("{} has no file {file}", entry.name()));
        }
        if let (Some(file), Some(body)) = (&file, &body) {
            check(file, body, problems);
        }
        entry.close();
        if let (
            Some(audience),
            Some(key),
            Some(title),
            Some(summary),
            Some(changed),
            Some(provenance),
            Some(body),
        ) = (audience, key, title, summary, changed, provenance, body)
        {
            let text = PageText { title, summary, body };
            found.pages.push(InformationPage { audience, key, text, changed, provenance });
        }
    }
    found
}

fn check(file: &str, body: &str, problems: &Problems) {
    for (line, text) in (1..).zip(body.lines()) {
        for fault in placeholder_faults(text) {
            problems.add(
                file,
                line,
                match fault {
                    PlaceholderFault::Unknown(name) => format!("unknown placeholder {{{name}}}"),
                    PlaceholderFault::NotAlone(name) => {
                        format!("{{{name}}} has to stand on a line of its own")
                    }
                    PlaceholderFault::Stray => "a curly bracket that opens no placeholder".to_owned(),
                },
            );
        }
    }
    if placeholder_faults(body).is_empty() && !page_problems(body).is_empty() {
        problems.add(file, 1, "this text is empty or too long");
    }
}
