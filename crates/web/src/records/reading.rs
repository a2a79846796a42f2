//! The own pair's reading of a record, page by page: each page is saved when the reader goes on.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::clock::in_london;
use keyline_domain::ids::ReadingId;
use keyline_forms::answering::Filling;
use keyline_operations::Refused;
use keyline_operations::records::{
    OpenReading, OpenedReading, PageSaved, SavePage, open_reading, page_in_words, reading_as_it_stands,
    save_page,
};
use keyline_store::records::{Reading, ReadingState};
use maud::{Markup, html};

use super::concern::Help;
use super::readings::state;
use super::{Stand, concern, crumbs, finishing};
use crate::components::{
    Button, Kind, Layout, Width, button_group, compare, fault_sentence, form, heading, hidden, inset,
    name_of, not_offered, pairs_of, progress_bar, questions, warning,
};
use crate::concerns::{EVERY_TEXT, raise_with_text};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// Fields beside the questions, whose names never begin like this.
pub(super) const VERSION: &str = "-version";
const PAGE: &str = "-page";
const ACT: &str = "-act";

/// What is shown beside the page itself.
#[derive(Default)]
struct Beside {
    faults: Vec<(String, String)>,
    refused: Problems,
    /// The page as it was typed and as it stands.
    both: Option<(String, String)>,
}

/// The address of a reading, with what follows.
pub(super) fn href(scope: &Scope, reading: ReadingId, further: &str) -> String {
    scope.href(&format!("records/readings/{reading}{further}"))
}

/// The address of a page of the tool.
pub(super) fn page_href(scope: &Scope, reading: ReadingId, page: &str) -> String {
    let page = percent_encoding::utf8_percent_encode(page, percent_encoding::NON_ALPHANUMERIC);
    href(scope, reading, &format!("?page={page}"))
}

/// A page of the tool: the one that is asked for, or else the first with something missing. A finished reading is only
/// looked over.
pub(super) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, reading)): Path<(String, String)>,
    asked: Typed,
) -> PageResult {
    let reading: ReadingId = reading.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = OpenReading { inspection: scope.grant.inspection(), reading };
    let opened = match open_reading(visitor.cx(), visitor.actor(), input).await {
        Err(refused @ Refused::NotNow(_)) => return shut(&visitor, &scope, refused, &[]).await,
        other => other?,
    };
    let filling = filling(&visitor, &opened);
    let wanted = filling.page(asked.get("page")).or_else(|| filling.first_wrong()).map(|page| page.id);
    match wanted.filter(|_| opened.reading.state == ReadingState::Open) {
        Some(page) => render(&visitor, &scope, &opened, &filling, &page, Beside::default()).await,
        None => finishing::render(&visitor, &scope, &opened, &finishing::Beside::default()).await,
    }
}

/// The reading filled in, in the language of the page where the tool has it.
pub(super) fn filling(visitor: &Visitor, opened: &OpenedReading) -> Filling {
    let mut filling = opened.filling(visitor.cx());
    filling.speak(&name_of(opened.tool.form(), visitor.words().lang()));
    filling
}

