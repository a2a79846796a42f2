-- Tables of what people said without a name no longer keep the order in which rows came: a row number beside texts of
-- concerns, whose time is known, would tell when an anonymous message was sent. What they hold does not change.
CREATE TABLE sealed_text_2 (
  id {id} PRIMARY KEY,                  -- random: it does not tell when
  owner TEXT NOT NULL,                  -- the concern or the message to which it belongs
  part TEXT NOT NULL,                   -- which text of it this is
  sealed {bytes} NOT NULL
) {strict_rowless};
INSERT INTO sealed_text_2 (id, owner, part, sealed) SELECT id, owner, part, sealed FROM sealed_text ORDER BY id;

CREATE TABLE sealed_key_2 (
  text_id {id} NOT NULL REFERENCES sealed_text_2 (id),
  holder TEXT NOT NULL,
  wrapped {bytes} NOT NULL,
  PRIMARY KEY (text_id, holder)
) {strict_rowless};
INSERT INTO sealed_key_2 (text_id, holder, wrapped)
  SELECT text_id, holder, wrapped FROM sealed_key ORDER BY text_id, holder;

CREATE TABLE message_2 (
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
) {strict_rowless};
INSERT INTO message_2 (id, inspection_id, place, public, wish, named, state, triage, came_on, due_on, decided_on, decided_by,
    delete_on, reminded_on, gone_why, version)
  SELECT id, inspection_id, place, public, wish, named, state, triage, came_on, due_on, decided_on, decided_by, delete_on,
    reminded_on, gone_why, version FROM message ORDER BY id;

CREATE TABLE message_part_2 (
  message_id {id} NOT NULL REFERENCES message_2 (id),
  number {int} NOT NULL,
  text_id {id} NOT NULL REFERENCES sealed_text_2 (id),
  by_id {id} REFERENCES person (id),    -- NULL: whoever wrote the message
  day {date} NOT NULL,
  PRIMARY KEY (message_id, number)
) {strict_rowless};
INSERT INTO message_part_2 (message_id, number, text_id, by_id, day)
  SELECT message_id, number, text_id, by_id, day FROM message_part ORDER BY message_id, number;

DROP TABLE message_part;
DROP TABLE message;
DROP TABLE sealed_key;
DROP TABLE sealed_text;
ALTER TABLE sealed_text_2 RENAME TO sealed_text;
ALTER TABLE sealed_key_2 RENAME TO sealed_key;
ALTER TABLE message_2 RENAME TO message;
ALTER TABLE message_part_2 RENAME TO message_part;
CREATE INDEX sealed_text_owner ON sealed_text (owner);
CREATE INDEX sealed_key_holder ON sealed_key (holder);
CREATE INDEX message_inspection ON message (inspection_id, state);
