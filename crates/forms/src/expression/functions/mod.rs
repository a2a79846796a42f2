//! The functions of expressions: which there are and what they take. What they do is in the files beside this one.
//!
//! The set is that of the ODK XForms specification (section "XPath Functions") and of the functions page of the ODK
//! documentation, with the rest of XPath 1.0's core that clients on the web understand. A name that is not in
//! [`FUNCTIONS`] is refused when a form is read. To add a function: a variant, its line in the table, its arm in the
//! file of its family.

mod chance;
mod dates;
mod digests;
mod geography;
mod numbers;
mod selects;
mod sets;
mod strings;

pub use chance::Chance;
pub(crate) use chance::shuffle as shuffled;
pub(super) use chance::shuffle;
pub(super) use sets::indexed;
pub(super) use strings::pattern;

use super::evaluate::{Evaluator, Focus, Stop};
use super::program::Code;
use super::value::Value;

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as in the table, whose lines say what they take")]
pub enum Function {
    Abs,
    Acos,
    Area,
    Asin,
    Atan,
    Atan2,
    Base64Decode,
    Boolean,
    BooleanFromString,
    Ceiling,
    Checklist,
    ChoiceName,
    Coalesce,
    Concat,
    Contains,
    Cos,
    Count,
    CountNonEmpty,
    CountSelected,
    Current,
    Date,
    DateTime,
    DecimalDateTime,
    DecimalTime,
    Digest,
    Distance,
    EnclosedArea,
    EndsWith,
    Exp,
    Exp10,
    False,
    Floor,
    FormatDate,
    FormatDateTime,
    Geofence,
    If,
    IndexedRepeat,
    Instance,
    Int,
    Join,
    Last,
    Log,
    Log10,
    Max,
    Min,
    NormalizeSpace,
    Not,
    Now,
    Number,
    Once,
    Pi,
    Position,
    Pow,
    Pulldata,
    Random,
    Randomize,
    Regex,
    Round,
    Selected,
    SelectedAt,
    Sin,
    Sqrt,
    StartsWith,
    StringLength,
    StringOf,
    Substr,
    Substring,
    SubstringAfter,
    SubstringBefore,
    Sum,
    Tan,
    Today,
    Translate,
    True,
    Uuid,
    WeightedChecklist,
}

impl Function {
    /// Whether its value is a number, whatever the arguments.
    pub(super) fn yields_number(self) -> bool {
        use Function as F;
        matches!(
            self,
            F::Abs
                | F::Acos
                | F::Area
                | F::Asin
                | F::Atan
                | F::Atan2
                | F::Ceiling
                | F::Cos
                | F::Count
                | F::CountNonEmpty
                | F::CountSelected
                | F::DecimalDateTime
                | F::DecimalTime
                | F::Distance
                | F::EnclosedArea
                | F::Exp
                | F::Exp10
                | F::Floor
                | F::Int
                | F::Last
                | F::Log
                | F::Log10
                | F::Max
                | F::Min
                | F::Number
                | F::Pi
                | F::Position
                | F::Pow
                | F::Random
                | F::Round
                | F::Sin
                | F::Sqrt
                | F::StringLength
                | F::Sum
                | F::Tan
        )
    }
}

/// Which arguments a function takes.
pub(super) struct Signature {
    pub(super) name: &'static str,
    pub(super) function: Function,
    /// The fewest arguments.
    pub(super) least: usize,
    /// The most arguments.
    pub(super) most: usize,
    /// Whether the first argument must be nodes: a reference or a path.
    pub(super) nodes: bool,
}

/// As many arguments as one likes.
const MANY: usize = usize::MAX;

const fn takes(name: &'static str, function: Function, least: usize, most: usize) -> Signature {
    Signature { name, function, least, most, nodes: false }
}

const fn takes_nodes(name: &'static str, function: Function, least: usize, most: usize) -> Signature {
    Signature { name, function, least, most, nodes: true }
}

