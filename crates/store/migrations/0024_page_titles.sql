-- Title and summary of a page are written with its text. NULL in versions from before: they have those of the file.
ALTER TABLE information_version ADD COLUMN title TEXT;
ALTER TABLE information_version ADD COLUMN summary TEXT;
