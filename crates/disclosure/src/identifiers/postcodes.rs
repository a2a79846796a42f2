//! UK postcodes, whole and outward only.

use std::sync::LazyLock;

use regex::Regex;

use super::around::{cue_before, free_before, free_behind, head};
use super::numerals::Group;
use super::{Because, Found, Kind, Strength, pattern};

/// The 124 postcode areas, by the letters with which a postcode begins (Royal Mail and the Crown dependencies).
const AREAS: &str = "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC \
    EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE \
    NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS \
    TW UB W WA WC WD WF WN WR WS WV YO ZE";

/// Areas whose districts are taken for postcodes without the word before them: the Scottish ones. Elsewhere S3 is a
/// school stage, M8 a motorway and CO2 a gas.
const DISTRICTS_BY_THEMSELVES: &str = "AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE";

/// A postcode from its first letter on: A9, A99, AA9, AA99, A9A or AA9A, and behind it 9AA.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?i)([A-Z]{1,2})[0-9][A-Z0-9]?(?: {0,2}|-|\r?\n *)[0-9]([ABD-HJLNP-UW-Z]{2})")
});
const CUES: &[&str] = &["postcode", "postcodes", "post code", "post codes"];
/// The longest postcode and the blanks within it.
const LONGEST: usize = 16;

fn is_area(letters: &str, areas: &str) -> bool {
    areas.split(' ').any(|area| area.eq_ignore_ascii_case(letters))
}

/// Postcodes whose first digits are a group.
pub(super) fn find(text: &str, group: Group, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let letters =
        bytes[..group.start].iter().rev().take(4).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters == 0 || letters == 3 {
        girobank(text, group, found);
        return;
    }
    let start = group.start - letters;
    if letters > 2 || !free_before(text, start) {
        return;
    }
    let area = &text[start..group.start];
    if let Some(captures) = WHOLE.captures(head(text, start, LONGEST)) {
        let range = start..start + captures.get_match().len();
        // "room B1 2nd floor" has an ordinal
        let ordinal = matches!(captures.get(2).map(|end| end.as_str()), Some("st" | "nd" | "rd" | "th"));
        if is_area(area, AREAS) && !ordinal && free_behind(text, range.end) {
            let shouted = !bytes[range.clone()].iter().any(u8::is_ascii_lowercase);
            let strength = if shouted { Strength::Strong } else { Strength::Likely };
            found.push(Found { kind: Kind::Postcode, strength, because: Because::PostcodeShape, range });
            return;
        }
    }
    let range = start..group.end;
    if group.len() > 2
        || !free_behind(text, range.end)
        || bytes[start..group.start].iter().any(u8::is_ascii_lowercase)
    {
        return;
    }
    let because = if is_area(area, DISTRICTS_BY_THEMSELVES) {
        Because::DistrictShape
    } else if let (true, Some(cue)) = (is_area(area, AREAS), cue_before(text, start, CUES)) {
        Because::CalledSo { word: cue.word }
    } else {
        return;
    };
    found.push(Found { kind: Kind::PostcodeDistrict, strength: Strength::Weak, because, range });
}

/// GIR 0AA, the one postcode of another shape.
fn girobank(text: &str, group: Group, found: &mut Vec<Found>) {
    let before = text[..group.start].trim_end_matches(' ');
    let start = before.len().saturating_sub(3);
    let range = start..group.end + 2;
    let fits = |part: Option<&str>, wanted: &str| part.is_some_and(|part| part.eq_ignore_ascii_case(wanted));
    if fits(before.get(start..), "gir")
        && fits(text.get(group.start..range.end), "0aa")
        && free_before(text, start)
        && free_behind(text, range.end)
    {
        let because = Because::PostcodeShape;
        found.push(Found { kind: Kind::Postcode, strength: Strength::Strong, because, range });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_124_areas() {
        let areas: std::collections::BTreeSet<&str> = AREAS.split(' ').collect();
        assert_eq!(areas.len(), 124);
        assert!(DISTRICTS_BY_THEMSELVES.split(' ').all(|area| areas.contains(area)));
    }
}
