//! The report as a document: what people wrote, and what is made from the inspection, in the order of the template.
//!
//! Pure: facts in, [`Document`] out. Sentences of its own come from a [`Wording`], which the operations take from the
//! translations. A title that no published source confirms is marked wherever it stands. To fill a new kind of
//! section, add it to [`SectionKind`](crate::programmes::SectionKind) and answer it in [`Builder::section`].

use jiff::civil::Date;

use super::figures::Figure;
use crate::documents::{Block, Document, DocumentKind, Run};
use crate::programmes::{Council, Framework, Indicator, Level, Programme, ReportSection, SectionKind};

/// Where the sentences come from that nobody typed.
pub trait Wording {
    /// The message of a key with its values.
    fn say(&self, key: &str, values: &[(&str, &str)]) -> String;
    /// A day as people read it.
    fn day(&self, day: Date) -> String;
    /// Language tag of the document, for example `en-GB`.
    fn language(&self) -> &str;
}

/// Strength or area for improvement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingSide {
    /// Works well.
    Strength,
    /// Could be better.
    AreaForImprovement,
}

/// A finding as the report prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedFinding {
    /// Number of the indicator.
    pub indicator: String,
    /// Which side.
    pub side: FindingSide,
    /// Its text.
    pub body: String,
}

/// A confirmed grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedGrade {
    /// Number of the indicator.
    pub indicator: String,
    /// Number of the level on the framework's scale.
    pub level: u8,
}

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedRecommendation {
    /// Its number in the report, from 1.
    pub number: u32,
    /// Number of the indicator.
    pub indicator: String,
    /// Its text.
    pub body: String,
}

/// A key fact: `key` of its name in the translations (`report-fact-…`) and the count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFact {
    /// Key of the name.
    pub key: String,
    /// The count.
    pub figure: Figure,
}

/// Everything the report is made of.
#[derive(Debug, Clone)]
pub struct ReportFacts<'a> {
    /// The pinned programme version.
    pub programme: &'a Programme,
    /// Its framework.
    pub framework: &'a Framework,
    /// The area.
    pub council: &'a Council,
    /// Day of the notification.
    pub notified_on: Option<Date>,
    /// Day the document bears.
    pub date: Date,
    /// Key of the line under the title (`report-edition-…`), for editions that are not the published one.
    pub edition: Option<&'a str>,
    /// Text across every page.
    pub watermark: Option<String>,
    /// What people wrote: key of the section and text.
    pub sections: Vec<(String, String)>,
    /// Grades as the panel confirmed them; an indicator without one is printed as not yet graded.
    pub grades: Vec<ReportedGrade>,
    /// Findings.
    pub findings: Vec<ReportedFinding>,
    /// Recommendations in order.
    pub recommendations: Vec<ReportedRecommendation>,
    /// Counts, people suppressed below five.
    pub key_facts: Vec<KeyFact>,
    /// A stand-alone SVG of the grades.
    pub picture: Option<String>,
}

/// Builds the document.
pub fn build(facts: &ReportFacts<'_>, words: &dyn Wording) -> Document {
    Builder { facts, words, blocks: Vec::new() }.document()
}

/// A title, marked when no published source confirms it.
pub fn titled(title: &str, confirmed: bool, words: &dyn Wording) -> String {
    if confirmed { title.to_owned() } else { words.say("report-unconfirmed", &[("title", title)]) }
}

struct Builder<'a> {
    facts: &'a ReportFacts<'a>,
    words: &'a dyn Wording,
    blocks: Vec<Block>,
}

