//! The headers of the protocol, read and written.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use keyline_operations::returns::Checksum;

use super::{METADATA, Not, RESUMABLE, VERSION, answer};

/// Most bytes of what a client says of a file.
const MOST_METADATA: usize = 4 * 1024;

/// "Checksum mismatch", a status of the protocol.
pub(super) const CHECKSUM_MISMATCH: StatusCode = match StatusCode::from_u16(460) {
    Ok(status) => status,
    Err(_) => StatusCode::BAD_REQUEST,
};

fn bad() -> Not {
    Not::bare(StatusCode::BAD_REQUEST)
}

/// Whether the client speaks the version that we speak.
pub(super) fn understood(headers: &HeaderMap) -> Result<(), Not> {
    if headers.get(RESUMABLE) == Some(&VERSION) {
        return Ok(());
    }
    let mut response = answer(StatusCode::PRECONDITION_FAILED);
    response.headers_mut().insert(HeaderName::from_static("tus-version"), VERSION);
    Err(Not(Box::new(response)))
}

/// A number of bytes, which must be there.
pub(super) fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Not> {
    let text = headers.get(name).and_then(|value| value.to_str().ok()).ok_or_else(bad)?;
    // No sign: `parse` takes a plus.
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().map_err(|_| bad()) } else { Err(bad()) }
}

/// Whether the body is a part.
pub(super) fn is_part(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/offset+octet-stream")
}

/// What a client says of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// As it was sent.
    pub(super) text: String,
    /// Name of the file; empty when none was said.
    pub(super) name: String,
    /// SHA-256 of the whole, in small hexadecimal digits.
    pub(super) sha256: Option<String>,
}

/// Reads what the client says of the file: names with values in base64, `filename` and `sha256` among them.
pub(super) fn metadata(headers: &HeaderMap) -> Result<Said, Not> {
    let Some(value) = headers.get(METADATA) else { return Ok(Said::default()) };
    let text = value.to_str().map_err(|_| bad())?;
    if text.len() > MOST_METADATA {
        return Err(bad());
    }
    let mut said = Said { text: text.to_owned(), ..Said::default() };
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = BASE64_STANDARD.decode(value.trim()).map_err(|_| bad())?;
        match key {
            "filename" => said.name = String::from_utf8(value).map_err(|_| bad())?,
            "sha256" => {
                let hex = String::from_utf8(value).map_err(|_| bad())?.to_ascii_lowercase();
                if hex.len() != 64 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
                    return Err(bad());
                }
                said.sha256 = Some(hex);
            }
            _ => {}
        }
    }
    Ok(said)
}

/// The checksum of a part, if one is stated.
pub(super) fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Not> {
    let Some(value) = headers.get("upload-checksum") else { return Ok(None) };
    let (algorithm, hash) = value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(bad)?;
    let hash = BASE64_STANDARD.decode(hash.trim()).map_err(|_| bad())?;
    Checksum::stated(algorithm, hash).map(Some).ok_or_else(bad)
}

/// An instant as headers have it.
pub(super) fn date(at: Timestamp) -> HeaderValue {
    let text = DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default();
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn what_a_client_says_is_read_and_kept_as_it_is() {
        let text = "filename cGzDpG4ucGRm,relativePath, is_confidential";
        let said = metadata(&with("upload-metadata", text)).ok().unwrap();
        assert_eq!(said, Said { text: text.into(), name: "plän.pdf".into(), sha256: None });
        let hash = BASE64_STANDARD.encode("AB".repeat(32));
        let said = metadata(&with("upload-metadata", &format!("sha256 {hash}"))).ok().unwrap();
        assert_eq!(said.sha256.as_deref(), Some("ab".repeat(32).as_str()));
        let wrong =
            ["filename %%%", "filename /w==", "sha256 YWI=", &format!("filename {}", "QUJD".repeat(1025))];
        for wrong in wrong {
            assert!(metadata(&with("upload-metadata", wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_are_digits_and_checksums_have_their_length() {
        let length = HeaderName::from_static("upload-length");
        assert_eq!(number(&with("upload-length", "17"), &length).ok(), Some(17));
        for wrong in ["", "-1", "+1", "1.5", "0x10", "99999999999999999999999"] {
            assert!(number(&with("upload-length", wrong), &length).is_err(), "{wrong}");
        }
        assert!(number(&HeaderMap::new(), &length).is_err());
        let sha1 = BASE64_STANDARD.encode([0; 20]);
        assert!(matches!(checksum(&with("upload-checksum", &format!("sha1 {sha1}"))), Ok(Some(_))));
        for wrong in [format!("md5 {sha1}"), "sha1 AAAA".into(), "sha1".into(), format!("sha256 {sha1}")] {
            assert!(checksum(&with("upload-checksum", &wrong)).is_err(), "{wrong}");
        }
        assert_eq!(date("2026-01-05T10:00:00Z".parse().unwrap()), "Mon, 05 Jan 2026 10:00:00 GMT");
    }
}
