//! Setting up and running an inspection: people, plan, letters, calendar.

mod accept_invitation;
mod calendar;
mod change_version;
mod dated_plan;
mod interest;
mod invite;
mod move_step;
mod notification;
mod notify;
mod set_up;
mod team;

pub use accept_invitation::{AcceptInvitation, Accepted, Offered, accept_invitation, offered};
pub use calendar::{acts_in, calendar_owner, end_calendar, make_calendar, parties_of};
pub use change_version::{
    ChangeProgrammeVersion, VersionPreview, change_programme_version, other_versions, version_preview,
};
pub use dated_plan::{DatedPlan, dated_plan, planned};
pub use interest::{DecideInterest, DeclareInterest, decide_interest, declare_interest};
pub use invite::{Invite, Invited, invitation_waits, invite, renew_invitation, withdraw_invitation};
pub use move_step::{FinishStep, MoveStep, finish_step, move_step};
pub use notification::REPLY_WORKING_DAYS;
pub use notify::{
    Holder, NotificationPreview, Notify, SentLetter, notification_preview, notify, open_letter,
    renew_letter_link,
};
pub use set_up::{FirstMember, SetUp, set_up};
pub(crate) use team::may_have;
pub use team::{AddMember, EndRole, add_member, end_role, role_action};
