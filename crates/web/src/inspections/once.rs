//! A secret address shown once, ready to be copied without a script: a field that selects as a whole.

use maud::{Markup, html};

/// The address in a read-only field; `id` must be the only one on its page.
pub(crate) fn shown_once(id: &str, label: &str, address: &str) -> Markup {
    html! {
        div class="ds_question" {
            label class="ds_label" for=(id) { (label) }
            input class="ds_input kl_copy" type="text" id=(id) value=(address) readonly autocomplete="off"
                spellcheck="false" translate="no";
        }
    }
}
