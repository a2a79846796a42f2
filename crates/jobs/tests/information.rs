//! The PDF of an information page: set once for what the page says, however many ask.

use jiff::SignedDuration;
use keyline_domain::access::{Actor, Duty};
use keyline_domain::information::PageText;
use keyline_jobs::run_due;
use keyline_operations::duties::set_duty;
use keyline_operations::information::{PublishPage, SavePage, publish_page, save_page};
use keyline_testing::{PROGRAMME, TestApp, number, person};

const PDF: &str = "/programmes/supervision-orders-at-home/children/about/page.pdf";
const JOBS: &str = "SELECT COUNT(*) FROM job WHERE kind = 'set-information'";

#[tokio::test]
async fn however_many_ask_a_page_is_set_once_and_again_when_another_text_is_published() {
    let app = TestApp::new().await;
    let anyone = app.anyone();
    let jobs = async || number(&mut app.cx.read().await.unwrap(), JOBS).await;
    for _ in 0..5 {
        let soon = anyone.get(PDF).await;
        assert_eq!(soon.status.as_u16(), 503);
        assert_eq!(soon.header("retry-after"), "5");
        // An answer of its own kind: nothing went wrong.
        soon.says("The PDF is on its way").says("Try again in a few seconds").hides("This could not be read");
    }
    assert_eq!(jobs().await, 1, "five have asked and one is set");
    // One that never came is asked for again, an hour later.
    app.forward(SignedDuration::from_mins(61));
    anyone.get(PDF).await;
    assert_eq!(jobs().await, 2);
    run_due(&app.cx).await.unwrap();
    let set = anyone.get(PDF).await.ok();
    assert_eq!(set.header("content-type"), "application/pdf");
    assert!(set.text().contains("What is going on?"));
    let kept = "SELECT COUNT(*) FROM information_pdf WHERE digest IS NOT NULL";
    assert_eq!(number(&mut app.cx.read().await.unwrap(), kept).await, 1);

    let officer = person(&app, "officer", false).await;
    set_duty(&app.cx, &Actor::Console, officer, Duty::MethodologyOfficer, true).await.unwrap();
    let actor = app.actor(officer).await;
    let (programme, audience, page) = (PROGRAMME.to_owned(), "children".to_owned(), "about".to_owned());
    let save = SavePage {
        programme: programme.clone(),
        audience: audience.clone(),
        page: page.clone(),
        text: PageText {
            title: "About us".into(),
            summary: "Who we are.".into(),
            body: "We come to see you.".into(),
        },
        version: 0,
    };
    save_page(&app.cx, &actor, save).await.unwrap();
    anyone.get(PDF).await.ok();
    let publish =
        PublishPage { programme, audience, page, version: 1, note: "Shorter".into(), although_hard: false };
    publish_page(&app.cx, &actor, publish).await.unwrap();
    assert_eq!(anyone.get(PDF).await.status.as_u16(), 503, "the old one is not the page");
    run_due(&app.cx).await.unwrap();
    anyone.get(PDF).await.ok();
    assert_eq!(number(&mut app.cx.read().await.unwrap(), kept).await, 2);
}
