-- Findings, grades, the panel, the report and its editions, factual accuracy.
CREATE TABLE finding (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  indicator TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('strength', 'area_for_improvement')),
  body TEXT NOT NULL,
  single_kind_reason TEXT,              -- why evidence of one kind is enough
  written_by {id} NOT NULL REFERENCES person (id),
  written_at {time} NOT NULL,
  saved_by {id} NOT NULL REFERENCES person (id),
  saved_at {time} NOT NULL,
  withdrawn_by {id} REFERENCES person (id),
  withdrawn_at {time},
  withdrawn_reason TEXT,
  version {int} NOT NULL
) {strict};
CREATE INDEX finding_inspection ON finding (inspection_id);

CREATE TABLE finding_evidence (
  finding_id {id} NOT NULL REFERENCES finding (id),
  evidence_id {id} NOT NULL REFERENCES evidence (id),
  PRIMARY KEY (finding_id, evidence_id)
) {strict};
CREATE INDEX finding_evidence_evidence ON finding_evidence (evidence_id);

CREATE TABLE grade_alone (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  indicator TEXT NOT NULL,
  person_id {id} NOT NULL REFERENCES person (id),
  level {int} NOT NULL,
  reason TEXT NOT NULL,
  graded_at {time} NOT NULL,
  alone_level {int},                    -- what was given alone, when it was changed after the grades of all had opened
  PRIMARY KEY (inspection_id, indicator, person_id)
) {strict};

CREATE TABLE agreed_grade (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  indicator TEXT NOT NULL,
  level {int} NOT NULL,
  reason TEXT NOT NULL,
  dissent TEXT NOT NULL,                -- empty: none recorded
  agreed_by {id} NOT NULL REFERENCES person (id),
  agreed_at {time} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (inspection_id, indicator)
) {strict};

CREATE TABLE panel_decision (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  indicator TEXT NOT NULL,
  from_level {int} NOT NULL,
  to_level {int} NOT NULL,
  reason TEXT NOT NULL,
  decided_by {id} NOT NULL REFERENCES person (id),
  decided_at {time} NOT NULL,
  PRIMARY KEY (inspection_id, indicator)
) {strict};

CREATE TABLE report (
  inspection_id {id} PRIMARY KEY REFERENCES inspection (id),
  state TEXT NOT NULL CHECK (state IN ('writing', 'with_partnership', 'embargoed', 'scheduled', 'published')),
  accuracy_closed_at {time},
  accuracy_closed_by {id} REFERENCES person (id),
  publish_at {time},
  published_at {time},
  version {int} NOT NULL
) {strict};

CREATE TABLE report_section (
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  key TEXT NOT NULL,
  body TEXT NOT NULL,
  saved_by {id} NOT NULL REFERENCES person (id),
  saved_at {time} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (inspection_id, key)
) {strict};

CREATE TABLE report_edition (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  kind TEXT NOT NULL CHECK (kind IN ('draft', 'embargoed', 'published')),
  document {json} NOT NULL,
  pdf_digest TEXT,                      -- in the document store, once it is set
  made_by {id} REFERENCES person (id),
  made_at {time} NOT NULL
) {strict};
CREATE INDEX report_edition_inspection ON report_edition (inspection_id, kind);

-- Who of the partnership may read an embargoed edition.
CREATE TABLE edition_reader (
  edition_id {id} NOT NULL REFERENCES report_edition (id),
  person_id {id} NOT NULL REFERENCES person (id),
  named_at {time} NOT NULL,
  PRIMARY KEY (edition_id, person_id)
) {strict};

CREATE TABLE accuracy_point (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  edition_id {id} NOT NULL REFERENCES report_edition (id),
  number {int} NOT NULL,
  place TEXT NOT NULL,                  -- section and sentence it is about
  body TEXT NOT NULL,
  proposal TEXT NOT NULL,
  raised_by {id} NOT NULL REFERENCES person (id),
  raised_at {time} NOT NULL,
  outcome TEXT CHECK (outcome IN ('accepted', 'partly_accepted', 'not_accepted')),
  answer TEXT,
  change_made TEXT,
  answered_by {id} REFERENCES person (id),
  answered_at {time},
  version {int} NOT NULL,
  UNIQUE (inspection_id, number)
) {strict};
