//! Which group or repeat an entity stands in: as near as can be to the questions that it takes its properties from.
//!
//! A container (the form, a group, a repeat) has room for one entity, and the questions saved to an entity must be in the
//! same round of the same repeat. The rules are those of pyxform.

use std::collections::HashMap;

use crate::form::references::references;
use crate::form::{Fault, Form, Item, Place};

/// The form itself among the containers.
const FORM: usize = 0;

/// Where each entity stands.
#[derive(Debug, Default)]
pub(super) struct Allocation {
    /// Index of the entity by the names of the groups that it is in.
    places: HashMap<Vec<String>, usize>,
    in_repeat: bool,
}

impl Allocation {
    /// The index of the entity that stands in a group.
    pub(super) fn at(&self, scope: &[&str]) -> Option<usize> {
        if self.places.is_empty() {
            return None;
        }
        let scope: Vec<String> = scope.iter().map(|name| (*name).to_owned()).collect();
        self.places.get(&scope).copied()
    }

    /// The version of the specification that clients must know.
    pub(super) fn version(&self) -> Option<&'static str> {
        match self.places.len() {
            0 => None,
            1 if !self.in_repeat => Some("2024.1.0"),
            _ => Some("2025.1.0"),
        }
    }
}

struct Container {
    parent: Option<usize>,
    name: String,
    is_repeat: bool,
    /// How many containers lead to it, itself among them.
    length: usize,
}

/// A question that an entity has to do with.
#[derive(Clone)]
struct Mention {
    container: usize,
    row: u32,
    question: String,
    /// Whether it is saved to the entity, not only named in one of its expressions.
    saved: bool,
}

/// What an entity asks for.
struct Request {
    entity: usize,
    scope: usize,
    wanted: usize,
    /// Containers of the questions that are saved to it.
    lineages: Vec<usize>,
}

struct Containers(Vec<Container>);

impl Containers {
    fn upwards(&self, from: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(from), |id| self.0[*id].parent)
    }

    /// The repeat that it is or is in, or the form.
    fn boundary(&self, id: usize) -> usize {
        self.upwards(id).find(|id| *id == FORM || self.0[*id].is_repeat).unwrap_or(FORM)
    }

    fn repeats(&self, id: usize) -> usize {
        self.upwards(id).filter(|id| self.0[*id].is_repeat).count()
    }

    /// How many groups lie between it and its boundary.
    fn below_boundary(&self, id: usize) -> usize {
        self.0[id].length - self.0[self.boundary(id)].length
    }

    fn is_in(&self, id: usize, outer: usize) -> bool {
        self.upwards(id).any(|id| id == outer)
    }

    fn common(&self, ids: &[usize]) -> usize {
        let Some((first, rest)) = ids.split_first() else { return FORM };
        self.upwards(*first).find(|outer| rest.iter().all(|id| self.is_in(*id, *outer))).unwrap_or(FORM)
    }

    fn path(&self, id: usize) -> String {
        let mut names: Vec<&str> = self.upwards(id).map(|id| self.0[id].name.as_str()).collect();
        names.push("");
        names.reverse();
        names.join("/")
    }
}

