//! Form controls. Every control has a bound label; hint and error are tied to it by `aria-describedby`.

use keyline_words::Words;
use maud::{Markup, PreEscaped, html};

/// What every control has.
#[derive(Debug, Clone, Default)]
pub struct Field<'a> {
    /// Name in the form; also the id, so that the error summary can lead to it.
    pub name: &'a str,
    /// The label.
    pub label: String,
    /// Help under the label.
    pub hint: Option<String>,
    /// What was typed.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Token of the `autocomplete` attribute.
    pub autocomplete: Option<&'a str>,
    /// Whether the browser is told that it has to be filled in.
    pub required: bool,
}

impl<'a> Field<'a> {
    /// A required field.
    pub fn new(name: &'a str, label: impl Into<String>) -> Self {
        Self { name, label: label.into(), required: true, ..Self::default() }
    }
    /// With help under the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
    /// With what was typed.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }
    /// With what is wrong, if anything.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }
    /// With an `autocomplete` token.
    #[must_use]
    pub fn autocomplete(mut self, token: &'a str) -> Self {
        self.autocomplete = Some(token);
        self
    }
    /// May be left empty, which the label says: most fields must be filled in, so only the others are marked.
    #[must_use]
    pub fn optional(mut self, words: Words<'_>) -> Self {
        self.label = words.with("label-optional", &[("label", &self.label)]);
        self.unchecked()
    }
    /// The browser cannot know whether it has to be filled in.
    #[must_use]
    pub fn unchecked(mut self) -> Self {
        self.required = false;
        self
    }

    fn described_by(&self) -> Option<String> {
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{}-hint", self.name));
        }
        if self.error.is_some() {
            ids.push(format!("{}-error", self.name));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn frame(&self, control: &Markup) -> Markup {
        html! {
            div class=(self.question()) {
                label class="ds_label" for=(self.name) data-names=(self.name) { (self.label) }
                (self.notes())
                (control)
            }
        }
    }

    /// A set of controls under one legend.
    pub(super) fn group(&self, controls: &Markup) -> Markup {
        html! {
            div class=(self.question()) {
                fieldset aria-describedby=[self.described_by()] {
                    legend class="ds_label" data-names=(self.name) { (self.label) }
                    (self.notes())
                    (controls)
                }
            }
        }
    }

    fn question(&self) -> &'static str {
        if self.error.is_some() { "ds_question ds_question--error" } else { "ds_question" }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    fn notes(&self) -> Markup {
        html! {
            @if let Some(hint) = &self.hint { p class="ds_hint-text" id={ (self.name) "-hint" } { (hint) } }
            @if let Some(error) = &self.error {
                p class="ds_question__error-message" id={ (self.name) "-error" } {
                    span class="kl_error-mark" aria-hidden="true" { "!" } (error)
                }
            }
        }
    }

    fn input(&self, kind: &str, class: &str, mode: Option<&str>) -> Markup {
        self.frame(&html! {
            input class={ (class) @if self.error.is_some() { " ds_input--error" } } type=(kind) id=(self.name) name=(self.name) value=(self.value) inputmode=[mode]
                autocomplete=[self.autocomplete] aria-describedby=[self.described_by()]
                aria-invalid=[self.invalid()] required[self.required];
        })
    }
}

/// One line of text. `kind` is `text`, `email`, `date` and the like.
pub fn text_field(field: &Field<'_>, kind: &str) -> Markup {
    let class = if matches!(kind, "date" | "time") { "ds_input kl_date" } else { "ds_input" };
    field.input(kind, class, None)
}

/// A whole number.
pub fn number_field(field: &Field<'_>) -> Markup {
    field.input("text", "ds_input ds_input--fixed-5", Some("numeric"))
}

/// A password; never filled in again.
pub fn password_field(field: &Field<'_>) -> Markup {
    let field = Field { value: String::new(), ..field.clone() };
    field.input("password", "ds_input", None)
}

/// Several lines of text.
pub fn text_area(field: &Field<'_>, rows: u32) -> Markup {
    field.frame(&html! {
        textarea class={ "ds_input" @if field.error.is_some() { " ds_input--error" } } id=(field.name) name=(field.name) rows=(rows)
            aria-describedby=[field.described_by()] aria-invalid=[field.invalid()]
            required[field.required] { (field.value) }
    })
}

/// A file.
pub fn file_field(field: &Field<'_>, accept: &str, multiple: bool) -> Markup {
    field.frame(&html! {
        input class="ds_input kl_file" type="file" id=(field.name) name=(field.name) accept=(accept)
            multiple[multiple] aria-describedby=[field.described_by()]
            aria-invalid=[field.invalid()] required[field.required];
    })
}

/// One of several values.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Value in the form.
    pub value: String,
    /// Label.
    pub label: String,
    /// Help under the label.
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Name of the symbol beside the label; empty for none.
    pub symbol: String,
}

