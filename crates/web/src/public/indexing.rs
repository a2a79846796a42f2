//! What machines read: the map of the site, what robots may read, the feed of new reports.

use std::fmt::Write as _;

use keyline_operations::information::informed;
use keyline_operations::report::open_data::{OpenReport, all};

use super::file;
use crate::frame::{PageResult, Visitor};

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn address(visitor: &Visitor, path: &str) -> String {
    escaped(&format!("{}{path}", visitor.cx().settings.public_address))
}

/// The public pages that do not change from day to day.
const PAGES: [&str; 9] = [
    "/",
    "/programmes",
    "/news",
    "/reports",
    "/about",
    "/help",
    "/about/accessibility",
    "/about/privacy",
    "/about/licences",
];

/// The map of the site: the public pages and the published reports.
pub(super) async fn sitemap(visitor: Visitor) -> PageResult {
    let mut reader = visitor.cx().read().await?;
    let reports = all(visitor.cx(), &mut reader).await?;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in PAGES {
        let _ = writeln!(xml, "<url><loc>{}</loc></url>", address(&visitor, page));
    }
    for programme in informed(visitor.cx()) {
        for page in &programme.information.pages {
            let at = address(&visitor, &format!("/programmes/{}/{}", programme.id, page.name()));
            let _ = writeln!(xml, "<url><loc>{at}</loc></url>");
        }
    }
    for report in &reports {
        let at = address(&visitor, &format!("/reports/{}", report.reference));
        let _ = writeln!(xml, "<url><loc>{at}</loc><lastmod>{}</lastmod></url>", report.published_at);
    }
    xml.push_str("</urlset>\n");
    Ok(file("application/xml; charset=utf-8", xml.into_bytes()))
}

/// What robots may read: the public pages. Everything else asks for a sign-in anyway.
pub(super) async fn robots(visitor: Visitor) -> PageResult {
    let text = format!(
        "User-agent: *\nDisallow: /inspections/\nDisallow: /information\nDisallow: /start\nDisallow: /sign-in\nSitemap: {}\n",
        address(&visitor, "/sitemap.xml")
    );
    Ok(file("text/plain; charset=utf-8", text.into_bytes()))
}

/// Most reports in the feed.
const IN_FEED: usize = 30;

/// New reports as an Atom feed.
pub(super) async fn feed(visitor: Visitor) -> PageResult {
    let mut reader = visitor.cx().read().await?;
    let reports = all(visitor.cx(), &mut reader).await?;
    let w = visitor.words();
    let own = address(&visitor, "/reports/feed.xml");
    let updated = reports.first().map_or(jiff::Timestamp::UNIX_EPOCH, |r| r.published_at);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n\
         <id>{own}</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n<link rel=\"self\" href=\"{own}\"/>\n\
         <link href=\"{site}\"/>\n<author><name>{product}</name></author>\n",
        lang = w.lang(),
        title = escaped(&w.t("public-reports-title")),
        site = address(&visitor, "/reports"),
        product = escaped(&w.t("product")),
    );
    for report in reports.iter().take(IN_FEED) {
        let at = address(&visitor, &format!("/reports/{}", report.reference));
        let _ = writeln!(
            xml,
            "<entry><id>{at}</id><title>{title}</title><updated>{published}</updated>\
             <published>{published}</published><link href=\"{at}\"/><summary>{summary}</summary></entry>",
            title = escaped(&format!("{}: {}", report.area.name, report.programme.title)),
            published = report.published_at,
            summary = escaped(&summary(report)),
        );
    }
    xml.push_str("</feed>\n");
    Ok(file("application/atom+xml; charset=utf-8", xml.into_bytes()))
}

fn summary(report: &OpenReport) -> String {
    let grades: Vec<_> =
        report.evaluations.iter().map(|g| format!("{} {}: {}", g.indicator, g.title, g.label)).collect();
    grades.join("; ")
}
