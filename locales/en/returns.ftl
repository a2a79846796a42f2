# What the partnership sends.
returns-lead = What was asked of the partnership, and what has come. Personal records stay with the partnership: only what is asked for here is sent.
returns-pre-inspection = Pre-inspection return
returns-documents = Documents
returns-state-awaited = Awaited
returns-state-submitted = Waits for the team
returns-state-sent_back = Sent back
returns-state-accepted = Accepted
returns-submission-refused = Not taken
returns-submission-submitted = Waits for the team
returns-submission-sent_back = Sent back
returns-submission-accepted = Accepted
returns-late = Late
returns-due = Due on { $day }
returns-due-unknown = The notification sets the day on which it is due.
returns-send-title = Send the return
returns-send = Send the return
returns-send-again = Send it again
returns-send-not-yet = The return cannot be sent now
returns-sent-already = A return has been sent. It waits for the team, or the team has accepted it.
returns-who-sends = The inspection coordinator of the partnership sends this return.
returns-decide = Look at the return and decide
returns-decide-not-yet = There is nothing to decide now
returns-what-belongs = What belongs into the return
returns-nothing-sent-title = Nothing has been sent yet
returns-nothing-sent-text = Every return that is sent appears here, also one that was not taken.
returns-history = Returns that were sent
returns-sent-at = Sent
returns-sent-by = By
returns-rows = Rows
returns-state = Where it stands
returns-outcome = What came of it
returns-waits = The checks found nothing wrong. The team decides.
returns-problems = { $count ->
    [one] One problem
   *[other] { $count } problems
}
returns-by-link-at = { $name }, by a link, { $at }
returns-by-at = { $name }, { $at }
returns-sent-back-why = Sent back by the team
returns-reason = Why?

# The pre-inspection return.
returns-no-identifiers = Send no names, dates of birth, addresses, postcodes or CHI numbers. A file in which a column looks like one of them is not kept.
returns-file = Your file
returns-file-hint = An XLSX workbook or a CSV file of at most { $limit } MB.
returns-empty = The empty return
returns-empty-explained = The workbook offers the allowed values in each column, has a sheet for your totals, and says on further sheets what belongs where, with an example.
returns-empty-xlsx = Download as XLSX
returns-empty-csv = Download as CSV
returns-columns = What each column means
returns-columns-caption = Columns of the return
returns-column = Column
returns-column-title = Title
returns-meaning = What belongs in it
returns-allowed = Allowed
returns-allowed-text = Text of at most { $longest } characters
returns-allowed-number = A whole number from { $least } to { $most }
returns-allowed-once = Each value once only
returns-allowed-empty = May be empty
returns-allowed-age = One of the bands { $bands }, or an age in whole years up to { $oldest }, which is kept as its band
returns-allowed-month = A month such as 2025-03, at most { $within } months before the notification
returns-allowed-key = A key of your own of at most { $longest } characters; only a keyed hash of it is kept
returns-allowed-stratum = Counted on the sheet of totals

# The workbook.
returns-workbook-sheet = Return
returns-workbook-totals = Totals
returns-workbook-about = What belongs in it
returns-workbook-example = Example
returns-workbook-needed = Must be filled in
returns-workbook-all = All children and young people in the list
returns-workbook-total-of = what it counts
returns-workbook-total-value = The value as it stands in the column of the list.
returns-workbook-total-note = The number from your own system, not counted from this list. The first number must be given; the others may stay empty.
returns-workbook-made-up = every row here is made up
returns-workbook-step-fill = Fill in one row for each child or young person on the first sheet. Leave its headings as they are.
returns-workbook-step-pick = Pick from the lists where there are any. Type values, not formulas, and do not merge cells.
returns-workbook-step-identifiers = Send no names, dates of birth, addresses, postcodes, telephone numbers, e-mail addresses, CHI or National Insurance numbers, on no sheet and in no note. A file that holds any is not kept.
returns-workbook-step-key = Your own key to a record is turned into a code that nobody can read. With it you can ask later which reference belongs to a key.
returns-workbook-step-totals = Give the totals from your own system on the second sheet. They are compared with the rows.
returns-workbook-step-send = Save the workbook without macros and without a password, and send it on the page “Pre-inspection return”.
returns-refused = { $count ->
    [one] The return was not taken: there is one problem in it
   *[other] The return was not taken: there are { $count } problems in it
}
returns-refused-title = What is wrong with it
returns-refused-kept = Nothing of this file was kept, only what is wrong with it.
returns-problems-explained = Put all of this right in your file, then send it again. Nothing that stands in a cell is repeated here: X and x stand for letters, 9 for a digit. You can print this list.
returns-problems-numbered = A sheet that is called # and a number here is the one at that place in your file, counted from the first, hidden ones too.
returns-problems-caption = Problems, cell by cell
returns-place = Where
returns-what-is-wrong = What is wrong
returns-what-to-do = What to do
returns-whole-table = Whole table

