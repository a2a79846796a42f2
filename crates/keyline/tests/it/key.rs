//! The key file: made once, asked for when it is gone, replaced only on purpose.

use crate::program::Installation;

const ACCOUNT: [&str; 6] = ["admin", "create-user", "--email", "someone@fictional.test", "--name", "Someone"];

#[tokio::test]
async fn a_key_that_is_gone_is_never_replaced_in_silence() {
    let installation = Installation::empty();
    let file = installation.data().join("keyline.key");
    installation.succeeds(&["migrate"]);
    let first = std::fs::read_to_string(&file).unwrap();
    // Without any account there is nothing to lose.
    std::fs::remove_file(&file).unwrap();
    installation.succeeds(&ACCOUNT);
    let second = std::fs::read_to_string(&file).unwrap();
    assert_ne!(first, second);

    let db = installation.database().await;
    let mut tx = db.begin().await.unwrap();
    keyline_testing::tamper(&mut tx, "UPDATE person SET totp_sealed = x'0102'").await;
    tx.commit().await.unwrap();
    db.close().await;
    std::fs::remove_file(&file).unwrap();
    for command in [&["serve"][..], &["migrate"], &["audit", "verify"], &["admin", "jobs"]] {
        let said = installation.is_refused(command);
        assert!(said.contains("Put it back from its own backup") && said.contains("admin new-key"), "{said}");
        assert!(!file.exists(), "no key was made");
    }
    let said = installation.succeeds(&["admin", "new-key"]);
    assert!(said.contains("second factors switched off: 1"), "{said}");
    let third = std::fs::read_to_string(&file).unwrap();
    assert!(third != second && third.len() == 64);
    assert!(installation.is_refused(&["admin", "new-key"]).contains("is there"));
    assert!(installation.succeeds(&["audit", "verify"]).contains("is whole"));
    let db = installation.database().await;
    let mut reader = db.read().await.unwrap();
    let sealed = "SELECT COUNT(*) FROM person WHERE totp_sealed IS NOT NULL";
    assert_eq!(keyline_testing::number(&mut reader, sealed).await, 0);
    let noted = "SELECT COUNT(*) FROM audit_entry WHERE action = 'second-factor.all-off'";
    assert_eq!(keyline_testing::number(&mut reader, noted).await, 1);

    std::fs::write(&file, "half a k").unwrap();
    let said = installation.is_refused(&["admin", "jobs"]);
    assert!(said.contains("does not hold a key"), "{said}");
}
