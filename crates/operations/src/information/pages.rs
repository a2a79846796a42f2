//! The pages: finding one, saving a text, restoring an earlier one, publishing.

use jiff::civil::Date;
use keyline_domain::access::{Actor, ServiceAction};
use keyline_domain::clock::day_of;
use keyline_domain::information::{PageText, note_problems};
use keyline_domain::programmes::{InformationPage, InformedAudience, Programme};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_store::information::{self as rows, Published, Version};
use keyline_store::{Source, Tx, audit, jobs};
use serde_json::json;

use super::compose::{Composed, compose};
use super::pdf;
use crate::context::Cx;
use crate::duties;
use crate::markdown::{self, Lost};
use crate::refused::{Refused, Result};

/// The programmes with pages, each in its newest version.
pub fn informed(cx: &Cx) -> Vec<&Programme> {
    let library = &cx.library;
    let newest = |p: &&Programme| library.latest(&p.id).is_some_and(|latest| latest.version == p.version);
    library.programmes().iter().filter(newest).filter(|p| !p.information.pages.is_empty()).collect()
}

/// A page of the library.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The newest version of its programme.
    pub programme: &'a Programme,
    /// For whom it is.
    pub audience: &'a InformedAudience,
    /// The page as its file has it.
    pub page: &'a InformationPage,
}

/// Finds a page by the three parts of its address.
///
/// # Errors
/// [`Refused::Hidden`] when there is none.
pub fn find<'a>(cx: &'a Cx, programme: &str, audience: &str, page: &str) -> Result<Found<'a>> {
    let programme = informed(cx).into_iter().find(|p| p.id == programme).ok_or(Refused::Hidden)?;
    let information = &programme.information;
    let page = information.page(audience, page).ok_or(Refused::Hidden)?;
    let audience = information.audience(audience).ok_or(Refused::Hidden)?;
    Ok(Found { programme, audience, page })
}

/// The hash of the file's text, by which one sees that it has changed since an edit.
fn base_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// Whether the file's text is another than when this version was saved.
pub fn file_changed(page: &InformationPage, version: &Version) -> bool {
    // Versions from before titles could be changed are compared by what they are a version of.
    let text = if version.headed.is_some() { page.text.whole() } else { page.text.body.clone() };
    version.base != base_of(&text)
}

/// What a version says, with the title and summary of the file where it has none of its own.
pub fn text_of(page: &InformationPage, version: &Version) -> PageText {
    headed(page, version.headed.as_ref(), &version.body)
}

fn headed(page: &InformationPage, headed: Option<&(String, String)>, body: &str) -> PageText {
    let (title, summary) =
        headed.map_or((&page.text.title, &page.text.summary), |(title, summary)| (title, summary));
    PageText { title: title.clone(), summary: summary.clone(), body: body.to_owned() }
}

/// What was published of a page, among the published texts of its programme.
fn published_of<'p>(page: &InformationPage, published: &'p [Published]) -> Option<&'p Published> {
    published.iter().find(|p| p.page == page.name())
}

fn read_of(page: &InformationPage, of: Option<&Published>) -> PageText {
    of.map_or_else(|| page.text.clone(), |of| headed(page, of.headed.as_ref(), &of.body))
}

/// What the public reads of a page. `published` are the published texts of the programme.
pub fn public_text(page: &InformationPage, published: &[Published]) -> PageText {
    read_of(page, published_of(page, published))
}

/// The page as the public reads it, with the day of its last change. `published` are the published texts of the programme.
pub fn published_page(cx: &Cx, found: Found<'_>, published: &[Published]) -> (Composed, Date) {
    let of = published_of(found.page, published);
    let day = of.map_or(found.page.changed, |of| day_of(of.at));
    (compose(cx, found, &read_of(found.page, of), (day, of.is_none())), day)
}

/// Saves the text of a page.
#[derive(Debug, Clone)]
pub struct SavePage {
    /// Id of the programme.
    pub programme: String,
    /// Key of the audience.
    pub audience: String,
    /// Key of the page.
    pub page: String,
    /// What it is to say.
    pub text: PageText,
    /// The number of the version that was read; 0 for the file's.
    pub version: i64,
}