# What is wrong with a return, and what to do about each.
returns-column-missing = The column “{ $column }” is missing.
what-to-do-returns-column-missing = Add a column with the heading { $key }.
returns-column-unknown = This heading is none of those that are asked for.
what-to-do-returns-column-unknown = Remove the column, or correct its heading. The headings must stand in the first row of the table.
returns-column-twice = The column “{ $column }” is there twice.
what-to-do-returns-column-twice = Keep one of the two.
returns-no-rows = There is no row below the headings.
what-to-do-returns-no-rows = Add one row for each child or young person. If there is nobody to list, tell the lead of the inspection: no sample can be drawn.
returns-cell-required = “{ $column }” is empty.
what-to-do-returns-cell-required = Fill in this cell.
returns-cell-twice = “{ $column }” has the same value as cell { $first }.
what-to-do-returns-cell-twice = Give each row a value of its own. If a child is listed twice, remove one row.
returns-cell-too-long = “{ $column }” is too long.
what-to-do-returns-cell-too-long = Shorten it to { $longest } characters.
returns-cell-control = “{ $column }” holds a line break or another invisible sign.
what-to-do-returns-cell-control = Type the value anew, in one line.
returns-cell-number = “{ $column }” is no whole number from { $least } to { $most }: { $example }
what-to-do-returns-cell-number = Write a whole number from { $least } to { $most }, in digits.
returns-cell-choice = “{ $column }” is none of the allowed values: { $example }
what-to-do-returns-cell-choice = Write one of these: { $values }.
returns-cell-age = “{ $column }” is outside the population: { $example }
what-to-do-returns-cell-age = Everybody in the list is { $least } to { $most } years old, and in one of the bands. Correct the age, or remove the row.
returns-cell-month = “{ $column }” is no month: { $example }
what-to-do-returns-cell-month = Write year and month, such as 2025-03, without a day.
returns-cell-window = “{ $column }” is outside the time that is looked at: { $example }
what-to-do-returns-cell-window = Write a month from { $from } to { $to }, or leave the cell empty.
returns-cell-key = “{ $column }” holds neither letters nor digits.
what-to-do-returns-cell-key = Write a key by which you find the record again, or leave the cell empty.
returns-cell-formula = This cell holds a formula.
what-to-do-returns-cell-formula = Copy the cells, and paste them as values.
returns-cell-merged = These cells are merged, so that only the first of them has a value.
what-to-do-returns-cell-merged = Split the cells, and give each row its own value.
returns-file-named = The file looks as if it were named after a person: { $example }
what-to-do-returns-file-named = Give the file a name that says nothing about people, such as return.xlsx.
returns-identifier-note = { $kind ->
    [name] A note at this cell looks as if it named a person.
    [chi] A note at this cell looks as if it held a CHI number.
    [birth] A note at this cell looks as if it held a date.
    [postcode] A note at this cell looks as if it held a postcode.
   *[contact] A note at this cell looks as if it held a telephone number, an e-mail address or a National Insurance number.
}
what-to-do-returns-identifier-note = Delete the note.
returns-totals-all = The total of the whole list is not given.
what-to-do-returns-totals-all = Write in the first row how many children and young people your own system counts.
returns-totals-column = This is none of the columns that are counted.
what-to-do-returns-totals-column = Use the lines of the empty return.
returns-totals-value = This is none of the values of the column.
what-to-do-returns-totals-value = Use the lines of the empty return.
returns-totals-number = This is no whole number.
what-to-do-returns-totals-number = Write a whole number in digits, or leave the cell empty.
returns-totals-differ = The total says { $given }, the list has { $counted }.
what-to-do-returns-totals-differ = Find out which of the two is right, and correct the other.
returns-cell-yes-no = “{ $column }” is neither yes nor no: { $example }
what-to-do-returns-cell-yes-no = Write yes or no.
returns-cell-beside = This cell stands in a column without a heading.
what-to-do-returns-cell-beside = Empty it. Only the columns that are asked for may be filled in.
returns-identifier-name = { $count ->
    [0] The heading says that this column holds names of people.
    [one] A cell of this column looks like the name of a person: { $cells } ({ $example })
   *[other] { $count } cells of this column look like names of people: { $cells }. The first: { $example }
}
what-to-do-returns-identifier-name = Remove the names. Use references that only you can read.
returns-identifier-chi = { $count ->
    [0] The heading says that this column holds CHI numbers.
    [one] A cell of this column looks like a CHI number: { $cells } ({ $example })
   *[other] { $count } cells of this column look like CHI numbers: { $cells }. The first: { $example }
}
what-to-do-returns-identifier-chi = Remove the CHI numbers. Use references that only you can read.
returns-identifier-birth = { $count ->
    [0] The heading says that this column holds dates of birth.
    [one] A cell of this column looks like a date: { $cells } ({ $example })
   *[other] { $count } cells of this column look like dates: { $cells }. The first: { $example }
}
what-to-do-returns-identifier-birth = Remove the dates. An age band is enough.
returns-identifier-postcode = { $count ->
    [0] The heading says that this column holds postcodes or addresses.
    [one] A cell of this column looks like a postcode: { $cells } ({ $example })
   *[other] { $count } cells of this column look like postcodes: { $cells }. The first: { $example }
}
what-to-do-returns-identifier-postcode = Remove postcodes and addresses.
returns-identifier-contact = { $count ->
    [0] The heading says that this column holds telephone numbers, e-mail addresses or National Insurance numbers.
    [one] A cell of this column looks like a telephone number, an e-mail address or a National Insurance number: { $cells } ({ $example })
   *[other] { $count } cells of this column look like telephone numbers, e-mail addresses or National Insurance numbers: { $cells }. The first: { $example }
}
what-to-do-returns-identifier-contact = Remove everything by which a person can be reached or looked up.
# Asking for a record by the partnership's own key.
returns-key-title = Find a reference by your own key
returns-key-lead = The team asks for records by their reference. Type the key by which you find a record, and see which reference belongs to it.
returns-key-label = Your key to the record
returns-key-hint = As it stands in your list. Blanks, dashes and capitals do not matter.
returns-key-find = Find the reference
returns-key-is = The reference is { $label }
returns-key-not-drawn = The sample has not been drawn yet.
returns-key-in-sample = The team reads this record.
returns-key-not-in-sample = The team does not read this record.
returns-key-kept = What is kept of your keys
returns-key-kept-text = Only a code that is worked out from each key and from a secret of this inspection. Nobody can work back from it to the key. The team cannot open this page. When the inspection is disposed of, the secret is destroyed first.
returns-key-missing = Type a key
returns-key-none-kept = There are no keys: either no return has been taken, or its column of keys was empty, or they have been destroyed.
returns-key-unknown = No row of the list has this key. Look whether it is typed as in your list.
returns-more = { $count ->
    [one] One more problem is not listed.
   *[other] { $count } more problems are not listed.
}
what-to-do-returns-more = Put right what is listed, then send the file again.

