//! The gate of the words: every message key in the code has English words, and no words are left over.
//!
//! A key counts as *asked for* where the code hands it over to be worded: `words.t("key")`, `words.with("key", &[…])`,
//! `words.with_pairs("key", …)`, `Reason::new("key")`, `key!("key")`. It counts as *used* wherever a string of the code
//! is the key (modules of tests do not count), so that keys may also stand in a table or come from a `match`. A key that the code
//! puts together (`format!("phase-{phase}")`) is used by every message that fits, when the fixed part before the
//! first brace is at least [`FIXED`] letters long. Other messages use a key by naming it in braces.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use anyhow::{Result, anyhow};
use fluent_syntax::ast;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::Faults;
use crate::tree;

/// Fixed letters that a key put together must begin with, so that `{}-{}` does not excuse every message.
const FIXED: usize = 4;

/// Keys asked for without words, words that nothing uses, and words of a language for keys that English lacks.
pub(crate) fn check() -> Result<Faults> {
    let mut code = Code::default();
    let mut messages = BTreeMap::<String, Messages>::new();
    for file in tree::files()? {
        if file.starts_with("crates/") && !file.contains("/tests/") && tree::ends_in(&file, &["rs"]) {
            code.read(&file, &tree::read(&file)?)?;
        } else if file.starts_with("locales/") && tree::ends_in(&file, &["ftl"]) {
            let language = file.split('/').nth(1).unwrap_or_default().to_owned();
            messages.entry(language).or_default().read(&file, &tree::read(&file)?)?;
        }
    }
    Ok(faults(&code, &messages))
}

fn faults(code: &Code, messages: &BTreeMap<String, Messages>) -> Faults {
    let none = Messages::default();
    let english = messages.get("en").unwrap_or(&none);
    let mut faults = Faults::new();
    for (key, file) in &code.asked {
        if !english.defined.contains_key(key) {
            faults.push(format!("{file} asks for `{key}`, which locales/en does not have"));
        }
    }
    for (key, file) in &english.defined {
        if !code.uses(key) && !english.named.contains(key) {
            faults.push(format!("{file}: nothing uses `{key}`"));
        }
    }
    for (language, words) in messages.iter().filter(|(language, _)| *language != "en") {
        for (key, file) in words.defined.iter().filter(|(key, _)| !english.defined.contains_key(*key)) {
            faults.push(format!("{file}: `{key}` is in {language} but not in English"));
        }
    }
    faults
}

/// What one language has.
#[derive(Default)]
struct Messages {
    /// Key to the file that words it. Attributes are `key.attribute`; terms are left out, Fluent checks them.
    defined: BTreeMap<String, String>,
    /// Keys that other messages name in braces.
    named: BTreeSet<String>,
}

impl Messages {
    fn read(&mut self, file: &str, text: &str) -> Result<()> {
        let resource = fluent_syntax::parser::parse(text).map_err(|(_, errors)| {
            anyhow!("{file} is not Fluent: {}", errors.first().map_or_else(String::new, ToString::to_string))
        })?;
        for entry in &resource.body {
            let (value, attributes) = match entry {
                ast::Entry::Message(message) => {
                    self.defined.insert(message.id.name.to_owned(), file.to_owned());
                    (message.value.as_ref(), &message.attributes)
                }
                ast::Entry::Term(term) => (Some(&term.value), &term.attributes),
                _ => continue,
            };
            for pattern in value.into_iter().chain(attributes.iter().map(|attribute| &attribute.value)) {
                self.name_those_in(pattern);
            }
        }
        Ok(())
    }

    fn name_those_in(&mut self, pattern: &ast::Pattern<&str>) {
        for element in &pattern.elements {
            if let ast::PatternElement::Placeable { expression } = element {
                self.name_those_of(expression);
            }
        }
    }

    fn name_those_of(&mut self, expression: &ast::Expression<&str>) {
        match expression {
            ast::Expression::Inline(ast::InlineExpression::MessageReference { id, .. }) => {
                self.named.insert(id.name.to_owned());
            }
            ast::Expression::Inline(ast::InlineExpression::Placeable { expression }) => {
                self.name_those_of(expression);
            }
            ast::Expression::Inline(_) => {}
            ast::Expression::Select { variants, .. } => {
                for variant in variants {
                    self.name_those_in(&variant.value);
                }
            }
        }
    }
}

/// What the code says.
#[derive(Default)]
struct Code {
    /// Keys handed over to be worded, each with the first file that does.
    asked: BTreeMap<String, String>,
    /// Every string of the code.
    strings: BTreeSet<String>,
    /// The fixed beginnings of keys that are put together.
    beginnings: BTreeSet<String>,
}

impl Code {
    fn read(&mut self, file: &str, text: &str) -> Result<()> {
        let tokens = TokenStream::from_str(text).map_err(|error| anyhow!("{file} is not Rust: {error}"))?;
        self.walk(file, tokens);
        Ok(())
    }

