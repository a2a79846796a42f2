//! Open data of published reports: grades as CSV, reports as JSON. The same values stand in the files of
//! `published/` and at the public addresses.

use jiff::Timestamp;
use jiff::civil::Date;
use keyline_domain::clock::day_of;
use keyline_domain::documents::{Block, Document};
use keyline_store::Source;
use keyline_store::report::public::{self, PublishedReport};
use keyline_workbooks::write_csv;
use serde::Serialize;

use crate::context::Cx;
use crate::refused::Result;

/// The licence under which the data may be used: its SPDX identifier.
pub const LICENCE: &str = "OGL-UK-3.0";

/// A published report as data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenReport {
    /// Reference of the inspection.
    pub reference: String,
    /// The area.
    pub area: OpenArea,
    /// The programme version.
    pub programme: OpenProgramme,
    /// The framework with its edition.
    pub framework: OpenFramework,
    /// Day of the notification.
    pub notified_on: Option<Date>,
    /// When it was published.
    pub published_at: Timestamp,
    /// The evaluated indicators with their grades.
    pub evaluations: Vec<OpenGrade>,
    /// Licence of the data, an SPDX identifier.
    pub licence: &'static str,
    /// What the report says, without its pictures; left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
}

/// A council area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenArea {
    /// Stable key.
    pub key: String,
    /// Name.
    pub name: String,
    /// Code of the Government Statistical Service.
    pub gss_code: Option<String>,
    /// True for areas made up for demonstrations.
    pub fictional: bool,
}

/// A programme version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenProgramme {
    /// Key.
    pub id: String,
    /// Version.
    pub version: String,
    /// Title.
    pub title: String,
}

/// A framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenFramework {
    /// Key.
    pub id: String,
    /// Title.
    pub title: String,
    /// Edition.
    pub edition: String,
}

/// The grade of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenGrade {
    /// Number of the indicator.
    pub indicator: String,
    /// Its title.
    pub title: String,
    /// False while no published source confirms the title.
    pub title_confirmed: bool,
    /// Number of the level.
    pub level: u8,
    /// The framework's word for it.
    pub label: String,
}

/// A published report as data, without its text.
pub fn open_report(cx: &Cx, report: &PublishedReport) -> OpenReport {
    let library = &cx.library;
    let council = library.council(&report.area);
    let programme = library.programme(&report.programme, &report.programme_version);
    let framework = programme.and_then(|p| library.framework(&p.framework));
    let evaluations = report
        .grades
        .iter()
        .map(|(number, level)| {
            let indicator = framework.and_then(|f| f.indicator(number));
            OpenGrade {
                indicator: number.clone(),
                title: indicator.map(|i| i.title.clone()).unwrap_or_default(),
                title_confirmed: indicator.is_some_and(|i| i.provenance.confirmed),
                level: *level,
                label: framework
                    .and_then(|f| f.scale.level_numbered(*level))
                    .map(|l| l.label.clone())
                    .unwrap_or_default(),
            }
        })
        .collect();
    OpenReport {
        reference: report.reference.clone(),
        area: OpenArea {
            key: report.area.clone(),
            name: council.map_or_else(|| report.area.clone(), |c| c.name.clone()),
            gss_code: council.and_then(|c| c.gss.clone()),
            fictional: council.is_some_and(|c| c.fictional),
        },
        programme: OpenProgramme {
            id: report.programme.clone(),
            version: report.programme_version.clone(),
            title: programme.map(|p| p.title.value.clone()).unwrap_or_default(),
        },
        framework: OpenFramework {
            id: framework.map(|f| f.id.clone()).unwrap_or_default(),
            title: framework.map(|f| f.title.value.clone()).unwrap_or_default(),
            edition: framework.map(|f| f.edition.value.clone()).unwrap_or_default(),
        },
        notified_on: report.notified_on,
        published_at: report.published_at,
        evaluations,
        licence: LICENCE,
        document: None,
    }
}

/// The same with its text. Pictures stay out: their numbers stand in the tables.
pub fn with_text(mut open: OpenReport, mut document: Document) -> OpenReport {
    document.blocks.retain(|block| !matches!(block, Block::Figure { .. }));
    open.document = Some(document);
    open
}

/// All published reports as data, newest first.
pub async fn all(cx: &Cx, source: &mut impl Source) -> Result<Vec<OpenReport>> {
    Ok(public::list(source).await?.iter().map(|r| open_report(cx, r)).collect())
}

const COLUMNS: [&str; 16] = [
    "reference",
    "area",
    "gss_code",
    "fictional",
    "programme",
    "programme_version",
    "framework",
    "framework_edition",
    "indicator",
    "indicator_title",
    "indicator_title_confirmed",
    "level",
    "level_label",
    "notified_on",
    "published_on",
    "licence",
];

/// The grades of reports as CSV, a row for each indicator.
pub fn grades_csv(reports: &[OpenReport]) -> Vec<u8> {
    let mut rows = vec![COLUMNS.map(str::to_owned).to_vec()];
    for report in reports {
        for grade in &report.evaluations {
            rows.push(vec![
                report.reference.clone(),
                report.area.name.clone(),
                report.area.gss_code.clone().unwrap_or_default(),
                report.area.fictional.to_string(),
                report.programme.id.clone(),
                report.programme.version.clone(),
                report.framework.id.clone(),
                report.framework.edition.clone(),
                grade.indicator.clone(),
                grade.title.clone(),
                grade.title_confirmed.to_string(),
                grade.level.to_string(),
                grade.label.clone(),
                report.notified_on.map(|d| d.to_string()).unwrap_or_default(),
                day_of(report.published_at).to_string(),
                report.licence.to_owned(),
            ]);
        }
    }
    write_csv(rows.iter().map(Vec::as_slice), false)
}
