# Reading records in pairs: the plan, the training list, the timetable, what differs, agreement, results.
reading-plan = Plan of reading
reading-plan-text = Days and hours, pairs, and what is read twice.
reading-plan-lead = Records are read in pairs, an inspector and a local reader, on a few days in a row. Outside these days and hours no record can be opened.
reading-changed-elsewhere = Somebody changed this meanwhile. What stands there now is shown; look at it and try again.
reading-reason = Reason
reading-act = Change
reading-since = Since
reading-person = Who
reading-not-now = Not now
reading-problem-needed = Write this
reading-problem-long = Write at most { $most } characters
reading-problem-time = Write a time of day, such as 9:30
reading-problem-hours = The hours end before they begin
reading-problem-until = Write a day and a time after { $end } that is still to come

# Days and hours.
reading-hours = Days and hours
reading-window-none = The days of reading have not been set yet
reading-window-none-text = The inspection lead sets { $days } working days in a row. Until then no record can be opened.
reading-window-shut = Records can be opened from { $from }.
reading-window-over = Reading ended on { $since }. The inspection lead can give more time, with a reason.
reading-window-open = Records can be opened now, until { $until }.
reading-window-past = Choose a day that is still to come
reading-window-not-working = { $days } days in a row have to be working days; { $day } is none
reading-window-begun = A record has been opened already. From now on more time can be given, and nothing else changed.
reading-days = Days
reading-each-day = Each day
reading-from-to = from { $opens } to { $closes }
reading-extended = More time
reading-extended-is = { $from } to { $until }: { $reason }
reading-set-hours = Set days and hours
reading-first-day = First day
reading-first-day-hint = { $days } working days in a row begin with it.
reading-opens = From
reading-closes = To
reading-time-hint = Such as 8:30.
reading-extend = Give more time
reading-begins = From when on?
reading-begins-last = From the end of the last day, or from now on when it is over
reading-begins-now = From now on, day and night
reading-until = Until which day
reading-until-time = Until what time
reading-shut-title = This record cannot be opened now

# Pairs.
reading-pairs = Pairs
reading-pairs-lead = A pair is an inspector and a local reader who is chosen on the training list. Nobody is in two pairs.
reading-pairs-change = Form and change pairs
reading-no-pairs = There is no pair yet
reading-no-pairs-text = When pairs are formed, records are given to them.
reading-pair = Pair
reading-pair-is = Pair { $name }
reading-pair-people = Pair { $name }: { $people }
reading-people = Who
reading-first = First reading
reading-second = Second reading
reading-part-inspector = Inspector
reading-part-local-reader = Local reader
reading-left = not any more
reading-pair-new = Form a pair
reading-pair-nobody = A pair needs an inspector and a local reader who are in no pair yet. Local readers must be on the training list with the address of their account, and chosen to read.
reading-pair-form = Form this pair
reading-pair-change = Somebody takes another’s place
reading-pair-end = Dissolve this pair
reading-pair-end-text = What the pair has read stays. What it has not begun can be given out to others, and both people can be in another pair.
reading-pair-begun = The pair has begun { $labels } and not finished. Let it finish, or let somebody take a place, and then dissolve it.
reading-pairs-ended = Dissolved
reading-pair-ended = Pair { $name } ({ $people }): { $reason }
reading-leaves = Who leaves
reading-joins = Who joins
reading-problem-has-read = This person has read one of these records with another pair, so it would not be a reading of its own
reading-no-pair-title = You are in no pair
reading-no-pair = Records are read in pairs. The inspection lead forms them.
reading-your-pair = You read as pair { $name }: { $people }. Both of you write the same reading; what one saves, the other sees.

# Giving out.
reading-given = Who reads what
reading-rule = Records are given out by a published rule ({ $rule }), so that anyone can check who got which.
reading-rule-title = The rule
reading-rule-1 = Records stand in the order in which they were drawn, pairs in the order of their names.
reading-rule-2 = Each record that nobody reads yet goes to the pair with the fewest first readings; of equal ones to the first.
reading-rule-3 = Each record that was drawn to be read twice goes to the pair with the fewest readings in all that does not read it already.
reading-rule-4 = A record is read in the first time in which its pair is free.
reading-give-out = Give out records
reading-give-out-text = What has been given out already stays as it is.
reading-all-given = All records are given out.
reading-twice-one-pair = Records are to be read twice, and that needs two pairs.
reading-none-given-title = Your pair has no records yet
reading-none-given-text = Your records appear here when the inspection lead gives them out.

