//! All methodology files together: programmes, frameworks, areas.

use std::collections::BTreeMap;

use serde::Serialize;

use super::areas::{self, Council, SchoolHolidays};
use super::folder::parse_programme;
use super::frameworks::{self, Framework};
use super::lenses::{self, Lenses};
use super::problems::{Problem, Problems};
use super::programme::{Programme, ProgrammePin};
use super::quantity_words::{self, QuantityWords};
use super::sourced::SourceNote;
use crate::inspections::calendar::Calendar;

/// The frameworks, lenses and quantity words of `frameworks/`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Frameworks {
    by_id: BTreeMap<String, Framework>,
    lenses: Lenses,
    quantity_words: Option<QuantityWords>,
}

impl Frameworks {
    /// Reads every `frameworks/*.toml` among `files`, whose paths begin at the root of the repository.
    pub fn parse(files: &BTreeMap<String, String>) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let frameworks = Self::read(files, &problems);
        problems.or(Some(frameworks))
    }

    fn read(files: &BTreeMap<String, String>, problems: &Problems) -> Self {
        let mut found = Self::default();
        for (path, text) in files {
            let Some(name) = path.strip_prefix("frameworks/").and_then(|name| name.strip_suffix(".toml"))
            else {
                continue;
            };
            match name {
                "rights" => found.lenses = lenses::read(path, text, problems).unwrap_or_default(),
                "quantity-words" => found.quantity_words = quantity_words::read(path, text, problems),
                id => {
                    if let Some(framework) = frameworks::read(id, path, text, problems) {
                        found.by_id.insert(id.to_owned(), framework);
                    }
                }
            }
        }
        found
    }

    /// The framework with this id.
    pub fn get(&self, id: &str) -> Option<&Framework> {
        self.by_id.get(id)
    }

    /// All frameworks in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Framework> {
        self.by_id.values()
    }

    /// The rights lenses.
    pub fn lenses(&self) -> &Lenses {
        &self.lenses
    }

    /// The words for shares, when the folder has them.
    pub fn quantity_words(&self) -> Option<&QuantityWords> {
        self.quantity_words.as_ref()
    }
}

/// Everything the product knows about method and places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Library {
    programmes: Vec<Programme>,
    frameworks: Frameworks,
    councils: Vec<Council>,
    area_sources: Vec<SourceNote>,
    school_holidays: BTreeMap<String, SchoolHolidays>,
}

impl Library {
    /// Reads the folders `programmes/`, `frameworks/` and `areas/`.
    ///
    /// `files` holds texts by their path from the root of the repository, with forward slashes. Files of
    /// other folders, published figures and bank holidays are passed over. The result is the library, or
    /// every fault in every file.
    pub fn parse(files: &BTreeMap<String, String>) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let frameworks = Frameworks::read(files, &problems);
        let programmes = read_programmes(files, &frameworks, &problems);
        let councils = "areas/councils.toml";
        let (councils, area_sources) = if let Some(text) = files.get(councils) {
            areas::read_councils(councils, text, &problems)
        } else {
            problems.add(councils, 1, "this file is missing");
            (Vec::new(), Vec::new())
        };
        let mut school_holidays = BTreeMap::new();
        for (path, text) in files {
            let name =
                path.strip_prefix("areas/school-holidays/").and_then(|name| name.strip_suffix(".toml"));
            let Some(key) = name else { continue };
            if !councils.iter().any(|council| council.key == key) {
                problems.add(
                    path,
                    1,
                    format!("unknown council “{key}”: areas/councils.toml has no such key"),
                );
            }
            if let Some(holidays) = areas::read_school_holidays(key, path, text, &problems) {
                school_holidays.insert(key.to_owned(), holidays);
            }
        }
        problems.or(Some(Self { programmes, frameworks, councils, area_sources, school_holidays }))
    }

    /// All programme versions, by id and then from the oldest version to the newest.
    pub fn programmes(&self) -> &[Programme] {
        &self.programmes
    }

    /// One version of a programme.
    pub fn programme(&self, id: &str, version: &str) -> Option<&Programme> {
        self.programmes.iter().find(|programme| programme.id == id && programme.version == version)
    }

    /// The programme version that an inspection pinned, if its files still say what they said then.
    pub fn pinned(&self, pin: &ProgrammePin) -> Option<&Programme> {
        self.programme(&pin.id, &pin.version).filter(|programme| programme.digest == pin.digest)
    }

    /// The newest version of a programme: the one that no other version supersedes.
    pub fn latest(&self, id: &str) -> Option<&Programme> {
        self.programmes.iter().rev().find(|programme| programme.id == id)
    }

    /// The framework with this id.
    pub fn framework(&self, id: &str) -> Option<&Framework> {
        self.frameworks.get(id)
    }

    /// All frameworks, lenses and quantity words.
    pub fn frameworks(&self) -> &Frameworks {
        &self.frameworks
    }

    /// The council with this key.
    pub fn council(&self, key: &str) -> Option<&Council> {
        self.councils.iter().find(|council| council.key == key)
    }

    /// All councils in the order of the file.
    pub fn councils(&self) -> &[Council] {
        &self.councils
    }

    /// The sources named by councils.
    pub fn area_sources(&self) -> &[SourceNote] {
        &self.area_sources
    }

    /// The school holidays of a council, if it has a file.
    pub fn school_holidays(&self, council: &str) -> Option<&SchoolHolidays> {
        self.school_holidays.get(council)
    }

    /// The calendar by which plans of a council are dated: Scottish bank holidays, and its school holidays as
    /// far as they have been filled in.
    pub fn calendar(&self, council: &str) -> Calendar {
        Calendar::scotland(self.school_holidays(council).map(SchoolHolidays::ranges).unwrap_or_default())
    }
}

