//! Documents: the text of a long PDF, and what pages cost when the inspection holds a thousand documents of a megabyte.
//!
//! The thousand are rows as uploading leaves them, each with what was read of it. Their content is not there: no page opens
//! it, and a gigabyte would measure the disk.

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::load::{Requests, rate};
use crate::measure::{Measure, median};
use crate::server::Place;
use crate::uploads::taking;
use crate::wire::get;

const PAGES: usize = 300;
const TEXT_S: f64 = 5.0;
const DOCUMENTS: usize = 1_000;
/// Share of the rate without them that pages keep; a tenth is what one run differs from the next.
const KEPT: f64 = 0.9;
const CLIENTS: usize = 8;
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_millis(1500);

pub(crate) async fn run(place: &Place) -> Result<Vec<Measure>> {
    let program = place.program.clone();
    let text = tokio::task::spawn_blocking(move || text_of_a_pdf(&program)).await??;
    let mut measures = vec![Measure::within("text-of-300-pages", text, "s", TEXT_S)];
    let (before, after) = (place.copy()?, place.copy()?);
    let inspection = filled(after.path()).await?;
    let (one, other) =
        (place.serve(before.path(), "/healthz").await?, place.serve(after.path(), "/healthz").await?);
    let cookies = (one.sign_in(before.path(), "lead").await?, other.sign_in(after.path(), "lead").await?);
    let pages = [
        ("start-beside-1000-documents", "/start".to_owned()),
        ("overview-beside-1000-documents", format!("/inspections/{inspection}")),
        ("returns-beside-1000-documents", format!("/inspections/{inspection}/returns")),
    ];
    for (name, page) in pages {
        let (mut without, mut with) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            for (server, cookie, rates) in [(&one, &cookies.0, &mut without), (&other, &cookies.1, &mut with)]
            {
                let request = get(server.at, &page, Some(cookie));
                rates.push(rate(Requests::clients(CLIENTS, server.at, &request, 200).await?, ROUND).await?);
            }
        }
        measures.push(Measure::rate(name, median(with), "pages/s", median(without), KEPT));
    }
    Ok(measures)
}

/// Seconds from starting the program on a PDF to its last word, the median of three.
fn text_of_a_pdf(program: &Path) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("long.pdf");
    std::fs::write(&path, pdf(PAGES))?;
    let mut took = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let done =
            Command::new(program).arg("extract").stdin(File::open(&path)?).stderr(Stdio::null()).output()?;
        took.push(began.elapsed().as_secs_f64());
        let said = String::from_utf8_lossy(&done.stdout);
        ensure!(done.status.success() && said.contains("page 300 of a fictional"), "the text was not read");
    }
    Ok(median(took))
}

/// A PDF of made-up prose, forty lines on each page.
fn pdf(pages: usize) -> Vec<u8> {
    let mut parts = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut kids = String::new();
    for page in 1..=pages {
        let number = parts.len() + 1;
        write!(kids, "{number} 0 R ").ok();
        parts.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F 3 0 R>>>>>>",
            number + 1
        ));
        let mut text = "BT /F 11 Tf 14 TL 50 780 Td\n".to_owned();
        for line in 1..=40 {
            writeln!(
                text,
                "(Line {line} on page {page} of a fictional report of what services did in time.) '"
            )
            .ok();
        }
        text.push_str("ET");
        parts.push(format!("<</Length {}>>stream\n{text}\nendstream", text.len()));
    }
    parts[1] = format!("<</Type/Pages/Count {pages}/Kids[{kids}]>>");
    let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (part, number) in parts.iter().zip(1..) {
        writeln!(places, "{:010} 00000 n ", file.len()).ok();
        writeln!(file, "{number} 0 obj\n{part}\nendobj").ok();
    }
    let (count, start) = (parts.len() + 1, file.len());
    write!(
        file,
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    )
    .ok();
    file.into_bytes()
}

/// Adds the documents to one request of the newest inspection of the story that takes any; gives its reference.
async fn filled(data: &Path) -> Result<String> {
    let mut c =
        SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(data.join("keyline.sqlite")))
            .await?;
    let (reference, inspection, request) = taking(&mut c).await?;
    let mut tx = c.begin().await?;
    for number in 0..DOCUMENTS {
        let id = format!("doc_{number:032x}");
        sqlx::query(
            "INSERT INTO document (id, inspection_id, name, kind, bytes, digest, uploaded_at)
             VALUES ($1, $2, $3, 'application/pdf', 1048576, $4, '2026-01-05T10:00:00.000000Z')",
        )
        .bind(&id)
        .bind(&inspection)
        .bind(format!("fictional-{number}.pdf"))
        .bind(format!("{number:064x}"))
        .execute(&mut *tx)
        .await?;
        sqlx::query("INSERT INTO request_document (request_id, document_id) VALUES ($1, $2)")
            .bind(&request)
            .bind(&id)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "INSERT INTO document_text (document_id, state, pages, words) VALUES ($1, 'scan', 12, NULL)",
        )
        .bind(&id)
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    c.close().await?;
    Ok(reference)
}