# Read twice.
reading-twice = Read by a second pair
reading-twice-text = A part of the sample is read by a second pair that does not see the first reading. Which records that are is drawn by chance, once.
reading-twice-none = It has not been drawn yet.
reading-twice-number = How many records are read twice
reading-twice-hint = From 1 to { $most }.
reading-twice-draw = Draw them
reading-twice-drawn = This has been drawn already. It is drawn once.
reading-twice-is = { $drawn } of { $of } records were drawn on { $at }.
reading-again-no = Does not come out of its seed
reading-twice-from = Out of which labels
reading-twice-from-text = With these labels and the seed, the draw can be repeated in the same way as that of the sample.

# Health.
reading-health = Health records
reading-health-part = Health part
reading-health-yes = Yes
reading-health-no = not read
reading-health-count = { $count ->
    [0] Nobody is entitled to health records yet, so no pair is asked about them.
    [one] One person is entitled to health records.
   *[other] { $count } people are entitled to health records.
}
reading-health-change = Say who may read health records
reading-health-lead = Only people whom you name here see the questions about health records and their answers, in readings, results and files alike.
reading-health-none = Nobody is entitled yet
reading-health-nobody-text = A pair in which nobody is entitled reads the other records only.
reading-health-entitle = Entitle somebody
reading-health-hint = For example: registered nurse. It is kept in the audit trail.
reading-health-end = End it
reading-health-oneself = Nobody entitles themselves. Ask the other lead to do it.
reading-health-you = You are entitled to the health part of records.
reading-health-other = The health part of records is for the other of your pair. You do not see it, and a reading is finished when both parts are.
reading-health-nobody = Your pair does not read health records.
reading-health-open = The health part, which the other of your pair fills in, still has gaps.
reading-without-health = What is said of health records is left out here: you are not entitled to it.

# Training.
reading-training = Training list
reading-training-text = Local people who learn to read records, and who of them reads.
reading-training-lead = Up to { $trained } local people are trained, and up to { $reading } of them read, each beside an inspector.
reading-training-full = The list is full: { $most } people.
reading-training-empty = Nobody is named yet
reading-training-empty-text = The partnership names the people who are to be trained.
reading-chosen-full = { $most } people are chosen to read, and that is as many as there can be.
reading-on-list = on the list
reading-attended = Attended the training
reading-attended-yes = Attended
reading-attended-no = Not yet
reading-chosen = Chosen to read
reading-reads-yes = Reads
reading-reads-no = Does not read
reading-not-trained = Chosen, but not trained yet
reading-no-account = needs the address of an account
reading-name-somebody = Name somebody
reading-name-not = Nobody more can be named
reading-name-now = Put on the list
reading-name = Name
reading-designation = Designation
reading-organisation = Service
reading-email = Address of their account
reading-email-hint = With it they sign in to read. It can be left out for those who are only trained.
reading-problem-named = Somebody with this address is on the list
reading-say-attended = Attended
reading-say-not-attended = Did not attend
reading-choose = Choose to read
reading-choose-not = Does not read after all
reading-remove = Take off the list
reading-place-in-pair = This person reads in a pair. Let somebody take the place first.