# Why a file is not taken.
upload-missing = Choose a file
upload-empty = The file is empty. Open it to see that it holds what you mean to send, save it, and choose it again.
upload-too-large = The file is larger than { $limit } MB. Send a smaller file, or split it into several.
upload-macros = The workbook holds macros, which are not taken. Save it as XLSX without macros, and choose it again.
upload-unpacks-too-large = The file grows too large when it is unpacked. Copy its content into a new file, and send that.
upload-program = This is a program, not a document. Programs are not taken, whatever their name says.
upload-wrong-type = The name ends in .{ $claimed }, but the file is of another kind. Save it anew in the program that made it, and choose it again.
upload-not-accepted = Files of this kind are not taken. Save it as PDF, XLSX, CSV, DOCX, PPTX, ODT, ODS, ODP, TXT, HTML, PNG or JPEG, or as an e-mail or ZIP of such files, and choose it again.
upload-name-identifies = The name of the file says whom it is about. Give it a name that identifies nobody, and choose it again: { $file }
upload-encrypted = The file is protected by a password. Save it without a password: what you send here travels encrypted.
upload-legacy = The file has the format of an old version of Office. Save it as XLSX, DOCX or PPTX, and choose it again.
upload-unreadable = The file is damaged and cannot be read. Open it, save it anew, and choose it again.
upload-not-a-table = The return is a table: an XLSX workbook or a CSV file. Copy the content into the empty return, and send that.
upload-no-header = The table has no headings. Copy its content into the empty return, and send that.
upload-no-sheet = The workbook has no sheet to read. Copy its content into the empty return, and send that.
upload-too-many-rows = The table has more than { $limit } rows. Send only the rows that are asked for.
upload-too-many-columns = The table has more than { $limit } columns. Send only the columns that are asked for.
upload-cell-too-long = Cell { $cell } holds more than { $limit } characters. Shorten it.
upload-too-much-text = The table holds too much text. Send only the columns that are asked for.
upload-too-many-under-way = You have { $limit } uploads that are not whole. Finish them, or give some up.
upload-is-a-document = It has become a document already. It can be withdrawn.
upload-not-the-same = What has come is not the file that was announced: it was changed on the way, or while it was being sent. Send it again.
upload-too-many-files = These are more than { $limit } files. Send them in several goes.
returns-too-much-together = These files are more than { $limit } MB together. Send them in several goes.

