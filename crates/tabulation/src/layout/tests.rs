use proptest::prelude::*;

use super::*;
use crate::count::tests::{columns, respondents};

fn signed(mut content: Vec<u8>) -> Vec<u8> {
    let hash = blake3::hash(&content);
    content.extend(hash.as_bytes());
    content
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read(respondents in respondents()) {
        let columns = columns(&respondents);
        prop_assert_eq!(Columns::from_bytes(&columns.to_bytes()), Ok(columns));
    }

    #[test]
    fn a_changed_byte_is_noticed(respondents in respondents(), place: prop::sample::Index, by in 1_u8..) {
        let mut bytes = columns(&respondents).to_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= by;
        prop_assert!(Columns::from_bytes(&bytes).is_err());
    }

    #[test]
    fn a_change_that_is_signed_is_read_as_columns_or_refused(
        respondents in respondents(), place: prop::sample::Index, to: u8, cut: prop::sample::Index
    ) {
        let mut bytes = columns(&respondents).to_bytes();
        bytes.truncate(bytes.len() - HASH);
        let place = place.index(bytes.len());
        bytes[place] = to;
        let short = bytes[..cut.index(bytes.len())].to_vec();
        for bytes in [bytes, short] {
            if let Ok(read) = Columns::from_bytes(&signed(bytes)) {
                for column in 0..read.columns.len() {
                    let counted: u64 = read.one_way(column, None).unwrap().iter().sum();
                    prop_assert_eq!(counted, read.len() as u64);
                }
                prop_assert_eq!(Columns::from_bytes(&read.to_bytes()), Ok(read));
            }
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Columns::from_bytes(&bytes).is_err());
        let mut begun = MAGIC.to_vec();
        begun.push(VERSION);
        begun.extend(&bytes);
        // a hash does not make columns of them: they claim more than there is, or say nothing
        if let Ok(read) = Columns::from_bytes(&signed(begun)) {
            prop_assert!(read.columns.is_empty() || read.len <= bytes.len());
        }
    }
}

#[test]
fn refusals() {
    assert_eq!(Columns::from_bytes(b""), Err(LayoutFault::NotColumns));
    assert_eq!(Columns::from_bytes(b"KLCOLS\0"), Err(LayoutFault::Damaged));
    assert_eq!(Columns::from_bytes(b"KLCOLS\0\x02"), Err(LayoutFault::Version(2)));
    let content = |kind: u8, size: u16, rest: &[u8]| {
        let mut content = b"KLCOLS\0\x01\x01\0\0\0\x01\0".to_vec();
        content.push(kind);
        content.extend(size.to_le_bytes());
        content.extend(rest);
        Columns::from_bytes(&signed(content))
    };
    assert_eq!(content(1, 3, &[4]).map(|read| read.len()), Ok(1));
    assert_eq!(content(1, 3, &[5]), Err(LayoutFault::Column(0)));
    assert_eq!(content(1, u16::MAX, &[0, 0]), Err(LayoutFault::Column(0)));
    assert_eq!(content(3, 1, &[0]), Err(LayoutFault::Column(0)));
    assert_eq!(content(1, 3, &[4, 4]), Err(LayoutFault::Damaged));
    assert_eq!(content(2, 1, &[2, 1, 0, 0, 0, 0, 0, 0, 0]).map(|read| read.len()), Ok(1));
    // a choice of somebody who is not there; a choice of somebody who did not answer; an answer without a choice
    assert_eq!(content(2, 1, &[2, 3, 0, 0, 0, 0, 0, 0, 0]), Err(LayoutFault::Column(0)));
    assert_eq!(content(2, 1, &[1, 1, 0, 0, 0, 0, 0, 0, 0]), Err(LayoutFault::Column(0)));
    assert_eq!(content(2, 1, &[2, 0, 0, 0, 0, 0, 0, 0, 0]), Err(LayoutFault::Column(0)));
}