/// Saves a page and goes on, back, or away.
pub(super) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, reading)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let id: ReadingId = reading.parse().map_err(|_| PageError::NOT_FOUND)?;
    let page = typed.get(PAGE).to_owned();
    let as_it_stands = OpenReading { inspection: scope.grant.inspection(), reading: id };
    let opened = match reading_as_it_stands(visitor.cx(), visitor.actor(), as_it_stands).await {
        Err(refused @ Refused::NotNow(_)) => {
            let typed: Vec<(String, String)> =
                typed.pairs().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
            return shut(&visitor, &scope, refused, &typed).await;
        }
        other => other?,
    };
    let mut before = filling(&visitor, &opened);
    let pairs = pairs_of(&before, &page, typed.pairs());
    let input = SavePage {
        inspection: scope.grant.inspection(),
        reading: id,
        page: page.clone(),
        typed: pairs.clone(),
        version: typed.parse(VERSION).unwrap_or(0),
    };
    let w = visitor.words();
    let mut beside = Beside::default();
    match save_page(visitor.cx(), visitor.actor(), input).await {
        Ok(PageSaved::Kept { filling, more, .. }) => {
            let to = match typed.get(ACT) {
                "leave" => scope.href("records/readings?done=reading-saved"),
                _ if more => page_href(&scope, id, &page),
                "back" => page_href(&scope, id, &filling.previous_before(&page).map_or(page, |p| p.id)),
                _ => match filling.next_after(&page) {
                    Some(next) => page_href(&scope, id, &next.id),
                    None => href(&scope, id, "/check"),
                },
            };
            return Ok(Redirect::to(&to).into_response());
        }
        Ok(PageSaved::Wrong(mut filling, faults)) => {
            filling.speak(&name_of(opened.tool.form(), w.lang()));
            beside.faults = faults.iter().map(|f| (f.question.clone(), fault_sentence(w, f))).collect();
            return render(&visitor, &scope, &opened, &filling, &page, beside).await;
        }
        // The text comes from the row just read and not from the refusal, which has none when both saved at one instant.
        Err(Refused::Stale { .. }) => {
            let theirs = page_in_words(&before, &page);
            before.take_page(&page, &pairs);
            beside.both = Some((page_in_words(&before, &page), theirs));
        }
        Err(refused) => {
            before.take_page(&page, &pairs);
            beside.refused = Problems::from_refusal(&visitor, refused)?;
        }
    }
    render(&visitor, &scope, &opened, &before, &page, beside).await
}

/// The reading of the own pair as it stands, for showing a page again whose verb has just been refused.
pub(super) async fn own(visitor: &Visitor, scope: &Scope, id: ReadingId) -> PageResult<OpenedReading> {
    let input = OpenReading { inspection: scope.grant.inspection(), reading: id };
    Ok(reading_as_it_stands(visitor.cx(), visitor.actor(), input).await?)
}

/// What every page of a reading has around its questions or answers.
pub(super) struct Around {
    stand: Stand,
    help: Help,
    /// Whether the record is read now; it may have been replaced.
    pub(super) in_use: bool,
}

impl Around {
    pub(super) async fn of(visitor: &Visitor, scope: &Scope, label: &str) -> PageResult<Self> {
        let mut stand = Stand::of(visitor, scope).await?;
        let in_use = stand.in_use().any(|r| r.label == label);
        let help = concern::help(visitor, scope, &mut stand.reader, &stand.inspection).await?;
        Ok(Self { stand, help, in_use })
    }

    /// Where the reading stands and who saved it last, and the reminder that a worry is passed on.
    pub(super) fn head(visitor: &Visitor, reading: &Reading) -> Markup {
        let w = visitor.words();
        let at = w.date_time(&in_london(reading.saved_at));
        let last = w.with("reading-last-saved", &[("name", &reading.reader_name), ("at", &at)]);
        html! {
            p { (state(visitor, reading)) " " (w.t(&format!("records-reading-{}-text", reading.state.word()))) }
            @if reading.version > 1 { p { (last) } }
            (concern::reminder(visitor))
        }
    }

    /// Whom to tell. It stands before the buttons.
    pub(super) fn whom(&self, visitor: &Visitor) -> Markup {
        self.help.whom(visitor)
    }

    /// The page.
    pub(super) fn layout<'v>(
        &self,
        visitor: &'v Visitor,
        scope: &Scope,
        reading: &Reading,
        body: Markup,
    ) -> Layout<'v> {
        let title = visitor.words().with("records-reading-title", &[("label", &reading.label)]);
        let mut layout = frame(visitor, scope, &self.stand.inspection, Room::Records, title, body);
        layout.breadcrumbs = crumbs(visitor, scope, &[("records/readings", "records-readings")]);
        layout.width = Width::Text;
        layout
    }
}

