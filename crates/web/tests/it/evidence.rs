//! Evidence through the browser: recorded, narrowed, changed by two people, withdrawn; what identifies is refused.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its own steps too")]

use keyline_domain::access::Action;
use keyline_domain::evidence::{Kind, Strength, Tags, Written};
use keyline_domain::ids::{EvidenceId, PersonId};
use keyline_operations::Refused;
use keyline_operations::evidence::{RecordEvidence, record_evidence};
use keyline_store::evidence::{Filter, find, list};
use keyline_testing::{TestApp, World};

/// A fictional inspection whose notification has been sent.
pub(crate) async fn notified(app: &TestApp) -> World {
    let world = World::planned(app).await;
    notify(app, &world).await;
    world
}

pub(crate) async fn notify(app: &TestApp, world: &World) {
    let lead = app.actor(world.lead).await;
    let grant = app.cx.grant(&lead, world.inspection, Action::SeeInspection).await.unwrap();
    let mut tx = app.cx.db.begin().await.unwrap();
    let mut inspection = keyline_store::inspections::get(&mut tx, &grant).await.unwrap();
    inspection.notified_on = Some(app.cx.today());
    keyline_store::inspections::save(&mut tx, &inspection).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) fn written(kind: Kind, title: &str, indicator: &str) -> Written {
    Written {
        kind,
        title: title.into(),
        body: format!("Fictional: {title}."),
        strength: Strength::NoSignificantConcern,
        describes_on: jiff::civil::date(2026, 1, 5),
        origin: None,
        tags: Tags { indicators: [indicator.to_owned()].into(), ..Tags::default() },
    }
}

pub(crate) async fn recorded(app: &TestApp, world: &World, by: PersonId, written: Written) -> EvidenceId {
    let input = RecordEvidence { inspection: world.inspection, written, identifies_nobody: false };
    record_evidence(&app.cx, &app.actor(by).await, input).await.unwrap()
}

const FORM: &[(&str, &str)] = &[
    ("kind", "focus_group"),
    ("title", "Staff know the plans"),
    ("body", "Social workers and teachers described the same plans."),
    ("strength", "no_significant_concern"),
    ("describes_on", "2026-01-05"),
    ("indicator", "2.1"),
    ("line", "supported-at-home"),
    ("right", "uncrc/article-12"),
];

fn with<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FORM.iter().filter(|(k, _)| !change.iter().any(|(c, _)| c == k)).copied();
    kept.chain(change.iter().copied()).collect()
}

async fn only(app: &TestApp, world: &World) -> keyline_store::evidence::Evidence {
    let lead = app.actor(world.lead).await;
    let grant = app.cx.grant(&lead, world.inspection, Action::SeeEvidence).await.unwrap();
    let mut reader = app.cx.read().await.unwrap();
    let everything = Filter { withdrawn: true, ..Filter::default() };
    let mut all = list(&mut reader, &grant, &everything).await.unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[tokio::test]
async fn evidence_waits_for_the_notification() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let lead = app.browser(world.lead).await;
    lead.get(&world.href("evidence")).await.ok().says("The notification has not been sent");
    let refused = lead.post(&world.href("evidence/new"), FORM).await;
    refused.unprocessable().says("The notification has not been sent");
}

#[tokio::test]
async fn evidence_is_recorded_with_its_tags_and_found_again() {
    let app = TestApp::new().await;
    let world = notified(&app).await;
    let inspector = app.browser(world.inspectors[0]).await;
    let form = inspector.get(&world.href("evidence/new")).await.ok();
    assert!(form.all("label").iter().any(|l| l.starts_with("2.1 ")), "indicators come with their titles");
    let empty = inspector.post(&world.href("evidence/new"), &[("title", "Kept as typed")]).await;
    let empty =
        empty.unprocessable().says("Choose one").says("Fill this in").says("Write day, month and year");
    assert_eq!(empty.attribute("#title", "value").as_deref(), Some("Kept as typed"));
    let untagged = with(&[("indicator", ""), ("line", "")]);
    let answer = inspector.post(&world.href("evidence/new"), &untagged).await;
    answer.unprocessable().says("Choose at least one indicator or one line of enquiry");
    let strange = inspector.post(&world.href("evidence/new"), &with(&[("indicator", "99.9")])).await;
    strange.unprocessable().says("is not one of the tags");
    let ahead = inspector.post(&world.href("evidence/new"), &with(&[("describes_on", "2026-01-06")])).await;
    ahead.unprocessable().says("The day lies ahead");
    let foreign = format!("sur_{:032x}", 9);
    let source = inspector.post(&world.href("evidence/new"), &with(&[("source", &foreign)])).await;
    source.unprocessable().says("not one of this inspection");

    let done =
        inspector.post(&world.href("evidence/new"), FORM).await.redirects_to(&world.href("evidence/evi_"));
    let page =
        inspector.follow(&done).await.ok().says("The evidence is recorded").says("Staff know the plans");
    page.says("Focus group").says("Article 12").says("5 January 2026").says("No finding rests");
    let all = inspector.get(&world.href("evidence")).await.ok().says("Staff know the plans");
    assert!(all.all(".ds_tag").iter().any(|t| t.contains("Thin")), "one kind alone is thin");
    assert_eq!(all.all("#weight-2-1-title").len(), 1);
    for (query, shown) in [
        ("?indicator=2.1", true),
        ("?indicator=9.2", false),
        ("?kind=focus_group&strength=no_significant_concern", true),
        ("?kind=survey", false),
        ("?strength=concern", false),
    ] {
        let page = inspector.get(&world.href(&format!("evidence{query}"))).await.ok();
        assert_eq!(page.visible().contains("Staff know the plans"), shown, "{query}");
    }
}

