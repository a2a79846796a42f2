# Devices that fill forms in away from the network. What begins with "device-" and is not on the page of the devices is
# shown by the app on the device.
voices-devices = Devices
voices-devices-text = Fill conversation guides and surveys in without a network, with ODK Collect or KoboCollect.
devices-lead = Where there is no network, an app on a phone or a tablet holds the forms and sends what you filled in later. ODK Collect and KoboCollect do; both are free. A device gets a password of its own that opens nothing else.
devices-own = Your devices in this inspection
devices-empty-title = No device yet
devices-empty-text = Add one below.
device-needs-tls = This installation is not reached over https://. ODK Collect and KoboCollect do not send a password without it, so they cannot get forms here.
device-name = Name of the device
device-name-hint = So that you know which one it is, for example “Tablet of the team”.
device-made = Added
device-end = End
device-add-title = Add a device
device-add = Add the device
device-added-title = { $name } is added
device-added = Type these into the settings of the app, under “Server”. The password is shown on this page only; if it is lost, end the device and add it again.
device-server = Address of the server
device-user = User name
device-password = Password
device-forms-title = Forms that your device is given
device-forms-none = None at the moment.
device-forms-text = A survey that is opened with printed codes is not among them. Send what is waiting in the app before you end a device or give it back, and delete sent forms there.
done-device-ended = The device is ended. It can send nothing any more.
devices-too-many = You have { $most } devices here. End one that you do not use any more.
problem-device-name = Use at most { $limit } characters

# Notes that came from a device.
received-title = From your devices
received-text = Only you see these. Write each up as a note, which the team sees, and then remove it here.
received-write-up = Write it up as a note
received-sealed = The key of this installation was lost, so nobody can open this any more. If it is still on the device, write it up from there.
received-remove = Remove
done-received-removed = What the device sent is removed.

# Said on the device.
device-sign-in = The user name is your e-mail address, the password is that of the device. You add devices on the page “Devices” of the inspection.
device-wait = Too many wrong passwords. Try again in { $seconds } seconds.
device-not-here = There is nothing here for you. Your part in this inspection may have ended, or your declaration of interest is missing.
device-taken = Received, and safely stored.
device-no-such-form = This form is not among yours. It may have been withdrawn. What you filled in stays on the device.
device-other-version = This version of the form is not asked any more. Get the form again. What you filled in stays on the device; copy it over, or key it in on the web.
device-other-bytes = Something else was received under the same number before, and has been kept. Nothing was changed. What you filled in stays on the device.
device-correction = What was sent cannot be changed from a device. Change the note on the web, or fill in a new form.
device-closed = { $why } What you filled in stays on the device.
device-not-now = { $why } What you filled in stays on the device; send it again later.
device-faults = These answers are not accepted: { $what }. Change them on the device and send again.
device-not-in-form = The form has no place for this: { $what }. Nothing was kept here. What you filled in stays on the device.
device-not-text = This could not be read: it is no text in UTF-8. What you filled in stays on the device.
device-not-xml = This could not be read: it is not well-formed XML. What you filled in stays on the device.
device-too-deep = This could not be read: its elements are nested deeper than those of any form. What you filled in stays on the device.
device-no-id = This could not be read: it has no instanceID of its own. What you filled in stays on the device.
device-no-parts = This could not be read: it is not multipart/form-data, or it broke off. What you filled in stays on the device.
device-no-answers = This could not be read: the part xml_submission_file is missing. What you filled in stays on the device.
device-too-large = This is larger than { $limit } megabytes. Nothing was kept here. What you filled in stays on the device.
