//! Translations: Fluent bundles for every language, with fallback to English. Knows nothing of inspections.
//!
//! The texts are `locales/<language>/*.ftl`, one file per room, embedded at build time. A message that a language
//! lacks is given in English. A key that English lacks comes back in ⟦brackets⟧, which the tests and
//! `cargo xtask words` look for.

mod dates;

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use include_dir::{Dir, include_dir};
use unic_langid::{CharacterDirection, LanguageIdentifier};

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../locales");

/// The language that is always complete.
pub const ENGLISH: &str = "en";

/// All languages.
pub struct Catalogue {
    languages: Vec<Language>,
}

struct Language {
    // Whether it has words for every page (`common.ftl`), or for the public pages of surveys alone.
    whole: bool,
    id: LanguageIdentifier,
    // The negotiation has an identifier type of its own.
    negotiable: fluent_langneg::LanguageIdentifier,
    name: String,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.languages.iter().map(|l| &l.name)).finish()
    }
}

/// The words of one language.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    catalogue: &'a Catalogue,
    language: usize,
}

impl std::fmt::Debug for Words<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.lang())
    }
}

impl Catalogue {
    /// Reads the embedded texts.
    ///
    /// # Panics
    /// When a file is not Fluent or repeats a message: found by the first test that runs.
    pub fn load() -> Self {
        let mut languages: Vec<Language> = LOCALES
            .dirs()
            .map(|dir| {
                let name = dir.path().to_string_lossy().into_owned();
                let id: LanguageIdentifier = name.parse().expect("a folder of locales is a language tag");
                let mut bundle = FluentBundle::new_concurrent(vec![id.clone()]);
                bundle.set_use_isolating(false);
                let mut files: Vec<_> = dir.files().collect();
                files.sort_by_key(|f| f.path());
                for file in files {
                    let text = file.contents_utf8().expect("locales are UTF-8").to_owned();
                    let path = file.path().display().to_string();
                    let resource = FluentResource::try_new(text)
                        .unwrap_or_else(|(_, errors)| panic!("{path} is not Fluent: {errors:?}"));
                    bundle
                        .add_resource(resource)
                        .unwrap_or_else(|errors| panic!("{path} repeats a message: {errors:?}"));
                }
                let negotiable = name.parse().expect("a folder of locales is a language tag");
                let whole = dir.get_file(dir.path().join("common.ftl")).is_some();
                Language { whole, id, negotiable, name, bundle }
            })
            .collect();
        // English first: it is what everything falls back to.
        languages.sort_by_key(|l| (l.name != ENGLISH, l.name.clone()));
        assert!(languages.first().is_some_and(|l| l.name == ENGLISH), "locales/en is missing");
        Self { languages }
    }

    /// The embedded texts, read once for the whole process.
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<Catalogue> = LazyLock::new(Catalogue::load);
        &SHARED
    }

    /// The words of a language; English when it is not there.
    pub fn words(&self, lang: &str) -> Words<'_> {
        let language = self.languages.iter().position(|l| l.name == lang).unwrap_or(0);
        Words { catalogue: self, language }
    }

    /// The words that fit an `Accept-Language` header best, of the languages that every page can be had in.
    pub fn negotiate(&self, accept_language: &str) -> Words<'_> {
        let wanted = fluent_langneg::parse_accepted_languages(accept_language);
        let available: Vec<&fluent_langneg::LanguageIdentifier> =
            self.languages.iter().filter(|l| l.whole).map(|l| &l.negotiable).collect();
        let best = negotiate_languages(&wanted, &available, None, NegotiationStrategy::Filtering);
        let language = best
            .first()
            .and_then(|id| self.languages.iter().position(|l| &l.negotiable == **id))
            .unwrap_or(0);
        Words { catalogue: self, language }
    }

    /// The language tags, English first; those of surveys alone among them.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|l| l.name.as_str())
    }

    /// Whether every page can be had in a language, so that somebody may choose it. The others are for surveys, whose
    /// forms say in which languages they are.
    pub fn is_offered(&self, lang: &str) -> bool {
        self.languages.iter().any(|l| l.whole && l.name == lang)
    }
}

impl<'a> Words<'a> {
    /// The message of a key.
    pub fn t(&self, key: &str) -> String {
        self.message(key, None)
    }

