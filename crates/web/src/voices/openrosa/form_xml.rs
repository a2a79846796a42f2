//! A form as a device gets it: XML, under its version here.
//!
//! The questions of a survey stand between the notice on anonymity, to be read aloud before them, and what is passed on
//! and where help is, before the form is finished: a rule of the field that holds wherever a survey is answered.

use keyline_domain::documents::{Block, Run};
use keyline_forms::form::{Form, Item, Kind, Language, Question, Text};
use keyline_forms::xform;
use keyline_operations::voices::DeviceForm;

use super::super::answering::texts::SurveyTexts;
use crate::frame::{PageError, Visitor};

/// The XML.
pub(super) async fn write(visitor: &Visitor, given: &DeviceForm) -> Result<String, PageError> {
    let mut form: Form = given.form.form().clone();
    form.id.clone_from(&given.key);
    form.version = Some(given.version.clone());
    // Answers go where the form came from, open, and when their owner says so.
    for setting in ["submission_url", "public_key", "auto_send", "auto_delete", "client_editable"] {
        form.settings.remove(setting);
    }
    if let Some(opened) = &given.survey {
        let (mut before, mut after) = (Text::default(), Text::default());
        let languages = if form.languages.is_empty() {
            vec![Language { name: String::new(), tag: Some("en".to_owned()) }]
        } else {
            form.languages.clone()
        };
        for language in languages {
            let w = visitor.app().words(language.tag.as_deref().unwrap_or("en"));
            let texts = SurveyTexts::of(visitor, opened, w).await?;
            let notice = [w.t("survey-ask-aloud"), plain(&texts.notice)].join("\n\n");
            let help = [w.t("survey-before-sending"), plain(&texts.help_blocks(w))].join("\n\n");
            before.0.insert(language.name.clone(), unreferenced(&notice));
            after.0.insert(language.name, unreferenced(&help));
        }
        let (first, last) = (note(&form, "before-asking", before), note(&form, "before-sending", after));
        form.items.insert(0, Item::Question(first));
        form.items.push(Item::Question(last));
    }
    Ok(xform::write(&form))
}

/// A text to be read, under a name that no question of the form has.
fn note(form: &Form, name: &str, label: Text) -> Question {
    let mut name = name.to_owned();
    while form.walk().any(|item| item.name() == name) {
        name.push('_');
    }
    Question { name, kind: Kind::Note, label, ..Question::default() }
}

/// A text in which nothing is taken for a reference to a question.
fn unreferenced(text: &str) -> String {
    text.replace("${", "$ {")
}

/// Blocks as plain text.
fn plain(blocks: &[Block]) -> String {
    let line = |runs: &[Run]| runs.iter().map(Run::plain).collect::<String>();
    let said: Vec<String> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { text, .. } => Some(text.clone()),
            Block::Paragraph { runs } | Block::Quote { runs, .. } => Some(line(runs)),
            Block::Bullets { items } | Block::Numbered { items } => {
                Some(items.iter().map(|item| format!("- {}", line(item))).collect::<Vec<_>>().join("\n"))
            }
            Block::Callout { title, blocks } => Some(format!("{title}\n\n{}", plain(blocks))),
            Block::Address { lines } => Some(lines.join("\n")),
            Block::Table { header, rows, .. } => {
                let lines = std::iter::once(header).chain(rows).map(|cells| cells.join(", "));
                Some(lines.collect::<Vec<_>>().join("\n"))
            }
            Block::Figure { alt, .. } => Some(alt.clone()),
            // Nothing that is read aloud: for paper.
            Block::Question { .. } | Block::Cards { .. } | Block::PageBreak => None,
        })
        .collect();
    said.join("\n\n")
}
