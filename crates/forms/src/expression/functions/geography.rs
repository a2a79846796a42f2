//! Functions of places: texts of latitude and longitude in degrees, with points separated by `;`.
//!
//! Distances are great circles on a sphere of 6,378,100 m, the radius at the equator that ODK's clients take; areas
//! are those of polygons on that sphere (Chamberlain and Duquette, "Some algorithms for polygons on a sphere", JPL
//! 2007, equation for the signed area by longitudes and sines of latitudes).

use super::Function;
use crate::expression::evaluate::{Evaluator, Focus, Stop};
use crate::expression::program::Code;
use crate::expression::value::{Value, number_of};

/// In metres.
const RADIUS: f64 = 6_378_100.0;

/// Latitude and longitude in degrees.
#[derive(Debug, Clone, Copy)]
struct Point {
    latitude: f64,
    longitude: f64,
}

pub(super) fn call<'a>(
    evaluator: &Evaluator<'a>,
    function: Function,
    arguments: &'a [Code],
    focus: &Focus,
) -> Result<Value<'a>, Stop> {
    let mut texts: Vec<Vec<String>> = Vec::new();
    for argument in arguments {
        let mut of_argument = Vec::new();
        evaluator.each_text(argument, focus, |text| {
            of_argument.push(text.to_owned());
            Ok(())
        })?;
        texts.push(of_argument);
    }
    if function == Function::Geofence {
        let point = texts.first().and_then(|texts| points(texts)).and_then(|points| points.first().copied());
        let shape = texts.get(1).and_then(|texts| points(texts));
        return Ok(Value::Truth(match (point, shape) {
            (Some(point), Some(shape)) => inside(point, &shape),
            _ => false,
        }));
    }
    let all: Vec<String> = texts.into_iter().flatten().collect();
    let Some(points) = points(&all) else { return Ok(Value::Number(f64::NAN)) };
    Ok(Value::Number(match function {
        Function::Distance => points.windows(2).map(|pair| distance(pair[0], pair[1])).sum(),
        _ => area(&points),
    }))
}

/// The points of texts that hold one or several each; `None` when one is none. What is not answered is left out.
fn points(texts: &[String]) -> Option<Vec<Point>> {
    texts
        .iter()
        .flat_map(|text| text.split(';'))
        .filter(|text| !text.trim().is_empty())
        .map(|text| {
            let mut numbers = text.split_ascii_whitespace().map(number_of);
            let (latitude, longitude) = (numbers.next()?, numbers.next()?);
            let sound = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
            sound.then_some(Point { latitude, longitude })
        })
        .collect()
}

/// Metres between two points along the sphere, by the haversine formula.
fn distance(one: Point, other: Point) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let (here, there) = (one.latitude.to_radians(), other.latitude.to_radians());
    let chord =
        half(one.latitude, other.latitude) + here.cos() * there.cos() * half(one.longitude, other.longitude);
    2.0 * RADIUS * chord.sqrt().clamp(0.0, 1.0).asin()
}

/// Square metres within a ring of points, which need not be closed.
fn area(points: &[Point]) -> f64 {
    if points.len() < 3 {
        return 0.0;
    }
    let ring = points.iter().zip(points.iter().cycle().skip(1));
    let twice: f64 = ring
        .map(|(from, to)| {
            (to.longitude - from.longitude).to_radians()
                * (2.0 + from.latitude.to_radians().sin() + to.latitude.to_radians().sin())
        })
        .sum();
    (twice * RADIUS * RADIUS / 2.0).abs()
}

/// Whether a point lies within a ring: a ray to the east crosses its edges an odd number of times.
fn inside(point: Point, ring: &[Point]) -> bool {
    if ring.len() < 3 {
        return false;
    }
    ring.iter().zip(ring.iter().cycle().skip(1)).fold(false, |inside, (from, to)| {
        let spans = (from.latitude > point.latitude) != (to.latitude > point.latitude);
        let crosses = spans && {
            let along = (point.latitude - from.latitude) / (to.latitude - from.latitude);
            point.longitude < from.longitude + along * (to.longitude - from.longitude)
        };
        inside != crosses
    })
}
