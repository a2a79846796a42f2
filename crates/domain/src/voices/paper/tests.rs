//! Paper of the shipped instruments (the area is fictional), and of forms that hold what those do not.

mod workbook;

use jiff::civil::date;
use keyline_forms::form::{Choice, ChoiceList, ChoicesFrom, Form, Group, Item, Kind, Question, Repeat, Text};

use super::*;
use crate::documents::Room;
use crate::ids::Randomness;
use crate::voices::codes::Code;

fn only_if(answers: &[&str], number: usize) -> String {
    format!("Only if you answered {} to question {number}.", answers.join(" or "))
}

fn words() -> PaperWords<'static> {
    PaperWords {
        tick_one: "Tick one box.".into(),
        tick_several: "Tick all that are true.".into(),
        put_in_order: "Write 1, 2, 3 in the boxes.".into(),
        tick_to_agree: "Tick the box if you agree.".into(),
        agreed: "I agree".into(),
        write_here: "Write here.".into(),
        write_number: "Write a number.".into(),
        write_date: "Write the day.".into(),
        write_time: "Write the time.".into(),
        day: "Day".into(),
        month: "Month".into(),
        year: "Year".into(),
        hour: "Hour".into(),
        minute: "Minute".into(),
        please_answer: "Please do not leave this one out.".into(),
        if_it_applies: "Answer this if it applies to you.".into(),
        copy_for_more: "If there are more, ask for another sheet.".into(),
        sheet_number: "Number of this sheet".into(),
        sheet_number_hint: "Please leave this empty.".into(),
        notice_title: String::new(),
        help_title: "Help".into(),
        only_if: &only_if,
    }
}

fn head(large: bool) -> PaperHead {
    PaperHead {
        title: String::new(),
        subtitle: "Strathmarnock (fictional)".into(),
        author: "Fictional Inspection Partnership".into(),
        date: date(2026, 8, 17),
        date_text: "17 August 2026".into(),
        large,
        introduction: vec![
            Block::heading(1, "Tell us what you think"),
            Block::paragraph("It takes ten minutes."),
        ],
        notice: vec![
            Block::heading(2, "Before you hand it in"),
            Block::bullets(["Nobody can see who you are."]),
        ],
        help: vec![Block::paragraph("Call Childline on 0800 1111.")],
    }
}

fn question(name: &str, kind: Kind) -> Question {
    Question {
        name: name.into(),
        kind,
        label: Text::plain(format!("Label of {name}")),
        ..Question::default()
    }
}

fn form(items: Vec<Item>) -> Form {
    let choice = |name: &str, label: &str| Choice {
        name: name.into(),
        label: Text::plain(label),
        media: keyline_forms::form::Media::default(),
        extra: BTreeMap::new(),
        generated: false,
        place: keyline_forms::form::Place::default(),
    };
    let many = (0..40).map(|n| choice(&format!("school-{n}"), &format!("Fictional School {n}"))).collect();
    Form {
        id: "fictional".into(),
        title: "Fictional survey".into(),
        version: None,
        name: "data".into(),
        languages: vec![],
        default_language: None,
        settings: BTreeMap::new(),
        items,
        lists: vec![
            ChoiceList { name: "yes-no".into(), choices: vec![choice("yes", "Yes"), choice("no", "No")] },
            ChoiceList { name: "schools".into(), choices: many },
        ],
        external_lists: vec![],
        osm: vec![],
        entities: vec![],
    }
}

fn paper(items: Vec<Item>) -> Document {
    paper_form(&form(items), "en-GB", &words(), head(false))
}

fn asked(document: &Document) -> Vec<&PaperQuestion> {
    fn question(block: &Block) -> Option<&PaperQuestion> {
        match block {
            Block::Question { question } => Some(question),
            _ => None,
        }
    }
    // the first one is the number of the sheet
    document.blocks.iter().filter_map(question).skip(1).collect()
}

#[test]
fn the_paper_of_young_children_says_what_the_pages_say() {
    let form = workbook::shipped("children-8-11", &[]);
    let document = paper_form(&form, "en-GB", &words(), head(true));
    assert_eq!(document.faults(), []);
    insta::assert_json_snapshot!("children-8-11", document);
}

