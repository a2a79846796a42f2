//! A data package after Data Package 2.0: a zip with `datapackage.json`, `data.csv` and `codebook.csv`.
//!
//! Each field names in `missingValues` the signs that stand in its column, with their meaning, and its codes twice:
//! in `categories` with their labels, and in `constraints.enum` for programs that do not know categories yet. Both are
//! as the codes stand in `data.csv`, with an apostrophe where one was put.

use std::io::Write;

use serde_json::{Map, Value as Json, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::codebook;
use crate::csv_data::{self, written_code};
use crate::description::about::About;
use crate::description::missing::Words;
use crate::description::variable::{Kind, Variable};
use crate::extent::Extent;
use crate::fault::WriteFault;
use crate::format::file_stem;
use crate::names::Names;
use crate::table::Dataset;
use crate::text::{clean, guarded};

/// Writes the zip.
///
/// # Errors
/// As [`write`](crate::write).
pub(crate) fn write(dataset: &Dataset<'_>, out: &mut dyn Write) -> Result<(), WriteFault> {
    let extent = Extent::of(dataset)?;
    // No time stands in the zip, so that equal tables give equal files. Rows may be more than 4 GiB.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .large_file(true);
    let mut zip = ZipWriter::new_stream(out);
    zip.start_file("datapackage.json", options)?;
    serde_json::to_writer_pretty(&mut zip, &descriptor(dataset))?;
    zip.write_all(b"\n")?;
    zip.start_file("data.csv", options)?;
    csv_data::write(dataset, &mut zip)?;
    zip.start_file("codebook.csv", options)?;
    codebook::write_lines(&codebook::lines(dataset, &extent), &mut zip)?;
    zip.finish()?.into_inner().flush()?;
    Ok(())
}

/// The content of `datapackage.json`.
fn descriptor(dataset: &Dataset<'_>) -> Json {
    let about = &dataset.about;
    let names = Names::of(&dataset.variables).plain;
    let fields: Vec<Json> = dataset
        .variables
        .iter()
        .zip(&names)
        .map(|(variable, name)| field(variable, name, &about.words))
        .collect();
    let mut package = Map::new();
    package.insert("$schema".to_owned(), json!("https://datapackage.org/profiles/2.0/datapackage.json"));
    package.insert("name".to_owned(), json!(file_stem(&about.name)));
    put_text(&mut package, "title", &about.title);
    put_text(&mut package, "description", &described(about));
    package.insert("languages".to_owned(), json!([about.language()]));
    if let Some(day) = about.made_on {
        package.insert("created".to_owned(), json!(format!("{day}T00:00:00Z")));
    }
    if let Some(licence) = &about.licence {
        let mut described = Map::new();
        put_text(&mut described, "name", &licence.name);
        put_text(&mut described, "title", &licence.title);
        put_text(&mut described, "path", licence.address.as_deref().unwrap_or_default());
        package.insert("licenses".to_owned(), json!([described]));
    }
    if let Some(publisher) = &about.publisher {
        package
            .insert("contributors".to_owned(), json!([{"title": clean(publisher), "roles": ["publisher"]}]));
    }
    let sources: Vec<Map<String, Json>> = about
        .sources
        .iter()
        .map(|source| {
            let mut described = Map::new();
            put_text(&mut described, "title", &source.title);
            put_text(&mut described, "path", source.address.as_deref().unwrap_or_default());
            described
        })
        .collect();
    if !sources.is_empty() {
        package.insert("sources".to_owned(), json!(sources));
    }
    package.insert(
        "resources".to_owned(),
        json!([resource("data", &about.title, json!({"fields": fields})), codebook_resource()]),
    );
    Json::Object(package)
}

/// The description, and the notes as a list below it: the standard has no place of its own for them.
fn described(about: &About) -> String {
    let mut described = about.description.clone();
    if !about.notes.is_empty() && !described.is_empty() {
        described.push_str("\n\n");
    }
    described.push_str(&about.notes.iter().map(|note| format!("* {note}")).collect::<Vec<_>>().join("\n"));
    described
}

fn resource(name: &str, title: &str, schema: Json) -> Json {
    let mut schema = schema;
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".to_owned(), json!("https://datapackage.org/profiles/2.0/tableschema.json"));
    }
    let mut resource = Map::new();
    resource.insert("name".to_owned(), json!(name));
    resource.insert("type".to_owned(), json!("table"));
    put_text(&mut resource, "title", title);
    resource.insert("path".to_owned(), json!(format!("{name}.csv")));
    resource.insert("scheme".to_owned(), json!("file"));
    resource.insert("format".to_owned(), json!("csv"));
    resource.insert("mediatype".to_owned(), json!("text/csv"));
    resource.insert("encoding".to_owned(), json!("utf-8"));
    resource.insert("dialect".to_owned(), json!({"lineTerminator": "\r\n"}));
    resource.insert("schema".to_owned(), schema);
    Json::Object(resource)
}

fn codebook_resource() -> Json {
    let fields: Vec<Json> = codebook::HEADER
        .iter()
        .map(|name| json!({"name": name, "type": "string", "missingValues": []}))
        .collect();
    resource("codebook", "Codebook", json!({"fields": fields}))
}

fn field(variable: &Variable, name: &str, words: &Words) -> Json {
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(guarded(name)));
    put_text(&mut field, "title", &variable.label);
    let mut description = variable.question.clone().unwrap_or_default();
    if let Some(condition) = &variable.asked_when {
        let gap = if description.is_empty() { "" } else { "\n\n" };
        description = format!("{description}{gap}({condition})");
    }
    put_text(&mut field, "description", &description);
    let (kind, categories) = match &variable.kind {
        Kind::Category { categories, ordered } => {
            field.insert("categoriesOrdered".to_owned(), json!(ordered));
            let categories = categories
                .iter()
                .map(|category| (json!(written_code(category)), category.label.as_str()))
                .collect();
            ("string", categories)
        }
        Kind::Chosen { .. } => {
            ("integer", vec![(json!(0), words.not_chosen.as_str()), (json!(1), words.chosen.as_str())])
        }
        Kind::Whole => ("integer", Vec::new()),
        Kind::Decimal { .. } => ("number", Vec::new()),
        Kind::Text => ("string", Vec::new()),
        Kind::Date => ("date", Vec::new()),
    };
    field.insert("type".to_owned(), json!(kind));
    if !categories.is_empty() {
        let codes: Vec<&Json> = categories.iter().map(|(code, _)| code).collect();
        field.insert("constraints".to_owned(), json!({"enum": codes}));
        let labelled: Vec<Json> =
            categories.iter().map(|(code, label)| json!({"value": code, "label": clean(label)})).collect();
        field.insert("categories".to_owned(), json!(labelled));
    }
    let missing: Vec<Json> = variable
        .reasons()
        .map(|missing| json!({"value": missing.sign(), "label": clean(words.of(missing))}))
        .collect();
    // An empty list, where nothing may be missing, keeps an empty text from being taken for a missing one.
    field.insert("missingValues".to_owned(), json!(missing));
    Json::Object(field)
}

/// Puts a text unless it is blank, which the standard does not allow.
fn put_text(map: &mut Map<String, Json>, key: &str, text: &str) {
    if !text.trim().is_empty() {
        map.insert(key.to_owned(), json!(clean(text)));
    }
}
