//! The burden ledger, over the inspections of an area.

use keyline_testing::{TestApp, World, tamper};

use super::{asked, trail};

/// A document of so many pages.
fn pdf(pages: usize) -> Vec<u8> {
    let ids: Vec<usize> = (3..pages + 3).collect();
    let kids: Vec<String> = ids.iter().map(|id| format!("{id} 0 R")).collect();
    let leaf = |id| format!("{id} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj");
    let leaves: Vec<String> = ids.iter().map(leaf).collect();
    format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[{}]/Count {pages}>>endobj\n{}\n\
         trailer<</Root 1 0 R>>\n%%EOF\n",
        kids.join(" "),
        leaves.join("\n")
    )
    .into_bytes()
}

#[tokio::test]
async fn items_pages_and_hours_are_counted_over_all_programmes_and_what_is_not_known_is_said() {
    let app = TestApp::new().await;
    let here = World::notified(&app).await;
    let earlier = World::in_area(&app, "fife", "other-").await;
    let mut tx = app.cx.db.begin().await.unwrap();
    let moved =
        "UPDATE inspection SET area = 'strathmarnock', notified_on = '2025-03-03', programme = 'fictional'
        WHERE reference = 'fife-2026'";
    tamper(&mut tx, "UPDATE inspection SET notified_on = '2026-01-05' WHERE reference = 'fife-2026'").await;
    tx.commit().await.unwrap();
    let (lead, coordinator) = (app.browser(here.lead).await, app.browser(here.coordinator).await);
    let request = asked(&here, &lead, "Fictional plan").await;
    asked(&here, &lead, "Fictional figures").await;
    asked(&earlier, &app.browser(earlier.lead).await, "Fictional minutes").await;
    let mut tx = app.cx.db.begin().await.unwrap();
    assert_eq!(tamper(&mut tx, moved).await, 1);
    tx.commit().await.unwrap();

    let plan = pdf(12);
    let files =
        [("files", "plan.pdf", plan.as_slice()), ("files", "note.txt", b"A fictional note.".as_slice())];
    coordinator.upload(&format!("{request}/documents"), &[], &files).await.redirects_to(&request);
    let page = lead.get(&here.href("returns/burden")).await.ok();
    assert!(page.all("tbody tr")[0].contains("not known"), "before they are read");
    crate::disposal::read_all(&app, &here).await;
    let hours = format!("{request}/hours");
    let page = coordinator.get(&request).await.ok();
    let version = page.attribute("form[action$='/hours'] input[name=version]", "value").unwrap();
    let said = |hours: &'static str| vec![("version", version.clone()), ("hours", hours.to_owned())];
    let post = async |who: &keyline_testing::Browser, form: Vec<(&str, String)>| {
        let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
        who.post(&hours, &form).await
    };
    post(&coordinator, said("much")).await.unprocessable().says("Write hours as a number");
    post(&lead, said("2")).await.not_found();
    post(&coordinator, said("2.5")).await.redirects_to(&request);
    post(&coordinator, said("9")).await.conflict();
    assert!(trail(&app, &here).await.contains(&"request.hours".to_owned()));

    for person in [here.lead, here.depute, here.manager, here.coordinator] {
        let page = app.browser(person).await.get(&here.href("returns/burden")).await.ok().hides("⟦");
        let rows = page.all("tbody tr");
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert!(rows[0].starts_with("2026"), "{rows:?}");
        assert!(rows[0].contains("2.5") && rows[0].contains("not known for 1 of 2"), "{rows:?}");
        assert!(rows[1].starts_with("2025") && rows[1].contains("fictional"), "{rows:?}");
        page.hides("Fictional minutes").says("12");
    }
    let csv = lead.get(&here.href("returns/burden.csv")).await.ok();
    assert!(csv.header("content-disposition").contains("strathmarnock-2026-burden.csv"));
    let text = csv.text();
    assert!(text.contains("2026,supervision-orders-at-home,2,2,0,12,1,2.5,1"), "{text}");
    assert!(text.contains("2025,fictional,1,0,0,0,0,0,1"), "{text}");
    for person in
        [here.inspectors[0], here.chief, here.participation, here.chair, here.stranger, earlier.lead]
    {
        let browser = app.browser(person).await;
        browser.get(&here.href("returns/burden")).await.not_found();
        browser.get(&here.href("returns/burden.csv")).await.not_found();
    }
}
