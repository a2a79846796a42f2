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
