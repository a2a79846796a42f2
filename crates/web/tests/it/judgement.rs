//! Judgement through the browser: findings on two kinds, two editors, grades alone, the agreed grade, the panel.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its own steps too")]

use keyline_domain::access::{Action, Role, permits};
use keyline_domain::evidence::Kind;
use keyline_domain::ids::{EvidenceId, FindingId, PersonId};
use keyline_domain::judgement::findings::{FindingKind, WrittenFinding};
use keyline_domain::programmes::Library;
use keyline_operations::judgement::{
    AgreeGrade, DecideOnPanel, GradeAlone, WriteFinding, agree_grade, decide_on_panel, grade_alone,
    write_finding,
};
use keyline_operations::{Refused, Result};
use keyline_store::judgement::{findings, grades, panel};
use keyline_testing::{TestApp, World, library_files};

use crate::evidence::{notified, notify, recorded, written};

/// Evidence of two kinds for every evaluated indicator, with a finding on each.
async fn found(app: &TestApp) -> (World, Vec<FindingId>) {
    let world = notified(app).await;
    let mut made = Vec::new();
    for number in ["2.1", "5.3", "5.4", "9.2"] {
        made.push(find_on(app, &world, number).await);
    }
    (world, made)
}

async fn find_on(app: &TestApp, world: &World, number: &str) -> FindingId {
    let survey =
        recorded(app, world, world.lead, written(Kind::Survey, &format!("Survey {number}"), number)).await;
    let record =
        recorded(app, world, world.lead, written(Kind::Record, &format!("Records {number}"), number)).await;
    finding(app, world, number, [survey, record], "").await.unwrap()
}

async fn finding(
    app: &TestApp,
    world: &World,
    indicator: &str,
    evidence: impl IntoIterator<Item = EvidenceId>,
    single_kind_reason: &str,
) -> Result<FindingId> {
    let input = WriteFinding {
        inspection: world.inspection,
        written: WrittenFinding {
            indicator: indicator.into(),
            kind: FindingKind::Strength,
            body: format!("A fictional strength of {indicator}."),
            single_kind_reason: single_kind_reason.into(),
            evidence: evidence.into_iter().collect(),
        },
        identifies_nobody: false,
    };
    write_finding(&app.cx, &app.actor(world.lead).await, input).await
}

async fn grade(app: &TestApp, world: &World, by: PersonId, indicator: &str, level: &str) -> Result<()> {
    let input = GradeAlone {
        inspection: world.inspection,
        indicator: indicator.into(),
        level: level.into(),
        reason: format!("Reason for {level}."),
        identifies_nobody: false,
    };
    grade_alone(&app.cx, &app.actor(by).await, input).await
}

async fn all_grade(app: &TestApp, world: &World, indicator: &str, level: &str) {
    for by in graders(world) {
        grade(app, world, by, indicator, level).await.unwrap();
    }
}

fn graders(world: &World) -> Vec<PersonId> {
    [world.lead, world.depute].into_iter().chain(world.inspectors.iter().copied()).collect()
}

async fn agree(
    app: &TestApp,
    world: &World,
    indicator: &str,
    level: &str,
    version: Option<i64>,
) -> Result<()> {
    let input = AgreeGrade {
        inspection: world.inspection,
        indicator: indicator.into(),
        version,
        level: level.into(),
        reason: "Strengths outweigh.".into(),
        dissent: "One inspector saw it lower.".into(),
        identifies_nobody: false,
    };
    agree_grade(&app.cx, &app.actor(world.lead).await, input).await
}

