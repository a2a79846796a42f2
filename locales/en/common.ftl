# Words that every room uses.
product = Keyline
days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

month-january = January
month-february = February
month-march = March
month-april = April
month-may = May
month-june = June
month-july = July
month-august = August
month-september = September
month-october = October
month-november = November
month-december = December
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday

# The frame of every page.
title-problem = Problem:
skip-to-content = Skip to main content
breadcrumbs = Where you are
exit-page = Leave this page now
nav-person = Your account
nav-start = What needs me
nav-accounts = Accounts
nav-sign-out = Sign out
nav-sign-in = Sign in
nav-reports = Published reports
nav-footer = About this site
nav-public = Areas and reports
nav-about = About Keyline
nav-help = Help
nav-accessibility = Accessibility
nav-privacy = Privacy
nav-licences = Licences
footer-worry = Worried about a child? If somebody is in danger call 999. Children can call Childline:
error-summary-title = There is a problem

# Pages for what went wrong.
problem-title-not-found = This page is not here
problem-page-not-found = It may have moved, the address may be mistyped, or it belongs to an inspection that is not open to you.
problem-title-not-now = This cannot be done now
problem-page-not-now = Something it depends on has not happened yet.
problem-title-forbidden = This came from another site
problem-page-forbidden = To protect you, forms are accepted from our own pages only. Open the page again and repeat what you did.
problem-title-too-large = This is too large
problem-page-too-large = Send a smaller file, or split it into several.
problem-title-too-many = Too many attempts
problem-page-too-many = Wait a little and try again. Nobody else is held up by this.
problem-title-disk = Nothing could be saved
problem-page-disk = The disk of the server is full.
problem-title-fault = Something went wrong on our side
problem-page-fault = What you saved before is safe. Try again; if it happens again, tell the administrator the number below.
problem-typed-title = What you typed is not lost
problem-typed = Leave this page open, and send it again in a while.
problem-typed-send = Send it again
problem-typed-copy = You can read it here, and copy it to where it belongs.
problem-title-signed-out = You are not signed in any more
problem-signed-out = Sign in again in another tab. Then come back to this page, and send what you typed.
problem-title-bad-request = This could not be read
problem-page-bad-request = The request was not complete. Go back and try again.
fault-number = Number of this problem: { $number }
declare-first = Before this inspection opens to you, declare whether you have an interest in it. You find the form on your start page.
changed-meanwhile = Somebody else changed this in the meantime. Open the page again to see what stands there now.
disk-full = The disk of the server is full, so nothing was saved. Tell the administrator.
form-unreadable = The form could not be read. Go back and send it again.
step-done-already = This has been done already.

# What is wrong with a field.
problem-required = Fill this in
problem-choose = Choose one
problem-reason = Say why
problem-email = Write an e-mail address, such as name@example.scot
problem-email-taken = There is an account with this address already
problem-date = Write day, month and year in numbers, such as 23 11 2026
problem-number = Write a whole number

# Components with words of their own.
raise-concern = Raise a concern
exit-page-note = Opens another site in place of this page. Pressing Escape three times does the same. Your browser may still remember that you were here.
# A field that may be left empty.
label-optional = { $label } (optional)
date-day = Day
date-month = Month
date-year = Year

warning = Warning
# Questions of instruments.
yes = Yes
no = No
answer-missing = Answer this question
answer-not-offered = Choose one of the answers offered
answer-more-than-one = Choose one answer only
answer-too-long = Write { $limit } characters or fewer; this is { $over } too many
