//! Pictures: how large they are, and made anew from their pixels, so that nothing else of the file is handed on: no
//! place where it was taken, no thumbnail, nothing behind the end.

use std::fs::File;
use std::io::{BufReader, Cursor};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use crate::failure::{Excess, Failure};
use crate::kind::Kind;
use crate::limits::Limits;
use crate::preview::{Picture, PictureFormat};
use crate::source::{Reading, Source};

/// How well a JPEG is kept, of 100.
const QUALITY: u8 = 85;

/// Pixels from left to right and from top to bottom, as stored.
pub(crate) fn size(source: &Source, kind: Kind, limits: &Limits) -> Result<(u32, u32), Failure> {
    let (width, height) =
        reader(source, kind, limits)?.into_dimensions().map_err(|error| why(&error, limits))?;
    if u64::from(width) * u64::from(height) > limits.pixels {
        return Err(Failure::TooLarge(Excess::Pixels(limits.pixels)));
    }
    Ok((width, height))
}

/// The picture made anew, the right way up, no larger than the limit for previews. Of a moving picture the first frame.
pub(crate) fn anew(source: &Source, kind: Kind, limits: &Limits) -> Result<Picture, Failure> {
    let of = size(source, kind, limits)?;
    let why = |error: &ImageError| why(error, limits);
    let mut decoder = reader(source, kind, limits)?.into_decoder().map_err(|error| why(&error))?;
    let upright = decoder.orientation().map_err(|error| why(&error))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    let edge = limits.preview_edge;
    if picture.width() > edge || picture.height() > edge {
        picture = picture.thumbnail(edge, edge);
    }
    picture.apply_orientation(upright);
    let format = match kind {
        Kind::Jpeg | Kind::WebP if !picture.color().has_alpha() => PictureFormat::Jpeg,
        _ => PictureFormat::Png,
    };
    let mut bytes = Vec::new();
    let written = match format {
        PictureFormat::Jpeg => {
            let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
            DynamicImage::from(picture.to_rgb8()).write_with_encoder(encoder)
        }
        PictureFormat::Png if picture.color().has_alpha() => {
            DynamicImage::from(picture.to_rgba8()).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        }
        PictureFormat::Png => {
            DynamicImage::from(picture.to_rgb8()).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        }
    };
    written.map_err(|error| why(&error))?;
    let (width, height) = (picture.width(), picture.height());
    Ok(Picture { format, width, height, of_width: of.0, of_height: of.1, bytes })
}

/// A picture of our own making, such as poppler's of a page: its size is looked at, nothing else.
pub(crate) fn of_png(bytes: Vec<u8>) -> Result<Picture, Failure> {
    let read = ImageReader::with_format(Cursor::new(&bytes), ImageFormat::Png).into_dimensions();
    let (width, height) = read.map_err(|_| Failure::DAMAGED)?;
    Ok(Picture { format: PictureFormat::Png, width, height, of_width: width, of_height: height, bytes })
}

fn reader<'s>(
    source: &'s Source,
    kind: Kind,
    limits: &Limits,
) -> Result<ImageReader<BufReader<Reading<&'s File>>>, Failure> {
    let format = match kind {
        Kind::Png => ImageFormat::Png,
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Gif => ImageFormat::Gif,
        Kind::WebP => ImageFormat::WebP,
        other => return Err(Failure::not_supported(other.media_type())),
    };
    let mut reader = ImageReader::with_format(BufReader::new(source.reading()), format);
    let mut within = image::Limits::default();
    within.max_alloc = Some(limits.memory / 4 * 3);
    reader.limits(within);
    Ok(reader)
}

fn why(error: &ImageError, limits: &Limits) -> Failure {
    if matches!(error, ImageError::Limits(_)) {
        Failure::TooLarge(Excess::Memory(limits.memory))
    } else {
        Failure::DAMAGED
    }
}
