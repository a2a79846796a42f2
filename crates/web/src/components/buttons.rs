//! Buttons: what writes is a button in a form, what leads on is a link.

use maud::{Markup, html};

/// How much a button asks for attention. A page has one primary button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// What the page is for.
    #[default]
    Primary,
    /// Everything else.
    Secondary,
    /// What cannot be undone easily.
    Warning,
    /// Looks like a link, for small acts within a row of a table.
    Link,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "ds_button",
            Self::Secondary => "ds_button ds_button--secondary",
            Self::Warning => "ds_button kl_button--warning",
            Self::Link => "kl_link-button",
        }
    }
}

/// A button that sends its form.
#[derive(Debug, Clone, Copy, Default)]
pub struct Button<'a> {
    /// What it says: a verb.
    pub label: &'a str,
    /// What it adds for someone who hears it out of its place, for example the row's name.
    pub hidden: Option<&'a str>,
    /// How much it asks for attention.
    pub kind: Kind,
    /// Name and value that come with the form when this button sent it.
    pub sends: Option<(&'a str, &'a str)>,
}

impl<'a> Button<'a> {
    /// A primary button.
    pub fn new(label: &'a str) -> Self {
        Self { label, ..Self::default() }
    }
    /// Of another kind.
    #[must_use]
    pub fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }
    /// With a name and value of its own.
    #[must_use]
    pub fn sends(mut self, name: &'a str, value: &'a str) -> Self {
        self.sends = Some((name, value));
        self
    }
    /// With words that are heard and not seen.
    #[must_use]
    pub fn hidden(mut self, text: &'a str) -> Self {
        self.hidden = Some(text);
        self
    }
}

impl maud::Render for Button<'_> {
    fn render(&self) -> Markup {
        html! {
            button class=(self.kind.class()) type="submit" name=[self.sends.map(|s| s.0)] value=[self.sends.map(|s| s.1)] {
                (self.label)
                @if let Some(hidden) = self.hidden { span class="visually-hidden" { " " (hidden) } }
            }
        }
    }
}

/// The main button of a form.
pub fn button(label: &str) -> Markup {
    html! { (Button::new(label)) }
}

/// A button beside the main one.
pub fn button_secondary(label: &str) -> Markup {
    html! { (Button::new(label).kind(Kind::Secondary)) }
}

/// A button for what cannot be undone easily.
pub fn button_warning(label: &str) -> Markup {
    html! { (Button::new(label).kind(Kind::Warning)) }
}

/// A link that looks like a button: it leads on, it does not write.
pub fn link_button(href: &str, label: &str) -> Markup {
    html! { a class=(Kind::Primary.class()) href=(href) { (label) } }
}

/// A link that looks like a secondary button.
pub fn link_button_secondary(href: &str, label: &str) -> Markup {
    html! { a class=(Kind::Secondary.class()) href=(href) { (label) } }
}

/// Buttons in a row.
pub fn button_group(buttons: &Markup) -> Markup {
    html! { div class="ds_button-group ds_button-group--inline kl_button-group" { (buttons) } }
}