/// Gives every entity its place.
///
/// # Errors
/// Entities whose questions are in different repeats, or that find no place.
pub(super) fn allocate(form: &Form) -> Result<Allocation, Vec<Fault>> {
    if form.entities.is_empty() {
        return Ok(Allocation::default());
    }
    let survey = Container { parent: None, name: "survey".to_owned(), is_repeat: false, length: 1 };
    let mut containers = Containers(vec![survey]);
    // In order of the first mention.
    let mut mentions: Vec<(usize, Vec<Mention>)> = Vec::new();
    let mut named: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, entity) in form.entities.iter().enumerate() {
        let texts = [&entity.entity_id, &entity.create_if, &entity.update_if, &entity.label];
        for reference in texts.into_iter().flatten().filter_map(|text| references(text).ok()).flatten() {
            let entities = named.entry(reference.name).or_default();
            if !entities.contains(&at) {
                entities.push(at);
            }
        }
    }
    collect(form, &named, &form.items, FORM, &mut containers, &mut mentions);

    let mut requests = Vec::new();
    let mut faults = Vec::new();
    for (entity, mentions) in &mentions {
        match request(form, *entity, mentions, &containers) {
            Ok(request) => requests.push(request),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    for entity in 0..form.entities.len() {
        if !mentions.iter().any(|(mentioned, _)| *mentioned == entity) {
            requests.push(Request { entity, scope: FORM, wanted: FORM, lineages: Vec::new() });
        }
    }
    place(form, requests, &containers).map_err(|fault| vec![fault])
}

fn collect(
    form: &Form,
    named: &HashMap<&str, Vec<usize>>,
    items: &[Item],
    container: usize,
    containers: &mut Containers,
    mentions: &mut Vec<(usize, Vec<Mention>)>,
) {
    for item in items {
        let new = |saved: bool| Mention {
            container,
            row: item.place().row,
            question: item.name().to_owned(),
            saved,
        };
        if let Item::Question(question) = item
            && let Some(saved) = &question.save_to
        {
            let list = saved.split_once('#').map(|(list, _)| list);
            let entity = form.entities.iter().position(|entity| list.is_none_or(|list| entity.list == list));
            if let Some(entity) = entity {
                add(mentions, entity, new(true));
            }
        }
        for entity in named.get(item.name()).into_iter().flatten() {
            add(mentions, *entity, new(false));
        }
        if let Some(group) = item.group() {
            let length = containers.0[container].length + 1;
            containers.0.push(Container {
                parent: Some(container),
                name: group.name.clone(),
                is_repeat: matches!(item, Item::Repeat(_)),
                length,
            });
            let id = containers.0.len() - 1;
            collect(form, named, &group.items, id, containers, mentions);
        }
    }
}

fn add(mentions: &mut Vec<(usize, Vec<Mention>)>, entity: usize, mention: Mention) {
    match mentions.iter_mut().find(|(at, _)| *at == entity) {
        Some((_, known)) => known.push(mention),
        None => mentions.push((entity, vec![mention])),
    }
}

/// What an entity asks for, from where it is mentioned.
fn request(
    form: &Form,
    entity: usize,
    mentions: &[Mention],
    containers: &Containers,
) -> Result<Request, Fault> {
    let mut scope: Option<(&Mention, usize)> = None;
    for mention in mentions {
        let boundary = containers.boundary(mention.container);
        if scope.is_none_or(|(_, deepest)| containers.repeats(boundary) > containers.repeats(deepest)) {
            scope = Some((mention, boundary));
        }
    }
    let Some((scope_mention, scope)) = scope else {
        return Ok(Request { entity, scope: FORM, wanted: FORM, lineages: Vec::new() });
    };
    // The deepest in that scope: of those saved if any is, else of all.
    let deepest = |saved: bool| {
        let in_scope = |mention: &&Mention| containers.boundary(mention.container) == scope;
        let mut found: Option<&Mention> = None;
        for mention in mentions.iter().filter(|mention| !saved || mention.saved).filter(in_scope) {
            let deeper = |other: &Mention| {
                containers.below_boundary(mention.container) > containers.below_boundary(other.container)
            };
            if found.is_none_or(deeper) {
                found = Some(mention);
            }
        }
        found
            .or_else(|| mentions.iter().find(|mention| !saved || mention.saved))
            .map(|mention| mention.container)
    };
    let mut lineages: Vec<usize> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.saved) {
        if !lineages.contains(&mention.container) {
            lineages.push(mention.container);
        }
    }
    let wanted = match lineages.as_slice() {
        [] => deepest(false).unwrap_or(FORM),
        [only] => *only,
        several => {
            let boundary = containers.boundary(deepest(true).unwrap_or(FORM));
            let common = containers.common(several);
            let depth = |id: usize| (containers.repeats(id), containers.below_boundary(id));
            if depth(common) > depth(boundary) { common } else { boundary }
        }
    };
    let dataset = &form.entities[entity].list;
    let advice = "copy either value into the desired container scope with a 'calculate' question then use that \
                  'calculate' for the 'save_to'.";
    for mention in mentions {
        let boundary = containers.boundary(mention.container);
        let outside = !containers.is_in(scope, boundary);
        let elsewhere = mention.saved && containers.boundary(wanted) != boundary;
        if !outside && !elsewhere {
            continue;
        }
        let other = containers.path(if outside { scope_mention.container } else { wanted });
        let here = containers.path(mention.container);
        let start = format!(
            "The entity list name '{dataset}' has a reference in container scope '{other}' which is not"
        );
        return Err(if mention.saved {
            Place::new("survey", mention.row).fault(
                "save_to",
                format!(
                    "{start} compatible with this 'save_to' reference in scope '{here}'. Please either: check the \
                     spelling of the list name in the 'save_to', or {advice}"
                ),
            )
        } else {
            form.entities[entity].place.fault(
                "",
                format!(
                    "The entity declaration is invalid. {start} compatible with the variable reference to '{}' in scope \
                     '{here}'. Please either: check the spelling of the variable references, or {advice}",
                    mention.question
                ),
            )
        });
    }
    Ok(Request { entity, scope, wanted, lineages })
}

