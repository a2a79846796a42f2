-- Young inspection volunteers, and what changed because of what people said.

-- Who looks after the volunteers: the participation lead of the scrutiny bodies, and whoever stands in.
CREATE TABLE volunteer_lead (
  person_id {id} PRIMARY KEY REFERENCES person (id),
  since {time} NOT NULL
) {strict};

-- A volunteer as the list shows them. What they wrote is sealed (sealed_text.owner = id); no name, no address, no age.
CREATE TABLE volunteer (
  id {id} PRIMARY KEY,                  -- random
  number {int} NOT NULL UNIQUE,         -- how the list names somebody who has no account
  person_id {id} UNIQUE REFERENCES person (id), -- the account, once welcomed
  place TEXT UNIQUE,                    -- one-way function of the eight words with which they withdraw
  stage TEXT NOT NULL CHECK (stage IN ('interested', 'spoken-to', 'checks', 'training', 'welcomed', 'paused',
    'withdrawn', 'not-taken-on')),
  before TEXT,                          -- where a pause or a "no" leads back to
  reason TEXT CHECK (reason IN ('no-place', 'check', 'days', 'another-way')),
  came_on {date} NOT NULL,
  moved_on {date} NOT NULL,
  check_passed {bool},                  -- yes or no, and the day; nothing of what the check said
  check_on {date},
  buddy_id {id} REFERENCES volunteer (id),
  supporter_id {id} REFERENCES person (id),
  availability {json} NOT NULL,
  gone_on {date},                       -- when what they wrote was destroyed
  version {int} NOT NULL,
  CHECK ((check_passed IS NULL) = (check_on IS NULL)),
  CHECK (buddy_id IS NULL OR buddy_id <> id),
  CHECK ((stage IN ('paused', 'not-taken-on')) = (before IS NOT NULL))
) {strict};

CREATE TABLE volunteer_training (
  volunteer_id {id} NOT NULL REFERENCES volunteer (id),
  topic TEXT NOT NULL,
  done_on {date} NOT NULL,
  noted_by {id} NOT NULL REFERENCES person (id),
  PRIMARY KEY (volunteer_id, topic)
) {strict};

CREATE TABLE volunteer_expense (
  id {id} PRIMARY KEY,
  volunteer_id {id} NOT NULL REFERENCES volunteer (id),
  what TEXT NOT NULL CHECK (what IN ('travel', 'food', 'care', 'phone', 'other')),
  note TEXT NOT NULL,
  pence {int} NOT NULL CHECK (pence > 0),
  day {date} NOT NULL,
  receipt {bool} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('claimed', 'approved', 'paid', 'sent-back', 'taken-back')),
  reason TEXT NOT NULL,                 -- why it was sent back; empty otherwise
  claimed_on {date} NOT NULL,
  decided_by {id} REFERENCES person (id),
  paid_on {date},
  version {int} NOT NULL,
  CHECK ((state = 'paid') = (paid_on IS NOT NULL)),
  CHECK (state <> 'sent-back' OR reason <> '')
) {strict};
CREATE INDEX volunteer_expense_volunteer ON volunteer_expense (volunteer_id);

CREATE TABLE volunteer_payment (
  id {id} PRIMARY KEY,
  volunteer_id {id} NOT NULL REFERENCES volunteer (id),
  sessions {int} NOT NULL CHECK (sessions > 0),
  pence {int} NOT NULL CHECK (pence > 0),
  paid_on {date} NOT NULL,
  noted_by {id} NOT NULL REFERENCES person (id),
  withdrawn_reason TEXT                 -- why this record does not stand
) {strict};
CREATE INDEX volunteer_payment_volunteer ON volunteer_payment (volunteer_id);

-- A session that is planned with volunteers.
CREATE TABLE planned_session (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  kind TEXT NOT NULL,                   -- key of the programme's session kinds
  day {date} NOT NULL,
  starts TEXT NOT NULL,                 -- 14:00, on the clock of the place
  place TEXT NOT NULL,
  cancelled_reason TEXT,
  version {int} NOT NULL
) {strict};
CREATE INDEX planned_session_inspection ON planned_session (inspection_id);

CREATE TABLE planned_session_volunteer (
  planned_id {id} NOT NULL REFERENCES planned_session (id),
  volunteer_id {id} NOT NULL REFERENCES volunteer (id),
  leads {bool} NOT NULL,
  note_id {id} REFERENCES engagement (id), -- the write-up, once there is one
  PRIMARY KEY (planned_id, volunteer_id)
) {strict};
CREATE INDEX planned_session_volunteer_volunteer ON planned_session_volunteer (volunteer_id);

-- Drafts of the children's version of the report. A draft that was shown does not change: there is a next one.
CREATE TABLE childrens_draft (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  number {int} NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  written_by {id} NOT NULL REFERENCES person (id),
  written_at {time} NOT NULL,
  UNIQUE (inspection_id, number)
) {strict};

CREATE TABLE childrens_comment (
  id {id} PRIMARY KEY,
  draft_id {id} NOT NULL REFERENCES childrens_draft (id),
  paragraph {int},                      -- from 1; NULL: the whole
  text TEXT NOT NULL,
  written_by {id} NOT NULL REFERENCES person (id),
  written_at {time} NOT NULL,
  outcome TEXT CHECK (outcome IN ('changed', 'kept', 'thanks')),
  answer TEXT,
  answered_by {id} REFERENCES person (id),
  answered_at {time},
  CHECK ((outcome IS NULL) = (answered_at IS NULL))
) {strict};
CREATE INDEX childrens_comment_draft ON childrens_comment (draft_id);

-- You said, we did.
CREATE TABLE said_did (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  heard TEXT NOT NULL CHECK (heard IN ('survey', 'session', 'volunteers', 'tell-us')),
  people {int} NOT NULL,                -- how many said it; never leaves the team
  said TEXT NOT NULL,
  did TEXT NOT NULL,
  by_whom TEXT NOT NULL,                -- an office
  done_on {date} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'taken-back')),
  reason TEXT NOT NULL,                 -- why it was taken back; empty otherwise
  published_on {date},
  saved_by {id} NOT NULL REFERENCES person (id),
  version {int} NOT NULL,
  CHECK (state <> 'published' OR published_on IS NOT NULL),
  CHECK (state <> 'taken-back' OR reason <> '')
) {strict};
CREATE INDEX said_did_inspection ON said_did (inspection_id);
