//! Fictional documents that use everything the model has, for the tests and for `scripts/check-pdf`.

use jiff::civil::date;
use keyline_domain::documents::{Block, Document, DocumentKind, Run};

const BARS: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 150" font-family="Atkinson Hyperlegible" font-size="13">
<rect x="130" y="12" width="300" height="26" fill="#12314d"/><rect x="130" y="56" width="210" height="26" fill="#12314d"/>
<rect x="130" y="100" width="120" height="26" fill="#12314d"/><path d="M130 0V140" stroke="#4c5560"/>
<text x="122" y="30" text-anchor="end">Safety</text><text x="122" y="74" text-anchor="end">Rights</text>
<text x="122" y="118" text-anchor="end">Wellbeing</text><text x="438" y="30">75</text><text x="348" y="74">52</text>
<text x="258" y="118">30</text></svg>"##;

/// A fictional report under embargo.
pub(crate) fn report() -> Document {
    let mut it = Document::new(
        DocumentKind::Report,
        "Services for children in Strathmarnock",
        "en-GB",
        "Fictional Inspection Partnership",
        date(2026, 11, 23),
        "23 November 2026",
    );
    it.subtitle = "Joint inspection of services for children on supervision orders who live at home".into();
    it.watermark = Some("Embargoed until 9.30 am on 23 November 2026".into());
    it.contents_title = "Contents".into();
    it.front = [
        ("Partnership", "Strathmarnock Community Planning Partnership (fictional)"),
        ("Inspected", "June to October 2026"),
        ("Reference", "KL-2026-014"),
        ("Inspectors", "From the four scrutiny bodies, with two young inspection volunteers"),
    ]
    .map(|(label, value)| (label.to_owned(), value.to_owned()))
    .to_vec();
    it.blocks.push(Block::heading(1, "Summary"));
    it.blocks.extend(Block::paragraphs(
        "We looked at how well services work together for children who are subject to a compulsory supervision order \
         and live at home with their parents. We read the records of 60 children, heard from 48 parents and carers, \
         and spoke with 112 members of staff.\n\nMost children were safer because of the help they had. In four out \
         of ten records the plan did not say by when something should have changed, and families told us that they \
         found this hard.",
    ));
    it.blocks.push(Block::callout(
        "What we recommend",
        "The partnership should make sure that each plan names what will change for the child, by when, and who will \
         see to it. We expect an action plan within six weeks.",
    ));
    it.blocks.push(Block::table(
        "Evaluations",
        ["Quality indicator", "Evaluation", "Evidence"],
        [
            ("2.1 Impact on children and young people", "Good", "Records, survey, 9 focus groups"),
            (
                "5.3 Care planning, managing risk and effective intervention",
                "Adequate",
                "Records, two sessions",
            ),
            ("5.4 Involving children, young people and families", "Good", "Interviews, survey"),
            (
                "9.2 Leadership of strategy and direction",
                "Very good",
                "Position statement, professional discussion",
            ),
        ]
        .map(|(a, b, c)| vec![a.to_owned(), b.to_owned(), c.to_owned()]),
    ));
    it.blocks.push(Block::heading(1, "What we found"));
    it.blocks.push(Block::heading(2, "Impact on children and young people"));
    it.blocks.push(Block::Paragraph {
        runs: vec![
            Run::text("Children told us that "),
            Run::strong("one person who stays"),
            Run::text(" mattered more than "),
            Run::emphasis("any"),
            Run::text(" plan. See "),
            Run::link("how families were heard", "#how-families-were-heard"),
            Run::text(", the "),
            Run::link(
                "convention on the rights of the child",
                "https://www.ohchr.org/en/instruments-mechanisms/instruments/convention-rights-child",
            ),
            Run::text(" and the Gaelic summary, "),
            Run::in_language(
                "gd-GB",
                "Geàrr-chunntas airson na cloinne: dè lorg sinn agus dè thachras a-nis",
            ),
            Run::text("."),
        ],
    });
    it.blocks.push(Block::quote(
        "She came every week, even when I did not open the door. After a while I did.",
        "a young person, 15",
    ));
    it.blocks.push(Block::figure(
        BARS,
        "Bar chart of the share of records in which the order had improved the child's situation: safety 75 per cent, \
         rights 52 per cent, wellbeing 30 per cent.",
        "Share of records in which the order had improved the child's situation, in per cent (n = 60)",
    ));
    it.blocks.push(Block::heading(2, "How families were heard"));
    it.blocks.push(Block::heading(3, "At the time"));
    it.blocks
        .push(Block::paragraph("Parents were asked before a decision in most of the records that we read:"));
    it.blocks.push(Block::bullets([
        "in 41 of 60 records the view of the child was written in the child's own words",
        "in 12 records an advocacy worker had helped",
        "in 7 records we could not see that anybody had asked, and these were the records of the youngest children, \
         for whom asking takes more than a form",
    ]));
    it.blocks.push(Block::heading(3, "Afterwards"));
    it.blocks.push(Block::numbered([
        "They are told what was decided.",
        "They are told why.",
        "They know whom to ask.",
    ]));
    it.blocks.push(Block::heading(1, "An empty section"));
    it.blocks.push(Block::heading(1, "Figures"));
    it.blocks.push(long_table(200));
    it.blocks.push(Block::PageBreak);
    it.blocks.push(Block::heading(1, "How to reach us"));
    it.blocks.push(Block::address(["Fictional Inspection Partnership", "1 Example Street", "Strathmarnock"]));
    it
}