#[test]
fn the_paper_of_young_children_speaks_a_language_read_from_right_to_left() {
    let form = workbook::shipped("children-8-11", &["ar"]);
    let only_if = |answers: &[&str], number: usize| {
        format!("فقط إذا كانت إجابتك عن السؤال {number}: {}.", answers.join(" أو "))
    };
    // our own words for this test, not reviewed by a speaker
    let words = PaperWords {
        tick_one: "ضع علامة في مربع واحد.".into(),
        tick_several: "ضع علامة في كل مربع صحيح.".into(),
        write_here: "اكتب هنا.".into(),
        sheet_number: "رقم هذه الورقة".into(),
        sheet_number_hint: "من فضلك اترك هذا فارغًا.".into(),
        help_title: "المساعدة".into(),
        only_if: &only_if,
        ..words()
    };
    let head = PaperHead {
        title: "استطلاع للأطفال من 8 إلى 11 سنة".into(),
        subtitle: "ستراثمارنوك (مكان خيالي)".into(),
        author: "شراكة تفتيش خيالية".into(),
        date_text: "17 أغسطس 2026".into(),
        introduction: vec![Block::heading(1, "قل لنا رأيك"), Block::paragraph("يستغرق نحو 10 دقائق.")],
        notice: vec![Block::bullets(["لا أحد يعرف من أنت."])],
        help: vec![Block::paragraph("اتصل بتشايلدلاين على الرقم \u{2066}0800 1111\u{2069}.")],
        ..head(true)
    };
    let document = paper_form(&form, "ar", &words, head);
    assert_eq!(document.faults(), []);
    insta::assert_json_snapshot!("children-8-11.ar", document);
}

#[test]
fn the_paper_of_staff_says_what_the_pages_say() {
    let form = workbook::shipped("staff-survey", &[]);
    let document = paper_form(&form, "en-GB", &words(), head(false));
    assert_eq!(document.faults(), []);
    insta::assert_json_snapshot!("staff-survey", document);
}

#[test]
fn each_shipped_survey_is_without_fault_in_each_of_its_languages() {
    for (name, languages) in [
        ("children-8-11", &["ar", "gd"][..]),
        ("children-12-17", &["ar", "gd"]),
        ("parents-carers", &["ar", "gd"]),
        ("staff-survey", &["gd"]),
    ] {
        let form = workbook::shipped(name, languages);
        for language in languages {
            let document = paper_form(&form, language, &words(), head(true));
            assert_eq!(document.faults(), [], "{name} {language}");
            let english = paper_form(&form, "en-GB", &words(), head(true));
            assert_eq!(asked(&document).len(), asked(&english).len());
            for (there, here) in asked(&document).iter().zip(asked(&english)) {
                assert_eq!(there.number, here.number);
                assert_ne!(there.text, here.text, "{name} {language}");
            }
        }
    }
}

#[test]
fn a_language_is_found_by_its_tag_and_else_the_default_is_taken() {
    let form = workbook::shipped("children-8-11", &["gd"]);
    for (tag, name) in
        [("gd", "Gàidhlig (gd)"), ("gd-GB", "Gàidhlig (gd)"), ("en", "English (en)"), ("pl", "English (en)")]
    {
        assert_eq!(language_name(&form, tag), name);
    }
}

#[test]
fn paper_leaves_out_what_only_a_device_can_answer() {
    let kinds = [
        Kind::Calculate,
        Kind::Hidden,
        Kind::Geopoint,
        Kind::Image,
        Kind::Start,
        Kind::CsvExternal,
        Kind::Audit,
    ];
    let mut items: Vec<Item> =
        kinds.iter().map(|kind| Item::Question(question(kind.name(), *kind))).collect();
    let worked_out = Question { calculation: Some("1 + 1".into()), ..question("sum", Kind::Integer) };
    items.push(Item::Question(worked_out));
    items.push(Item::Group(Group {
        name: "map".into(),
        label: Text::plain("On the map"),
        items: vec![Item::Question(question("where", Kind::Geoshape))],
        ..Group::default()
    }));
    items.push(Item::Question(question("last", Kind::Text)));
    let document = paper(items);
    assert_eq!(asked(&document).len(), 1);
    assert_eq!(asked(&document)[0].number, "1");
    assert!(!document.plain().iter().any(|text| text.contains("map")), "{:?}", document.plain());
}

