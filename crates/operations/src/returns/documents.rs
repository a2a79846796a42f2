//! Documents against requests: they come, or are not held; the team accepts them or sends them back; people open them.

use jiff::Timestamp;
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{DocumentId, InspectionId, RequestId};
use keyline_domain::inspections::way::Step;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::returns::Act;
use keyline_store::documents::{Arriving, Content};
use keyline_store::returns::{
    Check, Document, Request, add_document, documents_against, find_document, save_request,
};
use keyline_workbooks::{FileKind, Limits};
use serde_json::json;

use super::checks::{after_coming, check_wanted};
use super::kind::kind_of;
use super::reason;
use super::refusals::sentence;
use super::requests::at_version;
use crate::context::Cx;
use crate::identifiers;
use crate::refused::{Refused, Result};
use crate::work::Work;

/// Most bytes of a document.
pub const DOCUMENT_LIMIT: u64 = 100 * 1024 * 1024;

/// Most documents in one upload.
pub const MOST_FILES: usize = 20;

/// A file that has come and is not kept yet.
#[derive(Debug)]
pub struct Arrived {
    /// Its name as it was sent.
    pub name: String,
    /// Its content.
    pub content: Arriving,
}

impl Arrived {
    /// A file of these bytes, for callers that have them in memory.
    ///
    /// # Errors
    /// [`Refused::Full`] when the disk is full.
    pub async fn of_bytes(cx: &Cx, name: &str, bytes: Vec<u8>) -> Result<Self> {
        let content = cx.documents.arriving().write(bytes).await?;
        Ok(Self { name: name.to_owned(), content })
    }
}

/// Documents against a request.
#[derive(Debug)]
pub struct UploadDocuments {
    /// Where.
    pub inspection: InspectionId,
    /// The request.
    pub request: RequestId,
    /// The files: one at least.
    pub files: Vec<Arrived>,
}

/// Uploads documents against a request, all or none of them; more may follow until the team accepts. Audit entry
/// `document.uploaded` for each.
///
/// # Errors
/// [`Refused::Fields`] on `files`, naming each file that is refused and what to do; [`Refused::NotNow`] when the request
/// has been accepted.
pub async fn upload_documents(cx: &Cx, actor: &Actor, input: UploadDocuments) -> Result<Vec<DocumentId>> {
    // Refused before anything is kept.
    drop(cx.work(actor, input.inspection, Action::UploadDocument).await?);
    let kept = keep(cx, input.files).await?;
    let mut work = cx.work(actor, input.inspection, Action::UploadDocument).await?;
    let request = asked(&mut work, input.request).await?;
    let (now, by) = (work.now, work.grant.person_id());
    let documents = kept.into_iter().map(|kept| Document { uploaded_by: by, ..kept.document(cx, now) });
    let documents: Vec<Document> = documents.collect();
    let ids = documents.iter().map(|document| document.id).collect();
    add_all(cx, &mut work, &request, documents).await?;
    work.commit().await?;
    Ok(ids)
}

/// A file that was looked at and lies among the documents; no row names it yet.
pub(super) struct Kept {
    name: String,
    kind: FileKind,
    bytes: i64,
    digest: String,
    /// Some of it waits on the disk of this node for the object store.
    held: bool,
}

impl Kept {
    /// Its row, of nobody in particular.
    pub(super) fn document(self, cx: &Cx, now: Timestamp) -> Document {
        Document {
            id: DocumentId::new(now, cx.random()),
            name: self.name,
            version: 1,
            kind: self.kind.media_type().to_owned(),
            bytes: self.bytes,
            digest: self.digest,
            check: check_wanted(cx),
            held_by: self.held.then(|| cx.documents.node().to_owned()),
            uploaded_by: None,
            uploaded_at: now,
            delegation: None,
            origin: None,
        }
    }
}

