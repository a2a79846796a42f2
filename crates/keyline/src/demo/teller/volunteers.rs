//! Volunteers: how each stands, money, sessions, a draft of the children's version, and what changed. All made up.

use jiff::Span;
use keyline_domain::access::{Action, Actor, Duty};
use keyline_domain::ids::VolunteerId;
use keyline_domain::volunteers::money::{Act, Claim, What};
use keyline_domain::volunteers::ready::{Availability, Topic};
use keyline_domain::volunteers::said::{Act as SaidAct, Entry, Heard};
use keyline_domain::volunteers::stage::{Stage, WhyNot};
use keyline_domain::volunteers::{Age, Interest};
use keyline_operations::duties::set_duty;
use keyline_operations::tell_us::Once;
use keyline_operations::volunteers::{
    ActOnSaid, AnswerComment, ClaimExpense, CommentOnDraft, DecideExpense, MoveVolunteer, NewAccount,
    NoteCheck, NotePayment, NoteTraining, PlanSession, SendInterest, SetSupport, WriteDraft, WriteSaid,
    WriteUp, act_on_said, answer_comment, claim_expense, comment_on_draft, decide_expense, move_volunteer,
    note_check, note_payment, note_training, plan_session, send_interest, set_availability, set_support,
    write_childrens_draft, write_said, write_up,
};
use keyline_store::volunteers::{self as rows, Volunteer, drafts, money, said, sessions};

use super::Teller;
use crate::commands::in_words;

/// Who writes, what they like, and how far they come.
const COMING: [(&str, &str, Stage); 5] = [
    ("Jamie", "talking with people", Stage::Welcomed),
    ("Rowan", "drawing and taking pictures", Stage::Welcomed),
    ("Ash", "writing", Stage::Training),
    ("Robin", "organising", Stage::NotTakenOn),
    ("Sky", "music", Stage::Interested),
];

/// Five people in various stages; what the first two do.
pub(super) async fn crew(t: &Teller<'_>) -> anyhow::Result<()> {
    t.at_step("record-review", 5)?;
    set_duty(t.cx, &Actor::Console, t.cast.id("involvement-adviser"), Duty::VolunteerLead, true)
        .await
        .map_err(in_words)?;
    for (n, (name, likes, stage)) in COMING.into_iter().enumerate() {
        if list(t).await?.len() <= n {
            let interest = Interest {
                name: name.to_owned(),
                reach: "made-up number, 01632 960 000, after four".to_owned(),
                experience: "Made up: some years with a foster family, then on my own.".to_owned(),
                likes: likes.to_owned(),
                support: "Made up: somebody to travel with the first time.".to_owned(),
            };
            let once = Once::make(t.cx.random());
            let input = SendInterest { once, age: Some(Age::Fits), interest };
            send_interest(t.cx, input).await.map_err(in_words)?;
        }
        let id = list(t).await?[n].id;
        comes_to(t, id, name, stage).await?;
    }
    let all = list(t).await?;
    buddies(t, all[0].id, all[1].id).await?;
    paid(t, all[0].id).await?;
    plans(t, all[0].id).await
}

async fn list(t: &Teller<'_>) -> anyhow::Result<Vec<Volunteer>> {
    Ok(rows::list(&mut t.cx.db.read().await?).await?)
}

async fn found(t: &Teller<'_>, id: VolunteerId) -> anyhow::Result<Volunteer> {
    let found = rows::find(&mut t.cx.db.read().await?, id).await?;
    found.ok_or_else(|| anyhow::anyhow!("the volunteer is not there"))
}

