//! Pictures: their size, and made anew.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use keyline_extraction::{
    Content, Excess, Failure, Kind, Limits, Picture, PictureFormat, Poppler, Preview, Refusal, Shown, preview,
};

use crate::made::{read, read_within, source};

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Red on the left, blue on the right.
fn two_halves(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) })
        .into()
}

fn shown(bytes: &[u8], limits: &Limits) -> Picture {
    let Preview { shown: Shown::Picture(picture), .. } =
        preview(&source(bytes), limits, &Poppler::default()).unwrap()
    else {
        panic!()
    };
    picture
}

#[test]
fn each_format_has_a_size_and_is_made_anew() {
    let picture = two_halves(40, 20);
    for (format, kind, out) in [
        (ImageFormat::Png, Kind::Png, PictureFormat::Png),
        (ImageFormat::Jpeg, Kind::Jpeg, PictureFormat::Jpeg),
        (ImageFormat::Gif, Kind::Gif, PictureFormat::Png),
        (ImageFormat::WebP, Kind::WebP, PictureFormat::Jpeg),
    ] {
        let bytes = encoded(&picture, format);
        let extracted = read(&bytes).unwrap();
        assert_eq!((extracted.kind, extracted.content), (kind, Content::Picture { width: 40, height: 20 }));
        let anew = shown(&bytes, &Limits::default());
        assert_eq!((anew.format, anew.width, anew.height), (out, 40, 20));
        let back = image::load_from_memory(&anew.bytes).unwrap().to_rgb8();
        assert!(back.get_pixel(2, 2)[0] > 200 && back.get_pixel(37, 2)[2] > 200, "{kind:?}");
    }
}

#[test]
fn large_ones_are_made_small_and_transparent_ones_stay_so() {
    let clear: DynamicImage = RgbaImage::from_pixel(3000, 60, Rgba([0, 128, 0, 77])).into();
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let anew = shown(&encoded(&clear, format), &Limits::default());
        assert_eq!((anew.format, anew.width, anew.height), (PictureFormat::Png, 1400, 28));
        assert_eq!((anew.of_width, anew.of_height), (3000, 60));
        assert_eq!(image::load_from_memory(&anew.bytes).unwrap().to_rgba8().get_pixel(5, 5)[3], 77);
    }
}

/// A JPEG with data of a camera: turned to the right, and a place.
fn of_a_camera() -> Vec<u8> {
    let mut plain = Vec::new();
    two_halves(40, 20).write_with_encoder(JpegEncoder::new_with_quality(&mut plain, 90)).unwrap();
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(b"FICTIONAL PLACE 57N 5W");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut bytes = plain[..2].to_vec();
    bytes.extend_from_slice(&[0xFF, 0xE1, length[0], length[1]]);
    bytes.extend_from_slice(&exif);
    bytes.extend_from_slice(&plain[2..]);
    bytes.extend_from_slice(b"<script>behind the end</script>");
    bytes
}

#[test]
fn nothing_but_pixels_is_handed_on_and_they_are_the_right_way_up() {
    let bytes = of_a_camera();
    let anew = shown(&bytes, &Limits::default());
    // Turned: what was left is above.
    assert_eq!((anew.width, anew.height, anew.of_width), (20, 40, 40));
    let back = image::load_from_memory(&anew.bytes).unwrap().to_rgb8();
    assert!(back.get_pixel(10, 3)[0] > 200 && back.get_pixel(10, 36)[2] > 200);
    for traitor in [&b"FICTIONAL"[..], b"Exif", b"script"] {
        assert!(bytes.windows(traitor.len()).any(|window| window == traitor));
        assert!(!anew.bytes.windows(traitor.len()).any(|window| window == traitor));
    }
}

#[test]
fn pictures_that_are_too_large_are_refused_before_they_are_unpacked() {
    let limits = Limits { pixels: 799, ..Limits::default() };
    let bytes = encoded(&two_halves(40, 20), ImageFormat::Png);
    let too_large = Failure::TooLarge(Excess::Pixels(799));
    assert_eq!(read_within(&bytes, &limits).unwrap_err(), too_large);
    assert_eq!(preview(&source(&bytes), &limits, &Poppler::default()).unwrap_err(), too_large);
    // A head that claims four thousand million pixels.
    let mut liar = bytes.clone();
    liar[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let crc = crc32(&liar[12..29]);
    liar[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(read(&liar).unwrap_err(), Failure::TooLarge(Excess::Pixels(60_000_000)));
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    })
}

#[test]
fn half_a_picture_is_damaged() {
    let bytes = encoded(&two_halves(40, 20), ImageFormat::Png);
    let half = &bytes[..bytes.len() / 2];
    let damaged = Failure::Refused(Refusal::Damaged);
    assert_eq!(preview(&source(half), &Limits::default(), &Poppler::default()).unwrap_err(), damaged);
}
