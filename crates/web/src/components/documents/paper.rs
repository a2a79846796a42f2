//! What a document asks on paper, and the cards it hands out, as a page: for looking at before it is printed. Nothing can
//! be filled in here; boxes and lines are drawn with letters, so that the page needs no look of its own.

use keyline_domain::documents::{Card, PaperQuestion, Room};
use maud::{Markup, PreEscaped, html};

use crate::components::symbols::symbol;

const BOX: &str = "\u{2610}";
const LINE: &str = "__________________________";

pub(super) fn question(question: &PaperQuestion) -> Markup {
    html! {
        section class="kl_callout kl_paper-question" {
            @if !question.condition.is_empty() { p { em { (question.condition) } } }
            p class="kl_callout__title" {
                (symbol(&question.symbol))
                strong { @if !question.number.is_empty() { (question.number) ". " } (question.text) }
            }
            @if !question.hint.is_empty() { p { (question.hint) } }
            @if !question.instruction.is_empty() { p { em { (question.instruction) } } }
            (room(&question.room))
        }
    }
}

fn room(room: &Room) -> Markup {
    match room {
        Room::Boxes { choices } => html! {
            ul class="kl_paper-boxes" {
                @for choice in choices { li { (BOX) " " (symbol(&choice.symbol)) " " (choice.text) } }
            }
        },
        Room::Lines { count } => html! {
            div aria-hidden="true" { @for _ in 0..*count { p { (LINE) } } }
        },
        Room::Digits { groups } => html! {
            p {
                @for group in groups {
                    span {
                        @if !group.label.is_empty() { (group.label) ": " }
                        bdi dir="ltr" aria-hidden="true" { @for _ in 0..group.count { (BOX) } }
                    }
                    " "
                }
            }
        },
    }
}

pub(super) fn card(card: &Card) -> Markup {
    html! {
        section class="kl_callout kl_paper-card" {
            p class="kl_callout__title" { strong { (card.title) } }
            @if !card.explanation.is_empty() { p { (card.explanation) } }
            p {
                @if card.href.is_empty() { bdi dir="ltr" { (card.address) } }
                @else { a href=(card.href) rel="noreferrer" { bdi dir="ltr" { (card.address) } } }
            }
            @if !card.code.is_empty() { p { strong { bdi dir="ltr" { (card.code) } } } }
            div class="kl_qr" role="img" aria-label=(card.qr_alt) { (PreEscaped(super::drawn(&card.qr_svg))) }
        }
    }
}

#[cfg(test)]
mod tests {
    use keyline_domain::documents::PaperChoice;

    use super::*;

    #[test]
    fn a_question_says_all_its_words_and_escapes_them() {
        let asked = PaperQuestion {
            number: "3".into(),
            text: "Is 1 < 2?".into(),
            hint: "A hint".into(),
            condition: "Only if".into(),
            instruction: "Tick one box.".into(),
            symbol: "star".into(),
            room: Room::boxes([PaperChoice { text: "Yes & no".into(), symbol: "smile".into() }]),
        };
        let page = question(&asked).into_string();
        for wanted in
            ["3. Is 1 &lt; 2?", "A hint", "Only if", "Tick one box.", "Yes &amp; no", BOX, "kl_symbol"]
        {
            assert!(page.contains(wanted), "{wanted} in {page}");
        }
        let day = PaperQuestion { room: Room::digits([("Day".into(), 2)]), ..asked.clone() };
        assert!(
            question(&day)
                .into_string()
                .contains(&format!("Day: <bdi dir=\"ltr\" aria-hidden=\"true\">{BOX}{BOX}<"))
        );
        let lines = PaperQuestion { room: Room::Lines { count: 3 }, ..asked };
        assert_eq!(question(&lines).into_string().matches(LINE).count(), 3);
    }

    #[test]
    fn a_card_has_its_address_code_and_picture() {
        let it = Card {
            title: "Take part".into(),
            explanation: "Type this.".into(),
            address: "keyline.example/s".into(),
            href: String::new(),
            code: "7QK2 M9X4 TRWB".into(),
            qr_svg: "<?xml version=\"1.0\"?><svg><path/></svg>".into(),
            qr_alt: "QR code".into(),
        };
        let page = card(&it).into_string();
        for wanted in [
            "<bdi dir=\"ltr\">keyline.example/s</bdi>",
            "7QK2 M9X4 TRWB",
            "aria-label=\"QR code\"><svg><path/></svg>",
        ] {
            assert!(page.contains(wanted), "{wanted} in {page}");
        }
        let linked = Card { href: "https://keyline.example/s".into(), ..it };
        assert!(card(&linked).into_string().contains("<a href=\"https://keyline.example/s\""));
    }
}
