//! What is not supported is refused, and the reason says what and where.

use crate::world::World;

#[test]
fn each_refusal_names_its_reason() {
    let world = World::new();
    let wrong: Vec<String> = [
        ("", "it is empty"),
        ("1 +", "a value is missing at the end"),
        ("(1", "“)” is missing at the end"),
        ("1)", "“)” is not expected here (at character 2)"),
        ("'open", "quotation mark is opened"),
        ("${age", "is opened and not closed"),
        ("${ age }", "is not a reference"),
        ("${nobody}", "there is no question named “nobody” (at character 1)"),
        ("1 + ${nobody}", "(at character 5)"),
        ("frobnicate(1)", "there is no function frobnicate()"),
        ("count_selected(${services})", "count-selected() is meant, perhaps"),
        ("jr:itext('x')", "jr:itext() is not supported"),
        ("if(true(), 1)", "if() takes 3 arguments, not 2"),
        ("round()", "round() takes 1 to 2 arguments, not 0"),
        ("today(1)", "today() takes no arguments, not 1"),
        ("coalesce('a')", "at least 2 arguments"),
        ("sum(1)", "sum() takes a question or a path"),
        ("count('a')", "count() takes a question or a path"),
        ("@id", "attributes are not supported"),
        ("ancestor::age", "the axis “ancestor” is not supported"),
        ("text()", "text() is not supported"),
        ("../nobody", "there is no “nobody” in “data”"),
        ("/data/home/age", "there is no “age” in “home”"),
        ("/other/age", "the form is called “data” and not “other”"),
        ("//nobody", "there is no question named “nobody”"),
        ("instance('none')/root/item", "there is no list named “none”"),
        ("instance(${name})/root/item", "between quotation marks"),
        ("instance('councils')/root/item/size", "the list “councils” has no column “size”"),
        ("instance('councils')/item", "the first step into a list is “root”"),
        ("jr:choice-name(${council}, ${council})", "between quotation marks, as in"),
        ("jr:choice-name(${age}, '${age}')", "is not a question with a list of choices"),
        ("concat('${name}', 'x')", "a reference between quotation marks is only text"),
        ("regex(., '(?=x)')", "the pattern cannot be used"),
        ("regex(., '[a-')", "the pattern cannot be used"),
        ("format-date(${born}, '%Q')", "“%Q” is not a part that format-date() knows"),
        ("format-date(${born}, '%H')", "“%H” is not a part that format-date() knows"),
        ("digest('a', 'SHA-0')", "“SHA-0” is not known"),
        ("indexed-repeat(${age}, ${child}, 1)", "is not a repeat around"),
        ("indexed-repeat(${child_name}, ${child})", "takes 3 to 7 arguments"),
        ("1 | 2", "“|” joins paths"),
        ("(1)[1]", "come after nodes"),
        ("‘a’", "typographic quotation mark"),
        ("age = 1", "there is no “age” in “total”"),
        ("1 # 2", "“#” has no meaning here"),
        ("weighted-checklist(1, 2, 3, 4, 5)", "pairs of an answer and its weight"),
        ("a b", "is not expected here"),
        (&"(".repeat(5000), "nested more than"),
        (&"-".repeat(5000), "nested more than"),
        (&"not(".repeat(5000), "nested more than"),
        (&"a[".repeat(5000), "nested more than"),
        (&"1+".repeat(60_000), "longer than"),
    ]
    .into_iter()
    .filter_map(|(source, expected)| match world.read("total", source) {
        Ok(_) => Some(format!("{source}: accepted")),
        Err(reason) if !reason.contains(expected) => Some(format!("{source}: {reason}")),
        Err(_) => None,
    })
    .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_too_much_stops() {
    let world = World::new();
    let squares = "count(instance('councils')/root/item[".repeat(14) + "1" + &"])".repeat(14);
    assert!(world.text(&squares).unwrap_err().to_string().contains("takes too long"));
    let long = format!("concat({})", vec!["translate('aaaaaaaaaa', 'b', 'c')"; 2_000].join(","));
    assert_eq!(world.text(&long).unwrap().len(), 20_000);
    assert!(world.text("regex('a', concat('(?=', 'x)'))").unwrap_err().to_string().contains("pattern"));
    assert!(world.text("format-date(today(), concat('%', 'Q'))").unwrap_err().to_string().contains("%Q"));
}

#[test]
fn a_thousand_terms_are_no_depth() {
    let world = World::new();
    let chain = vec!["${age} = 1"; 2_000].join(" or ");
    assert_eq!(world.text(&chain).unwrap(), "false");
    let sum = vec!["1"; 20_000].join("+");
    assert_eq!(world.text(&sum).unwrap(), "20000");
}

#[test]
fn the_deepest_expression_that_is_read_is_evaluated_on_half_a_stack() {
    // a thread of the server has 2 MB
    let half = std::thread::Builder::new().stack_size(1 << 20);
    half.spawn(deepest_expressions).unwrap().join().unwrap();
}

fn deepest_expressions() {
    let world = World::new();
    // brackets that hold all ranks of operators, nested to the left; conditions; predicates; signs
    let shapes: [(&str, &str, &str); 5] = [
        ("(", "1", " * 1 + 1 < 2 = true() and 1 or 1)"),
        ("if(1 = 1, ", "'true'", ", '')"),
        ("/data/child[count(", "/data/child[1]", ") > 0]"),
        ("not(not(", "true()", "))"),
        ("-(-", "1", ")"),
    ];
    for (before, inner, after) in shapes {
        let deep = |count: usize| format!("{}{inner}{}", before.repeat(count), after.repeat(count));
        let most =
            (1..200).rev().find(|count| world.read("total", &deep(*count)).is_ok()).expect("one can be read");
        assert!(most >= 15, "{before}: {most}");
        let value = world.text(&deep(most));
        assert!(
            value.is_ok() || value.expect_err("refused").to_string().contains("takes too long"),
            "{before}"
        );
        let refusal = world.read("total", &deep(1_500)).expect_err("refused");
        assert!(refusal.contains("deep"), "{before}: {refusal}");
    }
}
