//! What the program refuses before it opens anything.

use crate::program::Installation;

#[test]
fn a_second_server_on_a_data_folder_is_refused_with_a_sentence() {
    let installation = Installation::empty();
    let first = installation.serve();
    let said = installation.is_refused(&["--listen", "127.0.0.1:0", "serve"]);
    assert!(said.contains("another Keyline is using the data folder"), "{said}");
    let said = installation.is_refused(&["demo", "--fresh", "--exit"]);
    assert!(said.contains("another Keyline is using the data folder"), "{said}");
    assert!(crate::wire::get(first.at, "/healthz").unwrap().ends_with("ready\n"), "the first one goes on");
    assert!(installation.data().join("keyline.sqlite").exists(), "nothing was removed under its hands");
    // Whoever was killed leaves nothing that keeps the next one out.
    first.kill();
    assert!(crate::wire::get(installation.serve().at, "/healthz").unwrap().ends_with("ready\n"));
}
