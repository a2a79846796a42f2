//! How reading stands: pairs, what each is to read, days and hours, who may read health records, and what has been read.
//! Pages and verbs look at the same.

use std::collections::BTreeMap;

use jiff::Timestamp;
use keyline_domain::access::{Grant, Role};
use keyline_domain::ids::{PairId, PersonId};
use keyline_domain::reasons::Reason;
use keyline_domain::records::pairs::{Task, share_out, standing_in};
use keyline_domain::records::sight::{Doing, Looker, Sight, of_all, of_record};
use keyline_store::Source;
use keyline_store::records::pairs::{self, Pair, StoredTask};
use keyline_store::records::plan::{self, HealthReader, SetWindow};
use keyline_store::records::{self, Reading, ReadingState, Record, Sample};

use crate::refused::Result;

/// How reading stands in one inspection.
#[derive(Debug, Clone)]
pub struct ReadingNow {
    /// The sample with its labels.
    pub sample: Option<(Sample, Vec<Record>)>,
    /// The pairs, those that ended among them.
    pub pairs: Vec<Pair>,
    /// What is given out, under the labels that were drawn.
    pub tasks: Vec<StoredTask>,
    /// Days and hours.
    pub window: Option<SetWindow>,
    /// Who is entitled to health records.
    pub health: Vec<HealthReader>,
    /// All readings.
    pub readings: Vec<Reading>,
}

impl ReadingNow {
    /// Reads how it stands.
    pub async fn load(source: &mut impl Source, grant: &Grant) -> Result<Self> {
        Ok(Self {
            sample: records::sample(source, grant).await?,
            pairs: pairs::list(source, grant).await?,
            tasks: pairs::tasks(source, grant).await?,
            window: plan::window(source, grant).await?,
            health: plan::health_readers(source, grant).await?,
            readings: records::list_readings(source, grant, None).await?,
        })
    }

    /// The labels that are read now, in the order of drawing.
    pub fn in_use(&self) -> Vec<String> {
        let records = self.sample.iter().flat_map(|(_, records)| records);
        records.filter(|record| record.in_use).map(|record| record.label.clone()).collect()
    }

    /// The label that is read now in the place of one that was drawn.
    pub fn label_now<'a>(&'a self, label: &'a str) -> &'a str {
        let records = self.sample.iter().flat_map(|(_, records)| records);
        let replaced: BTreeMap<&str, &str> =
            records.filter_map(|r| Some((r.label.as_str(), r.replaced_by.as_deref()?))).collect();
        standing_in(label, &replaced)
    }

    /// What is to be read, under the labels that are read now.
    pub fn tasks_now(&self) -> Vec<Task> {
        let label = |task: &Task| self.label_now(&task.label).to_owned();
        self.tasks.iter().map(|s| Task { label: label(&s.task), ..s.task.clone() }).collect()
    }

    /// What one pair is to read, under the labels that are read now.
    pub fn tasks_of(&self, pair: PairId) -> Vec<Task> {
        self.tasks_now().into_iter().filter(|task| task.pair == pair).collect()
    }

    /// Whether somebody was in another pair that has begun a record: they have seen it.
    pub fn has_seen(&self, label: &str, person: PersonId, elsewhere_than: PairId) -> bool {
        self.pairs
            .iter()
            .filter(|other| other.id != elsewhere_than && other.members.iter().any(|m| m.person == person))
            .any(|other| self.reading(label, other.id).is_some())
    }

    /// The same of anybody who is in a pair now.
    pub fn pair_has_seen(&self, label: &str, pair: PairId) -> bool {
        self.pair(pair).is_some_and(|of| of.present().any(|m| self.has_seen(label, m.person, pair)))
    }

    /// What is to be given out besides what is given out already. `twice` are the labels that were drawn to be read twice.
    pub fn to_give_out(&self, twice: &[String]) -> Vec<Task> {
        let twice: Vec<String> = twice.iter().map(|label| self.label_now(label).to_owned()).collect();
        let pairs: Vec<PairId> = self.live().map(|pair| pair.id).collect();
        share_out(&self.in_use(), &twice, &pairs, &self.tasks_now(), |label, pair| {
            self.pair_has_seen(label, pair)
        })
    }

    /// The pairs that read.
    pub fn live(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| pair.live)
    }

    /// The pair in which a person reads.
    pub fn pair_of(&self, person: Option<PersonId>) -> Option<&Pair> {
        self.live().find(|pair| person.is_some_and(|person| pair.has(person)))
    }

    /// A pair by its id.
    pub fn pair(&self, id: PairId) -> Option<&Pair> {
        self.pairs.iter().find(|pair| pair.id == id)
    }

    /// The reading of a record by a pair.
    pub fn reading(&self, label: &str, pair: PairId) -> Option<&Reading> {
        self.readings.iter().find(|r| r.label == label && r.pair == Some(pair))
    }

    /// Who is to read a record, and whether they have. Whoever has a reading of it counts, given out or not.
    pub fn doing(&self, label: &str) -> Vec<Doing> {
        let mut pairs: Vec<PairId> =
            self.tasks_now().into_iter().filter(|t| t.label == label).map(|t| t.pair).collect();
        let of_label = self.readings.iter().filter(|r| r.label == label);
        pairs.extend(of_label.filter_map(|r| r.pair));
        pairs.sort();
        pairs.dedup();
        let finished = |pair| self.reading(label, pair).is_some_and(|r| r.state == ReadingState::Finished);
        pairs.into_iter().map(|pair| Doing { pair, finished: finished(pair) }).collect()
    }

    /// Whether somebody is entitled to health records.
    pub fn entitled(&self, person: Option<PersonId>) -> bool {
        self.health.iter().any(|reader| Some(reader.person) == person)
    }

    /// Whether somebody of a pair is.
    pub fn pair_entitled(&self, pair: PairId) -> bool {
        self.pair(pair).is_some_and(|pair| pair.present().any(|m| self.entitled(Some(m.person))))
    }

    /// Who looks, for the rules of [`keyline_domain::records::sight`].
    pub fn looker(&self, grant: &Grant) -> Looker {
        let pair = self.pair_of(grant.person_id()).map(|pair| pair.id);
        let finished = |task: &Task| {
            self.reading(&task.label, task.pair).is_some_and(|r| r.state == ReadingState::Finished)
        };
        let still_reads = self.tasks_now().iter().any(|t| Some(t.pair) == pair && !finished(t));
        let leads = grant.person_id().is_none()
            || grant.roles().iter().any(|role| matches!(role, Role::Lead | Role::Depute));
        Looker { pair, still_reads, leads }
    }

    /// What somebody may see of the readings of a record.
    pub fn sight_of(&self, grant: &Grant, label: &str) -> Sight {
        of_record(self.looker(grant), &self.doing(label))
    }

    /// What somebody may see of what all records together show.
    pub fn sight(&self, grant: &Grant) -> Sight {
        of_all(self.looker(grant))
    }

    /// Why records cannot be opened at an instant; none when they can.
    pub fn shut(&self, now: Timestamp) -> Option<Reason> {
        match &self.window {
            None => Some(Reason::new("reading-window-none")),
            Some(set) => set.window.refusal(now),
        }
    }
}
