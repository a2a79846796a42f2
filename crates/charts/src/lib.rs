//! Accessible SVG pictures from plain data. Knows nothing of inspections.
//!
//! Every picture is one `<svg role="img">` with a title and a description that say what it shows; the page
//! puts a table with the same content below it. Colour never stands alone: each category has a pattern,
//! each state a shape. Nothing uses a `style` attribute, because the content security policy forbids it:
//! an element has a class for `charts.css` (light, dark, print) and the same look as plain attributes, so that
//! a picture is right without a stylesheet too. [`standalone`] makes a file of it for a PDF or a download.
//!
//! To add a picture: a module with a plain struct and `fn draw(&self) -> Markup`, built from [`paint`] and
//! [`text`], a snapshot in `tests/`, and a look at the result in light, dark, print and at 360 px.

pub mod bars;
pub mod gantt;
pub mod paint;
mod rows;
pub mod stacked;
pub mod text;
pub mod weeks;

use maud::{Markup, PreEscaped, html};

/// The stylesheet of all pictures, to be served beside the page.
pub const CSS: &str = include_str!("charts.css");

/// The name under which the pictures and their stylesheet agree on fonts.
pub(crate) const FONT: &str = "Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

/// Size in user units (CSS pixels at 100 %).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A drawn picture: what goes into a page, and its size.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The `<svg>` element.
    pub svg: Markup,
    /// Its natural size.
    pub size: Size,
}

/// Wraps the content of a picture: role, names, size, white ground.
///
/// `id` is the prefix of every id in the picture and must be unique in the page.
pub(crate) fn frame(
    id: &str,
    class: &str,
    title: &str,
    description: &str,
    size: Size,
    content: &Markup,
) -> Picture {
    let (width, height) = (number(size.width), number(size.height));
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" class=(format!("kc {class}")) role="img"
            aria-labelledby=(format!("{id}-title {id}-desc"))
            width=(width) height=(height) viewBox=(format!("0 0 {width} {height}")) font-family=(FONT) {
            title id=(format!("{id}-title")) { (title) }
            desc id=(format!("{id}-desc")) { (description) }
            rect class="kc-ground" width=(width) height=(height) fill="#ffffff" {}
            (content)
        }
    };
    Picture { svg, size }
}

/// A picture as the text of an SVG file, for a PDF or a download. It looks as it does in a light page.
pub fn standalone(picture: &Picture) -> String {
    let fonts = PreEscaped(format!("<style>text{{font-family:{FONT}}}</style></svg>"));
    let body = picture.svg.clone().into_string();
    let open = body.strip_suffix("</svg>").unwrap_or(&body);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{open}{}", fonts.into_string())
}

/// Two drawings of the same in one place of a page: the stylesheet shows the one for which the screen has room.
pub fn by_room(wide: &Picture, narrow: &Picture) -> Markup {
    html! { div class="kc-wide" { (wide.svg) } div class="kc-narrow" { (narrow.svg) } }
}

/// A coordinate with at most one decimal, without a trailing zero.
pub(crate) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // "-0" would be a different text for the same point
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}
