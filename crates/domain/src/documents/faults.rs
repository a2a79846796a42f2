//! What would make a document unusable for somebody (PDF/UA-1, WCAG 2.2), found before anything is set.

use super::{Block, Card, Document, PaperQuestion, Room, Run, symbols};

/// What is wrong with a document. Blocks are counted from 0; a fault inside a panel names the panel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// Nothing to say.
    #[error("the document has no title")]
    NoTitle,
    /// Not a language tag such as `en-GB`: nothing could read the document aloud.
    #[error("`{0}` is not a language tag")]
    Language(String),
    /// Block `0` is a heading that skips a level.
    #[error("block {0}: the heading skips a level")]
    HeadingSkips(usize),
    /// Block `0` is a heading without text.
    #[error("block {0}: the heading is empty")]
    HeadingEmpty(usize),
    /// Block `0` is a panel that holds a heading or a panel, which would tear the outline.
    #[error("block {0}: the panel holds a heading or another panel")]
    CalloutHoldsHeading(usize),
    /// Block `0` is a table whose row `1` is not as long as its header.
    #[error("block {0}: row {1} is not as long as the header")]
    RowLength(usize, usize),
    /// Block `0` is a table without a header or a caption.
    #[error("block {0}: the table lacks a header or a caption")]
    TableBare(usize),
    /// Block `0` is a picture without words for those who do not see it.
    #[error("block {0}: the picture has no description")]
    FigureWithoutAlt(usize),
    /// Block `0` is a question without words, or with a choice without words.
    #[error("block {0}: the question or one of its choices has no words")]
    QuestionEmpty(usize),
    /// Block `0` is a question without room for its answer, or with more than fits on a page.
    #[error("block {0}: there is no room for the answer, or more than fits on a page")]
    RoomOdd(usize),
    /// Block `0` asks for boxes and does not say how many may be ticked.
    #[error("block {0}: nothing says what to do with the boxes")]
    InstructionMissing(usize),
    /// Block `0` names the symbol `1`, which is none of ours.
    #[error("block {0}: there is no symbol `{1}`")]
    NoSuchSymbol(usize, String),
    /// Block `0` holds a card without a title or an address.
    #[error("block {0}: a card lacks its title or address")]
    CardEmpty(usize),
    /// Block `0` links to `1`, which is neither an address nor a heading of this document.
    #[error("block {0}: the link to `{1}` leads nowhere")]
    LinkLeadsNowhere(usize, String),
}

impl Document {
    /// What would make the document unusable for somebody; empty when nothing would (PDF/UA-1, WCAG 2.2).
    pub fn faults(&self) -> Vec<DocumentFault> {
        let mut faults = Vec::new();
        if self.title.trim().is_empty() {
            faults.push(DocumentFault::NoTitle);
        }
        if !is_language_tag(&self.language) {
            faults.push(DocumentFault::Language(self.language.clone()));
        }
        let mut level_before = 0;
        for (n, block) in self.blocks.iter().enumerate() {
            match block {
                Block::Heading { level, text, .. } => {
                    if text.trim().is_empty() {
                        faults.push(DocumentFault::HeadingEmpty(n));
                    }
                    if *level == 0 || *level > level_before + 1 || *level > 3 {
                        faults.push(DocumentFault::HeadingSkips(n));
                    }
                    level_before = *level;
                }
                Block::Callout { blocks, .. } => {
                    for inner in blocks {
                        if matches!(inner, Block::Heading { .. } | Block::Callout { .. }) {
                            faults.push(DocumentFault::CalloutHoldsHeading(n));
                        }
                        self.faults_within(n, inner, &mut faults);
                    }
                }
                other => self.faults_within(n, other, &mut faults),
            }
        }
        faults
    }

    /// The faults of one block that do not hang on its place among the others.
    fn faults_within(&self, n: usize, block: &Block, faults: &mut Vec<DocumentFault>) {
        match block {
            Block::Table { caption, header, rows, .. } => {
                if header.is_empty() || caption.trim().is_empty() {
                    faults.push(DocumentFault::TableBare(n));
                }
                let odd = rows.iter().enumerate().filter(|(_, row)| row.len() != header.len());
                faults.extend(odd.map(|(r, _)| DocumentFault::RowLength(n, r)));
            }
            Block::Figure { alt, .. } if alt.trim().is_empty() => {
                faults.push(DocumentFault::FigureWithoutAlt(n));
            }
            Block::Question { question } => faults_of_question(n, question, faults),
            Block::Cards { cards, .. } => {
                for card in cards {
                    self.faults_of_card(n, card, faults);
                }
            }
            Block::Paragraph { runs } | Block::Quote { runs, .. } => self.faults_of_runs(n, runs, faults),
            Block::Bullets { items } | Block::Numbered { items } => {
                for runs in items {
                    self.faults_of_runs(n, runs, faults);
                }
            }
            _ => {}
        }
    }

