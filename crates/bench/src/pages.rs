//! Pages per second: the public report page and the start page of somebody who is signed in, against `/healthz`, the
//! smallest handler of the same server, which no session and no page frame stands before.

use std::time::Duration;

use anyhow::{Context, Result};

use crate::load::{Requests, rate};
use crate::measure::{Measure, median};
use crate::server::Place;
use crate::wire::get;

const CLIENTS: usize = 32;
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_millis(2500);

/// The share of the smallest handler's rate that the two pages are to reach.
const REPORT_GOAL: f64 = 0.5;
const START_GOAL: f64 = 0.2;

pub(crate) async fn run(place: &Place) -> Result<Vec<Measure>> {
    let data = place.copy()?;
    let server = place.serve(data.path(), "/healthz").await?;
    let at = server.at;
    let report = first_report(&server.page("/reports").await?).context("no published report in the story")?;
    let cookie = server.sign_in(data.path(), "lead").await?;
    let requests = [get(at, "/healthz", None), get(at, &report, None), get(at, "/start", Some(&cookie))];
    let mut rates: [Vec<f64>; 3] = Default::default();
    for request in &requests {
        rate(Requests::clients(CLIENTS, at, request, 200).await?, Duration::from_millis(300)).await?;
    }
    for _ in 0..ROUNDS {
        for (request, rates) in requests.iter().zip(&mut rates) {
            rates.push(rate(Requests::clients(CLIENTS, at, request, 200).await?, ROUND).await?);
        }
    }
    let [hello, report, start] = rates.map(median);
    Ok(vec![
        Measure::yardstick("smallest-handler", hello, "requests/s"),
        Measure::rate("report-page", report, "requests/s", hello, REPORT_GOAL),
        Measure::rate("start-page", start, "requests/s", hello, START_GOAL),
    ])
}

/// The address of the first report in the list of published ones.
fn first_report(page: &str) -> Option<String> {
    page.split("href=\"/reports/").skip(1).find_map(|rest| {
        let reference = rest.split('"').next()?;
        let plain = reference.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        (plain && !reference.is_empty()).then(|| format!("/reports/{reference}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_report_is_found_among_files_and_feeds() {
        let page = r#"<a href="/reports/feed.xml"><a href="/reports/fife-2024/report.pdf"><a href="/reports/fife-2024">"#;
        assert_eq!(first_report(page).as_deref(), Some("/reports/fife-2024"));
        assert_eq!(first_report("<p>No report has been published."), None);
    }
}
