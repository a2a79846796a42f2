-- The sample drawn from the cohort, and the readings of its records.
CREATE TABLE sample (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL UNIQUE REFERENCES inspection (id),
  submission_id {id} NOT NULL REFERENCES return_submission (id),
  seed TEXT NOT NULL,
  method TEXT NOT NULL,
  population {int} NOT NULL,
  size {int} NOT NULL,
  reserves {int} NOT NULL,              -- replacements asked for
  confidence {int},                     -- percent; NULL when a number was chosen
  margin {int},                         -- percentage points either side
  drawn_by {id} REFERENCES person (id),
  drawn_at {time} NOT NULL
) {strict};

CREATE TABLE sample_record (
  sample_id {id} NOT NULL REFERENCES sample (id),
  label TEXT NOT NULL,
  position {int} NOT NULL,
  reserve {bool} NOT NULL,              -- as it was drawn; never changes
  in_use {bool} NOT NULL,               -- belongs to the sample that is read now
  replaced_by TEXT,                     -- label of the reserve that stands in for it
  replaced_reason TEXT,
  replaced_at {time},
  PRIMARY KEY (sample_id, label)
) {strict};

CREATE TABLE record_reading (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  label TEXT NOT NULL,
  reader_id {id} NOT NULL REFERENCES person (id),
  answers {json} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'finished')),
  started_at {time} NOT NULL,
  saved_at {time} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (inspection_id, label, reader_id)
) {strict};
