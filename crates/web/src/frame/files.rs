//! Forms that send files, read file by file as they arrive.
//!
//! What is too large is read to its end and thrown away: a server that answers and closes while the browser is still
//! sending shows nobody the answer, only a broken connection. The route has no limit of the whole body
//! ([`Routes::post_files`](super::Routes::post_files)); each file has the limit that its taker names, fields without a
//! file are not kept at all, and the time limit of a request ends what never ends.

use axum::body::Bytes;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use keyline_operations::Cx;
use keyline_store::documents::Arriving;

use super::PageError;

/// How much is gathered before it is written to the disk.
const BIT: usize = 256 * 1024;

/// The files of a form.
#[derive(Debug)]
pub struct Files(Multipart);

impl<S: Send + Sync> FromRequest<S> for Files {
    type Rejection = PageError;
    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        Multipart::from_request(request, state).await.map(Self).map_err(|_| unreadable())
    }
}

fn unreadable() -> PageError {
    PageError::bad_request("form-unreadable")
}

impl Files {
    /// The next part; `None` when all have come. What is not taken of one part is read and thrown away before the next.
    ///
    /// # Errors
    /// When the form breaks off or is none.
    pub async fn next(&mut self) -> Result<Option<File<'_>>, PageError> {
        let part = self.0.next_field().await.map_err(|_| unreadable())?;
        Ok(part.map(|part| File {
            field: part.name().unwrap_or_default().to_owned(),
            name: part.file_name().unwrap_or_default().to_owned(),
            part,
        }))
    }

    /// Lets the rest pass without keeping it, before an answer that does not need it.
    pub async fn drain(&mut self) {
        while let Ok(Some(_)) = self.0.next_field().await {}
    }
}

/// A file that is arriving. A field in which nobody chose a file comes without name and content.
#[derive(Debug)]
pub struct File<'a> {
    /// Name of its field in the form.
    pub field: String,
    /// Its name as it was sent; empty when nobody chose a file.
    pub name: String,
    part: Field<'a>,
}

impl File<'_> {
    /// The next bit; `None` at the end.
    async fn bit(&mut self) -> Result<Option<Bytes>, PageError> {
        self.part.chunk().await.map_err(|_| unreadable())
    }

    /// Takes the whole content into memory; `None` when it is more than `limit`.
    ///
    /// # Errors
    /// When the form breaks off.
    pub async fn bytes(mut self, limit: u64) -> Result<Option<Vec<u8>>, PageError> {
        let mut content = Some(Vec::new());
        while let Some(bit) = self.bit().await? {
            content = content.filter(|c| (c.len() + bit.len()) as u64 <= limit);
            if let Some(content) = &mut content {
                content.extend_from_slice(&bit);
            }
        }
        Ok(content)
    }

    /// Takes the content to the disk beside the documents; `None` when it is more than `limit`, and then nothing of it
    /// stays there.
    ///
    /// # Errors
    /// When the form breaks off, or the disk is full.
    pub async fn arrive(mut self, cx: &Cx, limit: u64) -> Result<Option<Arriving>, PageError> {
        let mut arriving = Some(cx.documents.arriving());
        let mut gathered = Vec::new();
        while let Some(bit) = self.bit().await? {
            let Some(file) = arriving.take() else { continue };
            if file.bytes() + (gathered.len() + bit.len()) as u64 > limit {
                gathered = Vec::new();
                continue;
            }
            gathered.extend_from_slice(&bit);
            arriving = Some(if gathered.len() < BIT {
                file
            } else {
                file.write(std::mem::take(&mut gathered)).await?
            });
        }
        match arriving {
            Some(file) => Ok(Some(file.write(gathered).await?)),
            None => Ok(None),
        }
    }
}
