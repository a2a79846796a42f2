//! The form as the tree of nodes that the XML has: what XLSForm leaves unsaid is added here.

use std::borrow::Cow;
use std::collections::HashMap;

use super::entities::Allocation;
use super::itext::list_is_out;
use crate::form::references::is_reference;
use crate::form::{ChoiceList, Entity, Form, Group, Item, Kind, Question, Repeat, Text};

/// Index of a node in [`Tree::nodes`].
pub(super) type Id = usize;

/// The root's index.
pub(super) const ROOT: Id = 0;

pub(super) struct Tree<'a> {
    pub(super) form: &'a Form,
    pub(super) nodes: Vec<Node<'a>>,
    /// The lists by name, each with whether its labels are in `itext`.
    lists: HashMap<&'a str, (&'a ChoiceList, bool)>,
    /// The node of each name; none when there are several.
    names: HashMap<String, Option<Id>>,
}

pub(super) struct Node<'a> {
    pub(super) parent: Option<Id>,
    pub(super) children: Vec<Id>,
    pub(super) name: Cow<'a, str>,
    /// The whole path, for example `/data/group/name`.
    pub(super) path: String,
    pub(super) depth: usize,
    /// The nearest repeat around it.
    pub(super) repeat: Option<Id>,
    pub(super) what: What<'a>,
}

/// A question of the form, or one that was added.
pub(super) enum Held<'a> {
    Read(&'a Question),
    Added(Box<Question>),
}

impl std::ops::Deref for Held<'_> {
    type Target = Question;

    fn deref(&self) -> &Question {
        match self {
            Self::Read(question) => question,
            Self::Added(question) => question,
        }
    }
}

