# The sample of records and their readings.
records-lead = A sample of children's records is drawn by chance, and each record is read with the same questions.
records-readings = My readings
records-readings-text = The records of your pair, and how far each is read.
records-sample = The sample
records-sample-text = Which records were drawn, which were replaced and why, and how anyone can draw them again.
records-team = All readings
records-team-text = Who has read what, two readings of one record side by side, and what was settled.
records-results = What the records show so far
records-results-text = The answers of all records that have been read, question by question.
records-own-begun = readings I have begun
records-own-finished = readings I have finished
records-read = Records read
records-read-of = { $read } of { $sample }

# Drawing.
records-draw = Draw the sample
records-draw-not-yet = The sample cannot be drawn yet
records-not-drawn = No sample yet
records-can-be-drawn = The pre-inspection return has been accepted. The inspection lead can draw the sample now.
records-drawn-already = The sample has been drawn. It is drawn once; a record that cannot be read is replaced from the reserve.
records-draw-lead = The accepted return has { $count ->
    [one] one record
   *[other] { $count } records
}. Choose how many of them are read.
records-sizes = How many records a precision needs here
records-sizes-text = Each number is the least that tells a share in all records of the return to within the margin, with that confidence. It allows for how few records there are.
records-by = How do you choose?
records-by-precision = By precision
records-by-number = By number
records-precision-hint = Fill this in when you choose by precision.
records-confidence = Confidence
records-confidence-is = { $confidence }% sure
records-margin = Margin
records-margin-is = { $margin } percentage points either side
records-margin-hint = Whole percentage points either side, from 1 to 30.
records-number = How many records
records-number-hint = Fill this in when you choose by number. From 1 to { $population }.
records-reserves-wanted = How many reserves
records-reserves-hint = Reserves are drawn with the sample and stand in for records that cannot be read, in the order of drawing. 0 to { $most }.
records-draw-once = A sample is drawn once and cannot be drawn anew, so that nobody can draw until they like what comes out.
records-show-size = Show how many that is
records-draw-now = Draw the sample now
records-preview = How many that is
records-preview-precision = To be { $confidence }% sure within { $margin } percentage points either side, { $size } of { $population } records are read. Nothing has been drawn yet.
records-preview-number = { $size } of { $population } records are read. Nothing has been drawn yet.
records-problem-number = Write a number from 1 to { $population }
records-problem-margin = Write whole percentage points from 1 to 30
records-problem-columns = Choose one or two columns, not more than { $most }
records-problem-expected = Write a share from 1 to 99 for “{ $part }”
records-problem-share = Write a whole number of percent from 1 to 99, or leave it empty
records-problem-minimum = The parts would need { $needed } records at least. Draw more, or ask for fewer from each
records-problem-not-listed = No record of the accepted return has this label
records-problem-excluded = This record is left out already
records-nobody-left = Nobody is left to draw from
records-tells-everything = All records are read, so nothing is left to chance.
records-tells-nothing = It tells nothing of the whole list, because nobody is drawn from one of its parts. Ask for at least one from each.
records-tells-within = Whatever is found, a share of the sample will lie within { $points } percentage points of the share in the whole list, { $confidence }% sure.
records-excluded-count = { $count ->
    [0] No record is left out.
    [one] One record is left out.
   *[other] { $count } records are left out.
}
records-parts = Parts of the list
records-parts-hint = Choose columns here if each part of the list is to have its share of the sample. Leave them empty to draw from the list as a whole.
records-strata = Divide by
records-strata-hint = At most { $most } columns. Each set of values that occurs is a part.
records-allocation = How is the sample shared out?
records-allocation-proportional = As the parts are of the list
records-allocation-proportional-hint = The sample looks like the list. Small parts get few records.
records-allocation-equal = As many from each part
records-allocation-equal-hint = The parts can be compared. Results of the whole list have to be weighed.
records-allocation-neyman = More where more is in doubt
records-allocation-neyman-hint = Neyman’s rule: large parts, and parts in which about half is expected, get more. The sharpest for the whole list, if something is known before.
records-minimum = At least from each part
records-minimum-hint = A part that has fewer gives all it has.
records-expected-text = What share do you expect in each part? It is 50% where you leave it empty.
records-expected = { $part }: share expected, in percent
records-part = Part
records-part-population = Records
records-part-excluded = Left out
records-part-drawn = Drawn
records-part-not-drawn = Not drawn
records-part-weight = Each stands for
records-part-weight-text = Parts that were drawn at different rates must not be thrown together. Each record that was drawn stands for as many of its part as the last column says.
records-part-of = { $drawn } of { $population }
records-parts-table = The sample, part by part
records-allocation-picture = How the sample is shared out
records-allocation-described = For each part of the list, how many of its records are drawn and how many are not. The table below has the numbers.
records-divided = Shared out: { $rule }. At least { $minimum } from each part.
records-redo-parts = This sample was drawn part by part: sort the names of the parts, give the first nonce 1, the second nonce 2 and so on, and do the steps above in each with its own labels.
records-again-files = With these files and one of the commands below, anyone draws the sample again. Both give the same labels in the same order.
records-list-csv = The list for keyline sample (CSV)
records-list-tsv = The list for redraw.py (TSV)

