//! SPSS files, read back with the small reader.

use jiff::civil::date;
use keyline_datasets::names::Names;
use keyline_datasets::{Category, Cell, Dataset, Format, Kind, Missing, Streamed, Variable, Words};
use proptest::prelude::*;

use crate::made_up::{about, cleaned, small, table, written};
use crate::sav_reader::SavCell::{self, Number, Text};
use crate::sav_reader::{SavFile, SavVariable, read};

fn read_back(dataset: &Dataset<'_>) -> SavFile {
    read(&written(Format::Sav, dataset))
}

fn text(text: &str) -> SavCell {
    Text(text.to_owned())
}

#[test]
fn the_small_table_in_spss() {
    let file = read_back(&small());
    assert_eq!((file.title.as_str(), file.encoding.as_str()), ("A made-up table", "UTF-8"));
    let day = 86_400.0;
    let numbers: Vec<Vec<SavCell>> = file.rows.iter().map(|row| row[..5].to_vec()).collect();
    assert_eq!(
        numbers,
        [
            [Number(1.0), Number(1.0), Number(0.0), Number(7.0), Number(37.5)],
            [Number(-9.0), Number(-8.0), Number(1.0), Number(-9.0), Number(0.0)],
            [Number(-6.0), Number(0.0), Number(0.0), Number(-7.0), Number(0.25)],
        ]
    );
    assert_eq!(file.rows[1][5], Number(-7.0 * day), "a missing day lies whole days before the first");
    let words: Vec<&SavCell> = file.rows.iter().map(|row| &row[6]).collect();
    assert_eq!(words, [&text("=1+1"), &text("[c]"), &text("'[c]")]);
    let agree = &file.variables[0];
    assert_eq!((agree.missing_kind, agree.missing.as_slice()), (-2, [Number(-9.0), Number(-6.0)].as_slice()));
    assert_eq!(agree.labels[2], (Number(-9.0), "Suppressed to protect people".to_owned()));
    assert_eq!(agree.labels.len(), 6);
    let years = &file.variables[3];
    assert_eq!((years.missing_kind, years.missing.as_slice()), (2, [Number(-9.0), Number(-7.0)].as_slice()));
    let words = &file.variables[6];
    assert_eq!((words.width, words.missing.as_slice()), (4, [text("[c]"), text("[x]")].as_slice()));
    assert_eq!(words.labels[1], (text("[x]"), "Not answered".to_owned()));
    let measures: Vec<i32> = file.variables.iter().map(|variable| variable.measure).collect();
    assert_eq!(measures, [1, 1, 1, 3, 3, 3, 1]);
    assert_eq!(file.sets, "$help=D1 1 4 help v@2 v@3\n");
}

#[test]
fn long_texts_come_back_whole_and_endless_ones_are_cut_and_noted() {
    for length in [8, 9, 254, 255, 256, 504, 505, 600, 32_767, 70_000] {
        let whole: String = "abcdefghijklmnopqrstuvwxyz".chars().cycle().take(length).collect();
        let variables = vec![
            Variable::new("before", "", Kind::Whole),
            Variable::new("words", "Words", Kind::Text).may_miss(&[Missing::Suppressed, Missing::NotAsked]),
            Variable::new("after", "", Kind::Whole),
        ];
        let rows = vec![
            vec![Cell::Whole(1), Cell::Text(whole.clone()), Cell::Whole(2)],
            vec![Cell::Whole(1000), Cell::Missing(Missing::NotAsked), Cell::Whole(151)],
        ];
        let file = read_back(&Dataset::new(about(), variables, rows));
        let kept = if length > 32_767 { format!("{} […]", &whole[..32_761]) } else { whole };
        assert_eq!(file.rows[0], [Number(1.0), Text(kept), Number(2.0)], "{length}");
        assert_eq!(file.rows[1], [Number(1000.0), text("[z]"), Number(151.0)], "{length}");
        let words = &file.variables[1];
        assert_eq!((words.width, words.missing_kind), (length.min(32_767), 2), "{length}");
        assert_eq!(words.missing, [text("[c]"), text("[z]")], "{length}");
        assert_eq!(words.labels[0], (text("[c]"), "Suppressed to protect people".to_owned()), "{length}");
        let noted = file.documents.join(" ").contains("words: longer than SPSS holds");
        assert_eq!(noted, length > 32_767, "{length}");
    }
}

#[test]
fn codes_of_missing_values_make_room_for_negative_numbers() {
    let variables = vec![Variable::new("change", "Change", Kind::Whole).may_miss(&Missing::ALL)];
    let rows = vec![vec![Cell::Whole(-6)], vec![Cell::Missing(Missing::Suppressed)]];
    let file = read_back(&Dataset::new(about(), variables, rows));
    assert_eq!(file.rows, [[Number(-6.0)], [Number(-99.0)]]);
    assert_eq!(file.variables[0].missing, [Number(-99.0), Number(-96.0)]);
}