pub(super) enum What<'a> {
    Root,
    /// A group, with its appearance and whether it shows its own label.
    Group(&'a Group, Option<Cow<'a, str>>, bool),
    /// A repeat, with its count as it is called in XML.
    Repeat(&'a Group, Option<Cow<'a, str>>),
    Question(Held<'a>),
    /// The group of what is about the submission; it has no bind and is not shown.
    Meta,
    Entity,
    /// An attribute of an entity's node, with its value, its calculation, and what sets it at the start.
    Attribute {
        value: &'a str,
        calculation: Option<Cow<'a, str>>,
        has_bind: bool,
        first_value: Option<&'static str>,
    },
    EntityLabel(&'a str),
}

impl<'a> Tree<'a> {
    /// The tree of a form without loops, with its entities where they were allocated.
    pub(super) fn of(form: &'a Form, entities: &'a Allocation) -> Self {
        let lists = form.lists.iter().map(|list| (list.name.as_str(), (list, list_is_out(list)))).collect();
        let mut tree = Self { form, nodes: Vec::new(), lists, names: HashMap::new() };
        tree.nodes.push(Node {
            parent: None,
            children: Vec::new(),
            name: Cow::Borrowed(&form.name),
            path: format!("/{}", form.name),
            depth: 0,
            repeat: None,
            what: What::Root,
        });
        tree.items(ROOT, &form.items, entities, &mut Vec::new(), false);
        tree.meta(entities);
        tree.names = HashMap::with_capacity(tree.nodes.len());
        for (id, node) in tree.nodes.iter().enumerate() {
            if !matches!(node.what, What::Attribute { .. } | What::EntityLabel(_)) {
                let known = tree.names.entry(node.name.clone().into_owned());
                known.and_modify(|known| *known = None).or_insert(Some(id));
            }
        }
        tree
    }

    /// A list, with whether its labels are in `itext`.
    pub(super) fn list(&self, name: &str) -> Option<(&'a ChoiceList, bool)> {
        self.lists.get(name).copied()
    }

    /// The lists of the form in order.
    pub(super) fn lists(&self) -> Vec<(&'a ChoiceList, bool)> {
        self.form.lists.iter().filter_map(|list| self.list(&list.name)).collect()
    }

    /// The only node of that name.
    pub(super) fn named(&self, name: &str) -> Option<Id> {
        self.names.get(name).copied().flatten()
    }

    /// Every node, parents before their children, in the order of the form.
    pub(super) fn ids(&self) -> Vec<Id> {
        let mut ids = Vec::with_capacity(self.nodes.len());
        let mut open = vec![ROOT];
        while let Some(id) = open.pop() {
            ids.push(id);
            open.extend(self.nodes[id].children.iter().rev());
        }
        ids
    }

    /// The question of a node.
    pub(super) fn question(&self, id: Id) -> Option<&Question> {
        match &self.nodes[id].what {
            What::Question(question) => Some(question),
            _ => None,
        }
    }

    fn add(&mut self, parent: Id, name: Cow<'a, str>, what: What<'a>) -> Id {
        let id = self.nodes.len();
        let (path, depth, repeat) = {
            let above = &self.nodes[parent];
            let at = if matches!(what, What::Attribute { .. }) { "@" } else { "" };
            let repeat = if matches!(above.what, What::Repeat(..)) { Some(parent) } else { above.repeat };
            (format!("{}/{at}{name}", above.path), above.depth + 1, repeat)
        };
        self.nodes[parent].children.push(id);
        self.nodes.push(Node { parent: Some(parent), children: Vec::new(), name, path, depth, repeat, what });
        id
    }

    fn items(
        &mut self,
        parent: Id,
        items: &'a [Item],
        entities: &'a Allocation,
        scope: &mut Vec<&'a str>,
        table: bool,
    ) {
        let mut head_is_due = table;
        for item in items {
            match item {
                Item::Question(question) if question.kind == Kind::Audit => {}
                Item::Question(question) if table && question.kind.has_choices() => {
                    if head_is_due {
                        head_is_due = false;
                        let head = table_head(question);
                        self.add(
                            parent,
                            Cow::Owned(head.name.clone()),
                            What::Question(Held::Added(Box::new(head))),
                        );
                    }
                    let mut row = question.clone();
                    row.appearance = Some("list-nolabel".to_owned());
                    self.add(
                        parent,
                        Cow::Borrowed(&question.name),
                        What::Question(Held::Added(Box::new(row))),
                    );
                }
                Item::Question(question) => {
                    self.add(parent, Cow::Borrowed(&question.name), What::Question(Held::Read(question)));
                }
                Item::Group(group) => self.group(parent, group, entities, scope),
                Item::Repeat(repeat) => self.repeat(parent, repeat, entities, scope),
            }
        }
    }

    fn group(&mut self, parent: Id, group: &'a Group, entities: &'a Allocation, scope: &mut Vec<&'a str>) {
        let table = group.appears("table-list");
        let appearance = if table {
            Some(Cow::Owned(table_appearance(group)))
        } else {
            group.appearance.as_deref().map(Cow::Borrowed)
        };
        let id = self.add(parent, Cow::Borrowed(&group.name), What::Group(group, appearance, !table));
        self.inside(id, group, entities, scope, table);
    }

    fn repeat(&mut self, parent: Id, repeat: &'a Repeat, entities: &'a Allocation, scope: &mut Vec<&'a str>) {
        let group = &repeat.group;
        let count = repeat.count.as_deref().map(|count| {
            if is_reference(count) {
                return Cow::Borrowed(count);
            }
            // Only a path may stand there, so a node of its own holds the number.
            let name = count_name(&group.name);
            let counter = Question {
                name: name.clone(),
                kind: Kind::Calculate,
                calculation: Some(count.to_owned()),
                read_only: Some("true()".to_owned()),
                generated: true,
                ..Question::default()
            };
            self.add(parent, Cow::Owned(name.clone()), What::Question(Held::Added(Box::new(counter))));
            Cow::Owned(format!("${{{name}}}"))
        });
        let table = group.appears("table-list");
        let id = self.add(parent, Cow::Borrowed(&group.name), What::Repeat(group, count));
        self.inside(id, group, entities, scope, table);
    }

    fn inside(
        &mut self,
        id: Id,
        group: &'a Group,
        entities: &'a Allocation,
        scope: &mut Vec<&'a str>,
        table: bool,
    ) {
        if table && !(group.label.is_empty() && group.hint.is_empty()) {
            let label = table_label(group);
            self.add(id, Cow::Owned(label.name.clone()), What::Question(Held::Added(Box::new(label))));
        }
        scope.push(&group.name);
        self.items(id, &group.items, entities, scope, table);
        if let Some(entity) = entities.at(scope).and_then(|at| self.form.entities.get(at)) {
            let meta = self.add(id, Cow::Borrowed("meta"), What::Meta);
            self.entity(meta, entity);
        }
        scope.pop();
    }

    /// What is about the submission as a whole.
    fn meta(&mut self, entities: &'a Allocation) {
        let form = self.form;
        let entity = entities.at(&[]).and_then(|at| form.entities.get(at));
        let audits: Vec<&'a Question> =
            form.questions().filter(|question| question.kind == Kind::Audit).collect();
        let instance_id = !form.is_set("omit_instanceid");
        let instance_name = form.settings.get("instance_name");
        if entity.is_none() && audits.is_empty() && !instance_id && instance_name.is_none() {
            return;
        }
        let meta = self.add(ROOT, Cow::Borrowed("meta"), What::Meta);
        if let Some(entity) = entity {
            self.entity(meta, entity);
        }
        for audit in audits {
            self.add(meta, Cow::Borrowed(&audit.name), What::Question(Held::Read(audit)));
        }
        if instance_id {
            let preload = form.settings.get("instance_id").map_or("uid", String::as_str);
            let mut question = worked_out("instanceID", None);
            question.read_only = Some("true()".to_owned());
            question.bind.insert("jr:preload".to_owned(), preload.to_owned());
            self.add(meta, Cow::Borrowed("instanceID"), What::Question(Held::Added(Box::new(question))));
        }
        if let Some(name) = instance_name {
            let question = worked_out("instanceName", Some(name));
            self.add(meta, Cow::Borrowed("instanceName"), What::Question(Held::Added(Box::new(question))));
        }
    }

    fn entity(&mut self, meta: Id, entity: &'a Entity) {
        let id = self.add(meta, Cow::Borrowed("entity"), What::Entity);
        let mut attribute = |name: &'static str, value: &'a str, calculation: Option<Cow<'a, str>>| {
            let has_bind = calculation.is_some();
            let what = What::Attribute { value, calculation, has_bind, first_value: None };
            self.add(id, Cow::Borrowed(name), what);
        };
        attribute("dataset", &entity.list, None);
        if entity.entity_id.is_none() || entity.create_if.is_some() {
            attribute("create", "1", entity.create_if.as_deref().map(Cow::Borrowed));
        }
        if let Some(entity_id) = &entity.entity_id {
            attribute("update", "1", entity.update_if.as_deref().map(Cow::Borrowed));
            for (name, property) in
                [("baseVersion", "__version"), ("trunkVersion", "__trunkVersion"), ("branchId", "__branchId")]
            {
                let path = format!("instance('{}')/root/item[name={entity_id}]/{property}", entity.list);
                attribute(name, "", Some(Cow::Owned(path)));
            }
        }
        let calculation = entity.entity_id.as_deref().map(Cow::Borrowed);
        let first_value = calculation.is_none().then_some("uuid()");
        let what = What::Attribute { value: "", calculation, has_bind: true, first_value };
        self.add(id, Cow::Borrowed("id"), what);
        if let Some(label) = &entity.label {
            self.add(id, Cow::Borrowed("label"), What::EntityLabel(label));
        }
    }
}

