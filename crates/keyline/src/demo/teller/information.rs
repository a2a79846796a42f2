//! What the public is told: a page that a methodology officer has edited twice, a draft that waits, two pieces of news and a
//! webinar. All made up; the other pages are those of the files.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, time};
use keyline_domain::access::{Actor, Duty};
use keyline_domain::information::PageText;
use keyline_domain::information::news::{Kind, Meeting, Written, span};
use keyline_operations::Cx;
use keyline_operations::duties::set_duty;
use keyline_operations::information::{
    PublishPage, SaveNews, SavePage, find, publish_news, publish_page, save_news, save_page,
};
use keyline_store::information::{self as rows, news};

use crate::commands::in_words;
use crate::demo::people::Cast;
use crate::demo::tale::{AREA, PROGRAMME, moment};
use crate::system::SystemClock;

/// Tells it, as far as it is not there yet, on the days before the day of the telling.
pub(crate) async fn tell(cx: &Cx, clock: &SystemClock, cast: &Cast, today: Date) -> anyhow::Result<()> {
    let at = |days: i64, minutes: i64| -> anyhow::Result<()> {
        clock.set(Some(moment(today.checked_sub(days.days())?, minutes)?));
        Ok(())
    };
    at(60, 0)?;
    for (key, duty) in
        [("methodology-officer", Duty::MethodologyOfficer), ("communications", Duty::Communications)]
    {
        set_duty(cx, &Actor::Console, cast.id(key), duty, true).await.map_err(in_words)?;
    }
    let officer = cast.actor("methodology-officer");
    let versions = rows::versions(&mut cx.read().await.map_err(in_words)?, PROGRAMME, "children/what-we-ask")
        .await?
        .len();
    if versions < 1 {
        at(40, 10)?;
        edit(cx, &officer, "what-we-ask", 0, MUSIC).await?;
    }
    if versions < 2 {
        at(39, 30)?;
        edit(cx, &officer, "what-we-ask", 1, &format!("{MUSIC}\n{DRAWING}")).await?;
        at(39, 75)?;
        let input = PublishPage {
            programme: PROGRAMME.to_owned(),
            audience: "children".to_owned(),
            page: "what-we-ask".to_owned(),
            version: 2,
            note: "Children asked whether they may draw instead of talking.".to_owned(),
            although_hard: false,
        };
        publish_page(cx, &officer, input).await.map_err(in_words)?;
    }
    if rows::versions(&mut cx.read().await.map_err(in_words)?, PROGRAMME, "children/your-rights")
        .await?
        .is_empty()
    {
        at(3, 20)?;
        edit(
            cx,
            &officer,
            "your-rights",
            0,
            "## You can have someone with you\n\nBring a friend or a worker.",
        )
        .await?;
    }
    let told: BTreeSet<String> = news::all(&mut cx.read().await.map_err(in_words)?)
        .await?
        .into_iter()
        .map(|item| item.written.title)
        .collect();
    let ahead = today.checked_add(21.days())?;
    let (starts_at, ends_at) = span(ahead, time(14, 0, 0, 0), time(15, 0, 0, 0))
        .ok_or_else(|| anyhow::anyhow!("the webinar has no time"))?;
    let webinar = Meeting {
        starts_at,
        ends_at,
        place: String::new(),
        link: "https://webinar.example/fictional".to_owned(),
        audiences: BTreeSet::from(["coordinators".to_owned(), "staff".to_owned()]),
    };
    for (days, kind, title, body, area, meeting) in [
        (33, Kind::News, "A report on Strathmarnock is out", REPORT, AREA, None),
        (12, Kind::News, "How children helped to write our pages", PAGES, "", None),
        (8, Kind::Webinar, "Webinar: your first four weeks as coordinator", WEBINAR, "", Some(webinar)),
    ] {
        if told.contains(title) {
            continue;
        }
        at(days, 45)?;
        let author = cast.actor(if kind == Kind::News { "communications" } else { "methodology-officer" });
        let written = Written {
            kind,
            title: title.to_owned(),
            body: body.to_owned(),
            programme: PROGRAMME.to_owned(),
            area: area.to_owned(),
            day: cx.today(),
            meeting,
        };
        let id = save_news(cx, &author, SaveNews { item: None, written }).await.map_err(in_words)?;
        publish_news(cx, &author, id, 1).await.map_err(in_words)?;
    }
    Ok(())
}

const MUSIC: &str = "## Not good at talking?\n\nThat is fine. You can show us a song or a photo.";
const DRAWING: &str = "You can also draw. Tell us what it means, or let it speak for you.";
const REPORT: &str = "Made up: the report says what works well for children in Strathmarnock, what could be better, \
    and how four indicators were graded.\n\nIt is a web page, a PDF, and open data. The partnership now writes its plan.";
const PAGES: &str = "Made up: six young people read our pages aloud. They crossed out what they did not understand, \
    and we wrote it again.\n\nThe page on what we ask is the first that has changed.";
const WEBINAR: &str = "Made up: what the letter asks for, who names whom, and how the list of children is put \
    together without names.\n\nThere is time for questions.";

// The file's text with something more before its last part.
async fn edit(cx: &Cx, officer: &Actor, page: &str, version: i64, more: &str) -> anyhow::Result<()> {
    let found = find(cx, PROGRAMME, "children", page).map_err(in_words)?;
    let body = match found.page.text.body.split_once("## If you need help now") {
        Some((before, after)) => format!("{before}{more}\n\n## If you need help now{after}"),
        None => format!("{}\n{more}\n", found.page.text.body),
    };
    let input = SavePage {
        programme: PROGRAMME.to_owned(),
        audience: "children".to_owned(),
        page: page.to_owned(),
        text: PageText { body, ..found.page.text.clone() },
        version,
    };
    save_page(cx, officer, input).await.map_err(in_words)?;
    Ok(())
}
