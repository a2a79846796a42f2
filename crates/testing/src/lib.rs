//! The harness of the tests: one app per test, on either database, with actors as types and a fixed clock.
//!
//! ```
//! # async fn example() {
//! use keyline_testing::{TestApp, World};
//! let app = TestApp::new().await;
//! let world = World::planned(&app).await; // an inspection with its people, before the notification
//! let lead = app.browser(world.lead).await; // signed in through the front door
//! lead.get("/start").await.ok().says("Strathmarnock");
//! app.anyone().get(&world.href("plan")).await.redirects_to("/sign-in");
//! # }
//! ```
//!
//! The engine is SQLite unless `KEYLINE_TEST_POSTGRES` names a server (`postgres://…`), in which each test makes a
//! database of its own. `scripts/test` runs the whole suite on both. All people and places are fictional.

mod app;
mod browser;
mod clock;
mod database;
mod mail;
mod world;

pub use app::{TestApp, library, library_files, number, tamper, texts};
pub use browser::{Answer, Browser};
pub use clock::{SeededRandom, TestClock};
pub use mail::MailServer;
pub use world::{PROGRAMME, World, person};