#[test]
fn labels_are_cut_between_letters() {
    let category = Category::list([("a", "à".repeat(100))]);
    let variables =
        vec![Variable::new("v", "é".repeat(300), Kind::Category { categories: category, ordered: false })];
    let file = read_back(&Dataset::new(about(), variables, vec![vec![Cell::Category(0)]]));
    assert!(file.variables[0].label.ends_with("é […]"));
    assert!(file.variables[0].labels[0].1.ends_with("à […]"));
}

#[test]
fn words_of_the_description_are_those_of_its_language() {
    let mut about = about();
    about.language = "gd".to_owned();
    about.words = Words { suppressed: "Falaichte".to_owned(), ..Words::default() };
    let variables = vec![Variable::new("n", "Àireamh", Kind::Whole).may_miss(&[Missing::Suppressed])];
    let file = read_back(&Dataset::new(about, variables, Vec::<Vec<Cell>>::new()));
    assert_eq!(file.variables[0].labels, [(Number(-9.0), "Falaichte".to_owned())]);
}

#[test]
fn streamed_rows_give_the_same_file_as_rows_in_memory() {
    let row =
        |number: i64| vec![Cell::Whole(number), Cell::Text("x".repeat(usize::try_from(number).unwrap()))];
    let variables = vec![Variable::new("number", "", Kind::Whole), Variable::new("text", "", Kind::Text)];
    let streamed = Streamed(|| (0..300).map(|number| Ok::<_, std::io::Error>(row(number))));
    let streamed = Dataset::new(about(), variables.clone(), streamed);
    let kept = Dataset::new(about(), variables, (0..300).map(row).collect::<Vec<_>>());
    for format in Format::ALL {
        assert_eq!(written(format, &streamed), written(format, &kept), "{format:?}");
    }
}

/// The cell as SPSS has it.
fn expected(variable: &Variable, cell: &Cell, found: &SavVariable) -> SavCell {
    let seconds = |day: jiff::civil::Date| {
        let days = date(1582, 10, 14).until(day).expect("days").get_days();
        f64::from(days) * 86_400.0
    };
    match cell {
        Cell::Category(index) => Number(f64::from(variable.categories()[*index as usize].number)),
        Cell::Chosen(chosen) => Number(f64::from(u8::from(*chosen))),
        #[expect(clippy::cast_precision_loss, reason = "at most 15 digits")]
        Cell::Whole(number) => Number(*number as f64),
        Cell::Decimal(number) => Number(*number),
        Cell::Date(day) => Number(seconds(*day)),
        Cell::Text(text) => {
            let text = cleaned(text);
            let sign = Missing::ALL.iter().any(|missing| missing.sign() == text.trim_start_matches('\''));
            let text = if sign { format!("'{text}") } else { text };
            Text(text.trim_end_matches(' ').to_owned())
        }
        Cell::Missing(missing) if variable.kind == Kind::Text => text(missing.sign()),
        Cell::Missing(missing) => {
            let labels = Words::default();
            let label = labels.of(*missing);
            found.labels.iter().rfind(|(_, found)| found == label).expect("each reason has a label").0.clone()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn spss_leads_back_to_the_table(table in table()) {
        let file = read_back(&table.dataset());
        let names: Vec<String> = file.variables.iter().map(|variable| variable.name.clone()).collect();
        prop_assert_eq!(names, Names::of(&table.variables).spss);
        for (row, cells) in file.rows.iter().zip(&table.rows) {
            for (((found, cell), variable), described) in
                row.iter().zip(cells).zip(&table.variables).zip(&file.variables)
            {
                prop_assert_eq!(found, &expected(variable, cell, described));
            }
        }
        prop_assert_eq!(file.rows.len(), table.rows.len());
    }

    /// No value is ever taken for missing, and each reason has a code of its own.
    #[test]
    fn values_and_reasons_are_told_apart(table in table()) {
        let file = read_back(&table.dataset());
        for (column, variable) in file.variables.iter().enumerate() {
            for (row, cells) in file.rows.iter().zip(&table.rows) {
                let is_missing = match (variable.missing_kind, variable.missing.as_slice(), &row[column]) {
                    (-2, [Number(low), Number(high)], Number(found)) => (low..=high).contains(&found),
                    (_, single, found) => single.contains(found),
                };
                prop_assert_eq!(is_missing, matches!(cells[column], Cell::Missing(_)), "{:?}", cells[column]);
            }
            let mut codes: Vec<String> = variable.labels.iter().map(|(code, _)| format!("{code:?}")).collect();
            codes.sort();
            codes.dedup();
            prop_assert_eq!(codes.len(), variable.labels.len());
        }
    }
}
