//! A day in three boxes: people type a day that they know faster than they find it in a calendar.

use keyline_words::Words;
use maud::{Markup, html};

use super::forms::Field;

/// A day as it was typed: the fields `NAME-day`, `NAME-month` and `NAME-year` of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateTyped {
    /// Day of the month.
    pub day: String,
    /// Month, as a number.
    pub month: String,
    /// Year, four digits.
    pub year: String,
}

impl DateTyped {
    /// Takes the three fields out of a form.
    pub fn of<'f>(name: &str, get: impl Fn(&str) -> &'f str) -> Self {
        let part = |suffix: &str| get(&format!("{name}-{suffix}")).trim().to_owned();
        Self { day: part("day"), month: part("month"), year: part("year") }
    }

    /// The day that was meant.
    ///
    /// # Errors
    /// When the three numbers are no day of the calendar.
    pub fn date(&self) -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(self.year.parse().ok()?, self.month.parse().ok()?, self.day.parse().ok()?).ok()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.day.is_empty() && self.month.is_empty() && self.year.is_empty()
    }
}

impl From<jiff::civil::Date> for DateTyped {
    fn from(day: jiff::civil::Date) -> Self {
        Self { day: day.day().to_string(), month: day.month().to_string(), year: day.year().to_string() }
    }
}

/// A day in three boxes. The first box has the field's name as its id, so that the error summary leads there.
pub fn date_field(field: &Field<'_>, typed: &DateTyped, words: Words<'_>) -> Markup {
    let name = field.name;
    let boxes = [
        ("day", "date-day", &typed.day, "ds_input--fixed-2"),
        ("month", "date-month", &typed.month, "ds_input--fixed-2"),
        ("year", "date-year", &typed.year, "ds_input--fixed-4"),
    ];
    field.group(&html! {
        div class="kl_date-boxes" {
            @for (n, (suffix, label, value, width)) in boxes.into_iter().enumerate() {
                @let id = if n == 0 { name.to_owned() } else { format!("{name}-{suffix}") };
                div {
                    label class="ds_label kl_label--small" for=(id) { (words.t(label)) }
                    input class={ "ds_input " (width) @if field.error.is_some() { " ds_input--error" } } type="text"
                        inputmode="numeric" id=(id) name={ (name) "-" (suffix) } value=(value)
                        aria-invalid=[field.error.as_ref().map(|_| "true")];
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_boxes_are_a_day_or_none() {
        let form = |key: &str| match key {
            "due-day" => " 9",
            "due-month" => "2",
            "due-year" => "2027",
            _ => "",
        };
        let typed = DateTyped::of("due", form);
        assert_eq!(typed.date(), Some(jiff::civil::date(2027, 2, 9)));
        assert_eq!(DateTyped::from(jiff::civil::date(2027, 2, 9)), typed);
        assert_eq!(DateTyped { day: "30".into(), ..typed }.date(), None);
        assert!(DateTyped::of("other", form).is_empty());
    }
}
