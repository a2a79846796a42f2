-- Devices that fill forms in away from the network (OpenRosa clients), and what they sent.

-- The password of one device of one person, for one inspection, as a keyed hash. It ends, it is not deleted: the row says
-- when somebody's device could send.
CREATE TABLE device_password (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  person_id {id} NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  made_at {time} NOT NULL,
  ended_at {time}
) {strict};
CREATE INDEX device_password_person ON device_password (inspection_id, person_id);

-- A submission that was taken, so that it is taken once: keyed hashes of its own id and of its bytes.
-- Of an answer to a survey there is nothing else: no person, no form, no day, and nothing that leads to the answer.
-- Of a conversation guide there is who sent it, when, the form that it answers, and the answers, sealed, until that
-- person removes them.
CREATE TABLE device_submission (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  instance_hash TEXT NOT NULL,
  digest TEXT NOT NULL,
  person_id {id} REFERENCES person (id),
  day {date},
  form_digest TEXT REFERENCES form_version (digest),
  sealed {bytes},
  PRIMARY KEY (inspection_id, instance_hash),
  CHECK ((person_id IS NULL) = (day IS NULL)),
  CHECK ((person_id IS NULL) = (form_digest IS NULL)),
  CHECK (sealed IS NULL OR person_id IS NOT NULL)
) {strict_rowless};