impl Builder<'_> {
    fn document(mut self) -> Document {
        let facts = self.facts;
        if facts.council.fictional {
            self.blocks.push(Block::Callout {
                title: self.say("report-fictional-title", &[]),
                blocks: vec![Block::paragraph(
                    self.say("report-fictional", &[("area", &facts.council.name)]),
                )],
            });
        }
        for section in &facts.programme.report.sections {
            self.section(section);
        }
        let programme = facts.programme;
        let title = titled(&programme.title.value, programme.title.is_confirmed(), self.words);
        let lead = programme.scrutiny_bodies.first().map(|b| b.name.clone()).unwrap_or_default();
        Document {
            kind: DocumentKind::Report,
            title: self.say("report-title", &[("area", &facts.council.name)]),
            subtitle: facts.edition.map(|key| self.say(key, &[])).unwrap_or_default(),
            language: self.words.language().to_owned(),
            author: lead,
            date: facts.date,
            date_text: self.words.day(facts.date),
            watermark: facts.watermark.clone(),
            front: self.front(title),
            contents_title: self.say("report-contents", &[]),
            blocks: self.blocks,
        }
    }

    fn front(&self, title: String) -> Vec<(String, String)> {
        let facts = self.facts;
        let council = facts.council;
        let bodies: Vec<_> = facts
            .programme
            .scrutiny_bodies
            .iter()
            .map(|b| titled(&b.name, b.provenance.confirmed || council.fictional, self.words))
            .collect();
        let partnership = titled(
            &council.partnership.value,
            council.partnership.is_confirmed() || council.fictional,
            self.words,
        );
        let mut front = vec![
            (self.say("report-front-programme", &[]), title),
            (self.say("report-front-partnership", &[]), partnership),
            (self.say("report-front-bodies", &[]), bodies.join(", ")),
            (
                self.say("report-front-framework", &[]),
                self.say(
                    "report-framework",
                    &[
                        (
                            "title",
                            &titled(
                                &facts.framework.title.value,
                                facts.framework.title.is_confirmed(),
                                self.words,
                            ),
                        ),
                        ("edition", &facts.framework.edition.value),
                    ],
                ),
            ),
        ];
        if let Some(day) = facts.notified_on {
            front.push((self.say("report-front-notified", &[]), self.words.day(day)));
        }
        front
    }

    fn section(&mut self, section: &ReportSection) {
        self.blocks.push(Block::Heading {
            level: 1,
            text: section.title.clone(),
            anchor: section.key.clone(),
        });
        match section.kind {
            SectionKind::Narrative | SectionKind::Summary => self.written(section),
            SectionKind::LineOfEnquiry => self.line(section),
            SectionKind::KeyFacts => self.key_facts(),
            SectionKind::Evaluations => self.evaluations(section),
            SectionKind::Recommendations => self.recommendations(),
            SectionKind::NextSteps => self.next_steps(),
            SectionKind::Scale => self.scale(),
        }
    }

    fn written(&mut self, section: &ReportSection) {
        let text = self
            .facts
            .sections
            .iter()
            .find(|(key, _)| *key == section.key)
            .map_or("", |(_, body)| body.as_str());
        let blocks = typed_blocks(text, &section.key);
        if blocks.is_empty() {
            let empty = self.say("report-section-empty", &[]);
            self.blocks.push(Block::paragraph(empty));
        }
        self.blocks.extend(blocks);
    }

    fn line(&mut self, section: &ReportSection) {
        if let Some(line) = section.line.as_deref().and_then(|key| self.facts.programme.line_of_enquiry(key))
        {
            let title = titled(&line.title, line.provenance.confirmed, self.words);
            self.blocks.push(Block::Callout {
                title: self.say("report-line", &[("title", &title)]),
                blocks: vec![Block::paragraph(&line.text)],
            });
        }
        self.written(section);
        for number in &section.indicators {
            self.blocks.push(self.grade_line(number));
        }
    }

    fn indicator(&self, number: &str) -> String {
        match self.facts.framework.indicator(number) {
            Some(Indicator { title, provenance, .. }) => {
                format!("{number} {}", titled(title, provenance.confirmed, self.words))
            }
            None => number.to_owned(),
        }
    }

    fn level(&self, number: &str) -> Option<&Level> {
        let grade = self.facts.grades.iter().find(|g| g.indicator == number)?;
        self.facts.framework.scale.level_numbered(grade.level)
    }

    // "5.3 Title: Good (4)": the word first, the number after it.
    fn grade_line(&self, number: &str) -> Block {
        let grade = match self.level(number) {
            Some(level) => self.level_words(level),
            None => self.say("report-not-graded", &[]),
        };
        Block::Paragraph {
            runs: vec![
                Run::text(format!("{}: ", self.indicator(number))),
                Run::strong(grade),
                Run::text("."),
            ],
        }
    }

    fn level_words(&self, level: &Level) -> String {
        match level.number {
            Some(number) => {
                self.say("report-level", &[("label", &level.label), ("number", &number.to_string())])
            }
            None => level.label.clone(),
        }
    }

    fn key_facts(&mut self) {
        if self.facts.key_facts.is_empty() {
            let none = self.say("report-no-facts", &[]);
            self.blocks.push(Block::paragraph(none));
            return;
        }
        let rows: Vec<_> = self
            .facts
            .key_facts
            .iter()
            .map(|fact| {
                let shown = match fact.figure {
                    Figure::Shown(count) => count.to_string(),
                    Figure::Few => self.say("report-few", &[]),
                };
                vec![self.say(&fact.key, &[]), shown]
            })
            .collect();
        let caption = self.say("report-facts-caption", &[]);
        let header = vec![self.say("report-facts-what", &[]), self.say("report-facts-count", &[])];
        let note = self.say("report-facts-note", &[]);
        self.blocks.push(Block::table(caption, header, rows));
        self.blocks.push(Block::paragraph(note));
    }

    fn evaluations(&mut self, section: &ReportSection) {
        let rows: Vec<Vec<String>> = section
            .indicators
            .iter()
            .map(|number| {
                let (grade, meaning) = match self.level(number) {
                    Some(level) => (self.level_words(level), level.descriptor.clone()),
                    None => (self.say("report-not-graded", &[]), String::new()),
                };
                vec![self.indicator(number), grade, meaning]
            })
            .collect();
        if let Some(svg) = &self.facts.picture {
            let said: Vec<_> = rows.iter().map(|r| format!("{}: {}", r[0], r[1])).collect();
            self.blocks.push(Block::Figure {
                svg: svg.clone(),
                alt: self.say("report-picture-alt", &[("grades", &said.join("; "))]),
                caption: self.say("report-picture-caption", &[]),
            });
        }
        self.blocks.push(Block::table(
            self.say("report-grades-caption", &[]),
            vec![
                self.say("report-grades-indicator", &[]),
                self.say("report-grades-grade", &[]),
                self.say("report-grades-meaning", &[]),
            ],
            rows,
        ));
        for number in &section.indicators {
            let text = self.indicator(number);
            let anchor = format!("indicator-{}", number.replace('.', "-"));
            self.blocks.push(Block::Heading { level: 2, text, anchor });
            self.blocks.push(self.grade_line(number));
            self.findings(number, FindingSide::Strength, "report-strengths");
            self.findings(number, FindingSide::AreaForImprovement, "report-areas");
        }
    }

    fn findings(&mut self, number: &str, side: FindingSide, key: &str) {
        let found: Vec<_> = self
            .facts
            .findings
            .iter()
            .filter(|f| f.indicator == number && f.side == side)
            .map(|f| f.body.clone())
            .collect();
        if !found.is_empty() {
            let lead = self.say(key, &[]);
            self.blocks.push(Block::Paragraph { runs: vec![Run::strong(lead)] });
            self.blocks.push(Block::bullets(found));
        }
    }

    fn recommendations(&mut self) {
        let items: Vec<_> = self
            .facts
            .recommendations
            .iter()
            .map(|r| {
                let about =
                    self.say("report-recommendation-about", &[("indicator", &self.indicator(&r.indicator))]);
                vec![Run::text(format!("{} ", r.body)), Run::emphasis(about)]
            })
            .collect();
        let block = if items.is_empty() {
            Block::paragraph(self.say("report-no-recommendations", &[]))
        } else {
            Block::Numbered { items }
        };
        self.blocks.push(block);
    }

    fn next_steps(&mut self) {
        let weeks = &self.facts.programme.action_plan_weeks;
        let said = self.say("report-next-plan", &[("weeks", &weeks.value.to_string())]);
        let followed = self.say("report-next-link", &[]);
        self.blocks.push(Block::paragraph(said));
        self.blocks.push(Block::paragraph(followed));
    }

    fn scale(&mut self) {
        let scale = &self.facts.framework.scale;
        let rows: Vec<_> = scale
            .levels
            .iter()
            .map(|level| {
                let label = titled(&self.level_words(level), level.provenance.confirmed, self.words);
                vec![label, level.descriptor.clone()]
            })
            .collect();
        self.blocks.push(Block::table(
            titled(&scale.title, scale.provenance.confirmed, self.words),
            vec![self.say("report-grades-grade", &[]), self.say("report-grades-meaning", &[])],
            rows,
        ));
    }

    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.say(key, values)
    }
}

/// What somebody typed as blocks: blank lines part paragraphs, lines that begin with `- ` are a list, a line that
/// begins with `## ` is a heading.
fn typed_blocks(text: &str, section: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for piece in text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        let mut lines: Vec<&str> = piece.lines().map(str::trim).collect();
        if let Some(heading) = lines[0].strip_prefix("## ").map(str::trim).filter(|h| !h.is_empty()) {
            let anchor = format!("{section}-{}", crate::documents::anchor(heading));
            blocks.push(Block::Heading { level: 2, text: heading.to_owned(), anchor });
            lines.remove(0);
        }
        if lines.is_empty() {
            continue;
        }
        if lines.iter().all(|l| l.starts_with("- ")) {
            blocks.push(Block::bullets(lines.iter().map(|l| l[2..].trim())));
        } else {
            blocks.push(Block::paragraph(lines.join(" ")));
        }
    }
    blocks
}

#[cfg(test)]
mod tests;