/// Looks at files and keeps their content, all or none of them.
pub(super) async fn keep(cx: &Cx, files: Vec<Arrived>) -> Result<Vec<Kept>> {
    if files.is_empty() {
        return Err(Refused::field("files", "upload-missing"));
    }
    if files.len() > MOST_FILES {
        let reason = Reason::new("upload-too-many-files").with("limit", MOST_FILES);
        return Err(Refused::Fields(vec![FieldProblem::new("files", reason)]));
    }
    let mut looked_at: Vec<(String, Arriving, FileKind)> = Vec::new();
    let mut problems = Vec::new();
    for Arrived { name, content } in files {
        let limits = Limits { bytes: DOCUMENT_LIMIT, unpacked: 500 * 1024 * 1024, ..Limits::default() };
        let name = plain_name(&name);
        if let Some(reason) = wrong_name(&name) {
            problems.push(FieldProblem::new("files", reason));
            continue;
        }
        let (called, reader) = (name.clone(), cx.files.clone());
        let look = move |file: &mut Content| kind_of(&reader, file, &called, &limits);
        let (content, found) = content.look(look).await?;
        match found {
            Ok(kind) => looked_at.push((name, content, kind)),
            Err(refusal) => {
                problems.push(FieldProblem::new("files", sentence(&refusal).with("file", &name)));
            }
        }
    }
    if !problems.is_empty() {
        return Err(Refused::Fields(problems));
    }
    let mut kept = Vec::new();
    for (name, content, kind) in looked_at {
        let bytes = i64::try_from(content.bytes()).unwrap_or(i64::MAX);
        let keyline_store::documents::Kept { digest, held, .. } = content.keep().await?;
        kept.push(Kept { name, kind, bytes, digest, held });
    }
    Ok(kept)
}

/// Adds documents that came against a request; one of a name that came before is its next version. What is to happen
/// with the content of a document after it came is enqueued here.
pub(super) async fn add_all(
    cx: &Cx,
    work: &mut Work,
    request: &Request,
    documents: Vec<Document>,
) -> Result<()> {
    let state = request.state.after(Act::Send).map_err(Refused::reason)?;
    let (now, by, inspection) = (work.now, work.grant.person_id(), work.inspection_id());
    for document in documents {
        let version = add_document(&mut work.tx, inspection, &document, Some(request.id)).await?;
        let detail = json!({
            "request": request.id,
            "digest": document.digest,
            "bytes": document.bytes,
            "version": version,
        });
        work.record("document.uploaded", document.id, detail).await?;
        after_coming(cx, &mut work.tx, inspection, &document).await?;
    }
    Ok(save_request(&mut work.tx, request.id, state, None, by, now, request.version).await?)
}

/// The request, once documents may be sent.
pub(super) async fn asked(work: &mut Work, request: RequestId) -> Result<Request> {
    let request = at_version(work, request, None).await?;
    work.not_before(Step::UploadDocuments).await?;
    Ok(request)
}

/// That the partnership does not hold what was asked for.
#[derive(Debug, Clone)]
pub struct SayNotHeld {
    /// Where.
    pub inspection: InspectionId,
    /// The request.
    pub request: RequestId,
    /// Why.
    pub reason: String,
    /// The writer says that the reason identifies nobody, where that is doubtful.
    pub identifies_nobody: bool,
}

/// Says that a document is not held, with the reason. Audit entry `document.not-held`.
///
/// # Errors
/// [`Refused::Fields`] without a reason, or with one that identifies somebody; [`Refused::NotNow`] when documents have come
/// already or were accepted.
pub async fn say_not_held(cx: &Cx, actor: &Actor, input: SayNotHeld) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::UploadDocument).await?;
    let request = asked(&mut work, input.request).await?;
    let reason = reason::checked(&input.reason, Some("returns-problem-not-held"), input.identifies_nobody)?;
    let state = request.state.after(Act::SayNotHeld).map_err(Refused::reason)?;
    let (now, by) = (work.now, work.grant.person_id());
    save_request(&mut work.tx, request.id, state, Some(reason), by, now, request.version).await?;
    work.record("document.not-held", request.id, json!({ "reason": reason })).await?;
    work.commit().await
}

/// A decision of the team on what came.
#[derive(Debug, Clone)]
pub struct DecideDocuments {
    /// Where.
    pub inspection: InspectionId,
    /// The request.
    pub request: RequestId,
    /// Accepted, or sent back.
    pub accept: bool,
    /// What is wanted instead; wanted when sent back.
    pub reason: String,
    /// The writer says that the reason identifies nobody, where that is doubtful.
    pub identifies_nobody: bool,
    /// The version that was looked at; none takes what stands there.
    pub version: Option<i64>,
}

