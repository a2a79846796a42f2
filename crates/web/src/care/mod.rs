//! The care key: making it, unlocking it, its passphrase; recovery by two of three custodians.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::clock::in_london;
use keyline_domain::ids::PersonId;
use keyline_operations::Refused;
use keyline_operations::care::{keys, recovery};
use keyline_store::care::recovery as rows;
use keyline_store::people;
use maud::{Markup, html};

use crate::components::{
    Choice, Field, Tone, Width, button, button_secondary, button_warning, callout, checkboxes, details, form,
    hidden, inset, password_field, select, tag, text_field,
};
use crate::concerns::session;
use crate::frame::{Gate, PageError, PageResult, Problems, Routes, Typed, Visitor};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    r.get("/care", Gate::SignedIn, get)
        .post("/care/key", Gate::SignedIn, make)
        .post("/care/replace", Gate::SignedIn, replace)
        .post("/care/unlock", Gate::SignedIn, unlock)
        .post("/care/lock", Gate::SignedIn, lock)
        .post("/care/passphrase", Gate::SignedIn, passphrase)
        .post("/care/recovery", Gate::SignedIn, ask)
        .post("/care/recovery/give", Gate::SignedIn, give)
        .post("/care/recovery/finish", Gate::SignedIn, finish)
        .get("/care/custodians", Gate::Administrator, custodians)
        .post("/care/custodians", Gate::Administrator, name_custodians)
}

async fn get(visitor: Visitor) -> PageResult {
    render(&visitor, &Typed::default(), &Problems::default()).await
}

fn who(visitor: &Visitor) -> PageResult<PersonId> {
    Ok(visitor.signed_in().ok_or(PageError::NOT_FOUND)?.person.id)
}