/// Every function, by name.
pub(super) const FUNCTIONS: [Signature; 77] = [
    takes("abs", Function::Abs, 1, 1),
    takes("acos", Function::Acos, 1, 1),
    takes("area", Function::Area, 1, 1),
    takes("asin", Function::Asin, 1, 1),
    takes("atan", Function::Atan, 1, 1),
    takes("atan2", Function::Atan2, 2, 2),
    takes("base64-decode", Function::Base64Decode, 1, 1),
    takes("boolean", Function::Boolean, 1, 1),
    takes("boolean-from-string", Function::BooleanFromString, 1, 1),
    takes("ceiling", Function::Ceiling, 1, 1),
    takes("checklist", Function::Checklist, 3, MANY),
    takes("coalesce", Function::Coalesce, 2, MANY),
    takes("concat", Function::Concat, 1, MANY),
    takes("contains", Function::Contains, 2, 2),
    takes("cos", Function::Cos, 1, 1),
    takes_nodes("count", Function::Count, 1, 1),
    takes_nodes("count-non-empty", Function::CountNonEmpty, 1, 1),
    takes("count-selected", Function::CountSelected, 1, 1),
    takes("current", Function::Current, 0, 0),
    takes("date", Function::Date, 1, 1),
    takes("date-time", Function::DateTime, 1, 1),
    takes("decimal-date-time", Function::DecimalDateTime, 1, 1),
    takes("decimal-time", Function::DecimalTime, 1, 1),
    takes("digest", Function::Digest, 2, 3),
    takes("distance", Function::Distance, 1, MANY),
    takes("enclosed-area", Function::EnclosedArea, 1, 1),
    takes("ends-with", Function::EndsWith, 2, 2),
    takes("exp", Function::Exp, 1, 1),
    takes("exp10", Function::Exp10, 1, 1),
    takes("false", Function::False, 0, 0),
    takes("floor", Function::Floor, 1, 1),
    takes("format-date", Function::FormatDate, 2, 2),
    takes("format-date-time", Function::FormatDateTime, 2, 2),
    takes("geofence", Function::Geofence, 2, 2),
    takes("if", Function::If, 3, 3),
    takes_nodes("indexed-repeat", Function::IndexedRepeat, 3, 7),
    takes("instance", Function::Instance, 1, 1),
    takes("int", Function::Int, 1, 1),
    takes("join", Function::Join, 1, MANY),
    takes("jr:choice-name", Function::ChoiceName, 2, 2),
    takes("last", Function::Last, 0, 0),
    takes("log", Function::Log, 1, 1),
    takes("log10", Function::Log10, 1, 1),
    takes("max", Function::Max, 1, MANY),
    takes("min", Function::Min, 1, MANY),
    takes("normalize-space", Function::NormalizeSpace, 0, 1),
    takes("not", Function::Not, 1, 1),
    takes("now", Function::Now, 0, 0),
    takes("number", Function::Number, 0, 1),
    takes("once", Function::Once, 1, 1),
    takes("pi", Function::Pi, 0, 0),
    takes("position", Function::Position, 0, 1),
    takes("pow", Function::Pow, 2, 2),
    takes("pulldata", Function::Pulldata, 4, 4),
    takes("random", Function::Random, 0, 0),
    takes_nodes("randomize", Function::Randomize, 1, 2),
    takes("regex", Function::Regex, 2, 2),
    takes("round", Function::Round, 1, 2),
    takes("selected", Function::Selected, 2, 2),
    takes("selected-at", Function::SelectedAt, 2, 2),
    takes("sin", Function::Sin, 1, 1),
    takes("sqrt", Function::Sqrt, 1, 1),
    takes("starts-with", Function::StartsWith, 2, 2),
    takes("string", Function::StringOf, 0, 1),
    takes("string-length", Function::StringLength, 0, 1),
    takes("substr", Function::Substr, 2, 3),
    takes("substring", Function::Substring, 2, 3),
    takes("substring-after", Function::SubstringAfter, 2, 2),
    takes("substring-before", Function::SubstringBefore, 2, 2),
    takes_nodes("sum", Function::Sum, 1, 1),
    takes("tan", Function::Tan, 1, 1),
    takes("today", Function::Today, 0, 0),
    takes("translate", Function::Translate, 3, 3),
    takes("true", Function::True, 0, 0),
    takes("uuid", Function::Uuid, 0, 1),
    takes("weighted-checklist", Function::WeightedChecklist, 4, MANY),
    // XForms 1.0 calls it so
    takes("ceil", Function::Ceiling, 1, 1),
];

