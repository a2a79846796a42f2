//! What a programme asks people for: the return, documents, sessions, instruments.

use keyline_forms::form::Form;
use serde::Serialize;

use super::checks::Known;
use super::reading::{Section, Seen};
use super::sourced::{Provenance, Sources};

/// The list of children and young people, without names, from which records are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreInspectionReturn {
    /// Key of the step at which it is due.
    pub step: String,
    /// What the partnership is told about it.
    pub about: String,
    /// The columns in order.
    pub columns: Vec<ReturnColumn>,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// One column of the return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReturnColumn {
    /// Stable key, and the heading of the column in the file.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// What belongs in it.
    pub meaning: String,
    /// What a cell may hold.
    pub kind: ColumnKind,
    /// Whether a cell may be empty.
    pub required: bool,
    /// Whether a value may stand in one row only.
    pub unique: bool,
    /// Whether the totals of the workbook count its values, and a sample may be drawn in parts by them.
    pub stratum: bool,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// What a cell of the return may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Free text of limited length.
    Text {
        /// Greatest number of characters.
        longest: u16,
    },
    /// A whole number.
    WholeNumber {
        /// Least value.
        least: u16,
        /// Greatest value.
        most: u16,
    },
    /// One of a list of values.
    Choice {
        /// The values.
        values: Vec<ColumnChoice>,
    },
    /// `yes` or `no`.
    YesNo,
    /// An age in bands. A whole number of years is taken too, and kept as its band.
    AgeBand {
        /// The bands: `5-11`, and `18+` without an end.
        values: Vec<ColumnChoice>,
        /// The greatest age in years that anybody of the population can have.
        oldest: u16,
    },
    /// A calendar month, within so many months before the day of notification.
    Month {
        /// How many months back.
        within: u16,
    },
    /// The partnership's own key to a record, of which only a keyed hash is kept. The column may be left out.
    Key {
        /// Greatest number of characters.
        longest: u16,
    },
}

impl ColumnKind {
    /// The values of which a cell holds one, where they are listed.
    pub fn choices(&self) -> Option<&[ColumnChoice]> {
        match self {
            Self::Choice { values } | Self::AgeBand { values, .. } => Some(values),
            Self::Text { .. }
            | Self::WholeNumber { .. }
            | Self::YesNo
            | Self::Month { .. }
            | Self::Key { .. } => None,
        }
    }
}

/// The ages of a band, first and last; the last is none for `18+`.
pub fn ages_of(band: &str) -> Option<(u16, Option<u16>)> {
    if let Some(from) = band.strip_suffix('+') {
        return Some((from.parse().ok()?, None));
    }
    let (from, to) = band.split_once('-')?;
    let (from, to): (u16, u16) = (from.parse().ok()?, to.parse().ok()?);
    (from <= to).then_some((from, Some(to)))
}

/// One allowed value of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnChoice {
    /// What stands in the cell.
    pub value: String,
    /// What it means.
    pub label: String,
}

/// A document that the partnership is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentRequest {
    /// Stable key.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// What the team needs it for.
    pub purpose: String,
    /// Indicators it serves.
    pub indicators: Vec<String>,
    /// Lines of enquiry it serves.
    pub lines: Vec<String>,
    /// Whether the partnership has to answer, if only by saying that there is none.
    pub required: bool,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// What the partnership writes about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PositionStatement {
    /// Key of the step at which it is due.
    pub step: String,
    /// What the partnership is told about it.
    pub about: String,
    /// Greatest number of words of all answers.
    pub most_words: u16,
    /// The questions in order.
    pub questions: Vec<StatementQuestion>,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A question of the position statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementQuestion {
    /// Stable key.
    pub key: String,
    /// The question.
    pub title: String,
    /// What belongs in the answer.
    pub help: String,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// A kind of meeting with people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionKind {
    /// Stable key, for example `staff-focus-group`.
    pub key: String,
    /// Title shown to people.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Who is met.
    pub audience: Audience,
    /// Key of the step in which it is held.
    pub step: String,
    /// Whether consent is written down before notes are.
    pub consent: bool,
    /// Whether a young inspection volunteer may take part.
    pub volunteers: bool,
    /// Key of the guide that is used, if any.
    pub instrument: Option<String>,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// Whom a session or an instrument is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Children and young people.
    Children,
    /// Parents and carers.
    Parents,
    /// Staff who work with the families.
    Staff,
    /// Leaders and managers of the partnership.
    Leaders,
    /// Elected members.
    ElectedMembers,
    /// The people around one child, met together.
    TeamAroundChild,
    /// Members of the inspection team and local record readers.
    Team,
}

