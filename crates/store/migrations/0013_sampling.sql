-- The partnership's keys as keyed hashes; the parts and exclusions of a sample; the disposal of what is personal.
CREATE TABLE inspection_key (
  inspection_id {id} PRIMARY KEY REFERENCES inspection (id),
  sealed {bytes} NOT NULL,              -- sealed by the vault; destroyed first when the inspection is disposed of
  made_at {time} NOT NULL
) {strict};

CREATE TABLE cohort_key (
  submission_id {id} NOT NULL REFERENCES return_submission (id),
  key_hash TEXT NOT NULL,               -- of the partnership's own key, under the key of the inspection
  label TEXT NOT NULL,
  PRIMARY KEY (submission_id, key_hash)
) {strict};

CREATE TABLE sample_exclusion (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  label TEXT NOT NULL,
  reason TEXT NOT NULL,
  excluded_by {id} REFERENCES person (id),
  excluded_at {time} NOT NULL,
  PRIMARY KEY (inspection_id, label)
) {strict};

-- How a sample was shared out over its parts. A sample without rows here was drawn from the whole list.
CREATE TABLE sample_stratum (
  sample_id {id} NOT NULL REFERENCES sample (id),
  name TEXT NOT NULL,
  stream {int} NOT NULL,                -- of the generator; the order of the names
  population {int} NOT NULL,            -- without the excluded
  excluded {int} NOT NULL,
  drawn {int} NOT NULL,
  expected {int} NOT NULL,              -- the share expected, in percent
  PRIMARY KEY (sample_id, name)
) {strict};
ALTER TABLE sample ADD COLUMN strata {json};        -- keys of the columns; NULL without parts
ALTER TABLE sample ADD COLUMN allocation TEXT;      -- proportional, equal or neyman
ALTER TABLE sample ADD COLUMN minimum {int};        -- fewest from each part
ALTER TABLE sample_record ADD COLUMN stratum TEXT;

-- A row from the first decision about it, or from its first step, on.
CREATE TABLE disposal (
  inspection_id {id} PRIMARY KEY REFERENCES inspection (id),
  due_on {date},                        -- as the lead put it off; NULL: as the programme says
  started_at {time},
  finished_at {time},
  certificate {json},                   -- what was destroyed and what is kept, in words
  version {int} NOT NULL
) {strict};

CREATE TABLE disposal_postponement (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  number {int} NOT NULL,
  from_on {date} NOT NULL,
  to_on {date} NOT NULL,
  reason TEXT NOT NULL,
  decided_by {id} REFERENCES person (id),
  decided_at {time} NOT NULL,
  PRIMARY KEY (inspection_id, number)
) {strict};

CREATE TABLE disposal_step (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  step TEXT NOT NULL,
  destroyed {int} NOT NULL,             -- how many of its kind
  done_at {time} NOT NULL,
  PRIMARY KEY (inspection_id, step)
) {strict};
