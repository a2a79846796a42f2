//! What stands on a line of its own in curly brackets: lists, tables and the picture of the plan, from the programme.

use std::collections::BTreeMap;

use keyline_charts::standalone;
use keyline_charts::weeks::{Row, Weeks};
use keyline_domain::documents::{Block, Run};
use keyline_domain::programmes::timeline::{StepTemplate, StepTiming};

use super::compose::Making;
use crate::markdown;

/// The blocks of a piece; `None` for a name that is none.
pub(super) fn piece(m: &Making<'_>, name: &str) -> Option<Vec<Block>> {
    let p = m.programme;
    let bullets =
        |items: Vec<Vec<Run>>| if items.is_empty() { Vec::new() } else { vec![Block::Bullets { items }] };
    Some(match name {
        "addressees" => {
            bullets(p.addressees.iter().map(|a| line(m.marked(&a.title, a.provenance.confirmed))).collect())
        }
        "documents-asked" => bullets(
            p.document_requests
                .iter()
                .map(|r| named(&m.marked(&r.title, r.provenance.confirmed), &r.purpose))
                .collect(),
        ),
        "evaluated-indicators" => indicators(m),
        "help" => help(m),
        "lines-of-enquiry" => bullets(
            p.lines_of_enquiry
                .iter()
                .map(|l| named(&m.marked(&l.title, l.provenance.confirmed), &l.text))
                .collect(),
        ),
        "principles" => bullets(
            p.principles
                .iter()
                .map(|l| named(&m.marked(&l.title, l.provenance.confirmed), &l.text))
                .collect(),
        ),
        "return-columns" => return_columns(m),
        "rights" => rights(m),
        "scale" => scale(m),
        "scrutiny-bodies" => bullets(
            p.scrutiny_bodies.iter().map(|b| line(m.marked(&b.name, b.provenance.confirmed))).collect(),
        ),
        "surveys" => bullets(surveys(m)),
        "what-happens-when" => what_happens_when(m),
        _ => return None,
    })
}

fn line(text: String) -> Vec<Run> {
    vec![Run::text(text)]
}

fn named(title: &str, text: &str) -> Vec<Run> {
    vec![Run::strong(format!("{title}:")), Run::text(format!(" {text}"))]
}

fn indicators(m: &Making<'_>) -> Vec<Block> {
    let framework = m.cx.library.framework(&m.programme.framework);
    let items: Vec<_> = m
        .programme
        .evaluated_indicators
        .iter()
        .map(|i| {
            let found = framework.and_then(|f| f.indicator(&i.value));
            let title = found.map_or("", |f| f.title.as_str());
            let confirmed = i.is_confirmed() && found.is_some_and(|f| f.provenance.confirmed);
            line(m.marked(format!("{} {title}", i.value), confirmed))
        })
        .collect();
    vec![Block::Bullets { items }]
}

/// Whom the audience can turn to. A page is for no area in particular, so the council is "your council".
fn help(m: &Making<'_>) -> Vec<Block> {
    let values = BTreeMap::from([
        ("council", m.words.t("information-your-council")),
        ("area", m.words.t("information-your-area")),
    ]);
    let Some(text) = m.programme.texts.get(&m.audience.help) else { return Vec::new() };
    // A help text that names something that only an inspection knows is left out, as the page of a survey has it.
    text.fill("en", &values).map(|filled| markdown::blocks(&filled)).unwrap_or_default()
}

fn return_columns(m: &Making<'_>) -> Vec<Block> {
    let rows = m
        .programme
        .pre_inspection_return
        .columns
        .iter()
        .map(|c| vec![m.marked(&c.title, c.provenance.confirmed), c.meaning.clone()])
        .collect();
    let header = ["information-column", "information-meaning"].map(|key| m.words.t(key)).to_vec();
    vec![Block::Table { caption: m.words.t("information-columns"), header, rows, row_headings: true }]
}

fn rights(m: &Making<'_>) -> Vec<Block> {
    let lenses = m.cx.library.frameworks().lenses();
    let mut blocks = Vec::new();
    for key in &m.programme.lenses {
        let Some(lens) = lenses.lens(&key.value) else { continue };
        let confirmed = key.is_confirmed() && lens.provenance.confirmed;
        blocks.push(Block::Paragraph { runs: vec![Run::strong(m.marked(&lens.title, confirmed))] });
        let item = |i: &keyline_domain::programmes::LensItem| {
            let title = m.marked(&i.title, i.provenance.confirmed);
            if i.meaning.is_empty() { line(title) } else { named(&title, &i.meaning) }
        };
        blocks.push(Block::Bullets { items: lens.items.iter().map(item).collect() });
    }
    blocks
}

