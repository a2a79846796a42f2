//! Rows that are questions: what their type asks of them, and what XLSForm adds beside them.

use super::cells::Cells;
use super::survey::{Survey, Table};
use super::types::{RowType, Select};
use super::{choices, parameters};
use crate::form::lexing::is_expression;
use crate::form::references::has_reference;
use crate::form::{Choice, ChoicesFrom, Item, Kind, Media, Question, Text};

/// Endings of files that may hold choices.
const FILES: [&str; 3] = ["xml", "csv", "geojson"];

pub(super) fn read(survey: &mut Survey<'_>, row_type: RowType, mut question: Question, cells: &Cells<'_>) {
    let mut from_file = false;
    match row_type {
        RowType::Plain(plain) => {
            question.kind = plain.kind;
            if let Some(constraint) = plain.constraint
                && question.constraint.is_none()
            {
                question.constraint = Some(constraint.to_owned());
            }
            if let Some(hint) = plain.hint.filter(|hint| !hint.is_empty())
                && question.hint.is_empty()
            {
                question.hint = Text::plain(hint);
            }
        }
        RowType::Osm(list) => {
            question.kind = Kind::Osm;
            if let Some(list) = list {
                if !survey.form.osm.iter().any(|other| other.name == list) {
                    let reason = format!("List name not in osm sheet: {list}");
                    survey.faults.push(cells.place.fault("type", reason));
                }
                question.choices = Some(ChoicesFrom::List(list));
            }
        }
        RowType::Select(select) => {
            question.kind = select.kind;
            from_file = select.wants_file();
            select_of(survey, &select, &mut question, cells);
        }
        RowType::Begin(..) | RowType::End(_) | RowType::Setting(_) => return,
    }
    parameters_of(survey, &mut question, from_file, cells);
    defaults(survey, &mut question, cells);
    rules_of_kinds(survey, &question, cells);
    table(survey, &question, cells);
    let other = question.or_other.then(|| other_question(&question));
    survey.push(Item::Question(question));
    if let Some(other) = other {
        survey.push(Item::Question(other));
    }
}

fn parameters_of(survey: &mut Survey<'_>, question: &mut Question, from_file: bool, cells: &Cells<'_>) {
    let place = &cells.place;
    if let Some(written) = cells.get(&["parameters"]) {
        match parameters::parse(written) {
            Ok(parameters) => question.parameters = parameters,
            Err(reason) => survey.faults.push(place.fault("parameters", reason)),
        }
    }
    let found =
        parameters::check(question.kind, from_file, question.appearance.as_deref(), &question.parameters);
    for (column, reason) in found {
        if column.is_empty() {
            survey.warnings.push(place.fault("parameters", reason));
        } else {
            survey.faults.push(place.fault(column, reason));
        }
    }
    match question.kind {
        Kind::Range => {
            let labels = question.parameters.get("tick_labelset").cloned();
            let list = labels.as_deref().and_then(|name| survey.form.list(name));
            for reason in super::range::check(question, list) {
                survey.faults.push(place.fault("parameters", reason));
            }
            question.choices = labels.map(ChoicesFrom::List);
        }
        Kind::Geopoint | Kind::Geotrace | Kind::Geoshape => {
            question.choices =
                question.parameters.get("reference-geometry").map(|name| match extension(name) {
                    Some(_) => ChoicesFrom::File(name.clone()),
                    None if has_reference(name) => ChoicesFrom::Answers(name.clone()),
                    None => ChoicesFrom::List(name.clone()),
                });
        }
        Kind::Image if !question.parameters.contains_key("max-pixels") => {
            let reason = "Use the max-pixels parameter to speed up submission sending and save storage space. Learn \
                          more: https://xlsform.org/#image";
            survey.warnings.push(place.fault("parameters", reason));
        }
        _ => {}
    }
}

fn defaults(survey: &mut Survey<'_>, question: &mut Question, cells: &Cells<'_>) {
    let minus_is_text = matches!(
        question.kind,
        Kind::Date | Kind::DateTime | Kind::Geopoint | Kind::Geotrace | Kind::Geoshape
    );
    question.default_is_expression =
        question.default.as_deref().is_some_and(|default| is_expression(default, minus_is_text));
    if question.kind == Kind::Calculate && question.calculation.is_none() && !question.default_is_expression {
        survey.faults.push(cells.place.fault("calculation", "Missing calculation."));
    }
}

fn rules_of_kinds(survey: &mut Survey<'_>, question: &Question, cells: &Cells<'_>) {
    let place = &cells.place;
    match question.kind {
        Kind::SubscriberId | Kind::SimSerial => {
            let reason = format!(
                "{} is no longer supported on most devices. Only old versions of Collect on Android versions older \
                 than 11 still support it.",
                question.kind.name()
            );
            survey.warnings.push(place.fault("type", reason));
        }
        Kind::BackgroundGeopoint => {
            let rules = [
                ("trigger", question.trigger.is_empty(), "not be"),
                ("calculation", question.calculation.is_some(), "be"),
            ];
            for (column, broken, must) in rules {
                if broken {
                    let reason = format!(
                        "For 'background-geopoint' questions, the '{column}' column must {must} empty."
                    );
                    survey.faults.push(place.fault(column, reason));
                }
            }
        }
        Kind::SelectOneExternal if question.choice_filter.is_none() => {
            let reason = "select one external is only meant for filtered selects.";
            survey.warnings.push(place.fault("choice_filter", reason));
        }
        _ => {}
    }
}