#[test]
fn each_kind_gets_its_room() {
    let from = |name: &str, kind, list: &str| Question {
        choices: Some(ChoicesFrom::List(list.into())),
        ..question(name, kind)
    };
    let parameter =
        |end: &str| BTreeMap::from([("start".into(), "1".into()), ("end".into(), end.to_owned())]);
    let questions = vec![
        from("a", Kind::SelectOne, "yes-no"),
        from("b", Kind::SelectMultiple, "yes-no"),
        from("c", Kind::Rank, "yes-no"),
        from("d", Kind::SelectOne, "schools"),
        from("e", Kind::SelectOne, "gone"),
        question("f", Kind::Text),
        Question { appearance: Some("multiline".into()), ..question("g", Kind::Text) },
        question("h", Kind::Integer),
        question("i", Kind::DateTime),
        Question { appearance: Some("month-year".into()), ..question("j", Kind::Date) },
        Question { parameters: parameter("5"), ..question("k", Kind::Range) },
        Question { parameters: parameter("5000"), ..question("l", Kind::Range) },
        Question { parameters: parameter("x"), ..question("m", Kind::Range) },
        question("n", Kind::Acknowledge),
        Question { required: Some("yes".into()), ..question("o", Kind::Time) },
    ];
    let document = paper(questions.into_iter().map(Item::Question).collect());
    assert_eq!(document.faults(), []);
    let said: Vec<String> = asked(&document)
        .iter()
        .map(|question| {
            let room = match &question.room {
                Room::Boxes { choices } => {
                    choices.iter().map(|choice| choice.text.as_str()).collect::<Vec<_>>().join("/")
                }
                Room::Lines { count } => format!("{count} lines"),
                Room::Digits { groups } => groups
                    .iter()
                    .map(|group| format!("{}{}", group.label, group.count))
                    .collect::<Vec<_>>()
                    .join("/"),
            };
            format!("{} {room}", question.instruction)
        })
        .collect();
    assert_eq!(
        said,
        [
            "Tick one box. Yes/No",
            "Tick all that are true. Yes/No",
            "Write 1, 2, 3 in the boxes. Yes/No",
            "Write here. 1 lines",
            "Write here. 1 lines",
            "Write here. 2 lines",
            "Write here. 7 lines",
            "Write a number. 4",
            "Write the day. Day2/Month2/Year4/Hour2/Minute2",
            "Write the day. Month2/Year4",
            "Tick one box. 1/2/3/4/5",
            "Write a number. 4",
            "Write a number. 4",
            "Tick the box if you agree. I agree",
            "Write the time. Please do not leave this one out. Hour2/Minute2",
        ]
    );
}

#[test]
fn conditions_name_the_printed_number_and_the_labels() {
    let first =
        Question { choices: Some(ChoicesFrom::List("yes-no".into())), ..question("first", Kind::SelectOne) };
    let when = |name: &str, relevant: &str| {
        Item::Question(Question { relevant: Some(relevant.into()), ..question(name, Kind::Text) })
    };
    let group = |label: Text, relevant: &str, items| {
        Item::Group(Group { label, relevant: Some(relevant.into()), items, ..Group::default() })
    };
    let document = paper(vec![
        Item::Question(question("why", Kind::Note)),
        Item::Question(question("before", Kind::Text)),
        Item::Question(first),
        when("a", "${first} = 'yes' or ${first} = 'no'"),
        when("b", "${before} = 'yes'"),
        when("c", "${first} = 'gone'"),
        when("d", "${first} != 'yes'"),
        group(
            Text::default(),
            "${first} = 'no'",
            vec![when("e", "true()"), Item::Question(question("f", Kind::Text))],
        ),
        group(Text::plain("Headed"), "${first} = 'no'", vec![Item::Question(question("g", Kind::Text))]),
    ]);
    let said: Vec<&str> = asked(&document).iter().map(|question| question.condition.as_str()).collect();
    let otherwise = "Answer this if it applies to you.";
    let no = "Only if you answered No to question 2.";
    let both = format!("{no} {otherwise}");
    assert_eq!(
        said,
        [
            "",
            "",
            "Only if you answered Yes or No to question 2.",
            otherwise,
            otherwise,
            otherwise,
            &both,
            no,
            ""
        ]
    );
    let condition = Block::Paragraph { runs: vec![Run::strong(no)] };
    let heading = document.blocks.iter().position(|block| *block == Block::heading(1, "Headed")).unwrap();
    assert_eq!(document.blocks[heading + 1], condition);
}

