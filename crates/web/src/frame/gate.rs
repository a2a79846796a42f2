//! The gate of a route: who may pass, asked of the one policy before the handler runs.

use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use keyline_domain::access::{Action, Denied, Grant, ServiceAction, decide};
use keyline_store::inspections;

use super::forms::Typed;
use super::{App, PageError, Visitor, device};

/// Who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Everybody.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Administrators of the service.
    Administrator,
    /// Whoever has a duty that permits the action for the service as a whole.
    Service(ServiceAction),
    /// Whoever the policy permits the action in the inspection of the path's `{inspection}`.
    Inspection(Action),
    /// A device of somebody whom the policy permits to use one in the inspection of the path's `{inspection}`.
    Device,
}

/// What the gate of an inspection's route found: the grant, and the reference as it stands in the address.
#[derive(Debug, Clone)]
pub struct Scope {
    /// What the policy allowed.
    pub grant: Grant,
    /// The inspection as it stands in the address.
    pub reference: String,
}

impl Scope {
    /// The address of a page of this inspection.
    pub fn href(&self, rest: &str) -> String {
        if rest.is_empty() {
            format!("/inspections/{}", self.reference)
        } else {
            format!("/inspections/{}/{rest}", self.reference)
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Scope {
    type Rejection = PageError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts.extensions.get::<Scope>().cloned().ok_or(PageError::NOT_FOUND)
    }
}

pub(super) async fn check(
    State((app, gate)): State<(App, Gate)>,
    visitor: Visitor,
    params: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    if gate == Gate::Device {
        let reference =
            params.iter().find_map(|(name, value)| (name == "inspection").then(|| value.to_owned()));
        return device::check(&app, &visitor, &reference.unwrap_or_default(), request, next).await;
    }
    match pass(&app, gate, &visitor, &params, request.method()).await {
        Ok(Passed::Go(scope)) => {
            if let Some(scope) = scope {
                request.extensions_mut().insert(scope);
            }
            next.run(request).await
        }
        Ok(Passed::Elsewhere(href)) => Redirect::to(&href).into_response(),
        Err(error) => {
            // What was typed is read, for the page of the problem: it is lost to nobody because a session has ended.
            if request.method() == Method::POST {
                let _ = Typed::from_request(request, &()).await;
            }
            error.into_response()
        }
    }
}

enum Passed {
    Go(Option<Scope>),
    Elsewhere(String),
}

async fn pass(
    app: &App,
    gate: Gate,
    visitor: &Visitor,
    params: &RawPathParams,
    method: &Method,
) -> Result<Passed, PageError> {
    if gate == Gate::Public {
        return Ok(Passed::Go(None));
    }
    if let Some(fault) = visitor.unknown() {
        return Err(fault.clone());
    }
    let Some(signed_in) = visitor.signed_in() else {
        // The same answer for every address behind a gate: it says nothing of what exists.
        return if method == Method::GET {
            let next =
                percent_encoding::utf8_percent_encode(visitor.path(), percent_encoding::NON_ALPHANUMERIC);
            Ok(Passed::Elsewhere(format!("/sign-in?next={next}")))
        } else {
            Err(PageError::SIGNED_OUT)
        };
    };
    match gate {
        Gate::Public | Gate::SignedIn => Ok(Passed::Go(None)),
        Gate::Administrator if signed_in.person.administrator => Ok(Passed::Go(None)),
        // A device asks for its own credentials, above: a session opens nothing there.
        Gate::Administrator | Gate::Device => Err(PageError::NOT_FOUND),
        Gate::Service(action) => {
            let mut reader = app.cx.read().await?;
            if keyline_operations::duties::may(&mut reader, signed_in.person.id, action).await? {
                Ok(Passed::Go(None))
            } else {
                Err(PageError::NOT_FOUND)
            }
        }
        Gate::Inspection(action) => {
            let reference = params
                .iter()
                .find_map(|(name, value)| (name == "inspection").then(|| value.to_owned()))
                .ok_or(PageError::NOT_FOUND)?;
            let mut reader = app.cx.read().await?;
            let id = inspections::resolve(&mut reader, &reference).await?.ok_or(PageError::NOT_FOUND)?;
            let standing = inspections::members::standing(&mut reader, id, signed_in.person.id).await?;
            match decide(visitor.actor(), action, id, standing.as_ref()) {
                Ok(grant) => Ok(Passed::Go(Some(Scope { grant, reference }))),
                Err(Denied::DeclareFirst) if method == Method::GET => {
                    Ok(Passed::Elsewhere(format!("/inspections/{reference}/interest")))
                }
                Err(denied) => Err(PageError::from(keyline_operations::Refused::from(denied))),
            }
        }
    }
}