#[tokio::test]
async fn what_identifies_is_refused_at_its_field_and_what_may_asks() {
    let app = TestApp::new().await;
    let world = notified(&app).await;
    let inspector = app.browser(world.inspectors[0]).await;
    for text in [
        "CHI 0101110014 was read.",
        "Date of birth: 03/05/2012",
        "They live at PH1 5LP now.",
        "Seen with Mrs Fictional.",
    ] {
        let answer = inspector
            .post(&world.href("evidence/new"), &with(&[("body", text), ("identifies_nobody", "yes")]))
            .await
            .unprocessable();
        assert_eq!(answer.all("#body-error").len(), 1, "{text}: {}", answer.visible());
    }
    let lead = app.actor(world.lead).await;
    let grant = app.cx.grant(&lead, world.inspection, Action::SeeEvidence).await.unwrap();
    let mut reader = app.cx.read().await.unwrap();
    assert!(list(&mut reader, &grant, &Filter::default()).await.unwrap().is_empty());
    drop(reader);
    // A number that may be an office's: asked, and let through with the confirmation alone.
    let form = inspector.get(&world.href("evidence/new")).await.ok().hides("identifies_nobody");
    assert_eq!(form.all("#body").len(), 1);
    let doubtful = with(&[("body", "The desk at 0131 496 0000 answered.")]);
    let asked = inspector.post(&world.href("evidence/new"), &doubtful).await.unprocessable();
    asked.says("I have checked: this identifies nobody").says("0131 496 0000");
    let mut confirmed = doubtful;
    confirmed.push(("identifies_nobody", "yes"));
    inspector.post(&world.href("evidence/new"), &confirmed).await.redirects_to(&world.href("evidence/evi_"));
}

#[tokio::test]
async fn the_second_editor_is_shown_both_texts_and_nothing_is_lost() {
    let app = TestApp::new().await;
    let world = notified(&app).await;
    let id = recorded(&app, &world, world.lead, written(Kind::Survey, "First text", "2.1")).await;
    let href = world.href(&format!("evidence/{id}/change"));
    let (one, two) = (app.browser(world.inspectors[0]).await, app.browser(world.inspectors[1]).await);
    let version = one.get(&href).await.ok().attribute("input[name=version]", "value").unwrap();
    let first = with(&[("version", &version), ("body", "Teachers were sure of it.")]);
    one.post(&href, &first).await.redirects_to(&world.href("evidence/"));
    let second = with(&[("version", &version), ("body", "Social workers were sure of it.")]);
    let both = two.post(&href, &second).await.conflict();
    let both = both.says("Teachers were sure of it.").says("Social workers were sure of it.");
    let both = both.says("Fictional inspector-health");
    assert_eq!(only(&app, &world).await.written.body, "Teachers were sure of it.");
    let newer = both.attribute("input[name=version]", "value").unwrap();
    assert_ne!(newer, version);
    let merged = with(&[("version", &newer), ("body", "Teachers and social workers were sure of it.")]);
    two.post(&href, &merged).await.redirects_to(&world.href("evidence/"));
    assert_eq!(only(&app, &world).await.written.body, "Teachers and social workers were sure of it.");
}

