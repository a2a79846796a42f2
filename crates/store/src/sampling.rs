//! The parts of a sample, and what was left out before it was drawn.

use std::collections::BTreeMap;

use jiff::Timestamp;
use keyline_domain::access::Grant;
use keyline_domain::ids::{InspectionId, PersonId, SampleId};
use keyline_domain::records::estimating::Stratum;

use crate::error::{Error, Result};
use crate::records::{Record, Sample};
use crate::rows::{json, read, read_optional, time};
use crate::{Source, Tx};

/// How a sample was divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// Keys of the columns.
    pub columns: Vec<String>,
    /// By what it was shared out.
    pub allocation: String,
    /// Fewest from each part.
    pub minimum: i64,
    /// The parts in the order of their names.
    pub parts: Vec<Part>,
}

/// One part with what was drawn from it: with it, results can be weighed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Number of its stream.
    pub stream: i64,
    /// How many could be drawn.
    pub population: i64,
    /// How many were left out before.
    pub excluded: i64,
    /// How many were drawn.
    pub drawn: i64,
    /// The share expected, in percent.
    pub expected: i64,
}

/// A label that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    /// The label.
    pub label: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// Keeps how a sample was divided, and the part of each label.
pub async fn add_division(
    tx: &mut Tx,
    sample: SampleId,
    division: &Division,
    part_of: &[(String, String)],
) -> Result<()> {
    execute!(
        tx,
        "UPDATE sample SET strata = $1, allocation = $2, minimum = $3 WHERE id = $4",
        serde_json::to_string(&division.columns)?,
        &division.allocation,
        division.minimum,
        sample.to_string()
    )?;
    for part in &division.parts {
        execute!(
            tx,
            "INSERT INTO sample_stratum (sample_id, name, stream, population, excluded, drawn, expected)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            sample.to_string(),
            &part.name,
            part.stream,
            part.population,
            part.excluded,
            part.drawn,
            part.expected
        )?;
    }
    for (label, part) in part_of {
        execute!(
            tx,
            "UPDATE sample_record SET stratum = $1 WHERE sample_id = $2 AND label = $3",
            part,
            sample.to_string(),
            label
        )?;
    }
    Ok(())
}

row! { struct DivisionRow { strata: Option<String>, allocation: Option<String>, minimum: Option<i64> } }

row! { struct PartRow {
    name: String, stream: i64, population: i64, excluded: i64, drawn: i64, expected: i64,
} }

/// How the sample of the inspection that the grant opens was divided; none when it was drawn from the whole list.
pub async fn division(source: &mut impl Source, grant: &Grant, sample: SampleId) -> Result<Option<Division>> {
    let row = fetch_optional!(
        source,
        DivisionRow,
        "SELECT strata, allocation, minimum FROM sample WHERE id = $1 AND inspection_id = $2",
        sample.to_string(),
        grant.inspection().to_string()
    )?;
    let Some((strata, allocation)) = row.as_ref().and_then(|r| r.strata.as_ref().zip(r.allocation.clone()))
    else {
        return Ok(None);
    };
    let parts = fetch_all!(
        source,
        PartRow,
        "SELECT name, stream, population, excluded, drawn, expected FROM sample_stratum
         WHERE sample_id = $1 ORDER BY stream",
        sample.to_string()
    )?
    .into_iter()
    .map(|r| Part {
        name: r.name,
        stream: r.stream,
        population: r.population,
        excluded: r.excluded,
        drawn: r.drawn,
        expected: r.expected,
    })
    .collect();
    let columns = json("sample", "strata", &sample.to_string(), strata)?;
    let minimum = row.and_then(|r| r.minimum).unwrap_or(0);
    Ok(Some(Division { columns, allocation, minimum, parts }))
}

row! { struct LabelPartRow { label: String, stratum: Option<String> } }

/// The part of each label of a sample; empty when it was drawn from the whole list.
pub async fn part_of_labels(
    source: &mut impl Source,
    grant: &Grant,
    sample: SampleId,
) -> Result<BTreeMap<String, String>> {
    let rows = fetch_all!(
        source,
        LabelPartRow,
        "SELECT r.label, r.stratum FROM sample_record r JOIN sample s ON s.id = r.sample_id
         WHERE s.id = $1 AND s.inspection_id = $2",
        sample.to_string(),
        grant.inspection().to_string()
    )?;
    Ok(rows.into_iter().filter_map(|r| Some((r.label, r.stratum?))).collect())
}

/// The strata that results are weighed by, and the place in them of each label of the sample. Of a stratum is drawn what is in
/// use now: a replacement counts where it was drawn. A sample from the whole list has one stratum without a name.
pub async fn strata(
    source: &mut impl Source,
    grant: &Grant,
    sample: &Sample,
    records: &[Record],
) -> Result<(Vec<Stratum>, BTreeMap<String, usize>)> {
    let number = |n: i64| u64::try_from(n).unwrap_or(0);
    let Some(division) = division(source, grant, sample.id).await? else {
        let drawn = records.iter().filter(|record| record.in_use).count();
        let whole = Stratum {
            name: String::new(),
            population: number(sample.population),
            drawn: u64::try_from(drawn).unwrap_or(u64::MAX),
        };
        return Ok((vec![whole], records.iter().map(|record| (record.label.clone(), 0)).collect()));
    };
    let mut strata: Vec<Stratum> = division
        .parts
        .into_iter()
        .map(|part| Stratum { name: part.name, population: number(part.population), drawn: 0 })
        .collect();
    let part_of = part_of_labels(source, grant, sample.id).await?;
    let mut places = BTreeMap::new();
    for record in records {
        let Some(part) = part_of.get(&record.label) else { continue };
        let place = strata.iter().position(|stratum| stratum.name == *part).ok_or_else(|| {
            let (id, found) = (record.label.clone(), part.clone());
            Error::Inconsistent { table: "sample_record", column: "stratum", id, found }
        })?;
        if record.in_use {
            strata[place].drawn += 1;
        }
        places.insert(record.label.clone(), place);
    }
    Ok((strata, places))
}

row! { struct ExclusionRow {
    label: String, reason: String, excluded_by: Option<String>, excluded_at: String,
} }

/// What was left out, by label.
pub async fn exclusions(source: &mut impl Source, grant: &Grant) -> Result<Vec<Exclusion>> {
    let t = "sample_exclusion";
    fetch_all!(
        source,
        ExclusionRow,
        "SELECT label, reason, excluded_by, excluded_at FROM sample_exclusion
         WHERE inspection_id = $1 ORDER BY label",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        Ok(Exclusion {
            by: read_optional(t, "excluded_by", &r.label, r.excluded_by.as_deref())?,
            at: read(t, "excluded_at", &r.label, &r.excluded_at)?,
            label: r.label,
            reason: r.reason,
        })
    })
    .collect()
}

/// Leaves a label out.
///
/// # Errors
/// [`Error::Exists`] when it is left out already.
pub async fn add_exclusion(tx: &mut Tx, inspection: InspectionId, exclusion: &Exclusion) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO sample_exclusion (inspection_id, label, reason, excluded_by, excluded_at)
         VALUES ($1, $2, $3, $4, $5)",
        inspection.to_string(),
        &exclusion.label,
        &exclusion.reason,
        exclusion.by.map(|p| p.to_string()),
        time(exclusion.at)
    )
    .map(|_| ())
}

/// Takes an exclusion back.
///
/// # Errors
/// [`Error::Stale`] when there is none of this label.
pub async fn remove_exclusion(tx: &mut Tx, inspection: InspectionId, label: &str) -> Result<()> {
    let touched = execute!(
        tx,
        "DELETE FROM sample_exclusion WHERE inspection_id = $1 AND label = $2",
        inspection.to_string(),
        label
    )?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}
