-- What the partnership sends: documents against requests, and the pre-inspection return.
CREATE TABLE document (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  bytes {int} NOT NULL,
  digest TEXT NOT NULL,                 -- BLAKE3 of the content, its address in the document store
  uploaded_by {id} REFERENCES person (id),
  uploaded_at {time} NOT NULL,
  withdrawn_at {time}
) {strict};
CREATE INDEX document_inspection ON document (inspection_id);

CREATE TABLE document_request (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  indicators {json} NOT NULL,
  lines {json} NOT NULL,
  due_on {date} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'submitted', 'sent_back', 'accepted', 'not_held')),
  reason TEXT,                          -- why it is not held, or why it was sent back
  changed_at {time} NOT NULL,
  changed_by {id} REFERENCES person (id),
  version {int} NOT NULL,
  UNIQUE (inspection_id, key)
) {strict};

CREATE TABLE request_document (
  request_id {id} NOT NULL REFERENCES document_request (id),
  document_id {id} NOT NULL REFERENCES document (id),
  PRIMARY KEY (request_id, document_id)
) {strict};

CREATE TABLE return_submission (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  document_id {id} REFERENCES document (id), -- NULL when it was refused: a refused workbook is not kept
  file_name TEXT NOT NULL,
  row_count {int} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('refused', 'submitted', 'sent_back', 'accepted')),
  problems {json} NOT NULL,
  submitted_by {id} REFERENCES person (id),
  submitted_at {time} NOT NULL,
  decided_by {id} REFERENCES person (id),
  decided_at {time},
  reason TEXT,
  version {int} NOT NULL
) {strict};
CREATE INDEX return_submission_inspection ON return_submission (inspection_id);

CREATE TABLE cohort_child (
  submission_id {id} NOT NULL REFERENCES return_submission (id),
  label TEXT NOT NULL,                  -- the partnership's own label; the key to it stays with the partnership
  position {int} NOT NULL,
  columns {json} NOT NULL,
  PRIMARY KEY (submission_id, label)
) {strict};