fn keys(refused: Refused) -> Vec<String> {
    match refused {
        Refused::NotNow(reasons) => reasons.into_iter().map(|r| r.key).collect(),
        Refused::Fields(problems) => problems.into_iter().map(|p| p.reason.key).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_finding_rests_on_two_kinds_or_says_why_not() {
    let app = TestApp::new().await;
    let world = notified(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    notify(&app, &other).await;
    assert_eq!(keys(finding(&app, &world, "2.1", [], "").await.unwrap_err()), ["wait-evidence"]);
    let survey = recorded(&app, &world, world.lead, written(Kind::Survey, "Survey", "2.1")).await;
    let record = recorded(&app, &world, world.lead, written(Kind::Record, "Records", "2.1")).await;
    let distant = recorded(&app, &world, world.lead, written(Kind::Record, "Distant", "9.2")).await;
    let foreign = recorded(&app, &other, other.lead, written(Kind::Record, "Foreign", "2.1")).await;
    assert_eq!(keys(finding(&app, &world, "2.1", [survey], "").await.unwrap_err()), ["judgement-one-kind"]);
    finding(&app, &world, "2.1", [survey], "Only staff can know.").await.unwrap();
    let refused = finding(&app, &world, "2.1", [survey, distant], "").await.unwrap_err();
    assert_eq!(keys(refused), ["judgement-evidence-elsewhere"]);
    let refused = finding(&app, &world, "2.1", [survey, foreign], "").await.unwrap_err();
    assert_eq!(keys(refused), ["judgement-evidence-unknown", "judgement-one-kind"]);
    assert!(finding(&app, &world, "1.1", [survey, record], "").await.is_err());

    // Through the page, and then both ways.
    let inspector = app.browser(world.inspectors[0]).await;
    let href = world.href("judgement/findings/new?indicator=2.1");
    inspector.get(&href).await.ok().says("Records").hides("Distant").hides("Foreign");
    inspector.get(&world.href("judgement/findings/new?indicator=1.1")).await.not_found();
    let (survey, record) = (survey.to_string(), record.to_string());
    let mut form = vec![("indicator", "2.1"), ("kind", "strength"), ("body", "Children were helped early.")];
    form.push(("evidence", &survey));
    let post = world.href("judgement/findings/new");
    let thin = inspector.post(&post, &form).await.unprocessable();
    assert_eq!(thin.all("#single_kind_reason-error").len(), 1);
    thin.says("Children were helped early.");
    form.push(("evidence", &record));
    let done = inspector.post(&post, &form).await.redirects_to(&world.href("judgement/findings/fin_"));
    let page =
        inspector.follow(&done).await.ok().says("Children were helped early.").says("Survey, Records read");
    let evidence = world.href(&format!("evidence/{record}"));
    assert!(
        page.attribute(&format!("a[href='{evidence}']"), "href").is_some(),
        "the finding leads to its evidence"
    );
    let back = inspector.get(&evidence).await.ok().says("Children were helped early.");
    let finding = done.location().split('?').next().unwrap().to_owned();
    assert!(back.attribute(&format!("a[href='{finding}']"), "href").is_some(), "and the evidence back");
}

#[tokio::test]
async fn evidence_under_a_finding_keeps_its_tag_and_its_withdrawal_makes_the_finding_thin() {
    let app = TestApp::new().await;
    let (world, made) = found(&app).await;
    let lead = app.actor(world.lead).await;
    let browser = app.browser(world.lead).await;
    let grant = app.cx.grant(&lead, world.inspection, Action::SeeJudgement).await.unwrap();
    let mut reader = app.cx.read().await.unwrap();
    let rests = findings::find(&mut reader, &grant, made[0]).await.unwrap().unwrap().written.evidence;
    drop(reader);
    let first = rests.first().unwrap();
    let elsewhere = [
        ("version", "1"),
        ("kind", "survey"),
        ("title", "Moved"),
        ("body", "Moved away."),
        ("strength", "uncertain"),
        ("describes_on", "2026-01-05"),
        ("indicator", "9.2"),
    ];
    let answer = browser.post(&world.href(&format!("evidence/{first}/change")), &elsewhere).await;
    answer.unprocessable().says("A finding on indicator 2.1 rests on this evidence");
    let withdraw = [("version", "1"), ("reason", "Counted twice.")];
    browser.post(&world.href(&format!("evidence/{first}/withdraw")), &withdraw).await.redirects_to("/");
    let page = browser.get(&world.href(&format!("judgement/findings/{}", made[0]))).await.ok();
    page.says("Thin: fewer than two kinds").says("Withdrawn");
    browser.get(&world.href("judgement/panel")).await.ok().says("One finding rests");
}

#[tokio::test]
async fn two_people_save_the_same_finding_and_nothing_is_lost() {
    let app = TestApp::new().await;
    let (world, made) = found(&app).await;
    let third = recorded(&app, &world, world.lead, written(Kind::Document, "Third", "2.1")).await.to_string();
    let lead = app.actor(world.lead).await;
    let grant = app.cx.grant(&lead, world.inspection, Action::SeeJudgement).await.unwrap();
    let stands = async || {
        let mut reader = app.cx.read().await.unwrap();
        findings::find(&mut reader, &grant, made[0]).await.unwrap().unwrap()
    };
    let rests: Vec<String> = stands().await.written.evidence.iter().map(ToString::to_string).collect();
    let href = world.href(&format!("judgement/findings/{}/change", made[0]));
    let (one, two) = (app.browser(world.inspectors[0]).await, app.browser(world.inspectors[1]).await);
    one.get(&href).await.ok();
    two.get(&href).await.ok();
    let form = |version: &'static str, body: &'static str, with_third: bool| {
        let mut form = vec![("version", version), ("indicator", "2.1"), ("kind", "strength"), ("body", body)];
        form.extend(rests.iter().map(|r| ("evidence", r.as_str())));
        if with_third {
            form.push(("evidence", third.as_str()));
        }
        form
    };
    one.post(&href, &form("1", "Most children were helped early.", true)).await.redirects_to("/");
    let both = two.post(&href, &form("1", "Many children were helped soon.", false)).await.conflict();
    let both = both.says("Most children were helped early.").says("Many children were helped soon.");
    let both = both.says("Fictional inspector-health saved while you were writing");
    assert_eq!(both.attribute("input[name=version]", "value").as_deref(), Some("2"));
    assert!(
        both.attribute(&format!("input[value='{third}'][checked]"), "value").is_some(),
        "the evidence that the first added stays ticked for the second"
    );
    assert_eq!(
        both.all("textarea#body"),
        ["Many children were helped soon."],
        "what was typed is still there"
    );
    assert_eq!(stands().await.written.body, "Most children were helped early.");
    // Not merged against the new version: refused again.
    two.post(&href, &form("1", "Many children were helped soon.", false)).await.conflict();
    two.post(&href, &form("2", "Most children were helped early and soon.", true)).await.redirects_to("/");
    let now = stands().await;
    assert_eq!((now.version, now.written.body.as_str()), (3, "Most children were helped early and soon."));
    assert_eq!(now.written.evidence.len(), 3);
    // A withdrawal of an old version is refused too.
    let withdraw = world.href(&format!("judgement/findings/{}/withdraw", made[0]));
    one.post(&withdraw, &[("version", "2"), ("reason", "Said elsewhere.")]).await.conflict();
    one.post(&withdraw, &[("version", "3"), ("reason", "")]).await.unprocessable();
    one.post(&withdraw, &[("version", "3"), ("reason", "Said elsewhere.")]).await.redirects_to("/");
    one.get(&href).await.conflict();
}

#[tokio::test]
async fn nobody_sees_a_grade_before_all_have_graded() {
    let app = TestApp::new().await;
    let (world, _) = found(&app).await;
    let [first, second, third] = [world.inspectors[0], world.inspectors[1], world.inspectors[2]];
    let href = world.href("judgement/grade/2.1");
    let browser = app.browser(first).await;
    browser.post(&href, &[("level", "weak")]).await.unprocessable().says("Fill this in");
    browser.post(&href, &[("level", "no-such"), ("reason", "x")]).await.unprocessable().says("Choose one");
    let given = [("level", "weak"), ("reason", "SECRETREASON of the first.")];
    browser.post(&href, &given).await.redirects_to(&href);
    let own = browser.get(&href).await.ok().says("Your grade: 2 Weak").says("1 of 5 inspectors have graded");
    own.says("SECRETREASON");
    grade(&app, &world, second, "2.1", "excellent").await.unwrap();
    grade(&app, &world, world.depute, "2.1", "good").await.unwrap();

    // The store gives no proof to any of them, whatever page they ask from.
    for (person, key) in [
        (third, "judgement-own-first"),
        (world.lead, "judgement-own-first"),
        (first, "judgement-not-all-graded"),
        (world.manager, "judgement-not-all-graded"),
        (world.chair, "judgement-not-all-graded"),
    ] {
        let grant =
            app.cx.grant(&app.actor(person).await, world.inspection, Action::SeeJudgement).await.unwrap();
        let mut reader = app.cx.read().await.unwrap();
        match grades::open(&mut reader, &grant, "2.1").await.unwrap() {
            grades::Openness::Closed(count, reason) => {
                assert_eq!((count.graded, count.graders, reason.key.as_str()), (3, 5, key));
            }
            grades::Openness::Open(..) => panic!("open before its time"),
        }
        let browser = app.browser(person).await;
        for path in ["judgement", "judgement/panel", "judgement/grade/2.1", "judgement/agree/2.1"] {
            let page = browser.get(&world.href(path)).await;
            let page = page.hides("spread-2-1");
            if person == first {
                continue;
            }
            page.hides("SECRETREASON");
        }
    }
    let lead = app.browser(world.lead).await;
    lead.get(&world.href("judgement/agree/2.1")).await.ok().says("3 of 5").hides("<form class=\"kl_form\"");
    let refused = agree(&app, &world, "2.1", "good", None).await.unwrap_err();
    assert_eq!(keys(refused), ["wait-grades-alone"]);

    // The own grade may change until one is agreed; before the opening nothing is kept of it.
    grade(&app, &world, first, "2.1", "adequate").await.unwrap();
    grade(&app, &world, third, "2.1", "good").await.unwrap();
    lead.get(&world.href("judgement/agree/2.1")).await.ok().says("4 of 5").hides("Reason for excellent");
    grade(&app, &world, world.lead, "2.1", "good").await.unwrap();
    let open =
        lead.get(&world.href("judgement/agree/2.1")).await.ok().says("5 of 5").says("Reason for excellent");
    assert_eq!(open.all("#spread-2-1-desc"), ["6 Excellent: 1; 4 Good: 3; 3 Adequate: 1"]);
    app.browser(first).await.get(&href).await.ok().says("Grades given alone");

    // A change after the opening keeps what was given alone.
    grade(&app, &world, second, "2.1", "good").await.unwrap();
    let later = lead.get(&world.href("judgement/agree/2.1")).await.ok();
    assert_eq!(later.all("#spread-2-1-desc"), ["6 Excellent: 1; 4 Good: 3; 3 Adequate: 1"]);
    later.says("(changed to 4 Good after all grades had opened)");
    agree(&app, &world, "2.1", "good", None).await.unwrap();
    let late = grade(&app, &world, first, "2.1", "weak").await.unwrap_err();
    assert_eq!(keys(late), ["judgement-agreed-already"]);
}

#[tokio::test]
async fn grading_waits_for_a_finding() {
    let app = TestApp::new().await;
    let world = notified(&app).await;
    let refused = grade(&app, &world, world.inspectors[0], "2.1", "good").await.unwrap_err();
    assert_eq!(keys(refused), ["wait-findings"]);
    let page = app.browser(world.inspectors[0]).await.get(&world.href("judgement/grade/2.1")).await.ok();
    page.says("Indicator 2.1 has no finding yet").hides("name=\"level\"");
    let unknown = grade(&app, &world, world.inspectors[0], "1.1", "good").await;
    assert!(matches!(unknown, Err(Refused::Hidden)));
    app.browser(world.lead).await.get(&world.href("judgement/agree/1.1")).await.not_found();
}

#[tokio::test]
async fn two_who_agree_a_grade_are_shown_both() {
    let app = TestApp::new().await;
    let (world, _) = found(&app).await;
    all_grade(&app, &world, "2.1", "good").await;
    let href = world.href("judgement/agree/2.1");
    let (lead, depute) = (app.browser(world.lead).await, app.browser(world.depute).await);
    lead.get(&href).await.ok().says("Record the agreed grade");
    lead.post(&href, &[("level", "good")]).await.unprocessable().says("Fill this in");
    let theirs = [("level", "good"), ("reason", "Strengths outweigh."), ("dissent", "Police saw it lower.")];
    lead.post(&href, &theirs).await.redirects_to(&href);
    let both =
        depute.post(&href, &[("level", "adequate"), ("reason", "Records were weak.")]).await.conflict();
    let both = both.says("Strengths outweigh.").says("Police saw it lower.").says("Records were weak.");
    assert_eq!(both.attribute("input[name=version]", "value").as_deref(), Some("1"));
    let merged = [("version", "1"), ("level", "adequate"), ("reason", "Strengths outweigh weak records.")];
    depute.post(&href, &merged).await.redirects_to(&href);
    lead.get(&world.href("judgement")).await.ok().says("3 Adequate");
}

#[tokio::test]
async fn the_panel_confirms_or_changes_and_nobody_confirms_the_own_grade() {
    let app = TestApp::new().await;
    let (world, made) = found(&app).await;
    let chair = app.browser(world.chair).await;
    let decide = |indicator: &str| world.href(&format!("judgement/panel/{indicator}"));
    for number in ["2.1", "5.3", "5.4"] {
        all_grade(&app, &world, number, "good").await;
        agree(&app, &world, number, "good", None).await.unwrap();
    }
    // Not before every indicator has an agreed grade.
    let early = chair.post(&decide("2.1"), &[("version", "1"), ("level-2.1", "good")]).await.unprocessable();
    early.says("Indicator 9.2 has no agreed grade yet");
    all_grade(&app, &world, "9.2", "weak").await;
    agree(&app, &world, "9.2", "weak", None).await.unwrap();

    // Only the chair, and not who has agreed or graded.
    let form = [("version", "1"), ("level-2.1", "good")];
    app.browser(world.lead).await.post(&decide("2.1"), &form).await.not_found();
    app.browser(world.panel_member).await.post(&decide("2.1"), &form).await.not_found();
    let mut tx = app.cx.db.begin().await.unwrap();
    for person in [world.lead, world.inspectors[0]] {
        let role = Role::PanelChair;
        keyline_store::inspections::members::add(&mut tx, world.inspection, person, role, None, app.cx.now())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    for person in [world.lead, world.inspectors[0]] {
        let answer = app.browser(person).await.post(&decide("2.1"), &form).await.unprocessable();
        answer.says("somebody else has to decide on it");
    }

    // The pack holds what the panel needs.
    let pack = chair.get(&world.href("judgement/panel")).await.ok();
    let pack = pack
        .says("One inspector saw it lower.")
        .says("Strengths outweigh.")
        .says("A fictional strength of 9.2.");
    assert_eq!(pack.all("#spread-9-2-desc"), ["2 Weak: 5"]);
    let ids = pack
        .html()
        .root_element()
        .descendants()
        .filter_map(|n| n.value().as_element()?.id().map(str::to_owned))
        .collect::<Vec<_>>();
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "ids are unique on a page of several forms");

    chair.post(&decide("2.1"), &form).await.redirects_to(&world.href("judgement/panel"));
    let silent = chair.post(&decide("5.3"), &[("version", "1"), ("level-5.3", "adequate")]).await;
    silent.unprocessable().says("Say why the grade changes");
    let changed =
        [("version", "1"), ("level-5.3", "adequate"), ("reason-5.3", "Benchmark of earlier reports.")];
    chair.post(&decide("5.3"), &changed).await.redirects_to(&world.href("judgement/panel"));
    let twice = chair.post(&decide("5.3"), &changed).await.unprocessable();
    twice.says("The panel has decided on indicator 5.3");
    // Agreed anew after the chair has read the pack: shown both.
    agree(&app, &world, "5.4", "very-good", Some(1)).await.unwrap();
    let stale = chair.post(&decide("5.4"), &[("version", "1"), ("level-5.4", "good")]).await.conflict();
    stale.says("Very good");
    chair.post(&decide("5.4"), &[("version", "2"), ("level-5.4", "very-good")]).await.redirects_to("/");
    let pack = chair.get(&world.href("judgement/panel")).await.ok();
    pack.says("Confirmed: 4 Good")
        .says("Changed from 4 Good to 3 Adequate")
        .says("Benchmark of earlier reports.");

    // What the panel decided on stays as it was.
    let refused = agree(&app, &world, "2.1", "weak", Some(1)).await.unwrap_err();
    assert_eq!(keys(refused), ["judgement-decided"]);
    let lead = app.browser(world.lead).await;
    let gone = [("version", "1"), ("reason", "Late thoughts.")];
    let href = world.href(&format!("judgement/findings/{}/withdraw", made[0]));
    lead.post(&href, &gone).await.unprocessable().says("The panel has decided on indicator 2.1");
    let actor = app.actor(world.lead).await;
    let grant = app.cx.grant(&actor, world.inspection, Action::SeeJudgement).await.unwrap();
    let mut reader = app.cx.read().await.unwrap();
    let under = findings::find(&mut reader, &grant, made[0]).await.unwrap().unwrap().written.evidence;
    drop(reader);
    let href = world.href(&format!("evidence/{}/withdraw", under.first().unwrap()));
    lead.post(&href, &gone).await.unprocessable().says("The panel has decided on indicator 2.1");
}

#[tokio::test]
async fn judgement_is_for_its_own_inspection_and_its_own_roles() {
    let app = TestApp::new().await;
    let (world, made) = found(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    notify(&app, &other).await;
    let finding = format!("judgement/findings/{}", made[0]);
    let elsewhere = app.browser(other.lead).await;
    for base in [&world, &other] {
        elsewhere.get(&base.href(&finding)).await.not_found();
        elsewhere.get(&base.href(&format!("{finding}/change"))).await.not_found();
        elsewhere.post(&base.href(&format!("{finding}/change")), &[("version", "1")]).await.not_found();
        let gone = [("version", "1"), ("reason", "Not mine.")];
        elsewhere.post(&base.href(&format!("{finding}/withdraw")), &gone).await.not_found();
    }
    for (role, person) in world.everybody() {
        let browser = app.browser(person).await;
        for (path, action) in [
            ("judgement", Action::SeeJudgement),
            ("judgement/panel", Action::SeeJudgement),
            (finding.as_str(), Action::SeeJudgement),
            ("judgement/findings/new?indicator=2.1", Action::WriteFinding),
            ("judgement/grade/2.1", Action::GradeAlone),
            ("judgement/agree/2.1", Action::AgreeGrade),
        ] {
            let answer = browser.get(&world.href(path)).await;
            assert_eq!(
                answer.status.is_success(),
                permits(role, action),
                "{role} at {path}: {}",
                answer.status
            );
        }
    }
}

#[tokio::test]
async fn a_scale_of_phrases_grades_too() {
    // The framework of the programme with its numbers taken off the levels.
    let mut files = library_files();
    let framework = files.get_mut("frameworks/care-and-protection-2022.toml").unwrap();
    let mut in_level = false;
    *framework = framework
        .lines()
        .filter(|line| {
            if line.starts_with('[') {
                in_level = *line == "[[level]]";
            }
            !(in_level && line.starts_with("number"))
        })
        .map(|line| if line == "kind = \"numbered\"" { "kind = \"phrase\"" } else { line })
        .collect::<Vec<_>>()
        .join("\n");
    let app = TestApp::with_library(Library::parse(&files).unwrap()).await;
    let (world, _) = found(&app).await;
    for number in ["2.1", "5.3", "5.4", "9.2"] {
        all_grade(&app, &world, number, "good").await;
        agree(&app, &world, number, "good", None).await.unwrap();
    }
    let input = DecideOnPanel {
        inspection: world.inspection,
        indicator: "2.1".into(),
        version: 1,
        level: "weak".into(),
        reason: "Benchmark.".into(),
        identifies_nobody: false,
    };
    let chair = app.actor(world.chair).await;
    decide_on_panel(&app.cx, &chair, input).await.unwrap();
    let grant = app.cx.grant(&chair, world.inspection, Action::SeeJudgement).await.unwrap();
    let mut reader = app.cx.read().await.unwrap();
    let decided = panel::list(&mut reader, &grant).await.unwrap();
    assert_eq!((decided[0].from, decided[0].to), (4, 2), "places from the worst");
    drop(reader);
    let pack = app.browser(world.chair).await.get(&world.href("judgement/panel")).await.ok();
    pack.says("Changed from Good to Weak").hides("4 Good");
}
