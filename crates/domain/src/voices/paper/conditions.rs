//! `relevant` said in words, where it asks for one answer of one question.
//!
//! What [`one_of`] does not understand is left to the reader with [`PaperWords::if_it_applies`]: a sentence that says more
//! than half of a condition would be wrong.

use std::collections::BTreeMap;

use keyline_forms::expression::one_of;
use keyline_forms::form::Form;

use super::{PaperWords, questions};

/// The condition as a sentence. `numbers` are the printed numbers by name.
pub(super) fn in_words(
    written: &str,
    form: &Form,
    wanted: &str,
    numbers: &BTreeMap<&str, usize>,
    words: &PaperWords<'_>,
) -> String {
    let sentence = || {
        let (question, values) = one_of(written)?;
        let number = numbers.get(question.as_str())?;
        let list = form.list(form.question(&question)?.list()?)?;
        let label = |value: &String| list.choice(value).map(|choice| questions::label(choice, form, wanted));
        let labels = values.iter().map(label).collect::<Option<Vec<_>>>()?;
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        Some((words.only_if)(&labels, *number))
    };
    if written.trim().is_empty() {
        String::new()
    } else {
        sentence().unwrap_or_else(|| words.if_it_applies.clone())
    }
}