/// The name of the node that holds how often a repeat is asked.
pub(super) fn count_name(repeat: &str) -> String {
    format!("{repeat}_count")
}

/// A value that is worked out and never shown.
fn worked_out(name: &str, calculation: Option<&str>) -> Question {
    Question {
        name: name.to_owned(),
        kind: Kind::Calculate,
        calculation: calculation.map(str::to_owned),
        generated: true,
        ..Question::default()
    }
}

/// The row of labels above the selects of a table.
fn table_head(first: &Question) -> Question {
    Question {
        name: format!("reserved_name_for_field_list_labels_{}", first.place.row),
        kind: first.kind,
        choices: first.choices.clone(),
        appearance: Some("label".to_owned()),
        label: Text::plain(" "),
        generated: true,
        ..Question::default()
    }
}

/// A group with this appearance shows its label in a note, because it has none itself.
fn table_label(group: &Group) -> Question {
    Question {
        name: format!("generated_table_list_label_{}", group.place.row),
        kind: Kind::Note,
        label: group.label.clone(),
        hint: group.hint.clone(),
        generated: true,
        ..Question::default()
    }
}

pub(super) fn table_appearance(group: &Group) -> String {
    let words = group.appearance.as_deref().unwrap_or_default().split_whitespace();
    std::iter::once("field-list")
        .chain(words.filter(|word| *word != "table-list"))
        .collect::<Vec<_>>()
        .join(" ")
}
