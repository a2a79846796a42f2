-- What was given to other inspections of an area is found from the area and not among all documents there are.
CREATE INDEX inspection_area ON inspection (area);
