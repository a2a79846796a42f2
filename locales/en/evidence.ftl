# Evidence: list, pictures, one piece, forms.
evidence-lead = Everything that was said, read, counted or seen, with what it is about and how strong it is, so that you see where more is needed.
evidence-by-indicator = How much there is for each indicator
evidence-list = All evidence
evidence-all = Show all evidence
evidence-record = Record evidence
evidence-save = Save
evidence-change = Change this evidence
evidence-withdraw = Withdraw this evidence
evidence-not-offered = Evidence cannot be recorded or changed now
evidence-narrow = Show a part of it
evidence-any = Any
evidence-which = Withdrawn evidence
evidence-standing = Leave it out
evidence-with-withdrawn = Show it too
evidence-empty-title = No evidence here
evidence-empty-text = Nothing has been recorded that fits. Record what a session, a survey, a record or a document has shown, or show a larger part.
evidence-newer = Newer
evidence-older = Older
evidence-pages = Pages of the list
evidence-indicator = Quality indicator
evidence-kind = Kind
evidence-strength = Strength
evidence-tags = About
evidence-title = Title
evidence-body = What was said, read, counted or seen
evidence-speaks-of = The day it speaks of
evidence-source = Source
evidence-written = Recorded
evidence-saved = Last changed
evidence-by = { $by }, { $at }
evidence-no-source = No source is linked
evidence-findings = Findings that rest on it
evidence-no-findings = No finding rests on this evidence yet.
evidence-withdrawn = Withdrawn
evidence-withdrawn-by = Withdrawn by { $by } on { $day }. The reason:
evidence-withdraw-reason = Why does it no longer stand?
evidence-withdraw-rested = Findings rest on this evidence. Without it they may rest on one kind alone; then they are marked, and the panel waits until that is mended.
evidence-unconfirmed = { $title } (not confirmed)
evidence-none = No evidence
evidence-thin = Thin: fewer than two kinds
evidence-kinds = { $count ->
    [one] { $count } kind
   *[other] { $count } kinds
}
evidence-pieces = { $count ->
    [one] { $count } piece of evidence
   *[other] { $count } pieces of evidence
}
evidence-picture = { $pieces } pieces of evidence of { $kinds } kinds, divided by strength.
evidence-as-table = The same as a table

evidence-kind-survey = Survey
evidence-kind-record = Records read
evidence-kind-focus_group = Focus group
evidence-kind-discussion = Discussion
evidence-kind-observation = Observation
evidence-kind-document = Document
evidence-kind-return = Pre-inspection return
evidence-strength-no_significant_concern = No significant concern
evidence-strength-no_significant_concern-hint = What you saw works; later activity confirms it.
evidence-strength-uncertain = Uncertain
evidence-strength-uncertain-hint = Later activity has to find out more.
evidence-strength-concern = Concern
evidence-strength-concern-hint = A concern about the quality of services. If somebody may be at risk, raise a concern at once instead.

evidence-form-lead = Write so that a colleague who was not there understands it. Staff are named by what they do, never by name; children not at all.
evidence-title-hint = One line for lists.
evidence-body-hint = Name no child. No dates of birth, postcodes, CHI numbers.
evidence-speaks-of-hint = When it was said, read or seen, not the day on which you write it down.
evidence-indicators = Quality indicators that are graded
evidence-indicators-hint = Choose at least one indicator, here or below, or one line of enquiry.
evidence-indicators-further = Other indicators of the framework
evidence-lines = Lines of enquiry
evidence-source-hint = The survey, session, document or return that it comes from, so that a reader can go back to it.
evidence-from-survey = Survey: { $name }
evidence-from-session = { $name }, { $day }
evidence-from-volunteer = { $name }, { $day }, in the words of a young inspection volunteer
evidence-from-document = Document: { $name }
evidence-from-return = Pre-inspection return: { $name }
evidence-from-sample = The sample of records
evidence-nobody-legend = Something you wrote may identify somebody
evidence-nobody = I have checked: this identifies nobody

evidence-day-ahead = The day lies ahead. Write the day it speaks of
evidence-untagged = Choose at least one indicator or one line of enquiry
evidence-unknown-tag = “{ $tag }” is not one of the tags of this programme
evidence-unknown-source = This source is not one of this inspection. Choose one of the list
evidence-withdrawn-already = This evidence has been withdrawn and can no longer be changed.
evidence-tag-needed = A finding on indicator { $indicator } rests on this evidence, so it stays tagged to that indicator or its line of enquiry. Take it out of the finding first
problem-text-long = Shorten this: it may have { $limit } characters, and has { $over } too many

identifier-chi = This looks like a CHI number: { $found }. Take it out
identifier-birth = This looks like a date of birth: { $found }. Take it out; an age in years is enough
identifier-postcode = This looks like a postcode: { $found }. Take it out
identifier-name = This looks like the name of a person: { $found }. Say what the person does instead
identifier-number = This could be used to find a person: { $found }. Take it out
identifier-doubt = “{ $found }” may identify somebody. Take it out, or confirm that you have checked

# Why something is taken for an identifier.
identifier-because-date-and-check-digit = Ten digits that begin with a date of birth and end with the right check digit
identifier-because-check-digit-in-groups = Ten digits with the right check digit, in the groups in which such a number is written
identifier-because-check-digit-alone = Ten digits with the right check digit, as one number in eleven has by chance
identifier-because-called-so = Called so by the word “{ $word }” before it
identifier-because-written-so = Written as such a number is, with a date of birth; the check digit is wrong
identifier-because-lost-zero = Nine digits that are such a number with the zero put back that a spreadsheet took away
identifier-because-letters-and-digits = Two letters that are given out, six digits and a letter
identifier-because-mailbox = A mailbox and a domain
identifier-because-mobile = Begins as mobile numbers do
identifier-because-landline = Begins as numbers of homes and offices do
identifier-because-service-number = Begins as numbers of helplines and switchboards do
identifier-because-country-code = Begins with the code of a country
identifier-because-postcode-shape = Has the shape of a postcode, in an area that exists
identifier-because-district-shape = Looks like the first half of a Scottish postcode
identifier-because-full-date = A full date, of whatever
identifier-because-title = “{ $word }” stands before it
identifier-because-relation = “{ $word }” stands before it
identifier-because-introduced = Introduced as a name by “{ $word }”
identifier-because-full-name = A known forename with a surname
identifier-because-surname-first = A known surname and, behind a comma, a known forename
identifier-because-initial-and-surname = An initial and a known surname
identifier-because-forename = A known forename
identifier-because-forename-in-context = A forename that is also something else, and the words around it speak of a person
identifier-because-forename-or-word = A forename that is also a place, a month or a word
identifier-because-header = The heading of the column says so
identifier-because-values = { $matching } of { $filled } cells of the column look so

done-evidence-recorded = The evidence is recorded.
done-evidence-changed = The evidence is saved.
done-evidence-withdrawn = The evidence is withdrawn.
