//! Settings: a flag comes before the environment, the environment before the file, the file before the default.
//!
//! One list ([`settings!`]) makes the flags, the variables, the keys of the file and the page `docs/config.md`; to add a
//! setting, add it there and print the page anew with `keyline config > docs/config.md`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde::Deserialize;

/// The name of the file that is read when none is given and it is there.
const FILE: &str = "keyline.toml";

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $name:ident: $ty:ty = $default:expr, $env:literal;)*) => {
        /// Settings as flags or environment variables.
        #[derive(Debug, Clone, Default, Args)]
        pub(crate) struct Flags {
            /// File of settings; without it `keyline.toml` in this folder is read if it is there
            #[arg(long, env = "KEYLINE_CONFIG", global = true, value_name = "FILE")]
            config: Option<PathBuf>,
            $($(#[doc = $doc])+ #[arg(long, env = $env, global = true)] pub(crate) $name: Option<$ty>,)*
        }

        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        struct File { $($name: Option<$ty>,)* }

        /// The settings of this run.
        #[derive(Debug, Clone)]
        pub(crate) struct Config { $($(#[doc = $doc])+ pub(crate) $name: $ty,)* }

        impl Flags {
            /// Puts flags, environment, file and defaults together.
            pub(crate) fn resolve(self) -> anyhow::Result<Config> {
                let file = read_file(self.config.as_deref())?;
                Ok(Config { $($name: self.$name.or(file.$name).unwrap_or_else(|| $default),)* })
            }
        }

        /// The page of all settings, in Markdown.
        pub(crate) fn page() -> String {
            let mut out = String::from(HEAD);
            $( out.push_str(&entry(stringify!($name), $env, concat!($($doc, "\n"),+), &format!("{:?}", { let d: $ty = $default; d })));)*
            out
        }
    };
}

settings! {
    /// Folder of the database (SQLite), the documents, the key file and the published reports.
    data: PathBuf = PathBuf::from("keyline-data"), "KEYLINE_DATA";
    /// Address and port to listen on.
    listen: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8080)), "KEYLINE_LISTEN";
    /// Address of a PostgreSQL database (`postgres://…`). Empty: SQLite in the data folder.
    database: String = String::new(), "KEYLINE_DATABASE";
    /// Address at which people reach Keyline, for links and cookies. Empty: `http://` and the address listened on.
    public_address: String = String::new(), "KEYLINE_PUBLIC_ADDRESS";
    /// Where "leave this page now" leads, on pages for children, young people and families.
    exit_address: String = "https://www.bbc.co.uk/weather".to_owned(), "KEYLINE_EXIT_ADDRESS";
    /// Folder whose `programmes/`, `frameworks/` and `areas/` lie over those that come with Keyline. Empty: none.
    methodology: PathBuf = PathBuf::new(), "KEYLINE_METHODOLOGY";
    /// Address of an S3-compatible object store for the documents (`https://…`), which several nodes can share. Empty: they
    /// lie in the data folder.
    documents_endpoint: String = String::new(), "KEYLINE_DOCUMENTS_ENDPOINT";
    /// Bucket of the documents in that object store.
    documents_bucket: String = "keyline".to_owned(), "KEYLINE_DOCUMENTS_BUCKET";
    /// Region of that object store; many have none and take any word.
    documents_region: String = "eu-west-2".to_owned(), "KEYLINE_DOCUMENTS_REGION";
    /// Id of the access key to that object store.
    documents_key_id: String = String::new(), "KEYLINE_DOCUMENTS_KEY_ID";
    /// File with the secret of that access key, alone in it.
    documents_secret_file: PathBuf = PathBuf::new(), "KEYLINE_DOCUMENTS_SECRET_FILE";
    /// Where clamd listens (`127.0.0.1:3310`, or `unix:/run/clamav/clamd.ctl`), which checks documents for malicious
    /// software before they can be opened. Empty: they are not checked.
    antivirus: String = String::new(), "KEYLINE_ANTIVIRUS";
    /// Days for which an invitation can be accepted.
    invitation_days: i32 = 14, "KEYLINE_INVITATION_DAYS";
    /// Hours after which an idle session ends.
    idle_hours: i64 = 12, "KEYLINE_IDLE_HOURS";
    /// Header in which your proxy passes the visitor's address on, for example `X-Forwarded-For`, of which the last
    /// address is taken. It is used for limits per address, never kept and never logged. Name only a header that the
    /// proxy always sets. Empty: the address of the connection counts, but for the machine's own, which is not limited.
    address_header: String = String::new(), "KEYLINE_ADDRESS_HEADER";
    /// Mail server by which reminders go out, for example `smtp://mail.example:587?tls=required` or
    /// `smtps://user:password@mail.example:465`. Empty: no mail is sent, and the pages say so.
    mail_server: String = String::new(), "KEYLINE_MAIL_SERVER";
    /// File that holds the address of the mail server instead, so that its password stands in no other place. Empty: none.
    mail_server_file: PathBuf = PathBuf::new(), "KEYLINE_MAIL_SERVER_FILE";
    /// Whom mails come from, for example `Keyline <keyline@example.gov.scot>`.
    mail_from: String = "keyline@localhost".to_owned(), "KEYLINE_MAIL_FROM";
    /// What is logged, for example `info` or `keyline=debug`.
    log: String = "warn,keyline=info".to_owned(), "KEYLINE_LOG";
    /// Log lines as JSON, for machines.
    log_json: bool = false, "KEYLINE_LOG_JSON";
}

const HEAD: &str = "# Settings\n\nPrinted by `keyline config`. A flag comes before the environment, the environment before the file \
(`keyline.toml`, or the one that `--config` or `KEYLINE_CONFIG` names), the file before the default. An unknown key in \
the file is an error.\n";

fn entry(name: &str, env: &str, doc: &str, default: &str) -> String {
    let key = name.replace('_', "-");
    let doc = doc.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    format!(
        "\n## {key}\n\n{doc}\n\n- flag: `--{key}`\n- environment: `{env}`\n- file: `{key} = …`\n- default: `{default}`\n"
    )
}

fn read_file(named: Option<&Path>) -> anyhow::Result<File> {
    let path = match named {
        Some(path) => path,
        None if Path::new(FILE).exists() => Path::new(FILE),
        None => return Ok(File::default()),
    };
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("in {}", path.display()))
}

impl Config {
    /// The address at which people reach the product, without a slash at the end.
    pub(crate) fn address(&self) -> String {
        if self.public_address.is_empty() {
            format!("http://{}", self.listen)
        } else {
            self.public_address.trim_end_matches('/').to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_settings_is_printed_anew() {
        let kept = include_str!("../../../docs/config.md");
        assert_eq!(page(), kept, "run `cargo run -- config > docs/config.md`");
    }

    #[test]
    fn an_unknown_key_is_an_error_and_a_flag_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("k.toml");
        std::fs::write(&file, "idle-hours = 3\ninvitation-days = 5\n").unwrap();
        let flags = Flags { config: Some(file.clone()), idle_hours: Some(1), ..Flags::default() };
        let config = flags.resolve().unwrap();
        assert_eq!((config.idle_hours, config.invitation_days), (1, 5));
        std::fs::write(&file, "idel-hours = 3\n").unwrap();
        assert!(Flags { config: Some(file), ..Flags::default() }.resolve().is_err());
    }
}