/// Keeps the text as the next version of the page, for nobody but editors; gives its number, or that of the latest when
/// it says the same. Audit entry `information.saved`.
///
/// # Errors
/// [`Refused::Hidden`] unless the actor may edit pages; [`Refused::Stale`] with the other's text when somebody saved in
/// between; [`Refused::Fields`] for a text that is too long, that names what stands for nothing, or that holds a picture or a
/// link that would vanish.
pub async fn save_page(cx: &Cx, actor: &Actor, input: SavePage) -> Result<i64> {
    let (mut tx, by) = duties::begin(cx, actor, ServiceAction::EditPages).await?;
    let found = find(cx, &input.programme, &input.audience, &input.page)?;
    let (latest, stands) = latest(&mut tx, found, input.version).await?;
    let text = input.text.tidied();
    let problems = problems(cx, found, &text);
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    if text == stands.tidied() {
        return Ok(latest);
    }
    add(cx, &mut tx, (actor, by), found, (latest + 1, None), &text).await?;
    tx.commit().await?;
    Ok(latest + 1)
}

/// Takes an earlier text of a page up again.
#[derive(Debug, Clone)]
pub struct RestorePage {
    /// Id of the programme.
    pub programme: String,
    /// Key of the audience.
    pub audience: String,
    /// Key of the page.
    pub page: String,
    /// The version to take up; 0 for the file's.
    pub number: i64,
    /// The number of the latest version that was seen.
    pub version: i64,
}

/// Makes an earlier text the latest version, without publishing it; gives its number. Audit entry `information.restored`.
///
/// # Errors
/// [`Refused::Hidden`] unless the actor may edit pages and there is such a version; [`Refused::Stale`] when somebody saved
/// in between.
pub async fn restore_page(cx: &Cx, actor: &Actor, input: RestorePage) -> Result<i64> {
    let (mut tx, by) = duties::begin(cx, actor, ServiceAction::EditPages).await?;
    let found = find(cx, &input.programme, &input.audience, &input.page)?;
    let (latest, _) = latest(&mut tx, found, input.version).await?;
    let text = if input.number == 0 {
        found.page.text.clone()
    } else {
        let all = rows::versions(&mut tx, &found.programme.id, &found.page.name()).await?;
        text_of(found.page, all.iter().find(|v| v.number == input.number).ok_or(Refused::Hidden)?)
    };
    add(cx, &mut tx, (actor, by), found, (latest + 1, Some(input.number)), &text).await?;
    tx.commit().await?;
    Ok(latest + 1)
}

/// Puts the latest text of a page before the public.
#[derive(Debug, Clone)]
pub struct PublishPage {
    /// Id of the programme.
    pub programme: String,
    /// Key of the audience.
    pub audience: String,
    /// Key of the page.
    pub page: String,
    /// The number of the version that was read and is meant.
    pub version: i64,
    /// What changed, for colleagues.
    pub note: String,
    /// That it may be published although it is harder to read than the programme wants.
    pub although_hard: bool,
}

