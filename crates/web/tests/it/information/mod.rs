//! What the public is told: reading, writing, publishing, two editors, news, meetings, and how hard pages are to read.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its own steps too")]

mod news;
mod pages;
mod readable;

use keyline_domain::access::{Actor, Duty};
use keyline_domain::ids::PersonId;
use keyline_operations::duties::set_duty;
use keyline_testing::{TestApp, person};

/// A fictional person with a duty.
pub(crate) async fn on_duty(app: &TestApp, name: &str, duty: Duty) -> PersonId {
    let id = person(app, name, false).await;
    set_duty(&app.cx, &Actor::Console, id, duty, true).await.unwrap();
    id
}