/// A table that needs several pages.
pub(crate) fn long_table(rows: usize) -> Block {
    Block::table(
        "Children on the register, by area and age (fictional figures)",
        ["Area", "Under 5", "5 to 11", "12 and over", "All"],
        (1..=rows).map(|n| {
            vec![
                format!("Locality {n}"),
                if n % 9 == 0 { "[c]".into() } else { (n % 7 + 5).to_string() },
                (n % 11 + 6).to_string(),
                (n % 13 + 5).to_string(),
                format!("{}", n % 7 + n % 11 + n % 13 + 16),
            ]
        }),
    )
}

/// A fictional letter.
pub(crate) fn letter() -> Document {
    let mut it = Document::new(
        DocumentKind::Letter,
        "Notification of a joint inspection of services for children",
        "en-GB",
        "Fictional Inspection Partnership",
        date(2026, 6, 8),
        "8 June 2026",
    );
    it.front = [
        ("", "Chief Executive"),
        ("", "Strathmarnock Council"),
        ("", "1 Example Street"),
        ("", "Strathmarnock"),
        ("Our reference", "KL-2026-014"),
    ]
    .map(|(label, value)| (label.to_owned(), value.to_owned()))
    .to_vec();
    it.blocks.extend(Block::paragraphs(
        "Dear Chief Executive\n\nI am writing to let you know that we will carry out a joint inspection of services for \
         children in Strathmarnock. It begins today and ends with a report that we plan to publish in 21 weeks.\n\nPlease \
         let us know by 15 June who will be the inspection coordinator and who will lead on participation. The dates \
         below are those that concern you first.",
    ));
    it.blocks.push(Block::table(
        "First dates",
        ["What", "By"],
        [
            ["Names of coordinator and participation lead", "15 June 2026"],
            ["Pre-inspection return", "29 June 2026"],
            ["Documents on the request list", "6 July 2026"],
        ]
        .map(|row| row.map(str::to_owned).to_vec()),
    ));
    it.blocks.extend(Block::paragraphs("We look forward to working with you.\n\nYours sincerely"));
    it.blocks.push(Block::address(["A. Inspector (fictional)", "Inspection lead"]));
    it
}

