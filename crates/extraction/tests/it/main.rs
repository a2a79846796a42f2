//! Files of strangers, read: those in `tests/fixtures` by other people's programs (made by `make.py` there), the others
//! made here. All content is fictional.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod formats;
mod hostile;
mod made;
mod pictures;
mod previews;
mod process;
mod random;
