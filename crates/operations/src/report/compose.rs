//! Puts the report together from what stands in the database.

use std::collections::BTreeMap;

use jiff::civil::Date;
use keyline_charts::stacked::{Part, Row, Stacked};
use keyline_charts::{Picture, standalone};
use keyline_domain::access::{Action, Actor};
use keyline_domain::documents::Document;
use keyline_domain::ids::InspectionId;
use keyline_domain::judgement::figures::Figure;
use keyline_domain::judgement::report::{KeyFact, ReportFacts, ReportedGrade, Wording, build, titled};
use keyline_domain::programmes::{Framework, Programme};
use keyline_store::report::made_of;
use keyline_store::{Source, inspections, report};
use keyline_words::{Catalogue, Words};

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// The sentences of reports. A report is written in English, whatever language its reader chose for the pages.
pub(super) struct ReportWords;

impl ReportWords {
    fn words() -> Words<'static> {
        Catalogue::shared().words("en")
    }
}

impl Wording for ReportWords {
    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<_> = values.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Self::words().with_pairs(key, &values)
    }
    fn day(&self, day: Date) -> String {
        Self::words().date(day)
    }
    fn language(&self) -> &'static str {
        "en-GB"
    }
}

/// What an edition says beside the facts.
pub(super) struct Marks<'a> {
    /// Key of the line under the title.
    pub edition: Option<&'a str>,
    /// Text across every page.
    pub watermark: Option<String>,
    /// Day it bears.
    pub date: Date,
}

/// The report as it stands now, for those who write and read it inside the team.
///
/// # Errors
/// [`Refused::Hidden`] without the right to see the report.
pub async fn preview(cx: &Cx, actor: &Actor, inspection: InspectionId) -> Result<Document> {
    let grant = cx.grant(actor, inspection, Action::SeeReport).await?;
    let mut reader = cx.read().await?;
    let marks = Marks { edition: Some("report-edition-preview"), watermark: None, date: cx.today() };
    document(cx, &mut reader, &grant, &marks).await
}

pub(super) async fn document(
    cx: &Cx,
    source: &mut impl Source,
    grant: &keyline_domain::access::Grant,
    marks: &Marks<'_>,
) -> Result<Document> {
    let inspection = inspections::get(source, grant).await?;
    let programme = cx.programme(&inspection)?;
    let framework = cx.library.framework(&programme.framework).ok_or_else(|| {
        Refused::fault(anyhow::anyhow!("framework {} is not in the library", programme.framework))
    })?;
    let council = cx
        .library
        .council(&inspection.area)
        .ok_or_else(|| Refused::fault(anyhow::anyhow!("area {} is not in the library", inspection.area)))?;
    let sections = report::sections(source, grant).await?;
    let grades = made_of::grades(source, grant).await?;
    let counts = made_of::counts(source, grant).await?;
    let facts = ReportFacts {
        programme,
        framework,
        council,
        notified_on: inspection.notified_on,
        date: marks.date,
        edition: marks.edition,
        watermark: marks.watermark.clone(),
        sections: sections.into_iter().map(|s| (s.key, s.body)).collect(),
        findings: made_of::findings(source, grant).await?,
        recommendations: made_of::recommendations(source, grant).await?,
        key_facts: key_facts(programme, &counts),
        picture: picture(programme, framework, &grades, "report-grades").map(|p| standalone(&p)),
        grades,
    };
    Ok(build(&facts, &ReportWords))
}

fn of_people(groups: &BTreeMap<&str, u32>, name: fn(&str) -> String) -> Vec<KeyFact> {
    groups
        .iter()
        .map(|(audience, count)| {
            let key = name(&audience.replace('_', "-"));
            let key = if ReportWords::words().has(&key) { key } else { name("others") };
            KeyFact { key, figure: Figure::of_people(*count) }
        })
        .collect()
}

fn key_facts(programme: &Programme, counts: &made_of::Counts) -> Vec<KeyFact> {
    // The programme says of each kind of session whom it meets; a group is counted once, over all its kinds.
    let mut met = BTreeMap::<&str, u32>::new();
    for (kind, people) in &counts.people_met {
        *met.entry(programme.session_kind(kind).map_or("others", |k| k.audience.word())).or_default() +=
            people;
    }
    let mut answered = BTreeMap::<&str, u32>::new();
    for (audience, people) in &counts.survey_answers {
        *answered.entry(audience).or_default() += people;
    }
    let mut facts = of_people(&answered, |audience| format!("report-fact-survey-{audience}"));
    facts.extend(of_people(&met, |audience| format!("report-fact-met-{audience}")));
    if counts.records_read > 0 {
        facts.push(KeyFact {
            key: "report-fact-records".into(),
            figure: Figure::of_people(counts.records_read),
        });
    }
    for (key, count) in
        [("report-fact-sessions", counts.sessions), ("report-fact-documents", counts.documents)]
    {
        if count > 0 {
            facts.push(KeyFact { key: key.into(), figure: Figure::of_things(count) });
        }
    }
    facts
}

/// The grades as a picture: a bar for each indicator, in the colour of its level. `None` while nothing is
/// graded. `id` is the prefix of the ids in the picture.
pub fn picture(
    programme: &Programme,
    framework: &Framework,
    grades: &[ReportedGrade],
    id: &str,
) -> Option<Picture> {
    let levels = &framework.scale.levels;
    let rows: Vec<Row> = grades
        .iter()
        .filter(|grade| programme.evaluates(&grade.indicator))
        .filter_map(|grade| {
            let level = framework.scale.level_numbered(grade.level)?;
            let indicator = framework.indicator(&grade.indicator)?;
            let title = titled(&indicator.title, indicator.provenance.confirmed, &ReportWords);
            Some(Row {
                label: format!("{} {title}", grade.indicator),
                parts: levels
                    .iter()
                    .map(|l| Part {
                        value: if l.key == level.key { 1.0 } else { 0.0 },
                        shown: if l.key == level.key { l.label.clone() } else { String::new() },
                    })
                    .collect(),
                total: ReportWords.say(
                    "report-level-of",
                    &[("level", &grade.level.to_string()), ("levels", &levels.len().to_string())],
                ),
            })
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let title = ReportWords.say("report-picture-caption", &[]);
    let said: Vec<_> = rows.iter().map(|r| format!("{}: {}", r.label, r.total)).collect();
    let stacked = Stacked {
        id: id.to_owned(),
        title,
        description: ReportWords.say("report-picture-alt", &[("grades", &said.join("; "))]),
        steps: levels.iter().map(|l| l.label.clone()).collect(),
        whole: None,
        rows,
    };
    Some(stacked.draw())
}
