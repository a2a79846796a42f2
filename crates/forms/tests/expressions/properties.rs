//! What holds for any text and any tree.

use keyline_forms::expression::syntax::{Ast, Axis, Offset, Operator, Path, Start, Step};
use keyline_forms::expression::{Evaluator, Expression, Node, Scope, parse};
use proptest::prelude::*;

use crate::world::World;

const FUNCTIONS: [&str; 60] = [
    "abs",
    "acos",
    "area",
    "atan2",
    "base64-decode",
    "boolean",
    "boolean-from-string",
    "ceiling",
    "checklist",
    "coalesce",
    "concat",
    "contains",
    "count",
    "count-non-empty",
    "count-selected",
    "current",
    "date",
    "date-time",
    "decimal-date-time",
    "decimal-time",
    "digest",
    "distance",
    "ends-with",
    "exp10",
    "floor",
    "format-date",
    "format-date-time",
    "geofence",
    "if",
    "indexed-repeat",
    "instance",
    "int",
    "join",
    "jr:choice-name",
    "last",
    "log",
    "max",
    "min",
    "normalize-space",
    "not",
    "now",
    "number",
    "once",
    "position",
    "pow",
    "pulldata",
    "random",
    "randomize",
    "regex",
    "round",
    "selected",
    "selected-at",
    "string",
    "substr",
    "substring",
    "substring-after",
    "sum",
    "today",
    "translate",
    "uuid",
];

const NAMES: [&str; 14] = [
    "age",
    "name",
    "services",
    "council",
    "born",
    "blank",
    "home",
    "rooms",
    "child",
    "child_age",
    "toy",
    "price",
    "data",
    "item",
];

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(&NAMES[..]).prop_map(str::to_owned)
}

fn at() -> Offset {
    Offset::default()
}

fn step(inner: impl Strategy<Value = Ast> + Clone) -> impl Strategy<Value = Step> {
    let axis = prop::sample::select(vec![Axis::Child, Axis::Child, Axis::Parent, Axis::Itself]);
    (any::<bool>(), axis, prop::option::of(name()), prop::collection::vec(inner, 0..2))
        .prop_map(|(deep, axis, name, predicates)| Step { deep, axis, name, predicates, at: at() })
}

fn ast() -> impl Strategy<Value = Ast> {
    let leaf = prop_oneof![
        (0.0..1e9_f64).prop_map(Ast::Number),
        (0_u32..100).prop_map(|number| Ast::Number(f64::from(number))),
        "[a-z0-9 %\"é-]{0,8}".prop_map(Ast::Text),
        "[a-z' ]{0,5}".prop_map(Ast::Text),
        (name(), any::<bool>()).prop_map(|(name, last_saved)| Ast::Reference { name, last_saved, at: at() }),
    ];
    leaf.prop_recursive(5, 60, 4, |inner| {
        let paths = (
            prop_oneof![
                Just(Start::Here),
                Just(Start::Root),
                (inner.clone(), prop::collection::vec(inner.clone(), 0..2))
                    .prop_map(|(of, predicates)| Start::Value { of: Box::new(of), predicates })
            ],
            prop::collection::vec(step(inner.clone()), 1..4),
        )
            .prop_map(|(start, mut steps)| {
                if start == Start::Here {
                    steps[0].deep = false;
                }
                Ast::Path(Path { start, steps, at: at() })
            });
        let operators = prop_oneof![
            Just(vec![Operator::Or]),
            Just(vec![Operator::And]),
            Just(vec![Operator::Equal, Operator::NotEqual]),
            Just(vec![Operator::Less, Operator::AtMost, Operator::More, Operator::AtLeast]),
            Just(vec![Operator::Plus, Operator::Minus]),
            Just(vec![Operator::Times, Operator::Divide, Operator::Modulo]),
            Just(vec![Operator::Union]),
        ];
        let one = operators.prop_flat_map(|rank| prop::collection::vec(prop::sample::select(rank), 1..3));
        let chains = (inner.clone(), one, prop::collection::vec(inner.clone(), 3)).prop_map(
            |(first, operators, operands)| Ast::Chain {
                first: Box::new(first),
                rest: operators.into_iter().zip(operands).collect(),
            },
        );
        prop_oneof![
            paths,
            chains,
            inner.clone().prop_map(|of| Ast::Negate(Box::new(of))),
            (prop::sample::select(&FUNCTIONS[..]), prop::collection::vec(inner, 0..4))
                .prop_map(|(name, arguments)| Ast::Call { function: name.to_owned(), arguments, at: at() }),
        ]
    })
}

/// Reads and evaluates as seen from a question in a repeat; whatever comes, it ends.
fn evaluate(world: &World, source: &str) {
    let frame = world.frame(0, Some(1));
    for (at, frame) in [("total", 0), ("price", frame)] {
        let node = world.id(at);
        if let Ok(expression) = Expression::read(source, Scope::of(&world.names, node)) {
            let evaluator =
                Evaluator::new(&world.names, &world.data, &world.around, Node::Answer(frame, node));
            let _ = expression.text(&evaluator);
            let _ = expression.truth(&evaluator);
            let _ = expression.number(&evaluator);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn a_tree_is_written_and_read_back(tree in ast()) {
        let text = tree.to_string();
        prop_assert_eq!(parse(&text), Ok(tree), "{}", text);
    }

    #[test]
    fn any_tree_is_refused_or_evaluated(tree in ast()) {
        evaluate(&World::new(), &tree.to_string());
    }

    #[test]
    fn any_text_is_refused_or_evaluated(text in r"[ -~é‘\n]{0,60}") {
        evaluate(&World::new(), &text);
    }

    #[test]
    fn any_words_are_refused_or_evaluated(words in prop::collection::vec(prop::sample::select(vec![
        "(", ")", "[", "]", ",", "/", "//", "|", "+", "-", "*", "=", "!=", "<", ">=", ".", "..", "@", "::", "and", "or",
        "div", "mod", "1", "2.5", "'a'", "''", "'%Y'", "${age}", "${child}", "${price}", "${toy}", "${last-saved#name}",
        "age", "child", "data", "item", "root", "name", "current()", "instance('councils')", "count(", "sum(", "position(",
        "if(", "once(", "date(", "regex(", "indexed-repeat(", "randomize(", "self::", "parent::", "node()",
    ]), 0..30)) {
        evaluate(&World::new(), &words.concat());
        evaluate(&World::new(), &words.join(" "));
    }

    #[test]
    fn a_place_of_a_refusal_is_in_the_text(text in r"[a-z0-9$\{\}()\[\],./|+*='é -]{0,40}") {
        let world = World::new();
        if let Err(refusal) = Expression::read(&text, Scope::of(&world.names, world.id("total"))) {
            prop_assert!(refusal.offset <= text.len());
        }
    }

    #[test]
    fn numbers_are_written_and_read_back(number in any::<f64>().prop_filter("finite", |number| number.is_finite())) {
        use keyline_forms::expression::value::{number_of, text_of};
        prop_assert!((number_of(&text_of(number)) - number).abs() == 0.0, "{number}");
    }
}
