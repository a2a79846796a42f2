//! Names of people in running text, by what stands before them. A capitalised word alone proves nothing.

use std::sync::LazyLock;

use regex::Regex;

use super::{Hit, Kind, Strength, pattern};

/// One to three capitalised words, as the group `name`.
const NAME: &str = r"(?P<name>\p{Lu}[\p{L}'’-]+(?:[ \u{a0}]\p{Lu}[\p{L}'’-]+){0,2})";

static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b(?:(?P<formal>Mr|MR|Mrs|MRS|Ms|MS|Miss|MISS|Mx|MX|Dr|DR|Prof|Professor|Rev|Revd|Reverend|Cllr|Councillor)|Sir|Dame|Sheriff|PC|Sgt|Constable|Sergeant|Uncle|Auntie|Aunt|Gran|Granny|Nana|Papa|Grandma|Grandpa|Grandad)\b\.?[ \u{{a0}}]+{NAME}"
    ))
});
static INTRODUCED: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\b(?i:name is|name's|name was|name:)[ \u{{a0}}]+{NAME}")));
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b(?P<person>(?i:boy|girl|child|baby|son|daughter|brother|sister|man|woman|mum|dad|lad|lassie|teenager|worker|carer)[ ])?(?i:called|named|known as|goes by)[ \u{{a0}}]+{NAME}"
    ))
});
static RELATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b(?i:son|daughter|brother|sister|mum|mother|dad|father|stepmum|stepdad|stepfather|stepmother|partner|husband|wife|friend|cousin|niece|nephew|grandson|granddaughter|granny|gran|nana|uncle|auntie|aunt|carer|foster mum|foster dad|social worker|key ?worker|support worker|health visitor|teacher|nurse),?[ \u{{a0}}]+{NAME}"
    ))
});

/// Forenames and surnames that are as often a place, a month or a word at the start of a sentence.
const AMBIGUOUS: &str = "angus moray lewis harris skye arran ross iona islay ayr barra bute clyde dee don elgin gordon \
    hamilton kelso leith lorne nairn paisley selkirk stirling april may june august summer autumn hope faith grace joy rose \
    lily daisy ivy heather will mark grant frank dawn eve pat jade ruby scot holly hazel robin jay christian dean drew \
    bill rob sue penny carol amber";

/// Capitalised words that are no names: what follows a title or a relation at the start of a sentence or in the
/// name of an office.
const NOT_NAMES: &str = "a an and are as at but by did do for from had has have he her him his how i if in is it its my no \
    not of on or our she so that the their them then there these they this to was we were what when where which who why \
    with yes you your monday tuesday wednesday thursday friday saturday sunday january february march july september october \
    november december scotland scottish british english gaelic council court courts clerk officer officers principal manager \
    team service services department head board panel advocate provost report reports";

/// Words that make what stands before them a building or a body.
const PLACES: &str = "hospital house street road avenue lane centre center trust academy primary school college court \
    courthouse hotel park foundation university library church nursery unit ward clinic practice surgery";

fn among(list: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    list.split_ascii_whitespace().any(|entry| entry == word)
}

/// Whether a word is a place or a month as often as a name.
pub(crate) fn is_ambiguous(word: &str) -> bool {
    among(AMBIGUOUS, word)
}

/// Whether a word belongs to an office, a building or the grammar of a sentence.
pub(crate) fn is_no_name(word: &str) -> bool {
    among(NOT_NAMES, word) || among(PLACES, word)
}

pub(super) fn find(text: &str, found: &mut Vec<Hit>) {
    let cues: [(&LazyLock<Regex>, Option<&str>, Strength, Strength); 4] = [
        (&TITLED, Some("formal"), Strength::Strong, Strength::Likely),
        (&INTRODUCED, None, Strength::Likely, Strength::Likely),
        (&CALLED, Some("person"), Strength::Likely, Strength::Weak),
        (&RELATED, None, Strength::Likely, Strength::Likely),
    ];
    for (cue, group, with_group, without) in cues {
        for captures in cue.captures_iter(text) {
            let Some(name) = captures.name("name") else { continue };
            let words: Vec<&str> = name.as_str().split([' ', '\u{a0}']).collect();
            if words.iter().any(|word| among(PLACES, word)) || among(NOT_NAMES, words[0]) {
                continue;
            }
            // "Mr Smith On Monday" ends where the sentence goes on
            let words = &words[..words.iter().position(|word| among(NOT_NAMES, word)).unwrap_or(words.len())];
            let length: usize = words.iter().map(|word| word.len()).sum::<usize>()
                + name
                    .as_str()
                    .chars()
                    .filter(|c| c.is_whitespace())
                    .take(words.len() - 1)
                    .map(char::len_utf8)
                    .sum::<usize>();
            let written = &name.as_str()[..length];
            let written =
                written.strip_suffix("'s").or_else(|| written.strip_suffix("’s")).unwrap_or(written);
            let mut strength =
                if group.is_some_and(|group| captures.name(group).is_some()) { with_group } else { without };
            // a title makes even Angus a person
            if words.len() == 1 && is_ambiguous(written) && strength < Strength::Strong {
                strength = Strength::Weak;
            }
            found.push(Hit::new(
                Kind::PersonName,
                strength,
                text,
                name.start()..name.start() + written.len(),
            ));
        }
    }
}
