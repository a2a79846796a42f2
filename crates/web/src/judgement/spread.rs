//! The spread of the grades given alone, as a picture of counts. Names stand in the lead's table alone.

use keyline_charts::bars::{Bar, Bars};
use keyline_charts::by_room;
use keyline_domain::programmes::Scale;
use keyline_store::judgement::grades::GradeAlone;
use maud::{Markup, html};

use crate::components::{details, table};
use crate::evidence::Titles;
use crate::frame::Visitor;

/// How many gave each level alone, best first. `title` names the indicator.
pub(super) fn spread(
    visitor: &Visitor,
    scale: &Scale,
    indicator: &str,
    title: &str,
    grades: &[GradeAlone],
) -> Markup {
    let w = visitor.words();
    let counts: Vec<(String, usize)> = scale
        .levels
        .iter()
        .map(|level| {
            let value = scale.value(&level.key);
            let given = grades.iter().filter(|g| Some(g.given_alone()) == value).count();
            (Titles::level(level), given)
        })
        .collect();
    let said: Vec<String> =
        counts.iter().filter(|(_, n)| *n > 0).map(|(level, n)| format!("{level}: {n}")).collect();
    let picture = Bars {
        id: format!("spread-{}", indicator.replace('.', "-")),
        title: w.with("judgement-spread", &[("title", &title)]),
        description: said.join("; "),
        whole: None,
        bars: counts
            .iter()
            .map(|(level, n)| Bar {
                label: level.clone(),
                value: Some(f64::from(u32::try_from(*n).unwrap_or(u32::MAX))),
                shown: n.to_string(),
                interval: None,
                category: 0,
            })
            .collect(),
    };
    let (level_word, count_word) = (w.t("judgement-level"), w.t("judgement-inspectors"));
    let rows: Vec<_> = counts.iter().map(|(level, n)| vec![html! { (level) }, html! { (n) }]).collect();
    html! {
        (by_room(&picture.draw(), &picture.draw_narrow()))
        (details(&w.t("evidence-as-table"), &table(&w.with("judgement-spread", &[("title", &title)]),
            &[&level_word, &count_word], &rows)))
    }
}
