//! One body for two engines: the macros, and how times, days and ids are written.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::error::{Error, Result};

/// Runs a body on whichever engine is behind a source; the body is compiled for both.
macro_rules! on {
    ($source:expr, $c:ident => $body:expr) => {
        match $crate::Source::link($source) {
            $crate::Link::Sqlite($c) => $body,
            $crate::Link::Postgres($c) => $body,
        }
    };
}

/// Runs a statement and gives the number of rows it touched.
macro_rules! execute {
    ($source:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        on!($source, c => sqlx::query($sql)$(.bind($arg))*.execute(c).await.map(|done| done.rows_affected()))
            .map_err($crate::Error::from)
    };
}

/// All rows of a query, as `$row` (a struct made by `row!` or a tuple).
macro_rules! fetch_all {
    ($source:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        on!($source, c => sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(c).await)
            .map_err($crate::Error::from)
    };
}

/// The one row of a query, or none.
macro_rules! fetch_optional {
    ($source:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        on!($source, c => sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_optional(c).await)
            .map_err($crate::Error::from)
    };
}

/// The one row of a query that always gives one.
macro_rules! fetch_one {
    ($source:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        on!($source, c => sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_one(c).await)
            .map_err($crate::Error::from)
    };
}

/// A row struct, read by column name on both engines.
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($field:ident : $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($field: $ty),* }
        impl<'r, R> sqlx::FromRow<'r, R> for $name
        where
            R: sqlx::Row,
            &'static str: sqlx::ColumnIndex<R>,
            $($ty: sqlx::Type<R::Database> + sqlx::Decode<'r, R::Database>,)*
        {
            fn from_row(row: &'r R) -> sqlx::Result<Self> {
                Ok(Self { $($field: row.try_get(stringify!($field))?),* })
            }
        }
    };
}

/// One row read as two: what belongs together, and what a join puts beside it.
pub(crate) struct Both<A, B>(pub(crate) A, pub(crate) B);

impl<'r, R: sqlx::Row, A: sqlx::FromRow<'r, R>, B: sqlx::FromRow<'r, R>> sqlx::FromRow<'r, R> for Both<A, B> {
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self(A::from_row(row)?, B::from_row(row)?))
    }
}

/// An instant as it is stored: UTC, six digits, so that text order is time order on both engines.
pub(crate) fn time(at: Timestamp) -> String {
    format!("{at:.6}")
}

/// A day as it is stored.
pub(crate) fn day(on: Date) -> String {
    on.to_string()
}

/// Reads a stored value, naming the place when it makes no sense.
pub(crate) fn read<T: std::str::FromStr>(
    table: &'static str,
    column: &'static str,
    id: &str,
    text: &str,
) -> Result<T> {
    text.parse().map_err(|_| Error::Inconsistent { table, column, id: id.to_owned(), found: text.to_owned() })
}

/// Reads a stored value that may be absent.
pub(crate) fn read_optional<T: std::str::FromStr>(
    table: &'static str,
    column: &'static str,
    id: &str,
    text: Option<&str>,
) -> Result<Option<T>> {
    text.map(|t| read(table, column, id, t)).transpose()
}

/// Reads a stored enum word through serde, naming the place when it makes no sense.
pub(crate) fn word<T: serde::de::DeserializeOwned>(
    table: &'static str,
    column: &'static str,
    id: &str,
    text: &str,
) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|_| Error::Inconsistent {
        table,
        column,
        id: id.to_owned(),
        found: text.to_owned(),
    })
}

/// Reads stored JSON, naming the place when it makes no sense.
pub(crate) fn json<T: serde::de::DeserializeOwned>(
    table: &'static str,
    column: &'static str,
    id: &str,
    text: &str,
) -> Result<T> {
    serde_json::from_str(text).map_err(|e| Error::Inconsistent {
        table,
        column,
        id: id.to_owned(),
        found: e.to_string(),
    })
}