# Records that are left out before drawing.
records-exclusions = Records that are left out
records-exclusions-lead = A record that cannot be read by anybody is left out before the sample is drawn, with the reason. Once the sample is drawn nobody can be left out any more, only replaced.
records-exclusions-none = Nothing is left out
records-exclusions-none-text = Every record of the accepted return can be drawn.
records-exclusions-closed = The sample has been drawn, so this list stands.
records-exclude = Leave a record out
records-exclude-reason = Why is it left out?
records-exclude-hint = The reason goes into the list that anyone draws again. Name no child.
records-exclude-now = Leave it out
records-include = Put { $label } back
done-record-excluded = The record is left out.
done-record-included = The record can be drawn again.

# What a sample can say.
records-about = What a sample can say
records-about-lead = The team reads some records, not all. Chance decides which. That is what allows it to speak of all of them, within limits.
records-about-can = What it can say
records-about-can-share = About what share of all records something is so: “in about six of ten records the plan was up to date”.
records-about-can-margin = How far off that may be. The page of the draw says it before anything is read.
records-about-can-parts = How parts of the list compare, if enough records were drawn from each.
records-about-can-again = That nobody chose. The seed is published, and whoever has the list can draw the sample again.
records-about-cannot = What it cannot say
records-about-cannot-child = Anything about one child. The sample is about records, and a share says nothing of any single one.
records-about-cannot-few = Much about a small part. If three records of a part are read, “two of three” may be half or nearly all of it.
records-about-cannot-cause = Why something is so. For that, people are asked and other evidence is read.
records-about-cannot-missing = What is not in a record. Good work that nobody wrote down looks like no work.
records-about-cannot-list = Anything about children who are not on the list, or who were left out before drawing.
records-about-words = Words
records-about-word-margin = Margin
records-about-word-margin-is = How far the share in the sample may lie from the share in the whole list, to either side.
records-about-word-confidence = Confidence
records-about-word-confidence-is = If a hundred samples were drawn like this one, in so many of them the margin would hold.
records-about-word-part = Part
records-about-word-part-is = Children with the same values in the columns by which the list is divided. Statistics calls it a stratum.
records-about-word-weight = Each stands for
records-about-word-weight-is = How many records of its part one record of the sample stands for.
records-about-word-seed = Seed
records-about-word-seed-is = The number from which the draw follows. The same list and the same seed always give the same sample.
records-problem-reserves = Write a number from 0 to { $most }
records-draw-impossible = The sample cannot be drawn from this return: a label stands in it twice, or it has too few records.

# The sample.
records-sample-lead = These records were drawn by chance from the accepted return. Nobody picked them.
records-drawn = Drawn
records-drawn-by = by { $name }, { $at }
records-population = Records that could be drawn
records-size = Records drawn
records-how-many = How many were wanted
records-precision-is = As many as make it { $confidence }% sure within { $margin } percentage points either side
records-number-chosen = A number was chosen
records-tells = What it can tell
records-reserves = Reserves
records-reserves-left = { $left } left of { $count }
records-method = Method
records-seed = Seed
records-again-yes = Checked
records-again-yes-text = The labels below come out of the seed and the return again, in the same order.
records-again-no = The labels below do not come out of the seed and the return again. Something was changed after the draw. Tell the administrator, and do not rely on this sample until it is explained.
records-again-gone = The labels of the return are no longer kept, so the draw cannot be checked here. Whoever has kept the return can still check it.
records-redo = Check the draw yourself
records-redo-text = With the labels of the return and the seed above, any tool gives the same sample:
records-redo-sort = Sort all labels of the return by their characters (Unicode code points).
records-redo-key = Take the seed as 32 bytes, two digits for each, and use it as the key of the generator ChaCha20 with 20 rounds, counter 0 and nonce 0. Read its stream as 64-bit numbers, lowest byte first.
records-redo-number = To get a number below n, take the next number of the stream. Pass over it when it is not below the largest multiple of n that fits below 2⁶⁴; otherwise divide it by n and keep the remainder.
records-redo-swap = For each place from the first on, get a number below how many labels stand from there to the end, count on by it, and swap the two labels.
records-redo-take = The first labels are the sample, in the order of drawing; those after them are the reserve.
records-csv = Download the labels (CSV)
records-labels-own = The table names the records that your pair reads.
records-labels = Labels in the order of drawing
records-label = Label
records-place = Place
records-state = State
records-read-by = Finished readings
records-act = Change
records-state-in-use = In use
records-state-reserve = Reserve
records-state-replaced = Replaced
records-stands-in = stands in for { $label }
records-replaced-by = by { $label }: { $reason }
records-replaced-by-label = Replaced by
records-reason = Reason

