//! Reading what people wrote in their own words. While a survey is open only the texts with a cue are here, because they
//! may tell that somebody is not safe; afterwards all of them, until each has been read by somebody.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_operations::Refused;
use keyline_operations::voices::{TextAt, mark_text_read, readable_texts, tag_text};
use keyline_store::voices::texts::FreeText;
use maud::{Markup, html};

use super::Here;
use crate::components::{
    Button, Field, Kind, Tone, button_secondary, details, empty_state, form, hidden, progress_bar, select,
    tag, text_field, warning,
};
use crate::components::{Choice, form_get};
use crate::concerns::raise_with_text;
use crate::evidence;
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The list.
pub(in crate::voices) async fn get(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    render(&visitor, &scope, &here, &typed, &Problems::default()).await
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    here: &Here,
    typed: &Typed,
    problems: &Problems,
) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let (_, texts) = readable_texts(cx, visitor.actor(), scope.grant.inspection(), here.survey.id).await?;
    let open = !here.survey.window().results_open(cx.now());
    let read = texts.iter().filter(|text| text.read_by.is_some()).count();
    let (only, tagged) = (typed.get("question"), typed.get("tag"));
    let mut names: Vec<&str> = texts.iter().map(|text| text.question.as_str()).collect();
    names.dedup();
    let mut tags: Vec<&str> = texts.iter().flat_map(|text| text.tags.iter().map(String::as_str)).collect();
    tags.sort_unstable();
    tags.dedup();
    let shown: Vec<&FreeText> = {
        let mut shown: Vec<&FreeText> = texts
            .iter()
            .filter(|text| only.is_empty() || text.question == only)
            .filter(|text| tagged.is_empty() || text.tags.iter().any(|tag| tag == tagged))
            .collect();
        // What nobody has read comes first, and of that what has a cue.
        shown.sort_by_key(|text| (text.read_by.is_some(), text.cues.is_empty()));
        shown
    };
    let mut choices = vec![Choice::new("", w.t("texts-all-questions"), only.is_empty())];
    choices.extend(names.iter().map(|name| Choice::new(*name, here.question(name), only == *name)));
    let mut tag_choices = vec![Choice::new("", w.t("texts-all-tags"), tagged.is_empty())];
    tag_choices.extend(tags.iter().map(|tag| Choice::new(*tag, *tag, tagged == *tag)));
    let programme = cx.programme(&here.inspection)?;
    let body = html! {
        p class="kl_lead" { (w.t(if open { "texts-lead-open" } else { "texts-lead" })) }
        (warning(&w.t("warning"), &html! { p { (w.t("texts-cue-rule")) } }))
        @if !open && !texts.is_empty() {
            @let (read, all) = (u64::try_from(read).unwrap_or(0), u64::try_from(texts.len()).unwrap_or(0));
            (progress_bar("texts-read", &w.t("texts-read-label"), read, all, &w.with("texts-read-of", &[("read", &read), ("all", &all)])))
            (form_get(&here.href(scope, "/texts"), &html! {
                (select(&Field::new("question", w.t("texts-question")), &choices))
                @if !tags.is_empty() { (select(&Field::new("tag", w.t("texts-tag")), &tag_choices)) }
                (button_secondary(&w.t("texts-show")))
            }))
        }
        @if shown.is_empty() {
            (empty_state(&w.t("texts-empty-title"), &w.t(if open { "texts-empty-open" } else { "texts-empty" }), None))
        }
        ol class="kl_texts" {
            @for (n, text) in shown.iter().enumerate() {
                li { (one(visitor, scope, here, programme, n, text, problems)) }
            }
        }
    };
    let mut layout = frame(visitor, scope, &here.inspection, Room::Voices, w.t("survey-texts"), body);
    layout.breadcrumbs = here.crumbs(visitor, scope, true);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn one(
    visitor: &Visitor,
    scope: &Scope,
    here: &Here,
    programme: &keyline_domain::programmes::Programme,
    n: usize,
    text: &FreeText,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let at = html! { (hidden("answer", text.answer)) (hidden("question", &text.question)) };
    let (tags_id, read) = (format!("tags-{}", n + 1), w.t("texts-mark-read"));
    html! {
        article class=(if text.cues.is_empty() || text.read_by.is_some() { "kl_text-card" } else { "kl_text-card kl_text-card--cue" }) {
            h2 class="kl_text-card__question" { (here.question(&text.question)) }
            @for kind in &text.cues {
                @if let Some(cue) = programme.cues.of_kind(kind) {
                    p { (tag(Tone::Bad, &cue.title)) " " (cue.why) }
                }
            }
            blockquote class="kl_pre" { (text.text) }
            p {
                @if text.read_by.is_some() { (tag(Tone::Good, &w.t("texts-is-read"))) } @else { (tag(Tone::Neutral, &w.t("texts-unread"))) }
                @for name in &text.tags { " " (tag(Tone::Neutral, name)) }
            }
            @if scope.grant.permits(Action::MarkSurveyText) {
                div class="kl_text-card__acts" {
                    @if text.read_by.is_none() {
                        (form(&here.href(scope, "/texts/read"), &html! { (at) (Button::new(&read)) }))
                    }
                    (form(&scope.href("concern"), &html! {
                        (hidden("text", &text.text))
                        (hidden("from_path", visitor.path()))
                        (raise_with_text(w, &scope.href("concern"), "text"))
                    }))
                    (details(&w.t("texts-tag-it"), &form(&here.href(scope, "/texts/tag"), &html! {
                        (at)
                        (hidden("seen", text.tags.join(",")))
                        (text_field(&Field { name: &tags_id, ..Field::new("tags", w.t("texts-tags")).hint(w.t("texts-tags-hint"))
                            .value(text.tags.join(", ")).error(problems.on(&tags_id)).unchecked() }, "text"))
                        (button_secondary(&w.t("texts-tag-save")))
                    })))
                    @if scope.grant.permits(Action::RecordEvidence) && here.survey.window().results_open(visitor.cx().now()) {
                        @let label = w.t("texts-evidence");
                        (form(&here.href(scope, "/texts/evidence"), &html! { (at) (Button::new(&label).kind(Kind::Link)) }))
                    }
                }
            }
        }
    }
}

