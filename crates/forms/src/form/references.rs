//! `${name}` in expressions and texts.

use std::ops::Range;

/// A reference to an item by its name: `${name}`, or `${last-saved#name}` for its value in the submission before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The name of the item.
    pub name: &'a str,
    /// Whether the submission before is meant.
    pub last_saved: bool,
    /// The bytes that it takes, from the dollar sign to the closing brace.
    pub span: Range<usize>,
}

/// Something that begins as a reference and is none: not closed, or no name within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Reference variables must start with '${{', then a question name, and end with '}}'.")]
pub struct Malformed;

/// The references in a text, from left to right.
///
/// # Errors
/// [`Malformed`], at the first that begins with `${` and is no reference.
pub fn references(text: &str) -> Result<Vec<Reference<'_>>, Malformed> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("${").map(|at| from + at) {
        let inner = start + 2;
        let length = text[inner..].find('}').filter(|length| *length > 0).ok_or(Malformed)?;
        let written = &text[inner..inner + length];
        let (name, last_saved) =
            written.strip_prefix("last-saved#").map_or((written, false), |name| (name, true));
        if !is_ncname(name) {
            return Err(Malformed);
        }
        from = inner + length + 1;
        found.push(Reference { name, last_saved, span: start..from });
    }
    Ok(found)
}

/// Whether a text is one reference and nothing else.
pub fn is_reference(text: &str) -> bool {
    matches!(references(text).as_deref(), Ok([only]) if only.span == (0..text.len()))
}

/// Whether a text has at least one reference, and the first is well formed.
pub fn has_reference(text: &str) -> bool {
    text.find("${").is_some_and(|start| {
        let rest = &text[start..];
        rest.find('}').is_some_and(|end| is_reference(&rest[..=end]))
    })
}

/// The files that calls of `pulldata` in an expression look into: their first arguments.
pub fn pulled_files(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    if !text.contains("pulldata(") {
        return names;
    }
    for (at, word) in text.match_indices("pulldata") {
        let rest = text[at + word.len()..].trim_start();
        if let Some((argument, _)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(',')) {
            names.push(argument.replace(['\'', '"'], "").trim().to_owned());
        }
    }
    names
}

/// Whether a text is a name of XML without a prefix.
pub fn is_ncname(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(starts_name) && letters.all(continues_name)
}

/// Whether a text is a name of XML, with at most one prefix: what XLSForm takes for names of questions.
pub fn is_name(text: &str) -> bool {
    match text.split_once(':') {
        Some((prefix, local)) => is_ncname(prefix) && is_ncname(local),
        None => is_ncname(text),
    }
}

/// Whether a name may begin with this letter.
pub fn starts_name(letter: char) -> bool {
    matches!(letter,
        'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// Whether a name may go on with this letter.
pub fn continues_name(letter: char) -> bool {
    starts_name(letter)
        || matches!(letter, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_with_their_places() {
        let found = references("${a} + ${last-saved#b-2}").unwrap();
        assert_eq!(found[0], Reference { name: "a", last_saved: false, span: 0..4 });
        assert_eq!(found[1], Reference { name: "b-2", last_saved: true, span: 7..24 });
        assert!(references("no $ here { }").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_reference_is_told() {
        for text in ["${a", "${}", "${ a }", "${a b}", "${2a}", "${last-saved#}", "x ${a} ${"] {
            assert_eq!(references(text), Err(Malformed), "{text}");
        }
    }

    #[test]
    fn names_are_those_of_xml() {
        for name in ["a", "_", "a-b.c", "prefix:name", "èl", "名"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1a", "-a", "a b", "a:b:c", ":a", "a:", "a/b", "a&b"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn a_reference_alone_is_told_from_one_among_others() {
        assert!(is_reference("${a}"));
        assert!(!is_reference(" ${a}"));
        assert!(!is_reference("${a}${b}"));
        assert!(has_reference("x ${a}"));
        assert!(!has_reference("x ${a"));
    }
}
