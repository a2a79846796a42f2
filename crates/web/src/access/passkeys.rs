//! Passkeys: what the browser's script asks and answers, as JSON; taking one away is a form.

use axum::Json;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use keyline_operations::Refused;
use keyline_operations::access::passkeys::{self, Ceremony};
use serde::Deserialize;
use serde_json::{Value, json};

use super::device;
use crate::frame::{PageError, PageResult, Typed, Visitor, session_cookie};

/// The answer of the browser.
#[derive(Debug, Deserialize)]
pub(super) struct Finish {
    ceremony: String,
    answer: Value,
    #[serde(default)]
    name: String,
}

fn asked(ceremony: &Ceremony) -> Response {
    Json(json!({ "ceremony": ceremony.id, "challenge": ceremony.challenge })).into_response()
}

fn refused(visitor: &Visitor, refused: Refused) -> PageResult {
    match refused {
        Refused::NotNow(reasons) => {
            let said: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
            Ok((StatusCode::CONFLICT, Json(json!({ "problem": said.join(" ") }))).into_response())
        }
        other => Err(other.into()),
    }
}

/// Begins making one.
pub(super) async fn begin_registration(visitor: Visitor) -> PageResult {
    Ok(asked(&passkeys::begin_registration(visitor.cx(), visitor.actor()).await?))
}

/// Ends making one.
pub(super) async fn finish_registration(visitor: Visitor, Json(finish): Json<Finish>) -> PageResult {
    let ceremony = finish.ceremony.parse().map_err(|_| PageError::NOT_FOUND)?;
    match passkeys::finish_registration(visitor.cx(), visitor.actor(), ceremony, &finish.name, finish.answer)
        .await
    {
        Ok(()) => Ok(Json(json!({ "next": "/account?done=passkey-made" })).into_response()),
        Err(error) => refused(&visitor, error),
    }
}

/// Begins signing in.
pub(super) async fn begin_sign_in(visitor: Visitor) -> PageResult {
    Ok(asked(&passkeys::begin_sign_in(visitor.cx()).await?))
}

/// Ends signing in.
pub(super) async fn finish_sign_in(
    visitor: Visitor,
    headers: HeaderMap,
    Json(finish): Json<Finish>,
) -> PageResult {
    let ceremony = finish.ceremony.parse().map_err(|_| PageError::NOT_FOUND)?;
    match passkeys::finish_sign_in(visitor.cx(), ceremony, finish.answer, &device(&headers)).await {
        Ok(token) => {
            let cookie = session_cookie(visitor.app(), &token);
            Ok(([(SET_COOKIE, cookie)], Json(json!({ "next": "/start" }))).into_response())
        }
        Err(error) => refused(&visitor, error),
    }
}

/// Takes one away.
pub(super) async fn remove(visitor: Visitor, typed: Typed) -> PageResult {
    let id = typed.parse("passkey").ok_or(PageError::NOT_FOUND)?;
    passkeys::remove(visitor.cx(), visitor.actor(), id).await?;
    Ok(Redirect::to("/account?done=passkey-removed").into_response())
}
