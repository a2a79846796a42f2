//! Every component in every state, with fictional content: what the tests check and what designers look at.
//! `cargo run -p keyline-web --example gallery -- DIR` writes it as files.

use keyline_words::Words;
use maud::{Markup, html};

use super::{
    Button, Choice, Column, DateTyped, Field, Kind, Moment, Tone, button, button_group, button_warning,
    callout, card, cards, checkboxes, compare, data_table, date_field, details, details_open, empty_state,
    fieldset, figure_tile, figures, file_field, form, form_multipart, hidden, inset, link_button,
    link_button_secondary, not_offered, notification, number_field, pagination, password_field, person_chip,
    progress_bar, radios, section_nav, select, summary_list, table, tag, task_list, text_area, text_field,
    timeline, warning,
};

/// Every component in its states, as the body of a page.
pub fn gallery(words: Words<'_>) -> Markup {
    html! {
        p class="kl_lead" {
            "Every component of the pages in its states. The area, the people and the numbers are fictional."
        }
        (notices())
        (states())
        (words_and_lists())
        (tables_and_numbers())
        (controls(words))
        (choices())
        (buttons())
    }
}

/// The list of problems that belongs to the fields in error of the [`gallery`].
fn gallery_problems() -> Vec<(String, String)> {
    vec![
        ("title".into(), "Write a title".into()),
        ("due-wrong".into(), "Write a day of the calendar".into()),
        ("strength".into(), "Choose one".into()),
    ]
}

fn notices() -> Markup {
    html! {
        h2 { "Notices" }
        (notification("The record was read and saved", "The second reader can open it now."))
        (warning("Warning", &html! { p { "Once the survey is closed it cannot be opened again." } }))
        (inset(&html! { p { "Weeks are counted from the notification. Weeks of school holidays are not counted." } }))
        (not_offered("The report cannot be sent yet", &[
            "Two indicators have no agreed grade.".into(),
            "One finding rests on evidence of one kind and gives no reason.".into(),
        ]))
        (callout("Before you start", &html! { p { "Have the list of children's references beside you. It holds no names." } }))
        (empty_state("No evidence yet", "What you read, hear and see in this inspection is noted here.",
            Some(("/evidence/new", "Note evidence"))))
        (details_open(true, "What is wrong in here", &html! { p { "Something in it has a fault, so it is open." } }))
        (details("Why do we ask this?", &html! { p { "Because nobody should be asked twice for the same thing." } }))
    }
}

fn states() -> Markup {
    html! {
        h2 { "States" }
        p {
            (tag(Tone::Neutral, "Not started")) " " (tag(Tone::Active, "Under way")) " " (tag(Tone::Good, "Done")) " "
            (tag(Tone::Warn, "Thin")) " " (tag(Tone::Bad, "3 days late"))
        }
        (progress_bar("records-read", "Records read", 41, 60, "41 of 60"))
        (task_list(&[
            ("Notify the partnership".into(), Some("/notify".into()), Tone::Good, "Done".into(), None),
            ("Open the staff survey".into(), Some("/survey".into()), Tone::Active, "Yours to do".into(),
                Some(html! { "Open from 4 to 29 January 2027" })),
            ("Agree the grades".into(), None, Tone::Neutral, "Not yet".into(),
                Some(html! { "Two inspectors have not graded." })),
        ]))
        (timeline(&[
            Moment { when: ("2026-11-23".into(), "23 November 2026".into()), title: html! { "Notification" },
                note: None, state: Some((Tone::Good, "Sent".into())) },
            Moment { when: ("2026-12-14".into(), "14 December 2026".into()), title: html! { "Pre-inspection return" },
                note: Some(html! { "Two columns were refused: they looked like postcodes." }),
                state: Some((Tone::Bad, "Late".into())) },
            Moment { when: ("2027-01-11".into(), "11 January 2027".into()), title: html! { "Records are read" },
                note: None, state: Some((Tone::Active, "Under way".into())) },
            Moment { when: ("2027-05-04".into(), "4 May 2027".into()), title: html! { "Publication" }, note: None,
                state: None },
        ]))
    }
}

