//! The form of evidence, for recording and for changing. Who saves second sees both texts.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use keyline_domain::evidence::{Kind, Origin, Strength, Tags, Written};
use keyline_domain::ids::EvidenceId;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_operations::Refused;
use keyline_operations::evidence::{ChangeEvidence, RecordEvidence, change_evidence, record_evidence};
use keyline_operations::tell_us::note_evidence;
use keyline_store::evidence::{self, EvidenceSource};
use keyline_store::inspections;
use maud::{Markup, html};

use super::Titles;
use super::piece::source_name;
use crate::components::{
    Choice, Field, Width, button, checkboxes, details, form, hidden, radios, select, text_area, text_field,
};
use crate::concerns::raise_with_text;
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::{Both, nobody_field};

/// The empty form.
pub(super) async fn new(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    render(&visitor, &scope, None, &typed, &Problems::default(), None).await
}

/// The form with something in it that comes from another room.
pub(crate) async fn prefilled(visitor: &Visitor, scope: &Scope, typed: &Typed) -> PageResult {
    render(visitor, scope, None, typed, &Problems::default(), None).await
}

/// The form with words in it that somebody sent by the public page. What could name somebody is found when it is saved.
pub(super) async fn from_text(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let body = format!("“{}”", typed.get("body").trim());
    let mut pairs = vec![("kind", "discussion".to_owned()), ("body", body)];
    // A volunteer's write-up brings its session and its day along, a message of the public page its id.
    for name in ["source", "describes_on", "message"] {
        if !typed.get(name).is_empty() {
            pairs.push((name, typed.get(name).to_owned()));
        }
    }
    prefilled(&visitor, &scope, &Typed::of(pairs)).await
}

/// Records.
pub(super) async fn record(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let written = match read(&typed) {
        Ok(written) => written,
        Err(wrong) => {
            let problems = Problems::of(&visitor, &wrong);
            return render(&visitor, &scope, None, &typed, &problems, None).await;
        }
    };
    let input = RecordEvidence {
        inspection: scope.grant.inspection(),
        written,
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match record_evidence(visitor.cx(), visitor.actor(), input).await {
        Ok(id) => {
            if let Some(message) = typed.parse("message") {
                // Recorded it is: without the note, the message is offered once too often.
                let of = scope.grant.inspection();
                let _ = note_evidence(visitor.cx(), visitor.actor(), of, message, id).await;
            }
            Ok(Redirect::to(&scope.href(&format!("evidence/{id}?done=evidence-recorded"))).into_response())
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, None, &typed, &problems, None).await
        }
    }
}

