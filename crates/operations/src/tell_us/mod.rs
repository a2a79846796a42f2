//! Tell us: the public channel. Sending, coming back with a receipt, reading and deciding, forgetting.
//!
//! Nothing here writes an audit entry about whoever sends: it would tell the time. What handlers do is in the trail.

mod decide;
mod handle;
mod send;
mod tidy;
pub mod waiting;
mod with_receipt;

pub use decide::{AsConcern, DecideMessage, decide_message};
pub use handle::{AnswerMessage, OpenedMessage, Said as Heard, answer_message, note_evidence, open_message};
pub use send::{Once, SendMessage, Sent, send_message};
pub use tidy::tidy;
pub use waiting::{Waiting, tell_overdue, waiting_for};
pub(crate) use with_receipt::receipt;
pub use with_receipt::{OwnMessage, add_to_message, delete_message, read_message};

use jiff::civil::Date;
use keyline_domain::access::{Action, Actor};
use keyline_domain::clock::day_of;
use keyline_domain::concerns::clocks::{Rules, Step};
use keyline_domain::ids::InspectionId;
use keyline_domain::inspections::calendar::Calendar;
use keyline_store::inspections;

use crate::context::Cx;
use crate::refused::Result;

/// The rules for messages of an inspection, or of none, and the day by which one that comes now is decided about.
async fn rules(cx: &Cx, inspection: Option<InspectionId>) -> Result<(Rules, Date)> {
    let (rules, calendar) = match inspection {
        Some(id) => {
            let grant = cx.grant(&Actor::Clock, id, Action::SeeInspection).await?;
            let row = inspections::get(&mut cx.read().await?, &grant).await?;
            (cx.programme(&row)?.concerns.clone(), cx.library.calendar(&row.area))
        }
        None => (Rules::default(), Calendar::scotland(Vec::new())),
    };
    let due = day_of(rules.due(Step::Triage, false, cx.now(), &calendar));
    Ok((rules, due))
}
