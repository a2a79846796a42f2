//! Forms as they were typed, and what is wrong with them.

use std::sync::{Arc, OnceLock};

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use keyline_domain::reasons::FieldProblem;
use keyline_operations::Refused;

use super::{PageError, Visitor};

/// The fields of a form as they were typed, in order; a name may come more than once. A form is always readable:
/// what is wrong with it is said by the verb, field by field, and what was typed is shown again.
#[derive(Debug, Clone, Default)]
pub struct Typed(Arc<Vec<(String, String)>>);

impl Typed {
    /// A form filled by the program, for the first showing.
    pub fn of(pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        Self(Arc::new(pairs.into_iter().map(|(k, v)| (k.into(), v.into())).collect()))
    }
    /// The (last) value of a field; empty when it did not come.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }
    /// All values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }
    /// Whether a field came with this value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|v| v == value)
    }
    /// A value of some kind; `None` when it is not one.
    pub fn parse<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name).trim().parse().ok()
    }
    /// All fields.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }
}

/// Where a form that was read is left for the page of a problem, so that it can be sent again.
#[derive(Debug, Clone, Default)]
pub(crate) struct TypedSlot(Arc<OnceLock<Typed>>);

impl TypedSlot {
    /// What was typed, unless there is something secret in it: that stays out of pages. On the pages that need no account
    /// the id of a form is one: the words of a receipt come from it.
    pub(crate) fn to_send_again(&self, path: &str) -> Option<&Typed> {
        const SECRETS: [&str; 11] = [
            "password",
            "old",
            "new",
            "again",
            "code",
            "secret",
            "passphrase",
            "hand_over_passphrase",
            "new_passphrase",
            "new_again",
            "words",
        ];
        let public = ["/tell-us", "/volunteer"].iter().any(|room| path.starts_with(room));
        let secret = |name: &str| SECRETS.contains(&name) || (public && name == "once");
        self.0.get().filter(|typed| !typed.0.is_empty() && !typed.pairs().any(|(name, _)| secret(name)))
    }
}

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = PageError;
    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let slot = request.extensions().get::<TypedSlot>().cloned();
        match axum_extra::extract::Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(form) => {
                // Browsers send line ends as CRLF; texts are kept with LF.
                let lf = |v: String| if v.contains("\r\n") { v.replace("\r\n", "\n") } else { v };
                let typed = Self::of(form.0.into_iter().map(|(k, v)| (k, lf(v))));
                if let Some(slot) = slot {
                    // Only ever empty: a form is read once.
                    let _ = slot.0.set(typed.clone());
                }
                Ok(typed)
            }
            Err(_) => Err(PageError::bad_request("form-unreadable")),
        }
    }
}

/// What is wrong with a form, in the visitor's words.
#[derive(Debug, Clone, Default)]
pub struct Problems(Vec<(String, String)>);

impl Problems {
    /// In the visitor's words.
    pub fn of(visitor: &Visitor, problems: &[FieldProblem]) -> Self {
        Self(problems.iter().map(|p| (p.field.clone(), visitor.sentence(&p.reason))).collect())
    }
    /// One problem of one field, by the key of its sentence.
    pub fn one(visitor: &Visitor, field: &str, key: &str) -> Self {
        Self::text(field, visitor.words().t(key))
    }
    /// One problem of one field, already worded.
    pub fn text(field: &str, text: String) -> Self {
        Self(vec![(field.to_owned(), text)])
    }
    /// Several problems of one field, already worded.
    pub fn texts(field: &str, texts: impl IntoIterator<Item = String>) -> Self {
        Self(texts.into_iter().map(|text| (field.to_owned(), text)).collect())
    }
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// What is wrong with one field.
    pub fn on(&self, field: &str) -> Option<String> {
        self.0.iter().find(|(f, _)| f == field).map(|(_, text)| text.clone())
    }
    /// The list at the head of the page; `None` when nothing is wrong.
    pub fn summary(&self) -> Option<Vec<(String, String)>> {
        (!self.0.is_empty()).then(|| self.0.clone())
    }
    /// The status of a page that shows the form.
    pub fn status(&self) -> StatusCode {
        if self.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
    /// Takes the problems that a form can show out of a refusal: fields, and reasons (shown at the top without a
    /// field). Everything else is a page of its own.
    ///
    /// # Errors
    /// The refusals that a form cannot show.
    pub fn from_refusal(visitor: &Visitor, refused: Refused) -> Result<Self, PageError> {
        match refused {
            Refused::Fields(problems) => Ok(Self::of(visitor, &problems)),
            Refused::NotNow(reasons) => {
                Ok(Self(reasons.iter().map(|r| ("main-content".to_owned(), visitor.sentence(r))).collect()))
            }
            other => Err(other.into()),
        }
    }
}