impl Audience {
    /// The word in the files and in keys of translations.
    pub fn word(self) -> &'static str {
        AUDIENCES.iter().find(|(_, audience)| *audience == self).map_or("others", |(word, _)| *word)
    }
}

/// The words for audiences in the files.
pub(super) const AUDIENCES: &[(&str, Audience)] = &[
    ("children", Audience::Children),
    ("parents", Audience::Parents),
    ("staff", Audience::Staff),
    ("leaders", Audience::Leaders),
    ("elected-members", Audience::ElectedMembers),
    ("team-around-child", Audience::TeamAroundChild),
    ("team", Audience::Team),
];

/// A survey, reading tool or guide, and the step in which it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InstrumentRef {
    /// Stable key, equal to the key in its file.
    pub key: String,
    /// Path in the programme's folder.
    pub file: String,
    /// What it is used for.
    pub role: InstrumentRole,
    /// Key of the step in which it is used; a survey is open as long as that step's window.
    pub step: String,
    /// The questions.
    pub form: Form,
    /// Where this comes from.
    pub provenance: Provenance,
}

/// What an instrument is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InstrumentRole {
    /// Answered by many people, without an account.
    Survey,
    /// Filled in for each record that is read.
    RecordReading,
    /// Guides a meeting and its notes.
    Session,
}

/// Reads the position statement of `returns.toml`; a programme may ask for none.
pub(super) fn read_statement(
    root: &Section<'_>,
    sources: &Sources,
    known: &Known<'_>,
) -> Option<PositionStatement> {
    if !root.has("position-statement") {
        return None;
    }
    let mut questions = Vec::new();
    let mut seen = Seen::default();
    for entry in root.some_entries("position-statement-question") {
        let key = entry.key(&mut seen);
        let (title, help) = (entry.text("title"), entry.text("help"));
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(key), Some(title), Some(help), Some(provenance)) = (key, title, help, provenance) {
            questions.push(StatementQuestion { key, title, help, provenance });
        }
    }
    let table = root.table("position-statement")?;
    let step = known.step(&table, "step");
    let (about, most_words) = (table.text("about"), table.whole("most-words"));
    let provenance = sources.provenance(&table);
    table.close();
    Some(PositionStatement {
        step: step?,
        about: about?,
        most_words: most_words?,
        questions,
        provenance: provenance?,
    })
}

/// Reads `returns.toml`: the return, the step of the document return, and the requests.
pub(super) fn read_returns(
    root: &Section<'_>,
    sources: &Sources,
    known: &Known<'_>,
) -> (Option<PreInspectionReturn>, Option<String>, Vec<DocumentRequest>) {
    let mut columns = Vec::new();
    let mut seen = Seen::default();
    for entry in root.some_entries("column") {
        columns.extend(read_column(&entry, sources, &mut seen));
        entry.close();
    }
    let ret = root.table("pre-inspection-return").and_then(|table| {
        let step = known.step(&table, "step");
        let about = table.text("about");
        let provenance = sources.provenance(&table);
        table.close();
        Some(PreInspectionReturn { step: step?, about: about?, columns, provenance: provenance? })
    });
    let document_step = root.table("document-return").and_then(|table| {
        let step = known.step(&table, "step");
        let provenance = sources.provenance(&table);
        table.close();
        provenance.and(step)
    });
    let mut requests = Vec::new();
    let mut seen = Seen::default();
    for entry in root.some_entries("document-request") {
        let key = entry.key(&mut seen);
        let (title, purpose) = (entry.text("title"), entry.text("purpose"));
        let indicators = known.indicators(&entry, "indicators");
        let lines = known.lines(&entry, "lines");
        let required = entry.optional_flag("required");
        let provenance = sources.provenance(&entry);
        if indicators.is_empty() && lines.is_empty() {
            entry.fault(format!(
                "{} serves no indicator and no line of enquiry: do not ask for it",
                entry.name()
            ));
        }
        entry.close();
        if let (Some(key), Some(title), Some(purpose), Some(provenance)) = (key, title, purpose, provenance) {
            requests.push(DocumentRequest { key, title, purpose, indicators, lines, required, provenance });
        }
    }
    (ret, document_step, requests)
}

