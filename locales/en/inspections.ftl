# Start page, overview, the way through.
start-title = What needs you, { $name }
start-empty-title = Nothing needs you
start-empty-text = You have no role in an inspection at the moment.
start-register-text = Which inspections there are, and setting up another one.
start-accounts-text = Who can sign in: make an account, send a link, disable one.
start-starts-on = Notification planned for { $day }
rooms-of-inspection = Rooms of this inspection
room-overview = Overview
room-plan = Plan
room-people = People
room-returns = Returns
room-voices = Voices
room-records = Records
room-evidence = Evidence
room-judgement = Judgement
room-report = Report
room-improvement = Improvement
room-audit = Audit trail
# Which inspection a page belongs to.
inspection-notified = { $name }, notified { $day }
inspection-planned = { $name }, planned for { $day }
overview-way = The way through
overview-done = { $done } of { $all } steps
overview-now = What can be done now
overview-programme = Programme
overview-notified = Notified
overview-published = Published
overview-notify-on = Notification planned for
offer-done = Done
offer-over = Over
offer-yours = You can do this now
offer-ready = Under way
offer-not-yet = Not yet

step-notify = Send the notification
step-invite-partnership = Coordinator and participation lead accept
step-submit-return = Submit the pre-inspection return
step-accept-return = Accept the pre-inspection return
step-upload-documents = Answer the document requests
step-open-survey = Open the staff survey
step-close-survey = Close the staff survey
step-draw-sample = Draw the sample of records
step-read-records = Read the records
step-note-sessions = Hold and note sessions
step-record-evidence = Record evidence
step-write-findings = Write findings
step-grade-alone = Grade alone
step-agree-grades = Record the agreed grades
step-decide-on-panel = Quality and consistency panel
step-write-report = Write the report
step-send-draft = Send the draft to the partnership
step-answer-points = Answer points of factual accuracy
step-send-embargoed = Send the embargoed copy
step-set-publication = Set the minute of publication
step-publish = Publish
step-submit-action-plan = Submit the action plan
step-review-action-plan = Review the action plan

wait-notified = The notification has not been sent.
wait-coordinator = No inspection coordinator has accepted the invitation.
wait-requests = No documents have been requested.
wait-return-submitted = No checked pre-inspection return has come.
wait-return-accepted = The pre-inspection return has not been accepted.
wait-survey-open = The staff survey is not open.
wait-sample = The sample has not been drawn.
wait-evidence = There is no evidence yet.
wait-draft-sent = The draft has gone to the partnership.
wait-findings-any = There are no findings yet.
wait-all-agreed = Every grade has been agreed.
wait-findings = Indicator { $indicator } has no finding yet.
wait-grades-alone = Indicator { $indicator }: { $missing ->
    [one] one inspector has
   *[other] { $missing } inspectors have
} not graded alone yet.
wait-panel-decided = The panel has decided.
wait-agreed = Indicator { $indicator } has no agreed grade yet.
wait-findings-thin = { $count ->
    [one] One finding rests
   *[other] { $count } findings rest
} on evidence of one kind and no reason is stated.
wait-report-closed = The report can no longer be changed.
wait-confirmed = The panel has not decided on indicator { $indicator }.
wait-sections = { $count ->
    [one] One section of the report is
   *[other] { $count } sections of the report are
} still empty.
wait-draft = The draft has not gone to the partnership.
wait-points = The partnership has not raised a point or closed its round.
wait-accuracy-closed = The partnership has not closed its round of factual accuracy.
wait-points-open = { $count ->
    [one] One point of factual accuracy waits
   *[other] { $count } points of factual accuracy wait
} for an answer.
wait-recommendations = No recommendation has been made.
wait-embargoed = The embargoed copy has not gone to the partnership.
wait-minute = It will be published on { $at }.
wait-scheduled = The minute of publication has not been set.
wait-published = The report has not been published.
wait-recommendations-unanswered = { $count ->
    [one] One recommendation has
   *[other] { $count } recommendations have
} no action yet.
wait-action-plan = The partnership has not submitted its action plan.

problem-unknown-programme = There is no such programme
problem-unknown-area = There is no such area
problem-lead-missing = Name the inspection lead

interest-title = Declare your interest
interest-explained = Before an inspection opens to you, say whether you have an interest in this area that could influence you, or that others could think does: you live or have worked there, somebody close to you is affected, or you have advised the partnership.
interest-question = Do you have an interest in this area?
interest-no = No, I have none
interest-yes = Yes
interest-statement = What is it?
interest-statement-hint = The inspection lead reads this and decides whether you can take part. Name no child.
interest-declare = Declare
problem-interest-statement = Say what the interest is
own-interest = You cannot decide about your own interest. The service manager can.
no-interest-declared = No interest has been declared, so there is nothing to decide.
done-interest = Thank you. The inspection is open to you now.
done-interest-waits = Thank you. The inspection opens to you when the lead has decided.

# Setting up, for administrators.
register-title = Inspections
register-what = The inspections of this service. What is inside one is open to its members alone.
register-empty-title = No inspections yet
register-empty-text = Set up the first one.
register-reference = Reference
register-area = Area
register-state = State
register-planned = Set up
register-running = Under way
register-published = Report published
register-closed = Closed
set-up-title = Set up an inspection
set-up-what = An inspection is one programme version in one area. After this the lead takes over; you see no content.
set-up-programme = Programme and version
set-up-area = Area
set-up-starts-on = Planned day of the notification
set-up-starts-hint = The dates of the plan are counted from the day on which the notification is sent.
set-up-lead = E-mail address of the inspection lead
set-up-lead-hint = The lead needs an account.
set-up-do = Set up
set-up-no-account = There is no account with this address. Make one first, under Accounts
set-up-twice = This area has an inspection of this programme from the same day already: { $reference }. Choose another day
done-set-up = The inspection is set up.

# Start page: what needs me.
start-next = What is next
start-inspection = Inspection
start-notified-on = Notified on { $day }
start-calm = Nothing waits for you here at the moment.
start-calm-all = The inspections in which you take part are published.
start-published = Published inspections
start-interests = { $count ->
    [one] Decide on one declared interest
   *[other] Decide on { $count } declared interests
}
start-more = { $count ->
    [one] One more step stands in the plans.
   *[other] { $count } more steps stand in the plans.
}
start-declare-title = Declare your interest first
start-declare = To do
start-declared-waits = Declared: waits for the lead

# What somebody is told who has declared an interest.
interest-stands = You have declared an interest. If it has ended, tell the inspection lead, who decides
interest-waits = You have declared an interest. It waits for the inspection lead.
interest-cleared = You have declared an interest, and the inspection lead has decided that you may take part.
interest-barred = You have declared an interest, and the inspection lead has decided that you may not take part.
interest-decision = The reason: { $reason }
