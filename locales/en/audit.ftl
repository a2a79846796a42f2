# The audit trail.
audit-lead = Everything that was done in this inspection, and every reading of a record. Entries are added and never changed; each is bound to the one before, so a change would show.
audit-empty-title = Nothing yet
audit-empty-text = What is done in this inspection appears here.
audit-number = Entry
audit-when = When
audit-who = Who
audit-what = What
audit-detail = Detail
audit-pages = Pages of the audit trail
audit-older = Older entries
audit-actor-person = A person
audit-actor-public = Somebody without an account
audit-actor-clock = The clock
audit-actor-console = The console
