//! Texts in several languages: which texts need it, and the block `itext` of the XML.
//!
//! A text stands where it is used unless it is translated, has a picture or sound beside it, or is an explanation that may
//! stay hidden (guidance); then a reference stands there and the text is in `itext`, once for each language. What a
//! language lacks is `-` there, as pyxform has it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::markup::Markup;
use super::paths::Piece;
use super::tree::{Id, Tree, What};
use crate::form::references::has_reference;
use crate::form::{Choice, ChoiceList, Form, Media, Text};

/// What stands for a text that a language lacks.
const LACKING: &str = "-";

/// The form of a value: none for the text itself.
type FormOf = Option<&'static str>;

/// The forms of a text, each by language.
type Forms<'a> = Vec<(FormOf, HashMap<Cow<'a, str>, Cow<'a, str>>)>;

/// One text with its forms.
struct Entry<'a> {
    id: String,
    forms: Forms<'a>,
    /// The node as seen from which references in it are written.
    context: Option<Id>,
}

/// Every text that is in `itext`.
#[derive(Default)]
pub(super) struct Itext<'a> {
    languages: Vec<Cow<'a, str>>,
    entries: Vec<Entry<'a>>,
}

/// Whether the label of something is in `itext`.
pub(super) fn label_is_out(label: &Text, media: &Media) -> bool {
    label.is_translated() || !media.is_empty()
}

/// Whether the hint of something is in `itext`.
pub(super) fn hint_is_out(hint: &Text, guidance: &Text) -> bool {
    hint.is_translated() || !guidance.is_empty()
}

/// Whether a message is in `itext`: also when it only has values in it, since an attribute cannot.
pub(super) fn message_is_out(message: &Text) -> bool {
    message.is_translated() || message.0.get("").is_some_and(|text| has_reference(text))
}

/// Whether the labels of a list are in `itext`: when any choice needs it.
pub(super) fn list_is_out(list: &ChoiceList) -> bool {
    list.choices.iter().any(|choice| {
        label_is_out(&choice.label, &choice.media)
            || choice.label.0.get("").is_some_and(|text| has_reference(text))
    })
}

/// Texts of attributes kept under names such as `jr:requiredMsg::English`, as one text.
pub(super) fn text_among(bind: &std::collections::BTreeMap<String, String>, name: &str) -> Text {
    let mut text = Text::default();
    for (key, value) in bind {
        let language = match key.strip_prefix(name) {
            Some("") => "",
            Some(rest) if rest.starts_with("::") => &rest[2..],
            _ => continue,
        };
        text.0.insert(language.to_owned(), value.clone());
    }
    text
}

