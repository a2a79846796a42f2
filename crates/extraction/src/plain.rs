//! Plain text as programs of many years have written it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::extracted::Place;
use crate::failure::Failure;
use crate::flow::Parts;
use crate::source::Source;

/// Reads the file as one text.
pub(crate) fn read(source: &Source, parts: &mut Parts) -> Result<(), Failure> {
    let bytes = source.whole()?;
    let mut flow = parts.flow();
    flow.add(&decode(&bytes));
    parts.keep(Place::Body, flow);
    Ok(())
}

/// The text by its byte order mark, as UTF-8 when it is valid, else as Windows-1252, which takes every byte.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    encoding.decode_with_bom_removal(bytes).0
}

/// The same for the beginning of a file, where a letter of several bytes may break off at the end: that does not make
/// it another encoding.
pub(crate) fn decode_head(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => decode(&bytes[..error.valid_up_to()]),
        _ => decode(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_head};

    #[test]
    fn each_encoding_is_known() {
        let wide = |swap: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}Mòrag €5".encode_utf16().flat_map(swap).collect()
        };
        for bytes in [
            "Mòrag €5".as_bytes().to_vec(),
            "\u{feff}Mòrag €5".as_bytes().to_vec(),
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
            b"M\xf2rag \x805".to_vec(),
        ] {
            assert_eq!(decode(&bytes), "Mòrag €5");
        }
    }

    #[test]
    fn a_letter_that_breaks_off_does_not_make_it_another_encoding() {
        let half = &"Mòrag".as_bytes()[..2];
        assert_eq!(decode_head(half), "M");
        assert_eq!(decode(half), "MÃ");
        assert_eq!(decode_head(b"caf\xe9 au lait"), "café au lait");
    }
}
