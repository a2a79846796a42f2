//! The sample tables. Everybody and everything in them is made up.

use jiff::civil::date;
use keyline_datasets::aggregated::{Counts, Figure, Labels, Line};
use keyline_datasets::{
    About, Category, Cell, Dataset, Kind, Licence, Missing, Source, Variable, Words, WriteFault,
};
use serde_json::{Value, json};

/// A table and what its columns must be called and coded in SPSS, written down by hand.
pub(crate) struct Sample {
    /// The table.
    pub(crate) dataset: Dataset<'static>,
    /// For each column: its name in SPSS, and the code of [`Missing::Suppressed`] in a column of numbers.
    pub(crate) spss: Vec<(&'static str, i64)>,
}

/// All samples.
pub(crate) fn all() -> Vec<Sample> {
    vec![respondents(), counts(), nobody()]
}

const QUESTION: &str = "How far do you agree that children and young people on a compulsory supervision order at home \
    get the help that they need, when they need it, from all the services that work with them in the area?\n\
    Think of the last twelve months, of all children with whom you work, and of what you have seen yourself; \
    if you do not work with children, say that you do not know.";

fn about(name: &str) -> About {
    About {
        name: name.to_owned(),
        title: "Staff survey – Strathmarnock (made up)".to_owned(),
        description: "A made-up survey.\nNobody was asked; <nothing> & \"nobody\" is real.".to_owned(),
        licence: Some(Licence {
            name: "OGL-UK-3.0".to_owned(),
            title: "Open Government Licence v3.0".to_owned(),
            address: Some(
                "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/".to_owned(),
            ),
        }),
        sources: vec![Source { title: "Made-up staff survey".to_owned(), address: None }],
        notes: vec!["Fàilte! 7 of 9 staff answered.".to_owned(), "a".repeat(200)],
        language: "en".to_owned(),
        made_on: Some(date(2026, 11, 26)),
        publisher: Some("Keyline's tests".to_owned()),
        with_frequencies: true,
        words: Words::default(),
    }
}

const EVERY_REASON: [Missing; 4] = Missing::ALL;
const THREE: [Missing; 3] = [Missing::Suppressed, Missing::NotAsked, Missing::NotAnswered];

/// One row for each respondent, with every kind of column, names that clash and texts that attack.
fn respondents() -> Sample {
    let roles =
        Category::list([("social work", "Social work"), ("=1+1", "Health"), ("[c]", "Police, \"Scotland\"")]);
    let levels = Category::list(
        (1..=5).map(|level| (level.to_string(), format!("Level {level}: {}", "é".repeat(70)))),
    );
    let chosen = |name: &str, label: &str| {
        Variable::new(name, label, Kind::Chosen { of: "Which help was there?".to_owned() }).may_miss(&THREE)
    };
    let variables = vec![
        Variable::new("Role", "Your service", Kind::Category { categories: roles, ordered: false })
            .may_miss(&THREE)
            .asked("Which service do you work for?"),
        Variable::new("and", QUESTION, Kind::Category { categories: levels, ordered: true })
            .may_miss(&EVERY_REASON)
            .asked(QUESTION)
            .asked_when("${role} != 'police' & 1 < 2"),
        chosen("help", "A named person"),
        chosen("help", "A plan"),
        chosen("Help", "Money"),
        Variable::new("balance", "Change in staff", Kind::Whole).may_miss(&EVERY_REASON),
        Variable::new("hours", "Hours a week", Kind::Decimal { places: 2 }).may_miss(&THREE),
        Variable::new("1st day", "First day", Kind::Date).may_miss(&EVERY_REASON),
        Variable::new("tès", "Initials of nobody", Kind::Text).may_miss(&THREE),
        Variable::new("comment", "Comment", Kind::Text).may_miss(&THREE).asked("Anything else?"),
        Variable::new("story", "Story", Kind::Text).may_miss(&THREE),
        Variable::new("everything", "Everything", Kind::Text).may_miss(&[Missing::Suppressed]),
        Variable::new("plain", "Plain", Kind::Text),
        Variable::new("number", "Number", Kind::Whole),
    ];
    let text = |text: &str| Cell::Text(text.to_owned());
    let gone = Cell::Missing;
    let long = "Grüße, 👩‍👧 and مرحبا; ".repeat(30);
    let endless = "à".repeat(70_000);
    let rows = vec![
        vec![
            Cell::Category(0),
            Cell::Category(0),
            Cell::Chosen(true),
            Cell::Chosen(false),
            Cell::Chosen(true),
            Cell::Whole(-7),
            Cell::Decimal(37.5),
            Cell::Date(date(2026, 11, 26)),
            text("ab"),
            text("=HYPERLINK(\"evil\")"),
            text(&long),
            text(&endless),
            text("x"),
            Cell::Whole(999_999_999_999_999),
        ],
        vec![
            Cell::Category(1),
            Cell::Category(4),
            Cell::Chosen(false),
            Cell::Chosen(true),
            gone(Missing::Suppressed),
            Cell::Whole(1200),
            Cell::Decimal(-0.25),
            Cell::Date(date(1900, 1, 1)),
            text(""),
            text("line\nline, \"quoted\"\r\nend"),
            text("short"),
            text("\u{202e}turned"),
            text("''"),
            Cell::Whole(0),
        ],
        vec![
            Cell::Category(2),
            gone(Missing::DoesNotKnow),
            gone(Missing::NotAsked),
            gone(Missing::NotAnswered),
            Cell::Chosen(false),
            gone(Missing::DoesNotKnow),
            gone(Missing::NotAnswered),
            Cell::Date(date(1583, 2, 28)),
            text("[c]"),
            text("[c]"),
            text("'[x]"),
            text("-9"),
            text("[z]"),
            Cell::Whole(152),
        ],
        vec![
            gone(Missing::Suppressed),
            gone(Missing::Suppressed),
            gone(Missing::Suppressed),
            gone(Missing::Suppressed),
            gone(Missing::Suppressed),
            gone(Missing::Suppressed),
            gone(Missing::Suppressed),
            gone(Missing::Suppressed),
            gone(Missing::Suppressed),
            gone(Missing::Suppressed),
            gone(Missing::Suppressed),
            gone(Missing::Suppressed),
            text("        eight blanks"),
            Cell::Whole(-101),
        ],
        vec![
            gone(Missing::NotAsked),
            gone(Missing::NotAsked),
            gone(Missing::NotAsked),
            gone(Missing::NotAsked),
            gone(Missing::NotAsked),
            gone(Missing::NotAsked),
            gone(Missing::NotAsked),
            gone(Missing::NotAsked),
            gone(Missing::NotAsked),
            gone(Missing::NotAsked),
            gone(Missing::NotAsked),
            text("+44"),
            text("@sum"),
            Cell::Whole(-99),
        ],
        vec![
            gone(Missing::NotAnswered),
            gone(Missing::NotAnswered),
            Cell::Chosen(true),
            Cell::Chosen(true),
            Cell::Chosen(true),
            gone(Missing::NotAnswered),
            Cell::Decimal(1e15),
            gone(Missing::NotAnswered),
            gone(Missing::NotAnswered),
            gone(Missing::NotAnswered),
            gone(Missing::NotAnswered),
            text("\ttab"),
            text("a;b"),
            Cell::Whole(151),
        ],
        vec![
            Cell::Category(0),
            Cell::Category(2),
            Cell::Chosen(false),
            Cell::Chosen(false),
            Cell::Chosen(false),
            Cell::Whole(5),
            Cell::Decimal(0.1),
            gone(Missing::DoesNotKnow),
            text("eightbyt"),
            text("NUL \0 and \u{7}"),
            text(&"x".repeat(255)),
            text(""),
            text(""),
            Cell::Whole(-100),
        ],
    ];
    Sample {
        dataset: Dataset::new(about("respondents"), variables, rows),
        spss: vec![
            ("Role", -9),
            ("v_and", -9),
            ("help", -9),
            ("help_2", -9),
            ("Help_3", -9),
            ("balance", -99),
            ("hours", -9),
            ("v_1st_day", -9),
            ("t_s", 0),
            ("comment", 0),
            ("story", 0),
            ("everything", 0),
            ("plain", 0),
            ("number", -999),
        ],
    }
}

/// Counts, as they are published.
fn counts() -> Sample {
    let line = |category: &str, label: &str, service: &str, figure: Figure| Line {
        variable: "agree".to_owned(),
        question: QUESTION.to_owned(),
        category: category.to_owned(),
        label: label.to_owned(),
        by: vec![service.to_owned()],
        figure,
    };
    let counts = Counts {
        by: vec![("service".to_owned(), "Service".to_owned())],
        lines: vec![
            line(
                "yes",
                "Yes",
                "Health",
                Figure::Shown { count: 12, percent: Some(60), range: Some((41, 78)) },
            ),
            line("no", "No", "Health", Figure::Shown { count: 8, percent: Some(40), range: Some((22, 59)) }),
            line("yes", "Yes", "Police", Figure::Suppressed),
            line("no", "No", "Police", Figure::Suppressed),
            line("yes", "Yes", "Education", Figure::NotAsked),
            line("no", "No", "Housing", Figure::Shown { count: 0, percent: None, range: None }),
        ],
        labels: Labels::default(),
    };
    Sample {
        dataset: counts.dataset(about("counts")),
        spss: vec![
            ("variable", 0),
            ("question", 0),
            ("service", 0),
            ("category", 0),
            ("category_label", 0),
            ("count", -9),
            ("percent", -9),
            ("percent_low", -9),
            ("percent_high", -9),
            ("status", -9),
        ],
    }
}

/// A table without rows, of which nothing is known but its columns.
fn nobody() -> Sample {
    let variables = vec![
        Variable::new("", "", Kind::Text),
        Variable::new("number", "A number", Kind::Whole).may_miss(&[Missing::Suppressed]),
    ];
    Sample {
        dataset: Dataset::new(
            About { name: "nobody".to_owned(), ..About::default() },
            variables,
            Vec::<Vec<Cell>>::new(),
        ),
        spss: vec![("v", 0), ("number", -9)],
    }
}

impl Sample {
    /// What a reader must find.
    pub(crate) fn expected(&self) -> Value {
        let words = &self.dataset.about.words;
        let variables: Vec<Value> = self
            .dataset
            .variables
            .iter()
            .zip(&self.spss)
            .map(|(variable, (name, first_code))| {
                let categories: Vec<Value> = variable
                    .categories()
                    .iter()
                    .map(|category| json!([category.code, category.number, category.label]))
                    .collect();
                let missing: Vec<Value> = (0..)
                    .zip(Missing::ALL)
                    .filter(|(_, missing)| variable.missing.contains(missing))
                    .map(|(place, missing): (i64, _)| {
                        json!({
                            "key": missing.key(),
                            "sign": missing.sign(),
                            "code": (first_code + place) * if variable.kind == Kind::Date { 86_400 } else { 1 },
                            "label": words.of(missing),
                        })
                    })
                    .collect();
                json!({
                    "name": variable.name,
                    "spss_name": name,
                    "label": variable.label,
                    "kind": variable.kind.key(),
                    "question": variable.question,
                    "categories": categories,
                    "missing": missing,
                })
            })
            .collect();
        json!({"title": self.dataset.about.title, "variables": variables, "rows": self.rows().expect("they are in memory")})
    }

    fn rows(&self) -> Result<Vec<Value>, WriteFault> {
        let mut rows = Vec::new();
        self.dataset.rows.walk(&mut |row| {
            let cells = row.iter().map(|cell| match cell {
                Cell::Category(index) => json!({"category": index}),
                Cell::Chosen(chosen) => json!({"value": i32::from(*chosen)}),
                Cell::Whole(number) => json!({"value": number}),
                Cell::Decimal(number) => json!({"value": number}),
                Cell::Text(text) => json!({"value": text}),
                Cell::Date(date) => json!({"date": date.to_string()}),
                Cell::Missing(missing) => json!({"missing": missing.key()}),
            });
            rows.push(cells.collect());
            Ok(())
        })?;
        Ok(rows)
    }
}
