-- Tell us: the public channel. No address, no browser, and of somebody without a name only days, never times.

CREATE TABLE message (
  id {id} PRIMARY KEY,                  -- random: it does not tell when
  inspection_id {id} REFERENCES inspection (id), -- NULL: about services in general
  place TEXT UNIQUE,                    -- one-way function of the receipt; NULL: somebody who left a name and no receipt
  public {bytes},                       -- key of whoever holds the receipt
  wish TEXT NOT NULL CHECK (wish IN ('message', 'conversation')),
  named {bool} NOT NULL,                -- whether they left a name or a way to be reached
  state TEXT NOT NULL CHECK (state IN ('new', 'decided', 'gone')),
  triage TEXT CHECK (triage IN ('voice', 'concern', 'complaint', 'nothing')),
  came_on {date} NOT NULL,
  due_on {date},                        -- by when it has to be decided about
  decided_on {date},
  decided_by {id} REFERENCES person (id),
  delete_on {date},                     -- when it goes
  reminded_on {date},
  gone_why TEXT CHECK (gone_why IN ('own', 'time')),
  version {int} NOT NULL,
  CHECK ((state = 'gone') = (gone_why IS NOT NULL))
) {strict};
CREATE INDEX message_inspection ON message (inspection_id, state);

-- What was said in it, one after the other; the texts are sealed.
CREATE TABLE message_part (
  message_id {id} NOT NULL REFERENCES message (id),
  number {int} NOT NULL,
  text_id {id} NOT NULL REFERENCES sealed_text (id),
  by_id {id} REFERENCES person (id),    -- NULL: whoever wrote the message
  day {date} NOT NULL,
  PRIMARY KEY (message_id, number)
) {strict};

-- Who handles what belongs to no inspection.
CREATE TABLE message_handler (
  person_id {id} PRIMARY KEY REFERENCES person (id),
  since {time} NOT NULL
) {strict};
