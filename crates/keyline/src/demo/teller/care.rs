//! Concerns and messages: who has a care key, what was raised and how it went on, what the public wrote. All made up.

use keyline_domain::access::{Action, Duty};
use keyline_domain::concerns::way::Stage;
use keyline_domain::concerns::{Kind, Means, Outcome, Source, Written};
use keyline_domain::ids::ConcernId;
use keyline_domain::tell_us::{Said, State, Talk, Triage, Wish, With};
use keyline_operations::care::{keys, recovery};
use keyline_operations::concerns::{
    AcknowledgeConcern, CloseConcern, DecideConcern, HandOver, Raise, Ruling, acknowledge_concern,
    close_concern, decide_concern, hand_over_concern, raise_concern, set_contacts,
};
use keyline_operations::duties::set_duty;
use keyline_operations::tell_us::{DecideMessage, Once, SendMessage, decide_message, send_message};
use keyline_store::area_contacts;
use keyline_store::concerns::{self as rows, Concern};
use keyline_store::tell_us;

use super::Teller;
use crate::commands::in_words;

/// The passphrase of everybody's care key in the demonstration.
pub(crate) const PASSPHRASE: &str = "demonstration words that nobody keeps secret";
const SESSION: &str = "the demonstration";

/// The keys; a concern that went its whole way, one that waits for the decision, and a request for a review.
pub(super) async fn concerns(t: &Teller<'_>) -> anyhow::Result<()> {
    t.at_step("record-review", 0)?;
    let custodians = ["service-manager", "panel-chair", "link-inspector"];
    for key in ["lead", "depute", "involvement-adviser", "concerns-lead"].into_iter().chain(custodians) {
        let actor = t.actor(key);
        let person = actor.person().ok_or_else(|| anyhow::anyhow!("{key} is no person"))?.id;
        if !keys::has_key(t.cx, person).await.map_err(in_words)? {
            keys::make_key(t.cx, &actor, SESSION, PASSPHRASE, PASSPHRASE).await.map_err(in_words)?;
        }
    }
    if keys::custody(t.cx, t.cast.id("lead")).await.map_err(in_words)?.is_none() {
        let three = custodians.map(|key| t.cast.id(key));
        let console = keyline_domain::access::Actor::Console;
        recovery::make_recovery(t.cx, &console, three).await.map_err(in_words)?;
    }
    let grant = t.grant("lead", Action::SeeConcerns).await?;
    let mut reader = t.cx.db.read().await?;
    let area = keyline_store::inspections::get(&mut reader, &grant).await?.area;
    let known = area_contacts::find(&mut reader, &area).await?.is_some();
    drop(reader);
    if !known {
        set_contacts(t.cx, &t.actor("lead"), t.id, CONTACTS, 0).await.map_err(in_words)?;
    }
    t.at_step("record-review", 10)?;
    let first = match numbered(t, 1).await? {
        Some(first) => first,
        None => raise(t, "inspector-health", Kind::Safety, Source::Reading, true, SEEN).await?,
    };
    goes_its_way(t, first).await?;
    t.at_step("onsite-engagement", 30)?;
    if numbered(t, 2).await?.is_none() {
        raise(t, "volunteer", Kind::Safety, Source::Note, false, HEARD).await?;
    }
    t.at_step("onsite-engagement", 90)?;
    let third = match numbered(t, 3).await? {
        Some(third) => third,
        None => raise(t, "inspector-education", Kind::Review, Source::Page, false, REVIEW).await?,
    };
    if third.stage == Stage::Raised {
        t.at_step("onsite-engagement", 120)?;
        decide(t, &third, "Managers of the partnership should look at this together.").await?;
    }
    Ok(())
}

async fn numbered(t: &Teller<'_>, number: i64) -> anyhow::Result<Option<Concern>> {
    let grant = t.grant("lead", Action::SeeConcerns).await?;
    let all = rows::list(&mut t.cx.db.read().await?, &grant).await?;
    Ok(all.into_iter().find(|c| c.number == number))
}

/// From wherever it stands to its outcome: a story that was cut off goes on there.
async fn goes_its_way(t: &Teller<'_>, mut concern: Concern) -> anyhow::Result<()> {
    let (lead, local, inspection) = (t.actor("lead"), t.actor("concerns-lead"), t.id);
    loop {
        let (id, step) = (concern.id, concern.step);
        match concern.stage {
            Stage::Raised | Stage::Asked => {
                t.at_step("record-review", 25)?;
                decide(t, &concern, "The record shows nobody has asked where the children sleep.").await?;
            }
            Stage::PassedOn => {
                t.at_step("record-review", 40)?;
                keys::unlock(t.cx, &lead, SESSION, PASSPHRASE).await.map_err(in_words)?;
                let (means, receiver) = (Means::Product, String::new());
                let input = HandOver { inspection, concern: id, step, means, receiver, received_at: None };
                hand_over_concern(t.cx, &lead, SESSION, input).await.map_err(in_words)?;
            }
            Stage::HandedOver => {
                t.at_step("record-review", 75)?;
                let reference = "Fictional case 2026-0417".to_owned();
                let input = AcknowledgeConcern { inspection, concern: id, step, reference };
                acknowledge_concern(t.cx, &local, input).await.map_err(in_words)?;
            }
            Stage::Acknowledged => {
                t.at_step("record-review", 400)?;
                let text =
                    "A duty social worker saw the family the same day. The children stay with an aunt.";
                let (outcome, text) = (Some(Outcome::Acted), text.to_owned());
                let input = CloseConcern { inspection, concern: id, step, outcome, text };
                close_concern(t.cx, &local, input).await.map_err(in_words)?;
            }
            Stage::Closed => return Ok(()),
        }
        concern = numbered(t, concern.number).await?.ok_or_else(|| anyhow::anyhow!("the concern is gone"))?;
    }
}

