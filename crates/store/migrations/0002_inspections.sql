-- One programme version in one area: the people, the dated plan, the letters.
CREATE TABLE inspection (
  id {id} PRIMARY KEY,
  reference TEXT NOT NULL UNIQUE,       -- short name in addresses people read, for example strathmarnock-2026
  programme TEXT NOT NULL,
  programme_version TEXT NOT NULL,
  programme_digest TEXT NOT NULL,
  area TEXT NOT NULL,                   -- key of areas/councils.toml
  starts_on {date} NOT NULL,            -- planned day of the notification
  notified_on {date},
  closed_on {date},
  created_at {time} NOT NULL,
  version {int} NOT NULL
) {strict};

CREATE TABLE membership (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  person_id {id} NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  body TEXT,                            -- scrutiny body, key of the programme
  since {time} NOT NULL,
  ended_at {time},
  PRIMARY KEY (inspection_id, person_id, role)
) {strict};
CREATE INDEX membership_person ON membership (person_id);

CREATE TABLE interest (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  person_id {id} NOT NULL REFERENCES person (id),
  has_interest {bool} NOT NULL,
  statement TEXT NOT NULL,
  declared_at {time} NOT NULL,
  cleared {bool},                       -- NULL: not decided; no interest needs no decision
  decided_by {id} REFERENCES person (id),
  decided_at {time},
  decision_reason TEXT,
  PRIMARY KEY (inspection_id, person_id)
) {strict};

CREATE TABLE invitation (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  body TEXT,
  token_hash TEXT NOT NULL UNIQUE,
  invited_by {id} REFERENCES person (id),
  invited_at {time} NOT NULL,
  expires_at {time} NOT NULL,
  accepted_at {time},
  accepted_by {id} REFERENCES person (id),
  withdrawn_at {time}
) {strict};
CREATE INDEX invitation_inspection ON invitation (inspection_id);

CREATE TABLE plan_step (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  position {int} NOT NULL,
  key TEXT NOT NULL,
  from_on {date} NOT NULL,
  to_on {date} NOT NULL,
  done_on {date},
  step {json} NOT NULL,                 -- the planned step as the domain writes it
  sequence {int} NOT NULL,              -- of the calendar entry; grows with each change
  changed_at {time} NOT NULL,
  PRIMARY KEY (inspection_id, key)
) {strict};

CREATE TABLE plan_move (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  step TEXT NOT NULL,
  from_on {date} NOT NULL,
  to_on {date} NOT NULL,
  carried {int} NOT NULL,               -- how many other steps moved with it
  reason TEXT NOT NULL,
  moved_by {id} REFERENCES person (id),
  moved_at {time} NOT NULL
) {strict};
CREATE INDEX plan_move_inspection ON plan_move (inspection_id);

CREATE TABLE version_change (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  changed_at {time} NOT NULL,
  from_version TEXT NOT NULL,
  to_version TEXT NOT NULL,
  to_digest TEXT NOT NULL,
  changes {json} NOT NULL,
  reason TEXT NOT NULL,
  changed_by {id} REFERENCES person (id),
  PRIMARY KEY (inspection_id, changed_at)
) {strict};

CREATE TABLE letter (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  kind TEXT NOT NULL,                   -- notification
  addressee TEXT NOT NULL,              -- office, for example chief-constable
  addressee_name TEXT NOT NULL,
  email TEXT NOT NULL,
  document {json} NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,      -- private page for an addressee without an account
  sent_at {time} NOT NULL,
  first_read_at {time}
) {strict};
CREATE INDEX letter_inspection ON letter (inspection_id);

CREATE TABLE calendar_feed (
  token_hash TEXT PRIMARY KEY,
  person_id {id} NOT NULL REFERENCES person (id),
  created_at {time} NOT NULL,
  ended_at {time}
) {strict};
CREATE INDEX calendar_feed_person ON calendar_feed (person_id);
