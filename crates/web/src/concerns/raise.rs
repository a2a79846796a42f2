//! The form of a concern: as short as can be, in reach of every page, and never losing what was typed.

use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use keyline_domain::access::Role;
use keyline_domain::concerns::{Kind, Source, Written};
use keyline_domain::ids::ConcernId;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_operations::concerns::{Raise, raise_concern};
use keyline_store::concerns;
use keyline_store::inspections::{self, mine};
use keyline_words::Words;
use maud::{Markup, html};

use super::carry::EVERY_TEXT;
use super::help;
use crate::components::{
    Button, Choice, Field, Kind as Look, Width, button, confirmation, details, empty_state, form, hidden,
    inset, radios, text_area, text_field, warning,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::rooms;

/// Chooses the inspection, when the page from which somebody comes belongs to none.
pub(super) async fn choose(visitor: Visitor, RawQuery(query): RawQuery) -> PageResult {
    let w = visitor.words();
    let person = visitor.signed_in().ok_or(PageError::NOT_FOUND)?.person.id;
    let mut reader = visitor.cx().read().await?;
    let all = mine::list(&mut reader, person).await?;
    drop(reader);
    let query = query.map_or(String::new(), |q| format!("?{q}"));
    if let [only] = all.as_slice() {
        let to = format!("/inspections/{}/concern{query}", only.inspection.reference);
        return Ok(Redirect::to(&to).into_response());
    }
    let body = html! {
        (warning(&w.t("warning"), &help::lines(&visitor, None, false).await?))
        @if all.is_empty() {
            (empty_state(&w.t("concern-none-title"), &w.t("concern-none-text"), Some(("/tell-us", &w.t("tell-us-title")))))
        } @else {
            h2 { (w.t("concern-which")) }
            ul class="kl_recovery" {
                @for mine in &all {
                    li { a href=(format!("/inspections/{}/concern{query}", mine.inspection.reference)) {
                        (rooms::dated_name(&visitor, &mine.inspection))
                    } }
                }
            }
            p { a href="/concern/own" { (w.t("concern-own")) } }
        }
    };
    let mut layout = visitor.layout(w.t("raise-concern"), body);
    layout.concern = None;
    layout.width = Width::Text;
    Ok(visitor.show(&layout))
}

/// The empty form.
pub(super) async fn get(visitor: Visitor, scope: Scope, asked: Typed) -> PageResult {
    let typed = Typed::of([("from_path", asked.get("from")), ("kind", asked.get("kind"))]);
    render(&visitor, &scope, &typed, &Problems::default()).await
}

/// Raises a concern; or shows the form with a text that another page sent along.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    if typed.get("act") != "raise" {
        let text = match typed.get("carry") {
            "" => String::new(),
            EVERY_TEXT => {
                let words = typed.pairs().filter(|(_, value)| value.trim().contains(char::is_whitespace));
                words.map(|(_, value)| value).collect::<Vec<_>>().join("\n\n")
            }
            field => typed.all(field).collect::<Vec<_>>().join("\n"),
        };
        let path = typed.get("from_path");
        let pairs = [("from_path", path), ("from", text.as_str()), ("kind", typed.get("kind"))];
        return render(&visitor, &scope, &Typed::of(pairs), &Problems::default()).await;
    }
    if !typed.get("as").is_empty() {
        // Another of the three forms, with everything that was typed.
        let others = typed.pairs().filter(|(name, _)| !matches!(*name, "kind" | "as"));
        let pairs = others.chain([("kind", typed.get("as"))]);
        return render(&visitor, &scope, &Typed::of(pairs), &Problems::default()).await;
    }
    let id: ConcernId = typed.parse("once").ok_or_else(|| PageError::bad_request("form-unreadable"))?;
    let kind = kind_of(&typed);
    let written = Written {
        seen: typed.get("seen").to_owned(),
        by_whom: typed.get("by_whom").to_owned(),
        about: typed.get("about").to_owned(),
        done: typed.get("done").to_owned(),
        from: typed.get("from").to_owned(),
    };
    let danger = match typed.get("danger") {
        "yes" => true,
        "no" => false,
        _ if kind == Kind::Review => false,
        _ => {
            let mut problems = vec![FieldProblem::new("danger", Reason::new("problem-choose"))];
            problems.extend(written.problems());
            return render(&visitor, &scope, &typed, &Problems::of(&visitor, &problems)).await;
        }
    };
    let source = Source::of_path(typed.get("from_path"));
    let input = Raise { inspection: scope.grant.inspection(), id, kind, source, danger, written };
    // The same form sent again: a lost answer, or a text that was changed since, which is not taken.
    let before = concerns::find(&mut visitor.cx().read().await?, &scope.grant, id).await?.is_some();
    let again = if before { "?again=yes" } else { "" };
    match raise_concern(visitor.cx(), visitor.actor(), input).await {
        Ok(id) => Ok(Redirect::to(&scope.href(&format!("concern/{id}/thanks{again}"))).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &typed, &problems).await
        }
    }
}

