//! E-mails as they travel.

use mail_parser::{Address, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::extracted::{Attachment, MailHead, Place};
use crate::failure::Failure;
use crate::flow::{Gap, Parts};
use crate::html;
use crate::listing::harmless_name;
use crate::source::Source;

/// Most characters of a field of the head.
const MOST_CHARACTERS: usize = 1_000;

/// Reads head and text. Of a text that is there as plain text and as a page, the plain one; attachments are named only.
pub(crate) fn read(source: &Source, parts: &mut Parts) -> Result<MailHead, Failure> {
    let bytes = source.whole()?;
    let message = MessageParser::default().parse(&bytes).ok_or(Failure::DAMAGED)?;
    let mut flow = parts.flow();
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(text) => flow.add(text),
            PartType::Html(page) => flow = html::text(page, flow),
            _ => {}
        }
        flow.gap(Gap::Line);
    }
    parts.keep(Place::Body, flow);
    let bodies: Vec<u32> = message.text_body.iter().chain(&message.html_body).copied().collect();
    let attachments = message
        .attachments
        .iter()
        // A picture within the text counts as both.
        .filter(|id| !bodies.contains(id) || message.part(**id).is_some_and(|part| !part.is_text()))
        .filter_map(|id| message.part(*id))
        .take(MailHead::MOST_ATTACHMENTS)
        .map(attachment)
        .collect();
    Ok(MailHead {
        subject: message.subject().map(line).filter(|subject| !subject.is_empty()),
        from: people(message.from()),
        to: people(message.to()),
        copy: people(message.cc()),
        date: message.date().filter(|date| date.is_valid()).map(mail_parser::DateTime::to_rfc3339),
        attachments,
    })
}

fn attachment(part: &MessagePart<'_>) -> Attachment {
    let name = part.attachment_name().map(str::to_owned).or_else(|| {
        let message = part.message()?;
        Some(format!("{}.eml", message.subject().unwrap_or_default().replace(['/', '\\'], "-")))
    });
    let media_type = part.content_type().map(|kind| {
        let sub = kind.subtype().map(|sub| format!("/{sub}")).unwrap_or_default();
        line(&format!("{}{sub}", kind.ctype())).to_ascii_lowercase()
    });
    Attachment {
        name: name.map(|name| harmless_name(&name)).unwrap_or_default(),
        media_type: media_type.or_else(|| part.message().map(|_| "message/rfc822".to_owned())),
        bytes: part.len() as u64,
    }
}

/// Everyone in a list, also in groups.
fn people(address: Option<&Address<'_>>) -> Vec<String> {
    let one = |person: &mail_parser::Addr<'_>| {
        let address = person.address().map(line).unwrap_or_default();
        match person.name().map(line) {
            Some(name) if !name.is_empty() && !address.is_empty() => format!("{name} <{address}>"),
            Some(name) if !name.is_empty() => name,
            _ => address,
        }
    };
    address
        .into_iter()
        .flat_map(Address::iter)
        .take(MailHead::MOST_PEOPLE)
        .map(one)
        .filter(|person| !person.is_empty())
        .collect()
}

/// A text on one line.
fn line(text: &str) -> String {
    let clean: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_CHARACTERS).collect();
    clean.trim().to_owned()
}