fn read_programmes(
    files: &BTreeMap<String, String>,
    frameworks: &Frameworks,
    problems: &Problems,
) -> Vec<Programme> {
    let mut folders: BTreeMap<(&str, &str), BTreeMap<String, String>> = BTreeMap::new();
    for (path, text) in files {
        let mut parts = path.splitn(4, '/');
        if let (Some("programmes"), Some(id), Some(version), Some(rest)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        {
            folders.entry((id, version)).or_default().insert(rest.to_owned(), text.clone());
        }
    }
    let mut programmes = Vec::new();
    for ((id, version), folder) in &folders {
        let place = format!("programmes/{id}/{version}");
        match parse_programme(folder, frameworks) {
            Ok(programme) => {
                for (property, written, folder) in
                    [("id", &programme.id, id), ("version", &programme.version, version)]
                {
                    if written != folder {
                        let file = format!("{place}/programme.toml");
                        problems.add(
                            &file,
                            1,
                            format!("{property} is “{written}” but the folder is named “{folder}”"),
                        );
                    }
                }
                programmes.push(programme);
            }
            Err(found) => {
                for problem in found {
                    problems.add(&format!("{place}/{}", problem.file), problem.line, problem.message);
                }
            }
        }
    }
    for programme in &programmes {
        if let Some(before) = &programme.supersedes
            && !folders.contains_key(&(programme.id.as_str(), before.as_str()))
        {
            let file = format!("programmes/{}/{}/programme.toml", programme.id, programme.version);
            problems.add(&file, 1, format!("it supersedes version “{before}”, which does not exist"));
        }
    }
    in_order(programmes)
}

/// Sorts by id and puts a version after the one it supersedes.
fn in_order(programmes: Vec<Programme>) -> Vec<Programme> {
    let before: BTreeMap<(String, String), Option<String>> = programmes
        .iter()
        .map(|programme| ((programme.id.clone(), programme.version.clone()), programme.supersedes.clone()))
        .collect();
    let age = |programme: &Programme| {
        let mut steps = 0;
        let mut version = programme.version.clone();
        // The bound ends the walk when versions supersede each other in a ring.
        while let Some(Some(earlier)) = before.get(&(programme.id.clone(), version.clone())) {
            steps += 1;
            version.clone_from(earlier);
            if steps > before.len() {
                break;
            }
        }
        steps
    };
    let mut keyed: Vec<_> = programmes.into_iter().map(|programme| (age(&programme), programme)).collect();
    keyed.sort_by(|(age, one), (other_age, other)| {
        (&one.id, age, &one.version).cmp(&(&other.id, other_age, &other.version))
    });
    keyed.into_iter().map(|(_, programme)| programme).collect()
}
