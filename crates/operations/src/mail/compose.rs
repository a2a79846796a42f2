//! The words of a digest: the same as plain text and as HTML.

use std::fmt::Write as _;

use jiff::civil::Date;
use keyline_domain::returns::reminders::{Why, why};
use keyline_store::mail::Open;
use keyline_words::Words;
use maud::{DOCTYPE, html};

use crate::context::Cx;

/// A digest in words.
pub(super) struct Digest {
    pub(super) subject: String,
    pub(super) plain: String,
    pub(super) html: String,
}

struct Section {
    title: String,
    link: String,
    // the reason in words, and what it holds for
    groups: Vec<(String, Vec<String>)>,
}

/// The digest of one person; `None` when there is nothing to say.
pub(super) fn digest(cx: &Cx, w: Words<'_>, name: &str, open: &[&Open], today: Date) -> Option<Digest> {
    let mut sections = Vec::new();
    let mut count = 0;
    for of_one in open.chunk_by(|a, b| a.reference == b.reference) {
        let groups: Vec<_> = Why::ALL
            .into_iter()
            .filter_map(|reason| {
                let items: Vec<String> = of_one
                    .iter()
                    .filter(|r| why(r.state, r.due_on, today) == Some(reason))
                    .map(|r| w.with("mail-item", &[("title", &r.title), ("day", &w.date(r.due_on))]))
                    .collect();
                count += items.len();
                (!items.is_empty()).then(|| (w.t(&format!("mail-why-{}", reason.word())), items))
            })
            .collect();
        if let (Some(first), false) = (of_one.first(), groups.is_empty()) {
            let page = if first.coordinates { "coordinator" } else { "mine" };
            let link =
                format!("{}/inspections/{}/returns/{page}", cx.settings.public_address, first.reference);
            sections.push(Section { title: title(cx, first), link, groups });
        }
    }
    if count == 0 {
        return None;
    }
    let subject = w.with("mail-subject", &[("count", &count)]);
    let (hello, lead) = (w.with("mail-hello", &[("name", &name)]), w.t("mail-lead"));
    let account = format!("{}/account", cx.settings.public_address);
    let stop = w.t("mail-stop");
    let mut plain = format!("{hello}\n\n{lead}\n");
    for section in &sections {
        let _ = write!(plain, "\n{}\n", section.title);
        for (reason, items) in &section.groups {
            let _ = writeln!(plain, "\n{reason}");
            for item in items {
                let _ = writeln!(plain, "- {item}");
            }
        }
        let _ = writeln!(plain, "\n{}", section.link);
    }
    let _ = writeln!(plain, "\n{stop}\n{account}");
    let html = html! {
        (DOCTYPE)
        html lang=(w.lang()) dir=(w.direction()) {
            head { meta charset="utf-8"; title { (subject) } }
            body {
                p { (hello) }
                p { (lead) }
                @for section in &sections {
                    h2 { (section.title) }
                    @for (reason, items) in &section.groups {
                        h3 { (reason) }
                        ul { @for item in items { li { (item) } } }
                    }
                    p { a href=(section.link) { (w.t("mail-open")) } }
                }
                p { (stop) " " a href=(account) { (account) } }
            }
        }
    };
    Some(Digest { subject, plain, html: html.into_string() })
}

// The area and the programme, as on the pages.
fn title(cx: &Cx, open: &Open) -> String {
    let area = cx.library.council(&open.area).map_or(open.area.as_str(), |c| c.name.as_str());
    let programme = cx.library.latest(&open.programme);
    let programme = programme.map_or(open.programme.as_str(), |p| p.short_title.value.as_str());
    format!("{area}: {programme}")
}
