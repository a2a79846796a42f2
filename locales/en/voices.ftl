# Surveys and sessions.
voices-lead = What people say: staff in a survey, and everybody in the sessions that are held with them.
voices-surveys = Surveys
voices-surveys-text = Open and close them, hand out the link, see how many have answered.
voices-own-sessions = My session notes
voices-own-sessions-text = What you heard and saw. Write it down on the same day.
voices-all-sessions = All session notes
voices-all-sessions-text = What the team has heard and seen. Shared inside the team only.
surveys-lead = A survey is answered without an account. Nobody, administrators included, can tell who said what.
surveys-empty-title = No survey yet
surveys-empty-text = A survey is opened when the notification has been sent and the coordinator has accepted.
survey-open-title = Open a survey
survey-open-not-yet = A survey cannot be opened yet
survey-instrument = Which survey
survey-closes-on = Last day
survey-closes-hint = It takes answers until the end of this day.
survey-open = Open the survey
survey-state-planned = Planned
survey-state-open = Open
survey-state-closed = Closed
survey-until = until { $day }
survey-answered = { $count ->
    [0] Nobody has answered yet.
    [one] One person has answered.
   *[other] { $count } people have answered.
}
survey-hand-out = Hand out this link. It works on a phone and asks for no account:
survey-close = Close the survey
survey-close-explained = A closed survey does not open again. Its results can be seen from then on.
survey-close-now = Close it now
survey-results = See the results
survey-not-open = This survey has not opened yet.
survey-closed = This survey closed on { $day }. Thank you for wanting to take part.
survey-just-closed = The survey closed while you were answering, so your answer was not kept.
survey-wait = Very many answers are coming from your network, so yours have not been sent yet. Nothing you typed is lost. Wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
} and press the button at the end again.
survey-not-kept = Your answers could not be saved, because our server has no room left. Nothing you typed is lost. Leave this page open, and press the button at the end again in a while.
survey-exists = This inspection has this survey already.
problem-unknown-instrument = Choose one of the surveys
problem-day-passed = This day has passed
problem-day-to-come = Write the day on which it was held, today at the latest
problem-people = Write how many people took part, from 1 to 500
survey-above = Anonymous survey
survey-before-sending = Before you send
survey-send = Send my answers
survey-thanks = Thank you
survey-thanks-text = Your answers are kept. Nobody can tell that they are yours, and they cannot be changed any more.
audience-staff = staff who work with children and families
audience-children = children and young people
audience-parents = parents and carers
audience-team = the inspection team
results-title = Results: { $survey }
results-lead = { $count ->
    [one] One person has answered.
   *[other] { $count } people have answered.
}
results-hidden = Numbers below { $smallest } are hidden, and others from which they could be worked out. What people wrote in their own words is not shown here.
results-answered = { $count ->
    [one] One person answered this question.
   *[other] { $count } people answered this question.
}
results-too-few = Too few people answered this question to show anything.
results-hidden-cell = hidden
results-as-table = As a table
results-answer = Answer
results-count = People
results-not-yet-title = Not yet
results-not-yet-text = Results can be seen when the survey has closed.
session-new = Note a session
session-not-yet = Sessions cannot be noted now
session-change = Change the note
session-kind = What kind of session
session-held-on = Day
session-audience = Who was met
session-audience-hint = For example: social workers of two teams. Name no child and no member of staff.
session-people = How many people took part
session-designations = Designations of staff
session-designations-hint = For example: health visitor, team leader.
session-note = Note
session-note-hint = What was said or seen, and what it shows. If somebody may be unsafe, tell the inspection lead at once; do not only write it here.
session-save = Save the note
session-writer = Written by
session-rules = Children are never named. Staff appear by designation. The note is shared inside the team only.
sessions-empty-title = No notes yet
sessions-empty-text = Notes of sessions appear here.
choose-one = Choose one
both-texts = This was changed in the meantime. Both texts stand below; put together what should stay, and save again.
text-yours = Your text
text-theirs = The text that stands there now
done-survey-opened = The survey is open. Hand out the link.
done-survey-closed = The survey is closed. Its results can be seen.
done-session-noted = The note is saved.
done-session-changed = The note is changed.
