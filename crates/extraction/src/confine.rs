//! What a process that reads strangers' files may not do: take more memory and time than allowed, write files, leave a
//! core behind, and, where the kernel can keep it from that (Landlock), read other people's files (Linux 5.13 and later),
//! speak TCP (6.7), signal other processes (6.12), or speak UDP (7.2).

use std::io;
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetError, RulesetStatus, Scope, path_beneath_rules,
};
use rustix::io::Errno;
use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit, setrlimit};

use crate::limits::Limits;

/// Most files that are open at once.
const MOST_FILES: u64 = 64;

/// What programs need to start and to draw letters. Nothing in these places is anybody's.
const PROGRAMS: [&str; 9] = [
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc/ld.so.cache",
    "/etc/fonts",
    "/etc/poppler",
    "/var/cache/fontconfig",
    "/nix/store",
];

/// What Landlock knew when this was written; a kernel that knows less keeps what it can.
const RIGHTS: ABI = ABI::V10;

/// Confines this process, and whatever it starts, for good. The memory is what it may take beyond what it has now.
///
/// # Errors
/// What the system said; then nothing must be read.
pub(crate) fn confine(limits: &Limits, programs: Option<&Path>) -> io::Result<()> {
    let memory = address_space().unwrap_or_default().saturating_add(limits.memory);
    for (resource, most) in limited(memory, limits.seconds) {
        let most = getrlimit(resource).maximum.map_or(most, |maximum| maximum.min(most));
        // One second more until the end that cannot be caught.
        let hard = if resource == Resource::Cpu { most.saturating_add(1) } else { most };
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(hard) })?;
    }
    let places = PROGRAMS.iter().map(PathBuf::from).chain(programs.map(Path::to_owned));
    keep_out(places).map(|_| ()).map_err(io::Error::other)
}

/// Confines a program that this process has just started and not yet given anything to read: it starts nothing.
pub(crate) fn confine_started(program: Pid, limits: &Limits) -> io::Result<()> {
    let most = limited(limits.memory, limits.seconds);
    for (resource, most) in most.into_iter().chain([(Resource::Nproc, 0)]) {
        match prlimit(Some(program), resource, Rlimit { current: Some(most), maximum: Some(most) }) {
            // It may have ended already; and inherited limits that are lower stay.
            Ok(_) | Err(Errno::SRCH | Errno::PERM) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// From now on this process starts no other and no thread. The kernel does not hold root to it.
pub(crate) fn start_nothing() -> io::Result<()> {
    Ok(setrlimit(Resource::Nproc, Rlimit { current: Some(0), maximum: Some(0) })?)
}

fn limited(memory: u64, seconds: u64) -> [(Resource, u64); 5] {
    [
        (Resource::As, memory),
        (Resource::Cpu, seconds),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Nofile, MOST_FILES),
    ]
}

/// The address space that this process takes now, in bytes: the program itself may be large.
fn address_space() -> Option<u64> {
    let pages: u64 = std::fs::read_to_string("/proc/self/statm").ok()?.split(' ').next()?.parse().ok()?;
    Some(pages * rustix::param::page_size() as u64)
}

/// Lets this thread, and what it starts, read and run what lies in these places, and nothing else; says how much of that
/// the kernel keeps.
fn keep_out(places: impl Iterator<Item = PathBuf>) -> Result<RulesetStatus, RulesetError> {
    Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(RIGHTS))?
        .handle_access(AccessNet::from_all(RIGHTS))?
        .scope(Scope::from_all(RIGHTS))?
        .create()?
        .add_rules(path_beneath_rules(places, AccessFs::from_read(RIGHTS)))?
        .add_rules(path_beneath_rules(["/dev/null"], AccessFs::ReadFile | AccessFs::WriteFile))?
        .restrict_self()
        .map(|status| status.ruleset)
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind::PermissionDenied;
    use std::net::{TcpListener, TcpStream};
    use std::process::Command;
    use std::{fs, thread};

    use super::*;

    /// On a thread of its own, since it is for good.
    #[test]
    fn a_confined_thread_reads_programs_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (secret, new) = (folder.path().join("secret"), folder.path().join("new"));
        fs::write(&secret, b"fictional").unwrap();
        let server = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = server.local_addr().unwrap();
        assert!(fs::read(&secret).is_ok() && TcpStream::connect(address).is_ok());
        let confined = thread::spawn(move || {
            if keep_out(PROGRAMS.iter().map(PathBuf::from)).unwrap() == RulesetStatus::NotEnforced {
                eprintln!("this kernel has no Landlock: nothing to see here");
                return;
            }
            assert_eq!(fs::read(&secret).unwrap_err().kind(), PermissionDenied);
            assert_eq!(fs::write(&new, b"x").unwrap_err().kind(), PermissionDenied);
            assert_eq!(fs::read_dir("/proc/1").unwrap_err().kind(), PermissionDenied);
            assert_eq!(TcpStream::connect(address).unwrap_err().kind(), PermissionDenied);
            let started = Command::new("/bin/cat").arg(&secret).output().unwrap();
            assert!(!started.status.success() && started.stdout.is_empty());
            assert!(fs::read_dir("/usr").is_ok());
            assert!(Command::new("/bin/true").status().unwrap().success());
        });
        confined.join().unwrap();
    }

    #[test]
    fn a_started_program_has_its_limits() {
        let mut program = Command::new("/bin/sleep").arg("100").spawn().unwrap();
        let pid = Pid::from_raw(program.id().cast_signed()).unwrap();
        let limits = Limits { memory: 77 << 20, seconds: 7, ..Limits::default() };
        let confined = confine_started(pid, &limits);
        let seen = fs::read_to_string(format!("/proc/{}/limits", program.id())).unwrap();
        program.kill().unwrap();
        program.wait().unwrap();
        confined.unwrap();
        for (name, limit) in [
            ("Max address space", "80740352"),
            ("Max cpu time", "7"),
            ("Max file size", "0"),
            ("Max core file size", "0"),
            ("Max processes", "0"),
            ("Max open files", "64"),
        ] {
            let line = seen.lines().find(|line| line.starts_with(name)).unwrap();
            let two: Vec<&str> = line[name.len()..].split_whitespace().take(2).collect();
            assert_eq!(two, [limit, limit], "{name}");
        }
        // One that has ended needs none.
        confine_started(pid, &limits).unwrap();
    }
}
