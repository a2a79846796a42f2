//! Writing news and meetings: the list with drafts, the form, publishing, taking back.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::{Date, Time};
use keyline_domain::clock::in_london;
use keyline_domain::ids::NewsId;
use keyline_domain::information::news::{Kind, Meeting, State, Written, span};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_operations::Refused;
use keyline_operations::information::{
    SaveNews, TakeBackNews, informed, publish_news, save_news, take_back_news,
};
use keyline_store::information::news::{self as rows, News};
use maud::{Markup, html};

use super::news::{kind_word, when};
use crate::components::{
    Choice, Field, Tone, Width, button, button_warning, callout, checkboxes, details, empty_state, fieldset,
    form, hidden, link_button, radios, select, summary_list, table, tag, text_area, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Typed, Visitor};
use crate::judgement::Both;

/// Everything, drafts too.
pub(super) async fn list(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let all = rows::all(&mut visitor.cx().read().await?).await?;
    let list: Vec<Vec<Markup>> = all
        .iter()
        .map(|n| {
            vec![
                html! { a href=(format!("/information/news/{}", n.id)) { (n.written.title) } },
                html! { (kind_word(w, n.written.kind)) },
                html! { @if let Some(m) = &n.written.meeting { (when(w, m)) } @else { (w.date(n.written.day)) } },
                state(&visitor, n.state),
            ]
        })
        .collect();
    let header = ["news-field-title", "news-field-kind", "news-when", "news-state"].map(|key| w.t(key));
    let body = html! {
        p { (link_button("/information/news/new", &w.t("news-new"))) }
        @if list.is_empty() { (empty_state(&w.t("news-none-title"), &w.t("news-desk-none"), None)) }
        @else { (table(&w.t("news-desk"), &header.each_ref().map(String::as_str), &list)) }
    };
    let mut layout = visitor.layout(w.t("news-desk"), body);
    layout.breadcrumbs = vec![("/information".to_owned(), w.t("information-desk"))];
    Ok(visitor.show(&layout))
}

fn state(visitor: &Visitor, state: State) -> Markup {
    let tone = match state {
        State::Draft => Tone::Active,
        State::Published => Tone::Good,
        State::Withdrawn => Tone::Neutral,
        State::CalledOff => Tone::Bad,
    };
    tag(tone, &visitor.words().t(&format!("news-state-{}", state.word())))
}

/// The empty form.
pub(super) async fn new(visitor: Visitor) -> PageResult {
    let typed =
        Typed::of([("kind", Kind::News.word().to_owned()), ("day", visitor.cx().today().to_string())]);
    render(&visitor, None, &typed, &Problems::default(), None).await
}

/// Keeps a new item.
pub(super) async fn write(visitor: Visitor, typed: Typed) -> PageResult {
    save(&visitor, None, &typed).await
}

async fn load(visitor: &Visitor, id: &str) -> PageResult<News> {
    let id: NewsId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    rows::find(&mut visitor.cx().read().await?, id).await?.ok_or(PageError::NOT_FOUND)
}

/// An item as it stands, in the form.
pub(super) async fn get(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let item = load(&visitor, &id).await?;
    let typed = filled(&item);
    render(&visitor, Some(&item), &typed, &Problems::default(), None).await
}

/// Changes an item.
pub(super) async fn change(visitor: Visitor, Path(id): Path<String>, typed: Typed) -> PageResult {
    let item = load(&visitor, &id).await?;
    save(&visitor, Some(&item), &typed).await
}

async fn save(visitor: &Visitor, item: Option<&News>, typed: &Typed) -> PageResult {
    let written = match read(typed) {
        Ok(written) => written,
        Err(problems) => {
            return render(visitor, item, typed, &Problems::of(visitor, &problems), None).await;
        }
    };
    let of = match item {
        Some(item) => {
            let version = typed.parse("version").ok_or_else(|| PageError::bad_request("form-unreadable"))?;
            Some((item.id, version))
        }
        None => None,
    };
    match save_news(visitor.cx(), visitor.actor(), SaveNews { item: of, written }).await {
        Ok(id) => Ok(Redirect::to(&format!("/information/news/{id}?done=news-saved")).into_response()),
        Err(Refused::Stale { .. }) => {
            // As it stands now, the whole of it: a time that was changed is not taken back unseen.
            let id = item.map(|item| item.id.to_string()).ok_or(PageError::NOT_FOUND)?;
            let now = load(visitor, &id).await?;
            let both = both_of(visitor, typed, &now);
            render(visitor, Some(&now), typed, &Problems::default(), Some(&both)).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(visitor, refused)?;
            render(visitor, item, typed, &problems, None).await
        }
    }
}

