-- What people say: surveys answered without an account, and sessions held with people.
CREATE TABLE survey (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  instrument_key TEXT NOT NULL,
  instrument {json} NOT NULL,           -- as it was when the survey opened
  audience TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed')),
  opens_on {date} NOT NULL,
  closes_on {date} NOT NULL,
  address TEXT NOT NULL UNIQUE,         -- public: the last part of the link that is handed out
  opened_at {time},
  closed_at {time},
  version {int} NOT NULL,
  UNIQUE (inspection_id, instrument_key)
) {strict};

-- An anonymous answer: a random id and what was said. No time, no address, no order.
CREATE TABLE survey_answer (
  survey_id {id} NOT NULL REFERENCES survey (id),
  id {id} NOT NULL,
  answers {json} NOT NULL,
  PRIMARY KEY (survey_id, id)
) {strict_rowless};

CREATE TABLE engagement (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  kind TEXT NOT NULL,                   -- key of the programme's session kinds
  held_on {date} NOT NULL,
  audience TEXT NOT NULL,
  people {int} NOT NULL,                -- how many took part
  designations TEXT NOT NULL,           -- staff by designation, never by name
  note TEXT NOT NULL,
  written_by {id} NOT NULL REFERENCES person (id),
  written_at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX engagement_inspection ON engagement (inspection_id);
