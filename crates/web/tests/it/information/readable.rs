//! How hard every page is to read, printed, and held to the limit of its audience.
#![expect(clippy::print_stdout, reason = "the measure is printed for whoever writes the pages")]

use std::fmt::Write as _;

use keyline_operations::information::{Found, informed, published_page};
use keyline_testing::TestApp;

#[tokio::test]
async fn no_page_is_harder_to_read_than_its_audience_can_take() {
    let app = TestApp::new().await;
    let mut table = format!("{:<34} {:>6} {:>6} {:>6} {:>6}\n", "page", "grade", "most", "ease", "LIX");
    let mut harder = Vec::new();
    let mut seen = 0;
    for programme in informed(&app.cx) {
        for page in &programme.information.pages {
            let audience = programme.information.audience(&page.audience).unwrap();
            let (composed, _) = published_page(&app.cx, Found { programme, audience, page }, &[]);
            let r = composed.readability.unwrap();
            writeln!(
                table,
                "{:<34} {:>6.1} {:>6} {:>6.1} {:>6.1}",
                page.name(),
                r.grade,
                audience.hardest_grade,
                r.ease,
                r.lix
            )
            .unwrap();
            // A children's page has to be easy by the measure that needs no syllables, too.
            let heavy = audience.key == "children" && r.lix > 30.0;
            if r.grade > f64::from(audience.hardest_grade) || heavy {
                harder.push(page.name());
            }
            // Nothing that only a reader of the files would understand is left in it, and the PDF can be set.
            let said = composed.document.plain().join("\n");
            assert!(!said.contains(['{', '}']), "{}: {said}", page.name());
            assert_eq!(composed.document.faults(), [], "{}", page.name());
            seen += 1;
        }
    }
    println!("{table}");
    assert!(seen >= 20, "only {seen} pages");
    assert!(harder.is_empty(), "harder than their audience can take: {harder:?}\n{table}");
}