async fn render(visitor: &Visitor, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let person = who(visitor)?;
    let has = keys::has_key(cx, person).await?;
    let open = cx.keyring().is_open(&session(visitor)?, person, cx.now());
    let custody = keys::custody(cx, person).await?;
    let mut reader = cx.read().await?;
    let requests = rows::open_requests(&mut reader).await?;
    let mut others = Vec::new();
    let mut own = None;
    for request in requests {
        let given = rows::given(&mut reader, request.id).await?;
        let mut gave: Vec<PersonId> = given.iter().map(|(_, c, _)| *c).collect();
        gave.sort_unstable();
        gave.dedup();
        if request.person == person {
            own = Some((request, gave.len()));
        } else if rows::custodians(&mut reader, request.generation).await?.contains(&person) {
            let name = people::find(&mut reader, request.person).await?.map_or_else(String::new, |a| a.name);
            others.push((request, name, gave.contains(&person)));
        }
    }
    drop(reader);
    let password = |name: &'static str, key: &str| {
        password_field(&Field::new(name, w.t(key)).autocomplete("off").error(problems.on(name)))
    };
    let body = html! {
        p class="kl_lead" { (w.t("care-text")) }
        @if !has { (callout(&w.t("care-make"), &make_form(visitor, problems))) }
        @else if open {
            p { (tag(Tone::Good, &w.t("care-open"))) }
            (form("/care/lock", &html! { (button_secondary(&w.t("care-lock"))) }))
        } @else {
            (callout(&w.t("care-unlock"), &form("/care/unlock", &html! {
                (password("passphrase", "care-passphrase"))
                (button(&w.t("care-unlock")))
            })))
        }
        @if has && open {
            (details(&w.t("care-change"), &form("/care/passphrase", &html! {
                (password("passphrase", "care-passphrase-new"))
                (password("again", "care-passphrase-repeat"))
                (button_secondary(&w.t("care-change")))
            })))
        }
        @if let Some((request, gave)) = &own {
            (callout(&w.t("care-recovery"), &html! {
                p { (w.with("care-recovery-asked", &[("at", &w.date_time(&in_london(request.asked_at))), ("count", gave)])) }
                @if *gave >= 2 { (form("/care/recovery/finish", &html! { (button(&w.t("care-recovery-finish"))) })) }
            }))
        } @else if has && open && custody.is_some() {
            (details(&w.t("care-recovery"), &html! {
                p { (w.t("care-recovery-text")) }
                (form("/care/recovery", &html! {
                    (text_field(&Field::new("reason", w.t("care-recovery-reason")).value(typed.get("reason")).error(problems.on("reason")), "text"))
                    (button_secondary(&w.t("care-recovery-ask")))
                }))
            }))
        }
        @if has && !open {
            @let form = lost_form(visitor, problems);
            // What is wrong in it is not to be looked for behind a closed door.
            @if LOST.iter().any(|name| problems.on(name).is_some()) { (callout(&w.t("care-lost"), &form)) }
            @else { (details(&w.t("care-lost"), &form)) }
        }
        @if custody.is_none() { (inset(&html! { p { (w.t("care-no-recovery")) } })) }
        @for (request, name, gave) in &others {
            (callout(&w.with("care-give-title", &[("name", name)]), &html! {
                p { (w.with("care-give-text", &[("name", name), ("at", &w.date_time(&in_london(request.asked_at)))])) }
                blockquote class="kl_pre" { (request.reason) }
                @if *gave { p { (tag(Tone::Good, &w.t("care-given"))) } }
                @else if open { (form("/care/recovery/give", &html! { (hidden("request", request.id)) (button(&w.t("care-give"))) })) }
                @else { p { (w.t("care-locked")) } }
            }))
        }
    };
    let mut layout = visitor.layout(w.t("care-title"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    layout.breadcrumbs = vec![("/start".to_owned(), w.t("nav-start"))];
    Ok(visitor.show_as(problems.status(), &layout))
}

// The fields of the form for a lost passphrase; that of unlocking stands on the same page.
const LOST: [&str; 3] = ["new_passphrase", "new_again", "understood"];

fn make_form(visitor: &Visitor, problems: &Problems) -> Markup {
    let w = visitor.words();
    html! {
        p { (w.t("care-make-text")) }
        (form("/care/key", &html! {
            (twice(visitor, problems, ["passphrase", "again"]))
            (button(&w.t("care-make")))
        }))
    }
}

fn lost_form(visitor: &Visitor, problems: &Problems) -> Markup {
    let w = visitor.words();
    html! {
        p { (w.t("care-lost-text")) }
        (form("/care/replace", &html! {
            (twice(visitor, problems, ["new_passphrase", "new_again"]))
            (checkboxes(&Field::new("understood", w.t("care-lost-understood")).error(problems.on("understood")),
                &[Choice::new("yes", w.t("care-lost-understood-yes"), false)]))
            (button_warning(&w.t("care-lost-make")))
        }))
    }
}

fn twice(visitor: &Visitor, problems: &Problems, [name, again]: [&'static str; 2]) -> Markup {
    let w = visitor.words();
    html! {
        p { (w.t("care-suggested")) " " strong class="kl_secret" { (keys::suggested(visitor.cx())) } }
        (password_field(&Field::new(name, w.t("care-passphrase-new")).hint(w.with("care-passphrase-hint", &[("count", &keys::SHORTEST)])).autocomplete("off").error(problems.on(name))))
        (password_field(&Field::new(again, w.t("care-passphrase-repeat")).autocomplete("off").error(problems.on(again))))
    }
}

async fn after(visitor: &Visitor, typed: &Typed, done: Result<(), Refused>, word: &str) -> PageResult {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/care?done={word}")).into_response()),
        Err(refused) => render(visitor, typed, &Problems::from_refusal(visitor, refused)?).await,
    }
}

async fn make(visitor: Visitor, typed: Typed) -> PageResult {
    let (cx, session) = (visitor.cx(), session(&visitor)?);
    let (passphrase, again) = (typed.get("passphrase"), typed.get("again"));
    let done = keys::make_key(cx, visitor.actor(), &session, passphrase, again).await;
    after(&visitor, &typed, done, "care-made").await
}

async fn replace(visitor: Visitor, typed: Typed) -> PageResult {
    let (cx, session) = (visitor.cx(), session(&visitor)?);
    let words = (typed.get("new_passphrase"), typed.get("new_again"));
    let done = keys::replace_key(cx, visitor.actor(), &session, words, typed.has("understood", "yes")).await;
    let done = done.map_err(|refused| match refused {
        Refused::Fields(mut problems) => {
            for problem in problems.iter_mut().filter(|p| p.field != "understood") {
                problem.field = format!("new_{}", problem.field);
            }
            Refused::Fields(problems)
        }
        other => other,
    });
    after(&visitor, &typed, done, "care-made").await
}

async fn unlock(visitor: Visitor, typed: Typed) -> PageResult {
    let done =
        keys::unlock(visitor.cx(), visitor.actor(), &session(&visitor)?, typed.get("passphrase")).await;
    after(&visitor, &typed, done, "care-unlocked").await
}

async fn lock(visitor: Visitor) -> PageResult {
    keys::lock(visitor.cx(), &session(&visitor)?);
    Ok(Redirect::to("/care?done=care-is-locked").into_response())
}

async fn passphrase(visitor: Visitor, typed: Typed) -> PageResult {
    let (cx, session) = (visitor.cx(), session(&visitor)?);
    let (passphrase, again) = (typed.get("passphrase"), typed.get("again"));
    let done = keys::change_passphrase(cx, visitor.actor(), &session, passphrase, again).await;
    after(&visitor, &typed, done, "care-changed").await
}

async fn ask(visitor: Visitor, typed: Typed) -> PageResult {
    let done = recovery::ask_recovery(visitor.cx(), visitor.actor(), typed.get("reason")).await;
    after(&visitor, &typed, done.map(|_| ()), "care-asked").await
}

async fn give(visitor: Visitor, typed: Typed) -> PageResult {
    let request = typed.parse("request").ok_or(PageError::NOT_FOUND)?;
    let done = recovery::give_half(visitor.cx(), visitor.actor(), &session(&visitor)?, request).await;
    after(&visitor, &typed, done, "care-half-given").await
}

async fn finish(visitor: Visitor) -> PageResult {
    let done = recovery::recover(visitor.cx(), visitor.actor(), &session(&visitor)?).await;
    after(&visitor, &Typed::default(), done.map(|_| ()), "care-recovered").await
}

/// The administrator's page: custodians of the recovery key.
async fn custodians(visitor: Visitor) -> PageResult {
    custodians_page(&visitor, &Typed::default(), &Problems::default()).await
}

async fn custodians_page(visitor: &Visitor, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let accounts = people::list(&mut reader).await?;
    let current = match rows::current(&mut reader).await? {
        Some((generation, _)) => rows::custodians(&mut reader, generation).await?,
        None => Vec::new(),
    };
    let mut with_key = Vec::new();
    for account in accounts.iter().filter(|a| a.disabled_at.is_none()) {
        if keyline_store::care::keys::find(&mut reader, account.id).await?.is_some() {
            with_key.push(account);
        }
    }
    drop(reader);
    let names = |ids: &[PersonId]| -> String {
        let all = accounts.iter().filter(|a| ids.contains(&a.id)).map(|a| a.name.as_str());
        all.collect::<Vec<_>>().join(", ")
    };
    let choices = |name: &str| {
        let mut all = vec![Choice::new("", w.t("choose-one"), typed.get(name).is_empty())];
        all.extend(
            with_key
                .iter()
                .map(|a| Choice::new(a.id.to_string(), a.name.clone(), typed.get(name) == a.id.to_string())),
        );
        all
    };
    let body = html! {
        p class="kl_lead" { (w.t("custodians-text")) }
        @if current.is_empty() { p { (tag(Tone::Warn, &w.t("care-no-recovery"))) } }
        @else { p { (w.with("custodians-are", &[("names", &names(&current))])) } }
        @if with_key.len() < 3 { (inset(&html! { p { (w.t("custodians-few")) } })) }
        @else {
            (form("/care/custodians", &html! {
                @for (n, name) in ["custodian", "custodian-2", "custodian-3"].into_iter().enumerate() {
                    (select(&Field::new(name, w.with("custodians-nth", &[("n", &(n + 1))])).error(if n == 0 { problems.on("custodian") } else { None }), &choices(name)))
                }
                (button(&w.t("custodians-save")))
            }))
        }
        p { a href="/accounts/duties" { (w.t("duties-title")) } }
    };
    let mut layout = visitor.layout(w.t("custodians-title"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    layout.breadcrumbs = vec![("/accounts".to_owned(), w.t("nav-accounts"))];
    Ok(visitor.show_as(problems.status(), &layout))
}

async fn name_custodians(visitor: Visitor, typed: Typed) -> PageResult {
    let one = |name: &str| typed.parse::<PersonId>(name);
    let done = match (one("custodian"), one("custodian-2"), one("custodian-3")) {
        (Some(a), Some(b), Some(c)) => {
            recovery::make_recovery(visitor.cx(), visitor.actor(), [a, b, c]).await
        }
        _ => Err(Refused::field("custodian", "care-custodians-differ")),
    };
    match done {
        Ok(()) => Ok(Redirect::to("/care/custodians?done=custodians-named").into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            custodians_page(&visitor, &typed, &problems).await
        }
    }
}
