//! A first look at expressions: into tokens, without understanding them.
//!
//! It must take any text, for it also tells a default that is an expression from one that is a text, and finds
//! `instance(…)` in a label. What counts as a token, and which is tried first, follows pyxform, because the outcome decides
//! what the XML is.

use std::ops::Range;

use super::references::{continues_name, is_reference, starts_name};

/// Sorts of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A day, a time, or both.
    Moment,
    Number,
    /// `*`, `+`, `-`, `mod`, `div`.
    Arithmetic,
    /// `=`, `<`, `and` and their like.
    Comparison,
    /// `|`.
    Union,
    Open,
    Close,
    /// `[`, `{`, `}` alone.
    Bracket,
    /// `.` or `..`.
    Dots,
    Slash,
    /// A text in quotes.
    Literal,
    Comma,
    Blank,
    /// `${name}`.
    Reference,
    /// A name with its opening parenthesis.
    Call,
    /// A name with its opening bracket.
    PredicateStart,
    PredicateEnd,
    Name,
    Other,
}

/// A token with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) sort: Sort,
    pub(crate) span: Range<usize>,
}

/// The tokens of a text, all of it.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (sort, length) = next(&text[at..]);
        found.push(Token { sort, span: at..at + length });
        at += length;
    }
    found
}

/// Whether a default is worked out rather than taken as it is: it has an operator, a call or a reference. A minus in a
/// default of the types that are written with one (days, points) makes it a text.
pub(crate) fn is_expression(default: &str, minus_is_text: bool) -> bool {
    for token in tokens(default) {
        if minus_is_text && token.sort == Sort::Arithmetic && &default[token.span.clone()] == "-" {
            return false;
        }
        if matches!(token.sort, Sort::Arithmetic | Sort::Union | Sort::Reference | Sort::Call) {
            return true;
        }
    }
    false
}

