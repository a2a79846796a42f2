//! A page as a document: the Markdown of its text, with what the programme knows put in.

use jiff::civil::Date;
use keyline_domain::documents::{Block, Document, DocumentKind, Run};
use keyline_domain::information::PageText;
use keyline_domain::information::readability::{Readability, measure};
use keyline_domain::programmes::{InformedAudience, Programme, ScrutinyPart, filled};
use keyline_words::{Catalogue, ENGLISH, Words};

use super::pages::Found;
use super::pieces;
use crate::context::Cx;
use crate::markdown;

/// The language of the pages.
const LANGUAGE: &str = "en-GB";

/// A page as its readers get it.
#[derive(Debug, Clone)]
pub struct Composed {
    /// The page; its title is not among the blocks.
    pub document: Document,
    /// How hard its sentences are to read; `None` when it has none. Headings, tables and pictures do not count.
    pub readability: Option<Readability>,
}

/// What a page is made from.
pub(super) struct Making<'a> {
    pub(super) cx: &'a Cx,
    pub(super) words: Words<'static>,
    pub(super) programme: &'a Programme,
    pub(super) audience: &'a InformedAudience,
}

impl Making<'_> {
    /// A value with a mark when no published source confirms it.
    pub(super) fn marked(&self, value: impl std::fmt::Display, confirmed: bool) -> String {
        if confirmed {
            value.to_string()
        } else {
            format!("{value} {}", self.words.t("information-unconfirmed"))
        }
    }

    /// What a name in curly brackets stands for within a sentence.
    fn value(&self, name: &str) -> Option<String> {
        let p = self.programme;
        let text =
            |it: &keyline_domain::programmes::Sourced<String>| self.marked(&it.value, it.is_confirmed());
        Some(match name {
            "action-plan-weeks" => self.marked(p.action_plan_weeks.value, p.action_plan_weeks.is_confirmed()),
            "disposal-days" => match &p.disposal_days {
                Some(days) => self.marked(days.value, days.is_confirmed()),
                None => self.words.t("information-days-not-set"),
            },
            "lead-body" => self.lead_body(),
            "legal-basis" => text(&p.legal_basis),
            "population" => self.marked(&p.population.value.text, p.population.is_confirmed()),
            "programme" => text(&p.title),
            "reading-days" => self.marked(p.record_reading.value.days, p.record_reading.is_confirmed()),
            "remit" => text(&p.remit),
            "under-age" => self.marked(p.population.value.under_age, p.population.is_confirmed()),
            "weeks" => self.marked(p.timeline.weeks, p.length_provenance.confirmed),
            "years" => self.marked(p.retrospective_years.value, p.retrospective_years.is_confirmed()),
            _ => return None,
        })
    }

    fn lead_body(&self) -> String {
        let lead = self.programme.scrutiny_bodies.iter().find(|b| b.part == ScrutinyPart::Lead);
        lead.map_or_else(String::new, |b| self.marked(&b.name, b.provenance.confirmed))
    }

    /// The address behind a name that becomes a link.
    fn address(&self, name: &str) -> Option<String> {
        let site = &self.cx.settings.public_address;
        match name {
            "address" => Some(site.clone()),
            "tell-us" => Some(format!("{site}/tell-us")),
            _ => None,
        }
    }

    /// A stretch of text with its names filled; addresses become links.
    fn run(&self, run: Run) -> Vec<Run> {
        let fill = |text: &str| filled(text, |name| self.value(name));
        match run {
            Run::Text { text } => {
                let mut runs = Vec::new();
                let mut rest = text.as_str();
                while let Some((at, name, address)) = ["{address}", "{tell-us}"]
                    .iter()
                    .filter_map(|name| {
                        let address = self.address(name.trim_matches(['{', '}']))?;
                        rest.find(name).map(|at| (at, *name, address))
                    })
                    .min_by_key(|(at, ..)| *at)
                {
                    if at > 0 {
                        runs.push(Run::text(fill(&rest[..at])));
                    }
                    runs.push(Run::link(address.clone(), address));
                    rest = &rest[at + name.len()..];
                }
                if !rest.is_empty() {
                    runs.push(Run::text(fill(rest)));
                }
                runs
            }
            Run::Strong { text } => vec![Run::strong(fill(&text))],
            Run::Emphasis { text } => vec![Run::emphasis(fill(&text))],
            Run::Link { text, href } => vec![Run::link(fill(&text), href)],
            other @ Run::InLanguage { .. } => vec![other],
        }
    }

    fn runs(&self, runs: Vec<Run>) -> Vec<Run> {
        runs.into_iter().flat_map(|run| self.run(run)).collect()
    }

    fn items(&self, items: Vec<Vec<Run>>) -> Vec<Vec<Run>> {
        items.into_iter().map(|item| self.runs(item)).collect()
    }

    fn block(&self, block: Block) -> Vec<Block> {
        vec![match block {
            Block::Paragraph { runs } => {
                let alone = runs.iter().map(Run::plain).collect::<String>();
                let name = alone.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
                if let Some(found) = name.and_then(|name| pieces::piece(self, name)) {
                    return found;
                }
                Block::Paragraph { runs: self.runs(runs) }
            }
            Block::Heading { level, text, .. } => {
                Block::heading(level, filled(&text, |name| self.value(name)))
            }
            Block::Bullets { items } => Block::Bullets { items: self.items(items) },
            Block::Numbered { items } => Block::Numbered { items: self.items(items) },
            Block::Quote { runs, source } => Block::Quote { runs: self.runs(runs), source },
            Block::Table { caption, header, rows, row_headings } => {
                let fill = |text: String| filled(&text, |name| self.value(name));
                let fill_all = |row: Vec<String>| row.into_iter().map(fill).collect();
                let rows = rows.into_iter().map(fill_all).collect();
                Block::Table { caption: fill(caption), header: fill_all(header), rows, row_headings }
            }
            other => other,
        }]
    }
}

