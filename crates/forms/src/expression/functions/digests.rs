//! `digest` and `base64-decode`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::Function;
use super::chance::hex;
use crate::expression::evaluate::{Evaluator, Focus, Stop};
use crate::expression::program::Code;
use crate::expression::value::Value;

pub(super) fn call<'a>(
    evaluator: &Evaluator<'a>,
    function: Function,
    arguments: &'a [Code],
    focus: &Focus,
) -> Result<Value<'a>, Stop> {
    let Some(first) = arguments.first() else { return Ok(Value::EMPTY) };
    let source = evaluator.text(first, focus)?;
    if function == Function::Base64Decode {
        let decoded = STANDARD.decode(source.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        return Ok(Value::Text(decoded.unwrap_or_default().into()));
    }
    let mut words = Vec::new();
    for argument in &arguments[1..] {
        words.push(evaluator.text(argument, focus)?);
    }
    let algorithm = words.first().map_or("", |word| word.trim());
    let encoding = words.get(1).map_or("base64", |word| word.trim());
    let bytes = match algorithm {
        "MD5" => Md5::digest(source.as_bytes()).to_vec(),
        "SHA-1" => Sha1::digest(source.as_bytes()).to_vec(),
        "SHA-256" => Sha256::digest(source.as_bytes()).to_vec(),
        "SHA-384" => Sha384::digest(source.as_bytes()).to_vec(),
        "SHA-512" => Sha512::digest(source.as_bytes()).to_vec(),
        _ => return Err(Stop::Algorithm(algorithm.to_owned())),
    };
    let text = match encoding {
        "base64" => STANDARD.encode(bytes),
        "hex" => bytes.iter().fold(String::new(), |mut text, byte| {
            text.extend([hex(byte >> 4), hex(byte & 15)]);
            text
        }),
        _ => return Err(Stop::Algorithm(encoding.to_owned())),
    };
    Ok(Value::Text(text.into()))
}
