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
returns-problems-numbered = A sheet that is called #2 here is the second sheet of your file, hidden ones counted.
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
upload-not-accepted = Files of this kind are not taken. Save it as PDF, XLSX, CSV, DOCX, PPTX, ODT, ODS, ODP, TXT, PNG or JPEG, and choose it again.
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
returns-openings = Every opening of a document is in the audit trail.
returns-upload-title = Answer this request
returns-upload-not-yet = Documents cannot be sent now
returns-files = Files
returns-files-hint = Up to { $most } files at once, at most { $limit } MB each and { $together } MB together. All of them are kept, or none. Leave out what names a child.
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
done-documents-accepted = The documents are accepted.
done-documents-sent-back = This has been sent back.
done-document-requested = The document has been asked for.
