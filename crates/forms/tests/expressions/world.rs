//! A fictional form with answers, for the tables of this folder.

use keyline_forms::expression::instance::OUTERMOST;
use keyline_forms::expression::{
    Chance, Evaluator, Expression, Instance, Names, Node, Scope, Stop, Surroundings,
};
use keyline_forms::form::Form;
use serde_json::json;

/// A form with a group, a repeat in which there is another, and a list.
pub(crate) fn form() -> Form {
    let question = |name: &str, kind: &str| json!({ "item": "question", "name": name, "kind": kind });
    let select = |name: &str, kind: &str, list: &str| json!({ "item": "question", "name": name, "kind": kind, "choices": { "from": "list", "name": list } });
    let value = json!({
        "id": "household", "title": "Household", "name": "data",
        "languages": [{ "name": "English (en)", "tag": "en" }, { "name": "Gàidhlig (gd)", "tag": "gd" }],
        "items": [
            question("age", "integer"),
            question("name", "text"),
            select("services", "select_multiple", "services"),
            select("council", "select_one", "councils"),
            question("born", "date"),
            question("blank", "text"),
            question("total", "calculate"),
            { "item": "group", "name": "home", "items": [question("rooms", "integer"), question("street", "text")] },
            question("hidden_one", "text"),
            { "item": "repeat", "name": "child", "items": [
                question("child_name", "text"),
                question("child_age", "integer"),
                { "item": "group", "name": "details", "items": [question("likes", "text")] },
                { "item": "repeat", "name": "toy", "items": [question("toy_name", "text"), question("price", "decimal")] },
            ] },
            question("last", "text"),
        ],
        "lists": [
            { "name": "services", "choices": [
                { "name": "health", "label": { "English (en)": "Health", "Gàidhlig (gd)": "Slàinte" } },
                { "name": "school", "label": { "English (en)": "School", "Gàidhlig (gd)": "Sgoil" } },
                { "name": "police", "label": { "English (en)": "Police" } },
            ] },
            { "name": "councils", "choices": [
                { "name": "north", "label": { "": "Northshire" }, "extra": { "region": "uplands", "people": "12000" } },
                { "name": "south", "label": { "": "Southshire" }, "extra": { "region": "lowlands", "people": "90500" } },
                { "name": "mid", "label": { "": "Midshire" }, "extra": { "region": "lowlands" } },
            ] },
        ],
    });
    serde_json::from_value(value).expect("the form of the tests is one")
}

/// The form with answers, at noon on 9 March 2025 in Edinburgh.
pub(crate) struct World {
    pub(crate) names: Names,
    pub(crate) data: Instance,
    pub(crate) around: Surroundings,
}

pub(crate) fn surroundings() -> Surroundings {
    let now = "2025-06-09T12:30:00+01:00[Europe/London]".parse().expect("it is a moment");
    let mut around = Surroundings::new(now, Chance::from_number(7));
    around.language.push_str("English (en)");
    around.default_language.push_str("English (en)");
    around.last_saved.insert("name".to_owned(), "Mòrag".to_owned());
    around
}

impl World {
    pub(crate) fn new() -> Self {
        let names = Names::of(&form());
        let mut data = Instance::new(&names.shape);
        let mut world = Self { data: data.clone(), names, around: surroundings() };
        for (name, text) in [
            ("age", "18"),
            ("name", "Ailsa"),
            ("services", "health school"),
            ("council", "south"),
            ("born", "2007-03-01"),
            ("rooms", "4"),
            ("street", "Loch  Road "),
            ("hidden_one", "secret"),
        ] {
            data.set(&world.names.shape, world.id(name), text);
        }
        let shape = &world.names.shape;
        data.slot_mut(shape, OUTERMOST, world.id("hidden_one")).relevant = false;
        for (name, age, toys) in [
            ("Eilidh", "9", &[("ball", "2.5"), ("kite", "7")][..]),
            ("Calum", "12", &[]),
            ("Iona", "4", &[("drum", "11")]),
        ] {
            let child = data.add_entry(shape, OUTERMOST, world.id("child"));
            data.slot_mut(shape, child, world.id("child_name")).text.push_str(name);
            data.slot_mut(shape, child, world.id("child_age")).text.push_str(age);
            data.slot_mut(shape, child, world.id("likes")).text = format!("{name} likes rain");
            for (toy, price) in toys {
                let entry = data.add_entry(shape, child, world.id("toy"));
                data.slot_mut(shape, entry, world.id("toy_name")).text.push_str(toy);
                data.slot_mut(shape, entry, world.id("price")).text.push_str(price);
            }
        }
        world.data = data;
        world
    }

    pub(crate) fn id(&self, name: &str) -> u32 {
        self.names.shape.named(name)[0]
    }

    /// The frame of a child, or of a child's toy.
    pub(crate) fn frame(&self, child: usize, toy: Option<usize>) -> u32 {
        let frame = self.data.entries(&self.names.shape, OUTERMOST, self.id("child"))[child];
        match toy {
            Some(toy) => self.data.entries(&self.names.shape, frame, self.id("toy"))[toy],
            None => frame,
        }
    }

    pub(crate) fn read(&self, at: &str, source: &str) -> Result<Expression, String> {
        Expression::read(source, Scope::of(&self.names, self.id(at))).map_err(|refusal| refusal.to_string())
    }

    /// The value as a text, as seen from a question outside of repeats.
    pub(crate) fn text(&self, source: &str) -> Result<String, Stop> {
        self.text_at("total", OUTERMOST, source)
    }

    /// The value as a text, as seen from a question in a frame.
    pub(crate) fn text_at(&self, at: &str, frame: u32, source: &str) -> Result<String, Stop> {
        let expression = self.read(at, source).unwrap_or_else(|refusal| panic!("{source}: {refusal}"));
        let node = Node::Answer(frame, self.id(at));
        expression.text(&Evaluator::new(&self.names, &self.data, &self.around, node))
    }
}

/// Compares the text of each expression with what is expected.
pub(crate) fn table(cases: &[(&str, &str)]) {
    let world = World::new();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(source, expected)| {
            let got = match world.text(source) {
                Ok(text) => text,
                Err(stop) => format!("stopped: {stop}"),
            };
            (got != *expected).then(|| format!("{source}\n    expected {expected:?}\n    but was  {got:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
