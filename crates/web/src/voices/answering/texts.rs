//! The programme's words around the questions: introduction, notice on anonymity, help. Each audience has its own, and a
//! programme that has none for it falls back to the words for everybody.

use std::collections::BTreeMap;

use keyline_domain::clock::day_of;
use keyline_domain::documents::Block;
use keyline_domain::programmes::Texts;
use keyline_operations::markdown::blocks;
use keyline_operations::voices::{OpenedSurvey, programme_of};
use keyline_words::Words;
use maud::{Markup, html};

use crate::components::{inset, prose};
use crate::frame::{PageError, Visitor};

/// The words around the questions of one survey.
pub(crate) struct SurveyTexts {
    /// What the survey is about; the page has its own heading.
    pub(crate) introduction: Vec<Block>,
    /// What anonymous means, and what is passed on.
    pub(crate) notice: Vec<Block>,
    /// Where help is.
    pub(crate) help: Vec<Block>,
    area: String,
    child_protection: String,
    adult_protection: String,
}

impl SurveyTexts {
    /// The words in a language.
    pub(crate) async fn of(
        visitor: &Visitor,
        opened: &OpenedSurvey,
        w: Words<'_>,
    ) -> Result<Self, PageError> {
        let cx = visitor.cx();
        let survey = &opened.public.survey;
        let programme = programme_of(cx, opened).await?;
        let area = &opened.public.area;
        let council = cx.library.council(area).map_or(area.as_str(), |c| c.name.as_str());
        let minutes = opened.form.form().settings.get("minutes").cloned().unwrap_or_else(|| "15".to_owned());
        let values: BTreeMap<&str, String> = BTreeMap::from([
            ("area", council.to_owned()),
            ("council", council.to_owned()),
            ("audience", w.t(&format!("audience-{}", survey.audience))),
            ("minutes", minutes),
            ("survey-closes", w.date(day_of(survey.window().end()))),
            // They stand before the button, so the introduction does not say them a second time.
            ("anonymous-notice", String::new()),
            ("help", String::new()),
        ]);
        let fill = |stem: &str| -> Result<Vec<Block>, PageError> {
            let Some(text) = own(&programme.texts, stem, &survey.form_key, &survey.audience) else {
                return Ok(Vec::new());
            };
            let filled = text.fill(w.lang(), &values).map_err(|e| PageError::fault(&e))?;
            Ok(blocks(&filled))
        };
        let (notice, help) = (fill("anonymous-notice")?, fill("help")?);
        let mut introduction = fill("survey-introduction")?;
        introduction.retain(|block| !matches!(block, Block::Heading { level: 1, .. }));
        Ok(Self {
            introduction,
            notice,
            help,
            area: council.to_owned(),
            child_protection: survey.child_protection.clone(),
            adult_protection: survey.adult_protection.clone(),
        })
    }

    /// Where help is, with whom to call in the area.
    pub(crate) fn help(&self, w: Words<'_>) -> Markup {
        html! {
            (prose(&self.help))
            p { strong { (w.with("survey-protection", &[("area", &self.area)])) } }
            ul {
                li { (w.with("survey-protection-child", &[("contact", &self.child_protection)])) }
                li { (w.with("survey-protection-adult", &[("contact", &self.adult_protection)])) }
            }
        }
    }

    /// The same as blocks of a document.
    pub(crate) fn help_blocks(&self, w: Words<'_>) -> Vec<Block> {
        let mut blocks = self.help.clone();
        blocks.push(Block::paragraph(w.with("survey-protection", &[("area", &self.area)])));
        blocks.push(Block::bullets([
            w.with("survey-protection-child", &[("contact", &self.child_protection)]),
            w.with("survey-protection-adult", &[("contact", &self.adult_protection)]),
        ]));
        blocks
    }

    /// What stands before the button that sends: a rule of the field.
    pub(crate) fn before_sending(&self, w: Words<'_>) -> Markup {
        inset(&html! {
            h2 { (w.t("survey-before-sending")) }
            (prose(&self.notice))
            (self.help(w))
        })
    }
}

/// The text for a form, else for its audience, else for everybody.
fn own<'t>(
    texts: &'t Texts,
    stem: &str,
    form: &str,
    audience: &str,
) -> Option<&'t keyline_domain::programmes::Text> {
    // The texts are named after the audience as the programme's files call it, or after the single form.
    [format!("{stem}-{form}"), format!("{stem}-{audience}"), stem.to_owned()]
        .iter()
        .find_map(|key| texts.get(key))
}
