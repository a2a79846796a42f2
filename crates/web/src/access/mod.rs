//! Signing in and out, the account, and the accounts that an administrator manages.

mod account;
mod accounts;
mod duties;
mod link;
mod passkeys;
mod sign_in;

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    r.get("/sign-in", Gate::Public, sign_in::get)
        .post("/sign-in", Gate::Public, sign_in::post)
        .get("/sign-in/code", Gate::Public, sign_in::code)
        .post("/sign-in/code", Gate::Public, sign_in::post_code)
        .post("/sign-in/passkey", Gate::Public, passkeys::begin_sign_in)
        .post("/sign-in/passkey/finish", Gate::Public, passkeys::finish_sign_in)
        .get("/sign-in/link/{token}", Gate::Public, link::get)
        .post("/sign-in/link/{token}", Gate::Public, link::post)
        .post("/sign-out", Gate::SignedIn, link::sign_out)
        .get("/account", Gate::SignedIn, account::get)
        .post("/account/password", Gate::SignedIn, account::password)
        .get("/account/second-factor", Gate::SignedIn, account::second_factor)
        .post("/account/second-factor", Gate::SignedIn, account::confirm_second_factor)
        .post("/account/second-factor/remove", Gate::SignedIn, account::remove_second_factor)
        .post("/account/digest", Gate::SignedIn, account::digest)
        .post("/account/sessions/end", Gate::SignedIn, account::end_session)
        .post("/account/passkeys", Gate::SignedIn, passkeys::begin_registration)
        .post("/account/passkeys/finish", Gate::SignedIn, passkeys::finish_registration)
        .post("/account/passkeys/remove", Gate::SignedIn, passkeys::remove)
        .get("/accounts", Gate::Administrator, accounts::get)
        .post("/accounts", Gate::Administrator, accounts::post)
        .post("/accounts/link", Gate::Administrator, accounts::link)
        .post("/accounts/enabled", Gate::Administrator, accounts::set_enabled)
        .get("/accounts/duties", Gate::Administrator, duties::get)
        .post("/accounts/duties", Gate::Administrator, duties::post)
}

/// The family of browser and system, for the person's own list of sessions. Nothing finer is kept.
pub(crate) fn device(headers: &axum::http::HeaderMap) -> String {
    let agent = headers.get(axum::http::header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("");
    let first = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| agent.contains(mark)).map_or("", |(_, name)| *name)
    };
    let browser =
        first(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Where to go after signing in: a page of ours, never another site.
pub(crate) fn safe_next(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(char::is_control)
        && !next.starts_with("/sign-in");
    if ours { next } else { "/start" }
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn another_site_is_no_next_page() {
        assert_eq!(safe_next("/inspections/x/plan"), "/inspections/x/plan");
        for bad in ["", "https://evil.test", "//evil.test", "/\\evil.test", "/sign-in", "/a\nb"] {
            assert_eq!(safe_next(bad), "/start", "{bad:?}");
        }
    }
}