    fn faults_of_card(&self, n: usize, card: &Card, faults: &mut Vec<DocumentFault>) {
        if card.title.trim().is_empty() || card.address.trim().is_empty() {
            faults.push(DocumentFault::CardEmpty(n));
        }
        if card.qr_alt.trim().is_empty() {
            faults.push(DocumentFault::FigureWithoutAlt(n));
        }
        if !card.href.is_empty() && !self.has_target(&card.href) {
            faults.push(DocumentFault::LinkLeadsNowhere(n, card.href.clone()));
        }
    }

    fn faults_of_runs(&self, n: usize, runs: &[Run], faults: &mut Vec<DocumentFault>) {
        for run in runs {
            match run {
                Run::Link { href, .. } if !self.has_target(href) => {
                    faults.push(DocumentFault::LinkLeadsNowhere(n, href.clone()));
                }
                Run::InLanguage { language, .. } if !is_language_tag(language) => {
                    faults.push(DocumentFault::Language(language.clone()));
                }
                _ => {}
            }
        }
    }

    /// Whether a link leads somewhere: to a heading here, or to an address that holds outside of our pages too.
    fn has_target(&self, href: &str) -> bool {
        match href.strip_prefix('#') {
            Some(wanted) => {
                self.blocks.iter().any(|b| matches!(b, Block::Heading { anchor, .. } if anchor == wanted))
            }
            None => ["https://", "http://", "mailto:", "tel:"]
                .iter()
                .any(|scheme| href.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty())),
        }
    }
}

fn faults_of_question(n: usize, question: &PaperQuestion, faults: &mut Vec<DocumentFault>) {
    let mut no_words = question.text.trim().is_empty();
    let mut named = vec![&question.symbol];
    let roomy = match &question.room {
        Room::Boxes { choices } => {
            no_words |= choices.iter().any(|choice| choice.text.trim().is_empty());
            named.extend(choices.iter().map(|choice| &choice.symbol));
            if question.instruction.trim().is_empty() {
                faults.push(DocumentFault::InstructionMissing(n));
            }
            !choices.is_empty()
        }
        Room::Lines { count } => (1..=Room::MOST_LINES).contains(count),
        Room::Digits { groups } => {
            let digits: usize = groups.iter().map(|group| usize::from(group.count)).sum();
            groups.iter().all(|group| group.count > 0)
                && (1..=usize::from(Room::MOST_DIGITS)).contains(&digits)
        }
    };
    if no_words {
        faults.push(DocumentFault::QuestionEmpty(n));
    }
    if !roomy {
        faults.push(DocumentFault::RoomOdd(n));
    }
    let unknown = named.into_iter().filter(|name| !name.is_empty() && symbols::drawing(name).is_none());
    faults.extend(unknown.map(|name| DocumentFault::NoSuchSymbol(n, name.clone())));
}

