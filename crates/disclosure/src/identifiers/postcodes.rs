//! UK postcodes, whole and outward only.

use std::sync::LazyLock;

use regex::Regex;

use super::{Hit, Kind, Strength, before, matches_alone, pattern};

/// The 124 postcode areas, by the letters with which a postcode begins (Royal Mail and the Crown dependencies).
const AREAS: &str = "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC \
    EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE \
    NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS \
    TW UB W WA WC WD WF WN WR WS WV YO ZE";

/// Areas whose districts are taken for postcodes without the word before them: the Scottish ones. Elsewhere S3 is a
/// school stage, M8 a motorway and CO2 a gas.
const DISTRICTS_BY_THEMSELVES: &str = "AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE";

static FULL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)([A-Z]{1,2})[0-9][A-Z0-9]?[ \u{a0}]{0,2}[0-9]([ABD-HJLNP-UW-Z]{2})|GIR ?0AA")
});
static DISTRICT: LazyLock<Regex> = LazyLock::new(|| pattern(r"([A-Z]{1,2})[0-9]{1,2}"));
static CUE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bpost ?codes?\b"));

fn is_area(letters: &str, areas: &str) -> bool {
    areas.split(' ').any(|area| area.eq_ignore_ascii_case(letters))
}

pub(super) fn find(text: &str, found: &mut Vec<Hit>) {
    for captures in matches_alone(&FULL, text) {
        let matched = captures.get_match();
        // "room B1 2nd floor" has an ordinal
        let ordinal = matches!(captures.get(2).map(|end| end.as_str()), Some("st" | "nd" | "rd" | "th"));
        if captures.get(1).is_some_and(|area| !is_area(area.as_str(), AREAS)) || ordinal {
            continue;
        }
        let shouted = !matched.as_str().chars().any(|c| c.is_ascii_lowercase());
        let strength = if shouted { Strength::Strong } else { Strength::Likely };
        found.push(Hit::new(Kind::Postcode, strength, text, matched.range()));
    }
    for captures in matches_alone(&DISTRICT, text) {
        let range = captures.get_match().range();
        let known = is_area(&captures[1], DISTRICTS_BY_THEMSELVES)
            || (is_area(&captures[1], AREAS) && CUE.is_match(&before(text, range.start)));
        if known {
            found.push(Hit::new(Kind::PostcodeDistrict, Strength::Weak, text, range));
        }
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
