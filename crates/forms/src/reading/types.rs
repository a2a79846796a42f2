//! The column `type` of the sheet `survey`.

use crate::form::Kind;

/// What a row of the sheet `survey` is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowType {
    /// The first row of a block, with the list that a loop goes over.
    Begin(Block, Option<String>),
    /// The last row of a block.
    End(Block),
    /// A question with choices.
    Select(Select),
    /// Tags of a thing on the map, from a list of the sheet `osm`.
    Osm(Option<String>),
    /// A setting that is written as a row; its name.
    Setting(&'static str),
    /// Anything else.
    Plain(&'static Plain),
}

/// What rows between two others belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    Group,
    Repeat,
    Loop,
}

impl Block {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Repeat => "repeat",
            Self::Loop => "loop",
        }
    }

    fn of(name: &str) -> Option<Self> {
        match name {
            "group" => Some(Self::Group),
            "repeat" | "lgroup" | "looped group" => Some(Self::Repeat),
            "loop" => Some(Self::Loop),
            _ => None,
        }
    }
}

/// A question with choices, as its type is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Select {
    pub(super) kind: Kind,
    /// What it was called, for faults.
    pub(super) command: &'static str,
    /// What stands after that: a list, a file or a reference.
    pub(super) list: String,
    pub(super) or_other: bool,
}

impl Select {
    /// Whether it must be a file.
    pub(super) fn wants_file(&self) -> bool {
        self.command.ends_with("from file") || self.command.ends_with("from_file")
    }
}

/// A type that is one word or a fixed phrase.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plain {
    names: &'static [&'static str],
    pub(super) kind: Kind,
    /// A constraint that comes with it unless another is written.
    pub(super) constraint: Option<&'static str>,
    /// A hint that comes with it unless another is written.
    pub(super) hint: Option<&'static str>,
}

const SELECTS: [(&str, Kind); 15] = [
    ("add select one prompt using", Kind::SelectOne),
    ("add select multiple prompt using", Kind::SelectMultiple),
    ("select all that apply from", Kind::SelectMultiple),
    ("select one from", Kind::SelectOne),
    ("select1", Kind::SelectOne),
    ("select_one", Kind::SelectOne),
    ("select one", Kind::SelectOne),
    ("select_multiple", Kind::SelectMultiple),
    ("select all that apply", Kind::SelectMultiple),
    ("select_one_external", Kind::SelectOneExternal),
    ("select_one_from_file", Kind::SelectOne),
    ("select_multiple_from_file", Kind::SelectMultiple),
    ("select one from file", Kind::SelectOne),
    ("select multiple from file", Kind::SelectMultiple),
    ("rank", Kind::Rank),
];

const fn plain(names: &'static [&'static str], kind: Kind) -> Plain {
    Plain { names, kind, constraint: None, hint: None }
}

const fn days(names: &'static [&'static str], constraint: &'static str, hint: &'static str) -> Plain {
    Plain { names, kind: Kind::Integer, constraint: Some(constraint), hint: Some(hint) }
}

/// Every type, under all the names that XLSForm has had for it.
static PLAIN: [Plain; 47] = [
    plain(&["text", "string", "q string", "add text prompt"], Kind::Text),
    plain(&["integer", "int", "q int", "add integer prompt"], Kind::Integer),
    plain(&["decimal", "q decimal", "add decimal prompt"], Kind::Decimal),
    plain(&["range"], Kind::Range),
    plain(&["date", "q date", "add date prompt"], Kind::Date),
    plain(&["time"], Kind::Time),
    plain(
        &[
            "dateTime",
            "datetime",
            "date time",
            "q dateTime",
            "q date time",
            "add dateTime prompt",
            "add date time prompt",
        ],
        Kind::DateTime,
    ),
    plain(&["note", "q note", "add note prompt"], Kind::Note),
    plain(&["calculate", "q calculate", "add calculate prompt"], Kind::Calculate),
    plain(&["hidden"], Kind::Hidden),
    plain(&["acknowledge", "q acknowledge", "add acknowledge prompt"], Kind::Acknowledge),
    plain(&["trigger"], Kind::Trigger),
    plain(
        &["geopoint", "gps", "location", "q geopoint", "q location", "add location prompt"],
        Kind::Geopoint,
    ),
    plain(&["geotrace", "q geotrace"], Kind::Geotrace),
    plain(&["geoshape", "q geoshape"], Kind::Geoshape),
    plain(&["barcode", "q barcode", "add barcode prompt"], Kind::Barcode),
    plain(&["image", "photo", "q image", "q picture", "add image prompt", "add photo prompt"], Kind::Image),
    plain(&["audio", "q audio", "add audio prompt"], Kind::Audio),
    plain(&["video", "q video", "add video prompt"], Kind::Video),
    plain(&["file", "add file prompt"], Kind::File),
    plain(&["start", "start time", "get start time"], Kind::Start),
    plain(&["end", "end time", "get end time"], Kind::End),
    plain(&["today", "get today"], Kind::Today),
    plain(&["deviceid", "imei", "device id", "get device id"], Kind::DeviceId),
    plain(&["subscriberid", "subscriber id", "get subscriber id"], Kind::SubscriberId),
    plain(&["simserial", "sim id", "get sim id"], Kind::SimSerial),
    plain(&["phonenumber", "get phone number"], Kind::PhoneNumber),
    plain(&["username"], Kind::Username),
    plain(&["email"], Kind::Email),
    plain(&["uri:deviceid"], Kind::UriDeviceId),
    plain(&["uri:subscriberid"], Kind::UriSubscriberId),
    plain(&["uri:simserial"], Kind::UriSimSerial),
    plain(&["uri:phonenumber"], Kind::UriPhoneNumber),
    plain(&["uri:username"], Kind::UriUsername),
    plain(&["uri:email"], Kind::UriEmail),
    plain(&["audit"], Kind::Audit),
    plain(&["start-geopoint"], Kind::StartGeopoint),
    plain(&["background-audio"], Kind::BackgroundAudio),
    plain(&["background-geopoint"], Kind::BackgroundGeopoint),
    plain(&["xml-external"], Kind::XmlExternal),
    plain(&["csv-external"], Kind::CsvExternal),
    days(&["percentage"], "0 <= . and . <= 100", ""),
    days(&["number of days in last month"], "0 <= . and . <= 31", "Enter a number 0-31."),
    days(&["number of days in last six months"], "0 <= . and . <= 183", "Enter a number 0-183."),
    days(&["number of days in last year"], "0 <= . and . <= 365", "Enter a number 0-365."),
    Plain {
        names: &["phone number"],
        kind: Kind::Text,
        constraint: Some("regex(., '^\\d*$')"),
        hint: Some("Enter numbers only."),
    },
    plain(&["osm"], Kind::Osm),
];