// What was typed beside what stands now, field by field.
fn both_of(visitor: &Visitor, typed: &Typed, now: &News) -> Both {
    let w = visitor.words();
    let library = &visitor.cx().library;
    let stands = filled(now);
    let all = informed(visitor.cx());
    let value = |of: &Typed, name: &str| match (name, of.get(name)) {
        ("kind", word) => word.parse::<Kind>().map_or_else(|_| String::new(), |kind| kind_word(w, kind)),
        ("programme", "") => w.t("news-all-programmes"),
        ("programme", id) => all.iter().find(|p| p.id == id).map_or(id, |p| &p.short_title.value).to_owned(),
        ("area", "") => w.t("news-no-area"),
        ("area", key) => library.council(key).map_or(key, |c| &c.name).to_owned(),
        ("day" | "starts_on", day) => day.parse::<Date>().map_or_else(|_| day.to_owned(), |day| w.date(day)),
        ("audience", _) => {
            let chosen =
                all.iter().flat_map(|p| &p.information.audiences).filter(|a| of.has("audience", &a.key));
            // By title, once each: two programmes may have the same audience.
            chosen
                .map(|a| a.title.as_str())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
                .join(", ")
        }
        (_, text) => text.to_owned(),
    };
    let fields = [
        ("kind", "news-field-kind"),
        ("title", "news-field-title"),
        ("day", "news-field-day"),
        ("body", "news-field-body"),
        ("programme", "news-field-programme"),
        ("area", "news-field-area"),
        ("starts_on", "news-field-starts-on"),
        ("starts", "news-field-starts"),
        ("ends", "news-field-ends"),
        ("place", "news-place"),
        ("link", "news-link"),
        ("audience", "news-for"),
    ]
    .map(|(name, label)| (w.t(label), value(typed, name), value(&stands, name)));
    Both::of_fields(&fields, now.saved_by.clone(), now.version)
}

/// What was typed, or what of it is no kind, no day or no time.
fn read(typed: &Typed) -> Result<Written, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut say = |field: &str, key: &str| problems.push(FieldProblem::new(field, Reason::new(key)));
    let kind = typed.parse::<Kind>("kind");
    if kind.is_none() {
        say("kind", "problem-choose");
    }
    let day = typed.parse::<Date>("day");
    if day.is_none() {
        say("day", "problem-date");
    }
    let time = |name: &str| Time::strptime("%H:%M", typed.get(name).trim().get(..5)?).ok();
    let mut meeting = None;
    if kind.is_some_and(Kind::is_meeting) {
        let (on, from, to) = (typed.parse::<Date>("starts_on"), time("starts"), time("ends"));
        for (field, missing, key) in [
            ("starts_on", on.is_none(), "problem-date"),
            ("starts", from.is_none(), "news-time"),
            ("ends", to.is_none(), "news-time"),
        ] {
            if missing {
                say(field, key);
            }
        }
        if let (Some(on), Some(from), Some(to)) = (on, from, to)
            && let Some((starts_at, ends_at)) = span(on, from, to)
        {
            let audiences = typed.all("audience").map(str::to_owned).collect();
            let (place, link) = (typed.get("place").to_owned(), typed.get("link").to_owned());
            meeting = Some(Meeting { starts_at, ends_at, place, link, audiences });
        }
    }
    let (Some(kind), Some(day), true) = (kind, day, problems.is_empty()) else { return Err(problems) };
    Ok(Written {
        kind,
        title: typed.get("title").to_owned(),
        body: typed.get("body").to_owned(),
        programme: typed.get("programme").to_owned(),
        area: typed.get("area").to_owned(),
        day,
        meeting,
    })
}

