//! The program under test: the story it starts from, and a server of it on 127.0.0.1.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::wire::{Wire, get, post};

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program, and a folder with the finished story.
#[derive(Debug)]
pub(crate) struct Place {
    /// The program.
    pub(crate) program: PathBuf,
    folder: PathBuf,
}

impl Place {
    /// Lets the program tell its story once; kept until the program changes.
    pub(crate) async fn prepare(program: &Path, folder: &Path) -> Result<Self> {
        let program = program.canonicalize().with_context(|| format!("finding {}", program.display()))?;
        std::fs::create_dir_all(folder)?;
        let place = Self { program, folder: folder.canonicalize()? };
        let about = std::fs::metadata(&place.program)?;
        let made_by = format!("{} {:?}", about.len(), about.modified()?);
        let mark = place.folder.join("made-by");
        if std::fs::read_to_string(&mark).is_ok_and(|kept| kept == made_by) {
            return Ok(place);
        }
        eprintln!("telling the story once, to measure on");
        let story = place.story();
        if story.exists() {
            std::fs::remove_dir_all(&story)?;
        }
        let mut command = place.command(&story, free_port()?)?;
        let done = tokio::task::spawn_blocking(move || command.args(["demo", "--exit"]).status()).await??;
        ensure!(
            done.success(),
            "`keyline demo --exit` ended with {done}; its messages are in {}",
            place.log()
        );
        std::fs::write(mark, made_by)?;
        Ok(place)
    }

    fn story(&self) -> PathBuf {
        self.folder.join("story")
    }

    fn log(&self) -> String {
        self.folder.join("log").display().to_string()
    }

    /// An empty folder on the same disk.
    pub(crate) fn empty(&self) -> Result<TempDir> {
        Ok(tempfile::tempdir_in(&self.folder)?)
    }

    /// A copy of the story, so that each measure begins at the same state.
    pub(crate) fn copy(&self) -> Result<TempDir> {
        let copy = self.empty()?;
        copy_folder(&self.story(), copy.path())?;
        Ok(copy)
    }

    /// The program with a data folder and an address, and nothing from the surroundings.
    pub(crate) fn command(&self, data: &Path, port: u16) -> Result<Command> {
        let log = File::options().create(true).append(true).open(self.log())?;
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KEYLINE_")) {
            command.env_remove(name);
        }
        command
            .current_dir(&self.folder)
            .arg("--data")
            .arg(data)
            .arg("--listen")
            .arg(SocketAddr::from((Ipv4Addr::LOCALHOST, port)).to_string())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        Ok(command)
    }

    /// Starts a server on a data folder and waits until it answers `path`.
    pub(crate) async fn serve(&self, data: &Path, path: &str) -> Result<Server> {
        let port = free_port()?;
        let mut command = self.command(data, port)?;
        let began = Instant::now();
        let child = command.arg("serve").spawn().context("starting the program")?;
        let mut server =
            Server { child, at: (Ipv4Addr::LOCALHOST, port).into(), first_answer: Duration::ZERO };
        let request = get(server.at, path, None);
        loop {
            if let Ok(mut wire) = Wire::to(server.at).await {
                let status = wire.status(&request).await?;
                ensure!(status == 200, "the first answer was {status}");
                server.first_answer = began.elapsed();
                return Ok(server);
            }
            if let Some(ended) = server.child.try_wait()? {
                bail!("the server ended with {ended}; its messages are in {}", self.log());
            }
            ensure!(
                began.elapsed() < PATIENCE,
                "the server does not answer; its messages are in {}",
                self.log()
            );
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

/// A server that runs. It is stopped when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Where it answers.
    pub(crate) at: SocketAddr,
    /// From before it was started to its first answer.
    pub(crate) first_answer: Duration,
}

impl Server {
    /// A page as the public sees it.
    pub(crate) async fn page(&self, path: &str) -> Result<String> {
        let answer = Wire::to(self.at).await?.ask(&get(self.at, path, None)).await?;
        ensure!(answer.status == 200, "{path} answered {}", answer.status);
        Ok(answer.text())
    }

    /// Signs a person of the story in, by the link that the demonstration keeps beside its data. Gives the cookie.
    pub(crate) async fn sign_in(&self, data: &Path, person: &str) -> Result<String> {
        let links = std::fs::read_to_string(data.join("demo-links.txt")).context("reading the links")?;
        let token = links
            .lines()
            .find_map(|line| line.split_once('\t').filter(|(who, _)| *who == person).map(|(_, token)| token))
            .with_context(|| format!("no link of {person}"))?;
        let request = post(self.at, &format!("/sign-in/link/{token}"), "");
        let answer = Wire::to(self.at).await?.ask(&request).await?;
        answer.cookie.with_context(|| format!("signing in answered {} without a cookie", answer.status))
    }

    /// Memory that it holds, in bytes (resident set; Linux).
    pub(crate) fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kib =
            status.lines().find_map(|l| l.strip_prefix("VmRSS:")).and_then(|l| l.split_whitespace().next());
        Ok(kib.context("no VmRSS")?.parse::<u64>()? * 1024)
    }
}

impl Server {
    /// Kills it, as a power cut does.
    pub(crate) fn kill(mut self) -> Result<()> {
        self.child.kill().context("killing the program")?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked to stop, as a service is; it closes its database.
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process(pid, Signal::TERM);
        }
        let _ = self.child.wait();
    }
}

/// A port that is free at this moment.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for entry in std::fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir_all(&target)?;
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
