//! What the partnership sends: the pre-inspection return with its checks, and documents against requests, as each person.

mod burden;
mod closed;
mod delegation;
mod documents;
mod faults;
mod held;
mod keys;
mod looking;
mod pre_inspection;
mod requests;
mod statement;
mod uploads;

use keyline_domain::access::{Action, Actor};
use keyline_domain::programmes::{ColumnKind, ReturnColumn};
use keyline_testing::{Answer, Browser, TestApp, World};
use keyline_workbooks::{Sheet, write_csv, write_xlsx};

/// A made-up return: every value is one that its column allows.
fn table(app: &TestApp, children: usize) -> Vec<Vec<String>> {
    let programme = app.cx.library.latest(keyline_testing::PROGRAMME).expect("the programme ships");
    let columns = &programme.pre_inspection_return.columns;
    let mut lines = vec![columns.iter().map(|c| c.key.clone()).collect::<Vec<_>>()];
    lines.extend((0..children).map(|child| columns.iter().map(|c| value(c, child)).collect()));
    lines
}

fn value(column: &ReturnColumn, child: usize) -> String {
    match &column.kind {
        ColumnKind::Text { .. } => format!("S{:03}", child + 1),
        ColumnKind::Month { .. } => "2025-03".to_owned(),
        ColumnKind::Key { .. } => format!("FILE/{}", child + 1001),
        ColumnKind::WholeNumber { least, .. } => least.to_string(),
        ColumnKind::Choice { values } | ColumnKind::AgeBand { values, .. } => {
            values[child % values.len()].value.clone()
        }
        ColumnKind::YesNo => if child.is_multiple_of(3) { "yes" } else { "no" }.to_owned(),
    }
}

fn csv(lines: &[Vec<String>]) -> Vec<u8> {
    write_csv(lines.iter().map(Vec::as_slice), true)
}

fn xlsx(lines: &[Vec<String>]) -> Vec<u8> {
    let (header, rows) = lines.split_first().expect("a table has a header");
    let sheet =
        Sheet { name: "Return".into(), header: header.clone(), rows: rows.to_vec(), ..Sheet::default() };
    write_xlsx(&[sheet]).expect("a fictional workbook")
}

async fn send(world: &World, browser: &Browser, name: &str, content: &[u8]) -> Answer {
    browser.upload(&world.href("returns/pre-inspection-return"), &[], &[("file", name, content)]).await
}

/// A request for a document made by the lead; its address.
pub(crate) async fn asked(world: &World, lead: &Browser, title: &str) -> String {
    let form = [
        ("title", title),
        ("purpose", "Fictional purpose."),
        ("indicators", "2.1"),
        ("due-day", "30"),
        ("due-month", "1"),
        ("due-year", "2026"),
    ];
    let answer = lead.post(&world.href("returns/requests/new"), &form).await;
    let answer = answer.redirects_to(&world.href("returns/requests/req_"));
    answer.location().split('?').next().expect("an address").to_owned()
}

/// What the audit trail of the inspection says was done.
async fn trail(app: &TestApp, world: &World) -> Vec<String> {
    let grant = app
        .cx
        .grant(&Actor::Console, world.inspection, Action::SeeAudit)
        .await
        .expect("the console may see everything");
    let mut reader = app.cx.read().await.expect("a connection");
    let entries = keyline_store::audit::list(&mut reader, &grant, i64::MAX, 500).await.expect("readable");
    entries.into_iter().map(|(entry, _)| entry.action).collect()
}
