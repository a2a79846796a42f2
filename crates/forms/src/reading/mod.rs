//! From the sheets of an XLSForm workbook to a [`Form`], with a place for everything that is wrong.
//!
//! | file | subject |
//! | --- | --- |
//! | [`self`] | [`read`], [`Reading`], [`Options`] |
//! | `headers`, `columns` | which column means what, under whatever of its names |
//! | `cells` | the cells of a row put where they belong in a question |
//! | `settings`, `choices`, `entities` | those sheets |
//! | `survey` | the sheet `survey`: blocks, questions, what XLSForm adds |
//! | `questions` | rows that are questions, and what XLSForm adds beside them |
//! | `types`, `parameters`, `range` | the columns `type` and `parameters` |
//! | `names` | names that are unique, sheets that are nearly called right |
//! | `translations` | columns that a language lacks, tags of languages |
//! | `references` | `${name}` in every column that may have it |
//! | `checks` | what only shows when the form is whole: labels, files of choices, triggers |
//!
//! The rules, and which row a fault is told at, are those of pyxform 4.5; the conformance set in
//! `tests/data/xlsform_cases.json` holds us to them. All faults come at once, not only the first. What XLSForm does not know is
//! kept (columns, settings) with a warning, or refused; nothing is dropped in silence.

mod cells;
mod checks;
mod choices;
mod columns;
mod entities;
mod headers;
mod names;
mod parameters;
mod questions;
pub(crate) mod range;
mod references;
mod settings;
mod survey;
mod translations;
mod types;

use crate::form::references::is_name;
use crate::form::{Fault, Form, Place};
use crate::workbook::{FileType, Workbook};

/// The sheets that XLSForm knows, in the order in which faults are told.
const SHEETS: [&str; 6] = ["settings", "survey", "choices", "external_choices", "entities", "osm"];

/// What is said of a name that XML could not have.
const INVALID_NAME: &str = "Names must begin with a letter or underscore. After the first character, names may contain \
                            letters, digits, underscores, hyphens, or periods.";

/// What the workbook itself does not say.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// Name of the root of answers in XML, unless the settings name another; `data` when there is none here either.
    pub root: Option<&'a str>,
    /// The form's id unless the settings name another: by custom the name of the file without its ending.
    pub id: Option<&'a str>,
    /// Columns of the sheet `survey` that the caller knows, so that they need no warning: they are kept in
    /// [`crate::form::Question::extra`] like all columns that are not XLSForm's.
    pub own_columns: &'a [&'a str],
}

/// A form, and what its author should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The form.
    pub form: Form,
    /// What is doubtful but does no harm.
    pub warnings: Vec<Fault>,
}

/// Reads a file by the ending of its name, which is also the form's id unless the settings say otherwise.
///
/// # Errors
/// Every fault with its place; one without a place when the file is no workbook.
pub fn read_file(bytes: &[u8], file_name: &str, own_columns: &[&str]) -> Result<Reading, Vec<Fault>> {
    let whole = |reason: &str| Fault {
        sheet: String::new(),
        row: 0,
        column: String::new(),
        reason: reason.to_owned(),
    };
    let Some(file_type) = FileType::of(file_name) else {
        return Err(vec![whole("the name of the file must end in .xlsx, .csv or .md")]);
    };
    let workbook = Workbook::read(bytes, file_type).map_err(|fault| vec![fault])?;
    let stem = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    read(&workbook, &Options { root: None, id: Some(stem), own_columns })
}

/// Reads a workbook.
///
/// # Errors
/// Every fault with its place, by sheet and row.
pub fn read(workbook: &Workbook, options: &Options<'_>) -> Result<Reading, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut warnings = Vec::new();
    let named = with_survey(workbook);
    let workbook = named.as_ref().unwrap_or(workbook);

    if options.root.is_some_and(|root| !is_name(root)) {
        faults.push(Place::new("settings", 0).fault("form_name", INVALID_NAME));
    }
    let Some(survey) =
        workbook.sheet("survey").filter(|sheet| !sheet.header.is_empty() || !sheet.rows.is_empty())
    else {
        let similar = names::similar_sheets("survey", workbook).unwrap_or_default();
        let reason = format!("You must have a sheet named 'survey'. {similar}");
        return Err(vec![Place::new("survey", 0).fault("", reason.trim_end())]);
    };
    let settings = settings::read(workbook, options, &mut faults, &mut warnings);
    let mut form = Form {
        id: settings.id,
        title: settings.title,
        version: settings.version,
        name: settings.root,
        languages: Vec::new(),
        default_language: settings.default_language,
        settings: settings.others,
        items: Vec::new(),
        lists: Vec::new(),
        external_lists: Vec::new(),
        osm: Vec::new(),
        entities: Vec::new(),
    };
    let duplicates = form.is_set("allow_choice_duplicates");
    let choices = choices::read(workbook, "choices", duplicates, &mut faults, &mut warnings);
    form.lists = choices.lists;
    form.external_lists = choices::read(workbook, "external_choices", true, &mut faults, &mut warnings).lists;
    form.osm = choices::read(workbook, "osm", true, &mut faults, &mut warnings).lists;
    form.entities = entities::read(workbook, &mut faults, &mut warnings);

    let columns = survey::read(survey, workbook, options, &mut form, &mut faults, &mut warnings);
    form.languages = translations::languages(&columns, &choices.columns);
    translations::check(&form, &columns, &choices.columns, &mut warnings);
    // Faults of headers and rows would only be told again in other words by what follows.
    if faults.is_empty() {
        references::check(workbook, &form, &columns, &choices.columns, &mut faults);
    }
    if faults.is_empty() {
        checks::check(&form, &mut faults);
    }
    if faults.is_empty() {
        return Ok(Reading { form, warnings });
    }
    sort(&mut faults);
    faults.dedup();
    Err(faults)
}

/// A workbook of one sheet is a survey, whatever the sheet is called.
fn with_survey(workbook: &Workbook) -> Option<Workbook> {
    let [only] = workbook.sheets.as_slice() else { return None };
    let known = SHEETS.contains(&only.name.to_lowercase().as_str());
    (!known).then(|| {
        let mut renamed = workbook.clone();
        "survey".clone_into(&mut renamed.sheets[0].name);
        renamed
    })
}

/// By sheet and row, faults of one cell in the order in which they were found.
fn sort(faults: &mut [Fault]) {
    let rank = |fault: &Fault| SHEETS.iter().position(|sheet| *sheet == fault.sheet).unwrap_or(SHEETS.len());
    faults.sort_by_key(|fault| (rank(fault), fault.row));
}
