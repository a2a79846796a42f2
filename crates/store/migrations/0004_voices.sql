-- What people say: surveys answered without an account, and sessions held with people.

-- A form as it was published. Frozen: named by the digest of its content, never changed, never deleted while a survey
-- names it.
CREATE TABLE form_version (
  digest TEXT PRIMARY KEY,
  form_key TEXT NOT NULL,
  form {json} NOT NULL,
  kept_at {time} NOT NULL
) {strict};

-- How answers are protected is fixed in the row when the survey is made: no statement of the product changes
-- distribution, smallest or form_digest.
CREATE TABLE survey (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  form_key TEXT NOT NULL,
  form_digest TEXT NOT NULL REFERENCES form_version (digest),
  title TEXT NOT NULL,
  audience TEXT NOT NULL,
  distribution TEXT NOT NULL CHECK (distribution IN ('open-link', 'service-links', 'codes')),
  smallest {int} NOT NULL CHECK (smallest >= 5),
  state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed')),
  opens_on {date} NOT NULL,
  closes_at {time} NOT NULL,
  address TEXT NOT NULL UNIQUE,         -- public: the last part of the link that is handed out
  opened_at {time},
  closed_at {time},
  codes {int} NOT NULL,                 -- how many codes have been printed
  child_protection TEXT NOT NULL,       -- whom to call in this area; stands before the button
  adult_protection TEXT NOT NULL,
  version {int} NOT NULL,
  UNIQUE (inspection_id, form_key)
) {strict};

-- An anonymous answer: a random id, the day, and what was said. No time, no address, no order.
CREATE TABLE survey_answer (
  survey_id {id} NOT NULL REFERENCES survey (id),
  id {id} NOT NULL,
  day {date} NOT NULL,
  answers {json} NOT NULL,
  PRIMARY KEY (survey_id, id)
) {strict_rowless};
-- Counting the answers of a survey reads this and not the answers. By their ids, so that it keeps no order of arrival either.
CREATE INDEX survey_answer_day ON survey_answer (survey_id, day, id);

-- A code that has not been used yet, as a keyed hash. It is deleted in the transaction that keeps the answer.
CREATE TABLE survey_code (
  hash TEXT PRIMARY KEY,
  survey_id {id} NOT NULL REFERENCES survey (id)
) {strict_rowless};
CREATE INDEX survey_code_survey ON survey_code (survey_id);

-- A link for one service: the page comes with that answer filled in, and the person may change it.
CREATE TABLE survey_link (
  address TEXT PRIMARY KEY,
  survey_id {id} NOT NULL REFERENCES survey (id),
  question TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (survey_id, question, value)
) {strict};

-- How many people the partnership says there are, for the rate of response.
CREATE TABLE survey_people (
  survey_id {id} NOT NULL REFERENCES survey (id),
  question TEXT NOT NULL,               -- empty: of the whole survey
  value TEXT NOT NULL,
  people {int} NOT NULL CHECK (people >= 0),
  PRIMARY KEY (survey_id, question, value)
) {strict_rowless};

-- What somebody left who asks to be contacted: sealed, apart from the answers, with the day only.
CREATE TABLE survey_contact (
  id {id} PRIMARY KEY,
  survey_id {id} NOT NULL REFERENCES survey (id),
  day {date} NOT NULL,
  sealed {bytes} NOT NULL,
  done_by {id} REFERENCES person (id),
  done_at {time}
) {strict_rowless};
CREATE INDEX survey_contact_survey ON survey_contact (survey_id);

-- A free text that waits to be read, or was read. `cues` are the kinds of cue that were found in it, empty for none.
CREATE TABLE survey_text (
  survey_id {id} NOT NULL,
  answer_id {id} NOT NULL,
  question TEXT NOT NULL,
  cues {json} NOT NULL,
  tags {json} NOT NULL,
  read_by {id} REFERENCES person (id),
  read_at {time},
  PRIMARY KEY (survey_id, answer_id, question)
) {strict_rowless};

-- What was released of a closed survey: the tables as everybody outside the raw answers sees them.
CREATE TABLE survey_release (
  survey_id {id} PRIMARY KEY REFERENCES survey (id),
  released {json} NOT NULL,
  released_at {time} NOT NULL
) {strict};

-- An answer on paper while it is keyed: twice, by two people, blind to each other; then it becomes an answer.
CREATE TABLE survey_paper (
  survey_id {id} NOT NULL REFERENCES survey (id),
  sheet TEXT NOT NULL,                  -- the number written on the sheet
  entry {int} NOT NULL CHECK (entry IN (1, 2)),
  keyed_by {id} NOT NULL REFERENCES person (id),
  answers {json} NOT NULL,
  PRIMARY KEY (survey_id, sheet, entry)
) {strict};

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