# One submission.
returns-submission = A return that was sent
returns-sent = Sent
returns-file-name = File
returns-accepted-by = Accepted by
returns-decision = Decision
returns-accept = Accept the return
returns-send-back = Send the return back
returns-send-back-hint = Say what the partnership is to change. The coordinator reads this.
returns-meanwhile = { $who } was quicker than you. Now it stands so: { $state }.
returns-mine = What you wrote
returns-theirs = What stands there now
returns-summary = What the rows come to
returns-summary-lead = { $count ->
    [one] One child or young person is listed. Small counts are for the team alone: do not pass them on.
   *[other] { $count } children and young people are listed. Small counts are for the team alone: do not pass them on.
}
returns-picture = Bars for the values of “{ $column }” in { $count } rows.
returns-value = Value
returns-children = Children and young people
returns-numbers = From { $least } to { $greatest }; half of the rows have { $middle } or less.
returns-no-numbers = Every row leaves this empty.
returns-texts = { $count ->
    [one] Filled in in one row.
   *[other] Filled in in { $count } rows.
}
returns-empty-cells = { $count ->
    [one] Empty in one row.
   *[other] Empty in { $count } rows.
}
returns-open-rows = Open the rows
returns-rows-title = Rows of the return
returns-rows-lead = Each row stands for one child or young person under a reference that only the partnership can read. Every opening of this page is in the audit trail.
returns-rows-caption = { $count ->
    [one] One row
   *[other] { $count } rows
}
returns-rows-pages = Pages of the rows
returns-rows-before = Rows before
returns-rows-after = Rows after
returns-no-rows-title = No rows

