//! What is done for the service as a whole and in no inspection: writing what the public is told, handling messages about
//! services in general, looking after young inspection volunteers.
//!
//! A duty is given by an administrator. It opens no inspection, and an administrator without one does none of it.

use crate::evidence::worded;

worded! {
    /// What somebody does for the service as a whole.
    Duty {
        /// Keeps the texts of programmes.
        MethodologyOfficer = "methodology-officer",
        /// Tells the public what is new.
        Communications = "communications",
        /// Reads and answers what the public writes about services in general.
        MessageHandler = "message-handler",
        /// Leads participation for the scrutiny bodies: looks after young inspection volunteers.
        VolunteerLead = "volunteer-lead",
    }
}

impl Duty {
    /// Whether it means reading what is sealed to who has it.
    pub fn reads_sealed(self) -> bool {
        matches!(self, Self::MessageHandler | Self::VolunteerLead)
    }
}

worded! {
    /// What can be done for the service as a whole.
    ServiceAction {
        /// See the pages of programmes with their drafts and earlier texts.
        SeePages = "see-pages",
        /// Write a page, restore an earlier text.
        EditPages = "edit-pages",
        /// Publish the text of a page.
        PublishPages = "publish-pages",
        /// Write, publish and take back news and meetings.
        WriteNews = "write-news",
        /// Read, answer and decide messages that belong to no inspection.
        HandleMessages = "handle-messages",
        /// See and decide what concerns young inspection volunteers.
        LookAfterVolunteers = "look-after-volunteers",
    }
}

impl ServiceAction {
    /// Whether it writes.
    pub fn writes(self) -> bool {
        self != Self::SeePages
    }
}

/// Whether a duty permits an action.
pub fn duty_permits(duty: Duty, action: ServiceAction) -> bool {
    match action {
        ServiceAction::SeePages | ServiceAction::WriteNews => {
            matches!(duty, Duty::MethodologyOfficer | Duty::Communications)
        }
        // Words about the method are the method's: whoever tells news does not change them.
        ServiceAction::EditPages | ServiceAction::PublishPages => duty == Duty::MethodologyOfficer,
        ServiceAction::HandleMessages => duty == Duty::MessageHandler,
        ServiceAction::LookAfterVolunteers => duty == Duty::VolunteerLead,
    }
}
