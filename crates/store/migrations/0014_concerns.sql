-- Concerns, and the keys under which what is written in them is sealed.

-- The care key of a person: a public key to which texts are sealed, and its secret, sealed under the person's passphrase.
CREATE TABLE care_key (
  person_id {id} PRIMARY KEY REFERENCES person (id),
  public {bytes} NOT NULL,
  salt {bytes} NOT NULL,
  sealed {bytes} NOT NULL,
  made_at {time} NOT NULL
) {strict};

-- The recovery key: its secret is kept nowhere; any two of its three custodians can put it together.
CREATE TABLE care_recovery (
  generation {int} PRIMARY KEY,
  public {bytes} NOT NULL,
  made_at {time} NOT NULL,
  made_by {id} REFERENCES person (id)  -- NULL: at the console
) {strict};

-- For each pair of custodians the secret is split in two halves that say nothing alone; each is sealed to its custodian.
CREATE TABLE care_half (
  generation {int} NOT NULL REFERENCES care_recovery (generation),
  pair {int} NOT NULL,
  person_id {id} NOT NULL REFERENCES person (id),
  sealed {bytes} NOT NULL,
  PRIMARY KEY (generation, pair, person_id)
) {strict};

-- Somebody lost the passphrase, has made a new key, and asks two custodians for what was sealed to the old one.
CREATE TABLE care_recovery_request (
  id {id} PRIMARY KEY,
  person_id {id} NOT NULL REFERENCES person (id),
  generation {int} NOT NULL REFERENCES care_recovery (generation),
  reason TEXT NOT NULL,
  asked_at {time} NOT NULL,
  done_at {time}
) {strict};

-- The halves that custodians gave for a request, sealed anew to the key of whoever asked. They go when it is done.
CREATE TABLE care_given_half (
  request_id {id} NOT NULL REFERENCES care_recovery_request (id),
  pair {int} NOT NULL,
  custodian_id {id} NOT NULL REFERENCES person (id),
  sealed {bytes} NOT NULL,
  given_at {time} NOT NULL,
  PRIMARY KEY (request_id, pair, custodian_id)
) {strict};

-- A text under a key of its own.
CREATE TABLE sealed_text (
  id {id} PRIMARY KEY,
  owner TEXT NOT NULL,                  -- the concern or the message to which it belongs
  part TEXT NOT NULL,                   -- which text of it this is
  sealed {bytes} NOT NULL
) {strict};
CREATE INDEX sealed_text_owner ON sealed_text (owner);

-- The key of a text, sealed to each who may read it: per_…, recovery:1, receipt, installation.
CREATE TABLE sealed_key (
  text_id {id} NOT NULL REFERENCES sealed_text (id),
  holder TEXT NOT NULL,
  wrapped {bytes} NOT NULL,
  PRIMARY KEY (text_id, holder)
) {strict_rowless};
CREATE INDEX sealed_key_holder ON sealed_key (holder);

-- A concern as anybody may see it who handles concerns: how it stands, and nothing of what is in it.
CREATE TABLE concern (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  number {int} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('safety', 'practice', 'review')),
  source TEXT NOT NULL
    CHECK (source IN ('itself', 'note', 'survey-text', 'reading', 'message', 'page', 'device')),
  danger {bool} NOT NULL,
  stage TEXT NOT NULL
    CHECK (stage IN ('raised', 'asked', 'passed-on', 'handed-over', 'acknowledged', 'closed')),
  step {int} NOT NULL,                  -- counts what was done
  raised_at {time} NOT NULL,
  raised_by {id} REFERENCES person (id), -- NULL: the public channel
  due_at {time},                        -- NULL: closed
  decided_at {time},
  handed_at {time},
  acknowledged_at {time},
  closed_at {time},
  outcome TEXT CHECK (outcome IN ('acted', 'known-already', 'no-risk-found', 'not-a-concern')),
  UNIQUE (inspection_id, number),
  CHECK ((stage = 'closed') = (outcome IS NOT NULL)),
  CHECK ((stage = 'closed') = (due_at IS NULL))
) {strict};

-- What was done with a concern, one row each. Nothing of what was written.
CREATE TABLE concern_step (
  concern_id {id} NOT NULL REFERENCES concern (id),
  step {int} NOT NULL,
  act TEXT NOT NULL,
  at {time} NOT NULL,
  by_id {id} REFERENCES person (id),    -- NULL: the public channel
  to_id {id} REFERENCES person (id),    -- to whom it was handed
  means TEXT CHECK (means IN ('product', 'telephone', 'in-person', 'secure-mail')),
  receiver TEXT,                        -- designation of who received it
  received_at {time},                   -- when they did
  digest TEXT,                          -- of the sealed texts as they were handed over
  PRIMARY KEY (concern_id, step)
) {strict};

-- Who was told of which step. One row, one mail: told twice is impossible.
CREATE TABLE concern_notice (
  concern_id {id} NOT NULL REFERENCES concern (id),
  step {int} NOT NULL,
  rung {int} NOT NULL,                  -- 0: who has to act; from 1 on: the clock has run out
  person_id {id} NOT NULL REFERENCES person (id),
  made_at {time} NOT NULL,
  mailed_at {time},
  PRIMARY KEY (concern_id, step, rung, person_id)
) {strict};
CREATE INDEX concern_notice_person ON concern_notice (person_id);

-- Who is away until when: notices go on to the next at once.
CREATE TABLE care_away (
  person_id {id} PRIMARY KEY REFERENCES person (id),
  until_at {time} NOT NULL
) {strict};
