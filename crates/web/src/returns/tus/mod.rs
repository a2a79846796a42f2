//! Documents that come in parts, by tus 1.0: an upload is made with POST, sent with PATCH, asked for with HEAD, and given
//! up with DELETE. What is supported beside the core: creation, creation-with-upload, expiration, checksum, termination.
//!
//! Answers of the protocol have no page: a status, its headers, and for a refusal one sentence for a person. A part is
//! received in a task of its own, so that a connection that ends does not take with it what has come.

mod headers;

use axum::body::{Body, HttpBody};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use keyline_domain::ids::{InspectionId, RequestId, UploadId};
use keyline_operations::Refused;
use keyline_operations::returns::{
    BeginUpload, Part, PartRefused, Taken, UPLOAD_LIMIT, begin_part, begin_upload, give_up_upload,
    look_at_upload,
};
use keyline_store::returns::Upload;

use self::headers::{Said, checksum, metadata, number, understood};
use crate::frame::{AsItIs, PageError, Scope, Visitor};

/// The version of the protocol.
const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const EXTENSIONS: HeaderValue =
    HeaderValue::from_static("creation,creation-with-upload,expiration,checksum,termination");
const ALGORITHMS: HeaderValue = HeaderValue::from_static("sha1,sha256,blake3");

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");

type At = Path<(String, String)>;

/// An answer that is no page: a refusal in the protocol's terms.
pub(super) struct Not(Box<Response>);

type Answer = Result<Response, Not>;

impl IntoResponse for Not {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl Not {
    fn bare(status: StatusCode) -> Self {
        Self(Box::new(answer(status)))
    }

    fn saying(status: StatusCode, sentence: String) -> Self {
        let mut response = (status, sentence).into_response();
        response.headers_mut().insert(RESUMABLE, VERSION);
        response.extensions_mut().insert(AsItIs);
        Self(Box::new(response))
    }

    fn refused(visitor: &Visitor, refused: Refused) -> Self {
        let (status, reason) = match refused {
            Refused::Hidden | Refused::DeclareFirst => return Self::bare(StatusCode::NOT_FOUND),
            Refused::Fields(problems) => {
                let first = problems.into_iter().next().map(|problem| problem.reason);
                let large = first.as_ref().is_some_and(|reason| reason.key == "upload-too-large");
                (if large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY }, first)
            }
            Refused::NotNow(reasons) => {
                let first = reasons.into_iter().next();
                let away = first.as_ref().is_some_and(|reason| reason.key == "documents-away");
                // Clients send again what met 503; a conflict would be one about the offset.
                (if away { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::FORBIDDEN }, first)
            }
            Refused::Full => {
                let full = visitor.words().t("disk-full");
                return Self::saying(StatusCode::INSUFFICIENT_STORAGE, full);
            }
            // Logged where every fault is.
            other @ (Refused::Stale { .. } | Refused::Fault(_)) => {
                return Self(Box::new(PageError::from(other).into_response()));
            }
        };
        Self::saying(status, reason.map(|reason| visitor.sentence(&reason)).unwrap_or_default())
    }

    fn part(visitor: &Visitor, refused: PartRefused) -> Self {
        match refused {
            PartRefused::Elsewhere => Self::bare(StatusCode::CONFLICT),
            PartRefused::TooLong => Self::bare(StatusCode::PAYLOAD_TOO_LARGE),
            PartRefused::Checksum => Self::bare(headers::CHECKSUM_MISMATCH),
            PartRefused::Refused(refused) => Self::refused(visitor, refused),
        }
    }
}

fn answer(status: StatusCode) -> Response {
    let mut response = status.into_response();
    response.headers_mut().insert(RESUMABLE, VERSION);
    response.extensions_mut().insert(AsItIs);
    response
}

/// What is supported.
pub(super) async fn options() -> Response {
    let mut response = answer(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("tus-version"), VERSION);
    headers.insert(HeaderName::from_static("tus-extension"), EXTENSIONS);
    headers.insert(HeaderName::from_static("tus-checksum-algorithm"), ALGORITHMS);
    headers.insert(MAX_SIZE, HeaderValue::from(UPLOAD_LIMIT));
    response
}

