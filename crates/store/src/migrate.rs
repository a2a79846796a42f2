//! Migrations: one source with the few type names as tokens, expanded per engine.
//!
//! Never edit or reorder a migration that has been released; add the next number, and its line in `SOURCES`.

use std::borrow::Cow;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, PgPool, SqlSafeStr, SqlitePool};

use crate::error::{Error, Result};

/// Which database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite: one file, one server.
    Sqlite,
    /// PostgreSQL: larger installations.
    Postgres,
}

const SOURCES: &[(i64, &str, &str)] = &[
    (1, "people", include_str!("../migrations/0001_people.sql")),
    (2, "inspections", include_str!("../migrations/0002_inspections.sql")),
    (3, "returns", include_str!("../migrations/0003_returns.sql")),
    (4, "voices", include_str!("../migrations/0004_voices.sql")),
    (5, "records", include_str!("../migrations/0005_records.sql")),
    (6, "evidence", include_str!("../migrations/0006_evidence.sql")),
    (7, "judgement", include_str!("../migrations/0007_judgement.sql")),
    (8, "improvement", include_str!("../migrations/0008_improvement.sql")),
    (9, "devices", include_str!("../migrations/0009_devices.sql")),
    (10, "requests", include_str!("../migrations/0010_requests.sql")),
    (11, "uploads", include_str!("../migrations/0011_uploads.sql")),
    (12, "reading", include_str!("../migrations/0012_reading.sql")),
    (13, "sampling", include_str!("../migrations/0013_sampling.sql")),
    (14, "concerns", include_str!("../migrations/0014_concerns.sql")),
    (15, "tell us", include_str!("../migrations/0015_tell_us.sql")),
    (16, "document-texts", include_str!("../migrations/0016_document_texts.sql")),
    (17, "volunteers", include_str!("../migrations/0017_volunteers.sql")),
    (18, "information", include_str!("../migrations/0018_information.sql")),
    (19, "pairs end", include_str!("../migrations/0019_pairs_end.sql")),
    (20, "duties", include_str!("../migrations/0020_duties.sql")),
    (21, "area", include_str!("../migrations/0021_area.sql")),
    (22, "no order", include_str!("../migrations/0022_no_order.sql")),
    (23, "area contact", include_str!("../migrations/0023_area_contact.sql")),
    (24, "page titles", include_str!("../migrations/0024_page_titles.sql")),
    (25, "names after disposal", include_str!("../migrations/0025_names_after_disposal.sql")),
];

/// The text of every migration as one engine runs it: number, name, SQL.
pub fn migration_texts(engine: Engine) -> Vec<(i64, &'static str, String)> {
    let tokens: [(&str, &str); 9] = match engine {
        Engine::Sqlite => [
            ("{id}", "TEXT"),
            ("{time}", "TEXT"),
            ("{date}", "TEXT"),
            ("{json}", "TEXT"),
            ("{bool}", "INTEGER"),
            ("{int}", "INTEGER"),
            ("{bytes}", "BLOB"),
            ("{strict}", "STRICT"),
            ("{strict_rowless}", "STRICT, WITHOUT ROWID"),
        ],
        Engine::Postgres => [
            ("{id}", "TEXT"),
            ("{time}", "TEXT COLLATE \"C\""),
            ("{date}", "TEXT COLLATE \"C\""),
            ("{json}", "TEXT"),
            ("{bool}", "BOOLEAN"),
            ("{int}", "BIGINT"),
            ("{bytes}", "BYTEA"),
            ("{strict}", ""),
            ("{strict_rowless}", ""),
        ],
    };
    SOURCES
        .iter()
        .map(|(number, name, text)| {
            let text = tokens.iter().fold((*text).to_owned(), |text, (token, sql)| text.replace(token, sql));
            (*number, *name, text)
        })
        .collect()
}

fn migrator(engine: Engine) -> Migrator {
    Migrator::with_migrations(
        migration_texts(engine)
            .into_iter()
            .map(|(number, name, text)| {
                Migration::new(
                    number,
                    Cow::Borrowed(name),
                    MigrationType::Simple,
                    AssertSqlSafe(text).into_sql_str(),
                    false,
                )
            })
            .collect(),
    )
}

pub(crate) async fn run_sqlite(pool: &SqlitePool) -> Result<()> {
    migrator(Engine::Sqlite).run(pool).await.map_err(Error::Migration)
}

pub(crate) async fn run_postgres(pool: &PgPool) -> Result<()> {
    migrator(Engine::Postgres).run(pool).await.map_err(Error::Migration)
}
