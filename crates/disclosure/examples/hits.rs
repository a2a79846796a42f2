fn main() {
    for f in std::env::args().skip(1) {
        let text = String::from_utf8_lossy(&std::fs::read(&f).unwrap()).into_owned();
        for h in keyline_disclosure::identifiers::scan_text(&text) {
            let a = text[..h.range.start].char_indices().rev().nth(30).map_or(0, |c| c.0);
            let b = text[h.range.end..].char_indices().nth(30).map_or(text.len(), |c| h.range.end + c.0);
            println!("{:?}\t{}\t{}\t{}\t…{}…\t{f}", h.kind, h.strength.name(), h.because.key().trim_start_matches("identifier-because-"), h.matched.replace('\n',"⏎"), text[a..b].replace('\n', "⏎"));
        }
    }
}