// Numbers that are kept free for stories.
const CONTACTS: &str = "Child protection, Monday to Friday, 9 to 5: 01632 960 001\n\
                        Adult protection, Monday to Friday, 9 to 5: 01632 960 002\n\
                        Both, at night and at weekends: 01632 960 003";
const SEEN: &str =
    "Made up: two entries of last week say that the children were found alone at night. No visit since.";
const HEARD: &str =
    "Made up: a young person said that they do not go home on Fridays, and would not say why.";
const REVIEW: &str = "Made up: the plan was closed twice without anybody speaking with the young person.";

async fn raise(
    t: &Teller<'_>,
    who: &str,
    kind: Kind,
    source: Source,
    danger: bool,
    seen: &str,
) -> anyhow::Result<Concern> {
    let id = ConcernId::new(t.cx.now(), t.cx.random());
    let written = Written {
        seen: seen.to_owned(),
        by_whom: "member of the inspection team".to_owned(),
        about: "Made-up family, Fictional Street".to_owned(),
        done: "Told the lead by telephone.".to_owned(),
        from: String::new(),
    };
    let input = Raise { inspection: t.id, id, kind, source, danger, written };
    let id = raise_concern(t.cx, &t.actor(who), input).await.map_err(in_words)?;
    let found = rows::find_any(&mut t.cx.db.read().await?, id).await?;
    found.ok_or_else(|| anyhow::anyhow!("the concern is not there"))
}

async fn decide(t: &Teller<'_>, concern: &Concern, reason: &str) -> anyhow::Result<()> {
    let (inspection, ruling, reason) = (t.id, Ruling::PassOn, reason.to_owned());
    let input = DecideConcern { inspection, concern: concern.id, step: concern.step, ruling, reason };
    decide_concern(t.cx, &t.actor("lead"), input).await.map_err(in_words)
}

/// Two messages: one was answered, one waits; and one about services in general.
pub(super) async fn messages(t: &Teller<'_>) -> anyhow::Result<()> {
    let adviser = t.actor("involvement-adviser");
    let console = keyline_domain::access::Actor::Console;
    set_duty(t.cx, &console, t.cast.id("involvement-adviser"), Duty::MessageHandler, true)
        .await
        .map_err(in_words)?;
    let there = tell_us::list(&mut t.cx.db.read().await?, Some(t.id)).await?;
    t.at_step("onsite-engagement", 200)?;
    if there.is_empty() {
        send(t, true, message("Made up: my worker listens. It took a year until I had one who stays."))
            .await?;
    }
    let all = tell_us::list(&mut t.cx.db.read().await?, Some(t.id)).await?;
    if let Some(first) = all.iter().find(|m| m.wish == Wish::Message && m.state == State::New) {
        let input = DecideMessage {
            inspection: Some(t.id),
            message: first.id,
            version: first.version,
            triage: Some(Triage::Voice),
            reply: "Thank you. What you say about workers who stay goes into the inspection.".to_owned(),
            concern: None,
        };
        decide_message(t.cx, &adviser, input).await.map_err(in_words)?;
    }
    if there.len() < 2 {
        let said = Said {
            wish: Wish::Conversation,
            talk: Some(Talk::Phone),
            with: Some(With::Volunteer),
            supporter: "my aunt".to_owned(),
            contact: "Made-up name, 01632 960 000".to_owned(),
            ..message("Made up: I would like to say how hearings feel.")
        };
        send(t, true, said).await?;
    }
    if tell_us::list(&mut t.cx.db.read().await?, None).await?.is_empty() {
        send(t, false, message("Made up: in our area nobody answers the telephone after four.")).await?;
    }
    Ok(())
}

fn message(text: &str) -> Said {
    Said {
        wish: Wish::Message,
        text: text.to_owned(),
        talk: None,
        with: None,
        supporter: String::new(),
        contact: String::new(),
    }
}

async fn send(t: &Teller<'_>, here: bool, said: Said) -> anyhow::Result<()> {
    let inspection = here.then_some(t.id);
    let input = SendMessage { inspection, once: Once::make(t.cx.random()), said };
    send_message(t.cx, input).await.map_err(in_words)?;
    Ok(())
}
