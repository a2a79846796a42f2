//! The texts of one more language, from a file of their own.

use keyline_forms::workbook::{FileType, Workbook, join_translation};

use crate::samples::read_workbook;

const FORM: &str = "
    | survey |
    | | type         | name | label::English (en) | hint::English (en) |
    | | begin_group  | g    | About               |                    |
    | | select_one l | a    | Question            | Think              |
    | | end_group    |      |                     |                    |
    | | text         | b    | More                |                    |
    | choices |
    | | list_name | name | label::English (en) |
    | | l         | y    | Yes                 |
    | | l         | n    | No                  |
    | | m         | y    | Yes!                |
    | settings |
    | | default_language |
    | | English (en)     |";

const GAELIC: &str = "survey
,name,label::Gàidhlig (gd),hint::Gàidhlig (gd)
,g,Mu dheidhinn,
,a,Ceist,Smaoinich
choices
,list_name,name,label::Gàidhlig (gd)
,l,n,Chan eil
,m,y,Tha!
";

fn join(translation: &str) -> Result<Workbook, Vec<String>> {
    let mut workbook = Workbook::from_markdown(FORM).unwrap();
    let before = workbook.clone();
    let translation = Workbook::read(translation.as_bytes(), FileType::Csv).unwrap();
    match join_translation(&mut workbook, &translation) {
        Ok(()) => Ok(workbook),
        Err(faults) => {
            assert_eq!(workbook, before, "nothing is joined when something is wrong");
            Err(faults.iter().map(ToString::to_string).collect())
        }
    }
}

#[test]
fn texts_are_joined_by_name() {
    let form = read_workbook(&join(GAELIC).unwrap()).unwrap().form;
    let gaelic = "Gàidhlig (gd)";
    assert_eq!(form.languages[1].name, gaelic);
    let question = form.question("a").unwrap();
    assert_eq!(question.label.in_language(gaelic, "English (en)"), "Ceist");
    assert_eq!(question.hint.in_language(gaelic, "English (en)"), "Smaoinich");
    // What was not translated is shown in the default language.
    assert_eq!(form.question("b").unwrap().label.in_language(gaelic, "English (en)"), "More");
    let label = |list: &str, name: &str| {
        form.list(list).unwrap().choice(name).unwrap().label.in_language(gaelic, "English (en)").to_owned()
    };
    assert_eq!([label("l", "y"), label("l", "n"), label("m", "y")], ["Yes", "Chan eil", "Tha!"]);
}

#[test]
fn joining_twice_changes_nothing() {
    let mut once = join(GAELIC).unwrap();
    let before = once.clone();
    let translation = Workbook::read(GAELIC.as_bytes(), FileType::Csv).unwrap();
    join_translation(&mut once, &translation).unwrap();
    assert_eq!(once, before);
}

#[test]
fn what_the_form_does_not_have_is_refused() {
    for (translation, start) in [
        ("survey\n,name,label::fr\n,c,C\n", "survey:2:name: The form has no 'c'"),
        ("choices\n,list_name,name,label::fr\n,m,n,N\n", "choices:2:name: The form has no 'm n'"),
        ("survey\n,name,relevant\n,a,1\n", "survey:1:relevant: A translation has names"),
        ("settings\n,form_id\n,x\n", "settings:1:: A translation has the sheets"),
        ("survey\n,label::fr\n,A\n", "survey:1:: Both the form"),
        (
            "survey\n,name,label::English (en)\n,a,Another\n",
            "survey:2:label::English (en): The form has another text",
        ),
    ] {
        let faults = join(translation).unwrap_err();
        assert!(faults.len() == 1 && faults[0].starts_with(start), "{start}: {faults:?}");
    }
}

#[test]
fn a_name_that_stands_twice_is_no_place() {
    let mut workbook = Workbook::from_markdown(
        "| survey |
         | | type        | name | label |
         | | begin_group | g    | G     |
         | | text        | a    | A     |
         | | end_group   |      |       |
         | | text        | a    | A     |",
    )
    .unwrap();
    let translation =
        Workbook::read("survey\n,name,label::fr\n,a,A\n,g,G\n".as_bytes(), FileType::Csv).unwrap();
    let faults = join_translation(&mut workbook, &translation).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].reason.contains("more than once"), "{faults:?}");
}