# Timetable.
reading-timetable = Timetable of reading
reading-timetable-text = Who reads which record when, by pair and by record.
reading-timetable-lead = Who reads which record when. The page can be printed.
reading-timetable-empty = Nothing is given out yet
reading-timetable-empty-text = The timetable appears when pairs are formed and records are given out.
reading-by-pair = By pair
reading-by-record = By record
reading-when = When
reading-turn = Reading
reading-day-time = day { $day }, { $time }
reading-beyond = after the last day
reading-beyond-count = { $count ->
    [one] One reading does
   *[other] { $count } readings do
} not fit into the days. Form another pair, move them, or give more time.
reading-by-hand = Changed by hand
reading-move = Move
reading-move-title = Move the reading of record { $label }
reading-move-text = A reading that nobody has begun can go to another pair. The reason stands in the timetable.
reading-move-now = Move it
reading-first-free = The first that is free
reading-moved-begun = The pair has begun to read this record, so it stays with the pair. If somebody cannot go on, let another person take the place.
reading-problem-reads-it = This pair, or somebody in it, reads or has read this record already
reading-earlier = What was answered before
reading-earlier-text = Every answer that was saved and does not stand now, whoever of the pair saved it, here or without a network.
reading-earlier-then = Answered then
reading-earlier-saved = Saved
reading-earlier-now = Answered now
reading-earlier-none = Nothing was answered otherwise
reading-earlier-none-text = Everything that was ever saved stands there now.
reading-problem-no-slot = Choose a time of the timetable
reading-problem-slot = The pair reads another record at that time

# Reading.
reading-own-records = Records of your pair
reading-open = Open
reading-not-begun = Not begun
reading-saved-by = { $name }, { $at }
reading-last-saved = Last saved by { $name }, { $at }.
reading-problem-label = This label is not among the records of your pair. Check it against the list.
reading-locked = Both pairs have finished reading this record, and from now on both readings stay as they are. Where they differ, the inspection lead settles what holds.
reading-blind = Two pairs read this record, and one of them has not finished. Until then neither reading is shown.
reading-blind-short = still read by a pair
reading-still-reads = You see what others have read when your pair has finished all of its records.

# What differs and what holds.
reading-differences = Differences
reading-nothing-left = settled
reading-left-to-settle = { $count } to settle
reading-left-lead = { $count ->
    [0] Nothing is left to settle: the readings agree, or it has been said what holds.
    [one] On one question the readings differ, and nothing is settled yet.
   *[other] On { $count } questions the readings differ, and nothing is settled yet.
}
reading-both-kept = Both readings stay as they were finished. What was settled is what counts in results.
reading-read-at = Pair { $pair } ({ $name }, { $at })
reading-holds = What holds
reading-settle = Settle
reading-settle-again = Settle anew
reading-settle-now = This holds
reading-answer-holds = Which answer holds?
reading-no-answer-holds = None: the question does not apply
reading-number-hint = A whole number.
reading-or = Or
reading-problem-one-or-none = Write a number or mark that none holds, not both
reading-why-holds = Why does it hold?
reading-why-holds-hint = Write about the work. Name nobody.
reading-what-pairs-said = What each pair said
reading-settled-elsewhere = { $name } has settled this meanwhile. Both decisions are below; look at them, and send yours again if it should hold.
reading-versions = { $count ->
    [one] One decision
   *[other] { $count } decisions
}
reading-versions-caption = Decisions, the newest first

# Agreement.
reading-agreement-text = How often pairs that read the same record gave the same answers.
reading-agreement-none-text = Agreement can be told from records that two pairs have finished. It is worked out from their readings as they were finished, before anything was settled.
reading-agreement-lead = From records that two pairs read, each without seeing the other, before anything was settled. No measure says it all: look at the table of each question as well.
reading-agreement-picture = Percent agreement, question by question
reading-agreement-picture-text = The share of records on which pairs gave the same answer, with its interval at 95%.
reading-pairs-compared = pairs
reading-percent = Percent agreement
reading-alpha = Krippendorff’s alpha
reading-fleiss = Fleiss’ kappa
reading-ac = Gwet’s AC1
reading-ac2 = Gwet’s AC2
reading-kappa = Cohen’s kappa
reading-measures = What the measures say
reading-measure = Measure
reading-value = Value with its interval (95%)
reading-measure-percent = Percent agreement: how often two readings of a record are the same. It says nothing of chance. Its interval is a score interval over records.
reading-measure-alpha = Krippendorff’s alpha: 1 is always alike, 0 is no better than chance. For grades a near miss counts as less of a difference. Its interval comes from drawing the records again a thousand times, from a fixed seed.
reading-measure-fleiss = Fleiss’ kappa: the same idea for any number of pairs; its interval is from a standard error with records as the sample.
reading-measure-ac = Gwet’s AC1 (with weights AC2): steady where nearly all answers are the same, where kappa and alpha fall to 0 although readers agree.
reading-measure-kappa = Cohen’s kappa: for two pairs, on the page of each question, always with its weight.
reading-measure-interval = Intervals take the records that were read twice for a random part of very many.
reading-from-to-number = { $low } to { $high }
reading-undefined-nothing = no record was read twice
reading-undefined-one = not defined: everyone chose the same answer throughout
reading-undefined-below = not defined: a number is below 0
reading-no-range-one = no interval: only one record was read twice
reading-no-range-same = no interval: all records agree alike, which does not say how sure it is
reading-no-range-often = no interval: not defined in { $undefined } of { $rounds } samples
reading-no-range-rounds = no interval: too few samples
reading-weights-none = unweighted
reading-weights-linear = linear weights
reading-weights-quadratic = quadratic weights
reading-item-lead = { $count ->
    [0] No record was read twice on this question.
    [one] One record was read twice on this question.
   *[other] { $count } records were read twice on this question.
}
reading-level-nominal = answers without an order
reading-level-ordinal = answers in an order
reading-level-interval = numbers
reading-table = Which answers met
reading-table-text = How often two answers were given to the same record. On the diagonal stand those that agree, counted once for each reading.
reading-readings = Readings
reading-each-two = Each two pairs
reading-table-two = Their answers
reading-two = Pair { $first } and pair { $second }
reading-said-by = Pair { $name }