fn filled(item: &News) -> Typed {
    let written = &item.written;
    let mut pairs = vec![
        ("version", item.version.to_string()),
        ("kind", written.kind.word().to_owned()),
        ("title", written.title.clone()),
        ("body", written.body.clone()),
        ("programme", written.programme.clone()),
        ("area", written.area.clone()),
        ("day", written.day.to_string()),
    ];
    if let Some(m) = &written.meeting {
        let (from, to) = (in_london(m.starts_at), in_london(m.ends_at));
        let clock = |at: &jiff::Zoned| format!("{:02}:{:02}", at.hour(), at.minute());
        pairs.extend([
            ("starts_on", from.date().to_string()),
            ("starts", clock(&from)),
            ("ends", clock(&to)),
            ("place", m.place.clone()),
            ("link", m.link.clone()),
        ]);
        pairs.extend(m.audiences.iter().map(|a| ("audience", a.clone())));
    }
    Typed::of(pairs)
}

async fn render(
    visitor: &Visitor,
    item: Option<&News>,
    typed: &Typed,
    problems: &Problems,
    both: Option<&Both>,
) -> PageResult {
    let w = visitor.words();
    let open = item.is_none_or(|n| matches!(n.state, State::Draft | State::Published));
    let earlier = match item {
        Some(item) => rows::earlier(&mut visitor.cx().read().await?, item.id).await?,
        None => Vec::new(),
    };
    let action =
        item.map_or_else(|| "/information/news/new".to_owned(), |n| format!("/information/news/{}", n.id));
    let body = html! {
        @if let Some(item) = item { (standing(visitor, item)) }
        @if let Some(both) = both { (both.show(visitor)) }
        @if open { (form(&action, &fields(visitor, item, typed, problems, both))) }
        @if let Some(item) = item.filter(|n| n.state == State::Published) {
            (callout(&w.t(if item.written.kind.is_meeting() { "news-call-off" } else { "news-withdraw" }), &form(&format!("/information/news/{}/take-back", item.id), &html! {
                (hidden("version", item.version))
                p { (w.t(if item.written.kind.is_meeting() { "news-call-off-text" } else { "news-withdraw-text" })) }
                (text_field(&Field::new("reason", w.t("news-take-back-reason")).value(typed.get("reason")).error(problems.on("reason")), "text"))
                (button_warning(&w.t(if item.written.kind.is_meeting() { "news-call-off" } else { "news-withdraw" })))
            })))
        }
        @if !earlier.is_empty() {
            (details(&w.t("news-earlier"), &html! { ul { @for (_, written, by, at) in &earlier {
                li {
                    (w.with("news-earlier-by", &[("by", by), ("at", &w.date_time(&in_london(*at)))]))
                    p { strong { (written.title) } @if let Some(m) = &written.meeting { br; (when(w, m)) } }
                    p class="kl_pre" { (written.body) }
                }
            } } }))
        }
    };
    let title = item.map_or_else(|| w.t("news-new"), |n| n.written.title.clone());
    let mut layout = visitor.layout(title, body);
    layout.problems = problems.summary();
    layout.breadcrumbs = vec![
        ("/information".to_owned(), w.t("information-desk")),
        ("/information/news".to_owned(), w.t("news-desk")),
    ];
    layout.width = Width::Text;
    let status = if both.is_some() { StatusCode::CONFLICT } else { problems.status() };
    Ok(visitor.show_as(status, &layout))
}

fn standing(visitor: &Visitor, item: &News) -> Markup {
    let w = visitor.words();
    let mut facts = vec![
        (w.t("news-state"), state(visitor, item.state)),
        (
            w.t("news-saved"),
            html! { (w.with("news-saved-by", &[("by", &item.saved_by), ("at", &w.date_time(&in_london(item.saved_at)))])) },
        ),
    ];
    if !item.reason.is_empty() {
        facts.push((w.t("news-take-back-reason"), html! { (item.reason) }));
    }
    html! {
        (summary_list(&facts))
        @if item.state == State::Draft {
            (form(&format!("/information/news/{}/publish", item.id), &html! {
                (hidden("version", item.version))
                p { (w.t("news-publish-text")) }
                (button(&w.t("news-publish")))
            }))
        } @else { p { a href=(format!("/news/{}", item.id)) { (w.t("information-public-page")) } } }
    }
}

