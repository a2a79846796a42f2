//! Titles of indicators, lines of enquiry and rights, as the pinned programme version and its framework print them.

use keyline_domain::evidence::Tags;
use keyline_domain::programmes::{Framework, Lens, Level, Programme, Provenance, Scale};
use keyline_store::inspections::Inspection;
use maud::{Markup, html};

use crate::components::Choice;
use crate::frame::{PageResult, Typed, Visitor};

/// The methodology of one inspection, for its pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Titles<'a> {
    visitor: &'a Visitor,
    /// The pinned programme version.
    pub programme: &'a Programme,
    /// Its framework.
    pub framework: &'a Framework,
}

impl<'a> Titles<'a> {
    /// The methodology that an inspection is pinned to.
    pub(crate) fn of(visitor: &'a Visitor, inspection: &Inspection) -> PageResult<Self> {
        let programme = visitor.cx().programme(inspection)?;
        let framework = visitor.cx().framework(programme)?;
        Ok(Self { visitor, programme, framework })
    }

    /// The scale that grades are given on.
    pub(crate) fn scale(&self) -> &'a Scale {
        &self.framework.scale
    }

    fn lenses(&self) -> impl Iterator<Item = &'a Lens> {
        let lenses = self.visitor.cx().library.frameworks().lenses();
        self.programme.lenses.iter().filter_map(move |key| lenses.lens(&key.value))
    }

    // A title that nobody has confirmed is never printed as official.
    fn marked(&self, title: &str, provenance: &Provenance) -> String {
        if provenance.confirmed {
            title.to_owned()
        } else {
            self.visitor.words().with("evidence-unconfirmed", &[("title", &title)])
        }
    }

    /// Number and title of an indicator.
    pub(crate) fn indicator(&self, number: &str) -> String {
        match self.framework.indicator(number) {
            Some(i) => format!("{} {}", i.number, self.marked(&i.title, &i.provenance)),
            None => number.to_owned(),
        }
    }

    /// Title of a line of enquiry.
    pub(crate) fn line(&self, key: &str) -> String {
        self.programme
            .line_of_enquiry(key)
            .map_or_else(|| key.to_owned(), |l| self.marked(&l.title, &l.provenance))
    }

    fn right(&self, tag: &str) -> String {
        let found = tag.split_once('/').and_then(|(lens, item)| {
            let lens = self.lenses().find(|l| l.key == lens)?;
            let item = lens.items.iter().find(|i| i.key == item)?;
            Some(self.marked(&item.title, &item.provenance))
        });
        found.unwrap_or_else(|| tag.to_owned())
    }

    /// The evaluated indicators, in the programme's order.
    pub(crate) fn evaluated(&self) -> Vec<String> {
        self.programme.indicators_evaluated()
    }

    /// The evaluated indicators as choices of a form.
    pub(crate) fn evaluated_choices(&self, chosen: impl Fn(&str) -> bool) -> Vec<Choice> {
        self.evaluated().iter().map(|n| Choice::new(n, self.indicator(n), chosen(n))).collect()
    }

    /// The indicators of the framework that are not graded here, as choices of a form.
    pub(crate) fn further_choices(&self, typed: &Typed) -> Vec<Choice> {
        let further = self.framework.indicators.iter().filter(|i| !self.programme.evaluates(&i.number));
        further
            .map(|i| Choice::new(&i.number, self.indicator(&i.number), typed.has("indicator", &i.number)))
            .collect()
    }

    /// The lines of enquiry as choices of a form.
    pub(crate) fn line_choices(&self, typed: &Typed) -> Vec<Choice> {
        let lines = self.programme.lines_of_enquiry.iter();
        lines
            .map(|l| Choice::new(&l.key, self.line(&l.key), typed.has("line", &l.key)).hint(l.text.clone()))
            .collect()
    }

    /// The rights of each lens as choices of a form, under the lens's title.
    pub(crate) fn right_choices(&self, typed: &Typed) -> Vec<(String, Vec<Choice>)> {
        self.lenses()
            .map(|lens| {
                let items = lens.items.iter().map(|item| {
                    let tag = format!("{}/{}", lens.key, item.key);
                    Choice::new(&tag, self.marked(&item.title, &item.provenance), typed.has("right", &tag))
                });
                (self.marked(&lens.title, &lens.provenance), items.collect())
            })
            .collect()
    }

    /// The tags of evidence as a list.
    pub(crate) fn tags(&self, tags: &Tags) -> Markup {
        html! {
            ul class="ds_no-bullets" {
                @for n in &tags.indicators { li { (self.indicator(n)) } }
                @for key in &tags.lines { li { (self.line(key)) } }
                @for tag in &tags.rights { li { (self.right(tag)) } }
            }
        }
    }

    /// A level as people say it: number and label, or the phrase alone.
    pub(crate) fn level(level: &Level) -> String {
        match level.number {
            Some(number) => format!("{number} {}", level.label),
            None => level.label.clone(),
        }
    }

    /// A stored level as people say it.
    pub(crate) fn level_of(&self, value: i64) -> String {
        self.scale().level_of_value(value).map_or_else(|| value.to_string(), Self::level)
    }

    /// The levels as choices of a form, best first.
    pub(crate) fn level_choices(&self, chosen: &str) -> Vec<Choice> {
        let levels = self.scale().levels.iter();
        levels
            .map(|l| {
                let choice = Choice::new(&l.key, Self::level(l), l.key == chosen);
                if l.descriptor.is_empty() { choice } else { choice.hint(l.descriptor.clone()) }
            })
            .collect()
    }
}