/// The form with what stands.
pub(super) async fn edit(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
) -> PageResult {
    let id: EvidenceId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let mut reader = visitor.cx().read().await?;
    let e = evidence::find(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
    drop(reader);
    if e.withdrawn.is_some() {
        return Err(Refused::reason("evidence-withdrawn-already").into());
    }
    let typed = fill(&e.written, e.version);
    render(&visitor, &scope, Some(id), &typed, &Problems::default(), None).await
}

/// Changes.
pub(super) async fn change(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let id: EvidenceId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let written = match read(&typed) {
        Ok(written) => written,
        Err(wrong) => {
            // Nothing is told of evidence that is not here.
            let mut reader = visitor.cx().read().await?;
            evidence::find(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
            drop(reader);
            let problems = Problems::of(&visitor, &wrong);
            return render(&visitor, &scope, Some(id), &typed, &problems, None).await;
        }
    };
    let input = ChangeEvidence {
        inspection: scope.grant.inspection(),
        evidence: id,
        version: typed.parse("version").unwrap_or(0),
        written,
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match change_evidence(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            Ok(Redirect::to(&scope.href(&format!("evidence/{id}?done=evidence-changed"))).into_response())
        }
        Err(Refused::Stale { theirs, by, version }) => {
            let mine = format!("{}\n\n{}", typed.get("title"), typed.get("body"));
            let both = Both { mine, theirs, by, version };
            render(&visitor, &scope, Some(id), &typed, &Problems::default(), Some(&both)).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, Some(id), &typed, &problems, None).await
        }
    }
}

fn fill(written: &Written, version: i64) -> Typed {
    let mut pairs = vec![
        ("version", version.to_string()),
        ("kind", written.kind.word().to_owned()),
        ("strength", written.strength.word().to_owned()),
        ("title", written.title.clone()),
        ("body", written.body.clone()),
        ("describes_on", written.describes_on.to_string()),
        ("source", written.origin.map_or_else(String::new, |o| o.to_string())),
    ];
    pairs.extend(written.tags.indicators.iter().map(|t| ("indicator", t.clone())));
    pairs.extend(written.tags.lines.iter().map(|t| ("line", t.clone())));
    pairs.extend(written.tags.rights.iter().map(|t| ("right", t.clone())));
    Typed::of(pairs)
}

// The text checks are the verb's; here only that each field can be read as its kind.
fn read(typed: &Typed) -> Result<Written, Vec<FieldProblem>> {
    let kind = typed.parse::<Kind>("kind");
    let strength = typed.parse::<Strength>("strength");
    let day = typed.parse::<Date>("describes_on");
    let origin = typed.parse::<Origin>("source");
    let mut wrong = Vec::new();
    let mut want = |field: &str, present: bool, key: &str| {
        if !present {
            wrong.push(FieldProblem::new(field, Reason::new(key)));
        }
    };
    want("kind", kind.is_some(), "problem-choose");
    want("strength", strength.is_some(), "problem-choose");
    want("title", !typed.get("title").trim().is_empty(), "problem-required");
    want("body", !typed.get("body").trim().is_empty(), "problem-required");
    want("describes_on", day.is_some(), "problem-date");
    want("source", origin.is_some() || typed.get("source").is_empty(), "evidence-unknown-source");
    let (Some(kind), Some(strength), Some(describes_on), true) = (kind, strength, day, wrong.is_empty())
    else {
        return Err(wrong);
    };
    let tags = |name: &str| typed.all(name).filter(|t| !t.is_empty()).map(str::to_owned).collect();
    Ok(Written {
        kind,
        strength,
        describes_on,
        origin,
        title: typed.get("title").to_owned(),
        body: typed.get("body").to_owned(),
        tags: Tags { indicators: tags("indicator"), lines: tags("line"), rights: tags("right") },
    })
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    id: Option<EvidenceId>,
    typed: &Typed,
    problems: &Problems,
    both: Option<&Both>,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let titles = Titles::of(visitor, &inspection)?;
    let sources = evidence::sources(&mut reader, &scope.grant).await?;
    let action = match id {
        Some(id) => scope.href(&format!("evidence/{id}/change")),
        None => scope.href("evidence/new"),
    };
    let version = both.map_or_else(|| typed.get("version").to_owned(), |b| b.version.to_string());
    let body = html! {
        @if let Some(both) = both { (both.show(visitor)) }
        p { (w.t("evidence-form-lead")) }
        (form(&action, &html! {
            @if id.is_some() { (hidden("version", version)) }
            (what(visitor, typed, problems))
            (tags(visitor, &titles, typed, problems))
            (origin(visitor, &titles, &sources, typed, problems))
            (nobody_field(visitor, typed, problems))
            (hidden("from_path", visitor.path()))
            @if !typed.get("message").is_empty() { (hidden("message", typed.get("message"))) }
            (button(&w.t(if id.is_some() { "evidence-save" } else { "evidence-record" })))
            (raise_with_text(w, &scope.href("concern"), "body"))
        }))
    };
    let title = w.t(if id.is_some() { "evidence-change" } else { "evidence-record" });
    let mut layout = frame(visitor, scope, &inspection, Room::Evidence, title, body);
    layout.breadcrumbs = vec![(scope.href("evidence"), w.t("room-evidence"))];
    layout.problems = problems.summary();
    layout.width = Width::Text;
    let status = if both.is_some() { axum::http::StatusCode::CONFLICT } else { problems.status() };
    Ok(visitor.show_as(status, &layout))
}

fn what(visitor: &Visitor, typed: &Typed, problems: &Problems) -> Markup {
    let w = visitor.words();
    let kinds: Vec<_> = Kind::ALL
        .iter()
        .map(|k| {
            Choice::new(k.word(), w.t(&format!("evidence-kind-{}", k.word())), typed.get("kind") == k.word())
        })
        .collect();
    let strengths: Vec<_> = Strength::ALL
        .iter()
        .map(|s| {
            let label = w.t(&format!("evidence-strength-{}", s.word()));
            Choice::new(s.word(), label, typed.get("strength") == s.word())
                .hint(w.t(&format!("evidence-strength-{}-hint", s.word())))
        })
        .collect();
    html! {
        (radios(&Field::new("kind", w.t("evidence-kind")).error(problems.on("kind")), &kinds))
        (text_field(&Field::new("title", w.t("evidence-title")).hint(w.t("evidence-title-hint"))
            .value(typed.get("title")).error(problems.on("title")), "text"))
        (text_area(&Field::new("body", w.t("evidence-body")).hint(w.t("evidence-body-hint"))
            .value(typed.get("body")).error(problems.on("body")), 8))
        (radios(&Field::new("strength", w.t("evidence-strength")).error(problems.on("strength")), &strengths))
        (text_field(&Field::new("describes_on", w.t("evidence-speaks-of")).hint(w.t("evidence-speaks-of-hint"))
            .value(typed.get("describes_on")).error(problems.on("describes_on")), "date"))
    }
}

fn tags(visitor: &Visitor, titles: &Titles<'_>, typed: &Typed, problems: &Problems) -> Markup {
    let w = visitor.words();
    let evaluated = titles.evaluated_choices(|n| typed.has("indicator", n));
    let further = titles.further_choices(typed);
    let open = further.iter().any(|c| c.chosen);
    let further_group = html! {
        // The group has ids of its own; the boxes carry the same name as those above.
        fieldset id="indicator-further" {
            legend class="ds_label" { (w.t("evidence-indicators-further")) }
            div class="ds_field-group ds_checkboxes" {
                @for (n, c) in further.iter().enumerate() {
                    @let id = format!("indicator-further-{}", n + 1);
                    div class="ds_checkbox" {
                        input class="ds_checkbox__input" type="checkbox" id=(id) name="indicator" value=(c.value) checked[c.chosen];
                        label class="ds_checkbox__label" for=(id) { (c.label) }
                    }
                }
            }
        }
    };
    html! {
        (checkboxes(&Field::new("indicator", w.t("evidence-indicators")).hint(w.t("evidence-indicators-hint"))
            .error(problems.on("indicator")), &evaluated))
        @if open { (further_group) } @else { (details(&w.t("evidence-indicators-further"), &further_group)) }
        (checkboxes(&Field::new("line", w.t("evidence-lines")).optional(w).error(problems.on("line")),
            &titles.line_choices(typed)))
        @for (n, (lens, items)) in titles.right_choices(typed).into_iter().enumerate() {
            @let group = right_group(n, &lens, &items, problems);
            @if items.iter().any(|i| i.chosen) { (group) } @else { (details(&lens, &group)) }
        }
    }
}

// All lenses share the name `right`; each group has ids of its own, the first being where a problem leads.
fn right_group(n: usize, title: &str, items: &[Choice], problems: &Problems) -> Markup {
    let id = if n == 0 { "right".to_owned() } else { format!("right-{n}") };
    html! {
        fieldset id=(id) {
            legend class="ds_label" { (title) }
            @if let (0, Some(error)) = (n, problems.on("right")) { p class="ds_question__error-message" { (error) } }
            div class="ds_field-group ds_checkboxes" {
                @for (m, c) in items.iter().enumerate() {
                    @let item = format!("{id}-item-{}", m + 1);
                    div class="ds_checkbox" {
                        input class="ds_checkbox__input" type="checkbox" id=(item) name="right" value=(c.value) checked[c.chosen];
                        label class="ds_checkbox__label" for=(item) { (c.label) }
                    }
                }
            }
        }
    }
}

fn origin(
    visitor: &Visitor,
    titles: &Titles<'_>,
    sources: &[EvidenceSource],
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let mut choices = vec![Choice::new("", w.t("evidence-no-source"), typed.get("source").is_empty())];
    choices.extend(sources.iter().map(|s| {
        let value = s.origin.to_string();
        let chosen = typed.get("source") == value;
        Choice::new(value, source_name(visitor, titles, s), chosen)
    }));
    select(
        &Field::new("source", w.t("evidence-source"))
            .optional(w)
            .hint(w.t("evidence-source-hint"))
            .error(problems.on("source")),
        &choices,
    )
}
