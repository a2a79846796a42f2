-- What the public is told: the pages of programmes, news, webinars and meetings.

-- What people do for the service as a whole. It opens no inspection.
CREATE TABLE service_duty (
  person_id {id} NOT NULL REFERENCES person (id),
  duty TEXT NOT NULL CHECK (duty IN ('methodology-officer', 'communications')),
  since {time} NOT NULL,
  PRIMARY KEY (person_id, duty)
) {strict};

-- The texts of a page as they were saved, one after the other; nothing is ever changed. Version 0 is the file's.
CREATE TABLE information_version (
  programme TEXT NOT NULL,              -- id of the programme, whichever version
  page TEXT NOT NULL,                   -- 'audience/key'
  number {int} NOT NULL CHECK (number > 0),
  body TEXT NOT NULL,
  base TEXT NOT NULL,                   -- hash of the file's text as it stood then
  restored {int},                       -- the number it was taken from again
  saved_by {id} NOT NULL REFERENCES person (id),
  saved_at {time} NOT NULL,
  PRIMARY KEY (programme, page, number)
) {strict};

-- Which of them the public reads: the latest turn.
CREATE TABLE information_publication (
  programme TEXT NOT NULL,
  page TEXT NOT NULL,
  turn {int} NOT NULL CHECK (turn > 0),
  number {int} NOT NULL,
  note TEXT NOT NULL,                   -- what changed
  published_by {id} NOT NULL REFERENCES person (id),
  published_at {time} NOT NULL,
  PRIMARY KEY (programme, page, turn),
  FOREIGN KEY (programme, page, number) REFERENCES information_version (programme, page, number)
) {strict};

-- The PDF of what a page says, by the hash of what it says: set once, however often it is asked for.
CREATE TABLE information_pdf (
  content TEXT PRIMARY KEY,
  digest TEXT,                          -- in the document store; NULL while it is being set
  asked_at {time} NOT NULL
) {strict};

CREATE TABLE news_item (
  id {id} PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn', 'called-off')),
  day {date} NOT NULL,
  written {json} NOT NULL,
  sequence {int} NOT NULL,              -- of the calendar entry: grows with each change once it was published
  reason TEXT NOT NULL,                 -- why it was taken back
  saved_by {id} NOT NULL REFERENCES person (id),
  saved_at {time} NOT NULL,
  published_at {time},
  version {int} NOT NULL,
  CHECK (state = 'draft' OR published_at IS NOT NULL)
) {strict};
CREATE INDEX news_item_day ON news_item (state, day);

-- What an item said before it was changed.
CREATE TABLE news_earlier (
  news_id {id} NOT NULL REFERENCES news_item (id),
  version {int} NOT NULL,
  written {json} NOT NULL,
  saved_by {id} NOT NULL REFERENCES person (id),
  saved_at {time} NOT NULL,
  PRIMARY KEY (news_id, version)
) {strict};
