//! The names of columns that XLSForm knows, sheet by sheet.

use super::headers::Names;

type Alias = (&'static str, &'static [&'static str]);

const MEDIA: [Alias; 4] = [
    ("image", &["media", "image"]),
    ("big-image", &["media", "big-image"]),
    ("audio", &["media", "audio"]),
    ("video", &["media", "video"]),
];

/// The sheet `survey`.
pub(super) const SURVEY: Names = Names {
    known: &[
        "type",
        "name",
        "label",
        "hint",
        "guidance_hint",
        "default",
        "choice_filter",
        "parameters",
        "trigger",
        "bind",
        "control",
        "instance",
        "media",
        "disabled",
        "intent",
        "sms_field",
    ],
    aliases: &[
        ("compact_tag", &["instance", "odk:tag"]),
        ("read_only", &["bind", "readonly"]),
        ("readonly", &["bind", "readonly"]),
        ("relevant", &["bind", "relevant"]),
        ("relevance", &["bind", "relevant"]),
        ("caption", &["label"]),
        ("appearance", &["control", "appearance"]),
        ("required", &["bind", "required"]),
        ("constraint", &["bind", "constraint"]),
        ("constraining_message", &["bind", "jr:constraintMsg"]),
        ("constraint_message", &["bind", "jr:constraintMsg"]),
        ("calculation", &["bind", "calculate"]),
        ("calculate", &["bind", "calculate"]),
        ("command", &["type"]),
        ("tag", &["name"]),
        ("value", &["name"]),
        MEDIA[0],
        MEDIA[1],
        MEDIA[2],
        MEDIA[3],
        ("count", &["control", "jr:count"]),
        ("repeat_count", &["control", "jr:count"]),
        ("jr:count", &["control", "jr:count"]),
        ("autoplay", &["control", "autoplay"]),
        ("rows", &["control", "rows"]),
        ("noapperrorstring", &["bind", "jr:noAppErrorString"]),
        ("no_app_error_string", &["bind", "jr:noAppErrorString"]),
        ("requiredmsg", &["bind", "jr:requiredMsg"]),
        ("required_message", &["bind", "jr:requiredMsg"]),
        ("body", &["control"]),
        ("save_to", &["bind", "entities:saveto"]),
    ],
};

/// The sheets `choices`, `external_choices` and `osm`.
pub(super) const CHOICES: Names = Names {
    known: &["list_name", "name", "label", "media"],
    aliases: &[
        ("caption", &["label"]),
        ("list_name", &["list_name"]),
        ("value", &["name"]),
        MEDIA[0],
        MEDIA[1],
        MEDIA[2],
        MEDIA[3],
    ],
};

/// The sheet `settings`. Names that are not here are kept as settings too, with a warning.
pub(super) const SETTINGS: Names = Names {
    known: &[
        "title",
        "id_string",
        "name",
        "version",
        "default_language",
        "style",
        "instance_name",
        "instance_id",
        "instance_xmlns",
        "namespaces",
        "attribute",
        "submission_url",
        "public_key",
        "auto_send",
        "auto_delete",
        "client_editable",
        "omit_instanceid",
        "allow_choice_duplicates",
        "clean_text_values",
        "add_none_option",
        "flat",
        "prefix",
        "delimiter",
        "sms_keyword",
        "sms_separator",
        "sms_allow_media",
        "sms_date_format",
        "sms_datetime_format",
        "sms_response",
    ],
    aliases: &[
        ("form_title", &["title"]),
        ("set_form_title", &["title"]),
        ("form_id", &["id_string"]),
        ("set_form_id", &["id_string"]),
    ],
};

/// The sheet `entities`.
pub(super) const ENTITIES: Names = Names {
    known: &["dataset", "entity_id", "create_if", "update_if", "repeat", "label"],
    aliases: &[("list_name", &["dataset"])],
};
