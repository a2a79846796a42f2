-- Disposals before this one left the names of local people without an e-mail address: on training lists, and of colleagues
-- who were handed a request by a link. They go now.
UPDATE training_place SET name = '…', designation = '…', organisation = '…', email = ''
WHERE name <> '…' AND inspection_id IN (SELECT inspection_id FROM disposal WHERE finished_at IS NOT NULL);
UPDATE delegation SET name = '…', email = '', not_held_reason = NULL
WHERE name <> '…' AND request_id IN (
  SELECT q.id FROM document_request q JOIN disposal d ON d.inspection_id = q.inspection_id WHERE d.finished_at IS NOT NULL
);
UPDATE document SET withdrawn_reason = '…' WHERE digest = '' AND withdrawn_reason IS NOT NULL;