impl<'a> Itext<'a> {
    pub(super) fn of(tree: &'a Tree<'_>, lists: &[(&'a ChoiceList, bool)]) -> Self {
        let mut itext = Self::default();
        let form = tree.form;
        for (list, is_out) in lists {
            if *is_out {
                for (index, choice) in list.choices.iter().enumerate() {
                    itext.choice(format!("{}-{index}", list.name), choice, form);
                }
            }
        }
        for id in tree.ids() {
            itext.node(tree, id);
        }
        itext
    }

    pub(super) fn is_empty(&self) -> bool {
        self.languages.is_empty()
    }

    fn choice(&mut self, id: String, choice: &'a Choice, form: &'a Form) {
        let mut forms = Vec::new();
        self.form(&mut forms, None, &choice.label, form);
        self.media(&mut forms, &choice.media, form);
        self.push(id, forms, None);
    }

    fn node(&mut self, tree: &'a Tree<'_>, id: Id) {
        let node = &tree.nodes[id];
        let form = tree.form;
        let path = &node.path;
        match &node.what {
            What::Question(question) => {
                for (name, text) in [
                    ("jr:constraintMsg", &question.constraint_message),
                    ("jr:requiredMsg", &question.required_message),
                ] {
                    if message_is_out(text) {
                        self.text(format!("{path}:{name}"), text, form, id);
                    }
                }
                self.owned_text(format!("{path}:jr:noAppErrorString"), &question.bind, form, id);
                self.label(path, &question.label, &question.media, form, id);
                if hint_is_out(&question.hint, &question.guidance) {
                    let mut forms = Vec::new();
                    self.form(&mut forms, None, &question.hint, form);
                    self.form(&mut forms, Some("guidance"), &question.guidance, form);
                    self.push(format!("{path}:hint"), forms, Some(id));
                }
            }
            What::Group(group, _, true) | What::Repeat(group, _) => {
                for name in ["jr:constraintMsg", "jr:requiredMsg"] {
                    self.messages_of_group(path, name, &group.bind, form, id);
                }
                self.owned_text(format!("{path}:jr:noAppErrorString"), &group.bind, form, id);
                self.label(path, &group.label, &group.media, form, id);
                if group.hint.is_translated() {
                    self.text(format!("{path}:hint"), &group.hint, form, id);
                }
            }
            _ => {}
        }
    }

    fn label(&mut self, path: &str, label: &'a Text, media: &'a Media, form: &'a Form, id: Id) {
        if label_is_out(label, media) {
            let mut forms = Vec::new();
            self.form(&mut forms, None, label, form);
            self.media(&mut forms, media, form);
            self.push(format!("{path}:label"), forms, Some(id));
        }
    }

    fn messages_of_group(
        &mut self,
        path: &str,
        name: &str,
        bind: &std::collections::BTreeMap<String, String>,
        form: &'a Form,
        id: Id,
    ) {
        let text = text_among(bind, name);
        if message_is_out(&text) {
            self.owned(format!("{path}:{name}"), text, form, id);
        }
    }

    fn owned_text(
        &mut self,
        entry: String,
        bind: &std::collections::BTreeMap<String, String>,
        form: &'a Form,
        id: Id,
    ) {
        let text = text_among(bind, "jr:noAppErrorString");
        if text.is_translated() {
            self.owned(entry, text, form, id);
        }
    }

    fn owned(&mut self, entry: String, text: Text, form: &'a Form, id: Id) {
        let mut by_language = HashMap::new();
        for (language, text) in text.0 {
            let language = self.language(Cow::Owned(language), form);
            by_language.insert(language, Cow::Owned(text));
        }
        self.push(entry, vec![(None, by_language)], Some(id));
    }

    fn text(&mut self, entry: String, text: &'a Text, form: &'a Form, id: Id) {
        let mut forms = Vec::new();
        self.form(&mut forms, None, text, form);
        self.push(entry, forms, Some(id));
    }

    fn media(&mut self, forms: &mut Forms<'a>, media: &'a Media, form: &'a Form) {
        for (name, text) in media.parts() {
            self.form(forms, Some(name), text, form);
        }
    }

    fn form(&mut self, forms: &mut Forms<'a>, name: FormOf, text: &'a Text, form: &'a Form) {
        if text.is_empty() {
            return;
        }
        let mut by_language = HashMap::with_capacity(text.0.len());
        // Without a language means the default language, unless a column names that one too: blank sorts first.
        for (language, text) in text.iter() {
            let language = self.language(Cow::Borrowed(language), form);
            by_language.insert(language, Cow::Borrowed(text));
        }
        forms.push((name, by_language));
    }

    fn language(&mut self, language: Cow<'a, str>, form: &'a Form) -> Cow<'a, str> {
        let language = if language.is_empty() { Cow::Borrowed(form.unnamed_language()) } else { language };
        if !self.languages.contains(&language) {
            self.languages.push(language.clone());
        }
        language
    }

    fn push(&mut self, id: String, forms: Forms<'a>, context: Option<Id>) {
        if !forms.is_empty() {
            self.entries.push(Entry { id, forms, context });
        }
    }

    pub(super) fn write(&self, tree: &Tree<'_>, markup: &mut Markup) {
        let default = tree.form.unnamed_language();
        markup.start("itext");
        for language in &self.languages {
            markup.start("translation");
            if language == default {
                markup.attribute("default", "true()");
            }
            markup.attribute("lang", language);
            for entry in &self.entries {
                markup.start("text");
                markup.attribute("id", &entry.id);
                for (form, texts) in &entry.forms {
                    let text = texts.get(language).map_or(LACKING, |text| text);
                    value(tree, entry.context, *form, text, markup);
                }
                markup.end();
            }
            markup.end();
        }
        markup.end();
    }
}

fn value(tree: &Tree<'_>, context: Option<Id>, form: FormOf, text: &str, markup: &mut Markup) {
    let address = match form {
        None | Some("guidance") => "",
        Some(_) if text == LACKING => return,
        Some("image" | "big-image") => "jr://images/",
        Some("audio") => "jr://audio/",
        Some(_) => "jr://video/",
    };
    markup.start("value");
    if let Some(form) = form {
        markup.attribute("form", form);
    }
    // A choice is not in the tree: its references are seen from the form itself, that is as whole paths.
    let mut pieces = tree.pieces(text, context.unwrap_or(super::tree::ROOT));
    if !address.is_empty() {
        pieces.insert(0, Piece::Text(Cow::Borrowed(address)));
        if let [Piece::Text(_), Piece::Text(name)] = pieces.as_slice() {
            let whole = format!("{address}{name}");
            return markup.end_with(&whole);
        }
    }
    markup.end_with_pieces(&pieces);
}
