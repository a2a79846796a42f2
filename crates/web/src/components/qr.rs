//! Addresses as QR codes, to be read by the camera of a phone.

use qrcode::QrCode;
use qrcode::render::svg::Color;

/// An SVG element with a text as a QR code, at least so many pixels wide, black on white in every colour scheme; empty
/// when the text is too long for one.
pub fn qr(text: &str, least: u32) -> String {
    let svg = QrCode::new(text.as_bytes())
        .map(|code| {
            code.render::<Color<'_>>()
                .min_dimensions(least, least)
                .dark_color(Color("#000"))
                .light_color(Color("#fff"))
                .build()
        })
        .unwrap_or_default();
    // The library writes a whole SVG file; inside a page it begins at its element.
    svg.find("<svg").map_or("", |at| &svg[at..]).to_owned()
}