/// The function of that name.
pub(super) fn find(name: &str) -> Option<&'static Signature> {
    FUNCTIONS.iter().find(|signature| signature.name == name)
}

/// What is said of functions that ODK has and this does not, and of near misses.
pub(super) fn why_unknown(name: &str) -> String {
    match name {
        "extract-signed" => "extract-signed() is not supported: signatures are not checked here".to_owned(),
        "intersects" => "intersects() is not supported".to_owned(),
        "jr:itext" => "jr:itext() is not supported; jr:choice-name() gives the label of a choice".to_owned(),
        "search" => "search() is only understood in the appearance of a select".to_owned(),
        "position-of" => {
            "there is no function position-of(); position() gives the place of an entry".to_owned()
        }
        _ => {
            let alike = FUNCTIONS.iter().find(|other| {
                let bare = |name: &str| name.replace(['-', '_'], "").to_lowercase();
                bare(other.name) == bare(name)
            });
            match alike {
                Some(other) => format!("there is no function {name}(); {}() is meant, perhaps", other.name),
                None => format!("there is no function {name}()"),
            }
        }
    }
}

/// The value of a function for arguments that are not evaluated yet. What needs its arguments looked up when the
/// form is read (`instance`, `current`, `regex` with a fixed pattern ...) has become another [`Code`] by then.
pub(super) fn call<'a>(
    evaluator: &Evaluator<'a>,
    function: Function,
    arguments: &'a [Code],
    focus: &Focus,
) -> Result<Value<'a>, Stop> {
    use Function as F;
    match function {
        F::Abs
        | F::Acos
        | F::Asin
        | F::Atan
        | F::Atan2
        | F::Ceiling
        | F::Cos
        | F::Exp
        | F::Exp10
        | F::Floor
        | F::Int
        | F::Log
        | F::Log10
        | F::Number
        | F::Pi
        | F::Pow
        | F::Round
        | F::Sin
        | F::Sqrt
        | F::Tan => numbers::call(evaluator, function, arguments, focus).map(Value::Number),
        F::Concat
        | F::Contains
        | F::EndsWith
        | F::Join
        | F::NormalizeSpace
        | F::Regex
        | F::StartsWith
        | F::StringLength
        | F::StringOf
        | F::Substr
        | F::Substring
        | F::SubstringAfter
        | F::SubstringBefore
        | F::Translate => strings::call(evaluator, function, arguments, focus),
        F::Date
        | F::DateTime
        | F::DecimalDateTime
        | F::DecimalTime
        | F::FormatDate
        | F::FormatDateTime
        | F::Now
        | F::Today => dates::call(evaluator, function, arguments, focus),
        F::Boolean
        | F::BooleanFromString
        | F::Checklist
        | F::Coalesce
        | F::CountSelected
        | F::False
        | F::If
        | F::Not
        | F::Once
        | F::Selected
        | F::SelectedAt
        | F::True
        | F::WeightedChecklist => selects::call(evaluator, function, arguments, focus),
        F::Count | F::CountNonEmpty | F::Last | F::Max | F::Min | F::Position | F::Sum => {
            sets::call(evaluator, function, arguments, focus).map(Value::Number)
        }
        F::Area | F::Distance | F::EnclosedArea | F::Geofence => {
            geography::call(evaluator, function, arguments, focus)
        }
        F::Base64Decode | F::Digest => digests::call(evaluator, function, arguments, focus),
        F::Random | F::Uuid => chance::call(evaluator, function, arguments, focus),
        // these are other code, see `program`
        F::ChoiceName | F::Current | F::IndexedRepeat | F::Instance | F::Pulldata | F::Randomize => {
            Ok(Value::EMPTY)
        }
    }
}