# Results.
reading-census = All { $population } records were read, so these are counts and no estimates: there is no interval.
reading-convention = { $read } of { $population } records were drawn by chance and read. Shares speak of all { $population }; each has an interval that holds the true share in 95 of 100 samples.
reading-convention-simple = Intervals are found by inverting a hypergeometric test, both ends included, and allow for how few records there are.
reading-convention-strata = Each stratum counts with its part of all records. Intervals over all are recovered from those of the strata, which are found by inverting a hypergeometric test.
reading-convention-part = So far { $read } of the { $drawn } records of the sample are read. Until all are, those read may differ from those not read yet.
reading-certainty = Interval (95%)
reading-interval-test = { $low }% to { $high }%
reading-interval-recovered = { $low }% to { $high }%, over strata
reading-no-interval-census = none: all records were read
reading-some-asked = none: only some records were asked this
reading-untold = cannot be told
reading-by-stratum = By stratum
reading-stratum = Stratum
reading-outside = Results that may leave the team
reading-outside-lead = Numbers below { $smallest } are hidden, and others where they would give those away. Page and file show the same.
reading-outside-csv = Download (CSV)
reading-outside-all-hidden = { $count } records have been read. Every number of them is below { $smallest } or would give one away, so none is shown.
reading-outside-hidden = Every number is hidden.
reading-outside-nothing = Fewer than { $smallest } records have been read, so nothing is shown.
reading-indicators = Records beside surveys
reading-indicators-text = What records show beside what staff and families say, indicator by indicator.
reading-indicators-lead = What the records show beside what staff and families say, indicator by indicator. Where they disagree, the gap is itself something to look into.
reading-indicators-caution = Records were drawn by chance. Whoever answers a survey chose to: an interval of a survey would hold only if those who answered were a random part of all, which nobody knows.
reading-indicator-nothing = Nothing yet
reading-indicator-nothing-text = No question about this indicator has answers that can be shown.
reading-source-records = { $count ->
    [one] One record
   *[other] { $count } records
}
reading-self-selected = { $low }% to { $high }% if those who answered were a random part; they chose to answer ({ $answered } of { $of })
reading-self-selected-none = none: people chose to answer

done-reading-window-set = Days and hours are set.
done-reading-window-extended = Records can be opened until then.
done-reading-twice-drawn = The records that are read twice are drawn. Give them out.
done-reading-given-out = Records are given out.
done-reading-pair-formed = The pair is formed.
done-reading-pair-changed = The pair is changed.
done-reading-pair-dissolved = The pair is dissolved. Give out what it had not begun.
done-reading-named = The person is on the list.
done-reading-place-changed = The list is changed.
done-reading-moved = The reading is moved.
done-reading-health-entitled = The person is entitled from now on.
done-reading-health-ended = The person is no longer entitled.
done-reading-settled = It is settled. Both readings stay as they were.
