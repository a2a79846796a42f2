//! A part that arrives: sealed as it comes, kept piece by piece, and what has come is kept when it breaks off.
//!
//! While what was gathered is hashed and sealed, more is gathered. A part without a checksum is kept as it comes: each full
//! piece is brought to the disk while the next one arrives, and then counted. A part with a checksum is counted as a whole when the checksum agrees, or not at all.

use jiff::Timestamp;
use keyline_domain::access::{Action, Actor};
use keyline_domain::ids::{DocumentId, InspectionId, UploadId};
use keyline_store::documents::{Arriving, Documents, Piece, Spooled};
use keyline_store::returns::{Upload, add_pieces, pieces_of};
use sha2::Digest;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::digests::{Checksum, Digests};
use super::gathering::{Counted, Gathered};
use super::{finish, look_at_upload, until};
use crate::context::Cx;
use crate::refused::Refused;

/// How many turns are sealed at once, over all uploads: more would take memory and no processor is free for them.
static SEALING: Semaphore = Semaphore::const_new(2);
/// How many pieces are brought to the disk at once, over all uploads: it takes them one after the other anyway, and each one
/// that waits there takes a thread with its memory.
static PLACING: Semaphore = Semaphore::const_new(4);
/// How many uploads become documents at once, for the same reason.
static FINISHING: Semaphore = Semaphore::const_new(2);

/// Why a part was not taken, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum PartRefused {
    /// It does not begin where the upload stands.
    #[error("the upload stands elsewhere")]
    Elsewhere,
    /// It goes on behind the end of the file that was said.
    #[error("more came than the file has")]
    TooLong,
    /// It is not what its checksum says: nothing of it was kept.
    #[error("the checksum does not agree")]
    Checksum,
    /// What any verb may be refused for.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<keyline_store::Error> for PartRefused {
    fn from(error: keyline_store::Error) -> Self {
        match error {
            keyline_store::Error::Stale => Self::Elsewhere,
            error => Self::Refused(error.into()),
        }
    }
}

/// What became of a part.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Bytes of the upload that have come, durably.
    pub received: u64,
    /// When it is given up unless more comes.
    pub expires_at: Timestamp,
    /// The document, when this was the last part.
    pub document: Option<DocumentId>,
}

/// A part that is arriving.
#[derive(Debug)]
pub struct Part {
    pub(super) cx: Cx,
    pub(super) actor: Actor,
    pub(super) upload: Upload,
    /// Where the rows say that the upload stands.
    pub(super) counted: u64,
    // At work on what was gathered last, or done with it.
    sealing: JoinHandle<keyline_store::Result<Sealing>>,
    with_checksum: bool,
    gathered: Gathered,
    _arriving: Counted,
    came: u64,
    // Full pieces of a part with a checksum.
    waiting: Vec<Spooled>,
    settling: Option<JoinHandle<std::result::Result<Option<Settled>, PartRefused>>>,
}

/// Up to where the rows count an upload, and until when it waits for more.
#[derive(Debug)]
struct Settled {
    counted: u64,
    expires_at: Timestamp,
}

/// Counts pieces that are in their place.
#[derive(Debug)]
struct Counter {
    cx: Cx,
    actor: Actor,
    upload: UploadId,
    inspection: InspectionId,
}

/// Brings a piece to its place, durably.
async fn place(documents: &Documents, spooled: Spooled) -> std::result::Result<Piece, PartRefused> {
    // It is never closed.
    let _turn = PLACING.acquire().await;
    Ok(documents.place(spooled).await?)
}

impl Counter {
    async fn count(&self, pieces: &[Piece]) -> std::result::Result<Option<Settled>, PartRefused> {
        let Some(last) = pieces.last() else { return Ok(None) };
        // A long part may outlive the right to send it.
        self.cx.grant(&self.actor, self.inspection, Action::UploadDocument).await?;
        let expires_at = until(self.cx.now());
        let mut tx = self.cx.db.begin_apart().await?;
        add_pieces(&mut tx, self.upload, pieces, self.cx.documents.node(), expires_at).await?;
        tx.commit().await?;
        Ok(Some(Settled { counted: last.start + last.bytes, expires_at }))
    }
}