    /// The message of a key with its variables. A value that reads as a whole number chooses plural forms.
    pub fn with(&self, key: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set((*name).to_owned(), fluent_value(&value.to_string()));
        }
        self.message(key, Some(&args))
    }

    /// The message of a key whose variables come as owned pairs, as refusals carry them.
    pub fn with_pairs(&self, key: &str, values: &[(String, String)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(name.clone(), fluent_value(value));
        }
        self.message(key, Some(&args))
    }

    /// Whether English has the key.
    pub fn has(&self, key: &str) -> bool {
        self.catalogue.languages[0].bundle.has_message(key)
    }

    /// The language tag, for `lang` attributes.
    pub fn lang(&self) -> &'a str {
        &self.catalogue.languages[self.language].name
    }

    /// `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        match self.catalogue.languages[self.language].id.character_direction() {
            CharacterDirection::RTL => "rtl",
            _ => "ltr",
        }
    }

    fn message(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        for language in [self.language, 0] {
            let bundle = &self.catalogue.languages[language].bundle;
            if let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) {
                let mut errors = Vec::new();
                return bundle.format_pattern(pattern, args, &mut errors).into_owned();
            }
        }
        format!("⟦{key}⟧")
    }
}

fn fluent_value(text: &str) -> FluentValue<'static> {
    // Only plain whole numbers choose a plural: "2.1" is an indicator, not a number.
    let plain = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    if plain && let Ok(number) = text.parse::<u32>() {
        return FluentValue::from(number);
    }
    FluentValue::String(Cow::Owned(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_syntax::ast;
    use std::collections::{BTreeMap, BTreeSet};

    fn variables(text: &str) -> BTreeMap<String, BTreeSet<String>> {
        let parsed = fluent_syntax::parser::parse(text.to_owned()).expect("parses");
        parsed
            .body
            .iter()
            .filter_map(|entry| match entry {
                ast::Entry::Message(m) => {
                    let mut found = BTreeSet::new();
                    collect(&format!("{:?}", m.value), &mut found);
                    Some((m.id.name.clone(), found))
                }
                _ => None,
            })
            .collect()
    }

    // The debug form of the tree names each variable as `VariableReference { id: Identifier { name: "x" } }`.
    fn collect(debug: &str, found: &mut BTreeSet<String>) {
        for part in debug.split("VariableReference { id: Identifier { name: \"").skip(1) {
            found.insert(part.split('"').next().unwrap_or_default().to_owned());
        }
    }

    fn messages(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
        LOCALES.get_dir(lang).unwrap().files().flat_map(|f| variables(f.contents_utf8().unwrap())).collect()
    }

    #[test]
    fn every_language_uses_messages_and_variables_of_english() {
        let english = messages(ENGLISH);
        let catalogue = Catalogue::load();
        for lang in catalogue.languages().filter(|l| *l != ENGLISH) {
            for (key, variables) in messages(lang) {
                let known = english.get(&key).unwrap_or_else(|| panic!("{lang}: {key} is not in English"));
                assert!(
                    variables.is_subset(known),
                    "{lang}: {key} uses {variables:?}, English has {known:?}"
                );
            }
        }
    }

    #[test]
    fn whoever_writes_to_us_without_an_account_can_do_so_in_gaelic() {
        let (english, gaelic) = (messages(ENGLISH), messages("gd"));
        let public = ["tell-us-", "help-line-", "you-said-", "home-danger", "home-childline"];
        // Said to the team, and to whoever sends a message on.
        let inside = ["tell-us-reply-needed", "tell-us-concern-of-none"];
        let missing: Vec<_> = english
            .keys()
            .filter(|key| public.iter().any(|prefix| key.starts_with(prefix)))
            .filter(|key| !inside.contains(&key.as_str()) && !gaelic.contains_key(*key))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn plurals_fallback_and_negotiation() {
        let catalogue = Catalogue::load();
        let words = catalogue.words("en");
        assert_eq!(words.with("days", &[("count", &1)]), "1 day");
        assert_eq!(words.with("days", &[("count", &3)]), "3 days");
        assert_eq!(words.t("no-such-key"), "⟦no-such-key⟧");
        assert_eq!(catalogue.negotiate("gd;q=0.9,fr").lang(), "gd");
        assert_eq!(catalogue.negotiate("fr").lang(), "en");
        assert_eq!(catalogue.negotiate("").lang(), "en");
        // Only surveys speak Arabic; the rest of the pages would be English from right to left.
        assert_eq!(catalogue.negotiate("ar").lang(), "en");
        assert_eq!((catalogue.words("ar").lang(), catalogue.words("ar").direction()), ("ar", "rtl"));
        assert!(catalogue.is_offered("gd") && !catalogue.is_offered("ar"));
        assert_eq!(catalogue.words("gd").t("product"), "Keyline");
    }
}
