//! The colours and patterns of categories and scales. Each has a class for the stylesheet and a plain colour.

use maud::{Markup, html};

/// How many categories can be told apart by colour and pattern.
pub const CATEGORIES: usize = 8;

/// Colour of each category on white; `charts.css` has the same and those for dark pages. They differ in
/// lightness as well as hue and have at least 3:1 against white.
const CATEGORY: [&str; CATEGORIES] =
    ["#0b57a4", "#b5460f", "#0a7d6c", "#7a3e9d", "#a1195b", "#596574", "#6b6a00", "#3d47b8"];

/// Colours of a scale of six from best to worst: one hue to the neutral middle, another beyond.
const SCALE: [&str; 6] = ["#0b3f73", "#2f74b0", "#9cc3e0", "#f0d9b0", "#dd8f4e", "#a8410d"];

/// The `fill` of a category, for an element of the picture with this id prefix.
pub(crate) fn category(id: &str, index: usize) -> String {
    format!("url(#{id}-c{})", index % CATEGORIES)
}

/// The `fill` of a step of a scale of so many steps.
pub(crate) fn scale(id: &str, index: usize) -> String {
    format!("url(#{id}-s{})", index % SCALE.len())
}

/// The step of the six-step scale that stands for one of fewer steps, ends kept apart.
pub(crate) fn spread(index: usize, steps: usize) -> usize {
    if steps < 2 { 0 } else { (index * (SCALE.len() - 1) + (steps - 1) / 2) / (steps - 1) }
}

/// Is the text on a step of the scale light?
pub(crate) fn scale_is_dark(index: usize) -> bool {
    matches!(index, 0 | 1 | 5)
}

/// The patterns of the first `count` categories.
pub(crate) fn category_patterns(id: &str, count: usize) -> Markup {
    html! {
        @for (index, colour) in CATEGORY.iter().enumerate().take(count) {
            pattern id=(format!("{id}-c{index}")) width="8" height="8" patternUnits="userSpaceOnUse" {
                rect class=(format!("kc-c{index}")) width="8" height="8" fill=(colour) {}
                (hatching(index))
            }
        }
    }
}

/// The patterns of the scale.
pub(crate) fn scale_patterns(id: &str) -> Markup {
    html! {
        @for (index, colour) in SCALE.iter().enumerate() {
            pattern id=(format!("{id}-s{index}")) width="8" height="8" patternUnits="userSpaceOnUse" {
                rect class=(format!("kc-s{index}")) width="8" height="8" fill=(colour) {}
                @if index >= 3 { (light_or_dark_lines(index)) }
            }
        }
    }
}

/// The worse half of a scale is lined, so that it differs from the better half without colour.
fn light_or_dark_lines(index: usize) -> Markup {
    let d = if index == 3 { "M-2 10 10-2" } else { "M-2 10 10-2M-2 2 2-2M6 10l4-4" };
    let colour = if scale_is_dark(index) { "#ffffff" } else { "#000000" };
    let class = if scale_is_dark(index) { "kc-line-light" } else { "kc-line-dark" };
    html! { path class=(class) d=(d) fill="none" stroke=(colour) stroke-opacity="0.22" stroke-width="1" {} }
}

/// Light lines on a category: none, rising, dots, upright, crossed, level, falling, squares.
fn hatching(index: usize) -> Markup {
    let d = match index {
        1 => "M-2 10 10-2M-2 2 2-2M6 10l4-4",
        3 => "M2 0V8M6 0V8",
        4 => "M0 0 8 8M0 8 8 0",
        5 => "M0 2H8M0 6H8",
        6 => "M-2-2 10 10M-2 6l4 4M6-2l4 4",
        7 => "M4 0V8M0 4H8",
        _ => "",
    };
    html! {
        @if index == 2 {
            circle class="kc-dots" cx="2" cy="2" r="1.1" fill="#ffffff" fill-opacity="0.75" {}
            circle class="kc-dots" cx="6" cy="6" r="1.1" fill="#ffffff" fill-opacity="0.75" {}
        } @else if !d.is_empty() {
            path class="kc-lines" d=(d) fill="none" stroke="#ffffff" stroke-opacity="0.55" stroke-width="1.2" {}
        }
    }
}

/// Grey lines for stretches that do not count.
pub(crate) fn void_pattern(id: &str) -> Markup {
    html! {
        pattern id=(format!("{id}-void")) width="7" height="7" patternUnits="userSpaceOnUse" {
            rect class="kc-void" width="7" height="7" fill="#f1f1ee" {}
            path class="kc-void-lines" d="M-2 9 9-2M-2 2 2-2M5 9l4-4" fill="none" stroke="#c4c4bd" stroke-width="1" {}
        }
    }
}