fn kind_of(typed: &Typed) -> Kind {
    typed.parse("kind").unwrap_or(Kind::Safety)
}

/// The two other forms, to which one can go with everything that was typed.
fn other_forms(w: Words<'_>, kind: Kind) -> Markup {
    details(
        &w.t("concern-other-forms"),
        &html! {
            @for other in Kind::ALL.iter().filter(|other| **other != kind) {
                p { (w.t(&format!("concern-kind-{}-hint", other.word()))) }
                (Button::new(&w.t(&format!("concern-kind-{}", other.word())))
                    .kind(Look::Secondary).sends("as", other.word()))
            }
        },
    )
}

/// The form as it is taken along where there is no network: the numbers first, because nobody can be told at once.
pub(crate) async fn form_to_take_along(visitor: &Visitor, scope: &Scope) -> PageResult<Markup> {
    let w = visitor.words();
    let (empty, fine) = (Typed::default(), Problems::default());
    Ok(html! {
        (warning(&w.t("warning"), &html! {
            p { (w.t("offline-concern-first")) }
            (help::lines(visitor, Some(scope.grant.inspection()), false).await?)
        }))
        (in_danger(w, &empty, &fine))
        (what(w, Kind::Safety, &empty, &fine))
        p { (w.t("concern-sealed")) }
    })
}

fn field<'a>(
    w: Words<'_>,
    typed: &'a Typed,
    problems: &'a Problems,
    name: &'static str,
    key: &str,
) -> Field<'a> {
    Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
}

fn in_danger(w: Words<'_>, typed: &Typed, problems: &Problems) -> Markup {
    let danger = field(w, typed, problems, "danger", "concern-danger").hint(w.t("concern-danger-hint"));
    let choice = |value: &str| Choice::new(value, w.t(value), typed.get("danger") == value);
    radios(&danger, &[choice("yes"), choice("no")])
}