/// Puts a page together. `own` says that the text is the file's and no officer has published another: when no published
/// source confirms it, the page says so. The same text and programme give the same document.
pub(super) fn compose(
    cx: &Cx,
    Found { programme, audience, page }: Found<'_>,
    text: &PageText,
    (changed, own): (Date, bool),
) -> Composed {
    let words = Catalogue::shared().words(ENGLISH);
    let making = Making { cx, words, programme, audience };
    let mut blocks = markdown::blocks(&text.body);
    // Whether the officer begins with # or ## does not matter: the title of the page stands above.
    let shift = blocks
        .iter()
        .filter_map(|b| if let Block::Heading { level, .. } = b { Some(*level) } else { None })
        .min()
        .map_or(0, |least| least.saturating_sub(1));
    for block in &mut blocks {
        if let Block::Heading { level, .. } = block {
            *level -= shift;
        }
    }
    let mut blocks: Vec<Block> = blocks.into_iter().flat_map(|block| making.block(block)).collect();
    let readability = measure(sentences(&blocks));
    if own && !page.provenance.confirmed {
        blocks.push(Block::Paragraph { runs: vec![Run::emphasis(words.t("information-own-wording"))] });
    }
    let author = words.t("product");
    let mut document = Document::new(
        DocumentKind::Paper,
        text.title.clone(),
        LANGUAGE,
        author,
        changed,
        words.date(changed),
    );
    document.subtitle = format!("{}. {}", audience.title, programme.title.value);
    document.blocks = blocks;
    Composed { document, readability }
}

/// A page as it goes on paper: with the box that stands beside it on the web, whom to talk to and where help is.
pub(super) fn on_paper(cx: &Cx, document: &Document) -> Document {
    let words = Catalogue::shared().words(ENGLISH);
    let line = |key: &str, link: Run| vec![Run::strong(words.t(key)), Run::text(": "), link];
    let tell_us = format!("{}/tell-us", cx.settings.public_address);
    let items = vec![
        line("information-tell-us", Run::link(tell_us.clone(), tell_us)),
        line("home-danger", Run::link("999", "tel:999")),
        line("home-childline", Run::link("0800 1111", "tel:08001111")),
    ];
    let mut document = document.clone();
    let title = words.t("information-in-reach");
    document.blocks.push(Block::Callout { title, blocks: vec![Block::Bullets { items }] });
    document
}

/// What is read as sentences: paragraphs, items, quotations.
fn sentences(blocks: &[Block]) -> Vec<String> {
    let join = |runs: &[Run]| runs.iter().map(Run::plain).collect::<String>();
    blocks
        .iter()
        .flat_map(|block| match block {
            Block::Paragraph { runs } | Block::Quote { runs, .. } => vec![join(runs)],
            Block::Bullets { items } | Block::Numbered { items } => items.iter().map(|i| join(i)).collect(),
            Block::Callout { blocks, .. } => sentences(blocks),
            _ => Vec::new(),
        })
        .collect()
}
