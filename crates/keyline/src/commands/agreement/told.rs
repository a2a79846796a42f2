//! The agreement of readers as JSON. What is not defined is said in words, so that nobody takes a blank for a number.

use keyline_statistics::agreement::summary::{Agreement, Coefficient, PairAgreement};
use keyline_statistics::agreement::weights::Weights;
use keyline_statistics::agreement::{How, NoRange, Range};
use keyline_statistics::sample::Seed;
use serde_json::{Map, Value, json};

/// What has to be said with the numbers.
pub(super) struct Told {
    pub(super) level: &'static str,
    /// In percent.
    pub(super) confidence: f64,
    pub(super) seed: Seed,
    pub(super) readers: Vec<String>,
    pub(super) categories: Vec<String>,
}

impl Told {
    pub(super) fn of(&self, found: &Agreement) -> Value {
        let readings: Vec<Value> = self
            .categories
            .iter()
            .zip(&found.readings)
            .map(|(category, readings)| json!({ "category": category, "readings": readings }))
            .collect();
        let coincidences: Vec<Value> = found
            .coincidences
            .iter()
            .map(|(&(a, b), &times)| json!({ "categories": [self.category(a), self.category(b)], "times": rounded(times) }))
            .collect();
        let gwet: Vec<Value> = found
            .gwet
            .iter()
            .map(|(weights, coefficient)| {
                let name = if *weights == Weights::Unweighted { "AC1" } else { "AC2" };
                self.coefficient(coefficient, &[("name", name), ("weights", weights_name(*weights))])
            })
            .collect();
        json!({
            "level": self.level,
            "confidence_percent": self.confidence,
            "seed": self.seed.to_string(),
            "readers": self.readers,
            "units": found.units,
            "units_read_twice": found.read_twice,
            "readings": readings,
            "coincidences": coincidences,
            "percent_agreement": self.coefficient(&found.percent, &[]),
            "krippendorff_alpha": self.coefficient(&found.alpha, &[("level", self.level)]),
            "fleiss_kappa": self.coefficient(&found.fleiss, &[]),
            "gwet": gwet,
            "pairs": found.pairs.iter().map(|pair| self.pair(pair)).collect::<Vec<_>>(),
        })
    }

    fn pair(&self, pair: &PairAgreement) -> Value {
        let (first, second) = pair.readers;
        let table: Vec<Value> = pair
            .table
            .cells()
            .map(|(a, b, units)| json!({ "first": self.category(a), "second": self.category(b), "units": units }))
            .collect();
        let kappa: Vec<Value> = pair
            .kappa
            .iter()
            .map(|(weights, coefficient)| {
                self.coefficient(coefficient, &[("weights", weights_name(*weights))])
            })
            .collect();
        json!({
            "readers": [self.readers.get(first), self.readers.get(second)],
            "units": pair.table.units(),
            "table": table,
            "percent_agreement": self.coefficient(&pair.percent, &[]),
            "cohen_kappa": kappa,
        })
    }

    fn category(&self, at: usize) -> Option<&String> {
        self.categories.get(at)
    }

    fn coefficient(&self, coefficient: &Coefficient, about: &[(&str, &str)]) -> Value {
        let mut told: Map<String, Value> =
            about.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect();
        match coefficient {
            Err(undefined) => {
                told.insert("undefined".to_owned(), json!(undefined.to_string()));
            }
            Ok(estimate) => {
                told.insert("value".to_owned(), rounded(estimate.value));
                told.insert("units".to_owned(), json!(estimate.units));
                let (name, range) = match estimate.range {
                    Range::Between { low, high, how } => (
                        "interval",
                        json!({ "low": rounded(low), "high": rounded(high), "method": method(how) }),
                    ),
                    Range::None(why) => ("no_interval", json!(self.without_interval(why))),
                };
                told.insert(name.to_owned(), range);
            }
        }
        Value::Object(told)
    }

    fn without_interval(&self, why: NoRange) -> String {
        match why {
            NoRange::OneUnit => "only one unit was read twice".to_owned(),
            NoRange::NoDifference => {
                "the units do not differ in agreement, so they do not show how far chance goes".to_owned()
            }
            NoRange::OftenUndefined { rounds, undefined } => {
                format!("not defined in {undefined} of {rounds} samples drawn from the units")
            }
            NoRange::TooFewRounds => format!("too few rounds to be {} % sure", self.confidence),
        }
    }
}

fn method(how: How) -> String {
    match how {
        How::Score => "score interval".to_owned(),
        How::StandardError { error, times } => format!("{times:.3} standard errors of {error:.6}"),
        How::Bootstrap { rounds, undefined: 0 } => format!("bootstrap over units, {rounds} rounds"),
        How::Bootstrap { rounds, undefined } => {
            format!("bootstrap over units, {rounds} rounds, {undefined} of them not defined and left out")
        }
    }
}

fn weights_name(weights: Weights) -> &'static str {
    match weights {
        Weights::Unweighted => "unweighted",
        Weights::Linear => "linear",
        Weights::Quadratic => "quadratic",
    }
}

/// Six places are more than the readings can tell, and the same on every machine.
fn rounded(number: f64) -> Value {
    // adding 0 makes 0 of a negative 0
    json!((number * 1e6).round() / 1e6 + 0.0)
}
