//! What cannot be written is refused with the place of the fault.

use std::cell::Cell as Counter;
use std::io::{self, Write};

use keyline_datasets::{
    Category, Cell, CellFault, Dataset, DescriptionFault, Format, Kind, Missing, Streamed, Variable,
    WriteFault, write,
};

use crate::made_up::{about, small};

fn refused(format: Format, dataset: &Dataset<'_>) -> WriteFault {
    write(format, dataset, &mut Vec::new()).expect_err("it cannot be written")
}

#[test]
fn everything_wrong_with_the_columns_is_said_at_once_and_nothing_is_written() {
    let two = |first: (&str, i32), second: (&str, i32)| {
        let categories = [first, second]
            .map(|(code, number)| Category { code: code.to_owned(), number, label: String::new() })
            .into();
        Kind::Category { categories, ordered: false }
    };
    let variables = vec![
        Variable::new("none", "", Kind::Category { categories: Vec::new(), ordered: false }),
        Variable::new("codes", "", two(("a\u{1}", 1), ("a\u{2}", 2))),
        Variable::new("numbers", "", two(("a", 1), ("b", 1))),
        Variable::new("negative", "", two(("a", -1), ("b", 2))),
        Variable::new("texts", "", Kind::Text).may_miss(&Missing::ALL),
    ];
    let dataset = Dataset::new(about(), variables, Vec::<Vec<Cell>>::new());
    for format in Format::ALL {
        let mut bytes = Vec::new();
        let Err(WriteFault::Description(faults)) = write(format, &dataset, &mut bytes) else {
            panic!("{format:?} is written")
        };
        assert_eq!(faults.len(), 5, "{faults:?}");
        assert!(bytes.is_empty());
    }
    let none = Dataset::new(about(), Vec::new(), Vec::<Vec<Cell>>::new());
    let fault = refused(Format::Csv, &none);
    assert!(matches!(&fault, WriteFault::Description(faults) if *faults == [DescriptionFault::NoVariables]));
}

#[test]
fn a_cell_that_does_not_fit_is_named_by_row_and_column() {
    let variables = vec![Variable::new("n", "", Kind::Whole), Variable::new("t", "", Kind::Text)];
    let good = vec![Cell::Whole(1), Cell::Text(String::new())];
    for (bad, reason) in [
        (vec![Cell::Whole(1), Cell::Whole(1)], CellFault::WrongKind),
        (vec![Cell::Whole(1), Cell::Missing(Missing::NotAsked)], CellFault::UndeclaredReason),
    ] {
        let dataset = Dataset::new(about(), variables.clone(), vec![good.clone(), bad]);
        for format in Format::ALL {
            let fault = refused(format, &dataset);
            let WriteFault::Cell { row: 2, variable, reason: found } = &fault else { panic!("{fault:?}") };
            assert_eq!((variable.as_str(), *found), ("t", reason), "{format:?}");
        }
    }
    let short = Dataset::new(about(), variables, vec![good, vec![Cell::Whole(1)]]);
    let fault = refused(Format::Sav, &short);
    assert!(matches!(fault, WriteFault::RowLength { row: 2, found: 1, expected: 2 }), "{fault:?}");
}

#[test]
fn rows_that_break_off_are_a_fault_and_no_shorter_file() {
    let variables = vec![Variable::new("n", "", Kind::Whole)];
    let broken = || [Ok(vec![Cell::Whole(1)]), Err(io::Error::other("the database is gone"))];
    let dataset = Dataset::new(about(), variables, Streamed(broken));
    for format in Format::ALL {
        assert!(matches!(refused(format, &dataset), WriteFault::Rows(_)), "{format:?}");
    }
}

/// Rows of a number and a text; those of the second walk are others than those of the first.
fn changing<'r>(first: &'r [&'r str], second: &'r [&'r str], walks: &'r Counter<u32>) -> Dataset<'r> {
    let rows = move || {
        walks.set(walks.get() + 1);
        let texts = if walks.get() == 1 { first } else { second };
        texts.iter().map(|text| Ok::<_, io::Error>(vec![Cell::Text((*text).to_owned())]))
    };
    Dataset::new(about(), vec![Variable::new("t", "", Kind::Text)], Streamed(rows))
}

#[test]
fn rows_that_change_meanwhile_are_noticed() {
    for (first, second) in [(&["ab"][..], &["abc"][..]), (&["ab"], &["ab", "ab"]), (&["ab", "ab"], &["ab"])] {
        let walks = Counter::new(0);
        let fault = refused(Format::Sav, &changing(first, second, &walks));
        assert!(matches!(fault, WriteFault::RowsChanged), "{fault:?}");
    }
}

#[test]
fn numbers_that_leave_no_room_for_codes_are_refused_where_codes_are_needed() {
    let variables =
        vec![Variable::new("n", "", Kind::Decimal { places: 0 }).may_miss(&[Missing::Suppressed])];
    let rows = vec![vec![Cell::Decimal(-1e300)], vec![Cell::Missing(Missing::Suppressed)]];
    let dataset = Dataset::new(about(), variables, rows);
    assert!(matches!(refused(Format::Sav, &dataset), WriteFault::NoRoomForMissing { .. }));
    let mut csv = Vec::new();
    write(Format::Csv, &dataset, &mut csv).expect("CSV needs no codes");
}

/// Takes so many bytes and no more.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "the disk is full"));
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_a_fault() {
    for format in Format::ALL {
        let mut whole = Vec::new();
        write(format, &small(), &mut whole).expect("it can be written");
        for room in [0, 1, 100, whole.len() - 1] {
            let fault = write(format, &small(), &mut Full(room)).expect_err("it does not fit");
            assert!(matches!(fault, WriteFault::Io(_)), "{format:?}: {fault:?}");
        }
        write(format, &small(), &mut Full(whole.len())).expect("it fits to the byte");
    }
}
