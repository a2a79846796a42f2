//! All answers in words, to be checked before they are sent.

use super::filling::Filling;
use super::pages::{Heading, PageKind};

/// One question with its answer in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryLine {
    /// The page on which it can be changed.
    pub page: String,
    /// The path of the question; of the repeat for a line that counts entries.
    pub path: String,
    /// The groups and entries around it, outermost first.
    pub headings: Vec<Heading>,
    /// The question in words.
    pub question: String,
    /// The answer in words, choices one by one; empty when there is none.
    pub answer: Vec<String>,
    /// Whether something is wrong with it.
    pub wrong: bool,
}

impl Filling {
    /// The relevant questions with their answers in words, in order. Notes are left out.
    pub fn summary(&self) -> Vec<SummaryLine> {
        let mut lines = Vec::new();
        for page in self.pages() {
            let mut headings: Vec<Heading> = page.around.iter().map(|place| self.heading(*place)).collect();
            if page.kind == PageKind::Entries {
                let (frame, repeat) = page.of;
                let entries = self.data.entries(self.shape(), frame, repeat).to_vec();
                lines.push(SummaryLine {
                    path: page.id.clone(),
                    question: self.heading(page.of).label,
                    answer: entries.into_iter().map(|entry| self.entry_in_words(entry)).collect(),
                    wrong: self.check_one(frame, repeat).is_some(),
                    page: page.id,
                    headings,
                });
                continue;
            }
            if self.rules(page.of.1).is_group() {
                headings.push(self.heading(page.of));
            }
            for (path, (frame, node)) in &page.questions {
                let (frame, node) = (*frame, *node);
                let Some(question) = self.rules(node).question().filter(|_| self.is_asked(node)) else {
                    continue;
                };
                lines.push(SummaryLine {
                    page: page.id.clone(),
                    path: path.clone(),
                    headings: headings.clone(),
                    question: self.words(&question.label, frame, node),
                    answer: self.answer_in_words(frame, node),
                    wrong: self.check_one(frame, node).is_some(),
                });
            }
        }
        lines
    }
}
