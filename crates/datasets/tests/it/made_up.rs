//! Tables for the tests: one that is small and readable, and random ones. Nobody in them is real.

use jiff::civil::{Date, date};
use keyline_datasets::{About, Category, Cell, Dataset, Format, Kind, Missing, Variable, write};
use proptest::prelude::*;

/// The bytes of a table in a format.
pub(crate) fn written(format: Format, dataset: &Dataset<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(format, dataset, &mut bytes).expect("it can be written");
    bytes
}

/// What the small table is about.
pub(crate) fn about() -> About {
    About {
        name: "Made up".to_owned(),
        title: "A made-up table".to_owned(),
        made_on: Some(date(2026, 11, 26)),
        ..About::default()
    }
}

/// Three people who do not exist.
pub(crate) fn small() -> Dataset<'static> {
    let agree = Category::list([("yes", "Yes"), ("no", "No")]);
    let variables = vec![
        Variable::new("agree", "Do you agree?", Kind::Category { categories: agree, ordered: false })
            .may_miss(&Missing::ALL),
        Variable::new("plan", "A plan", Kind::Chosen { of: "help".to_owned() })
            .may_miss(&[Missing::NotAsked]),
        Variable::new("worker", "A worker", Kind::Chosen { of: "help".to_owned() }),
        Variable::new("years", "Years", Kind::Whole).may_miss(&[Missing::Suppressed, Missing::NotAnswered]),
        Variable::new("hours", "Hours", Kind::Decimal { places: 1 }),
        Variable::new("day", "Day", Kind::Date).may_miss(&[Missing::NotAnswered]),
        Variable::new("words", "In your words", Kind::Text)
            .may_miss(&[Missing::Suppressed, Missing::NotAnswered]),
    ];
    let rows = vec![
        vec![
            Cell::Category(0),
            Cell::Chosen(true),
            Cell::Chosen(false),
            Cell::Whole(7),
            Cell::Decimal(37.5),
            Cell::Date(date(2026, 2, 28)),
            Cell::Text("=1+1".to_owned()),
        ],
        vec![
            Cell::Missing(Missing::Suppressed),
            Cell::Missing(Missing::NotAsked),
            Cell::Chosen(true),
            Cell::Missing(Missing::Suppressed),
            Cell::Decimal(-0.0),
            Cell::Missing(Missing::NotAnswered),
            Cell::Missing(Missing::Suppressed),
        ],
        vec![
            Cell::Missing(Missing::DoesNotKnow),
            Cell::Chosen(false),
            Cell::Chosen(false),
            Cell::Missing(Missing::NotAnswered),
            Cell::Decimal(0.25),
            Cell::Date(date(1999, 12, 31)),
            Cell::Text("[c]".to_owned()),
        ],
    ];
    Dataset::new(about(), variables, rows)
}

/// Columns and rows at random.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) variables: Vec<Variable>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(crate) fn dataset(&self) -> Dataset<'static> {
        Dataset::new(about(), self.variables.clone(), self.rows.clone())
    }
}

/// Texts of the sort that break files: formulas, signs, quotes, line breaks, control characters, turned writing,
/// emoji, long ones.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => ".{0,12}",
        2 => "[=+@-]{1,2}[a-z0-9(]{0,5}",
        2 => "'{0,2}\\[(c|z|x|dk)\\]",
        2 => "[ \t\r\n\",;'\u{0}\u{1}\u{1f}\u{7f}]{0,6}",
        1 => "\u{202e}[א-ת]{1,5}👩‍👧\u{fffe}\u{ffff}",
        1 => "[à-é]{120,140}",
        1 => "[a-z 👩]{240,620}",
    ]
}

fn day() -> impl Strategy<Value = Date> {
    (1_i16..3000, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        prop::collection::btree_map("[a-z0-9=\\[\\]']{1,6}", hostile(), 1..5).prop_map(|categories| {
            Kind::Category { categories: Category::list(categories), ordered: true }
        }),
        "[a-c]".prop_map(|of| Kind::Chosen { of }),
        Just(Kind::Whole),
        (0_u8..=20).prop_map(|places| Kind::Decimal { places }),
        Just(Kind::Text),
        Just(Kind::Date),
    ]
}

fn cell(variable: &Variable) -> BoxedStrategy<Cell> {
    let value = match &variable.kind {
        Kind::Category { categories, .. } => {
            (0..u32::try_from(categories.len()).expect("there are few")).prop_map(Cell::Category).boxed()
        }
        Kind::Chosen { .. } => any::<bool>().prop_map(Cell::Chosen).boxed(),
        Kind::Whole => {
            prop_oneof![-120_i64..200, -999_999_i64..=999_999_999_999_999].prop_map(Cell::Whole).boxed()
        }
        Kind::Decimal { .. } => prop_oneof![-20.0..200.0, -1e9..1e300].prop_map(Cell::Decimal).boxed(),
        Kind::Text => hostile().prop_map(Cell::Text).boxed(),
        Kind::Date => day().prop_map(Cell::Date).boxed(),
    };
    if variable.missing.is_empty() {
        return value;
    }
    prop_oneof![3 => value, 1 => prop::sample::select(variable.missing.clone()).prop_map(Cell::Missing)]
        .boxed()
}

/// A random table whose names clash now and then.
pub(crate) fn table() -> impl Strategy<Value = Table> {
    let reasons = prop::sample::subsequence(Missing::ALL.to_vec(), 0..=3);
    let variable = ("[aAbé_ ]{0,2}|.{0,5}|and", hostile(), kind(), reasons, prop::option::of(hostile()))
        .prop_map(|(name, label, kind, missing, question)| Variable {
            name,
            label,
            kind,
            question: question.clone(),
            asked_when: question,
            missing,
        });
    prop::collection::vec(variable, 1..6).prop_flat_map(|variables| {
        let row: Vec<BoxedStrategy<Cell>> = variables.iter().map(cell).collect();
        (Just(variables), prop::collection::vec(row, 0..8))
            .prop_map(|(variables, rows)| Table { variables, rows })
    })
}

/// A text as every format holds it: control characters and what is no character are U+FFFD.
pub(crate) fn cleaned(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\t' | '\n' | '\r' => letter,
            '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
            letter if letter < ' ' => '\u{fffd}',
            letter => letter,
        })
        .collect()
}
