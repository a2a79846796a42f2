-- People, how they sign in, the audit trail and the jobs: what every room stands on.
CREATE TABLE person (
  id {id} PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,           -- lower case
  name TEXT NOT NULL,
  designation TEXT NOT NULL,            -- shown in notes instead of the name
  organisation TEXT NOT NULL,
  language TEXT NOT NULL,
  administrator {bool} NOT NULL,
  password_hash TEXT,                   -- argon2id, PHC string
  totp_sealed {bytes},                  -- sealed by the vault; NULL: no second factor
  totp_last_step {int},                 -- a code is used once
  created_at {time} NOT NULL,
  disabled_at {time},
  version {int} NOT NULL
) {strict};

CREATE TABLE passkey (
  id {id} PRIMARY KEY,
  person_id {id} NOT NULL REFERENCES person (id),
  credential_id TEXT NOT NULL UNIQUE,
  credential {json} NOT NULL,
  name TEXT NOT NULL,
  created_at {time} NOT NULL,
  last_used_at {time}
) {strict};
CREATE INDEX passkey_person ON passkey (person_id);

CREATE TABLE ceremony (
  id {id} PRIMARY KEY,
  person_id {id} REFERENCES person (id),
  state {json} NOT NULL,
  expires_at {time} NOT NULL
) {strict};

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  person_id {id} NOT NULL REFERENCES person (id),
  means TEXT NOT NULL CHECK (means IN ('password', 'password-and-code', 'passkey', 'link', 'awaiting-code')),
  device TEXT NOT NULL,                 -- family of browser and system, for the person's own list
  created_at {time} NOT NULL,
  seen_at {time} NOT NULL,
  expires_at {time} NOT NULL
) {strict};
CREATE INDEX session_person ON session (person_id);

CREATE TABLE sign_in_link (
  token_hash TEXT PRIMARY KEY,
  person_id {id} NOT NULL REFERENCES person (id),
  created_at {time} NOT NULL,
  expires_at {time} NOT NULL,
  used_at {time},
  reusable {bool} NOT NULL              -- the demonstration prints links that can be opened again
) {strict};

CREATE TABLE sign_in_failure (
  account_hash TEXT PRIMARY KEY,        -- hash of the address that was typed, whether it exists or not
  failures {int} NOT NULL,
  last_at {time} NOT NULL
) {strict};

CREATE TABLE audit_entry (
  sequence {int} PRIMARY KEY,
  at {time} NOT NULL,
  inspection_id {id},
  actor TEXT NOT NULL CHECK (actor IN ('person', 'public', 'clock', 'console')),
  person_id {id},
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail {json} NOT NULL,
  hash TEXT NOT NULL
) {strict};
CREATE INDEX audit_entry_inspection ON audit_entry (inspection_id, sequence);

CREATE TABLE audit_head (
  one {int} PRIMARY KEY CHECK (one = 1),
  sequence {int} NOT NULL,
  hash TEXT NOT NULL
) {strict};
INSERT INTO audit_head (one, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE job (
  id {id} PRIMARY KEY,
  kind TEXT NOT NULL,
  payload {json} NOT NULL,
  run_at {time} NOT NULL,
  attempts {int} NOT NULL,
  claimed_until {time},
  failed_at {time},
  last_error TEXT
) {strict};
CREATE INDEX job_due ON job (run_at);
