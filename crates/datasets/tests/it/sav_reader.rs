//! A small reader of system files, written from the guide apart from the writer: only what our files use, and it
//! stops at everything that it does not know.

use std::collections::BTreeMap;

/// What a file says.
#[derive(Debug, Default)]
pub(crate) struct SavFile {
    pub(crate) title: String,
    pub(crate) encoding: String,
    pub(crate) variables: Vec<SavVariable>,
    pub(crate) documents: Vec<String>,
    pub(crate) sets: String,
    pub(crate) rows: Vec<Vec<SavCell>>,
}

/// A variable, very long texts put together.
#[derive(Debug, Default, Clone)]
pub(crate) struct SavVariable {
    pub(crate) name: String,
    pub(crate) label: String,
    /// 0 for numbers, otherwise bytes.
    pub(crate) width: usize,
    pub(crate) measure: i32,
    /// How many single values, or -2 for a range.
    pub(crate) missing_kind: i32,
    pub(crate) missing: Vec<SavCell>,
    pub(crate) labels: Vec<(SavCell, String)>,
    short: String,
    segments: Vec<usize>,
    position: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SavCell {
    Number(f64),
    Text(String),
}

struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> &'b [u8] {
        let (now, rest) = self.0.split_at(count);
        self.0 = rest;
        now
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        self.take(N).try_into().expect("as many as were taken")
    }

    fn int(&mut self) -> i32 {
        i32::from_le_bytes(self.array())
    }

    fn count(&mut self) -> usize {
        usize::try_from(self.int()).expect("a count is not negative")
    }

    fn float(&mut self) -> f64 {
        f64::from_le_bytes(self.array())
    }

    fn text(&mut self, count: usize) -> String {
        text(self.take(count))
    }
}

/// A text without the spaces behind it; no letter may be halved.
fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).expect("whole letters of UTF-8").trim_end_matches(' ').to_owned()
}

fn cell(bytes: &[u8], width: usize) -> SavCell {
    if width == 0 {
        SavCell::Number(f64::from_le_bytes(bytes.try_into().expect("eight bytes")))
    } else {
        SavCell::Text(text(bytes))
    }
}

/// Reads a whole file.
pub(crate) fn read(bytes: &[u8]) -> SavFile {
    let mut bytes = Bytes(bytes);
    let mut file = SavFile::default();
    assert_eq!(bytes.take(4), b"$FL2");
    assert!(bytes.text(60).starts_with("@(#) SPSS DATA FILE"));
    assert_eq!(bytes.int(), 2, "layout");
    let blocks = bytes.count();
    assert_eq!((bytes.int(), bytes.int()), (1, 0), "compressed, not weighted");
    let rows = bytes.count();
    assert_eq!(bytes.float().to_bits(), 100_f64.to_bits(), "bias");
    assert!(bytes.take(17).is_ascii());
    file.title = bytes.text(64);
    bytes.take(3);
    let mut raw: Vec<SavVariable> = Vec::new();
    let mut position = 0;
    let mut extensions: BTreeMap<i32, Vec<u8>> = BTreeMap::new();
    loop {
        match bytes.int() {
            2 => {
                position += 1;
                if let Some(variable) = variable(&mut bytes, position) {
                    raw.push(variable);
                }
            }
            3 => value_labels(&mut bytes, &mut raw),
            6 => {
                let lines = bytes.count();
                file.documents = (0..lines).map(|_| bytes.text(80)).collect();
            }
            7 => {
                let subtype = bytes.int();
                let (size, count) = (bytes.count(), bytes.count());
                let content = bytes.take(size * count).to_vec();
                assert!(extensions.insert(subtype, content).is_none(), "record {subtype} stands once");
            }
            999 => {
                assert_eq!(bytes.int(), 0);
                break;
            }
            other => panic!("unknown record {other}"),
        }
    }
    assert_eq!(position, blocks, "the header says how many blocks a row has");
    let known = [3, 4, 7, 11, 13, 14, 16, 18, 20, 21, 22];
    assert!(extensions.keys().all(|subtype| known.contains(subtype)), "{:?}", extensions.keys());
    file.encoding = text(extensions.get(&20).expect("an encoding"));
    file.sets = extensions.get(&7).map(|set| text(set)).unwrap_or_default();
    file.variables = put_together(raw, &extensions);
    long_labels(&mut file.variables, extensions.get(&21));
    long_missing(&mut file.variables, extensions.get(&22));
    let mut count = Bytes(extensions.get(&16).expect("a count of rows"));
    count.take(8);
    assert_eq!(u64::from_le_bytes(count.array()), rows as u64);
    file.rows = cases(&mut bytes, &file.variables, rows);
    assert!(bytes.0.is_empty(), "nothing stands behind the rows");
    file
}

fn variable(bytes: &mut Bytes<'_>, position: usize) -> Option<SavVariable> {
    let width = bytes.int();
    let (labelled, missing_kind, format) = (bytes.int(), bytes.int(), bytes.int());
    assert_eq!(bytes.int(), format, "shown as it is written");
    let short = bytes.text(8);
    let Ok(width) = usize::try_from(width) else {
        assert_eq!((labelled, missing_kind), (0, 0), "a continued text says nothing of its own");
        return None;
    };
    let mut label = String::new();
    if labelled == 1 {
        let length = bytes.count();
        assert!(length <= 255);
        label = bytes.text(length.next_multiple_of(4));
    }
    let missing = (0..missing_kind.unsigned_abs()).map(|_| cell(bytes.take(8), width)).collect();
    Some(SavVariable { label, width, missing_kind, missing, short, position, ..SavVariable::default() })
}