/// Gives each entity the innermost free container between what it asks for and its scope.
fn place(form: &Form, requests: Vec<Request>, containers: &Containers) -> Result<Allocation, Fault> {
    let mut scopes: Vec<(usize, Vec<Request>)> = Vec::new();
    for request in requests {
        match scopes.iter_mut().find(|(scope, _)| *scope == request.scope) {
            Some((_, known)) => known.push(request),
            None => scopes.push((request.scope, vec![request])),
        }
    }
    let mut given: HashMap<usize, usize> = HashMap::new();
    let mut reserved: HashMap<usize, usize> = HashMap::new();
    if let [(FORM, requests)] = scopes.as_slice()
        && let [only] = requests.as_slice()
    {
        given.insert(FORM, only.entity);
        scopes.clear();
    }
    for (scope, mut requests) in scopes {
        requests.sort_by_key(|request| form.entities[request.entity].place.row);
        for request in requests {
            let mut conflict = None;
            for at in containers.upwards(request.wanted) {
                if containers.0[at].length < containers.0[scope].length {
                    break;
                }
                conflict = given.get(&at).or_else(|| reserved.get(&at)).copied();
                if conflict.is_some() {
                    let taken = request.lineages.first().and_then(|lineage| reserved.get(lineage)).copied();
                    if taken.is_some() {
                        conflict = taken;
                        break;
                    }
                    continue;
                }
                given.insert(at, request.entity);
                reserved.insert(at, request.entity);
                for lineage in &request.lineages {
                    for between in containers.upwards(*lineage) {
                        if containers.0[between].length < containers.0[at].length {
                            break;
                        }
                        reserved.insert(between, request.entity);
                    }
                }
                break;
            }
            if let Some(other) = conflict {
                let reason = format!(
                    "The entity declaration is invalid. Each container (survey, group, repeat) may have only one entity \
                     declaration, but there are no valid containers available in the scope: '{}', which has been \
                     allocated to the entity on row '{}'. Please either: check which entities are referred to from the \
                     'survey' sheetin the 'save_to' column, or check which questions are being referred to from the \
                     'entities' sheet with variable references (such as in the 'label').",
                    containers.path(scope),
                    form.entities[other].place.row
                );
                return Err(form.entities[request.entity].place.fault("", reason));
            }
        }
    }
    let in_repeat = given.keys().any(|at| containers.repeats(*at) > 0);
    let places = given
        .into_iter()
        .map(|(at, entity)| {
            let mut names: Vec<String> = containers
                .upwards(at)
                .filter(|id| *id != FORM)
                .map(|id| containers.0[id].name.clone())
                .collect();
            names.reverse();
            (names, entity)
        })
        .collect();
    Ok(Allocation { places, in_repeat })
}
