//! A description after DDI Codebook 2.5, for deposit in a data archive: the study, the file, each variable with its
//! question, universe and categories. It describes the CSV, so codes and signs are as they stand there.
//!
//! How missing values are told apart: each sign is a category with `missing="Y"`, its reason in `missType` and its
//! words as label. How often each category was chosen stands there only when the table asks for it
//! ([`About::with_frequencies`]), because a description travels further than its data.
//!
//! The order of elements is that of the schema; `scripts/check-datasets` compares it.

use std::io::{self, BufWriter, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::csv_data::written_code;
use crate::description::about::About;
use crate::description::variable::{Kind, Variable};
use crate::extent::{ColumnExtent, Extent};
use crate::fault::WriteFault;
use crate::format::{Format, file_stem};
use crate::names::Names;
use crate::table::Dataset;
use crate::text::clean;

type Xml<'o> = Writer<BufWriter<&'o mut dyn Write>>;

/// Writes the description.
///
/// # Errors
/// As [`write`](crate::write).
pub(crate) fn write(dataset: &Dataset<'_>, out: &mut dyn Write) -> Result<(), WriteFault> {
    let extent = Extent::of(dataset)?;
    let mut xml = Writer::new_with_indent(BufWriter::new(out), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let attributes = [
        ("xmlns", "ddi:codebook:2_5"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        (
            "xsi:schemaLocation",
            "ddi:codebook:2_5 https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd",
        ),
        ("version", "2.5"),
        ("xml:lang", language(&dataset.about)),
    ];
    element(&mut xml, "codeBook", &attributes, |xml| {
        element(xml, "stdyDscr", &[], |xml| study(xml, &dataset.about))?;
        element(xml, "fileDscr", &[("ID", "F1")], |xml| file(xml, dataset, &extent))?;
        element(xml, "dataDscr", &[], |xml| variables(xml, dataset, &extent))
    })?;
    let mut out = xml.into_inner();
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}

/// The language, or `en` when it is no tag that XML bears.
fn language(about: &About) -> &str {
    let fits = about
        .language()
        .split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if fits { about.language() } else { "en" }
}

fn element<'o>(
    xml: &mut Xml<'o>,
    name: &str,
    attributes: &[(&str, &str)],
    inner: impl FnOnce(&mut Xml<'o>) -> io::Result<()>,
) -> io::Result<()> {
    let element = xml.create_element(name).with_attributes(attributes.iter().copied());
    element.write_inner_content(inner)?;
    Ok(())
}

/// An element with a text; nothing when the text is blank.
fn text(xml: &mut Xml<'_>, name: &str, attributes: &[(&str, &str)], content: &str) -> io::Result<()> {
    // Every reader of XML takes a line break for LF, however it was written.
    let content = clean(content).replace("\r\n", "\n").replace('\r', "\n");
    if content.trim().is_empty() {
        return Ok(());
    }
    let element = xml.create_element(name).with_attributes(attributes.iter().copied());
    element.write_text_content(BytesText::new(&content))?;
    Ok(())
}

fn study(xml: &mut Xml<'_>, about: &About) -> io::Result<()> {
    element(xml, "citation", &[], |xml| {
        element(xml, "titlStmt", &[], |xml| {
            let title = if about.title.trim().is_empty() { &file_stem(&about.name) } else { &about.title };
            text(xml, "titl", &[], title)?;
            text(xml, "IDNo", &[], &file_stem(&about.name))
        })?;
        if let Some(publisher) = &about.publisher {
            element(xml, "distStmt", &[], |xml| text(xml, "distrbtr", &[], publisher))?;
        }
        if let Some(day) = about.made_on {
            let day = day.to_string();
            element(xml, "verStmt", &[], |xml| text(xml, "version", &[("date", &day)], &day))?;
        }
        Ok(())
    })?;
    element(xml, "stdyInfo", &[], |xml| text(xml, "abstract", &[], &about.description))?;
    if !about.sources.is_empty() {
        element(xml, "method", &[], |xml| {
            element(xml, "dataColl", &[], |xml| {
                element(xml, "sources", &[], |xml| {
                    about.sources.iter().try_for_each(|source| {
                        let address = source.address.as_deref().unwrap_or_default();
                        text(xml, "dataSrc", &[], format!("{} {address}", source.title).trim())
                    })
                })
            })
        })?;
    }
    if let Some(licence) = &about.licence {
        element(xml, "dataAccs", &[], |xml| {
            element(xml, "useStmt", &[], |xml| {
                let address = licence.address.as_deref().unwrap_or_default();
                let words = format!("{} ({}) {address}", licence.title, licence.name);
                text(xml, "conditions", &[], words.trim())
            })
        })?;
    }
    element(xml, "otherStdyMat", &[], |xml| {
        about.notes.iter().try_for_each(|note| text(xml, "relMat", &[], note))
    })
}

fn file(xml: &mut Xml<'_>, dataset: &Dataset<'_>, extent: &Extent) -> io::Result<()> {
    element(xml, "fileTxt", &[], |xml| {
        text(xml, "fileName", &[], &Format::Csv.file_name(&dataset.about.name))?;
        element(xml, "dimensns", &[], |xml| {
            text(xml, "caseQnty", &[], &extent.rows.to_string())?;
            text(xml, "varQnty", &[], &dataset.variables.len().to_string())
        })?;
        text(xml, "fileType", &[], "text/csv; charset=utf-8")
    })
}

fn variables(xml: &mut Xml<'_>, dataset: &Dataset<'_>, extent: &Extent) -> io::Result<()> {
    let names = Names::of(&dataset.variables).plain;
    for (index, (question, members)) in several_answers(&dataset.variables).iter().enumerate() {
        let id = format!("G{}", index + 1);
        let attributes = [("ID", id.as_str()), ("type", "multipleResp"), ("var", members.as_str())];
        element(xml, "varGrp", &attributes, |xml| text(xml, "labl", &[], question))?;
    }
    for (index, ((variable, name), extent)) in
        dataset.variables.iter().zip(&names).zip(&extent.columns).enumerate()
    {
        let id = format!("V{}", index + 1);
        let places = match variable.kind {
            Kind::Decimal { places } => places.to_string(),
            _ => "0".to_owned(),
        };
        let attributes = [
            ("ID", id.as_str()),
            ("name", name.as_str()),
            ("files", "F1"),
            ("dcml", places.as_str()),
            ("intrvl", if is_continuous(&variable.kind) { "contin" } else { "discrete" }),
            ("nature", nature(&variable.kind)),
        ];
        // Attributes of no use to a text are left out.
        let kept: Vec<(&str, &str)> = attributes
            .into_iter()
            .filter(|(key, _)| variable.kind != Kind::Text || !matches!(*key, "dcml" | "intrvl" | "nature"))
            .collect();
        element(xml, "var", &kept, |xml| one(xml, variable, extent, &dataset.about))?;
    }
    Ok(())
}

/// Questions with several answers and the ids of their variables.
fn several_answers(variables: &[Variable]) -> Vec<(String, String)> {
    let mut questions: Vec<(String, String)> = Vec::new();
    for (index, variable) in variables.iter().enumerate() {
        let Kind::Chosen { of } = &variable.kind else { continue };
        match questions.iter_mut().find(|(question, _)| question == of) {
            Some((_, members)) => *members = format!("{members} V{}", index + 1),
            None => questions.push((of.clone(), format!("V{}", index + 1))),
        }
    }
    questions
}

fn is_continuous(kind: &Kind) -> bool {
    matches!(kind, Kind::Decimal { .. } | Kind::Date)
}

fn nature(kind: &Kind) -> &'static str {
    match kind {
        Kind::Category { ordered: true, .. } => "ordinal",
        Kind::Category { ordered: false, .. } | Kind::Chosen { .. } => "nominal",
        Kind::Whole | Kind::Decimal { .. } => "ratio",
        Kind::Date => "interval",
        Kind::Text => "other",
    }
}

fn one(xml: &mut Xml<'_>, variable: &Variable, extent: &ColumnExtent, about: &About) -> io::Result<()> {
    text(xml, "labl", &[("level", "variable")], &variable.label)?;
    if let Some(question) = variable.question.as_deref().filter(|question| !question.trim().is_empty()) {
        element(xml, "qstn", &[], |xml| text(xml, "qstnLit", &[], question))?;
    }
    if let Some(condition) = &variable.asked_when {
        text(xml, "universe", &[("clusion", "I")], condition)?;
    }
    let codes: Vec<(String, &str)> = match &variable.kind {
        Kind::Category { categories, .. } => {
            categories.iter().map(|category| (written_code(category), category.label.as_str())).collect()
        }
        Kind::Chosen { .. } => {
            vec![
                ("0".to_owned(), about.words.not_chosen.as_str()),
                ("1".to_owned(), about.words.chosen.as_str()),
            ]
        }
        Kind::Whole | Kind::Decimal { .. } | Kind::Text | Kind::Date => Vec::new(),
    };
    for ((code, label), frequency) in codes.iter().zip(&extent.frequencies) {
        category(xml, &[], code, label, about.with_frequencies.then_some(*frequency))?;
    }
    for missing in variable.reasons() {
        let attributes = [("missing", "Y"), ("missType", missing.key())];
        let frequency = about.with_frequencies.then_some(extent.missing[missing.index()]);
        category(xml, &attributes, missing.sign(), about.words.of(missing), frequency)?;
    }
    let format: &[(&str, &str)] = match variable.kind {
        Kind::Category { .. } | Kind::Text => &[("type", "character")],
        Kind::Chosen { .. } | Kind::Whole | Kind::Decimal { .. } => &[("type", "numeric")],
        Kind::Date => {
            &[("type", "character"), ("formatname", "YYYY-MM-DD"), ("schema", "ISO"), ("category", "date")]
        }
    };
    xml.create_element("varFormat").with_attributes(format.iter().copied()).write_empty()?;
    Ok(())
}

fn category(
    xml: &mut Xml<'_>,
    attributes: &[(&str, &str)],
    code: &str,
    label: &str,
    frequency: Option<u64>,
) -> io::Result<()> {
    element(xml, "catgry", attributes, |xml| {
        text(xml, "catValu", &[], code)?;
        text(xml, "labl", &[("level", "category")], label)?;
        match frequency {
            Some(frequency) => text(xml, "catStat", &[("type", "freq")], &frequency.to_string()),
            None => Ok(()),
        }
    })
}
