//! Pages: one question each, or one group that asks for one page (`field-list`), in the order of the form.
//!
//! Groups without that appearance are headings over the pages of what is in them. After the entries of a repeat whose
//! number the respondent decides comes a page that lists them and takes `add` and `remove`.

use std::collections::BTreeMap;

use crate::expression::instance::{FrameId, OUTERMOST};
use crate::expression::shape::{ShapeId, TOP};
use crate::form::{Kind, Media, Question};

use super::choices::Offered;
use super::fault::AnswerFault;
use super::filling::Filling;
use super::rules::Row;

/// What a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// Questions (and notes) are asked.
    Questions,
    /// The entries of a repeat are listed, to be added to or removed.
    Entries,
}

/// A page without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its name in addresses: the path of its question, `section:` with the path of a group, or the path of a repeat.
    pub id: String,
    /// What it is for.
    pub kind: PageKind,
    /// Its questions and notes: path and place.
    pub(super) questions: Vec<(String, (FrameId, ShapeId))>,
    /// The groups and entries around it, outermost first.
    pub(super) around: Vec<(FrameId, ShapeId)>,
    /// The group, entry or repeat that it is made of; the question where it is one.
    pub(super) of: (FrameId, ShapeId),
    relevant: bool,
}

impl Page {
    /// The paths of its questions and notes, in order.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        self.questions.iter().map(|(path, _)| path.as_str())
    }
}

/// A group or an entry of a repeat around what is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its path.
    pub path: String,
    /// Its label; may be blank.
    pub label: String,
    /// For an entry of a repeat, which one, from 1.
    pub number: Option<usize>,
}

/// A page with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct PageView {
    /// Its name in addresses.
    pub id: String,
    /// What it is for.
    pub kind: PageKind,
    /// The groups and entries around it and, where it is one, the group that it is made of; outermost first.
    pub headings: Vec<Heading>,
    /// What is asked on it, in order.
    pub questions: Vec<Asked>,
    /// On the page of a repeat: the entries as they are summed up, the first answer in each.
    pub entries: Vec<String>,
    /// On the page of a repeat: whether another entry may be added.
    pub may_add: bool,
    /// Which page it is, from 1, among the relevant ones.
    pub number: usize,
    /// How many pages there are at the moment.
    pub of: usize,
}

/// A question or note as it is put to the respondent.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Its path, which is also the name of its field.
    pub path: String,
    /// The question of the form.
    pub question: Question,
    /// The question in words.
    pub label: String,
    /// A line of explanation.
    pub hint: String,
    /// More explanation.
    pub guidance: String,
    /// Pictures and sounds.
    pub media: Media,
    /// Whether it must be answered.
    pub required: bool,
    /// Whether it cannot be changed.
    pub read_only: bool,
    /// The choices that are offered.
    pub choices: Vec<Offered>,
    /// The answer: what was typed where it could not be kept, else what is kept; choices one by one.
    pub values: Vec<String>,
    /// What was typed in the parts of a question, by part (`day`, `month`, `year`, `hour`, `minute`, or a choice of an
    /// order); of a kept day and time, these parts.
    pub parts: BTreeMap<String, String>,
    /// What is wrong with what was typed, and was sent. Questions that were not answered yet have none.
    pub fault: Option<AnswerFault>,
    /// Headings of groups that begin here within the page.
    pub headings: Vec<Heading>,
}

impl Filling {
    /// The relevant pages in order.
    pub fn pages(&self) -> Vec<Page> {
        self.all_pages().into_iter().filter(|page| page.relevant).collect()
    }

    /// The relevant page of that name.
    pub fn page(&self, id: &str) -> Option<Page> {
        self.pages().into_iter().find(|page| page.id == id)
    }

    /// The relevant page that comes after one, which itself may have become irrelevant.
    pub fn next_after(&self, id: &str) -> Option<Page> {
        let mut pages = self.all_pages().into_iter().skip_while(|page| page.id != id);
        pages.next();
        pages.find(|page| page.relevant)
    }

    /// The relevant page that comes before one, which itself may have become irrelevant.
    pub fn previous_before(&self, id: &str) -> Option<Page> {
        let pages = self.all_pages();
        let at = pages.iter().position(|page| page.id == id)?;
        pages.into_iter().take(at).rfind(|page| page.relevant)
    }

    /// Which page it is, from 1, and how many there are at the moment.
    pub fn progress(&self, id: &str) -> Option<(usize, usize)> {
        let pages = self.pages();
        let at = pages.iter().position(|page| page.id == id)?;
        Some((at + 1, pages.len()))
    }

    /// The first page on which something is wrong.
    pub fn first_wrong(&self) -> Option<Page> {
        self.pages().into_iter().find(|page| {
            page.questions.iter().any(|(_, (frame, node))| self.check_one(*frame, *node).is_some())
                || (page.kind == PageKind::Entries && self.check_one(page.of.0, page.of.1).is_some())
        })
    }