# Requests for documents.
returns-request-asked = Asked for
returns-request-submitted = Waits for the team
returns-request-sent_back = Sent back
returns-request-accepted = Accepted
returns-request-not_held = Not held
returns-request-late = { $state }, late
returns-no-requests-title = No documents have been asked for
returns-no-requests-text = The notification asks for the documents that the programme names.
returns-answered-label = Requests answered
returns-answered = { $answered } of { $total } answered
returns-ask = Ask for one more document
returns-ask-not-yet = Documents cannot be asked for yet
returns-ask-lead = Ask only for what serves an indicator. Look first at what has come: it may say it already.
returns-ask-title = What is asked for
returns-ask-title-hint = As the partnership would call it.
returns-ask-send = Ask for it
returns-purpose = What the team needs it for
returns-purpose-hint = The partnership reads this.
returns-indicators = Indicators it serves
returns-indicators-hint = Choose one at least.
returns-lines = Lines of enquiry it serves
returns-due-day = Due on
returns-came = What has come
returns-came-caption = Documents against this request
returns-nothing-came-title = No documents
returns-nothing-came-text = Documents that the partnership sends appear here.
returns-document = Document
returns-kind = Kind
returns-size = Size
returns-size-kb = { $size } KB
returns-size-mb = { $size } MB
returns-being-checked = Being checked
returns-being-moved = Kept, being moved
returns-infected = Closed
returns-infected-found = Malicious software was found in it: { $found }. It opens for nobody. Send a clean copy.
returns-version = (version { $version })
returns-older = { $count ->
    [one] One earlier version
   *[other] { $count } earlier versions
}
returns-older-caption = Earlier versions
returns-withdrawn = { $count ->
    [one] One document was withdrawn
   *[other] { $count } documents were withdrawn
}
returns-withdrawn-caption = Withdrawn documents
returns-withdrawn-closed = A withdrawn document is kept, and opens for nobody any more.
returns-withdrawn-by = Withdrawn
returns-withdrawn-why = Why
returns-withdraw = Withdraw
returns-withdraw-this = Withdraw { $name }
returns-withdraw-title = Withdraw a document
returns-withdraw-lead = { $name } stays in the list as withdrawn, with your name and your reason. It opens for nobody any more, and this cannot be taken back.
returns-withdraw-reason = Why is it withdrawn?
returns-withdraw-hint = The team reads this. Do not repeat what should not have been sent.
returns-withdraw-send = Withdraw it
returns-withdraw-not-now = It cannot be withdrawn now
returns-problem-withdraw = Say why it is withdrawn
returns-under-way = Uploads that are not whole
returns-under-way-one = { $name }: { $received } of { $whole } have come. Given up after { $until } unless more comes.
returns-under-way-explained = To go on, choose the same file again in the same browser. Nobody can open what is not whole.
returns-give-up = Give it up
returns-parts-hint = Files of at most { $limit } GB each. They are sent in parts: when the connection breaks off, the upload goes on where it stood. Leave out what names a child, from the files and from their names.
returns-parts-sending = Sending
returns-parts-paused = Paused
returns-parts-waiting = Waits for the one before
returns-parts-again = The connection was lost. Trying again
returns-parts-ending = Everything has come. The file is being looked at
returns-parts-done = Sent
returns-parts-pause = Pause
returns-parts-resume = Go on
returns-parts-give-up = Give up
returns-parts-given-up = Given up
returns-parts-progress = sent so far
returns-parts-signed-out = You are not signed in any more. Sign in, and choose the same file again: it goes on where it stood
returns-parts-failed = The file could not be sent. Choose it again
document-being-checked = It is being checked for malicious software. That takes a moment; try again then.
document-infected = Malicious software was found in it. It opens for nobody.
document-being-moved = It is kept, and is being moved to where everybody reaches it. Try again in a few minutes.
documents-away = Documents cannot be reached just now. Nothing is lost; try again in a few minutes.
returns-openings = Every opening of a document is in the audit trail.
returns-upload-title = Answer this request
returns-upload-not-yet = Documents cannot be sent now
returns-files = Files
returns-files-hint = Up to { $most } files at once, at most { $limit } MB each and { $together } MB together. All of them are kept, or none. Leave out what names a child, from the files and from their names.
returns-upload = Send the files
returns-not-held = We do not hold this
returns-not-held-reason = Why is it not held?
returns-not-held-hint = For example: it does not exist, or another document holds it. Say which.
returns-not-held-send = Say that it is not held
returns-not-held-not-yet = It cannot be said now that this is not held
returns-not-held-why = The partnership does not hold this
returns-not-held-stands = That something is not held needs no acceptance. You can send it back and say what would do instead.
returns-documents-accept = Accept the documents
returns-documents-send-back = Send back
returns-documents-send-back-hint = Say what is wanted instead. The coordinator reads this.
returns-request-closed = The team has accepted what came against this request.
returns-documents-have-come = Documents have come against this request.
returns-nothing-to-decide = Nothing that came against this request waits for a decision.
returns-problem-not-held = Say why it is not held
returns-problem-long = Write less: this is too long
returns-problem-purpose = Say what the team needs it for
returns-problem-indicators = Choose at least one of the indicators
returns-problem-past = Choose a day that has not passed

done-return-submitted = The return has been sent. The checks found nothing wrong; the team decides.
done-return-accepted = The return is accepted. The sample can be drawn.
done-return-sent-back = The return has been sent back.
done-documents-uploaded = The documents have been sent.
done-not-held = Your answer is kept: this is not held.
done-document-withdrawn = The document is withdrawn.
done-upload-given-up = The upload is given up, and what had come of it is removed.
done-documents-accepted = The documents are accepted.
done-documents-sent-back = This has been sent back.
done-document-requested = The document has been asked for.

