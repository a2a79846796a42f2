-- What was read from documents of the partnership. The text itself and the preview lie sealed among the documents.
CREATE TABLE document_text (
  document_id {id} PRIMARY KEY REFERENCES document (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'text', 'scan', 'picture', 'archive', 'not_read')),
  reason TEXT,                          -- the key of a sentence: why it was not read, or what it waits for
  pages {int},                          -- of a PDF or presentation; NULL: not known
  words {int},                          -- of its text
  text_digest TEXT,                     -- what was read, as JSON in the document store
  look_digest TEXT,                     -- how it looks, as JSON in the document store
  read_at {time}
) {strict};