impl Choice {
    /// A choice, chosen or not.
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, chosen, symbol: String::new() }
    }
    /// With help under the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
    /// With a symbol beside the label.
    #[must_use]
    pub fn symbol(mut self, name: &str) -> Self {
        name.clone_into(&mut self.symbol);
        self
    }
}

// The first control has the field's name as its id, so that the error summary leads there.
fn choice_id(name: &str, n: usize) -> String {
    if n == 0 { name.to_owned() } else { format!("{name}-{}", n + 1) }
}

fn group(field: &Field<'_>, choices: &[Choice], kind: &str) -> Markup {
    let (box_class, item, input, label) = if kind == "radio" {
        ("ds_field-group ds_radios", "ds_radio", "ds_radio__input", "ds_radio__label")
    } else {
        ("ds_field-group ds_checkboxes", "ds_checkbox", "ds_checkbox__input", "ds_checkbox__label")
    };
    field.group(&html! {
        div class=(box_class) {
            @for (n, choice) in choices.iter().enumerate() {
                @let id = choice_id(field.name, n);
                div class=(item) {
                    input class=(input) type=(kind) id=(id) name=(field.name) value=(choice.value)
                        checked[choice.chosen] required[field.required && kind == "radio"]
                        aria-describedby=[choice.hint.as_ref().map(|_| format!("{id}-choice-hint"))];
                    label class=(label) for=(id) { (super::symbols::symbol(&choice.symbol)) (choice.label) }
                    @if let Some(hint) = &choice.hint {
                        p class="ds_hint-text" id={ (id) "-choice-hint" } { (hint) }
                    }
                }
            }
        }
    })
}

/// Exactly one of a few.
pub fn radios(field: &Field<'_>, choices: &[Choice]) -> Markup {
    group(field, choices, "radio")
}

/// Any number of a few.
pub fn checkboxes(field: &Field<'_>, choices: &[Choice]) -> Markup {
    group(field, choices, "checkbox")
}

/// One of many.
pub fn select(field: &Field<'_>, choices: &[Choice]) -> Markup {
    field.frame(&html! {
        div class="ds_select-wrapper" {
            select class={ "ds_select" @if field.error.is_some() { " ds_select--error" } } id=(field.name) name=(field.name) aria-describedby=[field.described_by()]
                aria-invalid=[field.invalid()] required[field.required] {
                @for choice in choices {
                    option value=(choice.value) selected[choice.chosen] { (choice.label) }
                }
            }
            span class="ds_select-arrow" aria-hidden="true" {}
        }
    })
}

/// A value that the form carries.
pub fn hidden(name: &str, value: impl std::fmt::Display) -> Markup {
    html! { input type="hidden" name=(name) value=(value.to_string()); }
}

/// A form that writes. `novalidate`: the server answers with words that say what to do, and keeps what was typed.
pub fn form(action: &str, body: &Markup) -> Markup {
    html! { form class="kl_form" method="post" action=(action) novalidate { (body) } }
}

/// A form that sends files.
pub fn form_multipart(action: &str, body: &Markup) -> Markup {
    html! { form class="kl_form" method="post" action=(action) enctype="multipart/form-data" novalidate { (body) } }
}

/// A form that asks: it changes nothing, and its address can be kept.
pub fn form_get(action: &str, body: &Markup) -> Markup {
    html! { form class="kl_form" method="get" action=(action) { (body) } }
}

/// Controls that belong together.
pub fn fieldset(legend: &str, hint: Option<&str>, body: &Markup) -> Markup {
    html! {
        fieldset class="kl_fieldset" {
            legend class="kl_fieldset__legend" { (legend) }
            @if let Some(hint) = hint { p class="ds_hint-text" { (hint) } }
            (body)
        }
    }
}

/// What is wrong with a form, each with a link to its field. A field is named as the page names it, so that the list
/// makes sense before the form is seen again.
pub fn error_summary(title: &str, problems: &[(String, String)], page: &Markup) -> Markup {
    html! {
        @if !problems.is_empty() {
            div class="ds_error-summary" id="error-summary" aria-labelledby="error-summary-title" role="alert" tabindex="-1" autofocus {
                h2 class="ds_error-summary__title" id="error-summary-title" { (title) }
                ul class="ds_error-summary__list" {
                    @for (field, text) in problems {
                        li { a href={ "#" (field) } {
                            @if let Some(label) = label_in(&page.0, field) {
                                (PreEscaped(label)) @if !label.ends_with(['?', '.', ':']) { ":" } " "
                            }
                            (text)
                        } }
                    }
                }
            }
        }
    }
}

/// The label of a field in a page that is already written, escaped as it stands there.
fn label_in<'p>(page: &'p str, field: &str) -> Option<&'p str> {
    let mark = format!("data-names=\"{field}\">");
    let after = &page[page.find(&mark)? + mark.len()..];
    after.split('<').next().map(str::trim).filter(|label| !label.is_empty())
}
