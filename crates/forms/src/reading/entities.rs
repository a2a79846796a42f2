//! The sheet `entities`.

use std::collections::HashMap;

use super::cells::Cells;
use super::{INVALID_NAME, columns, headers, names};
use crate::form::references::is_name;
use crate::form::{Entity, Fault, Place};
use crate::workbook::Workbook;

const SHEET: &str = "entities";

/// How many entities a form may declare.
const MOST: usize = 500;

pub(super) fn read(workbook: &Workbook, faults: &mut Vec<Fault>, warnings: &mut Vec<Fault>) -> Vec<Entity> {
    let Some(sheet) = workbook.sheet(SHEET) else {
        warnings.extend(names::similar_sheet_warning(SHEET, workbook));
        return Vec::new();
    };
    headers::without_header(sheet, SHEET, faults);
    let (columns, wrong) = headers::columns(sheet, SHEET, &columns::ENTITIES);
    faults.extend(wrong);
    let mut entities: Vec<Entity> = Vec::new();
    let unknown: Vec<String> = columns
        .iter()
        .filter(|column| column.path.len() > 1 || !columns::ENTITIES.known.contains(&column.path[0].as_str()))
        .map(|column| format!("'{}'", column.header))
        .collect();
    if !unknown.is_empty() && !sheet.rows.is_empty() {
        let reason = format!(
            "One or more column names are invalid. The following column(s) are not supported by this version of \
             pyxform: {}. Please either: check the spelling of the column names, remove the columns, or update pyxform.",
            unknown.join(", ")
        );
        faults.push(Place::new(SHEET, 1).fault("", reason));
        return entities;
    }
    if sheet.rows.len() > MOST {
        faults
            .push(Place::new(SHEET, 1).fault("", format!("There are more than {MOST} entity declarations.")));
        return entities;
    }
    for row in &sheet.rows {
        let cells = Cells::of(row, &columns, SHEET, false);
        let get = |column: &str| cells.get(&[column]).map(str::to_owned);
        let entity = Entity {
            list: get("dataset").unwrap_or_default(),
            label: get("label"),
            entity_id: get("entity_id"),
            create_if: get("create_if"),
            update_if: get("update_if"),
            repeat: get("repeat"),
            place: cells.place.clone(),
        };
        let twice = entities.iter().any(|other| other.list == entity.list);
        if let Some((column, reason)) = fault_of(&entity, twice) {
            faults.push(cells.place.fault(column, reason));
        }
        entities.push(entity);
    }
    entities
}

fn fault_of(entity: &Entity, twice: bool) -> Option<(&'static str, String)> {
    let list = &entity.list;
    if list.is_empty() {
        return Some(("list_name", "Entity lists must have a name.".to_owned()));
    }
    if list.starts_with("__") {
        return Some(("list_name", "Names used here must not begin with two underscores.".to_owned()));
    }
    if list.contains('.') {
        return Some(("list_name", "Names used here must not contain a period.".to_owned()));
    }
    if !is_name(list) {
        return Some(("list_name", INVALID_NAME.to_owned()));
    }
    if twice {
        return Some(("list_name", "The 'list_name' column must not have any duplicate names.".to_owned()));
    }
    let lacks = |lacking: &str, rest: &str| {
        let reason = format!(
            "The entity declaration is invalid. The entity list name '{list}' does not have {lacking}, but {rest}"
        );
        Some(("", reason))
    };
    if entity.entity_id.is_none() && entity.update_if.is_some() {
        return lacks(
            "an 'entity_id' expression",
            "an 'entity_id' is required when updating entities. Updating entities is indicated by using 'entity_id' \
             and/or 'update_if' expressions. Please either: add an 'entity_id' for this entity declaration, or to only \
             create entities instead move the 'update_if' to 'create_if'.",
        );
    }
    if entity.entity_id.is_some() && entity.create_if.is_some() && entity.update_if.is_none() {
        return lacks(
            "an 'update_if' expression",
            "an 'update_if' is required when upserting entities. Upserting entities is indicated by using 'create_if' \
             and 'entity_id' expressions. Please either: add an 'update_if' for this entity declaration, or to only \
             create entities instead remove the 'entity_id' expression.",
        );
    }
    if entity.entity_id.is_none() && entity.label.is_none() {
        return lacks(
            "a label",
            "a 'label' is required when creating entities. Creating entities is indicated by using a 'create_if' \
             expression, or by not using 'entity_id' expression. Please either: add a 'label' for this entity \
             declaration, or to update entities instead provide an 'entity_id' (and optionally 'update_if') expression.",
        );
    }
    None
}

/// What is wrong with the value of `save_to` in a row.
pub(super) fn save_to_fault(
    written: &str,
    is_block: bool,
    entities: &[Entity],
    saved: &mut HashMap<(String, String), u32>,
    row: u32,
) -> Option<String> {
    if entities.is_empty() {
        return Some(
            "To save entity properties using the save_to column, add an entities sheet and declare an entity.".to_owned(),
        );
    }
    let (list, property) = match written.split_once('#') {
        Some((_, rest)) if rest.contains('#') => {
            return Some(
                "A 'save_to' value must have at most one '#' delimiter character. Please check the spelling of this \
                 'save_to' value."
                    .to_owned(),
            );
        }
        Some(parts) => parts,
        None if entities.len() > 1 => {
            return Some(
                "When there is more than one entity declaration, 'save_to' names must be prefixed with the entity \
                 'list_name' that the property belongs to. Please either: add the entity 'list_name' prefix separated \
                 with a '#' e.g. my_list#my_save_to (where 'my_list' is the entity 'list_name', and 'my_save_to' is the \
                 'save_to' property name), or remove all but one entity declarations."
                    .to_owned(),
            );
        }
        None => (entities[0].list.as_str(), written),
    };
    if !entities.iter().any(|entity| entity.list == list) {
        return Some(format!(
            "The entity list name '{list}' was not found on the entities sheet. Please either: check the spelling of the \
             list name in the save_to value, or on the entities sheet add a row for this entity list, or check the \
             spelling of existing entity list names."
        ));
    }
    if is_block {
        return Some(
            "Groups and repeats can't be saved as entity properties. Either remove or move the save_to value in this \
             row."
                .to_owned(),
        );
    }
    if matches!(property.to_lowercase().as_str(), "name" | "label") {
        return Some("Names used here must not be 'name' or 'label' (case-insensitive).".to_owned());
    }
    if property.starts_with("__") {
        return Some("Names used here must not begin with two underscores.".to_owned());
    }
    if !is_name(property) {
        return Some(INVALID_NAME.to_owned());
    }
    if let Some(other) = saved.get(&(list.to_owned(), property.to_owned())) {
        return Some(format!(
            "The save_to property '{property}' is already assigned by row '{other}'. Either remove or change one of these \
             duplicate save_to property names."
        ));
    }
    saved.insert((list.to_owned(), property.to_owned()), row);
    None
}
