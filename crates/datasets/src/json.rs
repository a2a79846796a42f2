//! Description and rows as one JSON object: `{"about": …, "variables": […], "rows": [{…}, …]}`.
//!
//! In a row, a number is a number, 0 or 1 of several answers is `false` or `true`, a day is `"2026-11-26"`, a category
//! is its code, and a missing value is an object that says why: `{"missing": "suppressed"}`. Texts are never guarded:
//! nothing runs a JSON file.

use std::io::{BufWriter, Write};

use serde_json::{Value as Json, json};

use crate::description::about::About;
use crate::description::missing::Missing;
use crate::description::variable::{Kind, Variable};
use crate::fault::WriteFault;
use crate::names::Names;
use crate::table::Dataset;
use crate::text::clean;
use crate::value::{Value, value};

/// Writes description and rows.
///
/// # Errors
/// As [`write`](crate::write).
pub(crate) fn write(dataset: &Dataset<'_>, out: &mut dyn Write) -> Result<(), WriteFault> {
    let mut out = BufWriter::with_capacity(64 * 1024, out);
    let names = Names::of(&dataset.variables).plain;
    write!(out, "{{\"about\":{},\"variables\":[", about(&dataset.about))?;
    for (index, (variable, name)) in dataset.variables.iter().zip(&names).enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(out, "{comma}\n{}", described(variable, name, dataset))?;
    }
    write!(out, "],\n\"rows\":[")?;
    let keys: Vec<String> = names.iter().map(|name| Json::from(name.as_str()).to_string()).collect();
    dataset.walk(|number, row| {
        out.write_all(if number == 1 { b"\n{" } else { b",\n{" })?;
        for (index, ((cell, variable), key)) in row.iter().zip(&dataset.variables).zip(&keys).enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(out, "{comma}{key}:")?;
            match value(variable, cell).map_err(|fault| fault.at(number, variable))? {
                Value::Category(_, category) => text(&mut out, &category.code)?,
                Value::Text(content) => text(&mut out, content)?,
                Value::Chosen(chosen) => write!(out, "{chosen}")?,
                Value::Whole(number) => write!(out, "{number}")?,
                Value::Decimal(number) => serde_json::to_writer(&mut out, &number)?,
                Value::Date(date) => write!(out, "\"{date}\"")?,
                Value::Missing(missing) => write!(out, "{{\"missing\":\"{}\"}}", missing.key())?,
            }
        }
        out.write_all(b"}")?;
        Ok(())
    })?;
    out.write_all(b"\n]}\n")?;
    out.flush()?;
    Ok(())
}

fn text(out: &mut impl Write, content: &str) -> Result<(), WriteFault> {
    Ok(serde_json::to_writer(out, &clean(content))?)
}

fn about(about: &About) -> Json {
    let licence = about
        .licence
        .as_ref()
        .map(|licence| json!({"name": licence.name, "title": licence.title, "address": licence.address}));
    let sources: Vec<Json> = about
        .sources
        .iter()
        .map(|source| json!({"title": clean(&source.title), "address": source.address}))
        .collect();
    json!({
        "name": about.name,
        "title": clean(&about.title),
        "description": clean(&about.description),
        "language": about.language(),
        "licence": licence,
        "publisher": about.publisher,
        "made_on": about.made_on.map(|day| day.to_string()),
        "sources": sources,
        "notes": about.notes.iter().map(|note| clean(note)).collect::<Vec<_>>(),
    })
}

fn described(variable: &Variable, name: &str, dataset: &Dataset<'_>) -> Json {
    let words = &dataset.about.words;
    let categories: Vec<Json> = match &variable.kind {
        Kind::Category { categories, .. } => categories
            .iter()
            .map(|category| {
                json!({
                    "code": clean(&category.code),
                    "number": category.number,
                    "label": clean(&category.label),
                })
            })
            .collect(),
        Kind::Chosen { .. } => vec![
            json!({"code": false, "number": 0, "label": clean(&words.not_chosen)}),
            json!({"code": true, "number": 1, "label": clean(&words.chosen)}),
        ],
        Kind::Whole | Kind::Decimal { .. } | Kind::Text | Kind::Date => Vec::new(),
    };
    let missing: Vec<Json> = variable
        .reasons()
        .map(|missing: Missing| json!({"reason": missing.key(), "label": clean(words.of(missing))}))
        .collect();
    let mut described = json!({
        "name": name,
        "label": clean(&variable.label),
        "kind": variable.kind.key(),
        "question": variable.question.as_deref().map(clean),
        "asked_when": variable.asked_when.as_deref().map(clean),
        "categories": categories,
        "missing": missing,
    });
    if let (Kind::Chosen { of }, Some(fields)) = (&variable.kind, described.as_object_mut()) {
        fields.insert("of".to_owned(), json!(clean(of)));
    }
    described
}
