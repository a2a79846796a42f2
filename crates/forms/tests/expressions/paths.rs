//! References and paths: which answers they mean, seen from where.

use crate::world::{World, table};

#[test]
fn from_outside_of_repeats() {
    table(&[
        ("${age} > 17 and selected(${services}, 'health')", "true"),
        ("${age} + 1", "19"),
        ("/data/age", "18"),
        ("../age", "18"),
        ("../home/rooms", "4"),
        ("${rooms}", "4"),
        ("${hidden_one}", ""),
        ("${hidden_one} = ''", "true"),
        ("count(${child})", "3"),
        ("count(/data/child)", "3"),
        ("count(${child_name})", "3"),
        ("join(', ', ${child_name})", "Eilidh, Calum, Iona"),
        ("${child_name}", "Eilidh"),
        ("sum(${child_age})", "25"),
        ("max(${child_age})", "12"),
        ("min(${child_age})", "4"),
        ("${child_age} = 12", "true"),
        ("${child_age} != 12", "true"),
        ("${child_age} > 12", "false"),
        ("sum(${price})", "20.5"),
        ("join(' ', ${toy_name})", "ball kite drum"),
        ("count(//toy)", "3"),
        ("join(' ', //likes)", "Eilidh likes rain Calum likes rain Iona likes rain"),
        ("count(/data/child[child_age > 8])", "2"),
        ("join(' ', /data/child[child_age > 8]/child_name)", "Eilidh Calum"),
        ("/data/child[2]/child_name", "Calum"),
        ("/data/child[position() = 3]/child_name", "Iona"),
        ("/data/child[last()]/child_name", "Iona"),
        ("count(${child}[${child_age} > 8])", "2"),
        ("${child}[2]/child_name", "Calum"),
        ("indexed-repeat(${child_name}, ${child}, 3)", "Iona"),
        ("indexed-repeat(${child_name}, ${child}, 4)", ""),
        ("indexed-repeat(${toy_name}, ${child}, 1, ${toy}, 2)", "kite"),
        ("count-non-empty(${likes})", "3"),
        ("count-non-empty(${blank})", "0"),
        ("count(${age} | ${child_age})", "4"),
        ("count(${age} | ${age})", "1"),
        ("count(/data/*)", "13"),
        ("count(${hidden_one})", "0"),
        ("(${child_name})[2]", "Calum"),
        ("position(/data/child[2])", "2"),
    ]);
}

#[test]
fn lists() {
    table(&[
        ("instance('councils')/root/item[name = ${council}]/region", "lowlands"),
        ("count(instance('councils')/root/item)", "3"),
        ("count(instance('councils')/root/item[region = 'lowlands'])", "2"),
        ("instance('councils')/root/item[name = ${council}]/label", "Southshire"),
        ("instance('councils')/root/item[2]/name", "south"),
        ("sum(instance('councils')/root/item/people)", "102500"),
        ("join(',', instance('councils')/root/item[region = 'lowlands'][people != '']/name)", "south"),
        ("instance('councils')/root/item[name = current()/../council]/people", "90500"),
        ("count(instance('councils')/root/item[name = 'none']/label)", "0"),
        ("pulldata('councils', 'region', 'name', 'north')", "uplands"),
        ("pulldata('councils', 'region', 'name', 'none')", ""),
    ]);
}

#[test]
fn from_within_a_repeat_the_nearest_entry_is_meant() {
    let world = World::new();
    for (child, source, expected) in [
        (0, "${child_name}", "Eilidh"),
        (2, "${child_name}", "Iona"),
        (1, "../child_age + 1", "13"),
        (1, "/data/child/child_age", "12"),
        (2, "sum(${price})", "11"),
        (0, "join(' ', ${toy_name})", "ball kite"),
        (0, "count(${toy})", "2"),
        (1, "count(${toy})", "0"),
        (1, "count(${child})", "3"),
        (1, "position(..)", "2"),
        (2, "position(${child})", "3"),
        (2, "${age}", "18"),
        (1, "${child}[position() = position(current()/..) - 1]/child_name", "Eilidh"),
        (1, "indexed-repeat(${child_name}, ${child}, position(..) + 1)", "Iona"),
        (0, "${likes}", "Eilidh likes rain"),
        (1, "count(../../child)", "3"),
    ] {
        let text = world.text_at("child_name", world.frame(child, None), source);
        assert_eq!(text.as_deref(), Ok(expected), "{source} at child {child}");
    }
    for (child, toy, source, expected) in [
        (0, 1, "${toy_name}", "kite"),
        (2, 0, "concat(${child_name}, ' ', ${toy_name})", "Iona drum"),
        (0, 1, "concat(position(../..), '.', position(..))", "1.2"),
        (2, 0, "../../child_age", "4"),
    ] {
        let text = world.text_at("price", world.frame(child, Some(toy)), source);
        assert_eq!(text.as_deref(), Ok(expected), "{source} at toy {toy} of child {child}");
    }
}

#[test]
fn the_language_decides_on_labels() {
    let mut world = World::new();
    world.around.language = "Gàidhlig (gd)".to_owned();
    assert_eq!(world.text("jr:choice-name('health', '${services}')").unwrap(), "Slàinte");
    assert_eq!(world.text("instance('services')/root/item[name = 'police']/label").unwrap(), "Police");
}

#[test]
fn once_keeps_what_stands() {
    let mut world = World::new();
    let total = world.id("total");
    world.data.set(&world.names.shape.clone(), total, "kept");
    assert_eq!(world.text("once(random())").unwrap(), "kept");
}
