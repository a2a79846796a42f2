//! Conversation guides that came from the own device: shown with the own notes until they are written up.

use std::sync::Arc;

use keyline_domain::ids::AnswerId;
use keyline_forms::answering::{Compiled, for_each_answered};
use keyline_operations::voices::{ReceivedNotes, filling_in};
use maud::{Markup, html};
use serde_json::Value;

use crate::components::{button_warning, callout, form, language_of, link_button, name_of, summary_list};
use crate::frame::{Scope, Typed, Visitor};

/// The questions of the guides that say what the fields of a note ask for.
const KIND: &str = "session-kind";
const PEOPLE: &str = "people";

/// Question and answer in words, and what the form has no place for any more, so that nothing that came is unseen.
fn lines(visitor: &Visitor, form: &Arc<Compiled>, answers: &Value) -> Vec<(String, String)> {
    let language = name_of(form.form(), &language_of(form.form(), visitor.words().lang()));
    let id = AnswerId::random(visitor.cx().random());
    let filling = filling_in(visitor.cx(), form, answers, id, &language);
    let mut lines: Vec<(String, String)> = filling
        .summary()
        .into_iter()
        .filter(|line| !line.answer.is_empty())
        .map(|line| (line.question, line.answer.join(", ")))
        .collect();
    // An answer that the form does not take, such as one that is too long, stands as it came.
    let faults: Vec<String> = filling.check().into_iter().map(|fault| fault.question).collect();
    for_each_answered(form.form(), answers, |question, value| {
        let is_at_fault = faults.iter().any(|path| path.rsplit('/').next() == Some(question.name.as_str()));
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if is_at_fault && !lines.iter().any(|(_, shown)| *shown == value) {
            lines.push((question.name.clone(), value));
        }
    });
    lines
}

/// What came from the own devices.
pub(super) fn section(visitor: &Visitor, scope: &Scope, received: &[ReceivedNotes]) -> Markup {
    let w = visitor.words();
    let said = |notes: &ReceivedNotes, answers: &Value| {
        let lines = lines(visitor, &notes.form, answers).into_iter();
        let lines = lines.map(|(question, answer)| (question, html! { span class="kl_pre" { (answer) } }));
        let write_up = scope.href(&format!("voices/sessions/new?from={}", notes.key));
        html! {
            (summary_list(&lines.collect::<Vec<_>>()))
            p { (link_button(&write_up, &w.t("received-write-up"))) }
        }
    };
    html! {
        h2 { (w.t("received-title")) }
        p { (w.t("received-text")) }
        @for notes in received {
            (callout(&format!("{}, {}", notes.form.form().title, w.date(notes.day)), &html! {
                @match &notes.answers {
                    Some(answers) => (said(notes, answers)),
                    None => p { (w.t("received-sealed")) },
                }
                (form(&scope.href(&format!("voices/received/{}/remove", notes.key)), &html! {
                    (button_warning(&w.t("received-remove")))
                }))
            }))
        }
    }
}

/// The fields of a note, filled in with what came; none when it cannot be opened.
pub(super) fn as_note(visitor: &Visitor, notes: &ReceivedNotes) -> Option<Typed> {
    let answers = notes.answers.as_ref()?;
    let mut fields = vec![
        ("held_on-day".to_owned(), notes.day.day().to_string()),
        ("held_on-month".to_owned(), notes.day.month().to_string()),
        ("held_on-year".to_owned(), notes.day.year().to_string()),
    ];
    for_each_answered(notes.form.form(), answers, |question, value| {
        let field = match question.name.as_str() {
            KIND => "kind",
            PEOPLE => "people",
            _ => return,
        };
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        fields.push((field.to_owned(), value));
    });
    let text: Vec<String> = lines(visitor, &notes.form, answers)
        .into_iter()
        .map(|(question, answer)| format!("{question}\n{answer}"))
        .collect();
    fields.push(("note".to_owned(), text.join("\n\n")));
    Some(Typed::of(fields))
}
