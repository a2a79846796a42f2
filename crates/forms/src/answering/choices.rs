//! Which choices a question offers at the moment, and reading answers that are choices.

use std::collections::BTreeSet;

use crate::expression::instance::FrameId;
use crate::expression::shape::ShapeId;
use crate::expression::{Node, Stop};
use crate::form::{Kind, Media};

use super::fault::Code;
use super::filling::Filling;
use super::rules::Source;

/// A choice that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The value that is sent.
    pub name: String,
    /// Its words in the language of the respondent; the value where it has none.
    pub label: String,
    /// Pictures and sounds beside it.
    pub media: Media,
}

impl Filling {
    /// The choices that a question offers at the moment, in order. Empty for questions without choices.
    pub(super) fn offered(&self, frame: FrameId, node: ShapeId) -> Result<Vec<Offered>, Stop> {
        let Some(question) = self.rules(node).question() else { return Ok(Vec::new()) };
        let nodes = self.offered_nodes(frame, node)?;
        let list = question.choices.as_ref().and_then(|from| {
            let form = &self.compiled.form;
            form.lists.iter().chain(&form.external_lists).find(|list| list.name == from.name())
        });
        Ok(nodes
            .into_iter()
            .filter_map(|item| match item {
                Node::Item(_, row) => {
                    let choice = list?.choices.get(row as usize)?;
                    let label = self.words(&choice.label, frame, node);
                    let label = if label.is_empty() { choice.name.clone() } else { label };
                    Some(Offered { name: choice.name.clone(), label, media: choice.media.clone() })
                }
                Node::Answer(entry, answered) => {
                    let text = self.text(entry, answered).to_owned();
                    Some(Offered { name: text.clone(), label: text, media: Media::default() })
                }
                _ => None,
            })
            .collect())
    }

    /// The values that a question offers at the moment.
    pub(super) fn offered_names(&self, frame: FrameId, node: ShapeId) -> Result<Vec<String>, Stop> {
        let names = &self.compiled.names;
        Ok(self
            .offered_nodes(frame, node)?
            .into_iter()
            .filter_map(|item| match item {
                Node::Item(list, row) => Some(names.lists.table(list).name_in(row as usize).to_owned()),
                Node::Answer(entry, answered) => Some(self.text(entry, answered).to_owned()),
                _ => None,
            })
            .collect())
    }

    fn offered_nodes(&self, frame: FrameId, node: ShapeId) -> Result<Vec<Node>, Stop> {
        let rules = self.rules(node);
        let shape = self.shape();
        let candidates: Vec<Node> = match &rules.choices {
            None => return Ok(Vec::new()),
            Some(Source::List(list)) => {
                let rows = u32::try_from(self.compiled.names.lists.table(*list).rows()).unwrap_or(u32::MAX);
                (0..rows).map(|row| Node::Item(*list, row)).collect()
            }
            Some(Source::Answers(answered)) => {
                let region = shape.node(*answered).region;
                let common = shape.common_region(region, self.data.region(frame));
                // a question in the same repeat chooses among all entries, not only its own
                let common = if common == region { shape.region(region).parent.unwrap_or(0) } else { common };
                let levels = shape.region(self.data.region(frame)).depth - shape.region(common).depth;
                let within = self.data.out(frame, levels);
                let is_within = |entry: &FrameId| {
                    let levels = shape.region(region).depth - shape.region(common).depth;
                    self.data.out(*entry, levels) == within
                };
                self.data
                    .frames_of(shape, region)
                    .into_iter()
                    .filter(is_within)
                    .filter(|entry| {
                        self.is_relevant(*entry, *answered) && !self.text(*entry, *answered).is_empty()
                    })
                    .map(|entry| Node::Answer(entry, *answered))
                    .collect()
            }
        };
        let mut offered = match &rules.choice_filter {
            None => candidates,
            Some(filter) => {
                let size = candidates.len();
                let evaluator = self.evaluator(frame, node);
                let mut kept = Vec::new();
                for (index, item) in candidates.into_iter().enumerate() {
                    // the filter looks at the entry, not at the one answer in it
                    let focus = match item {
                        Node::Answer(entry, answered) => {
                            Node::Answer(entry, shape.region(shape.node(answered).region).opened_by)
                        }
                        other => other,
                    };
                    if filter.holds_for(&evaluator, focus, index + 1, size)? {
                        kept.push(item);
                    }
                }
                kept
            }
        };
        if rules.shuffled {
            let seed = match &rules.seed {
                Some(seed) => Some(seed.number(&self.evaluator(frame, node))?),
                None => None,
            };
            offered = crate::expression::functions::shuffled(&offered, seed, &self.surroundings.chance);
        }
        Ok(offered)
    }

    /// The value of a question with choices, from what was chosen. Choices of a set stand in the order of the list.
    pub(super) fn read_choices(
        &self,
        frame: FrameId,
        node: ShapeId,
        chosen: &[String],
    ) -> Result<String, Code> {
        let Some(question) = self.rules(node).question() else { return Ok(String::new()) };
        let chosen: Vec<&str> = match question.kind {
            // a set may also come as one text with blanks between the choices
            Kind::SelectMultiple | Kind::Rank => {
                chosen.iter().flat_map(|text| text.split_ascii_whitespace()).collect()
            }
            _ => chosen.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect(),
        };
        if chosen.is_empty() {
            return Ok(String::new());
        }
        let mut offered =
            self.offered_names(frame, node).map_err(|stop| Code::CannotWorkOut(stop.to_string()))?;
        let known: BTreeSet<&str> = offered.iter().map(String::as_str).collect();
        if !chosen.iter().all(|choice| known.contains(choice)) {
            return Err(Code::NotOffered);
        }
        let distinct: BTreeSet<&str> = chosen.iter().copied().collect();
        match question.kind {
            Kind::SelectMultiple => {
                if self.rules(node).shuffled
                    && let Some(Source::List(list)) = self.rules(node).choices
                {
                    let table = self.compiled.names.lists.table(list);
                    offered.sort_by_key(|name| table.row(name));
                }
                let in_order: Vec<&str> =
                    offered.iter().map(String::as_str).filter(|name| distinct.contains(name)).collect();
                Ok(in_order.join(" "))
            }
            Kind::Rank => {
                if distinct.len() == chosen.len() && chosen.len() == offered.len() {
                    Ok(chosen.join(" "))
                } else {
                    Err(Code::NotAnOrder)
                }
            }
            _ => match chosen.as_slice() {
                [one] => Ok((*one).to_owned()),
                _ if distinct.len() == 1 => Ok(chosen[0].to_owned()),
                _ => Err(Code::MoreThanOne),
            },
        }
    }
}