fn fields(
    visitor: &Visitor,
    item: Option<&News>,
    typed: &Typed,
    problems: &Problems,
    both: Option<&Both>,
) -> Markup {
    let w = visitor.words();
    let library = &visitor.cx().library;
    let text = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let mut programmes = vec![Choice::new("", w.t("news-all-programmes"), typed.get("programme").is_empty())];
    let all = informed(visitor.cx());
    programmes.extend(
        all.iter()
            .map(|p| Choice::new(p.id.clone(), p.short_title.value.clone(), typed.get("programme") == p.id)),
    );
    let mut areas = vec![Choice::new("", w.t("news-no-area"), typed.get("area").is_empty())];
    areas.extend(
        library
            .councils()
            .iter()
            .map(|c| Choice::new(c.key.clone(), c.name.clone(), typed.get("area") == c.key)),
    );
    let mut audiences: Vec<Choice> = Vec::new();
    for a in all.iter().flat_map(|p| &p.information.audiences) {
        if audiences.iter().all(|c| c.value != a.key) {
            audiences.push(Choice::new(a.key.clone(), a.title.clone(), typed.has("audience", &a.key)));
        }
    }
    let kinds: Vec<_> = Kind::ALL
        .iter()
        .map(|k| Choice::new(k.word(), kind_word(w, *k), typed.get("kind") == k.word()))
        .collect();
    let version = both.map_or_else(|| typed.get("version").to_owned(), |b| b.version.to_string());
    html! {
        @if item.is_some() { (hidden("version", version)) }
        (radios(&Field::new("kind", w.t("news-field-kind")).error(problems.on("kind")), &kinds))
        (text_field(&text("title", "news-field-title"), "text"))
        (text_field(&text("day", "news-field-day").hint(w.t("news-field-day-hint")), "date"))
        (text_area(&text("body", "news-field-body").hint(w.t("news-field-body-hint")), 10))
        (select(&Field::new("programme", w.t("news-field-programme")).unchecked().error(problems.on("programme")), &programmes))
        (select(&Field::new("area", w.t("news-field-area")).unchecked().error(problems.on("area")), &areas))
        (fieldset(&w.t("news-meeting"), Some(&w.t("news-meeting-hint")), &html! {
            (text_field(&text("starts_on", "news-field-starts-on").unchecked(), "date"))
            (text_field(&text("starts", "news-field-starts").unchecked(), "time"))
            (text_field(&text("ends", "news-field-ends").unchecked(), "time"))
            (text_field(&text("place", "news-place").unchecked(), "text"))
            (text_field(&text("link", "news-link").unchecked().hint(w.t("news-link-hint")), "url"))
            (checkboxes(&Field::new("audience", w.t("news-for")).unchecked().error(problems.on("audience")), &audiences))
        }))
        (button(&w.t(match item.map(|n| n.state) { Some(State::Published) => "news-save-public", _ => "news-save" })))
    }
}

/// Publishes a draft.
pub(super) async fn publish(visitor: Visitor, Path(id): Path<String>, typed: Typed) -> PageResult {
    let item = load(&visitor, &id).await?;
    let version = typed.parse("version").ok_or_else(|| PageError::bad_request("form-unreadable"))?;
    match publish_news(visitor.cx(), visitor.actor(), item.id, version).await {
        Ok(()) => Ok(Redirect::to(&format!("/information/news/{id}?done=news-published")).into_response()),
        Err(refused) => again(&visitor, &item, refused, &Typed::default()).await,
    }
}

/// Withdraws news, calls a meeting off.
pub(super) async fn take_back(visitor: Visitor, Path(id): Path<String>, typed: Typed) -> PageResult {
    let item = load(&visitor, &id).await?;
    let version = typed.parse("version").ok_or_else(|| PageError::bad_request("form-unreadable"))?;
    let reason = typed.get("reason").to_owned();
    let input = TakeBackNews { item: item.id, version, reason };
    match take_back_news(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&format!("/information/news/{id}?done=news-taken-back")).into_response()),
        Err(refused) => again(&visitor, &item, refused, &typed).await,
    }
}

// The page as it stands now, with what was refused; what was typed as a reason stays.
async fn again(visitor: &Visitor, item: &News, refused: Refused, typed: &Typed) -> PageResult {
    let problems = match refused {
        Refused::Stale { by, .. } => {
            let said = visitor.words().with("information-publish-stale", &[("by", &by)]);
            Problems::text("main-content", said)
        }
        refused => Problems::from_refusal(visitor, refused)?,
    };
    let mut pairs: Vec<(String, String)> =
        filled(item).pairs().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    pairs.push(("reason".to_owned(), typed.get("reason").to_owned()));
    render(visitor, Some(item), &Typed::of(pairs), &problems, None).await
}