# Replacing.
records-replace = Replace
records-replace-title = Replace a record
records-replace-not-yet = No record can be replaced now
records-replace-text = A record that cannot be read is replaced by the next of the reserve, in the order of drawing. This cannot be undone.
records-replace-reason = Why can it not be read?
records-replace-hint = The partnership sees this reason too. Name no child. For example: the record is with another council.
records-replace-now = Replace the record
records-all-read = Every record of the sample has been read.
records-read-already = This record has been read already, so it is not replaced.
records-reserve-used-up = The reserve is used up.

# Reading.
records-readings-lead = Read each record with the same questions. What your pair has begun can wait here until you finish it.
records-read-not-yet = Records cannot be read yet
records-read-this = Read
records-own-state = My reading
records-saved = Last saved
records-reading-open = Begun
records-reading-finished = Finished
records-reading-open-text = A draft may have gaps. Nobody but your pair sees it until it is finished.
records-reading-finished-text = It counts. To put something right, take it up again; until you finish it anew it does not count.
records-reading-title = Reading record { $label }
records-reading-closed = This reading cannot be changed now
records-next = Save and go on
records-leave = Save and go on later
records-look-over = Look over the whole reading
records-missing = Still to be answered
records-finish = Finish this reading
records-reopen = Put something right
records-problem-label = This label is not in the sample. Check it against the list of labels.
records-finished-already = This reading is finished. To put something right, take it up again first.
records-not-finished = This reading is not finished yet, so it can be changed as it is.
records-saved-elsewhere = It was saved in another window meanwhile. What stands there now is below; look it over, and try again.
records-was-replaced = The record has been replaced, so its reading is no longer changed.
records-concern = If something you read makes you think that a child may not be safe now, stop and pass it on at once. Do not only note it here.
records-concern-whom = Whom to tell
records-concern-lead = Tell the partnership's local lead for concerns at once: { $names }. Tell the inspection lead as well.
records-concern-lead-none = Tell the inspection lead at once.
records-not-answered = not answered

# For the team.
records-team-lead = Each record is read by a pair, and a drawn part by a second pair that does not see the first reading. Where two readings differ, it is settled what holds.
records-team-empty-title = Nothing has been read yet
records-team-empty-text = Readings appear here when the sample has been drawn and records are read.
records-by-record = Readings by record
records-agreement = How far readers agree
records-agreement-none-title = No record has been read by two people yet
records-agreement-by-question = Agreement by question
records-read-twice = records read by two or more
records-too-few = { $count ->
    [one] One record is
   *[other] { $count } records are
} too few to tell how far readers agree: one more or less turns a measure over. From { $fewest } records on it is more than a hint; until then look at the tables.
records-question = Question
records-compared = Records compared
records-share = Share
records-compare-title = Readings of record { $label }
records-compare-caption = Answers side by side
records-compare-one = One person has finished reading this record, so there is nothing to compare yet.
records-compare-empty-title = No finished reading
records-compare-empty-text = Answers can be seen when a reader has finished.
records-likeness = Compared
records-same = Same
records-different = Different
records-results-lead = Each record counts once, however many have read it.
records-results-inside = For the team only: small numbers are not hidden here.
records-results-empty-title = No record has been read yet
records-results-empty-text = Results appear here with the first finished reading.
records-results-records = { $count ->
    [0] No record has an answer that holds.
    [one] One record.
   *[other] { $count } records.
}
records-results-of = { $count } of { $whole }, { $word }
records-results-differ = { $count ->
    [one] One more record is not counted, because its readings differ and nothing is settled yet.
   *[other] { $count } more records are not counted, because their readings differ and nothing is settled yet.
}
records-results-count = Records
records-results-word = In words