#[tokio::test]
async fn withdrawn_evidence_stays_with_its_reason_and_counts_no_more() {
    let app = TestApp::new().await;
    let world = notified(&app).await;
    let id = recorded(&app, &world, world.lead, written(Kind::Survey, "Wrong survey", "2.1")).await;
    let lead = app.browser(world.lead).await;
    let href = world.href(&format!("evidence/{id}/withdraw"));
    lead.post(&href, &[("version", "1"), ("reason", " ")]).await.unprocessable().says("Fill this in");
    let old = lead.post(&href, &[("version", "7"), ("reason", "Answers of another area.")]).await;
    old.conflict();
    let done = lead.post(&href, &[("version", "1"), ("reason", "Answers of another area.")]).await;
    lead.follow(&done.redirects_to(&world.href("evidence/"))).await.ok().says("Answers of another area.");
    lead.get(&world.href("evidence")).await.ok().hides("Wrong survey");
    lead.get(&world.href("evidence?withdrawn=yes")).await.ok().says("Wrong survey");
    lead.get(&world.href(&format!("evidence/{id}/change"))).await.conflict();
    assert!(only(&app, &world).await.withdrawn.is_some());
}

#[tokio::test]
async fn evidence_is_for_its_own_inspection_and_its_own_roles() {
    let app = TestApp::new().await;
    let world = notified(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    notify(&app, &other).await;
    let id = recorded(&app, &world, world.lead, written(Kind::Survey, "Only here", "2.1")).await;
    // The lead of elsewhere, at both addresses, and with the verb.
    let elsewhere = app.browser(other.lead).await;
    elsewhere.get(&world.href(&format!("evidence/{id}"))).await.not_found();
    elsewhere.get(&other.href(&format!("evidence/{id}"))).await.not_found();
    elsewhere.post(&other.href(&format!("evidence/{id}/change")), FORM).await.not_found();
    let withdraw = [("version", "1"), ("reason", "Not mine.")];
    elsewhere.post(&other.href(&format!("evidence/{id}/withdraw")), &withdraw).await.not_found();
    let actor = app.actor(other.lead).await;
    let grant = app.cx.grant(&actor, other.inspection, Action::SeeEvidence).await.unwrap();
    let mut reader = app.cx.read().await.unwrap();
    assert!(find(&mut reader, &grant, id).await.unwrap().is_none());
    let input = RecordEvidence {
        inspection: world.inspection,
        written: written(Kind::Survey, "From elsewhere", "2.1"),
        identifies_nobody: false,
    };
    assert!(matches!(record_evidence(&app.cx, &actor, input).await, Err(Refused::Hidden)));
    // Each role of the own inspection.
    for (role, person) in world.everybody() {
        let browser = app.browser(person).await;
        let page = browser.get(&world.href(&format!("evidence/{id}"))).await;
        let form = browser.get(&world.href("evidence/new")).await;
        let sees = keyline_domain::access::permits(role, Action::SeeEvidence);
        let writes = keyline_domain::access::permits(role, Action::RecordEvidence);
        assert_eq!(page.status.is_success(), sees, "{role}");
        assert_eq!(form.status.is_success(), writes, "{role}");
        if sees {
            assert_eq!(page.text().contains("/change"), writes, "{role} is offered what the role may do");
        }
    }
}

#[tokio::test]
async fn evidence_leads_to_the_session_it_comes_from() {
    use keyline_operations::voices::{NoteSession, note_session};
    let app = TestApp::new().await;
    let world = notified(&app).await;
    let kind = app.cx.library.latest(keyline_testing::PROGRAMME).unwrap().session_kinds[0].clone();
    let note = NoteSession {
        inspection: world.inspection,
        kind: kind.key,
        held_on: jiff::civil::date(2026, 1, 5),
        audience: "Fictional staff".into(),
        people: 6,
        designations: String::new(),
        note: "A fictional note of the session.".into(),
        identifies_nobody: false,
    };
    let session = note_session(&app.cx, &app.actor(world.lead).await, note).await.unwrap().to_string();
    let inspector = app.browser(world.inspectors[0]).await;
    inspector.get(&world.href("evidence/new")).await.ok().says(&kind.title);
    let done = inspector.post(&world.href("evidence/new"), &with(&[("source", &session)])).await;
    let page = inspector.follow(&done.redirects_to(&world.href("evidence/"))).await.ok();
    let href = world.href(&format!("voices/all-sessions#{session}"));
    assert!(page.attribute(&format!("a[href='{href}']"), "href").is_some(), "{}", page.visible());
    let there = inspector.get(&world.href("voices/all-sessions")).await.ok();
    assert_eq!(there.all(&format!("[id='{session}']")).len(), 1);
}
