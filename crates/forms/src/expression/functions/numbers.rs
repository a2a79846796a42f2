//! Functions of numbers, over and above what the operators do.

use super::Function;
use crate::expression::evaluate::{Evaluator, Focus, Stop};
use crate::expression::program::Code;
use crate::expression::value::number_of;

pub(super) fn call<'a>(
    evaluator: &Evaluator<'a>,
    function: Function,
    arguments: &'a [Code],
    focus: &Focus,
) -> Result<f64, Stop> {
    let Some(first) = arguments.first() else {
        return Ok(match function {
            Function::Pi => std::f64::consts::PI,
            _ => number_of(&evaluator.text_at(focus.node)),
        });
    };
    let first = evaluator.number(first, focus)?;
    let second = arguments.get(1).map(|argument| evaluator.number(argument, focus)).transpose()?;
    Ok(match function {
        Function::Abs => first.abs(),
        Function::Acos => first.acos(),
        Function::Asin => first.asin(),
        Function::Atan => first.atan(),
        Function::Atan2 => first.atan2(second.unwrap_or(f64::NAN)),
        Function::Ceiling => first.ceil(),
        Function::Cos => first.cos(),
        Function::Exp => first.exp(),
        Function::Exp10 => 10_f64.powf(first),
        Function::Floor => first.floor(),
        Function::Int => first.trunc(),
        Function::Log => first.ln(),
        Function::Log10 => first.log10(),
        Function::Pow => first.powf(second.unwrap_or(f64::NAN)),
        Function::Round => round(first, second.unwrap_or(0.0)),
        Function::Sin => first.sin(),
        Function::Sqrt => first.sqrt(),
        Function::Tan => first.tan(),
        _ => first,
    })
}

/// Rounds to so many decimals, half towards positive infinity as XPath 1.0 has it. The number is taken as it is
/// written in decimals, so that 1.005 to two places is 1.01 although the nearest binary number lies below it.
/// Negative places round to tens, hundreds ...
pub(super) fn round(number: f64, places: f64) -> f64 {
    if !number.is_finite() || places.is_nan() {
        return if places.is_nan() { f64::NAN } else { number };
    }
    // beyond this a double has no digits to round, in either direction
    #[expect(clippy::cast_possible_truncation, reason = "clamped")]
    let places = places.trunc().clamp(-330.0, 330.0) as i32;
    let shifted: f64 = format!("{number}e{places}").parse().unwrap_or(number);
    if !shifted.is_finite() {
        return number;
    }
    // not by adding a half, which can step over a whole number where the doubles are that coarse
    let below = shifted.floor();
    let whole = if shifted - below >= 0.5 { below + 1.0 } else { below };
    format!("{whole}e{}", -places).parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::round;

    #[test]
    #[expect(clippy::float_cmp, reason = "rounding gives these very numbers")]
    fn rounding_is_decimal_and_half_goes_up() {
        for (number, places, expected) in [
            (2.5, 0.0, 3.0),
            (-2.5, 0.0, -2.0),
            (1.005, 2.0, 1.01),
            (2.675, 2.0, 2.68),
            (1234.0, -2.0, 1200.0),
            (1250.0, -2.0, 1300.0),
            (0.499_999_999_999_999_94, 0.0, 0.0),
            (9_007_199_254_740_993.0, 0.0, 9_007_199_254_740_992.0),
            (1e300, 20.0, 1e300),
            (5.0, -400.0, 0.0),
        ] {
            assert_eq!(round(number, places), expected, "{number} to {places}");
        }
        assert!(round(f64::NAN, 0.0).is_nan() && round(1.0, f64::NAN).is_nan());
    }
}
