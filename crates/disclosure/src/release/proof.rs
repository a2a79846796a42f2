//! Proofs that a count is guarded, and the audit that checks them against what is shown.
//!
//! A proof is a list of moves: these people might have given those answers. Finding it is a search; checking it is not.
//! [`holds`] moves the people of the true population and compares every row with what is shown at the end, whatever the
//! search believed.

use super::exchange::{Path, Pinned, Population, Search};
use super::model::{Model, is_silent_about};
use super::needs::{EITHER, Need};

/// Other people who would give the same release.
#[derive(Debug, Clone)]
pub(super) struct Proof {
    /// Moves, one after the other, by so many people, after which the count is what it need be.
    pub(super) moves: Vec<(Path, u64)>,
    /// Single moves of the true population, each with those whose answers it leaves alone.
    pub(super) insiders: Vec<(Pinned, Path)>,
}

/// Looks for a proof as things are, without hiding more. `world` is the true population, before and after.
pub(super) fn find(models: &[Model], question: usize, need: &Need, world: &mut Population) -> Option<Proof> {
    let gone = make_room(models, question, need, world);
    let moves = world.restore(&models[question]);
    let insiders = if need.to_insiders { insiders(models, question, need, world).ok()? } else { Vec::new() };
    (gone >= need.enough).then_some(Proof { moves, insiders })
}

/// Moves people as the need asks. Gives how far the count went from the true one.
pub(super) fn make_room(models: &[Model], question: usize, need: &Need, world: &mut Population) -> u64 {
    let model = &models[question];
    let mut gone = distance(model, need, world);
    for &way in need.ways() {
        for partner in (0..model.answers).filter(|&partner| partner != need.answer) {
            while gone < need.wanted {
                let (a, b) = need.pair(way, partner);
                let search =
                    Search { models, question, population: world, pinned: Pinned::Nobody, pays: false };
                let Some(path) = search.path(need.target, a, b, u64::MAX) else { break };
                if !walk(model, world, &path, need.wanted - gone) {
                    break;
                }
                let now = distance(model, need, world);
                if now <= gone {
                    break;
                }
                gone = now;
            }
        }
    }
    gone
}

/// Moves as many people as wanted along a path, or one.
pub(super) fn walk(model: &Model, world: &mut Population, path: &Path, wanted: u64) -> bool {
    let most = path.room.min(wanted);
    world.follow(model, path, most) || (most > 1 && world.follow(model, path, 1))
}

fn distance(model: &Model, need: &Need, world: &Population) -> u64 {
    world.value(need.target, need.answer).abs_diff(model.true_count(need.target, need.answer))
}

/// Moves that leave the count unknown to each respondent, who knows their own answer; or one who could work it out.
pub(super) fn insiders(
    models: &[Model],
    question: usize,
    need: &Need,
    world: &mut Population,
) -> Result<Vec<(Pinned, Path)>, Pinned> {
    let model = &models[question];
    let mut free = |pinned: Pinned| {
        for partner in (0..model.answers).filter(|&partner| partner != need.answer) {
            for way in EITHER {
                let (a, b) = need.pair(way, partner);
                let search = Search { models, question, population: world, pinned, pays: false };
                let Some(path) = search.path(need.target, a, b, u64::MAX) else { continue };
                let other = world.follow(model, &path, 1) && distance(model, need, world) > 0;
                world.restore(model);
                if other {
                    return Some(path);
                }
            }
        }
        None
    };
    if let Some(path) = free(Pinned::EachAlone) {
        return Ok(vec![(Pinned::EachAlone, path)]);
    }
    let path = free(Pinned::Nobody).ok_or(Pinned::EachAlone)?;
    let mut found = Vec::new();
    for one in alone_on(model, &path) {
        found.push((one, free(one).ok_or(one)?));
    }
    found.push((Pinned::Nobody, path));
    Ok(found)
}

/// Those whom a move of one person each would move for certain, because nobody else of their kind gave their answer.
fn alone_on(model: &Model, path: &Path) -> Vec<Pinned> {
    path.steps
        .iter()
        .map(|&(atom, forward)| (if forward { path.pair.0 } else { path.pair.1 }, atom))
        .filter(|&(answer, atom)| model.counts[answer][atom] == 1)
        .map(|(answer, atom)| Pinned::One { answer, atom })
        .collect()
}

/// The audit of one count: hidden where a table has it, and the proof is one.
pub(super) fn holds(
    models: &[Model],
    question: usize,
    need: &Need,
    proof: &Proof,
    world: &mut Population,
) -> bool {
    let model = &models[question];
    let hidden = need.row().is_none_or(|row| model.rows[row].is_hidden(need.answer));
    let moved = proof.moves.iter().all(|(path, people)| {
        followers_are_silent(models, question, path) && world.follow(model, path, *people)
    });
    let (truth, now) = (model.true_count(need.target, need.answer), world.value(need.target, need.answer));
    let far = now.abs_diff(truth) >= need.enough
        && need.ways().iter().any(|way| (*way == super::needs::Way::More) == (now > truth));
    world.restore(model);
    hidden && moved && far && (!need.to_insiders || keeps_from_insiders(models, question, need, proof, world))
}

fn keeps_from_insiders(
    models: &[Model],
    question: usize,
    need: &Need,
    proof: &Proof,
    world: &mut Population,
) -> bool {
    let model = &models[question];
    let all_differ = proof.insiders.iter().all(|(_, path)| {
        let other = followers_are_silent(models, question, path)
            && world.follow(model, path, 1)
            && distance(model, need, world) > 0;
        world.restore(model);
        other
    });
    // for each respondent there is a move which does not need them
    let spares = |one: Pinned| proof.insiders.iter().any(|(_, path)| !alone_on(model, path).contains(&one));
    all_differ
        && proof.insiders.first().is_some_and(|(_, path)| alone_on(model, path).into_iter().all(spares))
}

/// Whether questions which depend on the two answers show nothing of the people moved.
fn followers_are_silent(models: &[Model], question: usize, path: &Path) -> bool {
    let model = &models[question];
    let (a, b) = path.pair;
    if !model.crosses(a, b) {
        return true;
    }
    let forward = path.steps.iter().filter(|(_, forward)| *forward).count();
    let everybody = 2 * forward == path.steps.len() || is_silent_about(models, question, (a, b), None);
    everybody
        && path.steps.iter().all(|&(atom, _)| {
            let at = model.atoms[atom];
            model.left[at.left]
                .groups
                .iter()
                .chain(&model.right[at.right].groups)
                .all(|&group| is_silent_about(models, question, (a, b), Some(group)))
        })
}
