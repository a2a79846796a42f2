//! The interest form, without account or script; and withdrawing with eight words.

use axum::http::StatusCode;
use keyline_domain::volunteers::{Age, Interest};
use keyline_operations::Refused;
use keyline_operations::tell_us::Once;
use keyline_operations::volunteers::{SendInterest, send_interest, withdraw_with_words};
use maud::html;

use crate::components::{
    Choice, Field, button, button_warning, confirmation, form, hidden, inset, radios, text_area, text_field,
};
use crate::concerns::help_lines;
use crate::frame::{PageError, PageResult, Problems, Sender, Typed, Visitor};
use crate::tell_us::public_layout;

/// The form.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    render(&visitor, &Typed::default(), &Problems::default()).await
}

/// Sends it.
pub(super) async fn post(visitor: Visitor, sender: Sender, typed: Typed) -> PageResult {
    let w = visitor.words();
    if let Err(wait) = visitor.app().limits.messages.take(sender, visitor.cx().now()) {
        let problems = Problems::text("send", wait.said(&visitor, "tell-us-wait"));
        let mut page = render(&visitor, &typed, &problems).await?;
        *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        return Ok(wait.on(page));
    }
    let once = Once::read(typed.get("once")).ok_or_else(|| PageError::bad_request("form-unreadable"))?;
    let text = |name: &str| typed.get(name).trim().to_owned();
    let interest = Interest {
        name: text("name"),
        reach: text("reach"),
        experience: text("experience"),
        likes: text("likes"),
        support: text("support"),
    };
    let input = SendInterest { once, age: typed.parse::<Age>("age"), interest };
    match send_interest(visitor.cx(), input).await {
        Ok(sent) => {
            let body = html! {
                (confirmation(&w.t("volunteer-sent"), &html! { p { (w.t("volunteer-sent-text")) } }))
                h2 { (w.t("volunteer-words")) }
                p { (w.t("volunteer-words-text")) }
                ol class="kl_receipt" { @for word in sent.receipt.split(' ') { li { (word) } } }
                p { (w.t("tell-us-receipt-once")) }
                p { a href="/volunteer/withdraw" { (w.t("volunteer-withdraw")) } }
                (inset(&help_lines(&visitor, None, false).await?))
            };
            let mut page = public_layout(&visitor, w.t("volunteer-sent"), body);
            page.above = Some(w.t("volunteer-above"));
            page.own_heading = true;
            Ok(visitor.show(&page))
        }
        Err(Refused::Full) => {
            let problems = Problems::one(&visitor, "send", "survey-not-kept");
            let mut page = render(&visitor, &typed, &problems).await?;
            *page.status_mut() = StatusCode::INSUFFICIENT_STORAGE;
            Ok(page)
        }
        Err(refused) => {
            // Whoever has withdrawn and sends the old page once more gets a new one: what they typed can be sent from it.
            let typed = match &refused {
                Refused::NotNow(_) => Typed::of(typed.pairs().filter(|(name, _)| *name != "once")),
                _ => typed,
            };
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &typed, &problems).await
        }
    }
}

async fn render(visitor: &Visitor, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let help = help_lines(visitor, None, false).await?;
    let once = Once::read(typed.get("once")).unwrap_or_else(|| Once::make(visitor.cx().random()));
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let ages: Vec<Choice> = Age::WORDS
        .iter()
        .map(|word| Choice::new(*word, w.t(&format!("volunteer-age-is-{word}")), typed.get("age") == *word))
        .collect();
    let long = |name: &'static str, key: &str| {
        text_area(&field(name, key).hint(w.t(&format!("volunteer-{name}-hint"))).optional(w), 4)
    };
    let body = html! {
        p class="kl_lead" { (w.t("volunteer-text")) }
        ul { @for n in 1..=3 { li { (w.t(&format!("volunteer-what-{n}"))) } } }
        (form("/volunteer", &html! {
            (hidden("once", once.text()))
            (text_field(&field("name", "volunteer-name").hint(w.t("volunteer-name-hint")), "text"))
            (radios(&Field::new("age", w.t("volunteer-age")).hint(w.t("volunteer-age-hint")).error(problems.on("age")), &ages))
            (text_area(&field("reach", "volunteer-reach").hint(w.t("volunteer-reach-hint")), 2))
            (long("experience", "volunteer-experience"))
            (long("likes", "volunteer-likes"))
            (long("support", "volunteer-support"))
            (inset(&html! {
                h2 { (w.t("volunteer-kept")) }
                ul { @for n in 1..=6 { li { (w.t(&format!("volunteer-kept-{n}"))) } } }
                (help)
            }))
            div id="send" { (button(&w.t("volunteer-send"))) }
        }))
        p { a href="/volunteer/withdraw" { (w.t("volunteer-withdraw")) } }
    };
    let mut page = public_layout(visitor, w.t("volunteer-title"), body);
    page.above = Some(w.t("volunteer-above"));
    page.description = Some(w.t("volunteer-text"));
    page.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &page))
}

/// The form with which somebody withdraws.
pub(super) async fn withdraw(visitor: Visitor) -> PageResult {
    Ok(withdraw_page(&visitor, &Typed::default(), &Problems::default()))
}

/// Withdraws: what they wrote is destroyed.
pub(super) async fn withdrawn(visitor: Visitor, sender: Sender, typed: Typed) -> PageResult {
    let w = visitor.words();
    if let Err(wait) = visitor.app().limits.receipts.take(sender, visitor.cx().now()) {
        return Ok(wait.page());
    }
    if let Err(refused) = withdraw_with_words(visitor.cx(), typed.get("words")).await {
        let problems = Problems::from_refusal(&visitor, refused)?;
        return Ok(withdraw_page(&visitor, &typed, &problems));
    }
    let body = confirmation(&w.t("volunteer-withdrawn"), &html! { p { (w.t("volunteer-withdrawn-text")) } });
    let mut page = public_layout(&visitor, w.t("volunteer-withdrawn"), body);
    page.above = Some(w.t("volunteer-above"));
    page.own_heading = true;
    Ok(visitor.show(&page))
}

fn withdraw_page(visitor: &Visitor, typed: &Typed, problems: &Problems) -> axum::response::Response {
    let w = visitor.words();
    let words = Field::new("words", w.t("tell-us-words"))
        .hint(w.t("tell-us-words-hint"))
        .value(typed.get("words"))
        .error(problems.on("words"))
        .autocomplete("off");
    let body = html! {
        p class="kl_lead" { (w.t("volunteer-withdraw-text")) }
        (form("/volunteer/withdraw", &html! {
            (text_field(&words, "text"))
            p { (w.t("tell-us-delete-sure")) }
            (button_warning(&w.t("volunteer-withdraw")))
        }))
        p { (w.t("volunteer-withdraw-lost")) }
        p { a href="/volunteer" { (w.t("volunteer-title")) } }
    };
    let mut page = public_layout(visitor, w.t("volunteer-withdraw"), body);
    page.above = Some(w.t("volunteer-above"));
    page.problems = problems.summary();
    visitor.show_as(problems.status(), &page)
}