/// What stands in the column `type`; none when XLSForm has no such type.
pub(super) fn parse(written: &str) -> Option<RowType> {
    match written {
        "form_title" | "set_form_title" => return Some(RowType::Setting("title")),
        "form_id" | "set_form_id" => return Some(RowType::Setting("id_string")),
        "prefix" => return Some(RowType::Setting("prefix")),
        "osm" => return Some(RowType::Osm(None)),
        _ => {}
    }
    if let Some(plain) = PLAIN.iter().find(|plain| plain.names.contains(&written)) {
        return Some(RowType::Plain(plain));
    }
    block(written).or_else(|| select(written).map(RowType::Select)).or_else(|| {
        let list = written.strip_prefix("osm ")?;
        Some(RowType::Osm(Some(list.split_whitespace().next()?.to_owned())))
    })
}

fn block(written: &str) -> Option<RowType> {
    let after = |word: &str| written.strip_prefix(word)?.strip_prefix([' ', '_', '\t', '\n']);
    if let Some(name) = after("end") {
        return Block::of(name).map(RowType::End);
    }
    let rest = after("begin")?;
    if let Some(block) = Block::of(rest) {
        return Some(RowType::Begin(block, None));
    }
    let (block, list) = rest.rsplit_once(' ')?;
    let block = block.strip_suffix(" over").unwrap_or(block);
    Some(RowType::Begin(Block::of(block)?, Some(list.to_owned())))
}

fn select(written: &str) -> Option<Select> {
    SELECTS.iter().find_map(|(command, kind)| {
        let rest = written.strip_prefix(command)?.strip_prefix(' ')?;
        let (list, or_other) = ["or specify other", "or_other", "or other"]
            .iter()
            .find_map(|suffix| Some((rest.strip_suffix(suffix)?.strip_suffix(' ')?, true)))
            .unwrap_or((rest, false));
        let one_word = !list.is_empty() && !list.contains(char::is_whitespace);
        one_word.then(|| Select { kind: *kind, command, list: list.to_owned(), or_other })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selects_are_known_by_all_their_names() {
        for (written, kind, list, or_other) in [
            ("select_one yes_no", Kind::SelectOne, "yes_no", false),
            ("select one from yes_no", Kind::SelectOne, "yes_no", false),
            ("select one from file a.csv", Kind::SelectOne, "a.csv", false),
            ("select_multiple a or_other", Kind::SelectMultiple, "a", true),
            ("select all that apply from a or specify other", Kind::SelectMultiple, "a", true),
            ("rank a", Kind::Rank, "a", false),
            ("select_one ${a}", Kind::SelectOne, "${a}", false),
        ] {
            let Some(RowType::Select(select)) = parse(written) else { panic!("{written}") };
            assert_eq!(
                (select.kind, select.list.as_str(), select.or_other),
                (kind, list, or_other),
                "{written}"
            );
        }
        for written in ["select_one", "select_one a b", "selectone a", "select_one  a", ""] {
            assert_eq!(parse(written), None, "{written}");
        }
    }

    #[test]
    fn blocks_begin_and_end() {
        assert_eq!(parse("begin_group"), Some(RowType::Begin(Block::Group, None)));
        assert_eq!(parse("begin looped group"), Some(RowType::Begin(Block::Repeat, None)));
        assert_eq!(parse("begin loop over a"), Some(RowType::Begin(Block::Loop, Some("a".into()))));
        assert_eq!(parse("begin_loop a"), Some(RowType::Begin(Block::Loop, Some("a".into()))));
        assert_eq!(parse("end repeat"), Some(RowType::End(Block::Repeat)));
        assert_eq!(parse("end_thing"), None);
        assert_eq!(parse("begin"), None);
    }

    #[test]
    fn no_name_means_two_types() {
        let mut names: Vec<&str> = PLAIN.iter().flat_map(|plain| plain.names).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
