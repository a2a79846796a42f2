//! Sets a document in a process of its own: the same program, started once more with one word.
//!
//! A document that drives the typesetter into the ground (a drawing of a million paths, a table of a million rows)
//! ends that process and not the server. The parent limits the time; the child limits its own memory before it reads
//! anything.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, io, thread};

use keyline_domain::documents::Document;

use crate::{RenderError, render};

/// The word that makes the program a renderer; its command line calls [`child_main`] for it.
pub const SUBCOMMAND: &str = "render-document";

/// How long one document may take. A report of twenty pages takes a tenth of a second when optimised.
const TIME_LIMIT: Duration = Duration::from_mins(1);
/// How much address space the child may take, in bytes; a report needs about a tenth.
const MEMORY_LIMIT: u64 = 2 * 1024 * 1024 * 1024;
/// Longest message of the child that is passed on, in bytes.
const LONGEST_MESSAGE: u64 = 4096;

/// Sets a document in a child process of this program.
///
/// # Errors
/// [`RenderError::Child`] with the child's words when it refuses, is ended by a limit or cannot be started.
pub fn render_in_child(document: &Document) -> Result<Vec<u8>, RenderError> {
    let program = env::current_exe().map_err(|error| RenderError::Child(error.to_string()))?;
    render_with(program.as_os_str(), TIME_LIMIT, document)
}

/// Sets a document in a child process of the program given, which must call [`child_main`] for [`SUBCOMMAND`].
///
/// # Errors
/// As [`render_in_child`].
pub fn render_with(
    program: &OsStr,
    time_limit: Duration,
    document: &Document,
) -> Result<Vec<u8>, RenderError> {
    let input = serde_json::to_vec(document).map_err(|error| RenderError::Child(error.to_string()))?;
    exchange(program, time_limit, input).map_err(RenderError::Child)
}

fn exchange(program: &OsStr, time_limit: Duration, input: Vec<u8>) -> Result<Vec<u8>, String> {
    let mut child = Command::new(program)
        .arg(SUBCOMMAND)
        .env_clear() // it needs no settings, and so cannot leak any
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("the renderer cannot be started: {error}"))?;
    let (Some(mut stdin), Some(mut stdout), Some(stderr)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err("the renderer has no pipes".into());
    };
    // Each pipe its own thread: a full one must not hold up the others. When the child ends, all three end.
    let (done, answer) = mpsc::channel();
    thread::spawn(move || {
        // a child that refused does not read to the end; its own message says why
        stdin.write_all(&input).ok();
    });
    let message = thread::spawn(move || {
        let mut message = String::new();
        stderr.take(LONGEST_MESSAGE).read_to_string(&mut message).ok();
        message.trim().to_owned()
    });
    thread::spawn(move || {
        let mut pdf = Vec::new();
        let read = stdout.read_to_end(&mut pdf).map(|_| pdf);
        done.send(read).ok();
    });
    let Ok(read) = answer.recv_timeout(time_limit) else {
        child.kill().ok();
        child.wait().ok();
        return Err(format!("the renderer took longer than {} seconds and was ended", time_limit.as_secs()));
    };
    let status = child.wait().map_err(|error| error.to_string())?;
    let message = message.join().unwrap_or_default();
    match read {
        Ok(pdf) if status.success() => Ok(pdf),
        Ok(_) if message.is_empty() => Err(format!("the renderer ended with {status}")),
        Ok(_) => Err(message),
        Err(error) => Err(error.to_string()),
    }
}

/// What the program does for [`SUBCOMMAND`]: reads a document as JSON, writes the PDF, or says on standard error why
/// not.
pub fn child_main() -> ExitCode {
    match limit_memory().and_then(|()| answer(io::stdin().lock(), io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            writeln!(io::stderr(), "{why}").ok();
            ExitCode::FAILURE
        }
    }
}

fn answer(mut input: impl Read, mut output: impl Write) -> Result<(), String> {
    let mut json = Vec::new();
    input.read_to_end(&mut json).map_err(|error| error.to_string())?;
    let document: Document =
        serde_json::from_slice(&json).map_err(|error| format!("this is no document: {error}"))?;
    let pdf = render(&document).map_err(|error| error.to_string())?;
    output.write_all(&pdf).and_then(|()| output.flush()).map_err(|error| error.to_string())
}

fn limit_memory() -> Result<(), String> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let before = getrlimit(Resource::As);
    let most = before.maximum.map_or(MEMORY_LIMIT, |maximum| maximum.min(MEMORY_LIMIT));
    setrlimit(Resource::As, Rlimit { current: Some(most), maximum: Some(most) })
        .map_err(|error| format!("the memory of the renderer cannot be limited: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_never_answers_is_ended() {
        // `yes render-document` writes for ever
        let error = exchange(OsStr::new("yes"), Duration::from_millis(200), Vec::new()).unwrap_err();
        assert!(error.contains("was ended"), "{error}");
    }

    #[test]
    fn a_program_that_fails_says_so() {
        assert!(
            exchange(OsStr::new("false"), TIME_LIMIT, vec![b' '; 1 << 20])
                .unwrap_err()
                .contains("exit status")
        );
        assert!(
            exchange(OsStr::new("/nonexistent"), TIME_LIMIT, Vec::new())
                .unwrap_err()
                .contains("cannot be started")
        );
    }

    #[test]
    fn what_is_no_document_is_refused() {
        assert!(answer(&b"{}"[..], io::sink()).unwrap_err().starts_with("this is no document"));
    }
}