/// The page of a reading that cannot be opened now, with what was typed on it, so that it can be taken elsewhere.
pub(super) async fn shut(
    visitor: &Visitor,
    scope: &Scope,
    refused: Refused,
    typed: &[(String, String)],
) -> PageResult {
    let w = visitor.words();
    let problems = Problems::from_refusal(visitor, refused)?;
    let reasons: Vec<String> = problems.summary().into_iter().flatten().map(|(_, text)| text).collect();
    let stand = Stand::of(visitor, scope).await?;
    let texts: Vec<&str> =
        typed.iter().filter(|(name, _)| !name.starts_with('-')).map(|(_, text)| text.as_str()).collect();
    let body = html! {
        (not_offered(&w.t("reading-not-now"), &reasons))
        @if texts.iter().any(|text| !text.trim().is_empty()) {
            (inset(&html! { h2 { (w.t("text-yours")) } p class="kl_pre" { (texts.join("\n")) } }))
        }
        p { a href=(scope.href("records/readings")) { (w.t("records-readings")) } }
    };
    let mut layout = frame(visitor, scope, &stand.inspection, Room::Records, w.t("reading-shut-title"), body);
    layout.breadcrumbs = crumbs(visitor, scope, &[("records/readings", "records-readings")]);
    layout.width = Width::Text;
    Ok(visitor.show_as(StatusCode::UNPROCESSABLE_ENTITY, &layout))
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    opened: &OpenedReading,
    filling: &Filling,
    page: &str,
    beside: Beside,
) -> PageResult {
    let w = visitor.words();
    let reading = &opened.reading;
    let around = Around::of(visitor, scope, &reading.label).await?;
    if !around.in_use || reading.state == ReadingState::Finished {
        let typed = beside.both.map(|(mine, _)| mine).or_else(|| Some(page_in_words(filling, page)));
        let beside = finishing::Beside { refused: beside.refused, typed, ..finishing::Beside::default() };
        return finishing::render(visitor, scope, opened, &beside).await;
    }
    let view = filling.view(page).ok_or(PageError::NOT_FOUND)?;
    let (n, of) = filling.progress(page).unwrap_or((0, 1));
    let (n, of) = (u64::try_from(n).unwrap_or(0), u64::try_from(of).unwrap_or(1));
    let (next, back, leave) = (w.t("records-next"), w.t("survey-back"), w.t("records-leave"));
    let body = html! {
        (Around::head(visitor, reading))
        @if let Some((mine, theirs)) = &beside.both {
            (warning(&w.t("title-problem"), &html! { p { (w.t("both-texts")) } }))
            (compare(&w.t("text-yours"), mine, &w.t("text-theirs"), theirs))
        }
        (progress_bar("progress", &w.t("survey-progress-label"), n, of, &w.with("survey-progress", &[("n", &n), ("of", &of)])))
        (form(&href(scope, reading.id, ""), &html! {
            (hidden(VERSION, reading.version.to_string()))
            (hidden(PAGE, page))
            @if let Some(heading) = heading(&view) { h2 { (heading) } }
            (questions(w, opened.tool.form(), &view, &beside.faults))
            (around.whom(visitor))
            // The button that goes on stands first, so that the Enter key goes on.
            (button_group(&html! {
                (Button::new(&next).sends(ACT, "next"))
                @if n > 1 { (Button::new(&back).kind(Kind::Secondary).sends(ACT, "back")) }
                (Button::new(&leave).kind(Kind::Secondary).sends(ACT, "leave"))
            }))
            (hidden("from_path", visitor.path()))
            (raise_with_text(w, &scope.href("concern"), EVERY_TEXT))
        }))
        p { a href=(href(scope, reading.id, "/check")) { (w.t("records-look-over")) } }
    };
    let mut layout = around.layout(visitor, scope, reading, body);
    let status = match (&beside.both, beside.faults.is_empty()) {
        (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (Some(_), _) => StatusCode::CONFLICT,
        _ => beside.refused.status(),
    };
    layout.problems = if beside.faults.is_empty() { beside.refused.summary() } else { Some(beside.faults) };
    Ok(visitor.show_as(status, &layout))
}
