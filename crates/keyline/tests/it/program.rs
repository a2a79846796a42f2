//! The program under test, with a data folder of its own and nothing from the surroundings.

use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use keyline_store::Db;
use tempfile::TempDir;

/// A data folder, and the program on it.
#[derive(Debug)]
pub(crate) struct Installation {
    folder: TempDir,
}

impl Installation {
    /// An empty one.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A command of the program.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyline"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KEYLINE_")) {
            command.env_remove(name);
        }
        command.current_dir(self.folder.path()).arg("--data").arg(self.data()).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Lets a command run to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// The same, and it must succeed; gives what it said.
    pub(crate) fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The same, and it must be refused; gives what it said on standard error.
    pub(crate) fn is_refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stderr).unwrap()
    }

    /// Starts a server and waits until it says where it answers.
    pub(crate) fn serve(&self) -> Server {
        let at = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()));
        let mut child = self.command(&["--listen", &at.to_string(), "serve"]).spawn().unwrap();
        let mut first = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut first).unwrap();
        assert!(first.contains("Keyline answers at"), "{first} {:?}", child.wait_with_output());
        Server { child: Some(child), at }
    }

    /// The database, when no server is asked for.
    pub(crate) async fn database(&self) -> Db {
        Db::open_sqlite(&self.data().join("keyline.sqlite")).await.unwrap()
    }

    /// Files below a folder of the data whose names begin with a dot: what was being written.
    pub(crate) fn unfinished(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.data()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if is_dotted(&path) || path.parent().is_some_and(is_dotted) {
                    found.push(path);
                }
            }
        }
        found
    }
}

fn is_dotted(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// What a command said, for the message of a failing test.
pub(crate) fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A server that runs. Dropped, it is killed.
#[derive(Debug)]
pub(crate) struct Server {
    child: Option<Child>,
    /// Where it answers.
    pub(crate) at: SocketAddr,
}

impl Server {
    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    /// Pulls the plug (SIGKILL), and gives what it had written to its log.
    pub(crate) fn kill(mut self) -> String {
        let mut child = self.child.take().unwrap();
        let _ = kill(&mut child);
        let mut log = String::new();
        child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = kill(child);
        }
    }
}

/// Kills a process without a warning.
pub(crate) fn kill(child: &mut Child) -> std::io::Result<ExitStatus> {
    child.kill()?;
    child.wait()
}
