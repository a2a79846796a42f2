-- The list of requests as it is worked on: owners, work begun, withdrawal; what was given before, colleagues without an
-- account, the burden, the position statement; and the mail that reminds.

-- The words of the state have grown. SQLite cannot change a CHECK, so both tables are written anew.
CREATE TABLE document_request_anew (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  indicators {json} NOT NULL,
  lines {json} NOT NULL,
  due_on {date} NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('asked', 'in_progress', 'submitted', 'sent_back', 'accepted', 'not_held', 'withdrawn')),
  reason TEXT,                          -- why it is not held, why it was sent back, why it was withdrawn
  changed_at {time} NOT NULL,
  changed_by {id} REFERENCES person (id),
  version {int} NOT NULL,
  owner_id {id} REFERENCES person (id), -- who of the partnership holds it; NULL: the coordinator
  public_at TEXT,                       -- where a public document says something of it
  asked_again TEXT,                     -- why it is asked although something answers it
  minutes {int},                        -- how long it took the partnership, as the coordinator says; NULL: not said
  UNIQUE (inspection_id, key)
) {strict};
INSERT INTO document_request_anew (id, inspection_id, key, title, purpose, indicators, lines, due_on, state, reason,
    changed_at, changed_by, version)
  SELECT id, inspection_id, key, title, purpose, indicators, lines, due_on, state, reason, changed_at, changed_by,
    version FROM document_request;
CREATE TABLE request_document_anew (
  request_id {id} NOT NULL REFERENCES document_request_anew (id),
  document_id {id} NOT NULL REFERENCES document (id),
  PRIMARY KEY (request_id, document_id)
) {strict};
INSERT INTO request_document_anew (request_id, document_id) SELECT request_id, document_id FROM request_document;
DROP TABLE request_document;
DROP TABLE document_request;
ALTER TABLE document_request_anew RENAME TO document_request;
ALTER TABLE request_document_anew RENAME TO request_document;
CREATE INDEX document_request_owner ON document_request (owner_id);

-- A colleague without an account who was handed one request by a link.
CREATE TABLE delegation (
  id {id} PRIMARY KEY,
  request_id {id} NOT NULL REFERENCES document_request (id),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  made_by {id} REFERENCES person (id),
  made_at {time} NOT NULL,
  expires_at {time} NOT NULL,
  not_held_reason TEXT,                 -- what the colleague proposes to say; the coordinator says it
  answered_at {time},                   -- when the colleague last sent or said something
  ended_at {time}
) {strict};
CREATE INDEX delegation_request ON delegation (request_id);

ALTER TABLE document ADD COLUMN pages {int};                                      -- NULL: not known
ALTER TABLE document ADD COLUMN delegation_id {id} REFERENCES delegation (id);    -- who brought it, if a colleague did
ALTER TABLE document ADD COLUMN origin_id {id} REFERENCES document (id);          -- of which earlier one it is the copy
ALTER TABLE document ADD COLUMN origin_programme TEXT;                            -- to whose inspection that one was given
ALTER TABLE document ADD COLUMN origin_on {date};                                 -- and when

-- That an earlier document shall answer a request: asked by the team, decided by the coordinator.
CREATE TABLE reuse (
  request_id {id} NOT NULL REFERENCES document_request (id),
  document_id {id} NOT NULL REFERENCES document (id), -- of another inspection, behind its wall
  state TEXT NOT NULL CHECK (state IN ('asked', 'given', 'declined')),
  reason TEXT,
  asked_by {id} REFERENCES person (id),
  asked_at {time} NOT NULL,
  decided_by {id} REFERENCES person (id),
  decided_at {time},
  PRIMARY KEY (request_id, document_id)
) {strict};

CREATE TABLE position_statement (
  inspection_id {id} PRIMARY KEY REFERENCES inspection (id),
  answers {json} NOT NULL,              -- key of the question to its text
  document_id {id} REFERENCES document (id), -- when it was uploaded instead of written
  state TEXT NOT NULL CHECK (state IN ('writing', 'submitted', 'sent_back', 'accepted')),
  reason TEXT,                          -- why it was sent back
  changed_at {time} NOT NULL,
  changed_by {id} REFERENCES person (id),
  version {int} NOT NULL
) {strict};

CREATE TABLE position_statement_version (
  inspection_id {id} NOT NULL REFERENCES position_statement (inspection_id),
  version {int} NOT NULL,
  answers {json} NOT NULL,
  state TEXT NOT NULL,
  saved_at {time} NOT NULL,
  saved_by {id} REFERENCES person (id),
  PRIMARY KEY (inspection_id, version)
) {strict};

-- Mail that goes out by a server of the installation.
CREATE TABLE mail (
  id {id} PRIMARY KEY,
  person_id {id} NOT NULL REFERENCES person (id),
  day {date} NOT NULL,                  -- one digest a day, never two
  subject TEXT NOT NULL,
  plain TEXT NOT NULL,                  -- emptied when it was sent
  html TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given_up')),
  tries {int} NOT NULL,
  made_at {time} NOT NULL,
  sent_at {time},
  UNIQUE (person_id, day)
) {strict};

CREATE TABLE mail_day (
  day {date} PRIMARY KEY,               -- on which the digests were written
  written_at {time} NOT NULL
) {strict};

CREATE TABLE without_digest (
  person_id {id} PRIMARY KEY REFERENCES person (id),
  since {time} NOT NULL
) {strict};
