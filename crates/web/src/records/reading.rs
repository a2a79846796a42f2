//! The own reading of a record: the programme's tool as a form, saved as a draft or finished.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::ids::ReadingId;
use keyline_forms::{Answers, Instrument, Problem};
use keyline_operations::Refused;
use keyline_operations::records::{OpenReading, SaveReading, in_words, open_reading, save_reading, tool};
use keyline_store::records::{self, Reading, ReadingState};
use maud::{Markup, html};

use super::readings::state;
use super::{Stand, answers, concern, crumbs};
use crate::components::{
    Button, Kind, TypedAnswers, Width, button_group, compare, form, hidden, not_offered, problem_list,
    questions, summary_list, typed_answers, warning,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

// Fields of the form beside the questions. No key of a question begins with a line.
const VERSION: &str = "_version";
const ACT: &str = "_act";

/// What is shown: as it stands, or as it was typed with what is wrong.
struct Shown {
    typed: TypedAnswers,
    problems: Vec<Problem>,
    refused: Problems,
    both: Option<Both>,
    version: String,
}

struct Both {
    mine: String,
    theirs: String,
}

/// The form.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, reading)): Path<(String, String)>,
) -> PageResult {
    let reading: ReadingId = reading.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = OpenReading { inspection: scope.grant.inspection(), reading };
    let opened = open_reading(visitor.cx(), visitor.actor(), input).await?;
    let shown = Shown {
        typed: typed_answers(&opened.instrument, &opened.answers),
        problems: Vec::new(),
        refused: Problems::default(),
        both: None,
        version: opened.reading.version.to_string(),
    };
    render(&visitor, &scope, &opened.reading, &opened.instrument, &shown).await
}

/// Saves a draft, finishes, or corrects what is finished.
pub(super) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, reading)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let id: ReadingId = reading.parse().map_err(|_| PageError::NOT_FOUND)?;
    let (finish, done) = match typed.get(ACT) {
        "finish" => (true, "records/readings?done=reading-finished".to_owned()),
        "correct" => (true, "records/readings?done=reading-corrected".to_owned()),
        _ => (false, format!("records/readings/{id}?done=reading-saved")),
    };
    let pairs: Vec<(String, String)> = typed.pairs().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    let input = SaveReading {
        inspection: scope.grant.inspection(),
        reading: id,
        typed: pairs.clone(),
        finish,
        version: typed.parse(VERSION).unwrap_or(0),
    };
    let saved = save_reading(visitor.cx(), visitor.actor(), input).await;
    if matches!(saved, Ok(Ok(()))) {
        return Ok(Redirect::to(&scope.href(&done)).into_response());
    }
    let (reading, instrument) = own(&visitor, &scope, id).await?;
    let read = Answers::from_form(&instrument, pairs.into_iter());
    let mut shown = Shown {
        typed: read.typed,
        problems: Vec::new(),
        refused: Problems::default(),
        both: None,
        version: typed.get(VERSION).to_owned(),
    };
    match saved {
        Ok(Ok(())) => {}
        Ok(Err(submission)) => shown.problems = submission.problems,
        // The text comes from the row just read and not from the refusal, which has none when both saved at one instant.
        Err(Refused::Stale { .. }) => {
            let stands = keyline_operations::records::answers_of(&reading)?;
            shown.version = reading.version.to_string();
            shown.both = Some(Both {
                mine: in_words(&instrument, &read.answers),
                theirs: in_words(&instrument, &stands),
            });
        }
        Err(refused) => shown.refused = Problems::from_refusal(&visitor, refused)?,
    }
    render(&visitor, &scope, &reading, &instrument, &shown).await
}

/// The own reading as it stands, for showing a form again whose verb has just been refused.
async fn own(visitor: &Visitor, scope: &Scope, id: ReadingId) -> PageResult<(Reading, Instrument)> {
    let mut reader = visitor.cx().read().await?;
    let inspection = keyline_store::inspections::get(&mut reader, &scope.grant).await?;
    let reading = records::find_reading(&mut reader, &scope.grant, id)
        .await?
        .filter(|r| Some(r.reader) == scope.grant.person_id())
        .ok_or(PageError::NOT_FOUND)?;
    let instrument = tool(visitor.cx().programme(&inspection)?).cloned().ok_or(PageError::NOT_FOUND)?;
    Ok((reading, instrument))
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    reading: &Reading,
    instrument: &Instrument,
    shown: &Shown,
) -> PageResult {
    let w = visitor.words();
    let mut stand = Stand::of(visitor, scope).await?;
    let in_use = stand.in_use().any(|r| r.label == reading.label);
    let help = concern::help(visitor, scope, &mut stand.reader, &stand.inspection).await?;
    let body = html! {
        p { (state(visitor, reading)) " " (w.t(&format!("records-reading-{}-text", reading.state.word()))) }
        (concern::reminder(visitor))
        @if let Some(both) = &shown.both {
            (warning(&w.t("title-problem"), &html! { p { (w.t("both-texts")) } }))
            (compare(&w.t("text-yours"), &both.mine, &w.t("text-theirs"), &both.theirs))
        }
        @if in_use { (fields(visitor, scope, reading, instrument, shown, &help)) }
        @else { (closed(visitor, instrument, shown)) (help.whom(visitor)) }
    };
    let title = w.with("records-reading-title", &[("label", &reading.label)]);
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, title, body);
    layout.breadcrumbs = crumbs(visitor, scope, &[("records/readings", "records-readings")]);
    layout.width = Width::Text;
    let status = if shown.problems.is_empty() {
        layout.problems = shown.refused.summary();
        if shown.both.is_some() { StatusCode::CONFLICT } else { shown.refused.status() }
    } else {
        let list = problem_list(w, &shown.problems);
        layout.problems = Some(list);
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(visitor.show_as(status, &layout))
}

fn fields(
    visitor: &Visitor,
    scope: &Scope,
    reading: &Reading,
    instrument: &Instrument,
    shown: &Shown,
    help: &concern::Help,
) -> Markup {
    let w = visitor.words();
    let (draft, finish, correct) = (w.t("records-save-draft"), w.t("records-finish"), w.t("records-correct"));
    form(
        &scope.href(&format!("records/readings/{}", reading.id)),
        &html! {
            (hidden(VERSION, &shown.version))
            (questions(w, instrument, &shown.typed, &shown.problems))
            (help.whom(visitor))
            @match reading.state {
                // The draft stands first, so that the Enter key saves and does not finish.
                ReadingState::Open => (button_group(&html! {
                    (Button::new(&draft).kind(Kind::Secondary).sends(ACT, "draft"))
                    (Button::new(&finish).sends(ACT, "finish"))
                })),
                ReadingState::Finished => (Button::new(&correct).sends(ACT, "correct")),
            }
        },
    )
}

/// A reading whose record has been replaced: it can be read, and not changed any more.
fn closed(visitor: &Visitor, instrument: &Instrument, shown: &Shown) -> Markup {
    let w = visitor.words();
    let rows: Vec<(String, Markup)> = instrument
        .questions
        .iter()
        .filter_map(|q| {
            let given = shown.typed.get(&q.key)?;
            let said: Vec<String> = given.iter().map(|v| answers::value(w, q, v)).collect();
            Some((q.label.clone(), html! { span class="kl_pre" { (said.join(", ")) } }))
        })
        .collect();
    html! {
        (not_offered(&w.t("records-reading-closed"), &[w.t("records-was-replaced")]))
        (summary_list(&rows))
    }
}