fn what(w: Words<'_>, kind: Kind, typed: &Typed, problems: &Problems) -> Markup {
    let field = |name, key: &str, hint: &str| field(w, typed, problems, name, key).hint(w.t(hint));
    let (seen, by_whom, about) = match kind {
        Kind::Safety => (
            field("seen", "concern-seen", "concern-seen-hint"),
            field("by_whom", "concern-by-whom", "concern-by-whom-hint"),
            field("about", "concern-about", "concern-about-hint"),
        ),
        Kind::Practice => (
            field("seen", "concern-practice-seen", "concern-practice-seen-hint"),
            field("by_whom", "concern-by-whom", "concern-by-whom-hint"),
            field("about", "concern-practice-about", "concern-practice-about-hint"),
        ),
        Kind::Review => (
            field("seen", "concern-review-seen", "concern-review-seen-hint"),
            field("by_whom", "concern-review-by-whom", "concern-by-whom-hint"),
            field("about", "concern-about", "concern-review-about-hint"),
        ),
    };
    html! {
        (text_area(&seen, 6))
        (text_field(&by_whom, "text"))
        (text_area(&about.optional(w), 3))
        // Nothing is to be done at once about what was done long ago.
        @if kind == Kind::Review { (hidden("done", typed.get("done"))) }
        @else { (text_area(&field("done", "concern-done", "concern-done-hint").optional(w), 3)) }
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    drop(reader);
    let help = help::lines(visitor, Some(inspection.id), true).await?;
    let kind = kind_of(typed);
    let danger = kind != Kind::Review && typed.get("danger") == "yes";
    let once = match typed.parse::<ConcernId>("once") {
        Some(id) => id,
        None => ConcernId::new(visitor.cx().now(), visitor.cx().random()),
    };
    let partnership = scope.grant.roles().iter().all(|r| *r == Role::LocalLeadForConcerns);
    let body = html! {
        @if danger { (warning(&w.t("warning"), &html! { h2 { (w.t("concern-danger-first")) } (help) })) }
        p { (w.t(&format!("concern-lead-in-{}", kind.word()))) }
        div class="kl_offline" data-offline hidden tabindex="-1" role="alert" { (inset(&html! { p { (w.t("concern-offline")) } })) }
        (form(&scope.href("concern"), &html! {
            (hidden("act", "raise"))
            (hidden("once", once))
            (hidden("from_path", typed.get("from_path")))
            (hidden("kind", kind.word()))
            @if kind != Kind::Review { (in_danger(w, typed, problems)) }
            @if !danger { div class="kl_danger-numbers" { (inset(&html! { h2 { (w.t("concern-numbers")) } (help) })) } }
            (what(w, kind, typed, problems))
            @if !typed.get("from").is_empty() {
                (text_area(&field(w, typed, problems, "from", "concern-from").hint(w.t("concern-from-hint")).unchecked(), 5))
            }
            p { (w.t("concern-sealed")) }
            (button(&w.t("concern-send")))
            @if !partnership { (other_forms(w, kind)) }
        }))
        p { a href="/concern/own" { (w.t("concern-own")) } }
    };
    let title = if kind == Kind::Safety {
        w.t("raise-concern")
    } else {
        w.t(&format!("concern-kind-{}", kind.word()))
    };
    let mut layout = visitor.layout(title, body);
    layout.above = Some(rooms::dated_name(visitor, &inspection));
    layout.problems = problems.summary();
    layout.concern = None;
    layout.width = Width::Text;
    layout.script = Some("concern.js");
    Ok(visitor.show_as(problems.status(), &layout))
}

/// It is raised: who has been told, by when they decide; and whom to call.
pub(super) async fn thanks(
    visitor: Visitor,
    scope: Scope,
    Path((_, concern)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> PageResult {
    let id: ConcernId = concern.parse().map_err(|_| PageError::NOT_FOUND)?;
    let mut reader = visitor.cx().read().await?;
    let concern = concerns::find(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
    if concern.raised_by != scope.grant.person_id() {
        return Err(PageError::NOT_FOUND);
    }
    drop(reader);
    let again = query.as_deref() == Some("again=yes");
    let help = help::lines(&visitor, Some(concern.inspection), true).await?;
    let again = again.then(|| scope.href("concern"));
    Ok(raised(&visitor, &concern, &help, again.as_deref()))
}

fn raised(visitor: &Visitor, concern: &concerns::Concern, help: &Markup, again: Option<&str>) -> Response {
    let w = visitor.words();
    let at = concern.due_at.map(|due| w.date_time(&keyline_domain::clock::in_london(due)));
    let body = html! {
        @if concern.danger { (warning(&w.t("warning"), &html! { p { (w.t("concern-danger-first")) } (help) })) }
        (confirmation(&w.t("concern-raised"), &html! {
            p { (w.with("concern-raised-number", &[("number", &concern.number)])) }
            @if let Some(at) = at { p { (w.with("concern-raised-due", &[("at", &at)])) } }
        }))
        @if let Some(another) = again {
            (inset(&html! { p { (w.t("concern-raised-before")) } p { a href=(another) { (w.t("concern-raise-another")) } } }))
        }
        p { (w.t("concern-raised-next")) }
        @if !concern.danger { (inset(help)) }
        p { (w.t("concern-close-tab")) }
        p { a href="/concern/own" { (w.t("concern-own")) } }
    };
    let mut layout = visitor.layout(w.t("concern-raised"), body);
    layout.own_heading = true;
    layout.concern = None;
    layout.width = Width::Text;
    visitor.show(&layout)
}
