//! A large document in parts, from the first byte to the row that names it, against `cp` and `fsync` of the same file on
//! the same disk; and what the server holds in memory while many come at once.
//!
//! Each round sends another content: one that is here already would be kept once and prove nothing. The sender reads the
//! file while it sends, as a browser does.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use sqlx::Connection;

use crate::measure::{Measure, median};
use crate::server::{Place, Server};
use crate::wire::Wire;

const MB: usize = 1024 * 1024;
/// Sent in one request, as clients of tus do unless they are told otherwise; the page sends 8 MB at a time.
const FILE: usize = 1024 * MB;
const ROUNDS: u8 = 3;
const GOAL: f64 = 0.5;

const AT_ONCE: u8 = 20;
const EACH: usize = 24 * MB;
const EACH_PART: usize = 8 * MB;
const MEMORY_MB: f64 = 80.0;

pub(crate) async fn run(place: &Place) -> Result<Vec<Measure>> {
    let data = place.copy()?;
    let server = place.serve(data.path(), "/healthz").await?;
    let cookie = server.sign_in(data.path(), "coordinator").await?;
    let to = Target { path: request(data.path()).await?, at: server.at.to_string(), cookie };
    let folder = place.empty()?;
    let (file, copy) = (folder.path().join("file.txt"), folder.path().join("copy.txt"));
    let (mut copied, mut sent) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        write_file(&file, round)?;
        let began = Instant::now();
        std::fs::copy(&file, &copy)?;
        File::open(&copy)?.sync_all()?;
        copied.push(rate(began.elapsed()));
        std::fs::remove_file(&copy)?;
        let began = Instant::now();
        send_file(&server, &to, &file).await?;
        sent.push(rate(began.elapsed()));
    }
    let memory = at_once(&server, &to).await?;
    let (copied, sent) = (median(copied), median(sent));
    Ok(vec![
        Measure::yardstick("copy-and-sync", copied, "MB/s"),
        Measure::rate("upload-in-parts", sent, "MB/s", copied, GOAL),
        Measure::within("memory-of-20-uploads", memory, "MB", MEMORY_MB),
    ])
}

fn rate(took: Duration) -> f64 {
    f64::from(u32::try_from(FILE / MB).unwrap_or(u32::MAX)) / took.as_secs_f64()
}

/// Where documents are sent, and by whom.
#[derive(Debug, Clone)]
struct Target {
    path: String,
    at: String,
    cookie: String,
}

/// A request of the story that still takes documents: reference and id of its inspection, and its own id.
pub(crate) async fn taking(c: &mut sqlx::SqliteConnection) -> Result<(String, String, String)> {
    sqlx::query_as(
        "SELECT i.reference, i.id, r.id FROM document_request r JOIN inspection i ON i.id = r.inspection_id
         WHERE r.state = 'not_held'
           AND i.id NOT IN (SELECT inspection_id FROM disposal WHERE started_at IS NOT NULL)
         ORDER BY r.id LIMIT 1",
    )
    .fetch_one(c)
    .await
    .context("no request of the story takes documents")
}

/// Where documents are sent to that request.
async fn request(data: &Path) -> Result<String> {
    let options =
        sqlx::sqlite::SqliteConnectOptions::new().filename(data.join("keyline.sqlite")).read_only(true);
    let mut c = sqlx::SqliteConnection::connect_with(&options).await?;
    let (reference, _, request) = taking(&mut c).await?;
    c.close().await?;
    Ok(format!("/inspections/{reference}/returns/requests/{request}/uploads"))
}

fn line(number: u8) -> Vec<u8> {
    let line = format!("Line {number} of a fictional document that is only there to be sent.\n");
    line.into_bytes().into_iter().cycle().take(MB).collect()
}

fn write_file(path: &Path, number: u8) -> Result<()> {
    let (mut file, line) = (File::create(path)?, line(number));
    for _ in 0..FILE / MB {
        file.write_all(&line)?;
    }
    Ok(file.sync_all()?)
}

impl Target {
    fn head(&self, method: &str, path: &str, headers: &str, bytes: usize) -> Vec<u8> {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nTus-Resumable: 1.0.0\r\n{headers}Content-Length: {bytes}\r\n\r\n",
            self.at, self.cookie
        )
        .into_bytes()
    }

    /// Makes an upload and gives its address.
    async fn create(&self, wire: &mut Wire, bytes: usize) -> Result<String> {
        // "file.txt" in base64
        let headers = format!("Upload-Length: {bytes}\r\nUpload-Metadata: filename ZmlsZS50eHQ=\r\n");
        let answer = wire.ask(&self.head("POST", &self.path, &headers, 0)).await?;
        ensure!(answer.status == 201, "making an upload answered {}", answer.status);
        answer.location.context("an upload without an address")
    }

    async fn part(&self, wire: &mut Wire, upload: &str, offset: usize, part: Part<'_>) -> Result<()> {
        let bytes = match &part {
            Part::Bytes(bytes) => bytes.len(),
            Part::File(_) => FILE,
        };
        let headers = format!("Content-Type: application/offset+octet-stream\r\nUpload-Offset: {offset}\r\n");
        let mut head = self.head("PATCH", upload, &headers, bytes);
        let answer = match part {
            Part::Bytes(bytes) => {
                head.extend_from_slice(bytes);
                wire.ask(&head).await?
            }
            Part::File(path) => wire.send(&head, &mut File::open(path)?).await?,
        };
        ensure!(answer.status == 204, "a part answered {}", answer.status);
        Ok(())
    }
}

enum Part<'a> {
    Bytes(&'a [u8]),
    File(&'a Path),
}

async fn send_file(server: &Server, to: &Target, path: &Path) -> Result<()> {
    let mut wire = Wire::to(server.at).await?;
    let upload = to.create(&mut wire, FILE).await?;
    to.part(&mut wire, &upload, 0, Part::File(path)).await
}

// The most memory that was seen while all of them were under way.
async fn at_once(server: &Server, to: &Target) -> Result<f64> {
    let over = Arc::new(AtomicBool::new(false));
    let mut all = tokio::task::JoinSet::new();
    for number in 0..AT_ONCE {
        let (to, at) = (to.clone(), server.at);
        all.spawn(async move {
            let mut wire = Wire::to(at).await?;
            let upload = to.create(&mut wire, EACH).await?;
            let part: Vec<u8> = line(100 + number).into_iter().cycle().take(EACH_PART).collect();
            for offset in (0..EACH).step_by(EACH_PART) {
                to.part(&mut wire, &upload, offset, Part::Bytes(&part)).await?;
            }
            Ok::<_, anyhow::Error>(())
        });
    }
    let sending = async {
        while let Some(done) = all.join_next().await {
            done??;
        }
        over.store(true, Ordering::Relaxed);
        Ok::<_, anyhow::Error>(())
    };
    let watching = async {
        let mut most = 0;
        while !over.load(Ordering::Relaxed) {
            most = most.max(server.memory()?);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok::<_, anyhow::Error>(most)
    };
    let ((), most) = tokio::try_join!(sending, watching)?;
    Ok(f64::from(u32::try_from(most / 1000).unwrap_or(u32::MAX)) / 1000.0)
}
