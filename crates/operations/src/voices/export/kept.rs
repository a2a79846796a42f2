//! Answers as they are kept, handed on while they are still being read: a file of a hundred thousand answers is made on
//! one core while the database reads on the other, and nobody who writes waits for either.

use std::sync::{Arc, OnceLock};

/// Answers, as JSON objects, in the order in which they are read. May be gone through more than once; whoever comes to
/// the end of what has been read waits for more.
#[derive(Debug)]
pub(super) struct Kept(Arc<Part>);

/// The one end at which answers are added. Dropped before [`Adding::end`], it leaves the others with [`BrokenOff`].
#[derive(Debug)]
pub(super) struct Adding {
    last: Arc<Part>,
    count: usize,
}

/// The answers were not read to their end.
#[derive(Debug, thiserror::Error)]
#[error("the answers could not be read to their end")]
pub(super) struct BrokenOff;

#[derive(Debug)]
struct Part {
    answers: Vec<String>,
    next: OnceLock<Next>,
}

#[derive(Debug)]
enum Next {
    More(Arc<Part>),
    End,
    BrokenOff,
}

impl Part {
    fn new(answers: Vec<String>) -> Arc<Self> {
        Arc::new(Self { answers, next: OnceLock::new() })
    }
}

impl Kept {
    /// No answers yet, and the end at which they are added.
    pub(super) fn new() -> (Self, Adding) {
        let first = Part::new(Vec::new());
        (Self(first.clone()), Adding { last: first, count: 0 })
    }

    /// Shows each answer, and waits for those that have not been read yet. To be called where waiting does no harm.
    ///
    /// # Errors
    /// The first that `show` returns, and [`BrokenOff`] when no more answers come.
    pub(super) fn each<'a, E: From<BrokenOff>>(
        &'a self,
        mut show: impl FnMut(&'a str) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut part = &self.0;
        loop {
            part.answers.iter().try_for_each(|answer| show(answer))?;
            match part.next.wait() {
                Next::More(next) => part = next,
                Next::End => return Ok(()),
                Next::BrokenOff => return Err(BrokenOff.into()),
            }
        }
    }
}

impl Adding {
    /// Adds what was read.
    pub(super) fn add(&mut self, answers: Vec<String>) {
        self.count += answers.len();
        let part = Part::new(answers);
        // This is the only end, so nothing stands there yet.
        let _ = self.last.next.set(Next::More(part.clone()));
        self.last = part;
    }

    /// That was all. Gives how many there are.
    pub(super) fn end(self) -> usize {
        let _ = self.last.next.set(Next::End);
        self.count
    }
}

impl Drop for Adding {
    fn drop(&mut self) {
        let _ = self.last.next.set(Next::BrokenOff);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(kept: &Kept) -> Result<Vec<&str>, BrokenOff> {
        let mut all = Vec::new();
        kept.each(|answer| {
            all.push(answer);
            Ok(())
        })
        .map(|()| all)
    }

    #[test]
    fn what_is_added_later_is_waited_for_and_may_be_read_again() {
        let (kept, mut adding) = Kept::new();
        std::thread::scope(|threads| {
            let reader = threads.spawn(|| all(&kept));
            adding.add(vec!["a".to_owned(), "b".to_owned()]);
            adding.add(vec!["c".to_owned()]);
            assert_eq!(adding.end(), 3);
            assert_eq!(reader.join().unwrap().unwrap(), ["a", "b", "c"]);
        });
        assert_eq!(all(&kept).unwrap(), ["a", "b", "c"]);
    }

    #[test]
    fn whoever_waits_is_told_when_no_more_comes() {
        let (kept, mut adding) = Kept::new();
        adding.add(vec!["a".to_owned()]);
        drop(adding);
        assert!(all(&kept).is_err());
    }
}