/// Accepts what came against a request, or sends it (or the statement that it is not held) back with a reason. Audit
/// entries `document.accepted` and `document.sent-back`.
///
/// # Errors
/// [`Refused::Fields`] as for [`say_not_held`]; [`Refused::NotNow`] when nothing waits for a decision; [`Refused::Stale`] when
/// it changed since it was looked at.
pub async fn decide_documents(cx: &Cx, actor: &Actor, input: DecideDocuments) -> Result<()> {
    let mut work = cx.work(actor, input.inspection, Action::DecideReturn).await?;
    let request = at_version(&mut work, input.request, input.version).await?;
    if input.accept {
        let grant = work.grant.clone();
        let standing = documents_against(&mut work.tx, &grant, request.id).await?;
        if standing.iter().any(|d| d.check == Check::Waiting) {
            return Err(Refused::reason("document-being-checked"));
        }
    }
    let act = if input.accept { Act::Accept } else { Act::SendBack };
    let state = request.state.after(act).map_err(Refused::reason)?;
    let missing = (!input.accept).then_some("problem-reason");
    let reason = reason::checked(&input.reason, missing, input.identifies_nobody)?;
    let action = if input.accept { "document.accepted" } else { "document.sent-back" };
    let said = Some(reason).filter(|r| !r.is_empty());
    let (now, by) = (work.now, work.grant.person_id());
    save_request(&mut work.tx, request.id, state, said, by, now, request.version).await?;
    work.record(action, request.id, json!({ "reason": said })).await?;
    work.commit().await
}

/// Opens a document: its row and its content, which is checked as it is read. Every opening is in the audit trail
/// (`document.opened`), since a return lists children.
///
/// # Errors
/// [`Refused::Hidden`] when it is not of this inspection, or was withdrawn; [`Refused::NotNow`] while it is being checked
/// for malicious software, when some was found, and while it cannot be reached.
pub async fn open_document(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    document: DocumentId,
) -> Result<(Document, Content)> {
    let mut work = cx.work(actor, inspection, Action::SeeReturns).await?;
    let grant = work.grant.clone();
    let row = find_document(&mut work.tx, &grant, document).await?.ok_or(Refused::Hidden)?;
    let content = content_of(cx, &row).await?;
    work.record("document.opened", document, json!({ "digest": row.digest })).await?;
    work.commit().await?;
    Ok((row, content))
}

/// Refuses a document that is closed because of what a scanner has said, or not said yet.
pub(super) fn openable(document: &Document) -> Result<()> {
    match document.check {
        Check::NotChecked | Check::Clean => Ok(()),
        Check::Waiting => Err(Refused::reason("document-being-checked")),
        Check::Infected(_) => Err(Refused::reason("document-infected")),
    }
}

/// The content of a document that may be opened.
///
/// # Errors
/// [`Refused::NotNow`] while it is being checked for malicious software, when some was found, and while it cannot be
/// reached.
pub(super) async fn content_of(cx: &Cx, document: &Document) -> Result<Content> {
    openable(document)?;
    match cx.documents.content(&document.digest).await {
        // It waits on the disk of another node.
        Err(keyline_store::Error::Document(_)) if document.held_by.is_some() => {
            Err(Refused::reason("document-being-moved"))
        }
        content => Ok(content?),
    }
}

/// The last part of a name that may be a path, without control characters and marks that turn its direction, at most 150
/// characters; its ending stays.
pub(super) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = last.chars().filter(|c| !c.is_control() && !turns(*c)).collect();
    let clean = clean.trim();
    let long = clean.chars().count();
    if long <= 150 {
        clean.to_owned()
    } else {
        format!("…{}", clean.chars().skip(long - 149).collect::<String>())
    }
}

/// Why a document cannot be called so: its name stands in lists that more people see than the document.
pub(super) fn wrong_name(name: &str) -> Option<Reason> {
    let words = name.replace('_', " ");
    identifiers::sure_in(&words).next().map(|_| Reason::new("upload-name-identifies").with("file", name))
}

#[cfg(test)]
mod tests {
    use super::{plain_name, wrong_name};

    #[test]
    fn a_name_that_says_whom_it_is_about_is_not_taken() {
        for name in ["1203101104.pdf", "Plan_CHI_1203101104.docx", "plan for someone@example.test.pdf"] {
            assert!(wrong_name(name).is_some(), "{name}");
        }
        for name in ["plan.txt", "Children's services plan 2026-2029.pdf", "minutes 2026-01-05 (final).docx"]
        {
            assert!(wrong_name(name).is_none(), "{name}");
        }
    }

    #[test]
    fn names_lose_their_path_and_their_tricks_and_keep_their_ending() {
        assert_eq!(plain_name("C:\\Users\\x\\plan.docx"), "plan.docx");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("plan\u{202e}xcod.exe"), "planxcod.exe");
        assert_eq!(plain_name("a\r\nb.pdf"), "ab.pdf");
        let long = plain_name(&format!("{}.pdf", "x".repeat(400)));
        assert_eq!((long.chars().count(), &long[long.len() - 4..]), (150, ".pdf"));
    }
}
