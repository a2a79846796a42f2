//! What is printed to be filled in by hand or cut out, read back with poppler.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::process::Command;

use keyline_domain::documents::{Block, CARDS_PER_PAGE, Document, Room};
use keyline_report_pdf::render;

#[path = "samples/by_hand.rs"]
mod samples;

fn poppler(program: &str, options: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("it.pdf");
    std::fs::write(&file, pdf).unwrap();
    let mut command = Command::new(program);
    command.args(options).arg(&file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let out = command.output().expect("poppler-utils is installed");
    assert!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
    // in the list of tags, headings in other scripts are not UTF-8
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn words(pdf: &[u8]) -> String {
    let text = poppler("pdftotext", &["-raw"], pdf).replace('\u{200b}', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pages(pdf: &[u8]) -> Vec<String> {
    let text = poppler("pdftotext", &["-raw"], pdf);
    text.split('\u{c}').filter(|page| !page.trim().is_empty()).map(str::to_owned).collect()
}

/// How many words are how high, in points.
fn sizes(pdf: &[u8]) -> std::collections::BTreeMap<u32, usize> {
    let page = poppler("pdftotext", &["-bbox"], pdf);
    let mut sizes = std::collections::BTreeMap::new();
    for word in page.lines().filter(|line| line.trim_start().starts_with("<word")) {
        let at = |name: &str| {
            let value = word.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap();
            value.parse::<f64>().unwrap()
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "heights of letters are small"
        )]
        let height = (at("yMax") - at("yMin")).round() as u32;
        *sizes.entry(height).or_insert(0) += 1;
    }
    sizes
}

fn boxes(document: &Document) -> usize {
    let of = |block: &Block| match block {
        Block::Question { question } => match &question.room {
            Room::Boxes { choices } => choices.len(),
            _ => 0,
        },
        _ => 0,
    };
    document.blocks.iter().map(of).sum()
}

#[test]
fn every_word_of_a_survey_stands_on_its_paper_in_order() {
    for document in [samples::children(), samples::staff(), samples::every_room()] {
        let text = words(&render(&document).unwrap());
        let mut from = text.find(&document.title).unwrap();
        for block in &document.blocks {
            let Block::Question { question } = block else { continue };
            for said in [&question.condition, &question.text, &question.hint, &question.instruction] {
                let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
                let at = text[from..].find(&said).unwrap_or_else(|| panic!("{said} after {}", &text[from..]));
                from += at;
            }
            if let Room::Boxes { choices } = &question.room {
                for choice in choices {
                    let at = text[from..].find(choice.text.as_str());
                    from += at.unwrap_or_else(|| panic!("{} after {}", choice.text, &text[from..]));
                }
            }
        }
    }
}

#[test]
fn each_choice_has_one_box_and_is_an_item_of_a_list() {
    for document in [samples::children(), samples::staff(), samples::children_in_arabic()] {
        let pdf = render(&document).unwrap();
        assert_eq!(words(&pdf).matches('☐').count(), boxes(&document));
        let tags = poppler("pdfinfo", &["-struct"], &pdf);
        let count = |tag: &str| {
            tags.lines().filter(|line| line.trim_start().split([' ', ':']).next() == Some(tag)).count()
        };
        assert!(count("LI") >= boxes(&document), "{} of {}", count("LI"), boxes(&document));
        assert_eq!(count("Figure"), 0, "symbols are not read out");
    }
}

#[test]
fn a_survey_in_arabic_is_set_from_right_to_left_without_a_letter_missing() {
    let document = samples::children_in_arabic();
    let pdf = render(&document).unwrap();
    assert!(!words(&pdf).contains("[U+"));
    let fonts = poppler("pdffonts", &[], &pdf);
    assert!(fonts.contains("Vazirmatn"), "{fonts}");
    // what is heard is what is written; poppler turns the pair of lam and alef round, so words with it are not compared
    let text = words(&pdf);
    let mut compared = 0;
    for block in &document.blocks {
        let Block::Question { question } = block else { continue };
        for word in question.text.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)) {
            if !["لا", "لأ", "لإ", "لآ"].iter().any(|pair| word.contains(pair)) {
                assert!(text.contains(word), "{word} in {text}");
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "{compared}");
    // numbers of questions stand on the right
    let page = poppler("pdftotext", &["-bbox", "-f", "2", "-l", "2"], &pdf);
    let number = page.lines().find(|line| line.contains(">3<")).unwrap();
    let x: f64 = number.split("xMin=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    assert!(x > 400.0, "{number}");
    // and a paper in English does not carry the letters
    let fonts = poppler("pdffonts", &[], &render(&samples::children()).unwrap());
    assert!(!fonts.contains("Vazirmatn"), "{fonts}");
}

#[test]
fn young_children_get_large_letters() {
    let common = |document: &Document| {
        let sizes = sizes(&render(document).unwrap());
        sizes.into_iter().max_by_key(|(_, count)| *count).unwrap().0
    };
    // a line of Atkinson Hyperlegible is about a quarter higher than its letters are large
    let (children, staff) = (common(&samples::children()), common(&samples::staff()));
    assert!(children >= 17 && staff >= 14 && children > staff, "{children} and {staff}");
}

#[test]
fn questions_do_not_break_over_pages() {
    let document = samples::staff();
    let pages = pages(&render(&document).unwrap());
    for block in &document.blocks {
        let Block::Question { question } = block else { continue };
        let Room::Boxes { choices } = &question.room else { continue };
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let together = pages.iter().map(|page| flat(page)).any(|page| {
            let Some(mut from) = page.find(&question.text) else { return false };
            choices.iter().all(|choice| match page[from..].find(&choice.text) {
                Some(at) => {
                    from += at;
                    true
                }
                None => false,
            })
        });
        assert!(together, "{}", question.text);
    }
}

#[test]
fn ten_cards_stand_on_a_page_each_with_its_code() {
    for count in [0, 1, 10, 11, 23] {
        let document = samples::invitations(count);
        let pdf = render(&document).unwrap();
        let pages = pages(&pdf);
        assert_eq!(pages.len(), usize::from(count).div_ceil(CARDS_PER_PAGE).max(1), "{count}");
        let Block::Cards { cards, .. } = &document.blocks[0] else { panic!("no cards") };
        for (n, card) in cards.iter().enumerate() {
            assert!(pages[n / CARDS_PER_PAGE].contains(&card.code), "{}", card.code);
        }
        let tags = poppler("pdfinfo", &["-struct"], &pdf);
        assert_eq!(tags.matches("Figure").count(), usize::from(count));
    }
}

#[test]
fn a_reminder_is_one_page_with_a_link() {
    let pdf = render(&samples::reminder()).unwrap();
    let pages = pages(&pdf);
    assert_eq!(pages.len(), 1);
    for part in ["Staff survey", "4 September 2026", "keyline.example/surveys/hx4m-9kpt", "Nobody can see"] {
        assert!(words(&pdf).contains(part), "{part} in {}", pages[0]);
    }
    let tags = poppler("pdfinfo", &["-struct"], &pdf);
    assert!(tags.contains("Link") && tags.contains("Figure"), "{tags}");
}

#[test]
fn a_code_that_is_no_drawing_is_refused() {
    let mut bad = samples::invitations(1);
    let Block::Cards { cards, .. } = &mut bad.blocks[0] else { panic!("no cards") };
    cards[0].qr_svg = "<p>".into();
    assert!(render(&bad).is_err());
}
