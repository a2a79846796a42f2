//! Hiding as much as guards what must be guarded.
//!
//! A count is guarded when there is another population, alike in everything that is shown, in which the count is not
//! small. Hiding more only adds to those populations, so what is guarded once stays guarded, and one pass is enough.

use super::exchange::{Gate, Path, Pinned, Population, Search, Target};
use super::model::{Model, withhold_followers};
use super::needs::{EITHER, Need, Way};
use super::proof::{self, Proof};

/// Hides more until everything on the list is guarded, or the question is withheld. Gives the proofs that were found, in
/// the order of the list; none of the rest when there is nothing to guard any more.
pub(super) fn protect(models: &mut [Model], question: usize, needs: &[Need]) -> Vec<Proof> {
    let mut world = Population::of(&models[question]);
    let mut proofs = Vec::with_capacity(needs.len());
    for need in needs {
        if tells_nothing(models, question) {
            break;
        }
        let mut proof = guard(models, question, need, &mut world);
        if proof.is_none() {
            for row in rows_of(&models[question], need.target) {
                models[question].rows[row].withheld = true;
            }
            proof = guard(models, question, need, &mut world);
        }
        match proof {
            Some(proof) => proofs.push(proof),
            None => give_up(models, question),
        }
    }
    proofs
}

/// Whether nothing is shown of a question, nor of those that follow from it or tell of it.
pub(super) fn tells_nothing(models: &[Model], question: usize) -> bool {
    let model = &models[question];
    model.is_withheld()
        && model.followers.iter().all(|follower| tells_nothing(models, follower.question))
        && (!model.has_least
            || models
                .iter()
                .filter(|other| other.has_least && other.parent == model.parent)
                .all(Model::is_withheld))
}

/// Withholds a question, those that follow from it, and the other choices of the same question where one tells of
/// another.
pub(super) fn give_up(models: &mut [Model], question: usize) {
    models[question].withhold();
    let followers: Vec<usize> = models[question].followers.iter().map(|follower| follower.question).collect();
    for follower in followers {
        give_up(models, follower);
    }
    if models[question].has_least {
        let parent = models[question].parent;
        for model in models.iter_mut().filter(|model| model.has_least && model.parent == parent) {
            model.withhold();
        }
    }
}

/// Whether everything on the list is hidden and proven as things are.
pub(super) fn is_guarded(models: &[Model], question: usize, needs: &[Need]) -> bool {
    let mut world = Population::of(&models[question]);
    tells_nothing(models, question)
        || needs.iter().all(|need| {
            proof::find(models, question, need, &mut world)
                .is_some_and(|proof| proof::holds(models, question, need, &proof, &mut world))
        })
}

/// The audit of a question after all is hidden.
pub(super) fn is_proven(models: &[Model], question: usize, needs: &[Need], proofs: &[Proof]) -> bool {
    let mut world = Population::of(&models[question]);
    tells_nothing(models, question)
        || (needs.len() == proofs.len()
            && needs
                .iter()
                .zip(proofs)
                .all(|(need, proof)| proof::holds(models, question, need, proof, &mut world)))
}

fn rows_of(model: &Model, target: Target) -> Vec<usize> {
    match target {
        Target::Row(row) => vec![row],
        Target::Atom(atom) => {
            let at = model.atoms[atom];
            model.left[at.left].rows.iter().chain(&model.right[at.right].rows).copied().collect()
        }
    }
}

/// Guards one count, hiding more where needed; `None` when nothing that may be hidden does it. `world` is the true
/// population, before and after.
fn guard(models: &mut [Model], question: usize, need: &Need, world: &mut Population) -> Option<Proof> {
    let enough = open_for_strangers(models, question, need, world);
    let moves = world.restore(&models[question]);
    if !enough {
        return None;
    }
    let insiders =
        if need.to_insiders { open_for_insiders(models, question, need, world)? } else { Vec::new() };
    Some(Proof { moves, insiders })
}

/// Hides more until the count can go as far as it must.
fn open_for_strangers(models: &mut [Model], question: usize, need: &Need, world: &mut Population) -> bool {
    loop {
        let gone = proof::make_room(models, question, need, world);
        if gone >= need.wanted {
            return true;
        }
        let best = cheapest(models, question, need, need.ways(), Pinned::Nobody, world);
        let Some(path) = best else { return gone >= need.enough };
        open(models, question, &path);
        // a way that costs nothing and still leads nowhere would be found for ever
        if !proof::walk(&models[question], world, &path, need.wanted - gone) || path.cost == 0 {
            return proof::make_room(models, question, need, world) >= need.enough;
        }
    }
}

/// Hides more until no respondent can work the count out from their own answer.
fn open_for_insiders(
    models: &mut [Model],
    question: usize,
    need: &Need,
    world: &mut Population,
) -> Option<Vec<(Pinned, Path)>> {
    loop {
        let pinned = match proof::insiders(models, question, need, world) {
            Ok(found) => return Some(found),
            Err(pinned) => pinned,
        };
        let path = cheapest(models, question, need, &EITHER, Pinned::EachAlone, world)
            .or_else(|| cheapest(models, question, need, &EITHER, pinned, world))
            .filter(|path| path.cost > 0)?;
        open(models, question, &path);
    }
}

fn cheapest(
    models: &[Model],
    question: usize,
    need: &Need,
    ways: &[Way],
    pinned: Pinned,
    population: &Population,
) -> Option<Path> {
    let search = Search { models, question, population, pinned, pays: true };
    let mut best: Option<Path> = None;
    for &way in ways {
        for partner in (0..models[question].answers).filter(|&partner| partner != need.answer) {
            let (a, b) = need.pair(way, partner);
            let limit = best.as_ref().map_or(u64::MAX, |best| best.cost);
            if let Some(path) = search.path(need.target, a, b, limit).filter(|path| path.cost < limit) {
                best = Some(path);
            }
        }
    }
    best
}

/// Hides what a path needs hidden.
fn open(models: &mut [Model], question: usize, path: &Path) {
    let (a, b) = path.pair;
    for gate in &path.gates {
        let model = &mut models[question];
        let (rows, groups) = match *gate {
            Gate::All => (vec![0], vec![None]),
            Gate::Node(right, n) => {
                let node = if right { &model.right[n] } else { &model.left[n] };
                (node.rows.clone(), node.groups.iter().map(|&group| Some(group)).collect())
            }
        };
        for row in rows {
            model.rows[row].hidden[a] = true;
            model.rows[row].hidden[b] = true;
        }
        for group in groups {
            withhold_followers(models, question, (a, b), group);
        }
    }
}
