//! One volunteer, for the participation lead: what they wrote (sealed), the next move, check, training, support, money.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::ids::{PaymentId, VolunteerId};
use keyline_domain::volunteers::money::Pence;
use keyline_domain::volunteers::ready::Topic;
use keyline_domain::volunteers::stage::{Stage, WhyNot, moves};
use keyline_domain::volunteers::{Interest, destroyed_on};
use keyline_operations::Refused;
use keyline_operations::care::keys;
use keyline_operations::volunteers::{self, Change, One, What, changes_since};
use maud::{Markup, html};

use super::deciding::{checked, moved, paid, read, supported, trained, unpaid};
use super::desk::{money_state, name};
use super::expense::changed_meanwhile;
use super::mine::time_words;
use super::money::payments;
use crate::components::{
    Button, Choice, DateTyped, Field, Kind, Tone, Width, button, button_secondary, button_warning, callout,
    checkboxes, date_field, details_open, form, hidden, inset, number_field, password_field, radios, select,
    summary_list, tag, text_field, warning,
};
use crate::concerns::session;
use crate::frame::{PageError, PageResult, Problems, Typed, Visitor};

/// What was opened or made in this request and is shown once.
#[derive(Default)]
struct Shown {
    read: Read,
    link: Option<String>,
    /// What somebody else did between looking at the page and sending its form.
    changes: Vec<Change>,
}

/// What became of reading what somebody wrote.
#[derive(Default)]
enum Read {
    /// It was not asked for.
    #[default]
    NotAsked,
    /// The key does not open it.
    Closed,
    /// This is what they wrote.
    Opened(Interest),
}

/// The page.
pub(super) async fn get(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&visitor, &id, &Typed::default(), &Problems::default(), Shown::default()).await
}

/// Does what one of its forms asks.
pub(super) async fn post(visitor: Visitor, Path(id): Path<String>, typed: Typed) -> PageResult {
    let volunteer: VolunteerId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let (none, fine) = (Typed::default(), Problems::default());
    let done = match typed.get("act") {
        "read" => match read(&visitor, volunteer, &typed).await {
            Ok(interest) => {
                let read = interest.map_or(Read::Closed, Read::Opened);
                let shown = Shown { read, ..Shown::default() };
                return render(&visitor, &id, &none, &fine, shown).await;
            }
            Err(refused) => Err(refused),
        },
        "move" => match moved(&visitor, volunteer, &typed).await {
            Ok(Some(link)) => {
                let shown = Shown { link: Some(link), ..Shown::default() };
                return render(&visitor, &id, &none, &fine, shown).await;
            }
            other => other.map(|_| "volunteer-moved"),
        },
        "check" => checked(&visitor, volunteer, &typed).await.map(|()| "volunteer-check"),
        "train" => trained(&visitor, volunteer, &typed).await.map(|()| "volunteer-training"),
        "support" => supported(&visitor, volunteer, &typed).await.map(|()| "volunteer-support"),
        "pay" => paid(&visitor, volunteer, &typed).await.map(|()| "payment-noted"),
        "unpay" => unpaid(&visitor, volunteer, &typed).await.map(|()| "payment-withdrawn"),
        _ => return Err(PageError::bad_request("form-unreadable")),
    };
    match done {
        Ok(word) => Ok(Redirect::to(&format!("/volunteers/{volunteer}?done={word}")).into_response()),
        Err(Refused::Stale { by, .. }) => {
            let problems = Problems::text("main-content", changed_meanwhile(&visitor, &by));
            let seen = typed.parse("version").unwrap_or(0);
            let changes = changes_since(visitor.cx(), visitor.actor(), volunteer, seen).await?;
            let shown = Shown { changes, ..Shown::default() };
            render(&visitor, &id, &typed, &problems, shown).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &id, &typed, &problems, Shown::default()).await
        }
    }
}

