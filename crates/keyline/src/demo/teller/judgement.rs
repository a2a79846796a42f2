//! Grades alone, agreed, and before the panel.

use keyline_domain::access::Action;
use keyline_operations::judgement::{
    AgreeGrade, DecideOnPanel, GradeAlone, agree_grade, decide_on_panel, grade_alone,
};
use keyline_store::judgement::grades;

use super::Teller;
use super::set_up::finish;
use crate::commands::in_words;

const GRADERS: [&str; 5] = ["lead", "depute", "inspector-health", "inspector-education", "inspector-police"];

impl Teller<'_> {
    // The key of a level by its number, in the programme's scale.
    fn level(&self, number: u8) -> anyhow::Result<String> {
        self.cx
            .library
            .framework(&self.programme.framework)
            .and_then(|f| f.scale.level_numbered(number))
            .map(|l| l.key.clone())
            .ok_or_else(|| anyhow::anyhow!("the scale has no level {number}"))
    }
}

/// Each of the five grades alone.
pub(super) async fn alone(t: &Teller<'_>) -> anyhow::Result<()> {
    for (i, grade) in t.script.grade.iter().enumerate().filter(|(_, g)| t.programme.evaluates(&g.indicator)) {
        for (n, grader) in GRADERS.iter().enumerate() {
            let grant = t.grant(grader, Action::GradeAlone).await?;
            if grades::own(&mut t.cx.db.read().await?, &grant, &grade.indicator).await?.is_some() {
                continue;
            }
            t.at_end_of(
                "final-analysis",
                30 + 10 * i64::try_from(i).unwrap_or(0) + i64::try_from(n).unwrap_or(0),
            )?;
            let input = GradeAlone {
                inspection: t.id,
                indicator: grade.indicator.clone(),
                level: t.level(grade.alone[n])?,
                reason: grade.reason.clone(),
                identifies_nobody: true,
            };
            grade_alone(t.cx, &t.actor(grader), input).await.map_err(in_words)?;
        }
    }
    Ok(())
}

/// The lead records what the team agreed.
pub(super) async fn agreed(t: &Teller<'_>) -> anyhow::Result<()> {
    let grant = t.grant("lead", Action::SeeJudgement).await?;
    let there = grades::agreed(&mut t.cx.db.read().await?, &grant).await?;
    for (i, grade) in t.script.grade.iter().enumerate().filter(|(_, g)| t.programme.evaluates(&g.indicator)) {
        if there.iter().any(|a| a.indicator == grade.indicator) {
            continue;
        }
        t.at_end_of("final-analysis", 200 + 10 * i64::try_from(i).unwrap_or(0))?;
        let input = AgreeGrade {
            inspection: t.id,
            indicator: grade.indicator.clone(),
            version: None,
            level: t.level(grade.agreed)?,
            reason: grade.reason.clone(),
            dissent: grade.dissent.clone(),
            identifies_nobody: true,
        };
        agree_grade(t.cx, &t.actor("lead"), input).await.map_err(in_words)?;
    }
    finish(t, "final-analysis").await
}

/// The panel confirms, and changes where the script says so.
pub(super) async fn panel(t: &Teller<'_>) -> anyhow::Result<()> {
    let grant = t.grant("panel-chair", Action::SeeJudgement).await?;
    let agreed = grades::agreed(&mut t.cx.db.read().await?, &grant).await?;
    let progress = t.progress().await?;
    for (i, grade) in t.script.grade.iter().enumerate().filter(|(_, g)| t.programme.evaluates(&g.indicator)) {
        let decided =
            progress.indicators.iter().any(|p| p.indicator == grade.indicator && p.confirmed.is_some());
        let Some(stands) = agreed.iter().find(|a| a.indicator == grade.indicator).filter(|_| !decided) else {
            continue;
        };
        t.at_step("panel", 10 * i64::try_from(i).unwrap_or(0))?;
        let input = DecideOnPanel {
            inspection: t.id,
            indicator: grade.indicator.clone(),
            version: stands.version,
            level: t.level(grade.panel)?,
            reason: grade.panel_reason.clone(),
            identifies_nobody: true,
        };
        decide_on_panel(t.cx, &t.actor("panel-chair"), input).await.map_err(in_words)?;
    }
    finish(t, "panel").await
}
