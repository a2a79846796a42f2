-- Uploads that come in parts; versions of a document; what keeps a document closed.
ALTER TABLE document ADD COLUMN version {int} NOT NULL DEFAULT 1; -- among those of one name against one request
ALTER TABLE document ADD COLUMN check_state TEXT NOT NULL DEFAULT 'not_checked'
  CHECK (check_state IN ('not_checked', 'waiting', 'clean', 'infected'));
ALTER TABLE document ADD COLUMN check_found TEXT; -- what the scanner calls it
ALTER TABLE document ADD COLUMN held_by TEXT;     -- the node on whose disk it waits for the object store
ALTER TABLE document ADD COLUMN withdrawn_by {id} REFERENCES person (id);
ALTER TABLE document ADD COLUMN withdrawn_reason TEXT;

CREATE TABLE upload (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  request_id {id} NOT NULL REFERENCES document_request (id),
  name TEXT NOT NULL,
  bytes {int} NOT NULL,                 -- of the whole file, as it was said at the beginning
  received {int} NOT NULL,              -- durably
  metadata TEXT NOT NULL,               -- as it was sent, to be sent back
  sha256 TEXT,                          -- of the whole file, when it was said
  begun_by {id} NOT NULL REFERENCES person (id),
  expires_at {time} NOT NULL,
  digest TEXT,                          -- once it is being kept: what its pieces may belong to from then on
  document_id {id} REFERENCES document (id), -- what it became
  CHECK (received >= 0 AND received <= bytes)
) {strict};
CREATE INDEX upload_request ON upload (request_id);
CREATE INDEX upload_expires ON upload (expires_at);

CREATE TABLE upload_piece (
  upload_id {id} NOT NULL REFERENCES upload (id),
  start {int} NOT NULL,
  bytes {int} NOT NULL,
  name TEXT NOT NULL,                   -- of its file in the document store
  held_by TEXT,
  PRIMARY KEY (upload_id, start)
) {strict};