fn value_labels(bytes: &mut Bytes<'_>, raw: &mut [SavVariable]) {
    let labels: Vec<(Vec<u8>, String)> = (0..bytes.count())
        .map(|_| {
            let value = bytes.take(8).to_vec();
            let length = usize::from(bytes.take(1)[0]);
            assert!(length <= 120);
            (value, bytes.text((length + 1).next_multiple_of(8) - 1))
        })
        .collect();
    assert_eq!(bytes.int(), 4, "to which variables they belong");
    for _ in 0..bytes.count() {
        let position = bytes.count();
        let variable = raw.iter_mut().find(|variable| variable.position == position).expect("a variable");
        assert!(variable.width <= 8, "longer texts have a record of their own");
        variable.labels =
            labels.iter().map(|(value, label)| (cell(value, variable.width), label.clone())).collect();
    }
}

/// Gives variables their long names and measures, and puts the segments of very long texts together.
fn put_together(raw: Vec<SavVariable>, extensions: &BTreeMap<i32, Vec<u8>>) -> Vec<SavVariable> {
    let names = text(extensions.get(&13).expect("long names"));
    let names: BTreeMap<&str, &str> = names.split('\t').filter_map(|pair| pair.split_once('=')).collect();
    let long = extensions.get(&14).map(|long| text(long)).unwrap_or_default();
    let long: BTreeMap<&str, usize> = long
        .split("\0\t")
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, width)| (name, width.parse().expect("a width")))
        .collect();
    let mut display = Bytes(extensions.get(&11).expect("measures"));
    let mut variables = Vec::new();
    let mut raw = raw.into_iter();
    while let Some(mut variable) = raw.next() {
        variable.measure = display.int();
        display.take(8);
        variable.segments = vec![variable.width];
        if let Some(width) = long.get(variable.short.as_str()) {
            let count = width.div_ceil(252);
            for number in 2..=count {
                let segment = raw.next().expect("as many segments as the width needs");
                assert!(segment.label.is_empty());
                display.take(12);
                assert_eq!(segment.width, if number < count { 255 } else { width - (count - 1) * 252 });
                variable.segments.push(segment.width);
            }
            variable.width = *width;
        }
        variable.name = names.get(variable.short.as_str()).expect("a long name").to_string();
        variables.push(variable);
    }
    assert!(display.0.is_empty());
    variables
}

fn named<'v>(variables: &'v mut [SavVariable], name: &str) -> &'v mut SavVariable {
    variables.iter_mut().find(|variable| variable.name == name).expect("a variable of that name")
}

fn long_labels(variables: &mut [SavVariable], content: Option<&Vec<u8>>) {
    let mut bytes = Bytes(content.map_or(&[], Vec::as_slice));
    while !bytes.0.is_empty() {
        let length = bytes.count();
        let variable = named(variables, &bytes.text(length));
        assert_eq!(bytes.count(), variable.width);
        for _ in 0..bytes.count() {
            assert_eq!(bytes.count(), variable.width);
            let value = SavCell::Text(bytes.text(variable.width));
            let length = bytes.count();
            variable.labels.push((value, bytes.text(length)));
        }
    }
}

fn long_missing(variables: &mut [SavVariable], content: Option<&Vec<u8>>) {
    let mut bytes = Bytes(content.map_or(&[], Vec::as_slice));
    while !bytes.0.is_empty() {
        let length = bytes.count();
        let variable = named(variables, &bytes.text(length));
        let count = bytes.take(1)[0];
        assert!((1..=3).contains(&count) && bytes.int() == 8);
        variable.missing_kind = i32::from(count);
        variable.missing = (0..count).map(|_| cell(bytes.take(8), variable.width)).collect();
    }
}

/// The blocks of the rows, decompressed.
struct Blocks<'a, 'b> {
    bytes: &'a mut Bytes<'b>,
    commands: Vec<u8>,
}

impl Blocks<'_, '_> {
    /// The next block; none at the end.
    fn next(&mut self) -> Option<[u8; 8]> {
        loop {
            if self.commands.is_empty() {
                self.commands = self.bytes.take(8).iter().rev().copied().collect();
            }
            match self.commands.pop().expect("eight at a time") {
                0 => {}
                252 => return None,
                253 => return Some(self.bytes.array()),
                254 => return Some(*b"        "),
                255 => panic!("a system-missing value would not say why"),
                number => return Some((f64::from(number) - 100.0).to_le_bytes()),
            }
        }
    }
}

fn cases(bytes: &mut Bytes<'_>, variables: &[SavVariable], rows: usize) -> Vec<Vec<SavCell>> {
    let mut blocks = Blocks { bytes, commands: Vec::new() };
    let mut next = || blocks.next();
    let read = (0..rows)
        .map(|_| {
            variables
                .iter()
                .map(|variable| {
                    if variable.width == 0 {
                        return SavCell::Number(f64::from_le_bytes(next().expect("a block")));
                    }
                    let mut whole = Vec::new();
                    for width in &variable.segments {
                        let segment: Vec<u8> =
                            (0..width.div_ceil(8)).flat_map(|_| next().expect("a block")).collect();
                        assert!(
                            segment[*width..].iter().all(|byte| *byte == b' '),
                            "nothing beyond the width"
                        );
                        whole.extend(&segment[..*width]);
                    }
                    assert!(whole.len() >= variable.width);
                    SavCell::Text(text(&whole))
                })
                .collect()
        })
        .collect();
    assert!(next().is_none(), "the end stands where the rows end");
    read
}
