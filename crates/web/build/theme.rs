//! Makes the design system's style sheet fit every reader: each of its colours becomes a custom property, so that
//! `keyline.css` can give dark and high-contrast values, and left and right become start and end, so that the same
//! sheet serves languages that run from right to left. The system has neither. Its version is locked, and an unknown
//! colour stays as it is.

/// Colours where they fill an area.
const FILLS: &[(&str, &str)] = &[
    ("#ffffff", "ground"),
    ("#fff", "ground"),
    ("#f8f8f8", "ground-2"),
    ("#ebebeb", "ground-3"),
    ("#b3b3b3", "line"),
    ("#1a1a1a", "ink"),
    ("#0065bd", "brand"),
    ("#d32205", "bad-fill"),
    ("#1a7032", "good-fill"),
    ("#5e5e5e", "quiet"),
    ("rgb(217.6861375301,237.6263497495,255)", "hover"),
    ("rgb(0,66.9325396825,125.25)", "brand-strong"),
];

/// Colours of text, lines and pictures.
const MARKS: &[(&str, &str)] = &[
    ("#1a1a1a", "ink"),
    ("#5e5e5e", "quiet"),
    ("#b3b3b3", "line"),
    ("#ebebeb", "line-2"),
    ("#f8f8f8", "ground-2"),
    ("#0065bd", "link"),
    ("rgb(0,66.9325396825,125.25)", "link-strong"),
    ("#d32205", "bad"),
    ("rgb(148.7256944444,23.9652777778,3.5243055556)", "bad"),
    ("#1a7032", "good"),
    ("#cb4e0b", "warn"),
];

/// The yellow of the focus: what stands on it stays dark, whatever the ground is.
const FOCUS: &str = "#fdd522";

/// The whole sheet with colours by name and sides by the direction of the text.
pub(crate) fn adapt(css: &str) -> String {
    let mut out = String::with_capacity(css.len() * 5 / 4);
    for chunk in css.split_inclusive('}') {
        let Some((head, body)) =
            chunk.strip_suffix('}').and_then(|c| c.rfind('{').map(|i| c.split_at(i + 1)))
        else {
            out.push_str(chunk);
            continue;
        };
        out.push_str(head);
        let focus = body.contains(FOCUS);
        for (n, declaration) in declarations(body).into_iter().enumerate() {
            if n > 0 {
                out.push(';');
            }
            match declaration.split_once(':') {
                Some((property, value)) => {
                    out.push_str(&side(property));
                    out.push(':');
                    out.push_str(&if focus {
                        value.to_owned()
                    } else {
                        colour(property, value_side(property, value))
                    });
                }
                None => out.push_str(declaration),
            }
        }
        out.push('}');
    }
    out
}

// Splits at semicolons, but not within quotes or brackets (addresses of embedded pictures hold them).
fn declarations(body: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_u32, None);
    for (i, c) in body.char_indices() {
        match (quote, c) {
            (Some(q), _) if q == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ';') if depth == 0 => {
                parts.push(&body[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&body[start..]);
    parts
}

fn side(property: &str) -> String {
    match property {
        "left" => "inset-inline-start".into(),
        "right" => "inset-inline-end".into(),
        _ => {
            for (physical, logical) in [("-left", "-inline-start"), ("-right", "-inline-end")] {
                for family in ["margin", "padding", "border"] {
                    if let Some(rest) = property.strip_prefix(&format!("{family}{physical}")) {
                        return format!("{family}{logical}{rest}");
                    }
                }
            }
            property.into()
        }
    }
}

fn value_side<'v>(property: &str, value: &'v str) -> &'v str {
    match (property, value) {
        ("text-align", "left") => "start",
        ("text-align", "right") => "end",
        ("float", "left") => "inline-start",
        ("float", "right") => "inline-end",
        _ => value,
    }
}

fn colour(property: &str, value: &str) -> String {
    if value.contains("url(") {
        return value.to_owned();
    }
    let table = if property.starts_with("background") { FILLS } else { MARKS };
    let mut value = value.to_owned();
    // White text stands on a fill, a white line stands for the ground that shows through.
    if !property.starts_with("background") && (value == "#fff" || value == "#ffffff") {
        return if property == "color" { "var(--ds-on-fill)".into() } else { "var(--ds-ground)".into() };
    }
    for (literal, name) in table {
        if value.contains(literal) {
            value = value.replace(literal, &format!("var(--ds-{name})"));
        }
    }
    value
}
