-- What people do for the service as a whole, in one table: writing for the public, and now also handling messages that
-- belong to no inspection and looking after young inspection volunteers. It opens no inspection.
CREATE TABLE duty (
  person_id {id} NOT NULL REFERENCES person (id),
  duty TEXT NOT NULL CHECK (duty IN
    ('methodology-officer', 'communications', 'message-handler', 'volunteer-lead')),
  since {time} NOT NULL,
  PRIMARY KEY (person_id, duty)
) {strict};
INSERT INTO duty (person_id, duty, since) SELECT person_id, duty, since FROM service_duty;
INSERT INTO duty (person_id, duty, since) SELECT person_id, 'message-handler', since FROM message_handler;
INSERT INTO duty (person_id, duty, since) SELECT person_id, 'volunteer-lead', since FROM volunteer_lead;
DROP TABLE service_duty;
DROP TABLE message_handler;
DROP TABLE volunteer_lead;