# The list of requests as it is worked on.
returns-request-in_progress = In progress
returns-request-withdrawn = Withdrawn
returns-request-is-withdrawn = The team has withdrawn this request.
returns-request-answered = An answer has come. Send it back if something else is wanted.
returns-begun-already = Somebody works on this already, or it has been answered.
returns-owner = Held by
returns-owner-coordinator = The inspection coordinator
returns-owner-hint = Who of the partnership finds it. They see this request and are reminded of it.
returns-held-by = Held by { $name }
returns-public-at = Public document that says something of it
returns-public-at-hint = An address that begins with https://
returns-asked-again = Why it is asked again
returns-asked-again-hint = Wanted when the area has given it before, or a public document answers it. The coordinator reads this.
returns-problem-again = “{ $title }” was given on { $day }. Ask for that one again, or say why it is not enough
returns-problem-again-public = A public document is named. Say what it leaves open
returns-problem-address = Give an address that begins with https://
returns-problem-owner = Choose somebody of the partnership
returns-change-title = Change this request
returns-change = Change what is asked for
returns-change-lead = The coordinator and whoever holds it see the new wording at once.
returns-change-save = Save
returns-changed-meanwhile = { $who } has changed this request while you wrote. Look at both texts. Saving again puts yours in place of the other.
returns-request-withdraw = Withdraw this request
returns-request-withdraw-hint = The coordinator reads this.
returns-request-withdrawn-why = Withdrawn by the team
returns-begin = We are working on it
mine-title = What I hold
mine-lead = These requests are in your hands. Give what you find to the inspection coordinator, who sends it.
mine-empty-title = Nothing is in your hands
mine-empty-text = Requests that the team or the coordinator puts into your hands appear here.
held-title = Given before
held-tag = Given before
held-explained = This area gave these to other inspections. Nothing of a document is seen here before the inspection coordinator gives it again.
held-all = { $count ->
    [one] One document was given before
   *[other] { $count } documents were given before
}
held-caption = What this area has given before
held-programme = To
held-given-on = On
held-offer = { $kind }, given on { $day } for { $programme }
held-origin = First given on { $day } for { $programme }
held-ask = Ask for this one again
held-give = Give this one again
held-decline = Do not give it again
held-decline-hint = For example: it is out of date, and a newer one follows. The team reads this.
held-asked = The team asks for it
held-given = Given again
held-declined = Not given again
held-asked-already = The team has asked for this document already.
held-given-already = This document has been given again already.
held-not-asked = The team does not ask for this document.

done-request-changed = The request has been changed.
done-request-withdrawn = The request has been withdrawn.
done-request-begun = The team sees that you are working on it.
done-reuse-asked = The coordinator has been asked to give this document again.
done-document-given-again = The document has been given again.
done-reuse-declined = The team sees that this document is not given again, and why.

# The coordinator's page, and requests in the hands of colleagues.
coordinator-title = What needs the coordinator
coordinator-lead = What is due, what was sent back, what colleagues propose, and what has come.
coordinator-due = Due
coordinator-late = Late
coordinator-back = Sent back
coordinator-come = Answered
coordinator-withdrawn = Withdrawn
coordinator-why = Why
coordinator-colleagues = With colleagues
coordinator-handed-to = { $name }, by a link
coordinator-nothing-due = Nothing is due
coordinator-nothing-due-text = Every request has been answered or withdrawn.
coordinator-all = All returns
delegation-title = Hand it to a colleague
delegation-explained = A colleague without an account can answer this one request by a link. They see nothing else. What they send waits for you.
delegation-name = Name of the colleague
delegation-email = E-mail address of the colleague
delegation-email-hint = So that you know whom you gave the link to. Keyline sends nothing there.
delegation-make = Make a link
delegation-made-title = The link is made
delegation-made = Send this link to { $name }. It opens the request until { $until }.
delegation-link = Link
delegation-once = The link is shown this once. When it is lost, end it and make another.
delegation-back = Back to the request
delegation-until = Open until { $until }
delegation-open-until = This page is open until
delegation-over = The link is closed
delegation-answered = Last answer { $at }
delegation-not-held = Proposal: we do not hold this.
delegation-pass-on = Send this to the team
delegation-end = End the link
delegation-put-aside = Put aside
delegation-ended = This link has been ended, or the request has been answered. Ask the inspection coordinator.
delegation-expired = This link is too old. Ask the inspection coordinator for another one.
delegation-one-at-a-time = A colleague has this request in hand. End that link first.
delegation-nothing-proposed = The colleague has sent nothing yet.
delegation-documents-wait = Documents wait for the coordinator. Ask the coordinator to put them aside first.
delegation-too-many = More than { $limit } files wait for the coordinator. Ask the coordinator to look at them first.
asked-lead = { $name }, the inspection coordinator of your partnership asks you to answer this one request. What you send goes to the coordinator first.
asked-no-children = Leave out what names a child: no names, dates of birth, addresses or CHI numbers.
asked-sent = What waits for the coordinator
asked-nothing = What you send appears here until the coordinator has looked at it.
asked-send = Send the files to the coordinator
asked-not-held-send = Propose this to the coordinator

