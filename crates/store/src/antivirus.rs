//! A scanner for malicious software: clamd, asked in its own protocol (`INSTREAM`).
//!
//! The content goes out in blocks with their length before them, a block of no length ends it, and one line comes back.

use std::path::PathBuf;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::documents::Content;
use crate::error::{Error, Result};

/// How long a scanner may be silent.
const PATIENCE: Duration = Duration::from_mins(5);
/// The longest answer that is read.
const ANSWER: u64 = 4 * 1024;

/// Where a scanner listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanner {
    /// At an address and port.
    Tcp(String),
    /// At a socket of this machine.
    Unix(PathBuf),
}

/// What a scanner says of a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// Something was found; what the scanner calls it.
    Found(String),
}

impl Scanner {
    /// Reads a setting: `host:port`, or `unix:` and a path; none when it is empty.
    pub fn of(setting: &str) -> Option<Self> {
        match setting.trim() {
            "" => None,
            text => Some(match text.strip_prefix("unix:") {
                Some(path) => Self::Unix(PathBuf::from(path)),
                None => Self::Tcp(text.to_owned()),
            }),
        }
    }

    /// Has a content scanned.
    ///
    /// # Errors
    /// [`Error::Scanner`] when the scanner is away, does not answer in time, or says that it cannot scan this, for example
    /// because it is larger than its `StreamMaxLength`; otherwise as reading the content.
    pub async fn scan(&self, content: Content) -> Result<Verdict> {
        match self {
            Self::Tcp(address) => {
                let connected = timeout(PATIENCE, TcpStream::connect(address)).await;
                stream(connected.map_err(silent)?.map_err(away)?, content).await
            }
            #[cfg(unix)]
            Self::Unix(path) => {
                let connected = timeout(PATIENCE, tokio::net::UnixStream::connect(path)).await;
                stream(connected.map_err(silent)?.map_err(away)?, content).await
            }
            #[cfg(not(unix))]
            Self::Unix(_) => Err(Error::Scanner("sockets with a path are of Unix".into())),
        }
    }
}

fn silent(_: tokio::time::error::Elapsed) -> Error {
    Error::Scanner("it was silent for too long".into())
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` hands it")]
fn away(error: std::io::Error) -> Error {
    Error::Scanner(error.to_string())
}

async fn stream(mut to: impl AsyncRead + AsyncWrite + Unpin, mut content: Content) -> Result<Verdict> {
    let mut answer = String::new();
    let sent = async {
        to.write_all(b"zINSTREAM\0").await.map_err(away)?;
        while let Some((bit, rest)) = content.bit().await? {
            let length = u32::try_from(bit.len()).map_err(|e| Error::Scanner(e.to_string()))?;
            let block = async {
                to.write_all(&length.to_be_bytes()).await?;
                to.write_all(&bit).await
            };
            timeout(PATIENCE, block).await.map_err(silent)?.map_err(away)?;
            content = rest;
        }
        to.write_all(&0_u32.to_be_bytes()).await.map_err(away)
    };
    // A scanner that has had enough says so and closes, and then the answer says more than the broken pipe.
    let sent = sent.await;
    if let Err(error) = &sent
        && !matches!(error, Error::Scanner(_))
    {
        return sent.map(|()| Verdict::Clean);
    }
    let read = timeout(PATIENCE, to.take(ANSWER).read_to_string(&mut answer)).await.map_err(silent)?;
    let answer = answer.trim_end_matches(['\0', '\n']).trim();
    if answer.is_empty() {
        sent?;
        read.map_err(away)?;
    }
    verdict(answer)
}

fn verdict(answer: &str) -> Result<Verdict> {
    let said = answer.strip_prefix("stream:").unwrap_or(answer).trim();
    if said == "OK" {
        return Ok(Verdict::Clean);
    }
    match said.strip_suffix("FOUND") {
        Some(name) => Ok(Verdict::Found(name.trim().chars().filter(|c| !c.is_control()).take(200).collect())),
        None => Err(Error::Scanner(format!("it answered `{said}`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_says_where() {
        assert_eq!(Scanner::of(" "), None);
        assert_eq!(Scanner::of("127.0.0.1:3310"), Some(Scanner::Tcp("127.0.0.1:3310".into())));
        assert_eq!(Scanner::of("unix:/run/clamd.ctl"), Some(Scanner::Unix("/run/clamd.ctl".into())));
    }

    #[test]
    fn only_ok_is_clean() {
        assert_eq!(verdict("stream: OK").unwrap(), Verdict::Clean);
        let found = verdict("stream: Eicar-Signature FOUND").unwrap();
        assert_eq!(found, Verdict::Found("Eicar-Signature".into()));
        for other in ["", "stream: NOT OK", "INSTREAM size limit exceeded. ERROR", "OKAY"] {
            assert!(matches!(verdict(other), Err(Error::Scanner(_))), "{other}");
        }
    }
}