fn words_and_lists() -> Markup {
    html! {
        h2 { "Lists and cards" }
        (cards(&html! {
            (card("/inspections/strathmarnock", "Strathmarnock: children at home on orders", &html! {
                p { "Week 6 of 21. Two things wait for you." } p { (tag(Tone::Bad, "1 late")) }
            }))
            (card("/inspections/glenorrin", "Glenorrin: children at home on orders", &html! {
                p { "Week 17 of 21. Nothing waits for you." } p { (tag(Tone::Good, "On time")) }
            }))
        }))
        (summary_list(&[
            ("Area".into(), html! { "Strathmarnock" }),
            ("Notified on".into(), html! { "23 November 2026" }),
            ("Lead".into(), person_chip("Morag Sinclair", "Inspection lead")),
        ]))
        (compare("What you wrote", "Most children told us that they feel safe at home.",
            "What Iain saved at 10:42", "Many children told us that they feel safe at home and at school."))
        (section_nav("Rooms of this gallery", &[
            ("/a".into(), "Overview".into(), true), ("/b".into(), "Plan".into(), false),
            ("/c".into(), "Evidence".into(), false),
        ]))
        (pagination("Pages", Some(("?page=1", "Newer")), Some(("?page=3", "Older"))))
    }
}

fn tables_and_numbers() -> Markup {
    html! {
        h2 { "Numbers and tables" }
        (figures(&html! {
            (figure_tile("60", "records in the sample", Some("of 148 in the cohort")))
            (figure_tile("212", "staff have answered", Some("closes on 29 January")))
            (figure_tile("3", "things are late", None))
        }))
        (data_table("Answers by group", &[Column::text("Group"), Column::number("Invited"), Column::number("Answered"),
            Column::number("Share")], &[
            vec![html! { "Social work" }, html! { "180" }, html! { "96" }, html! { "53%" }],
            vec![html! { "Health" }, html! { "240" }, html! { "71" }, html! { "30%" }],
            vec![html! { "Education" }, html! { "1,020" }, html! { "45" }, html! { "4%" }],
        ]))
        (table("Who is on the team", &["Name", "Body", "Opens"], &[
            vec![html! { "Morag Sinclair" }, html! { "Care Inspectorate" }, html! { a href="/people/1" { "Morag's page" } }],
            vec![html! { "Iain Ross" }, html! { "HMICS" }, html! { a href="/people/2" { "Iain's page" } }],
        ]))
    }
}

fn controls(words: Words<'_>) -> Markup {
    let due = Field::new("due", "When is it due?").hint("For example 27 3 2027");
    let wrong =
        Field::new("due-wrong", "When was it sent?").error(Some("Write a day of the calendar".into()));
    html! {
        h2 { "Forms" }
        (form("/gallery", &html! {
            (hidden("version", 7))
            (text_field(&Field::new("name", "Your name").autocomplete("name").value("Morag Sinclair"), "text"))
            (text_field(&Field::new("title", "Title").hint("A short sentence").error(Some("Write a title".into())), "text"))
            (text_field(&Field::new("e-mail", "E-mail address").autocomplete("email"), "email"))
            (password_field(&Field::new("password", "Password").autocomplete("current-password")))
            (number_field(&Field::new("hours", "Hours it took").hint("A whole number").value("12")))
            (text_area(&Field::new("note", "What did you see?").hint("No names of children or of staff").optional(words), 5))
            (date_field(&due, &DateTyped { day: "27".into(), month: "3".into(), year: "2027".into() }, words))
            (date_field(&wrong, &DateTyped { day: "31".into(), month: "2".into(), year: "2027".into() }, words))
            (button("Save"))
        }))
        (form_multipart("/gallery/upload", &html! {
            (file_field(&Field::new("return", "Pre-inspection return").hint("An Excel workbook or a CSV file"), ".xlsx,.csv", false))
            (button("Send"))
        }))
    }
}

fn choices() -> Markup {
    let strength = |name| Field::new(name, "How strong is it?");
    html! {
        h2 { "Choices" }
        (form("/gallery", &html! {
            (radios(&strength("strength").hint("Grade on your own").error(Some("Choose one".into())), &[
                Choice::new("none", "No significant concern", false),
                Choice::new("unsure", "Uncertain", false).hint("Something is missing, or sources disagree"),
                Choice::new("concern", "Concern", false),
            ]))
            (checkboxes(&Field::new("lines", "Lines of enquiry"), &[
                Choice::new("1", "Safe and well", true), Choice::new("2", "Heard and included", false),
            ]))
            (select(&Field::new("indicator", "Indicator"), &[
                Choice::new("2.1", "2.1 Impact on children and young people", true),
                Choice::new("5.3", "5.3 Care planning, managing risk", false),
            ]))
            (fieldset("The supporter", Some("Somebody the young person trusts"), &html! {
                (text_field(&Field::new("supporter", "Designation"), "text"))
            }))
            (button("Continue"))
        }))
    }
}