/// Where the paths that begin with `instance(…)` stand in a text: up to the first blank that is not in a predicate.
pub(crate) fn instance_paths(text: &str) -> Vec<Range<usize>> {
    if !text.contains("instance(") {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut inside = false;
    let (mut in_path, mut in_predicate) = (false, false);
    let mut last: Option<Token> = None;
    for token in tokens(text) {
        let written = &text[token.span.clone()];
        let mut taken = false;
        if !inside && token.sort == Sort::Call && written == "instance(" {
            inside = true;
            taken = true;
            found.push(token.span.start..token.span.end);
        } else if inside && let Some(before) = &last {
            let after_call = before.sort == Sort::Call && &text[before.span.clone()] == "instance(";
            if (token.sort == Sort::Literal && after_call)
                || (token.sort == Sort::Close && before.sort == Sort::Literal)
            {
                taken = true;
            } else if token.sort == Sort::Slash && matches!(before.sort, Sort::Close | Sort::PredicateEnd) {
                taken = true;
                in_path = true;
            } else if in_path {
                match token.sort {
                    Sort::Blank => in_path = false,
                    Sort::PredicateStart => {
                        taken = true;
                        in_path = false;
                        in_predicate = true;
                    }
                    _ => taken = true,
                }
            } else if in_predicate {
                taken = true;
                in_predicate = token.sort != Sort::PredicateEnd;
            }
        }
        if taken {
            if let Some(span) = found.last_mut() {
                span.end = token.span.end;
            }
            last = Some(token);
        } else {
            inside = false;
        }
    }
    found
}

fn next(rest: &str) -> (Sort, usize) {
    let bytes = rest.as_bytes();
    if let Some(length) = moment(bytes) {
        return (Sort::Moment, length);
    }
    if let Some(length) = number(bytes) {
        return (Sort::Number, length);
    }
    for word in [" mod ", " div "] {
        if rest.starts_with(word) {
            return (Sort::Arithmetic, word.len());
        }
    }
    for word in [" and ", " or "] {
        if rest.starts_with(word) {
            return (Sort::Comparison, word.len());
        }
    }
    match bytes[0] {
        b'*' | b'+' | b'-' => return (Sort::Arithmetic, 1),
        b'=' | b'<' | b'>' => return (Sort::Comparison, 1),
        b'!' if bytes.get(1) == Some(&b'=') => return (Sort::Comparison, 2),
        b'|' => return (Sort::Union, 1),
        b'(' => return (Sort::Open, 1),
        b')' => return (Sort::Close, 1),
        b'[' | b'{' | b'}' => return (Sort::Bracket, 1),
        b'.' => return (Sort::Dots, if bytes.get(1) == Some(&b'.') { 2 } else { 1 }),
        b'/' => return (Sort::Slash, 1),
        b',' => return (Sort::Comma, 1),
        b']' => return (Sort::PredicateEnd, 1),
        quote @ (b'"' | b'\'') => {
            if let Some(end) = rest[1..].find(char::from(quote)) {
                return (Sort::Literal, end + 2);
            }
        }
        b'$' => {
            if let Some(end) = rest.find('}')
                && is_reference(&rest[..=end])
            {
                return (Sort::Reference, end + 1);
            }
        }
        _ => {}
    }
    let blanks = rest.len() - rest.trim_start().len();
    if blanks > 0 {
        return (Sort::Blank, blanks);
    }
    name(rest)
}

/// A name, alone or with the bracket after it; else one letter of whatever it is.
fn name(rest: &str) -> (Sort, usize) {
    let local = name_length(rest);
    if local == 0 {
        return (Sort::Other, rest.chars().next().map_or(1, char::len_utf8));
    }
    let prefixed = match rest[local..].strip_prefix(':') {
        Some(after) if name_length(after) > 0 => local + 1 + name_length(after),
        _ => local,
    };
    for length in [prefixed, local] {
        match rest.as_bytes().get(length) {
            Some(b'(') => return (Sort::Call, length + 1),
            Some(b'[') => return (Sort::PredicateStart, length + 1),
            _ => {}
        }
    }
    (Sort::Name, prefixed)
}

fn name_length(text: &str) -> usize {
    match text.chars().next() {
        Some(first) if starts_name(first) => {
            text.char_indices().find(|(_, letter)| !continues_name(*letter)).map_or(text.len(), |(at, _)| at)
        }
        _ => 0,
    }
}

fn digits(bytes: &[u8], count: usize) -> bool {
    bytes.len() >= count && bytes[..count].iter().all(u8::is_ascii_digit)
}

fn date(bytes: &[u8]) -> Option<usize> {
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let rest = &bytes[sign..];
    (digits(rest, 4)
        && rest.get(4) == Some(&b'-')
        && digits(&rest[5..], 2)
        && rest.get(7) == Some(&b'-')
        && digits(&rest[8..], 2))
    .then_some(sign + 10)
}

fn time(bytes: &[u8]) -> Option<usize> {
    let colons = bytes.get(2) == Some(&b':') && bytes.get(5) == Some(&b':');
    if !(colons && digits(bytes, 2) && digits(&bytes[3..], 2) && digits(&bytes[6..], 2)) {
        return None;
    }
    match bytes.get(8) {
        Some(b'Z') => Some(9),
        Some(b'+' | b'-')
            if digits(&bytes[9..], 2) && bytes.get(11) == Some(&b':') && digits(&bytes[12..], 2) =>
        {
            Some(14)
        }
        _ => Some(8),
    }
}

fn moment(bytes: &[u8]) -> Option<usize> {
    let Some(day) = date(bytes) else { return time(bytes) };
    match bytes.get(day) {
        Some(b'T') => Some(time(&bytes[day + 1..]).map_or(day, |length| day + 1 + length)),
        _ => Some(day),
    }
}

fn number(bytes: &[u8]) -> Option<usize> {
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let run = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = run(sign);
    if bytes.get(sign + whole) == Some(&b'.') {
        let fraction = run(sign + whole + 1);
        if whole + fraction > 0 {
            return Some(sign + whole + 1 + fraction);
        }
    }
    (whole > 0).then_some(sign + whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_told_from_texts() {
        for text in ["now()", "${a}", "1 + 1", "a | b", "3 mod 2", "x*y", "uuid:random()", "- a"] {
            assert!(is_expression(text, false), "{text}");
        }
        for text in
            ["", "hello world", "2026-11-26", "12:30:00", "-5", "1-2", "my-file.png", "a.b", "$ {a}", "a (b)"]
        {
            assert!(!is_expression(text, false), "{text}");
        }
        assert!(!is_expression("a - now()", true));
        assert!(is_expression("now() - 1", true));
    }

    #[test]
    fn every_byte_of_any_text_is_in_a_token() {
        for text in ["é€ ${a}'unclosed \" [x[y]] 1.2.3 -", "\u{0}\n\t", "a::b:c(", "'", "$"] {
            let mut at = 0;
            for token in tokens(text) {
                assert_eq!(token.span.start, at);
                assert!(token.span.end > at);
                at = token.span.end;
            }
            assert_eq!(at, text.len());
        }
    }

    #[test]
    fn paths_into_instances_end_where_a_blank_stands() {
        let text = "You chose instance('c1')/root/item[name = ${q1} and x]/label of those, instance('b') too";
        let found: Vec<&str> = instance_paths(text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, ["instance('c1')/root/item[name = ${q1} and x]/label", "instance('b')"]);
    }
}
