//! Forms that the tests share, and forms compared without the rows that things stand in.

use keyline_forms::form::{Fault, Form};
use keyline_forms::reading::{self, Options, Reading};
use keyline_forms::workbook::Workbook;
use serde_json::Value;

/// A form with most of what XLSForm has.
pub(crate) const EVERYTHING: &str = r"
| survey |
| | type                      | name     | label::English (en)   | label::Gàidhlig (gd)  | hint::English (en) | guidance_hint | required | required_message | relevant        | constraint | constraint_message::English (en) | calculation   | default  | choice_filter   | read_only | appearance | parameters          | trigger | repeat_count | media::image::English (en) | bind::x | body::y | instance::z | indicators | lines_of_enquiry |
| | start                     | began    |                       |                       |                    |               |          |                  |                 |            |                                  |               |          |                 |           |            |                     |         |              |                            |         |         |             |            |                  |
| | note                      | hello    | Welcome               | Fàilte                |                    | For staff     |          |                  |                 |            |                                  |               |          |                 |           |            |                     |         |              | flag.png                   |         |         |             |            |                  |
| | begin_group               | about    | About you             | Mu do dheidhinn       |                    |               |          |                  |                 |            |                                  |               |          |                 |           | field-list |                     |         |              |                            |         |         |             |            |                  |
| | select_one role or_other  | role     | Your role             | Do dhreuchd           | One only           |               | yes      | Please say       |                 |            |                                  |               |          |                 |           | minimal    |                     |         |              |                            |         |         |             | QI 1.1     | LOE 2            |
| | integer                   | years    | Years in it           |                       |                    |               |          |                  | ${role} != ''   | . < 60     | Too many                         |               | 1        |                 |           |            |                     |         |              |                            | 1       | 2       | 3           |            |                  |
| | end_group                 |          |                       |                       |                    |               |          |                  |                 |            |                                  |               |          |                 |           |            |                     |         |              |                            |         |         |             |            |                  |
| | begin_repeat              | visits   | Visits                | Tadhalan              |                    |               |          |                  |                 |            |                                  |               |          |                 |           |            |                     |         | ${years} + 1 |                            |         |         |             |            |                  |
| | date                      | day      | Day                   | Là                    |                    |               |          |                  |                 |            |                                  |               | today()  |                 |           |            |                     |         |              |                            |         |         |             |            |                  |
| | select_multiple place     | places   | Places                | Àiteachan             |                    |               |          |                  |                 |            |                                  |               |          | area = ${role}  |           |            | randomize=true seed=4 |       |              |                            |         |         |             |            |                  |
| | end_repeat                |          |                       |                       |                    |               |          |                  |                 |            |                                  |               |          |                 |           |            |                     |         |              |                            |         |         |             |            |                  |
| | range                     | view     | How well?             | Dè cho math?          |                    |               |          |                  |                 |            |                                  |               |          |                 |           |            | start=1 end=6 step=1 |        |              |                            |         |         |             |            |                  |
| | calculate                 | sum      |                       |                       |                    |               |          |                  |                 |            |                                  | ${years} * 2  |          |                 |           |            |                     |         |              |                            |         |         |             |            |                  |
| | dateTime                  | changed  |                       |                       |                    |               |          |                  |                 |            |                                  | now()         |          |                 |           |            |                     | ${view} |              |                            |         |         |             |            |                  |
| | image                     | picture  | A picture             | Dealbh                |                    |               |          |                  |                 |            |                                  |               |          |                 |           |            | max-pixels=1024     |         |              |                            |         |         |             |            |                  |
| | select_one_from_file areas.csv | area | Area                 | Sgìre                 |                    |               |          |                  |                 |            |                                  |               |          |                 | yes       |            | value=code label=title |      |              |                            |         |         |             |            |                  |
| | text                      | more     | Anything else, ${role}? | Rud sam bith eile?  |                    |               |          |                  |                 |            |                                  |               |          |                 |           | multiline  | rows=5              |         |              |                            |         |         |             |            |                  |
| choices |
| | list_name | name   | label::English (en) | label::Gàidhlig (gd) | area | media::audio |
| | role      | staff  | Staff               | Luchd-obrach         |      | staff.mp3    |
| | role      | lead   | Lead                | Ceannard             |      |              |
| | place     | school | School              | Sgoil                | a    |              |
| | place     | home   | Home                | Dachaigh             | b    |              |
| settings |
| | form_title | form_id   | version | default_language | style | instance_name  | attribute::made | namespaces          |
| | Everything | every-one | 3       | English (en)     | pages | ${role}        | up              | x='http://x.example' |
| entities |
| | list_name | label   |
| | people    | ${role} |
";

/// Reads Markdown tables with the columns of our own programmes known.
pub(crate) fn read(markdown: &str) -> Result<Reading, Vec<Fault>> {
    let workbook = Workbook::from_markdown(markdown).map_err(|fault| vec![fault])?;
    read_workbook(&workbook)
}

pub(crate) fn read_workbook(workbook: &Workbook) -> Result<Reading, Vec<Fault>> {
    let options = Options { root: None, id: Some("form"), own_columns: &["indicators", "lines_of_enquiry"] };
    reading::read(workbook, &options)
}

/// The form of a workbook that has no faults.
pub(crate) fn form(markdown: &str) -> Form {
    read(markdown).unwrap_or_else(|faults| panic!("{faults:#?}")).form
}

/// The faults of a workbook as they are shown.
pub(crate) fn faults(markdown: &str) -> Vec<String> {
    match read(markdown) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

/// A form as JSON without the rows that things stand in.
pub(crate) fn placeless(form: &Form) -> Value {
    let mut value = serde_json::to_value(form).unwrap();
    strip(&mut value);
    value
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove("place");
            object.values_mut().for_each(strip);
        }
        Value::Array(values) => values.iter_mut().for_each(strip),
        _ => {}
    }
}
