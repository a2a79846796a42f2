//! The samples that `docs/redraw.py` draws are the ones drawn here. `data/redrawn.txt` was printed by that program from
//! `data/cohort.tsv` (made up), each block below the words that were given to it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

use keyline_statistics::sample::Seed;
use keyline_statistics::sample::allocation::{By, Rule};
use keyline_statistics::sample::strata::{Frame, Stratum};

const COHORT: &str = include_str!("data/cohort.tsv");
const REDRAWN: &str = include_str!("data/redrawn.txt");

/// The words given to the program, and what it printed.
fn blocks() -> Vec<(Vec<&'static str>, &'static str)> {
    REDRAWN
        .split("> ")
        .skip(1)
        .map(|block| block.split_once('\n').unwrap())
        .map(|(words, printed)| (words.split(' ').collect(), printed))
        .collect()
}

fn word_after<'a>(words: &[&'a str], flag: &str) -> Option<&'a str> {
    words.iter().position(|word| *word == flag).map(|at| words[at + 1])
}

/// What this crate draws, printed as the program prints it.
fn drawn_here(words: &[&str]) -> String {
    let mut strata: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, name) in COHORT.lines().map(|line| line.split_once('\t').unwrap()) {
        let keys = strata.entry(name).or_default();
        if !key.is_empty() {
            keys.push(key);
        }
    }
    let number = |flag| word_after(words, flag).map_or(0, |text| text.parse::<usize>().unwrap());
    let by = match word_after(words, "--by") {
        Some("equal") => By::Equal,
        Some("neyman") => By::Neyman,
        _ => By::Proportional,
    };
    let expected: BTreeMap<&str, f64> = word_after(words, "--expected").map_or_else(BTreeMap::new, |pairs| {
        pairs
            .split(',')
            .filter_map(|pair| pair.split_once('='))
            .map(|(n, p)| (n, p.parse().unwrap()))
            .collect()
    });
    let strata = strata
        .into_iter()
        .map(|(name, keys)| Stratum {
            expected: expected.get(name).copied().unwrap_or(0.5),
            ..Stratum::new(name, keys)
        })
        .collect();
    let rule = Rule { by, minimum: number("--minimum") };
    let seed: Seed = word_after(words, "--seed").unwrap().parse().unwrap();
    let drawn = Frame::new(strata).unwrap().draw(seed, number("--size"), rule, number("--reserve")).unwrap();
    let mut lines = Vec::new();
    for stratum in drawn {
        for (what, keys) in [("drawn", stratum.sample.drawn), ("reserve", stratum.sample.reserve)] {
            lines.extend(keys.into_iter().map(|key| format!("{}\t{what}\t{key}\n", stratum.name)));
        }
    }
    lines.concat()
}

#[test]
fn the_published_program_and_this_crate_draw_alike() {
    assert_eq!(blocks().len(), 5);
    for (words, printed) in blocks() {
        assert_eq!(drawn_here(&words), printed, "{words:?}");
    }
}

/// The program itself, so that it cannot fall behind what it is published for. Where there is no Python, the samples that
/// it printed before are compared with ours by the other test.
#[test]
fn the_published_program_still_prints_that() {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/redraw.py");
    for (words, printed) in blocks() {
        let started = Command::new("python3")
            .arg(program)
            .args(&words)
            .env("PYTHONIOENCODING", "utf-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut child = match started {
            Err(error) if error.kind() == ErrorKind::NotFound => return,
            other => other.unwrap(),
        };
        child.stdin.take().unwrap().write_all(COHORT.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{words:?}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), printed, "{words:?}");
    }
}
