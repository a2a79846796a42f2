//! What is done for the service as a whole and in no inspection: writing what the public is told.
//!
//! A duty is given by an administrator. It opens no inspection, and an administrator without one writes nothing.

use crate::evidence::worded;

worded! {
    /// What somebody does for the service as a whole.
    Duty {
        /// Keeps the texts of programmes.
        MethodologyOfficer = "methodology-officer",
        /// Tells the public what is new.
        Communications = "communications",
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
        ServiceAction::SeePages | ServiceAction::WriteNews => true,
        // Words about the method are the method's: whoever tells news does not change them.
        ServiceAction::EditPages | ServiceAction::PublishPages => duty == Duty::MethodologyOfficer,
    }
}
