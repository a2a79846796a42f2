//! Sheets that are handed out or hung up: cards with codes, and the reminder for the coordinator.

use jiff::civil::Date;

use crate::documents::{Block, Card, CardSize, Document, DocumentKind};
use crate::voices::codes::Code;

/// What stands above a sheet.
#[derive(Debug, Clone)]
pub struct SheetHead {
    /// Title: of invitations what they are and how they are handed out, of a reminder the survey.
    pub title: String,
    /// Line under the title; empty for none.
    pub subtitle: String,
    /// Language tag of all its text.
    pub language: String,
    /// Who asks.
    pub author: String,
    /// Day of the print.
    pub date: Date,
    /// The day in words.
    pub date_text: String,
}

impl SheetHead {
    fn document(self, kind: DocumentKind) -> Document {
        let mut document =
            Document::new(kind, self.title, self.language, self.author, self.date, self.date_text);
        document.subtitle = self.subtitle;
        document
    }
}

/// What stands on every card.
#[derive(Debug, Clone)]
pub struct InvitationWords {
    /// The survey, in few words.
    pub title: String,
    /// What to do, in one line, for example "Scan, or type this address and code. Each code works once."
    pub explanation: String,
    /// The address as it is typed, without `https://`.
    pub address: String,
    /// What the picture is, for those who do not see it, for example "QR code with the same address".
    pub qr_alt: String,
}

/// A code that is handed out.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// The code. After the sheet is made nothing holds it any more but the paper.
    pub code: Code,
    /// The address with the code as a QR code: stand-alone SVG.
    pub qr_svg: String,
}

/// Cards with codes to cut out and hand out, ten on a page of A4.
pub fn invitation_sheet(head: SheetHead, words: &InvitationWords, invitations: Vec<Invitation>) -> Document {
    let card = |invitation: Invitation| Card {
        title: words.title.clone(),
        explanation: words.explanation.clone(),
        address: words.address.clone(),
        href: String::new(),
        code: invitation.code.printed(),
        qr_svg: invitation.qr_svg,
        qr_alt: words.qr_alt.clone(),
    };
    let mut document = head.document(DocumentKind::Sheet);
    let cards = invitations.into_iter().map(card).collect();
    document.blocks.push(Block::Cards { size: CardSize::Tenth, cards });
    document
}

/// What a reminder says.
#[derive(Debug, Clone)]
pub struct Reminder {
    /// Pairs of label and value under the title: who is asked, until when.
    pub facts: Vec<(String, String)>,
    /// Above the address: what to do.
    pub call: String,
    /// One line under it, for example how long it takes; empty for none.
    pub explanation: String,
    /// The address as it is typed, without `https://`.
    pub address: String,
    /// The address as a link.
    pub href: String,
    /// The address as a QR code: stand-alone SVG.
    pub qr_svg: String,
    /// What the picture is, for those who do not see it.
    pub qr_alt: String,
    /// Above what anonymous means.
    pub anonymous_title: String,
    /// What anonymous means, in one line.
    pub anonymous: String,
}

/// One page for the coordinator to hang up or to send.
pub fn reminder_sheet(head: SheetHead, reminder: Reminder) -> Document {
    let mut document = head.document(DocumentKind::Notice);
    document.front = reminder.facts;
    let card = Card {
        title: reminder.call,
        explanation: reminder.explanation,
        address: reminder.address,
        href: reminder.href,
        code: String::new(),
        qr_svg: reminder.qr_svg,
        qr_alt: reminder.qr_alt,
    };
    document.blocks.push(Block::Cards { size: CardSize::Whole, cards: vec![card] });
    document.blocks.push(Block::callout(reminder.anonymous_title, reminder.anonymous));
    document
}
