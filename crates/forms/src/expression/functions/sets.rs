//! Functions of nodes: how many, which place, sums.

use super::Function;
use crate::expression::evaluate::{Evaluator, Focus, Stop};
use crate::expression::program::Code;
use crate::expression::value::{Node, number_of};

#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2^52 nodes")]
pub(super) fn call<'a>(
    evaluator: &Evaluator<'a>,
    function: Function,
    arguments: &'a [Code],
    focus: &Focus,
) -> Result<f64, Stop> {
    match (function, arguments) {
        (Function::Count, [of]) => Ok(evaluator.nodes(of, focus)?.len() as f64),
        (Function::CountNonEmpty, [of]) => {
            let nodes = evaluator.nodes(of, focus)?;
            Ok(nodes.into_iter().filter(|node| !evaluator.text_at(*node).is_empty()).count() as f64)
        }
        (Function::Sum, [of]) => {
            let mut sum = 0.0;
            evaluator.each_text(of, focus, |text| {
                // what was not answered adds nothing; what is no number makes the sum none
                if !text.is_empty() {
                    sum += number_of(text);
                }
                Ok(())
            })?;
            Ok(sum)
        }
        (Function::Max | Function::Min, _) => {
            let mut best = f64::NAN;
            for argument in arguments {
                evaluator.each_text(argument, focus, |text| {
                    // what was not answered is left out: `max` of Rust ignores what is not a number
                    let number = number_of(text);
                    best = if function == Function::Max { best.max(number) } else { best.min(number) };
                    Ok(())
                })?;
            }
            Ok(best)
        }
        (Function::Last, _) => Ok(focus.size as f64),
        (Function::Position, []) => Ok(focus.position as f64),
        (Function::Position, [of]) => {
            let node = evaluator.nodes(of, focus)?.first().copied();
            Ok(node.map_or(f64::NAN, |node| position(evaluator, node) as f64))
        }
        _ => Ok(f64::NAN),
    }
}

/// The place of a node among its siblings of the same name, from 1.
fn position(evaluator: &Evaluator<'_>, node: Node) -> usize {
    match node {
        Node::Answer(frame, shape) if evaluator.names.shape.node(shape).repeat => {
            evaluator.data.position(&evaluator.names.shape, frame)
        }
        Node::Item(_, row) => row as usize + 1,
        _ => 1,
    }
}

/// Of the nodes of a question, those in the entry with these numbers (from 1) of the repeats with these regions.
pub(crate) fn indexed(evaluator: &Evaluator<'_>, nodes: Vec<Node>, wanted: &[(u32, f64)]) -> Vec<Node> {
    let shape = &evaluator.names.shape;
    #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "places are small whole numbers")]
    let stands = |frame: u32| {
        wanted.iter().all(|(region, number)| {
            let levels =
                shape.region(evaluator.data.region(frame)).depth.checked_sub(shape.region(*region).depth);
            levels.is_some_and(|levels| {
                evaluator.data.position(shape, evaluator.data.out(frame, levels)) as f64 == number.trunc()
            })
        })
    };
    nodes.into_iter().filter(|node| matches!(node, Node::Answer(frame, _) if stands(*frame))).collect()
}
