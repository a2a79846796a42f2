//! People with accounts.

use jiff::Timestamp;
use keyline_domain::access::Person;
use keyline_domain::ids::PersonId;

use crate::error::Result;
use crate::rows::{read, read_optional, time};
use crate::{Source, Tx};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: PersonId,
    /// Address in lower case; one account each.
    pub email: String,
    /// Name as shown to colleagues.
    pub name: String,
    /// Shown in notes instead of the name.
    pub designation: String,
    /// Council, board, scrutiny body.
    pub organisation: String,
    /// Language tag of the pages.
    pub language: String,
    /// Manages accounts and the service.
    pub administrator: bool,
    /// Argon2id hash; `None` until a password is set.
    pub password_hash: Option<String>,
    /// Sealed secret of the second factor.
    pub totp_sealed: Option<Vec<u8>>,
    /// Last time step whose code was used.
    pub totp_last_step: Option<i64>,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When it was disabled.
    pub disabled_at: Option<Timestamp>,
    /// For two editors.
    pub version: i64,
}

impl Account {
    /// The person as the policy knows it.
    pub fn person(&self) -> Person {
        Person { id: self.id, name: self.name.clone(), administrator: self.administrator }
    }
}

row! { struct AccountRow {
    id: String, email: String, name: String, designation: String, organisation: String, language: String,
    administrator: bool, password_hash: Option<String>, totp_sealed: Option<Vec<u8>>, totp_last_step: Option<i64>,
    created_at: String, disabled_at: Option<String>, version: i64,
} }

impl AccountRow {
    fn account(self) -> Result<Account> {
        Ok(Account {
            id: read("person", "id", &self.id, &self.id)?,
            created_at: read("person", "created_at", &self.id, &self.created_at)?,
            disabled_at: read_optional("person", "disabled_at", &self.id, self.disabled_at.as_deref())?,
            email: self.email,
            name: self.name,
            designation: self.designation,
            organisation: self.organisation,
            language: self.language,
            administrator: self.administrator,
            password_hash: self.password_hash,
            totp_sealed: self.totp_sealed,
            totp_last_step: self.totp_last_step,
            version: self.version,
        })
    }
}

/// Adds an account.
pub async fn add(tx: &mut Tx, account: &Account) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO person (id, email, name, designation, organisation, language, administrator, password_hash,
           totp_sealed, totp_last_step, created_at, disabled_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)",
        account.id.to_string(),
        &account.email,
        &account.name,
        &account.designation,
        &account.organisation,
        &account.language,
        account.administrator,
        account.password_hash.as_deref(),
        account.totp_sealed.as_deref(),
        account.totp_last_step,
        time(account.created_at),
        account.disabled_at.map(time),
    )
    .map(|_| ())
}

/// Saves an account that was read at `account.version`.
///
/// # Errors
/// [`crate::Error::Stale`] when somebody saved in between.
pub async fn save(tx: &mut Tx, account: &Account) -> Result<()> {
    let touched = execute!(
        tx,
        "UPDATE person SET email = $1, name = $2, designation = $3, organisation = $4, language = $5,
           administrator = $6, password_hash = $7, totp_sealed = $8, totp_last_step = $9, disabled_at = $10,
           version = version + 1
         WHERE id = $11 AND version = $12",
        &account.email,
        &account.name,
        &account.designation,
        &account.organisation,
        &account.language,
        account.administrator,
        account.password_hash.as_deref(),
        account.totp_sealed.as_deref(),
        account.totp_last_step,
        account.disabled_at.map(time),
        account.id.to_string(),
        account.version,
    )?;
    if touched == 1 { Ok(()) } else { Err(crate::Error::Stale) }
}

/// The account of an id.
pub async fn find(source: &mut impl Source, id: PersonId) -> Result<Option<Account>> {
    fetch_optional!(source, AccountRow, "SELECT * FROM person WHERE id = $1", id.to_string())?
        .map(AccountRow::account)
        .transpose()
}

/// The account of an address, whatever its case.
pub async fn find_by_email(source: &mut impl Source, email: &str) -> Result<Option<Account>> {
    fetch_optional!(source, AccountRow, "SELECT * FROM person WHERE email = $1", email.trim().to_lowercase())?
        .map(AccountRow::account)
        .transpose()
}

/// Whether there is any account yet.
pub async fn any(source: &mut impl Source) -> Result<bool> {
    Ok(fetch_optional!(source, (String,), "SELECT id FROM person LIMIT 1")?.is_some())
}

/// Takes every sealed secret away; gives how many accounts had one.
pub async fn forget_sealed(tx: &mut Tx) -> Result<u64> {
    execute!(
        tx,
        "UPDATE person SET totp_sealed = NULL, totp_last_step = NULL, version = version + 1
         WHERE totp_sealed IS NOT NULL"
    )
}

/// All accounts by name.
pub async fn list(source: &mut impl Source) -> Result<Vec<Account>> {
    fetch_all!(source, AccountRow, "SELECT * FROM person ORDER BY name, id")?
        .into_iter()
        .map(AccountRow::account)
        .collect()
}