/// Makes an upload, and takes its first part if one came with it.
pub(super) async fn create(
    visitor: Visitor,
    scope: Scope,
    Path((_, request)): At,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    understood(&headers)?;
    let request: RequestId = request.parse().map_err(|_| Not::bare(StatusCode::NOT_FOUND))?;
    let bytes = number(&headers, &LENGTH)?;
    if bytes > UPLOAD_LIMIT {
        return Err(Not::bare(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let Said { text, name, sha256 } = metadata(&headers)?;
    let with_part = headers::is_part(&headers);
    let checksum = if with_part { checksum(&headers)? } else { None };
    let inspection = scope.grant.inspection();
    let input = BeginUpload { inspection, request, name, bytes, metadata: text, sha256 };
    let begun = begin_upload(visitor.cx(), visitor.actor(), input).await;
    let upload = begun.map_err(|refused| Not::refused(&visitor, refused))?;
    let mut response = answer(StatusCode::CREATED);
    let mut expires_at = upload.expires_at;
    if with_part {
        let part = begin_part(visitor.cx(), visitor.actor(), inspection, upload.id, 0, checksum).await;
        let part = part.map_err(|refused| Not::part(&visitor, refused))?;
        let taken = receive(&visitor, part, body).await?;
        expires_at = taken.expires_at;
        response.headers_mut().insert(OFFSET, HeaderValue::from(taken.received));
    }
    let headers = response.headers_mut();
    headers.insert(EXPIRES, headers::date(expires_at));
    let place = scope.href(&format!("returns/uploads/{}", upload.id));
    headers.insert(header::LOCATION, place.parse().map_err(|_| Not::bare(StatusCode::NOT_FOUND))?);
    Ok(response)
}

/// How much has come.
pub(super) async fn look(
    visitor: Visitor,
    scope: Scope,
    Path((_, upload)): At,
    headers: HeaderMap,
) -> Answer {
    understood(&headers)?;
    let upload = find(&visitor, scope.grant.inspection(), &upload).await?;
    let mut response = answer(StatusCode::OK);
    let headers = response.headers_mut();
    headers.insert(OFFSET, HeaderValue::from(upload.received));
    headers.insert(LENGTH, HeaderValue::from(upload.bytes));
    headers.insert(EXPIRES, headers::date(upload.expires_at));
    if let Ok(metadata) = HeaderValue::from_str(&upload.metadata)
        && !metadata.is_empty()
    {
        headers.insert(METADATA, metadata);
    }
    Ok(response)
}

/// Takes a part.
pub(super) async fn patch(
    visitor: Visitor,
    scope: Scope,
    Path((_, upload)): At,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    understood(&headers)?;
    if !headers::is_part(&headers) {
        return Err(Not::bare(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let offset = number(&headers, &OFFSET)?;
    let checksum = checksum(&headers)?;
    let inspection = scope.grant.inspection();
    let upload = find(&visitor, inspection, &upload).await?;
    let coming = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    let coming = coming.or_else(|| body.size_hint().exact());
    if offset == upload.received && coming.is_some_and(|coming| coming > upload.bytes - offset) {
        return Err(Not::bare(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let taken = if upload.document.is_some() && offset == upload.bytes && coming == Some(0) {
        Taken { received: upload.bytes, expires_at: upload.expires_at, document: upload.document }
    } else {
        let part = begin_part(visitor.cx(), visitor.actor(), inspection, upload.id, offset, checksum).await;
        receive(&visitor, part.map_err(|refused| Not::part(&visitor, refused))?, body).await?
    };
    let mut response = answer(StatusCode::NO_CONTENT);
    response.headers_mut().insert(OFFSET, HeaderValue::from(taken.received));
    response.headers_mut().insert(EXPIRES, headers::date(taken.expires_at));
    Ok(response)
}

/// Gives an upload up.
pub(super) async fn delete(
    visitor: Visitor,
    scope: Scope,
    Path((_, upload)): At,
    headers: HeaderMap,
) -> Answer {
    understood(&headers)?;
    let upload = id_of(&upload)?;
    let gone = give_up_upload(visitor.cx(), visitor.actor(), scope.grant.inspection(), upload).await;
    gone.map_err(|refused| Not::refused(&visitor, refused))?;
    Ok(answer(StatusCode::NO_CONTENT))
}

/// For clients whose network lets only GET and POST pass: the method stands in a header.
pub(super) async fn overridden(
    visitor: Visitor,
    scope: Scope,
    at: At,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    match headers.get("x-http-method-override").map(HeaderValue::as_bytes) {
        Some(b"PATCH") => patch(visitor, scope, at, headers, body).await,
        Some(b"DELETE") => delete(visitor, scope, at, headers).await,
        Some(b"HEAD") => look(visitor, scope, at, headers).await,
        _ => Err(Not::bare(StatusCode::METHOD_NOT_ALLOWED)),
    }
}

fn id_of(upload: &str) -> Result<UploadId, Not> {
    upload.parse().map_err(|_| Not::bare(StatusCode::NOT_FOUND))
}

async fn find(visitor: &Visitor, inspection: InspectionId, upload: &str) -> Result<Upload, Not> {
    let found = look_at_upload(visitor.cx(), visitor.actor(), inspection, id_of(upload)?).await;
    found.map_err(|refused| Not::refused(visitor, refused))
}

async fn receive(visitor: &Visitor, part: Part, body: Body) -> Result<Taken, Not> {
    // When the connection ends, whoever waits for the answer is dropped; the task goes on and keeps what has come.
    let received = tokio::spawn(take_all(part, body)).await;
    match received.map_err(|error| Not::refused(visitor, Refused::fault(error)))? {
        Ok(Some(taken)) => Ok(taken),
        // Nobody reads this.
        Ok(None) => Err(Not::bare(StatusCode::BAD_REQUEST)),
        Err(refused) => Err(Not::part(visitor, refused)),
    }
}

async fn take_all(mut part: Part, body: Body) -> Result<Option<Taken>, PartRefused> {
    let mut body = body.into_data_stream();
    loop {
        match body.next().await {
            Some(Ok(bytes)) => part = part.take(&bytes).await?,
            Some(Err(_)) => {
                Box::pin(part.broken_off()).await?;
                return Ok(None);
            }
            None => return Box::pin(part.finish()).await.map(Some),
        }
    }
}