/// What each bit goes through: the hashes that somebody stated, and the sealed pieces.
#[derive(Debug)]
struct Sealing {
    arriving: Arriving,
    sha256: Option<sha2::Sha256>,
    checksum: Option<Checksum>,
    // What the next turn is gathered in: each upload has two that take turns.
    rooms: Vec<Vec<u8>>,
}

impl Sealing {
    async fn write(mut self, turn: Vec<Vec<u8>>) -> keyline_store::Result<Self> {
        for bit in &turn {
            if let Some(checksum) = &mut self.checksum {
                checksum.update(bit);
            }
            if let Some(sha256) = &mut self.sha256 {
                sha256.update(bit);
            }
        }
        // It is never closed.
        let processor = SEALING.acquire().await;
        (self.arriving, self.rooms) = self.arriving.write_from(turn).await?;
        drop(processor);
        Ok(self)
    }
}

/// Begins to take a part of an upload that begins at `offset`.
///
/// # Errors
/// [`PartRefused::Elsewhere`] when the upload stands elsewhere; [`Refused::Hidden`] when it is not this person's.
pub async fn begin_part(
    cx: &Cx,
    actor: &Actor,
    inspection: InspectionId,
    upload: UploadId,
    offset: u64,
    checksum: Option<Checksum>,
) -> std::result::Result<Part, PartRefused> {
    let upload = look_at_upload(cx, actor, inspection, upload).await?;
    if upload.received != offset || upload.document.is_some() {
        return Err(PartRefused::Elsewhere);
    }
    let with_sha256 = upload.sha256.is_some();
    let digests = match cx.running_uploads().take(upload.id, offset) {
        Some(digests) => digests,
        None if offset == 0 => Digests::new(with_sha256),
        None => {
            let (pieces, _) = pieces_of(&mut cx.read().await?, upload.id).await?;
            Digests::of(cx.documents.content_of(&pieces), with_sha256).await?
        }
    };
    let arriving = cx.documents.arriving_on(&upload.id.to_string(), offset, digests.blake3);
    let sealing = Sealing { arriving, sha256: digests.sha256, checksum, rooms: Vec::new() };
    Ok(Part {
        cx: cx.clone(),
        actor: actor.clone(),
        counted: offset,
        with_checksum: sealing.checksum.is_some(),
        sealing: tokio::spawn(async move { Ok(sealing) }),
        gathered: Gathered::default(),
        _arriving: Counted::one(),
        came: 0,
        waiting: Vec::new(),
        settling: None,
        upload,
    })
}

