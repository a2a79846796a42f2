//! SQL for SQLite and PostgreSQL, documents on disk, sealed fields.