/// From wherever somebody stands to a stage: a story that was cut off goes on there.
async fn comes_to(t: &Teller<'_>, id: VolunteerId, name: &str, goal: Stage) -> anyhow::Result<()> {
    let adviser = t.actor("involvement-adviser");
    loop {
        let v = found(t, id).await?;
        if v.stage == goal {
            return Ok(());
        }
        let mut reason = None;
        let to = match v.stage {
            Stage::Interested => Stage::SpokenTo,
            Stage::SpokenTo if goal == Stage::NotTakenOn => {
                reason = Some(WhyNot::Days);
                Stage::NotTakenOn
            }
            Stage::SpokenTo => Stage::Checks,
            Stage::Checks => {
                let (passed, on) = (Some(true), Some(t.cx.today()));
                let input = NoteCheck { volunteer: id, version: v.version, passed, on };
                note_check(t.cx, &adviser, input).await.map_err(in_words)?;
                Stage::Training
            }
            Stage::Training => {
                for topic in Topic::ALL {
                    let input = NoteTraining { volunteer: id, topic: *topic, done_on: Some(t.cx.today()) };
                    note_training(t.cx, &adviser, input).await.map_err(in_words)?;
                }
                let supporter = Some(t.cast.id("support-officer"));
                let input = SetSupport { volunteer: id, version: v.version, buddy: v.buddy, supporter };
                set_support(t.cx, &adviser, input).await.map_err(in_words)?;
                Stage::Welcomed
            }
            other => anyhow::bail!("{name} stands at {}", other.word()),
        };
        let version = found(t, id).await?.version;
        // The first is the volunteer of the cast, who has an account.
        let account = if name == "Jamie" {
            let person = t.cast.id("volunteer");
            let there = keyline_store::people::find(&mut t.cx.db.read().await?, person).await?;
            there.map(|a| NewAccount { name: a.name, email: a.email }).unwrap_or_default()
        } else {
            NewAccount {
                name: format!("{name} Fictional"),
                email: format!("{}@volunteers.example", name.to_lowercase()),
            }
        };
        let input = MoveVolunteer { volunteer: id, version, to: Some(to), reason, account, sure: false };
        move_volunteer(t.cx, &adviser, input).await.map_err(in_words)?;
    }
}

async fn buddies(t: &Teller<'_>, first: VolunteerId, second: VolunteerId) -> anyhow::Result<()> {
    let v = found(t, first).await?;
    if v.buddy.is_none() {
        let input =
            SetSupport { volunteer: first, version: v.version, buddy: Some(second), supporter: v.supporter };
        set_support(t.cx, &t.actor("involvement-adviser"), input).await.map_err(in_words)?;
    }
    if v.availability.is_empty() {
        let time = ["monday-afternoon", "tuesday-morning", "tuesday-afternoon", "thursday-evening"];
        set_availability(t.cx, &t.actor("volunteer"), Availability::of(time)).await.map_err(in_words)?;
    }
    Ok(())
}

/// One expense approved and paid, one that waits, and a payment.
async fn paid(t: &Teller<'_>, id: VolunteerId) -> anyhow::Result<()> {
    t.at_step("onsite-engagement", 20)?;
    let (own, adviser) = (t.actor("volunteer"), t.actor("involvement-adviser"));
    let there = money::list(&mut t.cx.db.read().await?, Some(id)).await?;
    let claims =
        [(What::Travel, "train and bus to the training", 1_240), (What::Food, "lunch on the day", 680)];
    for (what, note, pence) in claims {
        if there.iter().any(|e| e.claim.what == what) {
            continue;
        }
        let claim = Claim { what, note: note.to_owned(), pence, day: t.cx.today(), receipt: true };
        let expense = claim_expense(t.cx, &own, ClaimExpense { claim }).await.map_err(in_words)?;
        if what == What::Travel {
            for (version, act) in [(1, Act::Approve), (2, Act::Pay)] {
                let input = DecideExpense {
                    expense,
                    version,
                    act: Some(act),
                    reason: String::new(),
                    paid_on: Some(t.cx.today()),
                };
                decide_expense(t.cx, &adviser, input).await.map_err(in_words)?;
            }
        }
    }
    if money::payments(&mut t.cx.db.read().await?, id).await?.is_empty() {
        let paid_on = Some(t.cx.today());
        let input = NotePayment { once: None, volunteer: id, sessions: 2, pence: 9_600, paid_on };
        note_payment(t.cx, &adviser, input).await.map_err(in_words)?;
    }
    Ok(())
}

/// A session that was held and written up, and one that is to come.
async fn plans(t: &Teller<'_>, id: VolunteerId) -> anyhow::Result<()> {
    let grant = t.grant("involvement-adviser", Action::SeeVolunteers).await?;
    if !sessions::list(&mut t.cx.db.read().await?, &grant).await?.is_empty() {
        return Ok(());
    }
    let adviser = t.actor("involvement-adviser");
    let plan = |kind: &str, day, starts: &str, place: &str| PlanSession {
        inspection: t.id,
        kind: kind.to_owned(),
        day: Some(day),
        starts: starts.to_owned(),
        place: place.to_owned(),
        volunteers: vec![(id, true)],
    };
    let held = plan("young-people-group", t.cx.today(), "14:00", "Made-up youth club, the room upstairs");
    let held = plan_session(t.cx, &adviser, held).await.map_err(in_words)?;
    let ahead = t.today.checked_add(Span::new().days(6))?;
    let next = plan("child-one-to-one", ahead, "16:30", "Made-up library, ask for the quiet room");
    plan_session(t.cx, &adviser, next).await.map_err(in_words)?;
    t.at_step("onsite-engagement", 300)?;
    let input = WriteUp {
        planned: held,
        audience: "young people of 13 to 17".to_owned(),
        people: 6,
        note: "Made up: they talked more once the adults had left. Most know what their plan is for; nobody had \
               read it, because it is too long. They laughed about the words in it. What they want is one page, and \
               somebody who rings back."
            .to_owned(),
        identifies_nobody: true,
    };
    write_up(t.cx, &t.actor("volunteer"), input).await.map_err(in_words)?;
    Ok(())
}

