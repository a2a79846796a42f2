-- After publication: recommendations and the partnership's action plan.
CREATE TABLE recommendation (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  number {int} NOT NULL,
  indicator TEXT NOT NULL,
  body TEXT NOT NULL,
  made_by {id} NOT NULL REFERENCES person (id),
  made_at {time} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (inspection_id, number)
) {strict};

CREATE TABLE action_plan (
  inspection_id {id} PRIMARY KEY REFERENCES inspection (id),
  due_on {date} NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('awaited', 'submitted', 'sent_back', 'accepted')),
  submitted_by {id} REFERENCES person (id),
  submitted_at {time},
  reviewed_by {id} REFERENCES person (id),
  reviewed_at {time},
  review TEXT,
  version {int} NOT NULL
) {strict};

CREATE TABLE planned_action (
  id {id} PRIMARY KEY,
  inspection_id {id} NOT NULL REFERENCES inspection (id),
  recommendation_id {id} NOT NULL REFERENCES recommendation (id),
  body TEXT NOT NULL,
  owner TEXT NOT NULL,                  -- designation
  measure TEXT NOT NULL,                -- how people will know that it worked
  due_on {date} NOT NULL,
  written_by {id} NOT NULL REFERENCES person (id),
  written_at {time} NOT NULL,
  version {int} NOT NULL
) {strict};
CREATE INDEX planned_action_inspection ON planned_action (inspection_id);