fn scale(m: &Making<'_>) -> Vec<Block> {
    let Some(framework) = m.cx.library.framework(&m.programme.framework) else { return Vec::new() };
    let rows = framework
        .scale
        .levels
        .iter()
        .map(|l| {
            let label = m.marked(&l.label, l.provenance.confirmed);
            let label = l.number.map_or_else(|| label.clone(), |number| format!("{number} {label}"));
            vec![label, l.descriptor.clone()]
        })
        .collect();
    let header = ["information-level", "information-meaning"].map(|key| m.words.t(key)).to_vec();
    vec![Block::Table { caption: framework.scale.title.clone(), header, rows, row_headings: true }]
}

fn surveys(m: &Making<'_>) -> Vec<Vec<Run>> {
    let survey = |key: &String| {
        let instrument = m.programme.instrument(key)?;
        let settings = &instrument.form.settings;
        let title = instrument.form.title.clone();
        let minutes = settings.get("minutes").cloned().unwrap_or_default();
        let step = m.programme.step(&instrument.step)?;
        Some(vec![
            Run::strong(format!("{title}.")),
            Run::text(format!(
                " {}",
                m.words
                    .with("information-survey", &[("minutes", &minutes), ("weeks", &weeks(m, step.timing))])
            )),
        ])
    };
    m.audience.surveys.iter().filter_map(survey).collect()
}

/// One step in the words of the audience.
struct Told<'a> {
    step: &'a StepTemplate,
    title: String,
    text: String,
}

fn what_happens_when(m: &Making<'_>) -> Vec<Block> {
    let mut told: Vec<Told<'_>> = if m.audience.moments.is_empty() {
        let theirs = |s: &&StepTemplate| s.parties.iter().any(|p| m.audience.parties.contains(p));
        let told = |step| Told { step, title: step.title.clone(), text: step.note.clone() };
        m.programme.timeline.steps.iter().filter(theirs).map(told).collect()
    } else {
        let told = |moment: &keyline_domain::programmes::Moment| {
            let step = m.programme.step(&moment.step)?;
            Some((step, moment.title.clone(), moment.text.clone()))
        };
        let all = m.audience.moments.iter().filter_map(told);
        all.map(|(step, title, text)| Told { step, title, text }).collect()
    };
    told.sort_by_key(|t| span(t.step.timing));
    if told.is_empty() {
        return Vec::new();
    }
    let confirmed =
        |step: &StepTemplate| m.programme.step_provenance.get(&step.key).is_some_and(|p| p.confirmed);
    let items = told
        .iter()
        .map(|t| {
            let when = m.marked(capital(&weeks(m, t.step.timing)), confirmed(t.step));
            vec![Run::strong(format!("{when}:")), Run::text(format!(" {}. {}", t.title, t.text))]
        })
        .collect();
    vec![picture(m, &told), Block::Bullets { items }]
}

/// First and last counted week.
fn span(timing: StepTiming) -> (u16, u16) {
    match timing {
        StepTiming::Day { week, .. } => (week, week),
        StepTiming::Window { from_week, to_week } => (from_week, to_week),
        StepTiming::After { week } => (week.saturating_add(1), week.saturating_add(1)),
    }
}

fn weeks(m: &Making<'_>, timing: StepTiming) -> String {
    match (timing, span(timing)) {
        (StepTiming::After { week }, _) => m.words.with("information-after-week", &[("week", &week)]),
        (_, (from, to)) if from == to => m.words.with("information-week", &[("week", &from)]),
        (_, (from, to)) => m.words.with("information-weeks", &[("from", &from), ("to", &to)]),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The steps below one another, each with its weeks as a bar.
fn picture(m: &Making<'_>, told: &[Told<'_>]) -> Block {
    let title = m.words.with("information-picture", &[("weeks", &m.programme.timeline.weeks)]);
    let row = |t: &Told<'_>| {
        let (from, to) = span(t.step.timing);
        Row { label: t.title.clone(), when: capital(&weeks(m, t.step.timing)), from, to }
    };
    let drawn = Weeks {
        id: "what-happens-when".to_owned(),
        title: title.clone(),
        description: m.words.t("information-picture-below"),
        length: m.programme.timeline.weeks,
        rows: told.iter().map(row).collect(),
    };
    let alt = format!("{title} {}", m.words.t("information-picture-below"));
    Block::Figure { svg: standalone(&drawn.draw()), alt, caption: title }
}