async fn render(visitor: &Visitor, id: &str, typed: &Typed, problems: &Problems, shown: Shown) -> PageResult {
    let w = visitor.words();
    let id: VolunteerId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let one = volunteers::one(visitor.cx(), visitor.actor(), id).await?;
    let v = &one.volunteer;
    let page = Page { visitor, one: &one, typed, problems };
    let body = html! {
        @if let Some(link) = &shown.link {
            (inset(&html! { p { (w.t("volunteer-link-made")) } p { code class="kl_secret" { (link) } } }))
        }
        @if !shown.changes.is_empty() { (changed(visitor, &shown.changes)) }
        (page.summary())
        @if v.stage == Stage::NotTakenOn { (page.letter()) }
        @if v.gone_on.is_none() {
            (page.wrote(&shown).await?)
            (page.next_move())
            @if matches!(v.stage, Stage::Checks | Stage::Training | Stage::Welcomed) { (page.check()) }
            @if matches!(v.stage, Stage::Training | Stage::Welcomed) { (page.training()) }
            (page.support())
        }
        @if v.person.is_some() { (page.money()) }
    };
    let mut layout = visitor.layout(name(visitor, v), body);
    layout.above = Some(w.t("volunteers-title"));
    layout.breadcrumbs = vec![("/volunteers".to_owned(), w.t("volunteers-title"))];
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

/// Who did what meanwhile.
fn changed(visitor: &Visitor, changes: &[Change]) -> Markup {
    let w = visitor.words();
    let stage = |s: &Stage| w.t(&format!("volunteer-stage-{}", s.word()));
    let or = |name: &Option<String>| name.clone().unwrap_or_else(|| w.t("volunteer-nobody-yet"));
    let what = |what: &What| match what {
        What::Moved(from, to) => {
            w.with("volunteer-change-moved", &[("from", &stage(from)), ("to", &stage(to))])
        }
        What::Checked => w.t("volunteer-change-check"),
        What::Supported { supporter, buddy } => {
            w.with("volunteer-change-support", &[("supporter", &or(supporter)), ("buddy", &or(buddy))])
        }
        What::Time => w.t("volunteer-change-time"),
        What::Withdrawn => w.t("volunteer-stage-withdrawn"),
    };
    inset(&html! {
        p { (w.t("volunteer-changes")) }
        ul { @for c in changes { li { (c.by.clone().unwrap_or_else(|| w.t("somebody-else"))) ": " (what(&c.what)) } } }
    })
}

struct Page<'a> {
    visitor: &'a Visitor,
    one: &'a One,
    typed: &'a Typed,
    problems: &'a Problems,
}