done-delegation-ended = The link has been ended.
done-passed-on = The answer has been sent to the team.
done-put-aside = The document has been put aside.
done-proposal-sent = The coordinator has your documents.
done-proposal-not-held = The coordinator sees your proposal.

# The burden ledger.
burden-title = What this area has been asked for
burden-lead = Every item that { $area } has been asked for, by year and programme, over all inspections. Only numbers are shown.
burden-counted = Withdrawn requests, the pre-inspection return and the position statement are not counted. A year is that of the notification. Hours are those that the coordinators have said.
burden-empty-title = Nothing has been asked for
burden-empty-text = The notification asks for the documents that the programme names.
burden-picture = Bars for the number of items that { $area } was asked for in each year by each programme.
burden-caption = What { $area } has been asked for
burden-year = Year
burden-items = Items
burden-documents = Documents
burden-given-again = Given again
burden-pages = Pages
burden-hours = Hours
burden-unknown = not known
burden-unknown-of = not known for { $unknown } of { $of }
burden-csv = Download as CSV
burden-hours-title = How long it took
burden-hours-hint = Hours of everybody who worked on it, for example 1.5. Leave it empty when you do not know.
burden-say = Keep the hours
burden-problem-hours = Write hours as a number, for example 3 or 1.5

done-hours-said = The hours are kept.

# The position statement.
statement-title = Position statement
statement-look = Open the position statement
statement-unconfirmed = Questions and limit are a default that has not been confirmed for this programme.
statement-writing = Being written
statement-submitted = Waits for the lead
statement-sent_back = Sent back
statement-accepted = Accepted
statement-length = Words
statement-words = { $count } of { $most } words
statement-counting = The words of the document are being counted. Look again in a minute.
statement-not-counted = The words cannot be counted: no text can be read from this document.
statement-too-long = Longer than asked
statement-write = Write the position statement
statement-not-yet = The position statement cannot be written now
statement-none-title = Nothing to read yet
statement-none-text = The team sees the position statement once the coordinator has sent it.
statement-document = The position statement as a document
statement-marked = Documents marked as evidence
statement-accept = Accept the position statement
statement-send-back = Send the position statement back
statement-send-back-hint = Say what is missing. The coordinator reads this.
statement-versions = Versions
statement-version-head = Version
statement-version = Version { $number }
statement-saved = Saved
statement-save = Save
statement-kept = Saved
statement-not-kept = Not saved. Press Save to see why.
statement-meanwhile = { $who } has saved while you wrote. Look at both texts. Saving again puts yours in place of the other.
statement-file = Your document
statement-file-hint = One file of at most { $limit } MB. The team reads it in place of what is written below.
statement-instead = Upload a document instead
statement-upload = Upload it
statement-uploaded = { $name } is going to be sent in place of what is written below.
statement-open = Open it
statement-take-out = Take the document out
statement-one-file = Choose one file only
statement-no-document = No document was uploaded.
statement-gone = { $count ->
    [one] A link leads to no document that is here: { $texts }. It may have been withdrawn, or its mark is not whole.
   *[other] { $count } links lead to no document that is here: { $texts }. They may have been withdrawn, or their marks are not whole.
  }
statement-marks = Mark a document as evidence
statement-marks-explained = Copy what stands beside a document into your text. The team reads its name there, and opens it from the list below the text.
statement-mark = Copy this
statement-send = Send it to the team
statement-send-explained = Save first: what is sent is what was saved last. After sending it can be changed only when the lead sends it back.
statement-sent-already = The position statement has been sent.
statement-nothing-to-decide = The position statement does not wait for a decision.
statement-problem-empty = Answer this question
statement-problem-long = These are { $count } words. Shorten your answers to { $most } words together

