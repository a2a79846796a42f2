//! What every picture owes its reader, and how each looks.

mod samples;

use keyline_charts::{CSS, Picture, standalone};

#[test]
fn every_picture_has_a_role_a_name_and_a_description() {
    for (name, picture) in samples::all() {
        let svg = picture.svg.into_string();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{name}");
        assert!(svg.contains(r#"role="img""#), "{name}");
        let (_, rest) = svg.split_once("aria-labelledby=\"").unwrap();
        let (ids, _) = rest.split_once('"').unwrap();
        let elements: Vec<_> = ids.split(' ').zip(["title", "desc"]).collect();
        assert_eq!(elements.len(), 2, "{name}");
        for (id, element) in elements {
            let (_, rest) = svg.split_once(&format!("<{element} id=\"{id}\">")).unwrap();
            assert!(!rest.starts_with('<'), "{name}: <{element}> is empty");
        }
    }
}

#[test]
fn no_picture_carries_inline_style_or_script() {
    for (name, picture) in samples::all() {
        let svg = picture.svg.into_string();
        for forbidden in [" style=", "<style", "<script", " onclick", "href=", "http://"] {
            let svg = svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
            assert!(!svg.contains(forbidden), "{name} has {forbidden}");
        }
    }
}

#[test]
fn ids_are_unique_and_every_fill_is_defined() {
    for (name, picture) in samples::all() {
        let svg = picture.svg.into_string();
        let ids: Vec<&str> = svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let mut unique = ids.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), ids.len(), "{name}");
        for fill in svg.split("url(#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(ids.contains(&fill), "{name}: #{fill}");
        }
    }
}

#[test]
fn every_class_of_a_picture_is_in_the_stylesheet_or_only_a_name() {
    let names = [
        "kc-legend",
        "kc-grid",
        "kc-group",
        "kc-lane",
        "kc-now",
        "kc-row",
        "kc-mark",
        "kc-is-done",
        "kc-bars",
        "kc-stacked",
        "kc-line-light",
        "kc-line-dark",
        "kc-on-dark",
        "kc-on-light",
    ];
    for (name, picture) in samples::all() {
        let svg = picture.svg.into_string();
        for class in
            svg.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next()).flat_map(|c| c.split(' '))
        {
            assert!(CSS.contains(&format!(".{class} ")) || names.contains(&class), "{name}: {class}");
        }
    }
}

#[test]
fn words_are_escaped() {
    let mut plan = samples::plan();
    plan.groups[0].lanes[0].label = "<b>&".to_owned();
    let svg = plan.draw().svg.into_string();
    assert!(svg.contains("&lt;b&gt;&amp;"));
}

#[test]
fn every_text_lies_within_the_picture() {
    for (name, picture) in samples::all() {
        let Picture { svg, size } = picture;
        for text in svg.into_string().split("<text ").skip(1) {
            let value = |key: &str| {
                let (_, rest) = text.split_once(&format!("{key}=\"")).unwrap();
                rest.split('"').next().unwrap().to_owned()
            };
            let words = text.split('>').nth(1).unwrap().split('<').next().unwrap();
            let wide = keyline_charts::text::width(words, value("font-size").parse().unwrap());
            let x: f64 = value(" x").parse().or_else(|_| value("x").parse()).unwrap();
            let left = match text.split_once("text-anchor=\"").map(|(_, rest)| &rest[..1]) {
                Some("e") => x - wide,
                Some("m") => x - wide / 2.0,
                _ => x,
            };
            assert!(
                left >= 0.0 && left + wide <= size.width,
                "{name}: {words} from {left} to {}",
                left + wide
            );
        }
    }
}

#[test]
fn an_empty_picture_is_drawn_too() {
    let mut plan = samples::plan();
    plan.groups.clear();
    plan.categories.clear();
    plan.today = None;
    assert!(plan.draw().size.height > 0.0);
    let mut answers = samples::answers();
    answers.bars.clear();
    assert!(!answers.draw().svg.into_string().contains("NaN"));
}

#[test]
fn a_file_of_its_own_says_what_it_is() {
    let file = standalone(&samples::grades().draw());
    assert!(file.starts_with("<?xml") && file.contains("xmlns=\"http://www.w3.org/2000/svg\""));
    assert!(file.ends_with("</style></svg>"));
    assert!(!file.contains("var("), "readers of SVG files do not know custom properties");
}

#[test]
fn the_pictures_look_as_they_did() {
    for (name, picture) in samples::all() {
        insta::assert_snapshot!(name, picture.svg.into_string().replace("><", ">\n<"));
    }
}
