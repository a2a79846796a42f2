# Signing in.
link-title = Sign in to Keyline
link-explained = This link signs you in on this device. Do not pass it on.

# Roles.
role-lead = Inspection lead
role-depute = Depute inspection lead
role-inspector = Inspector
role-associate-assessor = Associate assessor
role-young-inspection-volunteer = Young inspection volunteer
role-involvement-adviser = Involvement adviser
role-strategic-support-officer = Strategic support officer
role-service-manager = Service manager
role-panel-chair = Panel chair
role-panel-member = Panel member
role-link-inspector = Link inspector
role-inspection-coordinator = Inspection coordinator
role-participation-lead = Participation lead
role-local-lead-for-concerns = Local lead for concerns
role-record-reader = Record reader
role-chief-officer = Chief officer

# Signing in with a password, a code, a passkey.
field-email = E-mail address
field-password = Password
field-code = Code from your authenticator app
field-code-hint = Six digits, new every half minute
field-name = Name
field-designation = Designation
field-organisation = Organisation
continue = Continue
sign-in-wrong = Address and password do not fit together. Check both and try again.
sign-in-wait = Too many wrong attempts for this account. Try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}, or use a passkey. Nobody else is held up.
sign-in-wait-address = Too many attempts from your network. Try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}.
sign-in-help = No password yet, or forgotten? Ask the administrator of your organisation for a link that signs you in.
sign-in-passkey-title = Or without a password
sign-in-passkey = Sign in with a passkey
sign-in-code-title = One more step
problem-code = This code is not right, or it was used before. Wait for the next one and type it in.
passkey-not-good = This passkey could not be used. Try again, or sign in with your password.
passkey-not-made = The passkey could not be made. Try again.

# The own account.
account-password = Password
account-password-set = Set the password
field-password-old = Present password
field-password-new = New password
field-password-hint = At least { $count } characters. A few words that belong together only for you are easy to remember.
field-password-again = New password, once more
problem-password-old = This is not your present password
problem-password-length = Use at least 12 and at most 200 characters
problem-password-like-address = Do not use your address in the password
problem-password-again = The two new passwords differ
account-second-factor = Second factor
second-factor-on = Switched on
second-factor-off = Switched off
second-factor-explained = A code from an app on your phone, besides the password. Who learns your password still cannot sign in.
second-factor-begin = Set up the second factor
second-factor-scan = Open your authenticator app and take a picture of this.
second-factor-picture = Picture for the authenticator app. The same secret stands below as text.
second-factor-type = Or type this secret into the app.
second-factor-switch-on = Switch on
second-factor-remove = Switch off
account-passkeys = Passkeys
passkeys-explained = A passkey signs you in with the lock of your phone or computer. It cannot be guessed or phished.
passkey-name = Name of the passkey
passkey-name-hint = For example: work phone
passkey-made = Made
passkey-used = Last used
passkey-never = Never
passkey-remove = Remove
passkey-make = Make a passkey
passkey-needs-script = Making a passkey needs JavaScript; everything else works without.
account-sessions = Where you are signed in
session-device = Device
session-means = Signed in with
session-begun = Since
session-seen = Last seen
session-end = End
session-this = This one
session-unknown = Unknown device
means-password = Password
means-password-and-code = Password and code
means-passkey = Passkey
means-link = Link
means-awaiting-code = Code still to come
done-password-set = Your password is set. Your other sessions have ended.
done-second-factor-on = The second factor is switched on.
done-second-factor-off = The second factor is switched off.
done-passkey-made = The passkey is ready to use.
done-passkey-removed = The passkey is removed.
done-session-ended = That session has ended.

# Accounts, for administrators.
account-enabled = In use
account-disabled = Disabled
account-administrator = Administrator
account-state = State
account-actions = Actions
account-make-link = Make a sign-in link
account-disable = Disable
account-enable = Enable
account-new = New account
account-make = Make the account
account-rights = Rights
account-is-administrator = Administrator
account-is-administrator-hint = Manages accounts and sets up inspections. It opens no inspection.
account-link-made = Hand this link to the person yourself. It works once, within the hour, and is not shown again.
own-account = You cannot disable your own account.
done-account-changed = The account is changed.

duties-title = Who does what for the service as a whole
duties-lead = Whom you name here writes for the public, handles messages about services in general, or looks after young inspection volunteers. A duty opens no inspection, and being an administrator opens none of this.
duties-none-title = Nobody is named yet
duties-none = Give somebody a duty below. Until then nobody can change what the public reads, and what people send waits, sealed.
duty-heading = Duty
duty-since = Since
duty-end = End
duty-give = Give a duty
duty-person = Person
duty-methodology-officer = Methodology officer
duty-methodology-officer-hint = Edits and publishes pages, writes news.
duty-communications = Communications
duty-communications-hint = Sees pages and their drafts, writes news and announces meetings.
duty-message-handler = Handler of messages
duty-message-handler-hint = Reads and answers what the public writes that belongs to no inspection. Needs a care key.
duty-volunteer-lead = Looks after volunteers
duty-volunteer-lead-hint = Reads what people write who want to volunteer, and decides about checks, training and money. Needs a care key.
done-duties-changed = The duties are changed