done-sample-drawn = The sample is drawn.
done-record-replaced = The record is replaced by the next of the reserve.
done-reading-saved = What you have answered is saved.
done-reading-finished = The reading is finished.
done-reading-reopened = You can change the reading now. Finish it again when it is right.

# Reading without a network
offline-title = Reading without a network
offline-lead = Take the records of your pair along on this laptop, read where there is no network, and send what you wrote when you are back.
offline-how-take = While you have a network: choose a passphrase and take along the readings that you have begun.
offline-how-write = What you write is kept on this laptop at once, sealed under your passphrase. The page says what has not been sent.
offline-how-send = Back on the network: press Send. Where somebody of your pair changed the same page meanwhile, you see both texts and choose; the other one is put aside and not lost.
offline-how-install = Your browser can install this page like a program, by its menu or the sign in its address bar. Open it once with a network first.
offline-no-script = This page needs JavaScript. Without it, read on the ordinary pages while you have a network.
offline-program = Keyline: reading records
offline-program-short = Reading
offline-only-when = Asked only where an answer above says so. Leave it empty where it does not apply.
offline-passphrase = Your passphrase for this laptop
offline-new-passphrase = A new passphrase for this laptop, at least 12 characters
offline-again = The same again
offline-forgotten = Nobody can give you this passphrase back, and it is kept nowhere. If you forget it, what was not sent is lost.
offline-short = Use at least 12 characters: three or four words that do not belong together are good.
offline-differ = The two are not the same. Type both again.
offline-wrong = That is not the passphrase of this laptop.
offline-working = One moment.
offline-unlock = Open
offline-begin = Begin
offline-lost-passphrase = I have forgotten the passphrase
offline-lost-text = Then what lies on this laptop cannot be read any more, by nobody. Remove it and take the readings along anew. What was sent is safe.
offline-remove-all = Remove everything from this laptop
offline-remove-all-sure = Remove every reading and every concern from this laptop? What was not sent is lost, and nobody is told of a concern that was not sent.
offline-removed = Everything is removed from this laptop.
offline-here = On this laptop
offline-there = Can be taken along
offline-nothing-here = Nothing yet.
offline-nothing-there = Nothing more. Begin a reading on the page of your records, then it can be taken along.
offline-take = Take along
offline-not-taken = It could not be taken along just now. Look whether you are signed in and records are open, then try again.
offline-open = Open
offline-send = Send
offline-sending = Sending…
offline-remove = Remove from this laptop
offline-remove-sure = Not everything of this reading has been sent. Remove it all the same?
offline-lock = Lock
offline-sent = Everything has been sent.
offline-unsent = [count] pages have not been sent.
offline-unsent-one = One page has not been sent.
offline-not-sent = Kept on this laptop, not sent.
offline-kept = Kept on this laptop at [at], not sent.
offline-no-network = There is no network. What you wrote stays on this laptop.
offline-sign-in = Sign in on Keyline in this browser, then come back to this page. What you wrote stays on this laptop.
offline-refused = It was not taken. What you wrote stays here.
offline-all-sent = Everything has been sent.
offline-some-left = Some pages were not taken. Open the reading to see why; what you wrote stays on this laptop.
offline-conflict = Somebody of your pair changed the same page. Open the reading, look at both texts, and choose.
offline-back = All readings
offline-both-texts = Somebody of your pair saved this page meanwhile. Neither text is lost.
offline-mine = What you wrote
offline-theirs = What was saved
offline-keep-mine = Keep what I wrote
offline-take-theirs = Take what was saved
offline-aside = Texts that were put aside
offline-not-here = This browser cannot keep readings safely. Use the ordinary pages, or a current browser over a safe connection (https).
offline-concern = Raise a concern
offline-concern-first = If somebody is in danger, call now: do not wait until there is a network. What you write here is kept on this laptop and raised as soon as it can be sent.
offline-concern-begun = A concern that you began. Nobody has been told yet.
offline-concern-missing = Say whether somebody is in danger now, what was seen or heard, and by whom. What you wrote stays on this laptop.
offline-concern-send = Raise it
offline-concern-sent = The concern has been raised, and whoever decides has been told. It is gone from this laptop.
offline-concern-waits = A concern has not been sent, and nobody has been told yet. If somebody is in danger, call now.
offline-concern-written = Written without a network on [at], and sent when there was one.
offline-link = Read without a network
