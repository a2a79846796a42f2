# The plan of an inspection.
plan-title = Plan
plan-what = Every step from the notification to the published report, with its days and who acts. Weeks of school holidays are not counted.
plan-provisional = Not dated yet
plan-provisional-text = These are the days if the notification goes out on { $day }. They are counted anew from the day on which it is sent.
plan-filter = Whose steps
plan-all = All steps
plan-mine = Mine
plan-nothing = Nothing in this plan is yours to do. Choose another party, or all steps.
plan-table = Steps of the plan
plan-step = Step
plan-when = Days
plan-week = Week
plan-who = Who acts
plan-state = State
plan-phase = Phase
plan-change = Change
plan-unconfirmed = This step is a default of the programme and not confirmed by a published source.
plan-put-off = Put off from { $day }, a holiday.
plan-moved-from = Moved from { $days }: { $reason }
plan-from-on = from { $day }
plan-calendar = My calendar
plan-picture-says = The plan from { $from } to { $to }. { $overdue ->
    [0] No step is overdue.
    [one] One step is overdue.
   *[other] { $overdue } steps are overdue.
} The table below has every step with its days.
plan-today = Today, { $day }
plan-done = Done
plan-overdue = Overdue
plan-uncounted = School holidays: weeks not counted
plan-status-done = Done { $day }
plan-status-overdue = { $count ->
    [one] Overdue by one working day
   *[other] Overdue by { $count } working days
}
plan-status-due-today = Due today
plan-status-open = Open now
plan-status-this-week = This week
plan-status-later = Later
plan-notification-stays = The notification was sent; that cannot be taken back.
plan-done-day = Choose a day from the notification to today
plan-finish = Done or not
plan-done-on = Day on which it was done
plan-mark-done = Mark as done
plan-undo = Not done after all
plan-move = Move this step
plan-move-what = Choose the new days and look at what else would move. Nothing moves before you confirm.
plan-move-day = New day
plan-move-from = New first day
plan-move-to = New last day
plan-carry = Later steps
plan-carry-yes = Move later steps with it
plan-carry-hint = They keep their distance in counted days. Steps that are done stay.
plan-move-preview = Look at what would move
plan-would-move = What would move
plan-stands = Stands now
plan-would-stand = Would stand
plan-asked = { $day } is a holiday or is not counted, so the step is put off.
plan-overtaken = These later steps would begin before it: { $steps }.
plan-overtakes = These earlier steps would begin after it: { $steps }.
plan-would-end = The plan would end on { $to } instead of { $from }.
plan-reason = Why?
plan-reason-hint = Everybody in the inspection can read the reason.
plan-move-do = Move
plan-move-refused = The step cannot go there
plan-move-unknown-step = The plan has no such step.
plan-move-notification = The notification does not move: the plan begins with it.
plan-move-done = The step was done on { $on } and does not move.
plan-move-before-notification = A step would stand before the notification on { $notified }
plan-move-ends-before-start = It would end on { $to }, before it begins on { $from }
plan-move-not-a-window = This step has one day only
plan-move-reason-missing = Say why
plan-move-nothing-changes = It stands there already
plan-move-too-far = This is too far away. Check the year
plan-stale = Somebody changed the plan while you looked at it
plan-stale-text = Nothing of yours was saved. Look at both, and confirm again if your move still makes sense.
plan-stale-by = The latest move was made by { $name }.
plan-yours = What you wanted
plan-theirs = What stands there now
plan-back = Back to the plan
plan-history = Moves
plan-history-none = No step has been moved.
plan-moved-to = Moved to
plan-by = By
plan-at = When
plan-carried = { $count ->
    [one] One other step moved with it
   *[other] { $count } other steps moved with it
}
done-moved = The step has been moved.
done-finished = The step is marked as done.
done-reopened = The step is open again.

party-team = Inspection team
party-partnership = Partnership
party-staff = Staff
party-children = Children and young people
party-parents = Parents and carers
party-panel = Panel
party-public = Public

# Changing to another version of the programme.
version-title = Change the programme version
version-what = This inspection is pinned to version { $version } of its programme. A change is recorded with its reason.
version-to = Version
version-preview = Look at what changes
version-not-offered = The version can no longer be changed
version-graded = Grades exist: the indicators and the method they rest on stay as they are.
version-unknown = Choose another version of this programme
version-changes = What changes from { $from } to { $to }
version-dates = Days of the plan
version-dates-what = Steps that are done stay where they are. All others stand where the new version puts them, also those that were moved by hand.
version-added = Steps that are new
version-removed = Steps that go
version-do = Change to { $version }
version-history = Changes of the programme version
version-changed = From { $from } to { $to }, by { $name }, { $at }.
done-version = The programme version has been changed.
change-framework = Quality framework: { $to } instead of { $from }
change-weeks = Length: { $to } counted weeks instead of { $from }
change-added = New: { $what }
change-removed = Gone: { $what }
change-moved = { $what }: { $to } instead of { $from }
change-reworded = Worded or ruled otherwise: { $what }
change-before = Before:
change-after = After:
change-timing-day = { $weekday } of week { $week }
change-timing-week = week { $week }
change-timing-window = weeks { $from } to { $to }
change-timing-after = after week { $week }
part-statement = statement
part-indicator = evaluated indicator
part-line-of-enquiry = line of enquiry
part-step = step
part-scrutiny-body = scrutiny body
part-addressee = addressee of the letter
part-principle = principle
part-return-column = column of the pre-inspection return
part-document-request = document request
part-statement-question = question of the position statement
part-session-kind = kind of session
part-instrument = instrument
part-question = question
part-report-section = section of the report
part-lens = rights lens
part-text = text

# The calendar feed.
calendar-title = My calendar
calendar-what = A private address from which Thunderbird, Outlook, Google and others read your steps of all your inspections, and keep them up to date. Whoever has the address can read them: area, step and days, nothing else.
calendar-shown-once = This address is shown once. Copy it into your calendar program as a calendar from the internet.
calendar-address = Address of your calendar
calendar-since = You have an address since { $day }. It cannot be shown again: make a new one if you have lost it.
calendar-none = You have no calendar address.
calendar-make = Make an address
calendar-anew = Make a new address and end the old one
calendar-end = End the address
calendar-name = Keyline inspections
calendar-done = Done: { $title }
done-calendar-ended = The calendar address has been ended.