/// A draft of the children's version with two comments, of which one is answered.
pub(super) async fn childrens_version(t: &Teller<'_>) -> anyhow::Result<()> {
    let grant = t.grant("volunteer", Action::SeeChildrensVersion).await?;
    if !drafts::list(&mut t.cx.db.read().await?, &grant).await?.is_empty() {
        return Ok(());
    }
    t.at(t.today, 15)?;
    let (lead, own) = (t.actor("lead"), t.actor("volunteer"));
    let write = |title: &str, body: &str| WriteDraft {
        inspection: t.id,
        title: title.to_owned(),
        body: body.to_owned(),
        seen: 0,
        identifies_nobody: true,
    };
    let first = write(
        "What we found in Strathmarnock",
        "Made up. We wanted to know how well services help children and young people who live at home and have an \
         order.\n\nWe met many of you. We read records, and asked workers too.\n\nMost of you have a worker you \
         trust. Some of you had to tell your story again and again.",
    );
    let draft = write_childrens_draft(t.cx, &lead, first).await.map_err(in_words)?;
    for (paragraph, text) in [
        (Some(1), "“Have an order” sounds like food. Say: a children's hearing decided."),
        (None, "Good that it is short."),
    ] {
        let input = CommentOnDraft {
            inspection: t.id,
            draft,
            paragraph,
            text: text.to_owned(),
            identifies_nobody: true,
        };
        comment_on_draft(t.cx, &own, input).await.map_err(in_words)?;
    }
    let comments = drafts::comments(&mut t.cx.db.read().await?, &grant).await?;
    if let Some(comment) = comments.iter().find(|c| c.paragraph.is_some()) {
        let input = AnswerComment {
            inspection: t.id,
            comment: comment.id,
            outcome: Some(keyline_domain::volunteers::drafts::Outcome::Changed),
            text: "You are right. The next draft says that a children's hearing decided.".to_owned(),
            seen: None,
        };
        answer_comment(t.cx, &lead, input).await.map_err(in_words)?;
    }
    Ok(())
}

/// Two entries that are public, of which one was said by few, and a draft.
pub(super) async fn what_changed(t: &Teller<'_>) -> anyhow::Result<()> {
    let grant = t.grant("involvement-adviser", Action::SeeVolunteers).await?;
    if !said::list(&mut t.cx.db.read().await?, &grant).await?.is_empty() {
        return Ok(());
    }
    t.at(t.today, 30)?;
    let adviser = t.actor("involvement-adviser");
    let entries = [
        (
            Heard::Survey,
            38,
            "Letters about meetings are hard to read and come late.",
            "Letters fit on one page now, say what the meeting is for, and go out a week before it.",
            "the council's children's services",
            true,
        ),
        (
            Heard::Session,
            6,
            "Nobody rings back after four.",
            "There is one number until eight in the evening, and a message is answered the next day.",
            "the health and social care partnership",
            true,
        ),
        (
            Heard::Volunteers,
            3,
            "The waiting room feels like an office.",
            "Young people are choosing what goes into the room.",
            "the council's children's services",
            false,
        ),
    ];
    for (heard, people, what, done, by, publish) in entries {
        let entry = Entry {
            heard,
            people,
            said: what.to_owned(),
            done: done.to_owned(),
            by: by.to_owned(),
            done_on: t.cx.today(),
        };
        let input = WriteSaid { inspection: t.id, entry, identifies_nobody: true };
        let id = write_said(t.cx, &adviser, input).await.map_err(in_words)?;
        if publish {
            let act = Some(SaidAct::Publish);
            let input = ActOnSaid { inspection: t.id, said: id, version: 1, act, reason: String::new() };
            act_on_said(t.cx, &adviser, input).await.map_err(in_words)?;
        }
    }
    Ok(())
}
