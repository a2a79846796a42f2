//! ODK XForm XML, which ODK Collect, Enketo and their like fill in; and answers in that form.
//!
//! | file | subject |
//! | --- | --- |
//! | [`self`] | [`write`], and the document's outline |
//! | `tree` | the form as nodes with paths, with what XLSForm leaves unsaid |
//! | `paths` | `${name}` as a path, texts with values in them |
//! | `entities` | which group an entity stands in |
//! | `itext`, `instances`, `primary`, `binds`, `body` | the parts of the document |
//! | `faults` | what can only be told of the whole tree |
//! | [`answers`] | submissions of clients, to JSON and back |
//! | `markup` | writing XML |
//!
//! The outcome is that of pyxform 4.5, but for the order of attributes. Everything is written in one pass over the tree.

pub mod answers;
mod binds;
mod body;
mod entities;
mod faults;
mod instances;
mod itext;
mod markup;
mod paths;
mod primary;
mod tree;

use std::collections::HashSet;

use crate::form::Form;
use markup::Markup;
use tree::Tree;

pub(crate) use faults::faults;

/// Namespaces that are always declared.
const NAMESPACES: [(&str, &str); 7] = [
    ("xmlns", "http://www.w3.org/2002/xforms"),
    ("xmlns:h", "http://www.w3.org/1999/xhtml"),
    ("xmlns:ev", "http://www.w3.org/2001/xml-events"),
    ("xmlns:xsd", "http://www.w3.org/2001/XMLSchema"),
    ("xmlns:jr", "http://openrosa.org/javarosa"),
    ("xmlns:orx", "http://openrosa.org/xforms"),
    ("xmlns:odk", "http://www.opendatakit.org/xforms"),
];

/// Declared as well when the form has entities.
const ENTITIES: (&str, &str) = ("xmlns:entities", "http://www.opendatakit.org/xforms/entities");

/// Bytes of XML for each item or choice, so that the text seldom has to grow.
const BYTES_EACH: usize = 300;

/// The form as XForm XML.
///
/// A form that was read by [`crate::reading`] gives a valid document. One put together by other means may lack what was
/// never checked: a reference that names nothing stays as it is.
pub fn write(form: &Form) -> String {
    let form = form.without_loops();
    let form = form.as_ref();
    let allocation = entities::allocate(form).unwrap_or_default();
    let tree = Tree::of(form, &allocation);
    let choices: usize = form.lists.iter().map(|list| list.choices.len()).sum();
    let mut markup = Markup::new((tree.nodes.len() + choices) * BYTES_EACH);

    markup.start("h:html");
    for (name, address) in NAMESPACES {
        markup.attribute(name, address);
    }
    let version = allocation.version();
    if version.is_some() {
        markup.attribute(ENTITIES.0, ENTITIES.1);
    }
    for (name, address) in own_namespaces(form) {
        if version.is_none() || name != ENTITIES.0 {
            markup.attribute(&name, &address);
        }
    }
    markup.start("h:head");
    markup.element("h:title", &form.title);
    model(form, &tree, version, &mut markup);
    markup.end();
    body::write(&tree, &mut markup);
    markup.finish()
}

/// The choices of the sheet `external_choices` as the file `itemsets.csv`, in which clients look up choices of the type
/// `select_one_external`; none when the form has no such sheet.
pub fn itemsets(form: &Form) -> Option<String> {
    let sheet = crate::writing::external_choices(form)?;
    let mut text = String::new();
    for cells in std::iter::once(&sheet.header).chain(sheet.rows.iter().map(|row| &row.cells)) {
        let quoted: Vec<String> =
            cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        text.push_str(&quoted.join(","));
        text.push('\n');
    }
    Some(text)
}

/// Namespaces of the setting `namespaces`, written `name="address" name2="address2"`.
fn own_namespaces(form: &Form) -> Vec<(String, String)> {
    let written = form.settings.get("namespaces").map_or("", String::as_str);
    let mut found: Vec<(String, String)> = Vec::new();
    for part in written.split_whitespace() {
        if let Some((name, address)) = part.split_once('=')
            && crate::form::references::is_ncname(name)
            && !address.contains('=')
        {
            let name = format!("xmlns:{name}");
            let known = NAMESPACES.iter().any(|(known, _)| *known == name)
                || found.iter().any(|(known, _)| *known == name);
            if !known {
                found.push((name, address.replace(['"', '\''], "")));
            }
        }
    }
    found
}

fn model(form: &Form, tree: &Tree<'_>, entities_version: Option<&str>, markup: &mut Markup) {
    markup.start("model");
    markup.attribute("odk:xforms-version", "1.0.0");
    if let Some(version) = entities_version {
        markup.attribute("entities:entities-version", version);
    }
    submission(form, markup);
    let lists = tree.lists();
    let itext = itext::Itext::of(tree, &lists);
    if !itext.is_empty() {
        itext.write(tree, markup);
    }
    primary::write(tree, markup);
    let searched: HashSet<&str> = form
        .questions()
        .filter(|question| body::searches(question))
        .filter_map(|question| question.choices.as_ref())
        .map(crate::form::ChoicesFrom::name)
        .collect();
    let lists: Vec<_> =
        lists.into_iter().filter(|(list, _)| !searched.contains(list.name.as_str())).collect();
    for instance in instances::instances(tree, &lists).unwrap_or_default() {
        instances::write(&instance, markup);
    }
    for id in tree.ids() {
        binds::write(tree, id, markup);
    }
    markup.end();
}

/// How answers are sent.
fn submission(form: &Form, markup: &mut Markup) {
    let setting = |name: &str| form.settings.get(name).map(String::as_str);
    let mut attributes = Vec::new();
    if let Some(address) = setting("submission_url") {
        attributes.push(("action", address));
        attributes.push(("method", "post"));
    }
    for (name, attribute) in [
        ("public_key", "base64RsaPublicKey"),
        ("auto_send", "orx:auto-send"),
        ("auto_delete", "orx:auto-delete"),
    ] {
        if let Some(value) = setting(name) {
            attributes.push((attribute, value));
        }
    }
    if form.is_set("client_editable") {
        attributes.push(("odk:client-editable", "true"));
    }
    if !attributes.is_empty() {
        markup.empty("submission", &attributes);
    }
}
