//! What stands in the log.

use crate::program::Installation;
use crate::wire::get;

#[tokio::test]
async fn a_fault_is_logged_with_its_route_and_without_the_token_of_the_link() {
    let installation = Installation::empty();
    installation.succeeds(&["migrate"]);
    let db = installation.database().await;
    let mut tx = db.begin().await.unwrap();
    keyline_testing::tamper(&mut tx, "ALTER TABLE invitation RENAME TO invitation_is_away").await;
    tx.commit().await.unwrap();
    db.close().await;
    let server = installation.serve();
    let page = get(server.at, "/invitation/0123456789abcdef0123456789abcdef?done=secret-too").unwrap();
    assert!(page.starts_with("HTTP/1.1 500"), "{page}");
    let log = server.kill();
    assert!(log.contains("a page failed") && log.contains("/invitation/{token}"), "{log}");
    assert!(!log.contains("0123456789abcdef") && !log.contains("secret-too"), "{log}");
    assert!(!log.contains("127.0.0.1"), "nor is there the address of who asked: {log}");
}