    /// The page on which a question (or entry, or repeat) stands.
    pub fn page_of(&self, path: &str) -> Option<Page> {
        let within = format!("{path}/");
        self.pages().into_iter().find(|page| {
            page.id == path
                || page.questions().any(|question| question == path || question.starts_with(&within))
        })
    }

    /// A page with its words; `None` when it is not relevant.
    pub fn view(&self, id: &str) -> Option<PageView> {
        let pages = self.pages();
        let at = pages.iter().position(|page| page.id == id)?;
        let page = &pages[at];
        let mut headings: Vec<Heading> = page.around.iter().map(|place| self.heading(*place)).collect();
        if self.rules(page.of.1).is_group() {
            headings.push(self.heading(page.of));
        }
        let shape = self.shape();
        let mut entries = Vec::new();
        let mut may_add = false;
        if page.kind == PageKind::Entries {
            let (frame, repeat) = page.of;
            let standing = self.data.entries(shape, frame, repeat);
            may_add = standing.len() < super::entries::MOST_ENTRIES;
            entries = standing.iter().map(|entry| self.entry_in_words(*entry)).collect();
        }
        let mut last = page.around.clone();
        last.push(page.of);
        let questions = page
            .questions
            .iter()
            .map(|(path, place)| {
                let groups = self.groups_between(page.of, *place);
                let fresh = groups.iter().skip_while(|group| last.contains(group));
                let headings = fresh.map(|group| self.heading(*group)).collect();
                last.extend(groups);
                self.asked(path, *place, headings)
            })
            .collect();
        Some(PageView {
            id: page.id.clone(),
            kind: page.kind,
            headings,
            questions,
            entries,
            may_add,
            number: at + 1,
            of: pages.len(),
        })
    }

    fn asked(&self, path: &str, (frame, node): (FrameId, ShapeId), headings: Vec<Heading>) -> Asked {
        let rules = self.rules(node);
        let question = rules.question().cloned().unwrap_or_default();
        let text = self.text(frame, node);
        let typed = self.typed.get(&(frame, node));
        let mut parts = BTreeMap::new();
        let values = match typed {
            Some(typed) => {
                parts.extend(
                    typed.iter().filter_map(|(part, values)| Some((part.clone(), values.first()?.clone()))),
                );
                parts.remove("");
                typed.get("").cloned().unwrap_or_default()
            }
            None => match question.kind {
                Kind::SelectMultiple | Kind::Rank => {
                    text.split_ascii_whitespace().map(str::to_owned).collect()
                }
                _ if text.is_empty() => Vec::new(),
                _ => vec![text.to_owned()],
            },
        };
        if typed.is_none() {
            parts.extend(kept_parts(question.kind, text));
        }
        let sent = typed.is_some() || !text.is_empty();
        Asked {
            path: path.to_owned(),
            label: self.words(&question.label, frame, node),
            hint: self.words(&question.hint, frame, node),
            guidance: self.words(&question.guidance, frame, node),
            media: question.media.clone(),
            required: self.is_on(&rules.required, frame, node).unwrap_or(false),
            read_only: self.is_read_only(frame, node),
            choices: self.offered(frame, node).unwrap_or_default(),
            values,
            parts,
            fault: if sent { self.check_one(frame, node) } else { None },
            headings,
            question,
        }
    }

    pub(super) fn heading(&self, (frame, node): (FrameId, ShapeId)) -> Heading {
        let label = self.rules(node).label().map(|label| self.words(label, frame, node)).unwrap_or_default();
        let of = self.shape().node(node);
        let entry = of.repeat && of.region == self.data.region(frame);
        let number = entry.then(|| self.data.position(self.shape(), frame));
        Heading { path: self.path(frame, node), label, number }
    }

    /// The first answer in an entry, in words.
    pub(super) fn entry_in_words(&self, entry: FrameId) -> String {
        let nodes = &self.shape().region(self.data.region(entry)).nodes;
        let asked = nodes.iter().filter(|node| self.is_asked(**node) && self.is_relevant(entry, **node));
        asked
            .map(|node| self.answer_in_words(entry, *node).join(", "))
            .find(|words| !words.is_empty())
            .unwrap_or_default()
    }

    /// The groups and entries between a page and a question on it, outermost first.
    fn groups_between(
        &self,
        page: (FrameId, ShapeId),
        question: (FrameId, ShapeId),
    ) -> Vec<(FrameId, ShapeId)> {
        let shape = self.shape();
        let mut groups = Vec::new();
        let (mut frame, mut node) = question;
        while let Some(parent) = shape.node(node).parent {
            if shape.node(node).repeat {
                frame = self.data.parent(frame);
            }
            node = parent;
            if (frame, node) == page || node == TOP {
                break;
            }
            groups.push((frame, node));
        }
        groups.reverse();
        groups
    }

    /// Every page in order, whether relevant or not.
    fn all_pages(&self) -> Vec<Page> {
        let mut pages = Vec::new();
        let mut around = Vec::new();
        self.pages_in(OUTERMOST, TOP, &mut around, &mut pages);
        pages
    }