/// The ending of a name that is a file of choices.
pub(super) fn extension(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && FILES.contains(&extension)).then_some(extension)
}

fn select_of(survey: &mut Survey<'_>, select: &Select, question: &mut Question, cells: &Cells<'_>) {
    let place = &cells.place;
    let list = &select.list;
    let mut fault = |reason: String| survey.faults.push(place.fault("type", reason));
    if select.kind == Kind::SelectOneExternal {
        if survey.form.external_lists.is_empty() {
            fault(choices::no_sheet("external_choices", "columns 'list name', and 'name'", survey.workbook));
        } else if !survey.form.external_lists.iter().any(|other| other.name == *list) {
            fault(format!("List name not in external choices sheet: {list}"));
        }
        question.choices = Some(ChoicesFrom::ExternalList(list.clone()));
        return;
    }
    let suffixes = list.trim_start_matches('.').matches('.').count();
    let wrong_file = select.wants_file() && (suffixes != 1 || extension(list).is_none());
    if wrong_file {
        fault(format!(
            "File name for '{} {list}' should end with one of the supported file extensions: '.xml', '.csv', '.geojson'",
            select.command
        ));
    }
    let is_file = extension(list).is_some();
    let is_reference = has_reference(list);
    let known = survey.form.list(list).is_some();
    if !known && !is_file && !is_reference && !wrong_file {
        fault(if survey.form.lists.is_empty() {
            let columns = "the mandatory columns 'list_name', 'name', and 'label'";
            choices::no_sheet("choices", columns, survey.workbook)
        } else {
            format!("List name not in choices sheet: {list}")
        });
    }
    if select.kind == Kind::SelectMultiple
        && !is_file
        && let Some(spaced) = survey
            .form
            .list(list)
            .and_then(|list| list.choices.iter().find(|choice| choice.name.contains(' ')))
    {
        fault(format!(
            "Choice names with spaces cannot be added to multiple choice selects. See [{}] in [{list}]",
            spaced.name
        ));
    }
    question.choices = Some(if is_file {
        ChoicesFrom::File(list.clone())
    } else if is_reference {
        ChoicesFrom::Answers(list.clone())
    } else {
        ChoicesFrom::List(list.clone())
    });
    if select.or_other {
        if question.choice_filter.is_some() {
            fault("Choice filter not supported with or_other.".to_owned());
        } else if known {
            question.or_other = true;
            survey.or_other = true;
            add_other(survey, list);
        } else {
            fault("Please specify choices for this 'or other' question.".to_owned());
        }
    }
}

/// Adds the choice `other` to a list that has none, in each language of its labels.
fn add_other(survey: &mut Survey<'_>, name: &str) {
    let Some(list) = survey.form.lists.iter_mut().find(|list| list.name == name) else { return };
    if list.choice("other").is_some() {
        return;
    }
    let languages = list.choices.iter().flat_map(|choice| choice.label.0.keys().cloned());
    let mut label = Text(languages.map(|language| (language, "Other".to_owned())).collect());
    if label.is_empty() {
        label = Text::plain("Other");
    }
    list.choices.push(Choice {
        name: "other".to_owned(),
        label,
        media: Media::default(),
        extra: std::collections::BTreeMap::new(),
        generated: true,
        place: crate::form::Place::default(),
    });
}

/// The question after one with `or_other`, in which one writes what other.
fn other_question(question: &Question) -> Question {
    Question {
        name: format!("{}_other", question.name),
        kind: Kind::Text,
        label: Text::plain("Specify other."),
        relevant: Some(format!("selected(../{}, 'other')", question.name)),
        generated: true,
        place: question.place.clone(),
        ..Question::default()
    }
}

/// The rules of a group whose selects are shown as one table: they share a list and filter nothing.
fn table(survey: &mut Survey<'_>, question: &Question, cells: &Cells<'_>) {
    if !question.kind.has_choices() {
        return;
    }
    let list = question.choices.as_ref().map_or("", ChoicesFrom::name);
    match &survey.table {
        Table::None => {}
        Table::Begun => {
            survey.table = Table::Of(list.to_owned());
            if question.choice_filter.is_some() {
                let reason = "Choice filter not supported for table-list appearance.";
                survey.faults.push(cells.place.fault("choice_filter", reason));
            }
        }
        Table::Of(shared) => {
            if shared != list {
                let reason =
                    format!("Badly formatted table list, list names don't match: {shared} vs. {list}");
                survey.faults.push(cells.place.fault("type", reason));
            }
        }
    }
}
