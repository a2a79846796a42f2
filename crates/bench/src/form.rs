//! Fills in a form of ours from its HTML: the first choice of every question.

/// What a browser would send when somebody ticks the first box everywhere and writes nothing. Fields that give the
/// answer an identity are left out, so that the server makes one and no two answers are the same.
pub(crate) fn first_choices(page: &str, left_out: &[&str]) -> String {
    let mut sent: Vec<(String, String)> = Vec::new();
    for tag in page.split("<input").skip(1).filter_map(|rest| rest.split('>').next()) {
        let (Some(name), Some(value)) = (attribute(tag, "name"), attribute(tag, "value")) else { continue };
        let chosen = matches!(attribute(tag, "type").as_deref(), Some("radio" | "checkbox" | "hidden"));
        if chosen && !left_out.contains(&name.as_str()) && !sent.iter().any(|(n, _)| *n == name) {
            sent.push((name, value));
        }
    }
    let pairs: Vec<String> = sent.iter().map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect();
    pairs.join("&")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
    Some(rest.split('"').next()?.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&"))
}

fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_choice_of_each_question_is_sent() {
        let page = r#"<input type="hidden" name="answer" value="ans_1"><input type="radio" name="q 1" value="a&amp;b" id="x">
            <input type="radio" name="q 1" value="c"><input type="checkbox" name="q2" value="yes">
            <input type="number" name="q3" value=""><textarea name="q4"></textarea>"#;
        assert_eq!(first_choices(page, &["answer"]), "q%201=a%26b&q2=yes");
    }
}