fn at(scope: &Scope, here: &Here, typed: &Typed) -> Result<TextAt, PageError> {
    Ok(TextAt {
        inspection: scope.grant.inspection(),
        survey: here.survey.id,
        answer: typed.parse("answer").ok_or(PageError::NOT_FOUND)?,
        question: typed.get("question").to_owned(),
    })
}

/// Marks a text as read.
pub(in crate::voices) async fn mark_read(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    mark_text_read(visitor.cx(), visitor.actor(), at(&scope, &here, &typed)?).await?;
    Ok(Redirect::to(&here.href(&scope, "/texts?done=text-read")).into_response())
}

/// Tags a text.
pub(in crate::voices) async fn set_tags(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let seen = typed.get("seen").split(',').filter(|t| !t.is_empty()).map(str::to_owned).collect();
    // The field has a name of its own on the page, since every text has one.
    let tags = typed.pairs().find(|(name, _)| name.starts_with("tags-")).map_or("", |(_, value)| value);
    match tag_text(visitor.cx(), visitor.actor(), at(&scope, &here, &typed)?, seen, tags).await {
        Ok(()) => Ok(Redirect::to(&here.href(&scope, "/texts?done=text-tagged")).into_response()),
        Err(Refused::Stale { theirs, .. }) => {
            let said = visitor.words().with("texts-tags-changed", &[("theirs", &theirs)]);
            let problems = Problems::text("main-content", said);
            render(&visitor, &scope, &here, &Typed::default(), &problems).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &here, &Typed::default(), &problems).await
        }
    }
}

/// The form of evidence with the text in it, tagged as the question is. What could name somebody is found when it is
/// saved, and is to be taken out of the excerpt.
pub(in crate::voices) async fn as_evidence(
    visitor: Visitor,
    scope: Scope,
    Path((_, survey)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let here = Here::find(&visitor, &scope, &survey).await?;
    let text = mark_text_read(visitor.cx(), visitor.actor(), at(&scope, &here, &typed)?).await?;
    let extra = here.form.form().question(&text.question).map(|q| q.extra.clone()).unwrap_or_default();
    let words = |column: &str| -> Vec<String> {
        extra.get(column).map_or("", String::as_str).split_whitespace().map(str::to_owned).collect()
    };
    let mut pairs = vec![
        ("kind".to_owned(), "survey".to_owned()),
        ("title".to_owned(), here.question(&text.question)),
        ("body".to_owned(), format!("“{}”", text.text.trim())),
        ("describes_on".to_owned(), keyline_domain::clock::day_of(here.survey.window().end()).to_string()),
        ("source".to_owned(), here.survey.id.to_string()),
    ];
    pairs.extend(words("indicators").into_iter().map(|code| ("indicator".to_owned(), code)));
    pairs.extend(words("lines_of_enquiry").into_iter().map(|key| ("line".to_owned(), key)));
    evidence::prefilled(&visitor, &scope, &Typed::of(pairs)).await
}
