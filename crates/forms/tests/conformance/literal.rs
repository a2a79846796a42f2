//! Expectations that the set holds as Python literals: lists, tuples and sets of texts. Some were cut off when the set was
//! made, after two hundred letters.

use serde_json::Value;

/// The value of a literal, sets and tuples as arrays, and whether it is all there. Of one that was cut off, what stands
/// before the cut.
pub(crate) fn parse(text: &str) -> (Value, bool) {
    let mut reader = Reader { letters: text.chars().collect(), at: 0, whole: true };
    let value = reader.value().unwrap_or_default();
    (value, reader.whole)
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    whole: bool,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        Some(letter)
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Option<Value> {
        self.blanks();
        match self.next()? {
            '[' => Some(self.items(']')),
            '(' => Some(self.items(')')),
            '{' => Some(self.items('}')),
            quote @ ('\'' | '"') => self.text(quote).map(Value::String),
            _ => None,
        }
    }

    fn items(&mut self, end: char) -> Value {
        let mut items = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                Some(letter) if letter == end => {
                    self.at += 1;
                    return Value::Array(items);
                }
                Some(',') => self.at += 1,
                _ => {
                    let Some(value) = self.value() else {
                        self.whole = false;
                        return Value::Array(items);
                    };
                    items.push(value);
                }
            }
        }
    }

    fn text(&mut self, quote: char) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.next()? {
                letter if letter == quote => return Some(text),
                '\\' => text.push(match self.next()? {
                    'n' => '\n',
                    't' => '\t',
                    other => other,
                }),
                letter => text.push(letter),
            }
        }
    }
}

#[test]
fn literals_are_read() {
    let read = parse(r#"[('a\n\'b"', {"c", 'd'}), ()]"#);
    assert_eq!(read, (serde_json::json!([["a\n'b\"", ["c", "d"]], []]), true));
    assert_eq!(parse(r"[('a', {'b', 'c"), (serde_json::json!([["a", ["b"]]]), false));
}
