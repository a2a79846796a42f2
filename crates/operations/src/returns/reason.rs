//! What people write beside a request: why something is not held, is withdrawn, or is wanted again. It stays in the audit
//! trail for good, after the documents themselves have been destroyed, so it identifies nobody.

use keyline_domain::reasons::{FieldProblem, Reason};

use crate::identifiers;
use crate::refused::{Refused, Result};

/// Most characters of one.
const MOST: usize = 2000;

/// A reason without the space around it. `missing` is the key of what is said when there is none; none when none is
/// wanted.
///
/// # Errors
/// [`Refused::Fields`] on `reason` when it is missing, too long or identifies somebody, and on `identifies_nobody` when
/// it may and its writer has not said that it does not.
pub(super) fn checked<'a>(
    written: &'a str,
    missing: Option<&'static str>,
    identifies_nobody: bool,
) -> Result<&'a str> {
    let written = written.trim();
    if let Some(missing) = missing
        && written.is_empty()
    {
        return Err(Refused::field("reason", missing));
    }
    let mut problems = identifiers::problems(&[("reason", written)], identifies_nobody);
    if written.chars().count() > MOST {
        problems.push(FieldProblem::new("reason", Reason::new("returns-problem-long")));
    }
    if problems.is_empty() { Ok(written) } else { Err(Refused::Fields(problems)) }
}
