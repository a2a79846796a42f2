//! Writes a published report as files: PDF, page, JSON and CSV.
//!
//! The PDF goes into the document store, from where the public address serves it. Each file of `published/` is written
//! beside its place and renamed, so that it is there whole or not at all; done again it writes the same files.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use keyline_domain::ids::InspectionId;
use keyline_store::report::{editions, public};
use serde::{Deserialize, Serialize};

use super::editions::pdf;
use super::open_data::{grades_csv, open_report, with_text};
use super::published_page::page;
use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Kind of the job.
pub const KIND: &str = "write-publication";

/// What it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// The inspection.
    pub inspection: InspectionId,
}

/// The job. Does nothing for an inspection whose report is not published.
///
/// # Errors
/// When the report cannot be set, the database cannot be written or the disk is full: worth trying again.
pub async fn run(cx: &Cx, payload: Payload) -> Result<()> {
    let mut reader = cx.read().await?;
    let Some(edition) = public::edition(&mut reader, payload.inspection).await? else { return Ok(()) };
    let Some(report) =
        public::list(&mut reader).await?.into_iter().find(|r| r.inspection == payload.inspection)
    else {
        return Ok(());
    };
    drop(reader);
    let set = if let Some(digest) = &edition.pdf_digest {
        cx.documents.get(digest).await?
    } else {
        let set = pdf(cx, &edition.document).await?;
        let digest = cx.documents.put(set.clone()).await?.digest;
        let mut tx = cx.db.begin().await?;
        editions::set_pdf(&mut tx, edition.id, &digest).await?;
        tx.commit().await?;
        set
    };
    let open = open_report(cx, &report);
    let csv = grades_csv(std::slice::from_ref(&open));
    let html = page(&edition.document).into_bytes();
    let mut json = serde_json::to_vec_pretty(&with_text(open, edition.document)).map_err(Refused::fault)?;
    json.push(b'\n');
    let folder = cx.settings.published.join(&report.reference);
    let files = vec![("report.pdf", set), ("report.json", json), ("grades.csv", csv), ("index.html", html)];
    tokio::task::spawn_blocking(move || write(&folder, &files))
        .await
        .map_err(Refused::fault)?
        .map_err(|e| keyline_store::Error::from(e).into())
}

fn write(folder: &Path, files: &[(&str, Vec<u8>)]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, content) in files {
        let beside = Beside(folder.join(format!("{BESIDE}{name}.{}", std::process::id())));
        let mut file = std::fs::File::create(&beside.0)?;
        file.write_all(content)?;
        file.sync_all()?;
        std::fs::rename(&beside.0, folder.join(name))?;
    }
    for folder in [Some(folder), folder.parent()].into_iter().flatten() {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

// How the names of files begin that are being written.
const BESIDE: &str = ".writing-";

// A file beside its place: gone when it was not renamed.
struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Removes what was being written when the process was cut off; the job writes it anew. Only for whoever has the
/// folder alone.
///
/// # Errors
/// When a folder of it cannot be read, or something in it not be removed.
pub fn clear_up(published: &Path) -> std::io::Result<()> {
    if !published.exists() {
        return Ok(());
    }
    for report in std::fs::read_dir(published)? {
        let report = report?.path();
        if !report.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(report)? {
            let file = file?;
            if file.file_name().to_string_lossy().starts_with(BESIDE) {
                std::fs::remove_file(file.path())?;
            }
        }
    }
    Ok(())
}
