//! Signing in and out, and the account.

mod link;

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    r.get("/sign-in/link/{token}", Gate::Public, link::get)
        .post("/sign-in/link/{token}", Gate::Public, link::post)
        .post("/sign-out", Gate::SignedIn, link::sign_out)
}

/// The family of browser and system, for the person's own list of sessions. Nothing finer is kept.
pub(crate) fn device(user_agent: &str) -> String {
    let browser = [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]
        .iter()
        .find(|(mark, _)| user_agent.contains(mark))
        .map_or("", |(_, name)| name);
    let system = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]
    .iter()
    .find(|(mark, _)| user_agent.contains(mark))
    .map_or("", |(_, name)| name);
    [browser, system].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(", ")
}
