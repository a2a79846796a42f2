//! What columns and codes mean: one row for each code of each column, so that a program can join it to the rows.

use std::io::Write;

use crate::csv_data::writer;
use crate::description::variable::{Kind, Variable};
use crate::extent::Extent;
use crate::fault::WriteFault;
use crate::names::Names;
use crate::table::Dataset;
use crate::text::{clean, guarded};

/// The columns of the codebook.
pub(crate) const HEADER: [&str; 10] = [
    "variable",
    "spss_name",
    "label",
    "kind",
    "question",
    "asked_when",
    "value",
    "spss_value",
    "value_label",
    "value_kind",
];

/// One row of the codebook, as texts that no format has guarded yet.
pub(crate) type Line = [String; HEADER.len()];

/// All rows. `value` is what stands in a cell of CSV, before guarding.
pub(crate) fn lines(dataset: &Dataset<'_>, extent: &Extent) -> Vec<Line> {
    let names = Names::of(&dataset.variables);
    let mut lines = Vec::new();
    for (index, variable) in dataset.variables.iter().enumerate() {
        let fixed = |value: &str, number: &str, label: &str, kind: &str| -> Line {
            [
                names.plain.get(index).map_or("", String::as_str),
                names.spss.get(index).map_or("", String::as_str),
                &variable.label,
                variable.kind.key(),
                variable.question.as_deref().unwrap_or_default(),
                variable.asked_when.as_deref().unwrap_or_default(),
                value,
                number,
                label,
                kind,
            ]
            .map(|text| clean(text).into_owned())
        };
        let before = lines.len();
        for (value, number, label) in codes(variable, dataset) {
            lines.push(fixed(&value, &number, &label, "category"));
        }
        for missing in variable.reasons() {
            let number = match &variable.kind {
                Kind::Text => missing.sign().to_owned(),
                _ => extent
                    .columns
                    .get(index)
                    .map_or_else(String::new, |column| column.code(missing).to_string()),
            };
            lines.push(fixed(missing.sign(), &number, dataset.about.words.of(missing), missing.key()));
        }
        if lines.len() == before {
            lines.push(fixed("", "", "", ""));
        }
    }
    lines
}

/// Code, number and label of each category.
fn codes(variable: &Variable, dataset: &Dataset<'_>) -> Vec<(String, String, String)> {
    match &variable.kind {
        Kind::Category { categories, .. } => categories
            .iter()
            .map(|category| (category.code.clone(), category.number.to_string(), category.label.clone()))
            .collect(),
        Kind::Chosen { .. } => [("0", &dataset.about.words.not_chosen), ("1", &dataset.about.words.chosen)]
            .map(|(code, word)| (code.to_owned(), code.to_owned(), word.clone()))
            .into(),
        Kind::Whole | Kind::Decimal { .. } | Kind::Text | Kind::Date => Vec::new(),
    }
}

/// Writes the codebook as CSV.
///
/// # Errors
/// As [`write`](crate::write).
pub(crate) fn write(dataset: &Dataset<'_>, out: &mut dyn Write) -> Result<(), WriteFault> {
    let extent = Extent::of(dataset)?;
    write_lines(&lines(dataset, &extent), out)
}

/// Writes rows of the codebook as CSV.
pub(crate) fn write_lines(lines: &[Line], out: &mut dyn Write) -> Result<(), WriteFault> {
    let mut writer = writer(out);
    writer.write_record(HEADER)?;
    for line in lines {
        let is_missing = line[9] != "category" && !line[9].is_empty();
        writer.write_record(line.iter().enumerate().map(|(column, text)| {
            // The sign of a missing value stands as it stands in the rows.
            if is_missing && (column == 6 || column == 7) { text.clone() } else { guarded(text).into_owned() }
        }))?;
    }
    writer.flush()?;
    Ok(())
}