done-statement-saved = Saved.
done-statement-uploaded = The document has been uploaded. It is not sent yet.
done-statement-taken-out = The document has been taken out.
done-statement-submitted = The position statement has been sent to the team.
done-statement-accepted = The position statement is accepted.
done-statement-sent-back = The position statement has been sent back.

# Looking at a document in the page, and for words in all of them
look-link = Look
look-this = Look at { $name } in the page
look-title = A document
look-not-now = This document cannot be opened now
look-download = Download the document
look-read = Read
look-pages = Pages
look-words = Words
look-preview = How it begins
look-harmless = Made from the document by a separate program. Nothing that the document carries can run here; the whole of it is in the download.
look-waiting-title = It is being read
look-waiting-text = Its text and how it looks are here in a moment. Load the page again, or download the document.
look-none-title = There is nothing to show
look-none-text = Download the document to look at it.
look-more-lines = There is more text. The whole of it is in the download.
look-more-rows = There are more rows or columns. The whole table is in the download.
look-table = Table
look-page-of = Page { $page } of { $of } of { $name }
look-more-pages = { $shown ->
    [one] The first of { $of } pages is shown.
   *[other] The first { $shown } of { $of } pages are shown.
  } The rest is in the download.
look-picture = Picture: { $name }
look-archive = { $count ->
    [0] The archive is empty.
    [one] One file or folder is in this archive.
   *[other] { $count } files and folders are in this archive.
  }
look-password = Password
look-altered = Another path was given
look-not-listed = Its inside is not listed.
mail-head-from = From
mail-head-to = To
mail-head-copy = Copy
mail-head-subject = Subject
mail-head-date = Date
mail-head-attachments = Attached
text-state-waiting = Being read
text-state-text = Text can be searched
text-state-scan = Scan without text
text-state-picture = Picture
text-state-archive = Names of files can be searched
text-state-not_read = Not read
text-scan-explained = This is a scan: pictures of paper, with no text that can be searched. Ask for the original document where the words matter.
text-too-large = It is too large to be read for search. It can be downloaded.
text-too-much = Reading it takes more time or memory than is allowed for one document, so it is not in the search. It can be downloaded.
text-empty = There is nothing in it.
text-password = It opens with a password only. Send it back and ask for one without.
text-program = It carries a program, which is not read.
text-cut = It is longer than Keyline keeps for searching: only its beginning is found by a search. The document itself is whole.
text-damaged = It is damaged or cut off, so it could not be read. Send it back and ask for it again.
text-other-kind = It is of a kind that is not read for search.
text-crashed = Reading it failed. It can be downloaded.
text-no-pdf-reader = PDF documents cannot be read on this installation yet, since the programs of poppler-utils are missing. Once they are installed it is read by itself.
search-title = Search the documents
search-lead = Finds words in the names and texts of documents that came against requests. The pre-inspection return is never searched: it is a list of children.
search-words = What to look for
search-hint = All words must stand on the same page. Put words in "quotation marks" to find them as a phrase. At most { $most } characters.
search-go = Search
search-found = { $count ->
    [0] Not found
    [one] Found in one document
   *[other] Found in { $count } documents
  }
search-searched = { $count ->
    [0] There are no documents to search yet.
    [one] One document was searched.
   *[other] { $count } documents were searched.
  }
search-without-text = { $count ->
    [one] Of one of them only the name: it has no text, or is still being read.
   *[other] Of { $count } of them only the names: they have no text, or are still being read.
  }
search-none-title = No document has these words
search-none-text = Try fewer words, or part of a word. Scans and pictures have no text that could be found.
search-by-name = Its name matches.
search-more-places = { $count ->
    [one] And one more place in this document.
   *[other] And { $count } more places in this document.
  }
search-more-documents = { $count ->
    [one] And one more document. Use more words to find fewer.
   *[other] And { $count } more documents. Use more words to find fewer.
  }
search-nothing = Type a word to look for.
search-too-long = That is too long to look for. Use at most 200 characters.
search-too-many = Look for at most 12 words at once.
place-body = Text:
place-page = Page { $number }:
place-slide = Slide { $number }:
place-speaker-notes = Notes for slide { $number }:
place-sheet = Sheet { $name }:
place-header = Header:
place-footer = Footer:
place-notes = Notes:
place-comments = Comments:
