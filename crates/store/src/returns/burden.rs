//! What an area has been asked for, over all its inspections: numbers alone come over the walls between them (ADR 0013).

use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::returns::burden::Item;

use crate::Source;
use crate::error::Result;
use crate::rows::read;

row! { struct ItemRow {
    id: String, programme: String, notified_on: String, minutes: Option<i64>, documents: i64, given_again: i64,
    pages: i64, pages_unknown: i64,
} }

/// Each item that was asked of the area of an inspection and not withdrawn, of every programme. What was sent and destroyed
/// on the day of disposal still counts: the work was done.
pub async fn burden(source: &mut impl Source, grant: &Grant) -> Result<Vec<Item>> {
    let n = |value: i64| u32::try_from(value).unwrap_or(0);
    fetch_all!(
        source,
        ItemRow,
        "SELECT q.id, i.programme, i.notified_on, q.minutes,
           COUNT(d.id) FILTER (WHERE d.origin_id IS NULL) AS documents,
           COUNT(d.id) FILTER (WHERE d.origin_id IS NOT NULL) AS given_again,
           CAST(COALESCE(SUM(d.pages) FILTER (WHERE d.origin_id IS NULL), 0) AS BIGINT) AS pages,
           COUNT(d.id) FILTER (WHERE d.origin_id IS NULL AND d.pages IS NULL) AS pages_unknown
         FROM document_request q
         JOIN inspection i ON i.id = q.inspection_id
         LEFT JOIN request_document x ON x.request_id = q.id
         LEFT JOIN document d ON d.id = x.document_id
           AND (d.withdrawn_at IS NULL OR d.digest = '' AND d.withdrawn_reason IS NULL)
         WHERE i.area = (SELECT area FROM inspection WHERE id = $1) AND i.notified_on IS NOT NULL
           AND q.state <> 'withdrawn'
         GROUP BY q.id, i.programme, i.notified_on, q.minutes ORDER BY q.id",
        grant.inspection().to_string()
    )?
    .into_iter()
    .map(|r| {
        let on: Date = read("inspection", "notified_on", &r.id, &r.notified_on)?;
        Ok(Item {
            year: on.year(),
            programme: r.programme,
            minutes: r.minutes.map(n),
            documents: n(r.documents),
            given_again: n(r.given_again),
            pages: n(r.pages),
            pages_unknown: n(r.pages_unknown),
        })
    })
    .collect()
}
