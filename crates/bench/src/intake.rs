//! The public channel: 1,000 messages by 50 people at once, whether each receipt opens its message afterwards, and whether
//! wrong receipts hold others up.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rand::RngCore;

use crate::measure::Measure;
use crate::server::{Place, Server};
use crate::wire::{Wire, post};

const AT_ONCE: usize = 50;
const EACH: usize = 20;
/// Wrong receipts that are tried while others send.
const WRONG: usize = 10_000;
/// By so many at once.
const GUESSERS: usize = 20;
/// Messages that are sent before and during the guessing.
const BESIDE: usize = 300;

struct Sent {
    text: String,
    words: String,
    took: Duration,
}

/// The measures; the last is how many messages are lost.
pub(crate) async fn run(place: &Place) -> Result<Vec<Measure>> {
    let data = place.copy()?;
    let server = place.serve(data.path(), "/healthz").await?;
    let page = server.page("/tell-us").await?;
    // An area if one is inspected now, so that lead, depute and adviser each get a key; else services in general.
    let area = page.split("href=\"/tell-us/about/").nth(1).and_then(|rest| rest.split('"').next());
    let path = format!("/tell-us/about/{}", area.unwrap_or("general"));
    let began = Instant::now();
    let sent = send(server.at, &path, AT_ONCE, EACH).await?;
    let rate = f64::from(u32::try_from(sent.len())?) / began.elapsed().as_secs_f64();
    let (p50, p95) = (percentile(&sent, 50), percentile(&sent, 95));
    let memory = server.memory()?;
    let lost = lost(server.at, &sent).await?;
    let alone = percentile(&send(server.at, &path, 5, BESIDE / 5).await?, 95);
    let during = while_guessing(&server, &path).await?;
    Ok(vec![
        Measure::count("intake-messages", sent.len(), "messages"),
        Measure::at_least("intake-rate", rate, "messages/s", 100.0),
        Measure::yardstick("intake-p50", p50, "ms"),
        Measure::within("intake-p95", p95, "ms", 300.0),
        #[expect(clippy::cast_precision_loss, reason = "megabytes of memory")]
        Measure::within("intake-memory", memory as f64 / 1_000_000.0, "MB", 150.0),
        Measure::yardstick("intake-p95-alone", alone, "ms"),
        Measure::within("intake-p95-while-guessing", during, "ms", alone * 1.2),
        Measure::none("intake-lost", lost, "messages"),
    ])
}

async fn send(at: SocketAddr, path: &str, clients: usize, each: usize) -> Result<Vec<Sent>> {
    let tasks: Vec<_> = (0..clients)
        .map(|client| {
            let path = path.to_owned();
            tokio::spawn(async move {
                let mut wire = Wire::to(at).await?;
                let mut sent = Vec::with_capacity(each);
                for number in 0..each {
                    let mark = once();
                    let text = format!("Made-up message {number} of {client}, mark {}", &mark[..12]);
                    let form = format!("once={mark}&wish=message&named=no&text={}", text.replace(' ', "+"));
                    let request = post(at, &path, &form);
                    let began = Instant::now();
                    let answer = wire.ask(&request).await?;
                    let took = began.elapsed();
                    ensure!(answer.status == 200, "a message was answered with {}", answer.status);
                    let words = receipt(&answer.text()).context("no receipt on the page")?;
                    sent.push(Sent { text, words, took });
                }
                anyhow::Ok(sent)
            })
        })
        .collect();
    let mut all = Vec::with_capacity(clients * each);
    for task in tasks {
        all.extend(task.await??);
    }
    Ok(all)
}

fn once() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn receipt(page: &str) -> Option<String> {
    let list = page.split("kl_receipt\">").nth(1)?.split("</ol>").next()?;
    let words: Vec<&str> = list.split("<li>").skip(1).filter_map(|li| li.split('<').next()).collect();
    (words.len() == 8).then(|| words.join(" "))
}

// Each receipt opens its message, and no other.
async fn lost(at: SocketAddr, sent: &[Sent]) -> Result<usize> {
    let mut wire = Wire::to(at).await?;
    let mut lost = 0;
    for one in sent {
        let form = format!("act=open&words={}", one.words.replace(' ', "+"));
        let answer = wire.ask(&post(at, "/tell-us/answer", &form)).await?;
        lost += usize::from(answer.status != 200 || !answer.text().contains(&one.text));
    }
    Ok(lost)
}

async fn while_guessing(server: &Server, path: &str) -> Result<f64> {
    let at = server.at;
    let guessers: Vec<_> = (0..GUESSERS)
        .map(|_| {
            tokio::spawn(async move {
                let mut wire = Wire::to(at).await?;
                // Eight words of the list that do not belong together: the dearest kind of a wrong receipt is looked up.
                let form = "act=open&words=abandon+ability+able+about+above+absent+absorb+abstract";
                let request = post(at, "/tell-us/answer", form);
                for _ in 0..WRONG / GUESSERS {
                    let status = wire.status(&request).await?;
                    ensure!(status == 422 || status == 429, "a wrong receipt was answered with {status}");
                }
                anyhow::Ok(())
            })
        })
        .collect();
    let sent = send(at, path, 5, BESIDE / 5).await?;
    for guesser in guessers {
        guesser.await??;
    }
    Ok(percentile(&sent, 95))
}

fn percentile(sent: &[Sent], percent: usize) -> f64 {
    let mut times: Vec<f64> = sent.iter().map(|s| s.took.as_secs_f64() * 1000.0).collect();
    times.sort_by(f64::total_cmp);
    let last = times.len().saturating_sub(1);
    times.get(last * percent / 100).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_read_off_the_page_and_percentiles_count_from_below() {
        let list: String = ["a", "b", "c", "d", "e", "f", "g", "h"].map(|w| format!("<li>{w}</li>")).concat();
        assert_eq!(receipt(&format!("<ol class=\"kl_receipt\">{list}</ol>")).unwrap(), "a b c d e f g h");
        assert_eq!(receipt("<p>no"), None);
        let sent: Vec<Sent> = (1..=100)
            .map(|n| Sent { text: String::new(), words: String::new(), took: Duration::from_millis(n) })
            .collect();
        assert!((percentile(&sent, 50) - 50.0).abs() < 1.01);
        assert!((percentile(&sent, 95) - 95.0).abs() < 1.01);
        assert_ne!(once(), once());
    }
}