/// A fictional short paper.
pub(crate) fn paper() -> Document {
    let mut it = Document::new(
        DocumentKind::Paper,
        "Action plan",
        "en-GB",
        "Strathmarnock Community Planning Partnership (fictional)",
        date(2027, 1, 4),
        "4 January 2027",
    );
    it.subtitle = "In answer to the joint inspection published on 23 November 2026".into();
    it.front = vec![
        ("Reference".into(), "KL-2026-014".into()),
        ("Owner".into(), "Chief Social Work Officer".into()),
    ];
    it.blocks.push(Block::heading(1, "What we will do"));
    it.blocks.push(Block::table(
        "Actions",
        ["Action", "Who", "By", "How we will know that it worked for children and families"],
        [[
            "Each plan names what will change, by when and who sees to it",
            "Head of children's services",
            "31 March 2027",
            "We read thirty plans each quarter with parents and young people, and publish what we find.",
        ]]
        .map(|row| row.map(str::to_owned).to_vec()),
    ));
    it
}

// As `keyline_charts::weeks` draws it, with the names that a page reads out and the style of a file of its own.
const WEEKS: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" class="kc kc-weeks kc-fits" role="img" aria-labelledby="w-title w-desc" width="320" height="110" viewBox="0 0 320 110" font-family="Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"><title id="w-title">What happens in which of the 21 weeks.</title><desc id="w-desc">The list below says the same.</desc><rect class="kc-ground" width="320" height="110" fill="#ffffff"></rect><g><text class="kc-ink" x="4" y="18" font-size="13" fill="#1f1f1f">Weeks 4 to 8: You can answer</text><rect class="kc-track" x="4" y="25" width="312" height="10" rx="3" fill="#eeeeea"></rect><rect class="kc-c0" x="48.6" y="25" height="10" rx="3" fill="#0b57a4" width="74.3"></rect></g><g><text class="kc-ink" x="4" y="63" font-size="13" fill="#1f1f1f">Week 21: Our report</text><rect class="kc-track" x="4" y="70" width="312" height="10" rx="3" fill="#eeeeea"></rect><rect class="kc-c0" x="301.1" y="70" height="10" rx="3" fill="#0b57a4" width="14.9"></rect></g><text class="kc-quiet" x="11.4" y="102" font-size="11" text-anchor="middle" fill="#5b5b57">1</text><style>text{font-family:Roboto}</style></svg>"##;

/// A page for children, as `operations/src/information` puts it together.
pub(crate) fn information() -> Document {
    let mut it = Document::new(
        DocumentKind::Paper,
        "What happens when?",
        "en-GB",
        "Keyline",
        date(2026, 11, 27),
        "27 November 2026",
    );
    it.subtitle = "Children and young people. Fictional programme".into();
    it.blocks = vec![
        Block::paragraph("The whole thing takes 21 weeks."),
        Block::Figure {
            svg: WEEKS.into(),
            alt: "What happens in which of the 21 weeks. The list below says the same.".into(),
            caption: "What happens in which of the 21 weeks.".into(),
        },
        Block::Bullets {
            items: [
                ("Weeks 4 to 8:", " You can answer our questions."),
                ("Week 21:", " Our report comes out."),
            ]
            .map(|(when, what)| vec![Run::strong(when), Run::text(what)])
            .to_vec(),
        },
        Block::heading(1, "If you need help now"),
        Block::Paragraph {
            runs: vec![
                Run::text("You can write to us at "),
                Run::link("https://keyline.example/tell-us", "https://keyline.example/tell-us"),
                Run::text("."),
            ],
        },
        Block::table(
            "The levels of the grades",
            ["Level", "What it means"],
            [["6 Excellent", "Outstanding or sector leading"], ["5 Very good", "Major strengths"]]
                .map(|row| row.map(str::to_owned).to_vec()),
        ),
        Block::Paragraph {
            runs: vec![Run::emphasis("This text was written for Keyline from published pages.")],
        },
    ];
    it
}
