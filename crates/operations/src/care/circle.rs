//! Who may read what. A text is sealed to the circle of what it belongs to, at the moment it is written; when the circle
//! changes, whoever can open it gives its key on ([`share`]), and those who left lose theirs.

use keyline_domain::access::{Actor, Duty, Role};
use keyline_domain::concerns::way::Stage;
use keyline_domain::ids::{InspectionId, PersonId};
use keyline_store::care::seals::{PublicKey, SecretKey};
use keyline_store::care::texts::{self, Holder, SealedText};
use keyline_store::care::{keys, recovery};
use keyline_store::{Source, Tx, concerns, duties, tell_us, volunteers};
use zeroize::Zeroizing;

use crate::context::Cx;
use crate::refused::{Refused, Result};

/// Who holds the texts of concerns.
const OF_CONCERNS: &[Role] = &[Role::Lead, Role::Depute, Role::ServiceManager];
/// Who holds the messages of an inspected area.
const OF_MESSAGES: &[Role] = &[Role::Lead, Role::Depute, Role::InvolvementAdviser];

/// Everybody who may hold what belongs to an owner: those without a key among them.
async fn people(source: &mut impl Source, owner: &str) -> Result<Vec<(PersonId, Option<PublicKey>)>> {
    if let Ok(id) = owner.parse()
        && let Some(concern) = concerns::find_any(source, id).await?
    {
        return of_concern(source, concern.inspection, concern.stage, concern.handed_at.is_some()).await;
    }
    if let Ok(id) = owner.parse()
        && let Some(message) = tell_us::find(source, id).await?
    {
        return of_message(source, message.inspection).await;
    }
    if let Ok(id) = owner.parse()
        && volunteers::find(source, id).await?.is_some()
    {
        return Ok(duties::holders(source, Duty::VolunteerLead).await?);
    }
    Ok(Vec::new())
}

async fn of_concern(
    source: &mut impl Source,
    inspection: InspectionId,
    stage: Stage,
    handed: bool,
) -> Result<Vec<(PersonId, Option<PublicKey>)>> {
    let mut roles = OF_CONCERNS.to_vec();
    // The local lead reads from the hand-over on, and not one moment before.
    if handed && stage != Stage::PassedOn {
        roles.push(Role::LocalLeadForConcerns);
    }
    let all = keys::holders(source, inspection, &roles).await?;
    Ok(all.into_iter().map(|(person, _, public)| (person, public)).collect())
}

async fn of_message(
    source: &mut impl Source,
    inspection: Option<InspectionId>,
) -> Result<Vec<(PersonId, Option<PublicKey>)>> {
    Ok(match inspection {
        Some(inspection) => keys::holders(source, inspection, OF_MESSAGES)
            .await?
            .into_iter()
            .map(|(person, _, public)| (person, public))
            .collect(),
        None => duties::holders(source, Duty::MessageHandler).await?,
    })
}

async fn with_recovery(
    source: &mut impl Source,
    people: Vec<(PersonId, Option<PublicKey>)>,
) -> Result<Vec<(Holder, PublicKey)>> {
    let mut holders: Vec<_> = people
        .into_iter()
        .filter_map(|(person, public)| public.map(|public| (Holder::Person(person), public)))
        .collect();
    if let Some((generation, public)) = recovery::current(source).await? {
        holders.push((Holder::Recovery(generation), public));
    }
    holders.dedup_by(|a, b| a.0 == b.0);
    Ok(holders)
}

/// To whom a text of a concern is sealed.
pub(crate) async fn holders_of_concern(
    source: &mut impl Source,
    inspection: InspectionId,
    stage: Stage,
    handed: bool,
) -> Result<Vec<(Holder, PublicKey)>> {
    let people = of_concern(source, inspection, stage, handed).await?;
    with_recovery(source, people).await
}

/// To whom a text of a message is sealed, beside whoever has its receipt.
pub(crate) async fn holders_of_message(
    source: &mut impl Source,
    inspection: Option<InspectionId>,
) -> Result<Vec<(Holder, PublicKey)>> {
    let people = of_message(source, inspection).await?;
    with_recovery(source, people).await
}

/// To whom what a volunteer wrote is sealed.
pub(crate) async fn holders_of_volunteer(source: &mut impl Source) -> Result<Vec<(Holder, PublicKey)>> {
    let people = duties::holders(source, Duty::VolunteerLead).await?;
    with_recovery(source, people).await
}

/// A text that was opened.
pub struct OpenedText {
    /// Which text it is (`1-raise`).
    pub part: String,
    /// What it says. Wiped when it is dropped.
    pub text: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for OpenedText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpenedText(…)")
    }
}