fn buttons() -> Markup {
    html! {
        h2 { "Buttons" }
        (form("/gallery", &button_group(&html! {
            (Button::new("Publish").sends("act", "publish"))
            (Button::new("Save and go on later").kind(Kind::Secondary).sends("act", "save"))
            (button_warning("Withdraw"))
            (Button::new("Remove").kind(Kind::Link).hidden("the second point").sends("act", "remove-2"))
        })))
        (button_group(&html! {
            (link_button("/next", "Go on")) (link_button_secondary("/back", "See the plan"))
        }))
    }
}

/// The gallery as a whole page, with everything that the frame can hold.
pub fn gallery_page(words: Words<'_>) -> Markup {
    let mut layout = super::Layout::new(words, "Style guide", gallery(words));
    layout.above = Some("Strathmarnock: children at home on orders".into());
    layout.person = Some("Morag Sinclair".into());
    layout.administrator = true;
    layout.concern = Some("/concerns/new".into());
    layout.breadcrumbs =
        vec![("/start".into(), "What needs me".into()), ("/".into(), "Strathmarnock".into())];
    layout.rooms = Some(section_nav(
        "Rooms of the inspection",
        &[
            ("/1".into(), "Overview".into(), true),
            ("/2".into(), "Plan".into(), false),
            ("/3".into(), "People".into(), false),
            ("/4".into(), "Returns".into(), false),
            ("/5".into(), "Voices".into(), false),
            ("/6".into(), "Records".into(), false),
            ("/7".into(), "Evidence".into(), false),
            ("/8".into(), "Judgement".into(), false),
            ("/9".into(), "Report".into(), false),
        ],
    ));
    layout.problems = Some(gallery_problems());
    super::page(&layout)
}

