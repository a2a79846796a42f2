//! A database for one test alone, with nothing in it.
//!
//! Each is a copy of one that was brought up to date once for all tests: two dozen migrations would take longer than most
//! tests. Its name has a hash of the migrations, so that a changed one makes another.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use keyline_store::{Db, Engine, migration_texts};
use rand::Rng;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// Says on which server of PostgreSQL the tests run; without it they run on SQLite.
const SERVER: &str = "KEYLINE_TEST_POSTGRES";
/// Under which tests wait for the one that makes what the others copy.
const MAKING: i64 = 0x006b_6579_6c69_6e65;

/// A database of its own; of SQLite it lies in this folder.
pub(crate) async fn fresh(folder: &Path) -> Db {
    match std::env::var(SERVER) {
        Ok(server) if !server.is_empty() => on_postgres(&server).await,
        _ => on_sqlite(&folder.join("keyline.sqlite")).await,
    }
}

fn up_to_date(engine: Engine) -> String {
    let mut hasher = DefaultHasher::new();
    migration_texts(engine).hash(&mut hasher);
    format!("keyline_test_template_{:016x}", hasher.finish())
}

async fn on_sqlite(file: &Path) -> Db {
    std::fs::copy(template().await, file).expect("a database can be copied");
    Db::open_sqlite(file).await.expect("SQLite opens")
}

// Beside the tests themselves, where it goes with them. Two that make it at once make the same.
async fn template() -> PathBuf {
    let tests = std::env::current_exe().expect("a test has a program");
    let folder = tests.parent().expect("in a folder");
    let template = folder.join(up_to_date(Engine::Sqlite)).with_extension("sqlite");
    if !template.exists() {
        let making = tempfile::tempdir_in(folder).expect("a temporary folder can be made");
        let file = making.path().join("keyline.sqlite");
        Db::open_sqlite(&file).await.expect("SQLite opens").close().await;
        std::fs::rename(file, &template).expect("a file can be renamed");
    }
    template
}

async fn on_postgres(server: &str) -> Db {
    let mut connection = PgConnection::connect(server).await.expect("KEYLINE_TEST_POSTGRES answers");
    let template = up_to_date(Engine::Postgres);
    // Whoever dies meanwhile lets go of it: it is held by the connection.
    run(&mut connection, format!("SELECT pg_advisory_lock({MAKING})")).await;
    let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
        .bind(&template)
        .fetch_one(&mut connection)
        .await
        .expect("the catalogue answers");
    if !there {
        // Under another name first: a test that was cut off must not leave half of it.
        let making = any_name();
        run(&mut connection, format!("CREATE DATABASE {making}")).await;
        Db::open_postgres(&address(server, &making)).await.expect("the database opens").close().await;
        run(&mut connection, format!("ALTER DATABASE {making} RENAME TO {template}")).await;
    }
    run(&mut connection, format!("SELECT pg_advisory_unlock({MAKING})")).await;
    let name = any_name();
    run(&mut connection, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    Db::open_postgres(&address(server, &name)).await.expect("the database opens")
}

async fn run(connection: &mut PgConnection, sql: String) {
    sqlx::query(AssertSqlSafe(sql)).execute(connection).await.expect("PostgreSQL does it");
}

fn any_name() -> String {
    format!("keyline_test_{:016x}", rand::rng().random::<u64>())
}

fn address(server: &str, name: &str) -> String {
    let base = server.rsplit_once('/').filter(|(head, _)| head.contains("//") && !head.ends_with('/'));
    base.map_or_else(|| format!("{server}/{name}"), |(head, _)| format!("{head}/{name}"))
}