#[test]
fn groups_become_headings_and_deep_ones_do_not_skip_a_level() {
    let mut inner = vec![Item::Question(Question {
        label: Text::plain("How old is ${name}?"),
        ..question("age", Kind::Integer)
    })];
    for n in (1..=5).rev() {
        let group = Group { label: Text::plain(format!("Level {n}")), items: inner, ..Group::default() };
        inner = vec![if n == 2 { Item::Repeat(Repeat { group, count: None }) } else { Item::Group(group) }];
    }
    let document = paper(inner);
    assert_eq!(document.faults(), []);
    let said = document.plain();
    assert!(said.contains(&"1 How old is …?".to_owned()), "{said:?}");
    assert!(said.contains(&"If there are more, ask for another sheet.".to_owned()), "{said:?}");
    let levels: Vec<u8> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, .. } => Some(*level),
            _ => None,
        })
        .collect();
    assert_eq!(levels, [1, 1, 2, 3, 3, 3]);
}

#[test]
fn a_form_that_asks_nothing_is_still_a_paper() {
    let document = paper(vec![]);
    assert_eq!(document.faults(), []);
    assert_eq!(document.title, "Fictional survey");
    let nameless = Question { label: Text::default(), ..question("only-a-name", Kind::Text) };
    assert_eq!(asked(&paper(vec![Item::Question(nameless)]))[0].text, "only-a-name");
}

struct Given(u8);

impl Randomness for Given {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}

fn sheet_head() -> SheetHead {
    SheetHead {
        title: "Survey for children aged 8 to 11".into(),
        subtitle: "Strathmarnock (fictional)".into(),
        language: "en-GB".into(),
        author: "Fictional Inspection Partnership".into(),
        date: date(2026, 8, 17),
        date_text: "17 August 2026".into(),
    }
}

#[test]
fn each_code_stands_on_its_card_and_nowhere_else() {
    let codes: Vec<Code> = (0..25).map(|n| Code::random(&Given(n))).collect();
    let invitations = codes.iter().map(|code| Invitation {
        code: code.clone(),
        qr_svg: "<svg xmlns='http://www.w3.org/2000/svg'/>".into(),
    });
    let words = InvitationWords {
        title: "Tell us what you think".into(),
        explanation: "Scan, or type this address and code.".into(),
        address: "keyline.example/s".into(),
        qr_alt: "QR code with the same address".into(),
    };
    let sheet = invitation_sheet(sheet_head(), &words, invitations.collect());
    assert_eq!(sheet.faults(), []);
    let said = sheet.plain();
    for code in &codes {
        assert_eq!(said.iter().filter(|text| text.contains(&code.printed())).count(), 1);
    }
}

#[test]
fn a_reminder_says_who_until_when_and_where() {
    let reminder = Reminder {
        facts: vec![
            ("Who".into(), "Children aged 8 to 11".into()),
            ("Until".into(), "4 September 2026".into()),
        ],
        call: "Take part here".into(),
        explanation: "It takes ten minutes.".into(),
        address: "keyline.example/s/abcd".into(),
        href: "https://keyline.example/s/abcd".into(),
        qr_svg: "<svg xmlns='http://www.w3.org/2000/svg'/>".into(),
        qr_alt: "QR code with the same address".into(),
        anonymous_title: "Anonymous".into(),
        anonymous: "Nobody can see who answered what.".into(),
    };
    let sheet = reminder_sheet(sheet_head(), reminder);
    assert_eq!(sheet.faults(), []);
    assert_eq!(sheet.front[1].1, "4 September 2026");
    let said = sheet.plain().join("\n");
    assert!(said.contains("keyline.example/s/abcd") && said.contains("Nobody can see"), "{said}");
}
