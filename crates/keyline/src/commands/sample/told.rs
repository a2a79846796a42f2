//! What is said of a draw: as a table for people, as JSON lines for programs.

use std::collections::BTreeMap;

use keyline_domain::records::METHOD;
use keyline_statistics::sample::Seed;
use keyline_statistics::sample::strata::StratumSample;
use keyline_statistics::sample_size::Margin;
use serde_json::json;

/// A draw, with all that is needed to draw it again.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) seed: Seed,
    pub(super) size: usize,
    /// In percent.
    pub(super) confidence: f64,
    /// None when a stratum has nobody drawn.
    pub(super) margin: Option<Margin>,
    /// By what the sample was shared out over the strata, and the minimum of each; none when there are no strata.
    pub(super) allocation: Option<(&'static str, usize)>,
    /// One without a name when there are none.
    pub(super) strata: Vec<StratumSample<String>>,
    /// The row of each key in the file.
    pub(super) rows: BTreeMap<String, u32>,
}

/// One of the drawn, or a replacement.
struct One<'a> {
    stratum: &'a str,
    /// "drawn" or "reserve".
    what: &'static str,
    /// Its number in the order of drawing, within its stratum.
    number: usize,
    key: &'a str,
}

impl Drawn {
    fn each(&self) -> impl Iterator<Item = One<'_>> {
        self.strata.iter().flat_map(|stratum| {
            [("drawn", &stratum.sample.drawn), ("reserve", &stratum.sample.reserve)].into_iter().flat_map(
                move |(what, keys)| {
                    (1..).zip(keys).map(move |(number, key)| One {
                        stratum: &stratum.name,
                        what,
                        number,
                        key,
                    })
                },
            )
        })
    }

    fn population(&self) -> usize {
        self.strata.iter().map(|stratum| stratum.population).sum()
    }

    fn excluded(&self) -> usize {
        self.strata.iter().map(|stratum| stratum.excluded).sum()
    }

    /// The margin in percentage points; 0 for a census.
    fn points(&self) -> Option<f64> {
        self.margin.map(|margin| match margin {
            Margin::Census => 0.0,
            Margin::Within(share) => (share * 10_000.0).round() / 100.0,
        })
    }

    /// A line of the draw, then one for each that was drawn and each replacement.
    pub(super) fn json(&self) -> Vec<String> {
        let strata: Vec<_> = (1..)
            .zip(&self.strata)
            .map(|(stream, stratum)| {
                json!({
                    "name": stratum.name,
                    "stream": if self.allocation.is_some() { stream } else { 0 },
                    "population": stratum.population,
                    "excluded": stratum.excluded,
                    "drawn": stratum.sample.drawn.len(),
                    "weight": stratum.weight(),
                })
            })
            .collect();
        let draw = json!({
            "method": METHOD,
            "seed": self.seed.to_string(),
            "population": self.population(),
            "excluded": self.excluded(),
            "size": self.size,
            "allocation": self.allocation.map(|(name, _)| name),
            "minimum": self.allocation.map(|(_, minimum)| minimum),
            "margin_points": self.points(),
            "confidence_percent": self.confidence,
            "strata": strata,
        });
        let each = self.each().map(|one| {
            json!({
                "key": one.key,
                "row": self.rows.get(one.key),
                "stratum": self.allocation.map(|_| one.stratum),
                one.what: one.number,
            })
        });
        std::iter::once(json!({ "draw": draw })).chain(each).map(|value| value.to_string()).collect()
    }

    pub(super) fn readable(&self) -> Vec<String> {
        let mut lines = vec![
            format!("method      {METHOD}"),
            format!("seed        {}", self.seed),
            format!("population  {}, {} more excluded", self.population(), self.excluded()),
            format!("size        {}", self.size),
        ];
        if let Some((name, minimum)) = self.allocation {
            lines.push(format!("allocation  {name}, at least {minimum} from each stratum that has so many"));
        }
        lines.push(match self.margin.zip(self.points()) {
            None => "margin      none: a stratum has nobody drawn (--minimum 1 draws from each)".to_owned(),
            Some((Margin::Census, _)) => "margin      none is needed: all are drawn".to_owned(),
            Some((Margin::Within(_), points)) => format!(
                "margin      within {points:.2} percentage points, {} % sure, before anything is known",
                self.confidence
            ),
        });
        if self.allocation.is_some() {
            let longest =
                self.strata.iter().map(|stratum| stratum.name.chars().count()).max().unwrap_or(0).max(7);
            lines.push(String::new());
            lines.push(format!("{:longest$}  population  excluded  drawn  each stands for", "stratum"));
            for stratum in &self.strata {
                let weight = stratum.weight().map_or_else(|| "-".to_owned(), |weight| format!("{weight:.3}"));
                lines.push(format!(
                    "{:longest$}  {:>10}  {:>8}  {:>5}  {weight:>15}",
                    stratum.name,
                    stratum.population,
                    stratum.excluded,
                    stratum.sample.drawn.len()
                ));
            }
        }
        lines.push(String::new());
        lines.extend(self.each().map(|one| {
            let stratum = self.allocation.map_or_else(String::new, |_| format!("  {}", one.stratum));
            format!("{:7} {:>4}  {}{stratum}", one.what, one.number, one.key)
        }));
        lines
    }
}
