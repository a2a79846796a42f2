-- Everything said, read, counted or seen, tagged to indicators and lines of enquiry, with its strength.
CREATE TABLE evidence (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  kind TEXT NOT NULL CHECK (kind IN
    ('survey', 'record', 'focus_group', 'discussion', 'observation', 'document', 'return')),
  source TEXT,                          -- id of the survey, session, document … it comes from
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  strength TEXT NOT NULL CHECK (strength IN ('no_significant_concern', 'uncertain', 'concern')),
  describes_on {date} NOT NULL,         -- the day it speaks of, apart from the day it was written
  written_by {id} NOT NULL REFERENCES person (id),
  written_at {time} NOT NULL,
  saved_by {id} NOT NULL REFERENCES person (id),
  saved_at {time} NOT NULL,
  withdrawn_by {id} REFERENCES person (id),
  withdrawn_at {time},
  withdrawn_reason TEXT,
  version {int} NOT NULL
) {strict};
CREATE INDEX evidence_inspection ON evidence (inspection_id, id);

CREATE TABLE evidence_tag (
  evidence_id {id} NOT NULL REFERENCES evidence (id),
  kind TEXT NOT NULL CHECK (kind IN ('indicator', 'line', 'right')),
  tag TEXT NOT NULL,
  PRIMARY KEY (evidence_id, kind, tag)
) {strict};
