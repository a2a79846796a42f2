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
records-problem-reserves = Write a number from 0 to { $most }
records-draw-impossible = The sample cannot be drawn from this return: a label stands in it twice, or it has too few records.

# The sample.
records-sample-lead = These records were drawn by chance from the accepted return. Nobody picked them.
records-drawn = Drawn
records-drawn-by = by { $name }, { $at }
records-population = Records in the return
records-size = Records drawn
records-how-many = How many were wanted
records-precision-is = As many as make it { $confidence }% sure within { $margin } percentage points either side
records-number-chosen = A number was chosen
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