/// Publishes the latest version of a page, and has its PDF set. Audit entry `information.published`.
///
/// # Errors
/// [`Refused::Hidden`] unless the actor may publish pages; [`Refused::Stale`] when somebody saved in between;
/// [`Refused::NotNow`] when that version is public already, or nothing was ever saved; [`Refused::Fields`] without a note,
/// and for a text that is too hard to read unless that is accepted.
pub async fn publish_page(cx: &Cx, actor: &Actor, input: PublishPage) -> Result<()> {
    let (mut tx, by) = duties::begin(cx, actor, ServiceAction::PublishPages).await?;
    let found = find(cx, &input.programme, &input.audience, &input.page)?;
    let (number, text) = latest(&mut tx, found, input.version).await?;
    let name = found.page.name();
    let before = rows::publications(&mut tx, &found.programme.id).await?;
    let before = before.into_iter().find(|p| p.page == name);
    if before.as_ref().map_or(0, |p| p.number) == number {
        return Err(Refused::reason("information-public-already"));
    }
    // The file's text may have been edited by hand since this version was saved: what it names is checked once more.
    let mut problems = note_problems(&input.note);
    problems.extend(self::problems(cx, found, &text));
    let grade = draft(cx, found, &text).readability.map(|r| r.grade);
    let most = found.audience.hardest_grade;
    let hard = grade.is_some_and(|grade| grade > f64::from(most));
    if hard && !input.although_hard {
        problems
            .push(FieldProblem::new("although_hard", Reason::new("information-too-hard").with("most", most)));
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let (now, turn) = (cx.now(), before.map_or(1, |p| p.turn + 1));
    let key = (found.programme.id.as_str(), name.as_str());
    rows::publish(&mut tx, key, (turn, number), input.note.trim(), by, now).await?;
    let detail = json!({ "number": number, "note": input.note.trim(), "although_hard": hard });
    audit::add(&mut tx, now, None, actor, "information.published", &subject(found), &detail).await?;
    jobs::enqueue(&mut tx, now, cx.random(), pdf::KIND, &json!(pdf::Payload::of(found)), now).await?;
    Ok(tx.commit().await?)
}

/// A text that is not public, as it would read.
pub fn draft(cx: &Cx, found: Found<'_>, text: &PageText) -> Composed {
    compose(cx, found, text, (cx.today(), false))
}

fn subject(found: Found<'_>) -> String {
    format!("{}/{}", found.programme.id, found.page.name())
}

fn problems(cx: &Cx, found: Found<'_>, text: &PageText) -> Vec<FieldProblem> {
    let mut problems = text.problems();
    problems.extend(lost_problems(&text.body));
    if problems.is_empty() {
        // What would make the page unusable for somebody: a heading that skips a level, a link that leads nowhere.
        let faults = draft(cx, found, text).document.faults();
        problems.extend(
            faults.iter().map(|fault| {
                FieldProblem::new("body", Reason::new("information-fault").with("fault", fault))
            }),
        );
    }
    problems
}

/// What in a text would vanish, each as a fault of its field: a picture, a link that leads nowhere.
pub(super) fn lost_problems(body: &str) -> Vec<FieldProblem> {
    let problem = |lost| {
        let (key, address) = match lost {
            Lost::Picture(address) => ("information-lost-picture", address),
            Lost::Link(address) => ("information-lost-link", address),
            Lost::LinkInTable(address) => ("information-lost-link-in-table", address),
        };
        FieldProblem::new("body", Reason::new(key).with("address", address))
    };
    markdown::lost(body).into_iter().map(problem).collect()
}

/// The number and the text of the latest version, refusing when it is not the one that was read.
async fn latest(source: &mut impl Source, found: Found<'_>, read: i64) -> Result<(i64, PageText)> {
    let latest = rows::versions(source, &found.programme.id, &found.page.name()).await?.into_iter().next();
    match latest {
        Some(version) if version.number != read => Err(Refused::Stale {
            theirs: text_of(found.page, &version).whole(),
            by: version.saved_by,
            version: version.number,
        }),
        Some(version) => Ok((version.number, text_of(found.page, &version))),
        None if read == 0 => Ok((0, found.page.text.clone())),
        // A number that never was: the form is not ours.
        None => Err(Refused::Hidden),
    }
}

async fn add(
    cx: &Cx,
    tx: &mut Tx,
    (actor, by): (&Actor, keyline_domain::ids::PersonId),
    found: Found<'_>,
    (number, restored): (i64, Option<i64>),
    text: &PageText,
) -> Result<()> {
    let (now, name) = (cx.now(), found.page.name());
    let key = (found.programme.id.as_str(), name.as_str());
    rows::add_version(tx, key, (number, restored), (text, &base_of(&found.page.text.whole())), by, now)
        .await?;
    let (action, detail) = match restored {
        Some(from) => ("information.restored", json!({ "number": number, "from": from })),
        None => ("information.saved", json!({ "number": number })),
    };
    audit::add(tx, now, None, actor, action, &subject(found), &detail).await?;
    Ok(())
}
