//! The sheets `choices`, `external_choices` and `osm`: named lists of choices.

use std::collections::{HashMap, HashSet};

use super::cells::{Cells, put_media};
use super::headers::{self, Column};
use super::{columns, names};
use crate::form::references::is_name;
use crate::form::{Choice, ChoiceList, Fault, Media, Place, Text};
use crate::workbook::Workbook;

/// How many lists a form may have. Questions look for theirs by name, one after the other.
const MOST_LISTS: usize = 5_000;

/// The lists of a sheet, and its columns.
#[derive(Default)]
pub(super) struct Choices {
    pub(super) lists: Vec<ChoiceList>,
    pub(super) columns: Vec<Column>,
}

/// Reads one of the three sheets. With `duplicates` a list may have a name more than once.
pub(super) fn read(
    workbook: &Workbook,
    name: &str,
    duplicates: bool,
    faults: &mut Vec<Fault>,
    warnings: &mut Vec<Fault>,
) -> Choices {
    let Some(sheet) = workbook.sheet(name) else { return Choices::default() };
    headers::without_header(sheet, name, faults);
    let (columns, wrong) = headers::columns(sheet, name, &columns::CHOICES);
    faults.extend(wrong);
    let is_choices = name == "choices";
    if is_choices {
        if sheet.rows.is_empty() {
            return Choices { lists: Vec::new(), columns };
        }
        if let Some(fault) = headers::missing(name, &columns, "name") {
            faults.push(fault);
            return Choices { lists: Vec::new(), columns };
        }
    }
    warn_of_headers(&columns, name, is_choices, warnings);

    let mut lists: Vec<ChoiceList> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut seen: HashSet<(usize, String)> = HashSet::new();
    for row in &sheet.rows {
        let cells = Cells::of(row, &columns, name, false);
        if cells.is_empty() {
            continue;
        }
        let place = cells.place.clone();
        let Some(list) = cells.get(&["list_name"]).map(str::to_owned) else {
            warnings.push(place.fault("list_name", "The row names no list; it is not used."));
            continue;
        };
        let choice = choice_of(&cells, faults);
        let at = *known.entry(list.clone()).or_insert_with(|| {
            lists.push(ChoiceList { name: list, choices: Vec::new() });
            lists.len() - 1
        });
        if is_choices {
            if choice.name.is_empty() {
                let reason = "Choices must have a name. Learn more: https://xlsform.org/en/#setting-up-your-worksheets";
                faults.push(place.fault("name", reason));
            } else if !duplicates && !seen.insert((at, choice.name.clone())) {
                let reason = "Choice names must be unique for each choice list. If this is intentional, use the setting \
                              'allow_choice_duplicates'. Learn more: https://xlsform.org/#choice-names.";
                faults.push(place.fault("name", reason));
            }
            if choice.label.is_empty() {
                let reason = "Choices should have a label. Learn more: https://xlsform.org/en/#setting-up-your-worksheets";
                warnings.push(place.fault("label", reason));
            }
        }
        lists[at].choices.push(choice);
    }
    if lists.len() > MOST_LISTS {
        faults
            .push(Place::new(name, 1).fault("list_name", format!("There are more than {MOST_LISTS} lists.")));
        lists.clear();
    }
    Choices { lists, columns }
}

fn warn_of_headers(columns: &[Column], name: &str, is_choices: bool, warnings: &mut Vec<Fault>) {
    let place = Place::new(name, 1);
    for column in columns {
        let header = &column.path[0];
        if is_choices && header.contains(' ') {
            let reason = "Column headers must not be empty and must not contain spaces. Learn more: \
                          https://xlsform.org/en/#setting-up-your-worksheets";
            warnings.push(place.fault(header, reason));
        } else if !is_name(header) {
            let reason =
                format!("A column of this name is left out of the XML of the form. {}", super::INVALID_NAME);
            warnings.push(place.fault(header, reason));
        }
    }
}

fn choice_of(cells: &Cells<'_>, faults: &mut Vec<Fault>) -> Choice {
    let mut choice = Choice {
        name: cells.get(&["name"]).unwrap_or_default().to_owned(),
        label: Text::default(),
        media: Media::default(),
        extra: std::collections::BTreeMap::new(),
        generated: false,
        place: cells.place.clone(),
    };
    for (column, text) in cells.iter() {
        let done = match column.parts().as_slice() {
            ["name" | "list_name"] => Ok(()),
            ["label"] => {
                choice.label.0.insert(String::new(), text.to_owned());
                Ok(())
            }
            ["label", language] => {
                choice.label.0.insert((*language).to_owned(), text.to_owned());
                Ok(())
            }
            ["media", name, rest @ ..] => put_media(&mut choice.media, name, rest, text),
            [_] => {
                choice.extra.insert(column.header.clone(), text.to_owned());
                Ok(())
            }
            _ => Err("The header has more parts than a column and a language.".to_owned()),
        };
        if let Err(reason) = done {
            faults.push(cells.place.fault(&column.header, reason));
        }
    }
    choice
}

/// What is said when a question has a list and the sheet of lists is missing.
pub(super) fn no_sheet(sheet: &str, columns: &str, workbook: &Workbook) -> String {
    let article = if sheet == "choices" { "a" } else { "an" };
    let similar = names::similar_sheets(sheet, workbook).map(|text| format!(" {text}")).unwrap_or_default();
    format!(
        "There should be {article} {sheet} sheet in this xlsform.{similar} Please ensure that the {sheet} sheet has \
         {columns}."
    )
}
