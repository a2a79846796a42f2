//! How many have answered while a survey is open, whole and by the groups that its form names (`group_by` in the
//! settings). The numbers by group are those of the evening before: whoever looks twice on a day learns nothing of who
//! answered in between, and they are counted once a day.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use keyline_domain::access::Grant;
use keyline_domain::ids::SurveyId;
use keyline_domain::voices::Taking;
use keyline_domain::voices::response::{Response, responses, whole};
use keyline_domain::voices::results::grouping;
use keyline_forms::form::{Form, Question};
use keyline_store::Source;
use keyline_store::voices::{Survey, answers, people};
use serde_json::Value;

use crate::context::Cx;
use crate::refused::Result;

/// The response of one survey as it may be seen.
#[derive(Debug, Clone)]
pub struct Monitoring {
    /// Of the whole survey.
    pub whole: Response,
    /// By the choices of each question that tells groups apart.
    pub groups: Vec<GroupResponse>,
}

/// The response by the choices of one question.
#[derive(Debug, Clone)]
pub struct GroupResponse {
    /// Name of the question.
    pub question: String,
    /// Each choice with its response.
    pub choices: Vec<(String, Response)>,
}

/// How many chose each choice of each question; the choice is empty for those who answered and chose none.
type Counts = BTreeMap<(String, String), u64>;

/// Which picture of a survey the counts are: that of a day, without the answers of the day itself, and when it takes none
/// any more that with all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Picture {
    Until(Date),
    Whole,
}

/// Counts by group, remembered as long as they stay the same, and how many have answered surveys that have ended; and the day up to which answers have been settled.
#[derive(Debug, Default)]
pub struct DayCounts {
    counts: Mutex<HashMap<SurveyId, (Picture, Arc<Counts>)>>,
    ended: Mutex<HashMap<SurveyId, u64>>,
    settled: Mutex<Option<Date>>,
}

impl DayCounts {
    /// Whether the answers of the days before this one have been settled by this program.
    pub(super) fn is_settled(&self, day: Date) -> bool {
        *self.settled.lock().unwrap_or_else(PoisonError::into_inner) == Some(day)
    }

    pub(super) fn set_settled(&self, day: Date) {
        *self.settled.lock().unwrap_or_else(PoisonError::into_inner) = Some(day);
    }

    fn ended(&self) -> MutexGuard<'_, HashMap<SurveyId, u64>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(&self, survey: SurveyId, picture: Picture) -> Option<Arc<Counts>> {
        let known = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&survey).filter(|(of, _)| *of == picture).map(|(_, counts)| counts.clone())
    }

    fn keep(&self, survey: SurveyId, picture: Picture, counts: Arc<Counts>) {
        let mut known = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, (of, _)| *of == picture || *of == Picture::Whole || picture == Picture::Whole);
        known.insert(survey, (picture, counts));
    }
}

fn has_ended(cx: &Cx, survey: &Survey) -> bool {
    matches!(survey.window().taking(cx.now()), Taking::Over { .. })
}

/// How many have answered a survey: remembered once it takes no answers any more.
pub async fn answered(cx: &Cx, source: &mut impl Source, survey: &Survey) -> Result<u64> {
    if !has_ended(cx, survey) {
        return Ok(answers::count(source, survey.id).await?);
    }
    let known = cx.day_counts().ended().get(&survey.id).copied();
    if let Some(answered) = known {
        return Ok(answered);
    }
    let answered = answers::count(source, survey.id).await?;
    cx.day_counts().ended().insert(survey.id, answered);
    Ok(answered)
}

/// The response of a survey that so many have answered ([`answered`]).
pub async fn monitoring(
    cx: &Cx,
    source: &mut impl Source,
    grant: &Grant,
    survey: &Survey,
    form: &Form,
    answered: u64,
) -> Result<Monitoring> {
    let people = people::list(source, grant, survey.id).await?;
    let of = |question: &str, value: &str| {
        people.iter().find(|p| p.question == question && p.value == value).map(|p| p.people)
    };
    let questions: Vec<&Question> = grouping(form).collect();
    let picture = if has_ended(cx, survey) { Picture::Whole } else { Picture::Until(cx.today()) };
    let counts = if let Some(counts) = cx.day_counts().of(survey.id, picture) {
        counts
    } else {
        let mut counts = Counts::new();
        if !questions.is_empty() {
            for (_, day, answer) in answers::list(source, grant, survey.id).await? {
                if picture == Picture::Whole || day < cx.today() {
                    count(&questions, &answer, &mut counts);
                }
            }
        }
        let counts = Arc::new(counts);
        cx.day_counts().keep(survey.id, picture, counts.clone());
        counts
    };
    let groups = questions
        .iter()
        .filter_map(|question| {
            let list = form.list(question.list()?)?;
            let groups: Vec<(u64, Option<u32>)> = list
                .choices
                .iter()
                .map(|choice| {
                    let key = (question.name.clone(), choice.name.clone());
                    (counts.get(&key).copied().unwrap_or(0), of(&question.name, &choice.name))
                })
                .collect();
            let unsaid = counts.get(&(question.name.clone(), String::new())).copied().unwrap_or(0);
            let shown = responses(&groups, unsaid, survey.smallest);
            let choices = list.choices.iter().map(|choice| choice.name.clone()).zip(shown).collect();
            Some(GroupResponse { question: question.name.clone(), choices })
        })
        .collect();
    Ok(Monitoring { whole: whole(answered, of("", ""), survey.smallest), groups })
}

fn count(questions: &[&Question], answer: &Value, counts: &mut Counts) {
    for question in questions {
        let value = answer.get(&question.name).and_then(Value::as_str).unwrap_or_default();
        *counts.entry((question.name.clone(), value.to_owned())).or_default() += 1;
    }
}