/// Whether this looks like a language tag: a language of two or three letters, then subtags (BCP 47).
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    parts.next().is_some_and(|l| matches!(l.len(), 2 | 3) && l.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{CardSize, DocumentKind, PaperChoice, anchor};

    fn document(blocks: Vec<Block>) -> Document {
        let day = jiff::civil::date(2026, 11, 23);
        let mut document = Document::new(
            DocumentKind::Report,
            "Fictional report",
            "en-GB",
            "Fictional body",
            day,
            "23 November 2026",
        );
        document.blocks = blocks;
        document
    }

    #[test]
    fn faults_are_found() {
        let bad = document(vec![
            Block::heading(2, "Skips"),
            Block::heading(1, " "),
            Block::table("c", ["a"], [vec![]]),
            Block::figure("<svg/>", "", ""),
        ]);
        assert_eq!(
            bad.faults(),
            [
                DocumentFault::HeadingSkips(0),
                DocumentFault::HeadingEmpty(1),
                DocumentFault::RowLength(2, 0),
                DocumentFault::FigureWithoutAlt(3)
            ]
        );
        assert!(document(vec![Block::heading(1, "One"), Block::heading(2, "Two")]).faults().is_empty());
    }

    #[test]
    fn anchors_and_paragraphs() {
        assert_eq!(anchor("What happens next?"), "what-happens-next");
        assert_eq!(Block::paragraphs("One.\n\n\n Two. \n\n").len(), 2);
    }
    #[test]
    fn panels_links_and_languages_are_looked_into() {
        let bad = document(vec![
            Block::Callout {
                title: "t".into(),
                blocks: vec![Block::heading(1, "No"), Block::figure("", "", "")],
            },
            Block::Paragraph {
                runs: vec![
                    Run::link("gone", "#gone"),
                    Run::link("script", "javascript:alert(1)"),
                    Run::in_language("Gaelic", "Gàidhlig"),
                ],
            },
        ]);
        assert_eq!(
            bad.faults(),
            [
                DocumentFault::CalloutHoldsHeading(0),
                DocumentFault::FigureWithoutAlt(0),
                DocumentFault::LinkLeadsNowhere(1, "#gone".into()),
                DocumentFault::LinkLeadsNowhere(1, "javascript:alert(1)".into()),
                DocumentFault::Language("Gaelic".into()),
            ]
        );
        let good = document(vec![
            Block::heading(1, "Here"),
            Block::Paragraph { runs: vec![Run::link("here", "#here"), Run::in_language("gd", "Gàidhlig")] },
            Block::callout("Found", "Text."),
            Block::PageBreak,
        ]);
        assert_eq!(good.faults(), []);
        assert_eq!(good.plain()[2..], ["Here", "hereGàidhlig", "Found", "Text."]);
    }

    #[test]
    fn questions_and_cards_are_looked_into() {
        let question = |room| PaperQuestion { text: "Do you?".into(), room, ..PaperQuestion::default() };
        let choice = |text: &str, symbol: &str| PaperChoice { text: text.into(), symbol: symbol.into() };
        let card = Card {
            title: String::new(),
            explanation: String::new(),
            address: "keyline.example/s".into(),
            href: "ftp://keyline.example".into(),
            code: String::new(),
            qr_svg: "<svg/>".into(),
            qr_alt: " ".into(),
        };
        let bad = document(vec![
            Block::question(question(Room::boxes([choice("Yes", "smiley"), choice(" ", "")]))),
            Block::question(question(Room::Lines { count: 0 })),
            Block::question(question(Room::digits([("Day".into(), 2), ("Year".into(), 0)]))),
            Block::question(question(Room::digits([(String::new(), 200), (String::new(), 200)]))),
            Block::Cards { size: CardSize::Tenth, cards: vec![card.clone()] },
        ]);
        assert_eq!(
            bad.faults(),
            [
                DocumentFault::InstructionMissing(0),
                DocumentFault::QuestionEmpty(0),
                DocumentFault::NoSuchSymbol(0, "smiley".into()),
                DocumentFault::RoomOdd(1),
                DocumentFault::RoomOdd(2),
                DocumentFault::RoomOdd(3),
                DocumentFault::CardEmpty(4),
                DocumentFault::FigureWithoutAlt(4),
                DocumentFault::LinkLeadsNowhere(4, "ftp://keyline.example".into()),
            ]
        );
        let mut ticked = question(Room::boxes([choice("Yes", "smile")]));
        ticked.number = "1".into();
        ticked.instruction = "Tick one box.".into();
        let card = Card {
            title: "Survey".into(),
            href: "https://keyline.example/s".into(),
            qr_alt: "QR code".into(),
            code: "7QK2".into(),
            ..card
        };
        let good = document(vec![
            Block::question(ticked),
            Block::question(question(Room::digits([("Day".into(), 2)]))),
            Block::Cards { size: CardSize::Whole, cards: vec![card] },
        ]);
        assert_eq!(good.faults(), []);
        assert_eq!(
            good.plain()[2..],
            [
                "1 Do you?",
                "Tick one box.",
                "Yes",
                "Do you?",
                "Day",
                "Survey",
                "keyline.example/s",
                "7QK2",
                "QR code"
            ]
        );
        let json = serde_json::to_string(&good).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), good);
    }

    #[test]
    fn survives_the_way_to_the_child_process() {
        let whole = document(vec![
            Block::quote("We were heard.", "a parent"),
            Block::address(["1 Fictional Street", "Strathmarnock"]),
            Block::numbered(["one"]),
            Block::Paragraph { runs: vec![Run::emphasis("so"), Run::strong("very")] },
            Block::PageBreak,
        ]);
        let json = serde_json::to_string(&whole).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), whole);
    }
}