    fn walk(&mut self, file: &str, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Literal(literal) => {
                    if let Some(text) = string_of(&literal.to_string()) {
                        self.note(text);
                    }
                }
                TokenTree::Group(group) if is_module_of_tests(&tokens[..index], group) => {}
                TokenTree::Group(group) => {
                    if group.delimiter() == Delimiter::Parenthesis
                        && let Some(key) = handed_over(&tokens[..index], group.stream())
                    {
                        self.asked.entry(key).or_insert_with(|| file.to_owned());
                    }
                    self.walk(file, group.stream());
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }

    fn note(&mut self, text: &str) {
        if let Some((fixed, _)) = text.split_once('{')
            && fixed.len() >= FIXED
            && fixed.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        {
            self.beginnings.insert(fixed.to_owned());
        }
        self.strings.insert(text.to_owned());
    }

    fn uses(&self, key: &str) -> bool {
        self.strings.contains(key) || self.beginnings.iter().any(|fixed| key.starts_with(fixed.as_str()))
    }
}

/// The key in the arguments of a call, when the call is one that words it.
fn handed_over(before: &[TokenTree], arguments: TokenStream) -> Option<String> {
    let mut arguments = arguments.into_iter();
    let TokenTree::Literal(first) = arguments.next()? else { return None };
    let key = string_of(&first.to_string())?.to_owned();
    let after: Vec<String> = arguments.take(3).map(|token| token.to_string()).collect();
    let alone = after.is_empty() || after.as_slice() == [","];

    let said: Vec<String> = before.iter().rev().take(4).map(ToString::to_string).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let words = match said.as_slice() {
        ["t", ".", ..] | ["new", ":", ":", "Reason"] | ["!", "key", ..] => alone,
        ["with_pairs", ".", ..] => true,
        // `Reason::with(name, value)` has the same name; the words take a list of pairs
        ["with", ".", ..] => after.get(1).is_some_and(|token| token == "&") && after[2].starts_with('['),
        _ => false,
    };
    words.then_some(key)
}

/// Whether a group is the body of `#[cfg(test)] mod … { }`.
fn is_module_of_tests(before: &[TokenTree], group: &Group) -> bool {
    let said: Vec<String> = before.iter().rev().take(4).map(ToString::to_string).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    group.delimiter() == Delimiter::Brace
        && matches!(said.as_slice(), [_, "mod", "[cfg (test)]" | "[cfg(test)]", "#"])
}

/// The text of a plain or raw string literal without escapes, as keys are; nothing for other literals.
fn string_of(literal: &str) -> Option<&str> {
    let literal = literal.strip_prefix('r').unwrap_or(literal).trim_matches('#');
    literal.strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rust: &str, english: &str, gaelic: &str) -> Faults {
        let mut code = Code::default();
        code.read("a.rs", rust).unwrap();
        let mut messages = BTreeMap::<String, Messages>::new();
        messages.entry("en".to_owned()).or_default().read("en/a.ftl", english).unwrap();
        messages.entry("gd".to_owned()).or_default().read("gd/a.ftl", gaelic).unwrap();
        faults(&code, &messages)
    }

    #[test]
    fn what_is_asked_for_must_have_words() {
        for call in [
            r#"words.t("missing")"#,
            r#"html! { h1 { (words.t("missing")) } }"#,
            r#"words.with("missing", &[("day", &day)])"#,
            r#"words.with_pairs("missing", &pairs)"#,
            r#"Reason::new("missing").with("day", day)"#,
            r#"key!("missing")"#,
        ] {
            let rust = format!("fn page() {{ {call}; }}");
            assert_eq!(
                found(&rust, "", ""),
                ["a.rs asks for `missing`, which locales/en does not have"],
                "{call}"
            );
        }
    }

    #[test]
    fn a_value_of_a_reason_is_no_key() {
        assert!(found(r#"fn page() { reason.with("day", day).with("to", to); }"#, "", "").is_empty());
    }

    #[test]
    fn a_test_may_ask_for_anything_but_uses_nothing() {
        let rust = r#"#[cfg(test)] mod tests { fn asks() { words.t("missing"); words.t("left-over"); } }"#;
        assert_eq!(found(rust, "left-over = Left over", ""), ["en/a.ftl: nothing uses `left-over`"]);
    }

    #[test]
    fn words_must_be_used() {
        assert_eq!(
            found("fn page() {}", "left-over = Left over", ""),
            ["en/a.ftl: nothing uses `left-over`"]
        );
        assert!(found(r#"const KEYS: [&str; 1] = ["in-a-table"];"#, "in-a-table = Here", "").is_empty());
        assert!(found(r#"fn f() { format!("phase-{phase}") }"#, "phase-one = One", "").is_empty());
        assert!(found(r#"fn f() { words.t("all") }"#, "all = { part }\npart = Part", "").is_empty());
    }

    #[test]
    fn a_key_put_together_needs_a_fixed_beginning() {
        assert_eq!(found(r#"fn f() { format!("{a}-{b}") }"#, "phase-one = One", "").len(), 1);
    }

    #[test]
    fn a_language_has_no_keys_of_its_own() {
        assert_eq!(found("", "", "a-mhain = A-mhàin"), ["gd/a.ftl: `a-mhain` is in gd but not in English"]);
    }
}
