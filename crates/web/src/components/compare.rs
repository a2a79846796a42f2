//! Two texts side by side, with the words marked that only one of them has.

use maud::{Markup, html};
use similar::{ChangeTag, TextDiff};

/// Two texts side by side, for the second of two people who saved the same thing: what is saved stands first.
pub fn compare(mine_title: &str, mine: &str, theirs_title: &str, theirs: &str) -> Markup {
    let diff = TextDiff::from_words(theirs, mine);
    let side = |title: &str, only: ChangeTag| {
        html! {
            section class="kl_compare__side" {
                h2 class="kl_compare__title" { (title) }
                p class="kl_pre" {
                    @for change in diff.iter_all_changes() {
                        @if change.tag() == ChangeTag::Equal { (change.value()) }
                        @else if change.tag() == only {
                            // A gap that stands alone is not worth marking.
                            @if change.value().trim().is_empty() { (change.value()) } @else { mark { (change.value()) } }
                        }
                    }
                }
            }
        }
    };
    html! { div class="kl_compare" { (side(theirs_title, ChangeTag::Delete)) (side(mine_title, ChangeTag::Insert)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_reads_whole_and_marks_its_own_words() {
        let shown =
            compare("Yours", "Most children feel safe.", "Saved", "Many children feel safe.").into_string();
        assert!(shown.contains("<mark>Most</mark> children feel safe."), "{shown}");
        assert!(shown.contains("<mark>Many</mark> children feel safe."), "{shown}");
        assert!(compare("a", "<b>", "c", "<i>").into_string().contains("&lt;b&gt;"));
    }
}
