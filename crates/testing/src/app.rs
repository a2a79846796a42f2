//! One app per test.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use jiff::SignedDuration;
use keyline_domain::access::Actor;
use keyline_domain::ids::PersonId;
use keyline_domain::programmes::Library;
use keyline_operations::access::sessions;
use keyline_operations::mail::Mailer;
use keyline_operations::returns::FileReader;
use keyline_operations::{Cx, Parts, Settings};
use keyline_store::documents::Documents;
use keyline_store::vault::Vault;
use keyline_store::{Link, Source, Tx};
use rand::Rng;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::clock::{SeededRandom, TestClock};
use crate::database;

/// An app with a database and a folder of its own.
#[derive(Debug)]
pub struct TestApp {
    /// The context of the verbs.
    pub cx: Cx,
    /// The clock, to be moved.
    pub clock: Arc<TestClock>,
    /// The folder of documents and published reports.
    pub folder: TempDir,
    router: Router,
}

impl TestApp {
    /// A fresh app at Monday 5 January 2026, 10:00.
    pub async fn new() -> Self {
        Self::with_library(library()).await
    }

    /// The same with programmes and frameworks of the test's own making.
    pub async fn with_library(library: Library) -> Self {
        Self::with_parts(library, None).await
    }

    /// The same with a way for mails to go out.
    pub async fn with_mailer(mailer: Mailer) -> Self {
        Self::with_parts(library(), Some(mailer)).await
    }

    async fn with_parts(library: Library, mailer: Option<Mailer>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let db = Box::pin(database::fresh(folder.path())).await;
        let random = Arc::new(SeededRandom::new(2026));
        let vault = Vault::new([7; 32]);
        let clock = Arc::new(TestClock::at("2026-01-05T10:00:00Z".parse().expect("an instant")));
        let cx = Cx::new(Parts {
            db,
            documents: Documents::open(&folder.path().join("documents"), vault.clone(), random.clone())
                .expect("a folder can be made"),
            vault,
            clock: clock.clone(),
            random,
            library,
            files: files(),
            mailer,
            renderer: Arc::new(|document| Ok(format!("%PDF-fictional {}", document.title).into_bytes())),
            settings: Settings {
                public_address: "http://keyline.test".into(),
                published: folder.path().join("published"),
                ..Settings::default()
            },
        });
        Self { router: keyline_web::app(&cx), cx, clock, folder }
    }

    /// Another node, or this one after a restart: with the same database and the same documents, and nothing remembered.
    /// Settings and documents can be changed.
    pub fn node(&self, change: impl FnOnce(&mut Settings, &mut Documents)) -> (Cx, Router) {
        let random = Arc::new(SeededRandom::new(rand::rng().random()));
        let (mut settings, mut documents) = (self.cx.settings.clone(), self.cx.documents.clone());
        change(&mut settings, &mut documents);
        let cx = Cx::new(Parts {
            db: self.cx.db.clone(),
            documents,
            vault: self.cx.vault.clone(),
            clock: self.clock.clone(),
            random,
            library: self.cx.library.clone(),
            files: self.cx.files.clone(),
            mailer: self.cx.mailer.clone(),
            renderer: self.cx.renderer.clone(),
            settings,
        });
        let router = keyline_web::app(&cx);
        (cx, router)
    }

    /// A browser of nobody in particular.
    pub fn anyone(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser in which a person has signed in by a link, through the front door.
    pub async fn browser(&self, person: PersonId) -> Browser {
        let link =
            sessions::make_link(&self.cx, &Actor::Console, person, false).await.expect("a link is made");
        let path = link.strip_prefix("http://keyline.test").expect("our own address").to_owned();
        let browser = self.anyone();
        browser.post(&path, &[]).await.redirects_to("/start");
        browser
    }

    /// The actor of a person, for calling verbs without a page.
    pub async fn actor(&self, person: PersonId) -> Actor {
        let mut reader = self.cx.read().await.expect("a connection");
        let account =
            keyline_store::people::find(&mut reader, person).await.expect("readable").expect("known");
        Actor::Person(account.person())
    }

    /// Moves the clock on.
    pub fn forward(&self, by: SignedDuration) {
        self.clock.forward(by);
    }

    /// The table of routes.
    pub fn routes(&self) -> Vec<keyline_web::frame::Spec> {
        keyline_web::route_table(&self.cx)
    }
}

// In this process: what the confined one does is tried where it is made.
fn files() -> FileReader {
    let limits = keyline_extraction::Limits::default();
    let poppler = keyline_extraction::Poppler::default();
    let (more, programs) = (limits.clone(), poppler.clone());
    let (least, same) = (limits.clone(), poppler.clone());
    FileReader {
        limits: limits.clone(),
        kind: Arc::new(move |source| keyline_extraction::kind(source, &least, &same)),
        extract: Arc::new(move |source| keyline_extraction::extract(source, &limits, &poppler)),
        preview: Arc::new(move |source| keyline_extraction::preview(source, &more, &programs)),
    }
}

/// The programmes, frameworks and areas of the repository.
pub fn library() -> Library {
    Library::parse(&library_files()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Their files by path, for a test that changes some.
pub fn library_files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = BTreeMap::new();
    for folder in ["programmes", "frameworks", "areas"] {
        gather(&root, &root.join(folder), &mut files);
    }
    files
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            gather(root, &path, files);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            files.insert(name, text);
        }
    }
}

/// A number asked of the database past the product, such as how many rows a table has.
pub async fn number(source: &mut impl Source, sql: impl Into<String>) -> i64 {
    let query = sqlx::AssertSqlSafe(sql.into());
    match source.link() {
        Link::Sqlite(c) => sqlx::query_scalar(query).fetch_one(c).await,
        Link::Postgres(c) => sqlx::query_scalar(query).fetch_one(c).await,
    }
    .expect("the statement gives a number")
}

/// Texts asked of the database past the product.
pub async fn texts(source: &mut impl Source, sql: impl Into<String>) -> Vec<String> {
    let query = sqlx::AssertSqlSafe(sql.into());
    match source.link() {
        Link::Sqlite(c) => sqlx::query_scalar(query).fetch_all(c).await,
        Link::Postgres(c) => sqlx::query_scalar(query).fetch_all(c).await,
    }
    .expect("the statement gives texts")
}

/// Runs a statement behind the product's back, as somebody with the database's password could. Gives how many rows it
/// touched.
pub async fn tamper(tx: &mut Tx, sql: impl Into<String>) -> u64 {
    let query = sqlx::AssertSqlSafe(sql.into());
    match tx.link() {
        Link::Sqlite(c) => sqlx::query(query).execute(c).await.map(|done| done.rows_affected()),
        Link::Postgres(c) => sqlx::query(query).execute(c).await.map(|done| done.rows_affected()),
    }
    .expect("the statement runs")
}
