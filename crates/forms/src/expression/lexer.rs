//! The words of an expression: numbers, quoted texts, names, `${references}` and signs, each with its offset.

use super::Refusal;

/// The longest expression that is read, in bytes. The longest in published forms have a few thousand.
pub(super) const LONGEST: usize = 100_000;

/// A word of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A number as written, never negative.
    Number(f64),
    /// What stands between quotes.
    Text(String),
    /// A name, with its prefix if it has one (`jr:choice-name`).
    Name(String),
    /// `${name}` or `${last-saved#name}`.
    Reference {
        /// The name between the braces.
        name: String,
        /// Whether the answer of the submission before is meant.
        last_saved: bool,
    },
    /// A sign of one or two characters.
    Sign(&'static str),
}

/// A word and where it begins, in bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) token: Token,
    pub(super) at: usize,
}

/// Longer signs stand before their beginnings.
const SIGNS: [&str; 21] = [
    "//", "::", "!=", "<=", ">=", "..", "(", ")", "[", "]", ",", "/", "|", "+", "-", "*", "=", "<", ">", "@",
    ".",
];

/// Splits an expression into words.
pub(super) fn words(source: &str) -> Result<Vec<Word>, Refusal> {
    if source.len() > LONGEST {
        return Err(Refusal::new(0, format!("it is longer than {LONGEST} characters")));
    }
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(next) = source[at..].chars().next() {
        if next.is_whitespace() {
            at += next.len_utf8();
            continue;
        }
        let (token, length) = word(&source[at..], at)?;
        words.push(Word { token, at });
        at += length;
    }
    Ok(words)
}

/// The word at the start of `rest`, and its length in bytes.
fn word(rest: &str, at: usize) -> Result<(Token, usize), Refusal> {
    let first = rest.chars().next().unwrap_or(' ');
    if first == '\'' || first == '"' {
        return match rest[1..].find(first) {
            Some(length) => Ok((Token::Text(rest[1..=length].to_owned()), length + 2)),
            None => Err(Refusal::new(at, "a quotation mark is opened and not closed".to_owned())),
        };
    }
    if rest.starts_with("${") {
        return reference(rest, at);
    }
    let second_is_digit = rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    if first.is_ascii_digit() || (first == '.' && second_is_digit) {
        let whole = digits(rest);
        let length = match rest[whole..].strip_prefix('.') {
            Some(fraction) => whole + 1 + digits(fraction),
            None => whole,
        };
        let number = rest[..length]
            .parse::<f64>()
            .map_err(|_| Refusal::new(at, format!("“{}” is not a number", &rest[..length])))?;
        if !number.is_finite() {
            return Err(Refusal::new(at, "the number is too large".to_owned()));
        }
        return Ok((Token::Number(number), length));
    }
    if starts_name(first) {
        let length = name(rest);
        return Ok((Token::Name(rest[..length].to_owned()), length));
    }
    match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        Some(sign) => Ok((Token::Sign(sign), sign.len())),
        None if matches!(first, '‘' | '’' | '“' | '”') => Err(Refusal::new(
            at,
            format!("“{first}” is a typographic quotation mark; expressions take ' or \""),
        )),
        None => Err(Refusal::new(at, format!("“{first}” has no meaning here"))),
    }
}

/// `${name}` or `${last-saved#name}` at the start of `rest`.
fn reference(rest: &str, at: usize) -> Result<(Token, usize), Refusal> {
    let Some(end) = rest.find('}') else {
        return Err(Refusal::new(at, "“${” is opened and not closed by “}”".to_owned()));
    };
    let inner = &rest[2..end];
    let (name_of, last_saved) = match inner.strip_prefix("last-saved#") {
        Some(name_of) => (name_of, true),
        None => (inner, false),
    };
    let sound = name_of.chars().next().is_some_and(starts_name) && name(name_of) == name_of.len();
    if !sound {
        return Err(Refusal::new(
            at,
            format!("“${{{inner}}}” is not a reference: a name stands between the braces"),
        ));
    }
    Ok((Token::Reference { name: name_of.to_owned(), last_saved }, end + 1))
}

/// How many bytes of digits `rest` begins with.
fn digits(rest: &str) -> usize {
    rest.bytes().take_while(u8::is_ascii_digit).count()
}

fn starts_name(first: char) -> bool {
    first.is_alphabetic() || first == '_'
}

/// The length in bytes of the name at the start of `rest`, with one prefix. A colon belongs to it only when a name
/// follows, so that `self::x` stays an axis.
fn name(rest: &str) -> usize {
    let plain = |rest: &str| {
        rest.char_indices()
            .find(|(_, one)| !(one.is_alphanumeric() || matches!(one, '_' | '-' | '.')))
            .map_or(rest.len(), |(length, _)| length)
    };
    let first = plain(rest);
    match rest[first..].strip_prefix(':') {
        Some(after) if after.chars().next().is_some_and(starts_name) => first + 1 + plain(after),
        _ => first,
    }
}
