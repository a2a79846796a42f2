-- Whom to call in an area when somebody may be unsafe: belongs to the area, and every inspection of it shows the same.
CREATE TABLE area_contact (
  area TEXT PRIMARY KEY,
  contacts TEXT NOT NULL,               -- a line for each: whom, when, the number
  version {int} NOT NULL,
  changed_at {time} NOT NULL,
  changed_by {id} NOT NULL REFERENCES person (id)
) {strict};