fn read_column(entry: &Section<'_>, sources: &Sources, seen: &mut Seen) -> Option<ReturnColumn> {
    #[derive(Clone, Copy)]
    enum Word {
        Text,
        WholeNumber,
        Choice,
        YesNo,
        AgeBand,
        Month,
        Key,
    }
    let key = entry.key(seen);
    let (title, meaning) = (entry.text("title"), entry.text("meaning"));
    let word = entry.word(
        "kind",
        &[
            ("text", Word::Text),
            ("whole-number", Word::WholeNumber),
            ("choice", Word::Choice),
            ("yes-no", Word::YesNo),
            ("age-band", Word::AgeBand),
            ("month", Word::Month),
            ("key", Word::Key),
        ],
    );
    let kind = word.and_then(|word| match word {
        Word::Text => Some(ColumnKind::Text { longest: entry.whole("longest")? }),
        Word::WholeNumber => {
            let (least, most) = (entry.whole("least"), entry.whole("most"));
            let (least, most) = (least?, most?);
            if least > most {
                entry
                    .fault_at("most", format!("{} allows {least} to {most}, which is nothing", entry.name()));
            }
            Some(ColumnKind::WholeNumber { least, most })
        }
        Word::Choice => Some(ColumnKind::Choice { values: read_choices(entry) }),
        Word::YesNo => Some(ColumnKind::YesNo),
        Word::AgeBand => {
            let (values, oldest) = (read_choices(entry), entry.whole("oldest"));
            for one in values.iter().filter(|one| ages_of(&one.value).is_none()) {
                entry.fault_at("choices", format!("“{}” is no band of ages such as 5-11 or 18+", one.value));
            }
            Some(ColumnKind::AgeBand { values, oldest: oldest? })
        }
        Word::Month => Some(ColumnKind::Month { within: entry.whole("within-months")? }),
        Word::Key => Some(ColumnKind::Key { longest: entry.whole("longest")? }),
    });
    let (required, unique) = (entry.optional_flag("required"), entry.optional_flag("unique"));
    let stratum = entry.optional_flag("stratum");
    if let Some(kind) = kind.as_ref().filter(|_| stratum)
        && kind.choices().is_none()
        && *kind != ColumnKind::YesNo
    {
        entry.fault_at("stratum", "only a column with listed values can be a stratum");
    }
    let provenance = sources.provenance(entry);
    Some(ReturnColumn {
        key: key?,
        title: title?,
        meaning: meaning?,
        kind: kind?,
        required,
        unique,
        stratum,
        provenance: provenance?,
    })
}

fn read_choices(entry: &Section<'_>) -> Vec<ColumnChoice> {
    let mut values = Vec::new();
    let mut seen = Seen::default();
    for choice in entry.some_entries("choices") {
        let value = choice.text("value").and_then(|value| choice.once(value, "value", &mut seen));
        let label = choice.text("label");
        choice.close();
        if let (Some(value), Some(label)) = (value, label) {
            values.push(ColumnChoice { value, label });
        }
    }
    values
}

/// Reads `sessions.toml`.
pub(super) fn read_sessions(root: &Section<'_>, sources: &Sources, known: &Known<'_>) -> Vec<SessionKind> {
    let mut kinds = Vec::new();
    let mut seen = Seen::default();
    for entry in root.some_entries("session-kind") {
        let key = entry.key(&mut seen);
        let (title, purpose) = (entry.text("title"), entry.text("purpose"));
        let audience = entry.word("audience", AUDIENCES);
        let step = known.step(&entry, "step");
        let (consent, volunteers) = (entry.flag("consent"), entry.flag("volunteers"));
        let instrument = entry.optional_text("instrument");
        if let Some(instrument) = &instrument
            && !known.instruments.contains(instrument)
        {
            entry.fault_at("instrument", format!("unknown instrument “{instrument}”"));
        }
        let provenance = sources.provenance(&entry);
        entry.close();
        if let (Some(key), Some(title), Some(purpose), Some(audience), Some(step), Some(consent)) =
            (key, title, purpose, audience, step, consent)
            && let (Some(volunteers), Some(provenance)) = (volunteers, provenance)
        {
            kinds.push(SessionKind {
                key,
                title,
                purpose,
                audience,
                step,
                consent,
                volunteers,
                instrument,
                provenance,
            });
        }
    }
    kinds
}
