//! What devices ask for, over OpenRosa: the list of forms, a form, and sending what was filled in.
//!
//! | file | subject |
//! | --- | --- |
//! | this one | the list of forms, a form, its files (there are none) |
//! | `form_xml` | a form as XML, with the words that stand before and after the questions of a survey |
//! | `submission` | taking what is sent, and what is said about it |
//!
//! Protocol: the OpenRosa pages on form discovery, form submission and authentication. Whoever asks has passed
//! [`crate::frame::Gate::Device`].

mod form_xml;
mod submission;

use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use keyline_operations::voices::{DeviceForm, device_forms};
use maud::{PreEscaped, html};
use md5::{Digest, Md5};

use crate::frame::device::{said, xml};
use crate::frame::{PageResult, Scope, Visitor};

pub(super) use submission::{before_submission, submission};

const DECLARATION: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

/// The forms that the device's owner may use here.
pub(super) async fn form_list(visitor: Visitor, scope: Scope, RawQuery(query): RawQuery) -> PageResult {
    let wanted = query.as_deref().and_then(|query| {
        let found = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "formID");
        found.map(|(_, value)| value.into_owned())
    });
    let mut forms = device_forms(visitor.cx(), &scope.grant).await?;
    forms.retain(|form| wanted.as_ref().is_none_or(|wanted| *wanted == form.key));
    let server = format!("{}/openrosa/{}", visitor.cx().settings.public_address, scope.reference);
    let mut listed = Vec::with_capacity(forms.len());
    for form in &forms {
        let text = form_xml::write(&visitor, form).await?;
        let hash = format!("{:032x}", u128::from_be_bytes(Md5::digest(text.as_bytes()).into()));
        listed.push(html! {
            xform {
                formID { (form.key) }
                name { (form.form.form().title) }
                version { (form.version) }
                hash { "md5:" (hash) }
                downloadUrl { (server) "/forms/" (form.key) }
            }
        });
    }
    let body = html! {
        (DECLARATION)
        xforms xmlns="http://openrosa.org/xforms/xformsList" { @for form in &listed { (form) } }
    };
    Ok(xml(StatusCode::OK, body.into_string()))
}

async fn find(visitor: &Visitor, scope: &Scope, key: &str) -> PageResult<Result<DeviceForm, Response>> {
    let forms = device_forms(visitor.cx(), &scope.grant).await?;
    let found = forms.into_iter().find(|form| form.key == key);
    Ok(found.ok_or_else(|| said(StatusCode::NOT_FOUND, &visitor.words().t("device-no-such-form"))))
}

/// One form.
pub(super) async fn form(
    visitor: Visitor,
    scope: Scope,
    Path((_, key)): Path<(String, String)>,
) -> PageResult {
    match find(&visitor, &scope, &key).await? {
        Ok(form) => Ok(xml(StatusCode::OK, form_xml::write(&visitor, &form).await?)),
        Err(answer) => Ok(answer),
    }
}

/// The files that go with a form. There are none: an installation keeps no pictures or sounds for forms.
pub(super) async fn manifest(
    visitor: Visitor,
    scope: Scope,
    Path((_, key)): Path<(String, String)>,
) -> PageResult {
    match find(&visitor, &scope, &key).await? {
        Ok(_) => {
            let body = html! {
                (DECLARATION)
                manifest xmlns="http://openrosa.org/xforms/xformsManifest" {}
            };
            Ok(xml(StatusCode::OK, body.into_string()))
        }
        Err(answer) => Ok(answer),
    }
}