impl Page<'_> {
    fn form(&self, act: &str, body: &Markup) -> Markup {
        form(
            &format!("/volunteers/{}", self.one.volunteer.id),
            &html! { (hidden("act", act)) (hidden("version", self.one.volunteer.version)) (body) },
        )
    }

    fn date(&self, field: &'static str, key: &str) -> Markup {
        let w = self.visitor.words();
        let mut typed = DateTyped::of(field, |n| self.typed.get(n));
        if typed.is_empty() && self.problems.is_empty() {
            typed = DateTyped::from(self.visitor.cx().today());
        }
        date_field(&Field::new(field, w.t(key)).error(self.problems.on(field)), &typed, w)
    }

    fn text(&self, field: &'static str, key: &str) -> Field<'static> {
        Field::new(field, self.visitor.words().t(key))
            .value(self.typed.get(field))
            .error(self.problems.on(field))
    }

    fn summary(&self) -> Markup {
        let (w, v) = (self.visitor.words(), &self.one.volunteer);
        let mut rows = vec![
            (
                w.t("volunteer-stage"),
                html! { (tag(Tone::Active, &w.t(&format!("volunteer-stage-{}", v.stage.word())))) " " (w.date(v.moved_on)) },
            ),
            (w.t("volunteer-came"), html! { (w.date(v.came_on)) }),
        ];
        if let Some((passed, on)) = v.check {
            let word = w.t(if passed { "yes" } else { "no" });
            rows.push((w.t("volunteer-check"), html! {
                (word) ", " (w.date(on))
                @if !passed && v.stage == Stage::Welcomed { " " (tag(Tone::Bad, &w.t("volunteer-next-check-failed"))) }
            }));
        }
        // As it stands: the form below may hold what was chosen and not saved.
        let supporter = self.one.supporters.iter().find(|a| Some(a.person) == v.supporter);
        let buddy = self.one.buddies.iter().find(|b| Some(b.id) == v.buddy);
        if let Some(supporter) = supporter {
            rows.push((w.t("volunteer-supporter"), html! { (supporter.name) }));
        }
        if let Some(buddy) = buddy {
            rows.push((w.t("volunteer-buddy"), html! { (name(self.visitor, buddy)) }));
        }
        if v.stage == Stage::Welcomed {
            rows.push((
                w.t("volunteer-time"),
                html! { (time_words(self.visitor, &v.availability, "volunteer-time-unsaid")) },
            ));
            rows.push((
                w.t("volunteer-where"),
                html! {
                    @if self.one.taking.is_empty() { (w.t("volunteer-nowhere")) }
                    @for t in &self.one.taking { p { (t.reference) } }
                },
            ));
        }
        match (v.gone_on, destroyed_on(v.stage, v.before, v.moved_on)) {
            (Some(day), _) => rows.push((w.t("volunteer-gone"), html! { (w.date(day)) })),
            (None, Some(day)) => rows.push((w.t("volunteer-goes"), html! { (w.date(day)) })),
            (None, None) => {}
        }
        summary_list(&rows)
    }

    fn letter(&self) -> Markup {
        let (w, v) = (self.visitor.words(), &self.one.volunteer);
        let Some(reason) = v.reason else { return html! {} };
        callout(
            &w.t("volunteer-letter"),
            &html! {
                p { (w.t("volunteer-letter-hint")) }
                blockquote {
                    p { (w.t("volunteer-letter-thanks")) }
                    p { (w.t(&format!("volunteer-letter-{}", reason.word()))) }
                    p { (w.t("volunteer-letter-end")) }
                }
            },
        )
    }

    async fn wrote(&self, shown: &Shown) -> PageResult<Markup> {
        let w = self.visitor.words();
        let title = w.t("volunteer-wrote");
        if matches!(shown.read, Read::Closed) {
            return Ok(warning(&w.t("warning"), &html! { p { (w.t("volunteer-wrote-closed")) } }));
        }
        if let Read::Opened(interest) = &shown.read {
            let or = |text: &str| {
                if text.is_empty() { w.t("message-not-said") } else { text.to_owned() }
            };
            let rows = [
                ("volunteer-name", &interest.name),
                ("volunteer-reach", &interest.reach),
                ("volunteer-experience", &interest.experience),
                ("volunteer-likes", &interest.likes),
                ("volunteer-support", &interest.support),
            ]
            .map(|(key, text)| (w.t(key), html! { span class="kl_pre" { (or(text)) } }));
            return Ok(callout(&title, &summary_list(&rows)));
        }
        let cx = self.visitor.cx();
        let person = self.visitor.signed_in().ok_or(PageError::NOT_FOUND)?.person.id;
        let has = keys::has_key(cx, person).await?;
        let open = cx.keyring().is_open(&session(self.visitor)?, person, cx.now());
        Ok(callout(
            &title,
            &html! {
                p { (w.t("volunteer-wrote-text")) }
                @if has {
                    (self.form("read", &html! {
                        @if !open { (password_field(&Field::new("passphrase", w.t("care-passphrase")).autocomplete("off").error(self.problems.on("passphrase")))) }
                        (button_secondary(&w.t("message-open")))
                    }))
                } @else {
                    p { (w.t("care-no-key")) } p { a href="/care" { (w.t("care-make")) } }
                }
            },
        ))
    }

    /// Ending somebody's part destroys what they wrote and their account: it is asked once more, as they are asked
    /// themselves.
    fn ending(&self) -> Markup {
        let (w, v) = (self.visitor.words(), &self.one.volunteer);
        let sure = Choice::new("yes", w.t("volunteer-end-sure"), false);
        let form = self.form("move", &html! {
            (hidden("to", Stage::Withdrawn.word()))
            (checkboxes(&Field::new("sure", w.t("my-leave-confirm")).unchecked().error(self.problems.on("sure")), &[sure]))
            (button_warning(&w.t("volunteer-end")))
        });
        warning(
            &w.t("warning"),
            &html! {
                p { (w.with("volunteer-end-text", &[("who", &name(self.visitor, v))])) }
                (form)
                p { a href=(format!("/volunteers/{}", v.id)) { (w.t("volunteer-end-stay")) } }
            },
        )
    }

    fn next_move(&self) -> Markup {
        let (w, v) = (self.visitor.words(), &self.one.volunteer);
        let to = moves(v.stage, v.before);
        if self.problems.on("sure").is_some() && to.contains(&Stage::Withdrawn) {
            return self.ending();
        }
        let choices: Vec<Choice> = to
            .iter()
            .map(|s| {
                Choice::new(
                    s.word(),
                    w.t(&format!("volunteer-to-{}", s.word())),
                    self.typed.get("to") == s.word(),
                )
            })
            .collect();
        let mut reasons = vec![Choice::new("", w.t("choose-one"), self.typed.get("reason").is_empty())];
        reasons.extend(WhyNot::ALL.iter().map(|r| {
            Choice::new(
                r.word(),
                w.t(&format!("volunteer-why-{}", r.word())),
                self.typed.get("reason") == r.word(),
            )
        }));
        let welcoming = to.contains(&Stage::Welcomed) && v.person.is_none();
        html! {
            @if !choices.is_empty() {
                (callout(&w.t("volunteer-move"), &self.form("move", &html! {
                    (radios(&Field::new("to", w.t("volunteer-move-to")).error(self.problems.on("to")), &choices))
                    @if to.contains(&Stage::NotTakenOn) {
                        (select(&Field::new("reason", w.t("volunteer-why")).hint(w.t("volunteer-why-hint")).error(self.problems.on("reason")).unchecked(), &reasons))
                    }
                    @if welcoming {
                        (text_field(&self.text("name", "volunteer-account-name").hint(w.t("volunteer-account-hint")).unchecked(), "text"))
                        (text_field(&self.text("email", "field-email").unchecked(), "email"))
                    }
                    (button(&w.t("volunteer-move-save")))
                })))
            }
        }
    }

    fn check(&self) -> Markup {
        let w = self.visitor.words();
        let choices =
            ["yes", "no"].map(|word| Choice::new(word, w.t(word), self.typed.get("passed") == word));
        callout(
            &w.t("volunteer-check"),
            &self.form(
                "check",
                &html! {
                    (radios(&Field::new("passed", w.t("volunteer-check-passed")).hint(w.t("volunteer-check-hint")).error(self.problems.on("passed")), &choices))
                    (self.date("on", "volunteer-check-on"))
                    (button_secondary(&w.t("volunteer-check-save")))
                },
            ),
        )
    }

    fn training(&self) -> Markup {
        let w = self.visitor.words();
        let done = &self.one.training;
        let open: Vec<Choice> = Topic::ALL
            .iter()
            .filter(|t| !done.iter().any(|(d, _)| d == *t))
            .map(|t| {
                Choice::new(
                    t.word(),
                    w.t(&format!("topic-{}", t.word())),
                    self.typed.get("topic") == t.word(),
                )
            })
            .collect();
        callout(
            &w.t("volunteer-training"),
            &html! {
                ul {
                    @for (topic, day) in done {
                        @let title = w.t(&format!("topic-{}", topic.word()));
                        li {
                            (tag(Tone::Good, &title)) " " (w.date(*day))
                            (self.form("train", &html! {
                                (hidden("topic", topic.word())) (hidden("undo", "yes"))
                                (Button::new(&w.t("volunteer-training-undo")).kind(Kind::Link).hidden(&title))
                            }))
                        }
                    }
                }
                @if open.is_empty() { p { (w.t("volunteer-training-all")) } }
                @else {
                    (self.form("train", &html! {
                        (select(&Field::new("topic", w.t("volunteer-training-topic")).error(self.problems.on("topic")), &open))
                        (self.date("done_on", "volunteer-training-on"))
                        (button_secondary(&w.t("volunteer-training-save")))
                    }))
                }
            },
        )
    }

    fn support(&self) -> Markup {
        let (w, v) = (self.visitor.words(), &self.one.volunteer);
        let chosen = |name: &str, stands: Option<String>| {
            if self.typed.get("act") == "support" {
                self.typed.get(name).to_owned()
            } else {
                stands.unwrap_or_default()
            }
        };
        let (buddy, supporter) = (
            chosen("buddy", v.buddy.map(|b| b.to_string())),
            chosen("supporter", v.supporter.map(|s| s.to_string())),
        );
        let mut buddies = vec![Choice::new("", w.t("volunteer-nobody-yet"), buddy.is_empty())];
        buddies.extend(
            self.one
                .buddies
                .iter()
                .map(|b| Choice::new(b.id.to_string(), name(self.visitor, b), b.id.to_string() == buddy)),
        );
        let mut supporters = vec![Choice::new("", w.t("volunteer-nobody-yet"), supporter.is_empty())];
        supporters.extend(self.one.supporters.iter().map(|a| {
            let id = a.person.to_string();
            Choice::new(id.clone(), format!("{}, {}", a.name, a.designation), id == supporter)
        }));
        callout(
            &w.t("volunteer-people"),
            &self.form(
                "support",
                &html! {
                    (select(&Field::new("supporter", w.t("volunteer-supporter")).hint(w.t("volunteer-supporter-hint")).error(self.problems.on("supporter")).unchecked(), &supporters))
                    (select(&Field::new("buddy", w.t("volunteer-buddy")).hint(w.t("volunteer-buddy-hint")).error(self.problems.on("buddy")).unchecked(), &buddies))
                    (button_secondary(&w.t("volunteer-people-save")))
                },
            ),
        )
    }

    fn faulty(&self, fields: &[&str]) -> bool {
        fields.iter().any(|field| self.problems.on(field).is_some())
    }

    fn money(&self) -> Markup {
        let w = self.visitor.words();
        let cx = self.visitor.cx();
        let once: PaymentId =
            self.typed.parse("once").unwrap_or_else(|| PaymentId::new(cx.now(), cx.random()));
        let standing: Vec<Choice> = self
            .one
            .payments
            .iter()
            .filter(|p| p.withdrawn.is_none())
            .map(|p| {
                Choice::new(p.id.to_string(), format!("{}, {}", w.date(p.paid_on), Pence(p.pence)), false)
            })
            .collect();
        callout(
            &w.t("volunteer-money"),
            &html! {
                h3 { (w.t("expenses-title")) }
                @if self.one.expenses.is_empty() { p { (w.t("expenses-none")) } }
                ul {
                    @for e in &self.one.expenses {
                        li {
                            a href=(format!("/volunteers/expenses/{}", e.id)) {
                                (w.t(&format!("expense-what-{}", e.claim.what.word()))) ", " (w.date(e.claim.day))
                            }
                            ", " (Pence(e.claim.pence)) " " (money_state(self.visitor, e.state))
                        }
                    }
                }
                h3 { (w.t("payments-title")) }
                (payments(self.visitor, &self.one.payments))
                (details_open(self.faulty(&["sessions", "amount", "paid_on"]), &w.t("payment-note"), &self.form("pay", &html! {
                    (hidden("once", once))
                    (number_field(&self.text("sessions", "payment-sessions-field")))
                    (text_field(&self.text("amount", "expense-amount").hint(w.t("expense-amount-hint")), "text"))
                    (self.date("paid_on", "expense-paid-on"))
                    (button_secondary(&w.t("payment-save")))
                })))
                @if !standing.is_empty() {
                    (details_open(self.faulty(&["payment", "payment_reason"]), &w.t("payment-withdraw"), &self.form("unpay", &html! {
                        (select(&Field::new("payment", w.t("payment-which")).error(self.problems.on("payment")), &standing))
                        (text_field(&self.text("payment_reason", "payment-reason"), "text"))
                        (button_secondary(&w.t("payment-withdraw")))
                    })))
                }
            },
        )
    }
}
