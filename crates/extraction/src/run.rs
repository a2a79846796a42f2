//! Runs a program to its end, or ends it.

use std::io::{self, Read};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

/// Most bytes of what a program says of its failures.
const MESSAGE_BYTES: u64 = 4096;
/// How long the message may take when the program has ended.
const MESSAGE_WAIT: Duration = Duration::from_secs(1);
/// How long is waited at most before it is looked again whether a program has ended.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// A program that has ended by itself.
pub(crate) struct Ended<T> {
    /// How.
    pub(crate) status: ExitStatus,
    /// What was made of what it wrote.
    pub(crate) answer: T,
    /// The beginning of what it said of its failures.
    pub(crate) message: String,
}

/// Why a program did not end by itself.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It could not be started or waited for.
    NotStarted(io::Error),
    /// It took longer than allowed and was ended.
    TimedOut,
}

/// Runs a program: `started` is called as soon as it runs, and only then does it get to read the `input`, if any is given
/// here and not with the command. `take` reads what it writes on a thread of its own, and may stop before the end. `end`
/// ends it when the time is over, and whatever it may have started when it has ended.
pub(crate) fn run<T: Send + 'static>(
    command: &mut Command,
    input: Option<impl Read + Send + 'static>,
    time: Duration,
    started: impl FnOnce(&Child) -> io::Result<()>,
    end: impl Fn(&mut Child),
    take: impl FnOnce(ChildStdout) -> T + Send + 'static,
) -> Result<Ended<T>, Fault> {
    let deadline = Instant::now() + time;
    if input.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(Fault::NotStarted)?;
    let talked =
        started(&child).map_err(Fault::NotStarted).and_then(|()| talk(&mut child, input, deadline, take));
    end(&mut child);
    let status = child.wait();
    let (answer, message) = talked?;
    let message = message.recv_timeout(MESSAGE_WAIT).unwrap_or_default();
    Ok(Ended { status: status.map_err(Fault::NotStarted)?, answer, message })
}

/// Hears a program to its end; leaves its status, and its number, in the hands of the system.
fn talk<T: Send + 'static>(
    child: &mut Child,
    input: Option<impl Read + Send + 'static>,
    deadline: Instant,
    take: impl FnOnce(ChildStdout) -> T + Send + 'static,
) -> Result<(T, Receiver<String>), Fault> {
    let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(Fault::NotStarted(io::Error::other("no pipes")));
    };
    // Each pipe its own thread: a full one must not hold up the others. When the program ends, all end.
    let (answers, answer) = mpsc::channel();
    let (messages, message) = mpsc::channel();
    let threads = thread::Builder::new().spawn(move || answers.send(take(stdout)).ok()).and_then(|_| {
        thread::Builder::new().spawn(move || {
            let mut said = Vec::new();
            stderr.take(MESSAGE_BYTES).read_to_end(&mut said).ok();
            messages.send(String::from_utf8_lossy(&said).trim().to_owned()).ok()
        })
    });
    threads.map_err(Fault::NotStarted)?;
    if let (Some(mut input), Some(mut stdin)) = (input, child.stdin.take()) {
        // A program that knows enough does not read to the end.
        let fed = thread::Builder::new().spawn(move || drop(io::copy(&mut input, &mut stdin)));
        fed.map_err(Fault::NotStarted)?;
    }
    let left = deadline.saturating_duration_since(Instant::now());
    let answer = answer.recv_timeout(left).map_err(|_| Fault::TimedOut)?;
    wait(child, deadline)?;
    Ok((answer, message))
}

/// Waits until the program has ended: one that wrote everything may go on living.
fn wait(child: &Child, deadline: Instant) -> Result<(), Fault> {
    let pid = Pid::from_raw(child.id().cast_signed())
        .ok_or_else(|| Fault::NotStarted(io::Error::other("no number")))?;
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let mut pause = Duration::from_micros(200);
    while waitid(WaitId::Pid(pid), look).map_err(|error| Fault::NotStarted(error.into()))?.is_none() {
        if Instant::now() >= deadline {
            return Err(Fault::TimedOut);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(LOOK_AGAIN);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_shell(script: &str, time: u64) -> Result<Ended<Vec<u8>>, Fault> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        run(
            &mut command,
            None::<io::Empty>,
            Duration::from_millis(time),
            |_| Ok(()),
            |child| drop(child.kill()),
            |stdout| {
                let mut answer = Vec::new();
                stdout.take(1000).read_to_end(&mut answer).ok();
                answer
            },
        )
    }

    #[test]
    fn a_program_is_heard_to_its_end() {
        let ended = run_shell("echo answer; echo message >&2; exit 3", 60_000).unwrap();
        assert_eq!(ended.status.code(), Some(3));
        assert_eq!((ended.answer.as_slice(), ended.message.as_str()), (&b"answer\n"[..], "message"));
    }

    #[test]
    fn a_program_that_never_ends_is_ended() {
        // One that writes nothing, and one that closes its output and lives on.
        for script in ["exec sleep 100", "exec >&-; exec 2>&-; exec sleep 100"] {
            let began = Instant::now();
            assert!(matches!(run_shell(script, 200), Err(Fault::TimedOut)), "{script}");
            assert!(began.elapsed() < Duration::from_secs(50));
        }
    }

    #[test]
    fn a_program_that_writes_for_ever_is_not_read_for_ever() {
        let ended = run_shell("exec yes", 60_000).unwrap();
        assert_eq!(ended.answer.len(), 1000);
        assert!(!ended.status.success());
    }

    #[test]
    fn a_program_reads_its_input_as_far_as_it_likes() {
        for (script, answer) in [("exec cat", 1000), ("exec head -c 3", 3), ("exec true", 0)] {
            let mut command = Command::new("/bin/sh");
            command.args(["-c", script]);
            let ended = run(
                &mut command,
                Some(io::repeat(b'x').take(1000)),
                Duration::from_mins(1),
                |_| Ok(()),
                |child| drop(child.kill()),
                |mut stdout| {
                    let mut answer = Vec::new();
                    stdout.read_to_end(&mut answer).map(|_| answer).unwrap_or_default()
                },
            )
            .unwrap();
            assert!(ended.status.success(), "{script}");
            assert_eq!(ended.answer.len(), answer, "{script}");
        }
    }

    #[test]
    fn a_program_that_is_not_there_is_not_started() {
        let mut command = Command::new("/nonexistent");
        let ended = run(&mut command, None::<io::Empty>, Duration::from_secs(1), |_| Ok(()), |_| (), |_| ());
        assert!(matches!(ended, Err(Fault::NotStarted(_))));
    }
}
