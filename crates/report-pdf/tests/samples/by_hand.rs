//! Fictional documents to be filled in by hand, cut out and hung up. The surveys are those that the domain's tests make of
//! the shipped instruments, so that what is checked there word by word is what is set here.

use jiff::civil::date;
use keyline_domain::documents::{Block, Document, DocumentKind, PaperChoice, PaperQuestion, Room};
use keyline_domain::ids::Randomness;
use keyline_domain::voices::codes::Code;
use keyline_domain::voices::paper::{
    Invitation, InvitationWords, Reminder, SheetHead, invitation_sheet, reminder_sheet,
};

macro_rules! kept {
    ($name:literal) => {
        kept(include_str!(concat!(
            "../../../domain/src/voices/paper/snapshots/keyline_domain__voices__paper__tests__",
            $name,
            ".snap"
        )))
    };
}

/// The document in a snapshot: JSON below a head between two lines of hyphens.
fn kept(snapshot: &str) -> Document {
    let json = snapshot.splitn(3, "---\n").nth(2).expect("a snapshot has a head");
    serde_json::from_str(json).expect("the snapshot holds a document")
}

/// The survey of children aged 8 to 11.
pub(crate) fn children() -> Document {
    kept!("children-8-11")
}

/// The same in Arabic.
pub(crate) fn children_in_arabic() -> Document {
    kept!("children-8-11.ar")
}

/// The survey of staff.
pub(crate) fn staff() -> Document {
    kept!("staff-survey")
}

/// Every way to give an answer, short and long, in standard letters.
pub(crate) fn every_room() -> Document {
    let mut it = Document::new(
        DocumentKind::Questionnaire,
        "Every way to answer",
        "en-GB",
        "Fictional Inspection Partnership",
        date(2026, 8, 17),
        "17 August 2026",
    );
    let choices = |texts: &[&str]| {
        Room::boxes(texts.iter().map(|text| PaperChoice { text: (*text).to_owned(), symbol: "star".into() }))
    };
    let number = |label: &str, count| Room::digits([(label.to_owned(), count)]);
    let schools: Vec<String> = (1..=28).map(|n| format!("Fictional School of Strathmarnock {n}")).collect();
    let schools: Vec<&str> = schools.iter().map(String::as_str).collect();
    let long = "We were asked what we wanted to change, and somebody wrote it down in our own words";
    let rooms = [
        choices(&["Yes"]),
        choices(&["Strongly agree", "Agree", "Disagree", "Strongly disagree", "I do not know"]),
        choices(&[long, "No", "I do not remember"]),
        choices(&["One of four", "Two of four", "Three of four", long]),
        choices(&schools),
        Room::Lines { count: 1 },
        Room::Lines { count: Room::MOST_LINES },
        number("", 4),
        number("Number of children", Room::MOST_DIGITS),
        Room::digits([
            ("Day".into(), 2),
            ("Month".into(), 2),
            ("Year".into(), 4),
            ("Hour".into(), 2),
            ("Minute".into(), 2),
        ]),
    ];
    it.blocks.push(Block::heading(1, "Questions"));
    for (n, room) in rooms.into_iter().enumerate() {
        it.blocks.push(Block::question(PaperQuestion {
            number: (n + 1).to_string(),
            text: "What did you see, hear or feel on that day, as far as you remember it now?".into(),
            hint: if n % 2 == 0 { "Please name nobody.".into() } else { String::new() },
            condition: if n % 3 == 1 {
                "Only if you answered Yes to question 1.".into()
            } else {
                String::new()
            },
            instruction: "Do what is asked for.".into(),
            symbol: if n % 2 == 0 { "talk".into() } else { String::new() },
            room,
        }));
    }
    it
}

struct Given(u8);

impl Randomness for Given {
    fn fill(&self, bytes: &mut [u8]) {
        for (n, byte) in (0..).zip(bytes) {
            *byte = self.0.wrapping_mul(7).wrapping_add(n);
        }
    }
}

fn qr(text: &str) -> String {
    let code = qrcode::QrCode::new(text.as_bytes()).expect("a short text fits");
    code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(180, 180).build()
}

fn head(title: &str, subtitle: &str) -> SheetHead {
    SheetHead {
        title: title.into(),
        subtitle: subtitle.into(),
        language: "en-GB".into(),
        author: "Fictional Inspection Partnership".into(),
        date: date(2026, 8, 17),
        date_text: "17 August 2026".into(),
    }
}

/// Cards with codes.
pub(crate) fn invitations(count: u8) -> Document {
    let words = InvitationWords {
        title: "Tell us what you think".into(),
        explanation: "Scan the code with a phone, or type this address and these letters. It works once."
            .into(),
        address: "keyline.example/surveys/hx4m-9kpt".into(),
        qr_alt: "QR code with the same address and code".into(),
    };
    let invitations = (0..count).map(|n| {
        let code = Code::random(&Given(n));
        let qr_svg = qr(&format!("https://keyline.example/surveys/hx4m-9kpt?code={}", code.plain()));
        Invitation { code, qr_svg }
    });
    let head = head(
        "Survey for children aged 8 to 11: invitations",
        "Strathmarnock (fictional). Cut along the lines and give each child one card. The codes are kept nowhere else.",
    );
    invitation_sheet(head, &words, invitations.collect())
}

/// A page to hang up.
pub(crate) fn reminder() -> Document {
    let link = "https://keyline.example/surveys/hx4m-9kpt";
    let reminder = Reminder {
        facts: vec![
            ("Who is asked".into(), "Everybody who works with children on supervision orders at home".into()),
            ("Until".into(), "Friday 4 September 2026, 5 pm".into()),
        ],
        call: "Take part here".into(),
        explanation: "Scan the code, or type the address. It takes 15 minutes.".into(),
        address: "keyline.example/surveys/hx4m-9kpt".into(),
        href: link.into(),
        qr_svg: qr(link),
        qr_alt: "QR code with the same address".into(),
        anonymous_title: "Nobody can see who said what".into(),
        anonymous: "We keep your answers and the day, and nothing that tells who you are. Groups with few people are never shown.".into(),
    };
    reminder_sheet(
        head("Staff survey", "Joint inspection of services for children in Strathmarnock (fictional)"),
        reminder,
    )
}