/// A page of a public survey: narrow, with the way out, and the end of the way.
pub fn gallery_voice_page(words: Words<'_>) -> Markup {
    let body = html! {
        (super::confirmation("Thank you", &html! { p { "Your answers are with the inspection team. Nobody can say whose they are." } }))
        h2 { "One more thing" }
        p { "You do not have to answer. You can stop at any time." }
        (form("/s/example", &html! {
            (radios(&Field::new("safe", "Do you feel safe at home?"), &[
                Choice::new("yes", "Yes", false), Choice::new("some", "Sometimes", false), Choice::new("no", "No", false),
                Choice::new("skip", "I'd rather not say", false),
            ]))
            (button("Next"))
        }))
    };
    let mut layout = super::Layout::new(words, "What is it like for you?", body);
    layout.exit = Some("https://www.bbc.co.uk/weather".into());
    layout.width = super::Width::Text;
    layout.own_heading = true;
    super::page(&layout)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use keyline_words::Catalogue;
    use scraper::{Html, Selector};

    use super::super::error_summary;
    use super::*;

    fn select<'h>(page: &'h Html, css: &str) -> Vec<scraper::ElementRef<'h>> {
        let selector = Selector::parse(css).unwrap();
        page.select(&selector).collect()
    }

    fn pages() -> Vec<Html> {
        let catalogue = Catalogue::load();
        let mut pages = Vec::new();
        for lang in catalogue.languages() {
            let words = catalogue.words(lang);
            for page in [gallery_page(words), gallery_voice_page(words)] {
                assert!(!page.0.contains('⟦'), "{lang}: a key has no message");
                pages.push(Html::parse_document(&page.0));
            }
        }
        pages
    }

    #[test]
    fn a_page_has_one_heading_unique_ids_and_nothing_inline() {
        for page in pages() {
            assert_eq!(select(&page, "h1").len(), 1);
            assert_eq!(select(&page, "main#main-content").len(), 1);
            let mut ids = BTreeSet::new();
            for element in select(&page, "*") {
                if let Some(id) = element.value().id() {
                    assert!(ids.insert(id.to_owned()), "{id} stands twice");
                }
                for (name, _) in element.value().attrs() {
                    assert!(
                        name != "style" && !name.starts_with("on"),
                        "{name} on {}",
                        element.value().name()
                    );
                }
            }
            assert!(select(&page, "style").is_empty());
            for script in select(&page, "script") {
                assert!(script.value().attr("src").is_some() && script.inner_html().is_empty());
            }
            for attribute in ["for", "aria-describedby", "aria-labelledby"] {
                for element in select(&page, &format!("[{attribute}]")) {
                    for id in element.value().attr(attribute).unwrap().split_whitespace() {
                        assert!(ids.contains(id), "{attribute} names {id}, which is not there");
                    }
                }
            }
            for link in select(&page, "a[href^='#']") {
                let target = &link.value().attr("href").unwrap()[1..];
                assert!(ids.contains(target), "a link leads to {target}, which is not there");
            }
        }
    }

    #[test]
    fn every_control_has_a_label_and_every_table_a_caption_and_scopes() {
        for page in pages() {
            let labelled: BTreeSet<String> = select(&page, "label[for]")
                .iter()
                .map(|l| l.value().attr("for").unwrap().to_owned())
                .collect();
            for control in select(&page, "input:not([type=hidden]), select, textarea, progress") {
                let id = control.value().id().expect("a control has an id");
                assert!(labelled.contains(id), "{id} has no label");
            }
            for fieldset in select(&page, "fieldset") {
                assert!(fieldset.select(&Selector::parse("legend").unwrap()).next().is_some());
            }
            assert_eq!(select(&page, "table").len(), select(&page, "table > caption").len());
            assert!(select(&page, "th:not([scope])").is_empty());
            for control in select(&page, "[aria-invalid]") {
                let in_group = control
                    .ancestors()
                    .filter_map(scraper::ElementRef::wrap)
                    .any(|e| e.value().name() == "fieldset" && e.value().attr("aria-describedby").is_some());
                assert!(control.value().attr("aria-describedby").is_some() || in_group);
            }
        }
    }

    #[test]
    fn nothing_that_was_typed_becomes_markup() {
        let catalogue = Catalogue::load();
        let evil = "<b onclick=x>\"&'";
        let own = || evil.to_owned();
        let field = || {
            let f = Field::new("f", evil).hint(evil).value(evil).error(Some(own())).autocomplete(evil);
            Field { name: evil, ..f }
        };
        let typed = DateTyped { day: own(), month: own(), year: own() };
        let choice = [Choice::new(evil, evil, true).hint(evil)];
        let text = html! { (evil) };
        let mut layout = super::super::Layout::new(catalogue.words("en"), evil, text.clone());
        layout.above = Some(own());
        layout.person = Some(own());
        layout.concern = Some(own());
        layout.exit = Some(own());
        layout.description = Some(own());
        layout.breadcrumbs = vec![(own(), own())];
        let all = html! {
            (super::super::page(&layout))
            (tag(Tone::Bad, evil)) (table(evil, &[evil], &[vec![text.clone()]])) (notification(evil, evil))
            (data_table(evil, &[Column::number(evil)], &[vec![text.clone(), text.clone()]]))
            (warning(evil, &text)) (inset(&text)) (callout(evil, &text)) (not_offered(evil, &[own()]))
            (empty_state(evil, evil, Some((evil, evil)))) (details(evil, &text)) (progress_bar(evil, evil, 1, 2, evil))
            (task_list(&[(own(), Some(own()), Tone::Good, own(), Some(text.clone()))]))
            (timeline(&[Moment { when: (own(), own()), title: text.clone(), note: Some(text.clone()), state: Some((Tone::Good, own())) }]))
            (card(evil, evil, &text)) (summary_list(&[(own(), text.clone())])) (person_chip(evil, evil))
            (compare(evil, evil, evil, "other")) (section_nav(evil, &[(own(), own(), true)]))
            (pagination(evil, Some((evil, evil)), Some((evil, evil)))) (figure_tile(evil, evil, Some(evil)))
            (form(evil, &text)) (form_multipart(evil, &text)) (super::super::form_get(evil, &text)) (hidden(evil, evil))
            (text_field(&field(), "text")) (text_area(&field(), 2)) (number_field(&field())) (password_field(&field()))
            (file_field(&field(), evil, true)) (radios(&field(), &choice)) (checkboxes(&field(), &choice))
            (super::select(&field(), &choice)) (date_field(&field(), &typed, catalogue.words("en")))
            (fieldset(evil, Some(evil), &text)) (error_summary(evil, &[(own(), own())], &text_field(&field(), "text"))) (button(evil))
            (Button::new(evil).sends(evil, evil).hidden(evil)) (link_button(evil, evil)) (super::super::confirmation(evil, &text))
        };
        assert!(!all.0.contains("<b "), "something is not escaped");
        assert!(select(&Html::parse_document(&all.0), "b, [onclick]").is_empty());
    }

    #[test]
    fn a_password_never_comes_back() {
        let field = Field::new("password", "Password").value("secret-typed");
        assert!(!password_field(&field).0.contains("secret-typed"));
    }
}
