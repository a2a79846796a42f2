-- Reading in pairs: who reads with whom, which records, when; local people who are trained; readings in versions;
-- what was settled where two readings differ.
CREATE TABLE reading_pair (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  name TEXT NOT NULL,
  formed_by {id} REFERENCES person (id),
  formed_at {time} NOT NULL,
  ended_at {time},
  version {int} NOT NULL,
  UNIQUE (inspection_id, name)
) {strict};

CREATE TABLE reading_pair_member (
  pair_id {id} NOT NULL REFERENCES reading_pair (id),
  person_id {id} NOT NULL REFERENCES person (id),
  part TEXT NOT NULL CHECK (part IN ('inspector', 'local-reader')),
  joined_at {time} NOT NULL,
  left_at {time},
  reason TEXT NOT NULL,                 -- why somebody takes another's place; empty for the first two
  PRIMARY KEY (pair_id, person_id, joined_at)
) {strict};

-- One reading that a pair is to do. The label is the one that was drawn: a record that is replaced keeps its row, and
-- whoever reads the rows goes on to the label that stands in for it.
CREATE TABLE reading_task (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  label TEXT NOT NULL,
  turn {int} NOT NULL CHECK (turn IN (1, 2)),
  pair_id {id} NOT NULL REFERENCES reading_pair (id),
  slot {int} NOT NULL,                  -- from 0, over all days
  reason TEXT NOT NULL,                 -- why it was changed by hand; empty when the rule gave it
  changed_by {id} REFERENCES person (id),
  changed_at {time} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (inspection_id, label, turn)
) {strict};

CREATE TABLE reading_window (
  inspection_id {id} PRIMARY KEY REFERENCES inspection (id),
  first_day {date} NOT NULL,
  days {int} NOT NULL,
  opens TEXT NOT NULL,                  -- time of day in Europe/London
  closes TEXT NOT NULL,
  extended_from {time},                 -- more time beside the days and hours
  extended_until {time},
  reason TEXT NOT NULL,                 -- why it was extended
  version {int} NOT NULL,
  CHECK ((extended_from IS NULL) = (extended_until IS NULL))
) {strict};

-- The part of the sample that is read by a second pair: drawn once, from a seed, out of the labels in use at that moment.
CREATE TABLE reading_twice (
  inspection_id {id} PRIMARY KEY REFERENCES inspection (id),
  seed TEXT NOT NULL,
  method TEXT NOT NULL,
  labels {json} NOT NULL,
  drawn {json} NOT NULL,
  drawn_by {id} REFERENCES person (id),
  drawn_at {time} NOT NULL
) {strict};

CREATE TABLE health_reader (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  person_id {id} NOT NULL REFERENCES person (id),
  reason TEXT NOT NULL,
  granted_by {id} REFERENCES person (id),
  granted_at {time} NOT NULL,
  ended_at {time},
  PRIMARY KEY (inspection_id, person_id, granted_at)
) {strict};

CREATE TABLE training_place (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  name TEXT NOT NULL,
  designation TEXT NOT NULL,
  organisation TEXT NOT NULL,
  email TEXT NOT NULL,
  attended {bool} NOT NULL,
  reads {bool} NOT NULL,
  named_by {id} REFERENCES person (id),
  named_at {time} NOT NULL,
  removed_at {time},
  version {int} NOT NULL
) {strict};
CREATE INDEX training_place_inspection ON training_place (inspection_id);

ALTER TABLE record_reading ADD COLUMN pair_id {id} REFERENCES reading_pair (id);
ALTER TABLE record_reading ADD COLUMN saved_by {id} REFERENCES person (id);

-- Every state in which a reading was ever saved.
CREATE TABLE reading_version (
  reading_id {id} NOT NULL REFERENCES record_reading (id),
  version {int} NOT NULL,
  answers {json} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'finished')),
  saved_by {id} REFERENCES person (id),
  saved_at {time} NOT NULL,
  PRIMARY KEY (reading_id, version)
) {strict};

-- The answer that holds where readings of one record differ. Rows are only added; the newest version holds.
CREATE TABLE moderation (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  label TEXT NOT NULL,
  item TEXT NOT NULL,
  version {int} NOT NULL,
  answer {json} NOT NULL,               -- null: the question holds no answer
  reason TEXT NOT NULL,
  settled_by {id} REFERENCES person (id),
  settled_at {time} NOT NULL,
  PRIMARY KEY (inspection_id, label, item, version)
) {strict};
