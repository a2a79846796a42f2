//! The partnership's own keys: given with the return, kept as keyed hashes, asked for by the coordinator alone.

use keyline_testing::{TestApp, World, texts};
use keyline_workbooks::{FileKind, Limits, Sheet, read_whole, write_xlsx};

use super::{csv, send, table, trail, xlsx};

#[tokio::test]
async fn a_key_leads_to_its_label_for_the_coordinator_and_for_nobody_else() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let path = world.href("returns/key");
    let page = coordinator.post(&path, &[("key", "FILE/1003")]).await.unprocessable();
    page.says("There are no keys");
    let sent = send(&world, &coordinator, "return.xlsx", &xlsx(&table(&app, 7))).await;
    coordinator.follow(&sent).await.ok().says("The checks found nothing wrong");
    coordinator.get(&world.href("returns/pre-inspection-return")).await.ok().says("by your own key");
    let page = coordinator.get(&path).await.ok().says("Only a code that is worked out").hides("⟦");
    assert_eq!(page.attribute("form", "method").as_deref(), Some("post"), "a key stands in no address");
    let page = coordinator.post(&path, &[("key", "file 1003")]).await.ok();
    page.says("The reference is S003").says("has not been drawn yet").hides("⟦");
    let page = coordinator.post(&path, &[("key", "FILE/9999")]).await.unprocessable();
    let page = page.says("No row of the list has this key");
    assert_eq!(page.attribute("#key", "value").as_deref(), Some("FILE/9999"), "what was typed is kept");
    coordinator.post(&path, &[("key", " - ")]).await.unprocessable().says("Type a key");
    for person in [
        world.lead,
        world.depute,
        world.inspectors[0],
        world.officer,
        world.manager,
        world.chief,
        world.reader,
    ] {
        let browser = app.browser(person).await;
        browser.get(&path).await.not_found();
        browser.post(&path, &[("key", "FILE/1003")]).await.not_found();
    }
    // The trail says that it was asked, and by whom, but not the key.
    assert!(trail(&app, &world).await.contains(&"return.key-asked".to_owned()));
    let mut reader = app.cx.read().await.unwrap();
    let details =
        texts(&mut reader, "SELECT detail FROM audit_entry WHERE action = 'return.key-asked'").await;
    assert!(details.iter().all(|d| d.contains("S003") && !d.contains("1003")), "{details:?}");
}

#[tokio::test]
async fn the_team_never_sees_a_key_in_rows_in_the_document_or_in_the_database() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let mut lines = table(&app, 3);
    let header = lines[0].clone();
    let rows = lines.split_off(1);
    let secret = Sheet {
        name: "Notes".into(),
        header: vec!["for us".into()],
        rows: vec![vec!["only here".into()]],
        ..Sheet::default()
    };
    let list = Sheet { name: "Return".into(), header, rows, ..Sheet::default() };
    let sent = send(&world, &coordinator, "return.xlsx", &write_xlsx(&[list, secret]).unwrap()).await;
    let submission = sent.location().split('?').next().unwrap().to_owned();
    let lead = app.browser(world.lead).await;
    lead.get(&format!("{submission}/rows")).await.ok().says("S003").hides("1003").hides("Your key");
    let page = lead.get(&submission).await.ok().hides("1003");
    let href = page.attribute("a[href*='/returns/documents/']", "href").unwrap();
    let kept = lead.get(&href).await.ok();
    let whole = read_whole(&kept.bytes, FileKind::Xlsx, &Limits::default()).unwrap();
    assert_eq!(whole.sheets.len(), 1, "what else came with the file is not kept");
    let cells: Vec<&String> = whole.sheets[0].rows.iter().flat_map(|r| &r.cells).collect();
    assert!(cells.iter().any(|c| *c == "S003") && !cells.iter().any(|c| c.contains("1003")), "{cells:?}");
    let mut reader = app.cx.read().await.unwrap();
    let hashes = texts(&mut reader, "SELECT key_hash FROM cohort_key ORDER BY label").await;
    assert!(hashes.len() == 3 && hashes.iter().all(|h| h.len() == 64), "{hashes:?}");
    assert!(!hashes.contains(&blake3::hash(b"FILE1003").to_hex().to_string()), "hashed with a key");
    let rows = texts(&mut reader, "SELECT columns FROM cohort_child").await;
    assert!(rows.iter().all(|r| !r.contains("100")), "{rows:?}");
    // The same key in another inspection is another hash: nobody can join the two.
    let other = World::in_area(&app, "fife", "other-").await;
    let notify =
        format!("UPDATE inspection SET notified_on = '2026-01-12' WHERE id = '{}'", other.inspection);
    crate::report::sql(&app, &[notify]).await;
    let elsewhere = app.browser(other.coordinator).await;
    send(&other, &elsewhere, "return.csv", &csv(&table(&app, 3))).await.redirects_to(&other.href("returns"));
    let all = texts(&mut app.cx.read().await.unwrap(), "SELECT DISTINCT key_hash FROM cohort_key").await;
    assert_eq!(all.len(), 6);
    elsewhere.get(&world.href("returns/key")).await.not_found();
}

#[tokio::test]
async fn the_workbook_that_is_handed_out_comes_back_with_its_totals_checked() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let empty = coordinator.get(&world.href("returns/empty.xlsx")).await.ok();
    let whole = read_whole(&empty.bytes, FileKind::Xlsx, &Limits::default()).unwrap();
    let mut sheets: Vec<Sheet> = whole
        .sheets
        .iter()
        .map(|sheet| {
            let mut rows: Vec<Vec<String>> = sheet.rows.iter().map(|row| row.cells.clone()).collect();
            let header = rows.remove(0);
            Sheet { name: sheet.name.clone(), header, rows, ..Sheet::default() }
        })
        .collect();
    sheets[0].rows = table(&app, 4).split_off(1);
    sheets[1].rows[0][2] = "5".into();
    let page = send(&world, &coordinator, "cohort.xlsx", &write_xlsx(&sheets).unwrap()).await.unprocessable();
    page.says("Totals, C2").says("The total says 5, the list has 4.").hides("⟦");
    sheets[1].rows[0][2] = "4".into();
    sheets.push(Sheet {
        name: "Fictional Person".into(),
        header: vec!["x".into()],
        rows: vec![vec!["someone@fictional.test".into()]],
        ..Sheet::default()
    });
    let page = send(&world, &coordinator, "cohort.xlsx", &write_xlsx(&sheets).unwrap()).await.unprocessable();
    page.says("#6, A2").says("place in your file").hides("someone@").hides("Fictional Person");
    sheets.pop();
    let sent = send(&world, &coordinator, "cohort.xlsx", &write_xlsx(&sheets).unwrap()).await;
    coordinator.follow(&sent).await.ok().says("The checks found nothing wrong");
}