/// Opens the texts of an owner with a secret; what was never sealed to it is left out.
pub(crate) async fn open_all(
    source: &mut impl Source,
    owner: &str,
    holder: &Holder,
    secret: &SecretKey,
) -> Result<Vec<(SealedText, OpenedText)>> {
    let wrapped = texts::keys_of(source, owner, holder).await?;
    let mut opened = Vec::new();
    for text in texts::list(source, owner).await? {
        let Some((_, wrapped)) = wrapped.iter().find(|(id, _)| *id == text.id) else { continue };
        let key = texts::key_with(secret, text.id, wrapped)?;
        let said = OpenedText { part: text.part.clone(), text: key.open(&text)? };
        opened.push((text, said));
    }
    Ok(opened)
}

/// The secret of who acts, if it is unlocked in this session.
///
/// # Errors
/// [`Refused::NotNow`] with the reason that the key has to be unlocked, or made.
pub async fn opened(cx: &Cx, actor: &Actor, session: &str) -> Result<SecretKey> {
    let person = actor.person().ok_or(Refused::Hidden)?.id;
    match cx.keyring().get(session, person, cx.now()) {
        Some(secret) => Ok(secret),
        None if super::keys::has_key(cx, person).await? => Err(Refused::reason("care-locked")),
        None => Err(Refused::reason("care-no-key")),
    }
}

/// Gives the keys of everything that a person can open to those of its circle who lack them, and takes them from those
/// who left it. A text that a person of the circle holds is held by the key of the installation no longer, but for what
/// whoever raised a concern is asked.
pub(crate) async fn share(cx: &Cx, tx: &mut Tx, person: PersonId, secret: &SecretKey) -> Result<()> {
    for owner in texts::owners_held(tx, &Holder::Person(person)).await? {
        share_owner(cx, tx, &owner, &Holder::Person(person), secret).await?;
    }
    Ok(())
}

/// The same for one owner.
pub(crate) async fn share_owner(
    cx: &Cx,
    tx: &mut Tx,
    owner: &str,
    holder: &Holder,
    secret: &SecretKey,
) -> Result<()> {
    let circle = people(tx, owner).await?;
    let members: Vec<String> = circle.iter().map(|(p, _)| p.to_string()).collect();
    let wanted = with_recovery(tx, circle).await?;
    for (id, wrapped) in texts::keys_of(tx, owner, holder).await? {
        let held = texts::holders_of(tx, id).await?;
        let lacking: Vec<_> = wanted.iter().filter(|(h, _)| !held.contains(&h.to_string())).collect();
        if !lacking.is_empty() {
            let key = texts::key_with(secret, id, &wrapped)?;
            for (holder, public) in lacking {
                texts::give(tx, id, holder, &key.to(id, public, cx.random())?).await?;
            }
        }
        // Somebody of the circle has it: whoever left has no business with it any more.
        if wanted.iter().any(|(h, _)| matches!(h, Holder::Person(_))) {
            for gone in held.iter().filter(|h| h.starts_with("per_") && !members.contains(h)) {
                texts::take(tx, id, gone).await?;
            }
        }
    }
    Ok(())
}

/// Gives a person who has just made a key what so far only the installation holds and the person may read.
pub(crate) async fn from_installation(cx: &Cx, tx: &mut Tx, person: PersonId) -> Result<()> {
    for owner in texts::owners_held(tx, &Holder::Installation).await? {
        let circle = people(tx, &owner).await?;
        if !circle.iter().any(|(p, _)| *p == person) {
            continue;
        }
        let wanted = with_recovery(tx, circle).await?;
        // Somebody named before making a key opens nothing yet: the installation must not let go of what nobody else holds.
        if !wanted.iter().any(|(holder, _)| matches!(holder, Holder::Person(_))) {
            continue;
        }
        let parts = texts::list(tx, &owner).await?;
        for (id, wrapped) in texts::keys_of(tx, &owner, &Holder::Installation).await? {
            let key = texts::key_of_installation(&cx.vault, id, &wrapped)?;
            for (holder, public) in &wanted {
                texts::give(tx, id, holder, &key.to(id, public, cx.random())?).await?;
            }
            // What whoever raised a concern is asked stays readable to them, who need no key.
            let asked = parts.iter().any(|p| p.id == id && p.part.ends_with("-ask-more"));
            if !asked {
                texts::take(tx, id, &Holder::Installation.to_string()).await?;
            }
        }
    }
    Ok(())
}