impl Part {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`PartRefused::TooLong`] when they go behind the end; the part is then over, and what came before is kept as far
    /// as it is counted.
    pub async fn take(mut self, mut bytes: &[u8]) -> std::result::Result<Self, PartRefused> {
        self.came += bytes.len() as u64;
        if self.upload.received + self.came > self.upload.bytes {
            return Err(PartRefused::TooLong);
        }
        while !bytes.is_empty() {
            bytes = self.gathered.add(bytes);
            if self.gathered.is_enough() {
                let mut sealing = self.rest().await?;
                let turn = self.gathered.swap(std::mem::take(&mut sealing.rooms));
                let whole = sealing.arriving.take_whole();
                self.sealing = tokio::spawn(sealing.write(turn));
                self.keep(whole).await?;
            }
        }
        Ok(self)
    }

    // Waits for what is being sealed.
    async fn rest(&mut self) -> std::result::Result<Sealing, PartRefused> {
        Ok((&mut self.sealing).await.map_err(Refused::fault)??)
    }

    // Seals what is gathered at the end.
    async fn last(&mut self) -> std::result::Result<Sealing, PartRefused> {
        let turn = self.gathered.swap(Vec::new());
        let mut sealing = self.rest().await?.write(turn).await?;
        let whole = sealing.arriving.take_whole();
        self.keep(whole).await?;
        Ok(sealing)
    }

    async fn keep(&mut self, whole: Vec<Spooled>) -> std::result::Result<(), PartRefused> {
        if self.with_checksum {
            self.waiting.extend(whole);
            return Ok(());
        }
        for spooled in whole {
            self.settle().await?;
            // The last bytes of all are counted with the document that they make.
            if self.upload.received + self.came == self.upload.bytes {
                self.waiting.push(spooled);
            } else {
                let counter = self.counter();
                self.settling = Some(tokio::spawn(async move {
                    let piece = place(&counter.cx.documents, spooled).await?;
                    counter.count(&[piece]).await
                }));
            }
        }
        Ok(())
    }

    // Waits for the piece that is being brought to the disk and counted.
    async fn settle(&mut self) -> std::result::Result<(), PartRefused> {
        if let Some(settling) = self.settling.take() {
            let settled = settling.await.map_err(Refused::fault)??;
            self.note(settled);
        }
        Ok(())
    }

    fn note(&mut self, settled: Option<Settled>) {
        if let Some(settled) = settled {
            self.counted = settled.counted;
            self.upload.expires_at = settled.expires_at;
        }
    }

    fn counter(&self) -> Counter {
        let (cx, actor) = (self.cx.clone(), self.actor.clone());
        Counter { cx, actor, upload: self.upload.id, inspection: self.upload.inspection }
    }

    /// The part has come to its end.
    ///
    /// # Errors
    /// [`PartRefused::Checksum`] when it is not what was stated. When it was the last part, whatever the file is refused
    /// for: then the upload is gone.
    pub async fn finish(mut self) -> std::result::Result<Taken, PartRefused> {
        let mut sealing = self.last().await?;
        if sealing.checksum.take().is_some_and(|checksum| !checksum.agrees()) {
            return Err(PartRefused::Checksum);
        }
        Box::pin(self.end(sealing)).await
    }

    /// The part was broken off: what has come of it is kept, unless there is a checksum that cannot be asked any more.
    ///
    /// # Errors
    /// When it cannot be kept: the client sends it again.
    pub async fn broken_off(mut self) -> std::result::Result<(), PartRefused> {
        if self.with_checksum {
            return Ok(());
        }
        let sealing = self.last().await?;
        Box::pin(self.end(sealing)).await.map(|_| ())
    }

    async fn end(mut self, sealing: Sealing) -> std::result::Result<Taken, PartRefused> {
        self.settle().await?;
        let digests = Digests {
            bytes: self.upload.received + self.came,
            blake3: sealing.arriving.hasher().clone(),
            sha256: sealing.sha256,
        };
        // A part of which something went astray is not believed to be whole.
        if sealing.arriving.bytes() != self.came {
            let (came, kept) = (self.came, sealing.arriving.bytes());
            return Err(
                Refused::fault(anyhow::anyhow!("{kept} of {came} bytes of a part were sealed")).into()
            );
        }
        let mut spooled = std::mem::take(&mut self.waiting);
        let documents = self.cx.documents.clone();
        // It is never closed.
        let processor = SEALING.acquire().await;
        spooled.extend(sealing.arriving.close().await?);
        drop(processor);
        let mut pieces = Vec::new();
        for spooled in spooled {
            pieces.push(place(&documents, spooled).await?);
        }
        if digests.bytes == self.upload.bytes {
            let _turn = FINISHING.acquire().await;
            return finish::finish(self, pieces, digests).await;
        }
        let settled = self.counter().count(&pieces).await?;
        self.note(settled);
        self.cx.running_uploads().remember(self.upload.id, digests);
        Ok(Taken { received: self.counted, expires_at: self.upload.expires_at, document: None })
    }
}

/// What the rest of the module answers.
pub(super) type PartResult = std::result::Result<Taken, PartRefused>;