    fn pages_in(
        &self,
        frame: FrameId,
        group: ShapeId,
        around: &mut Vec<(FrameId, ShapeId)>,
        pages: &mut Vec<Page>,
    ) {
        for node in &self.shape().node(group).children {
            let node = *node;
            match &self.rules(node).row {
                Row::Question(_) if self.is_shown(node) => {
                    let path = self.path(frame, node);
                    pages.push(Page {
                        id: path.clone(),
                        kind: PageKind::Questions,
                        questions: vec![(path, (frame, node))],
                        around: around.clone(),
                        of: (frame, node),
                        relevant: self.is_relevant(frame, node),
                    });
                }
                Row::Question(_) | Row::Frame => {}
                Row::Group(_) => self.part(frame, node, around, pages),
                Row::Repeat(_) => {
                    for entry in self.data.entries(self.shape(), frame, node).to_vec() {
                        self.part(entry, node, around, pages);
                    }
                    if self.rules(node).count.is_none() {
                        pages.push(Page {
                            id: self.path(frame, node),
                            kind: PageKind::Entries,
                            questions: Vec::new(),
                            around: around.clone(),
                            of: (frame, node),
                            relevant: self.data.is_open(self.shape(), frame, node),
                        });
                    }
                }
            }
        }
    }

    /// The page or pages of a group or of an entry.
    fn part(
        &self,
        frame: FrameId,
        node: ShapeId,
        around: &mut Vec<(FrameId, ShapeId)>,
        pages: &mut Vec<Page>,
    ) {
        if !self.rules(node).is_one_page() {
            around.push((frame, node));
            self.pages_in(frame, node, around, pages);
            around.pop();
            return;
        }
        let mut questions = Vec::new();
        self.shown_in(frame, node, &mut questions);
        // notes alone are a page as well, but not one of which all is hidden
        let relevant: Vec<_> =
            questions.into_iter().filter(|(frame, node)| self.is_relevant(*frame, *node)).collect();
        pages.push(Page {
            id: format!("section:{}", self.section_path(frame, node)),
            kind: PageKind::Questions,
            relevant: !relevant.is_empty(),
            questions: relevant.into_iter().map(|place| (self.path(place.0, place.1), place)).collect(),
            around: around.clone(),
            of: (frame, node),
        });
    }

    /// All groups and entries down to a group by name, since groups may leave no trace in the paths of questions.
    fn section_path(&self, mut frame: FrameId, node: ShapeId) -> String {
        let shape = self.shape();
        let mut parts = Vec::new();
        let mut next = Some(node);
        while let Some(node) = next.filter(|node| *node != TOP) {
            let of = shape.node(node);
            if of.repeat {
                parts.push(format!("{}[{}]", of.name, self.data.position(shape, frame)));
                frame = self.data.parent(frame);
            } else {
                parts.push(of.name.clone());
            }
            next = of.parent;
        }
        parts.reverse();
        parts.join("/")
    }

    /// Everything shown in a group, its groups and the entries in it.
    fn shown_in(&self, frame: FrameId, group: ShapeId, found: &mut Vec<(FrameId, ShapeId)>) {
        for node in &self.shape().node(group).children {
            match &self.rules(*node).row {
                Row::Question(_) if self.is_shown(*node) => found.push((frame, *node)),
                Row::Group(_) => self.shown_in(frame, *node, found),
                Row::Repeat(_) => {
                    for entry in self.data.entries(self.shape(), frame, *node) {
                        self.shown_in(*entry, *node, found);
                    }
                }
                Row::Question(_) | Row::Frame => {}
            }
        }
    }

    /// Whether it stands on a page: it is asked, or is a note.
    fn is_shown(&self, node: ShapeId) -> bool {
        self.is_asked(node) || self.rules(node).question().is_some_and(|question| question.kind == Kind::Note)
    }
}

/// The parts of a day and time as it is kept.
fn kept_parts(kind: Kind, text: &str) -> BTreeMap<String, String> {
    use crate::expression::calendar;
    let mut parts = BTreeMap::new();
    let moment = calendar::moment(text);
    if let (Kind::Date | Kind::DateTime, Some(moment)) = (kind, &moment) {
        parts.insert("day".to_owned(), moment.date.day().to_string());
        parts.insert("month".to_owned(), moment.date.month().to_string());
        parts.insert("year".to_owned(), format!("{:04}", moment.date.year()));
    }
    let time = if kind == Kind::Time { calendar::time(text) } else { moment.map(|moment| moment.time) };
    if let (Kind::Time | Kind::DateTime, Some(time)) = (kind, time) {
        parts.insert("hour".to_owned(), format!("{:02}", time.hour()));
        parts.insert("minute".to_owned(), format!("{:02}", time.minute()));
    }
    if kind == Kind::Rank {
        let numbered = text.split_ascii_whitespace().enumerate();
        parts.extend(numbered.map(|(index, choice)| (choice.to_owned(), (index + 1).to_string())));
    }
    parts
}
