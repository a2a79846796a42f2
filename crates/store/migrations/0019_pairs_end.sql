-- Why a pair of readers was dissolved.
ALTER TABLE reading_pair ADD COLUMN ended_because TEXT;
