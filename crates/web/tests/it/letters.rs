//! The notification: the preview, the letters with their private pages, what it dates and asks for.

use jiff::civil::date;
use keyline_operations::inspections::{Holder, Notify, notify};
use keyline_testing::{TestApp, World};

use crate::people::link;

/// A notification with a fictional holder of each office.
pub(crate) fn notification(app: &TestApp, world: &World) -> Notify {
    let programme = app.cx.library.latest("supervision-orders-at-home").expect("it ships");
    let holder = |key: &str| Holder {
        addressee: key.to_owned(),
        name: format!("Fictional {key}"),
        email: format!("{key}@fictional.test"),
    };
    Notify {
        inspection: world.inspection,
        reply_by: date(2026, 1, 12),
        holders: programme.addressees.iter().map(|a| holder(&a.key)).collect(),
    }
}

fn fields(app: &TestApp, act: &str) -> Vec<(String, String)> {
    let programme = app.cx.library.latest("supervision-orders-at-home").expect("it ships");
    let mut fields: Vec<(String, String)> =
        [("reply_by-day", "12"), ("reply_by-month", "1"), ("reply_by-year", "2026"), ("act", act)]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .to_vec();
    for a in &programme.addressees {
        fields.push((format!("name-{}", a.key), format!("Fictional *{}*", a.key)));
        fields.push((format!("email-{}", a.key), format!("{}@fictional.test", a.key)));
    }
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect()
}

#[tokio::test]
async fn the_notification_is_shown_first_and_sent_once() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let lead = app.browser(world.lead).await;
    let page = world.href("notify");
    lead.get(&page).await.ok().says("Chief Constable");
    lead.post(&page, &[]).await.unprocessable().says("Write day, month and year");
    let mut wrong = fields(&app, "");
    wrong.retain(|(k, _)| k != "email-chief-constable");
    lead.post(&page, &borrowed(&wrong)).await.unprocessable().says("e-mail address");

    let preview = lead.post(&page, &borrowed(&fields(&app, ""))).await.ok();
    let preview = preview
        .says("Nothing has been sent yet")
        .says("5 January 2026")
        .says("By 12 January 2026, please name")
        .says("Strathmarnock Community Planning Partnership")
        .says("Fictional *chief-constable*")
        .says("Children's services plan")
        .says("has not been confirmed by a published source");
    assert_eq!(preview.all("article.kl_letter").len(), 5);
    lead.get(&world.href("letters")).await.ok().says("No letters yet");
    lead.post(&page, &borrowed(&fields(&app, "back"))).await.ok().says("Look at it");

    let sent = lead.post(&page, &borrowed(&fields(&app, "send"))).await.ok().says("shown once");
    assert_eq!(sent.all("input.kl_copy").len(), 5);
    lead.post(&page, &borrowed(&fields(&app, "send"))).await.unprocessable().says("done already");
    lead.get(&page).await.ok().says("done already");
    lead.get(&world.href("letters")).await.ok().says("Fictional *chief-constable*").says("Not yet");
    lead.get(&world.href("plan")).await.ok().says("Done 5 Jan");

    // The addressee reads without an account; the first reading is noted once.
    let private = link(&sent, "link-1");
    let anyone = app.anyone();
    anyone.get(&private).await.ok().says("will be inspected jointly").says("5 January 2026");
    let pdf = anyone.get(&format!("{private}.pdf")).await.ok();
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    assert_eq!(lead.get(&world.href("letters")).await.ok().visible().matches("Not yet").count(), 4);
    anyone.get("/letter/unknown").await.not_found();
    anyone.get("/letter/unknown.pdf").await.not_found();

    let renew = lead.attribute_of_first_renewal(&world).await;
    let renewed = lead.post(&renew, &[]).await.ok();
    anyone.get(&private).await.not_found();
    anyone.get(&link(&renewed, "link")).await.ok();
    app.browser(world.coordinator).await.get(&world.href("letters")).await.ok().hides("@fictional.test");
    app.browser(world.participation).await.get(&world.href("letters")).await.not_found();
    app.browser(world.coordinator).await.post(&renew, &[]).await.not_found();
}

/// The address of the first form that renews a link.
trait Renewal {
    async fn attribute_of_first_renewal(&self, world: &World) -> String;
}

impl Renewal for keyline_testing::Browser {
    async fn attribute_of_first_renewal(&self, world: &World) -> String {
        let list = self.get(&world.href("letters")).await.ok();
        list.attribute("form[action$=renew]", "action").expect("the list renews")
    }
}

#[tokio::test]
async fn the_notification_asks_for_documents_by_the_dated_plan() {
    let app = TestApp::new().await;
    let world = World::planned(&app).await;
    let other = World::in_area(&app, "fife", "other-").await;
    let stranger = app.actor(other.lead).await;
    assert!(notify(&app.cx, &stranger, notification(&app, &world)).await.is_err());
    let inspector = app.actor(world.inspectors[0]).await;
    assert!(notify(&app.cx, &inspector, notification(&app, &world)).await.is_err());
    let lead = app.actor(world.lead).await;
    let sent = notify(&app.cx, &lead, notification(&app, &world)).await.unwrap();
    assert_eq!(sent.len(), 5);
    let grant =
        app.cx.grant(&lead, world.inspection, keyline_domain::access::Action::SeeReturns).await.unwrap();
    let mut reader = app.cx.read().await.unwrap();
    let asked = keyline_store::returns::list_requests(&mut reader, &grant).await.unwrap();
    let programme = app.cx.library.latest("supervision-orders-at-home").expect("it ships");
    assert_eq!(asked.len(), programme.document_requests.len());
    let steps = keyline_store::inspections::plan::steps(&mut reader, &grant).await.unwrap();
    let due = steps.iter().find(|s| s.step.key == programme.document_return_step).unwrap().step.span.to;
    assert!(asked.iter().all(|r| r.due_on == due));
    // Week 4 of a plan that begins on Monday 5 January 2026, on its Friday.
    assert_eq!(due, date(2026, 1, 30));
}
