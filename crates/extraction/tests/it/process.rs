//! The child: what it answers, and that no file brings more than its own process down.

use std::time::{Duration, Instant};

use keyline_extraction::{
    Content, Excess, Extractor, Failure, Kind, Limits, Place, Poppler, Refusal, Shown, Source,
};

use crate::made::{docx, extractor, fixture, pdf, source, zip_of};

#[test]
fn the_child_answers_what_is_read_in_this_process() {
    let child = extractor(Limits::default());
    for name in [
        "plan.docx",
        "return.xlsx",
        "slides.pptx",
        "plan.odt",
        "return.ods",
        "slides.odp",
        "plan.pdf",
        "scan.pdf",
        "password.pdf",
        "password.docx",
        "mail.eml",
    ] {
        let bytes = fixture(name);
        assert_eq!(child.extract(&source(&bytes)), crate::made::read(&bytes), "{name}");
        let here = keyline_extraction::preview(&source(&bytes), &Limits::default(), &Poppler::default());
        assert_eq!(child.preview(&source(&bytes)), here, "{name}");
    }
    assert_eq!(child.kind(&source(&fixture("plan.pdf"))), Ok(Kind::Pdf));
    assert!(child.kind(&source(b"#!/bin/sh\n")).is_err());
}

#[test]
fn a_file_on_the_disk_is_read_from_its_beginning_and_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.pdf");
    std::fs::write(&path, fixture("plan.pdf")).unwrap();
    let child = extractor(Limits::default());
    let source = Source::of_path(&path).unwrap();
    for _ in 0..2 {
        assert_eq!(child.extract(&source).unwrap().text().unwrap().parts.len(), 2);
    }
    let Shown::Pages { of, .. } = child.preview(&source).unwrap().shown else { panic!() };
    assert_eq!(of, 3);
    assert!(Source::of_path(folder.path()).is_err());
    assert!(Source::of_path(&folder.path().join("nothing")).is_err());
}

#[test]
fn a_pdf_of_three_hundred_pages_is_read_whole() {
    let bytes = pdf(300, 45);
    let extracted = extractor(Limits::default()).extract(&source(&bytes)).unwrap();
    let text = extracted.text().unwrap();
    assert_eq!((text.pages, text.parts.len()), (Some(300), 300));
    assert_eq!(text.parts[299].place, Place::Page(300));
    assert!(text.parts[299].text.ends_with("Page 300 line 44 of a fictional plan"));
}

#[test]
fn without_poppler_a_pdf_is_said_not_to_be_readable_here() {
    let child = extractor(Limits::default()).with_poppler(std::path::Path::new("/nonexistent"));
    let missing = child.extract(&source(&fixture("plan.pdf"))).unwrap_err();
    assert_eq!(missing, Failure::PopplerMissing { program: "pdfinfo".to_owned() });
    assert!(missing.is_of_the_machine());
    assert!(child.extract(&source(&fixture("plan.docx"))).is_ok());
}

/// A page with one element of very many attributes, each of which is compared with all before.
fn slow_page() -> Vec<u8> {
    let mut page = b"<html><p ".to_vec();
    for n in 0..400_000 {
        page.extend_from_slice(format!("a{n} ").as_bytes());
    }
    page
}

#[test]
fn what_takes_too_long_is_ended() {
    let child = extractor(Limits { seconds: 1, ..Limits::default() });
    let began = Instant::now();
    assert_eq!(child.extract(&source(&slow_page())), Err(Failure::TimedOut { seconds: 1 }));
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[test]
fn what_takes_too_much_memory_is_ended() {
    let memory = 48 * 1024 * 1024;
    let child = extractor(Limits { memory, ..Limits::default() });
    let large = "word\n".repeat(12 * 1024 * 1024);
    assert_eq!(child.extract(&source(large.as_bytes())), Err(Failure::TooLarge(Excess::Memory(memory))));
    // The same child, and a file that has room.
    assert_eq!(child.extract(&source(b"word")).unwrap().text().unwrap().whole(), "word");
}

#[test]
fn files_that_are_empty_or_too_large_start_nothing() {
    let nobody = Extractor::of_program("/nonexistent", ["x"], Limits { bytes: 10, ..Limits::default() });
    assert_eq!(nobody.extract(&source(b"eleven byte")), Err(Failure::TooLarge(Excess::File(10))));
    assert!(matches!(nobody.extract(&source(b"ten bytes.")), Err(Failure::NotStarted { .. })));
    assert!(matches!(
        Source::of_reader(std::io::repeat(b'x'), &Limits { bytes: 10, ..Limits::default() }),
        Err(Failure::TooLarge(_))
    ));
}

#[test]
fn a_child_that_is_something_else_is_not_believed() {
    let within = |seconds: u64, script: &str| {
        let limits = Limits { seconds, ..Limits::default() };
        Extractor::of_program("/bin/sh", ["-c", script], limits).extract(&source(b"x"))
    };
    let crashed = |how: &str| Err(Failure::Crashed { how: how.to_owned() });
    assert_eq!(within(60, "exit 7"), crashed("exit code 7"));
    assert_eq!(within(60, "kill -SEGV $$"), crashed("signal 11"));
    assert_eq!(within(60, "kill -XCPU $$"), Err(Failure::TimedOut { seconds: 60 }));
    assert_eq!(within(1, "sleep 100"), Err(Failure::TimedOut { seconds: 1 }));
    assert_eq!(within(60, "echo '{\"kind\":\"pdf\"}'"), crashed("another answer than asked"));
    assert_eq!(within(60, "echo 'no JSON'"), crashed("no answer"));
    let endless = "printf '{\"failure\":{\"crashed\":{\"how\":\"'; yes | tr -d '\\n'";
    let limits = Limits { text: 0, preview_pages: 0, ..Limits::default() };
    let endless = Extractor::of_program("/bin/sh", ["-c", endless], limits).extract(&source(b"x"));
    assert!(matches!(endless, Err(Failure::TooLarge(Excess::Answer(_)))), "{endless:?}");
}

#[test]
fn what_a_child_started_ends_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let sign = folder.path().join("alive");
    let (sign, again) = (sign.display(), "while :; do date");
    let started = format!(
        "({again} > {sign}; sleep 0.05; done) >/dev/null 2>&1 & until [ -s {sign} ]; do sleep 0.01; done"
    );
    for (end, seconds, failure) in [
        ("sleep 100", 3, Failure::TimedOut { seconds: 3 }),
        ("exit 7", 60, Failure::Crashed { how: "exit code 7".to_owned() }),
        ("kill -SEGV $$", 60, Failure::Crashed { how: "signal 11".to_owned() }),
    ] {
        let limits = Limits { seconds, ..Limits::default() };
        let child = Extractor::of_program("/bin/sh", ["-c", &format!("{started}; {end}")], limits);
        assert_eq!(child.extract(&source(b"x")), Err(failure), "{end}");
        let sign = folder.path().join("alive");
        assert!(sign.exists());
        std::fs::remove_file(&sign).unwrap();
        std::thread::sleep(Duration::from_millis(300));
        assert!(!sign.exists(), "{end}");
    }
}

/// A program of poppler that a file has taken over: it tries what it must not, and says what came of it.
#[test]
fn a_reader_that_was_taken_over_reaches_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let (tools, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let secret = elsewhere.path().join("secret");
    std::fs::write(&secret, "fictional\n").unwrap();
    let script = format!(
        "#!/bin/sh\nread -r first\nread said < {0} && echo \"read $said\"\necho x > {0} && echo wrote\necho x > {1}/new && echo made\n\
         echo \"home [$HOME] folder $PWD\"\necho limits $(ulimit -v) $(ulimit -t) $(ulimit -f) $(ulimit -c)\n",
        secret.display(),
        tools.path().display()
    );
    for (name, script) in [("pdfinfo", "#!/bin/sh\necho Pages: 1\n"), ("pdftotext", script.as_str())] {
        let path = tools.path().join(name);
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
    }
    let child = extractor(Limits { seconds: 17, ..Limits::default() }).with_poppler(tools.path());
    let extracted = child.extract(&source(&fixture("plan.pdf"))).unwrap();
    let said = extracted.text().unwrap().whole();
    assert_eq!(said, "home [] folder /\nlimits 524288 17 0 0");
    assert_eq!(std::fs::read_to_string(&secret).unwrap(), "fictional\n");
}

#[test]
fn a_request_that_is_none_is_answered() {
    let child = std::process::Command::new(env!("CARGO_BIN_EXE_extraction-child")).arg("{").output().unwrap();
    assert!(String::from_utf8_lossy(&child.stdout).contains("this is no request"));
}

#[test]
fn by_hand_a_pipe_will_do() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_extraction-child"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&docx("<w:p><w:t>by hand</w:t></w:p>")).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"by hand\""));
}

#[test]
fn refusals_come_through() {
    let child = extractor(Limits::default());
    let refused = Err(Failure::Refused(Refusal::Damaged));
    assert_eq!(child.extract(&source(b"PK\x03\x04 and nothing")), refused);
    let Content::Archive(listing) = child.extract(&source(&zip_of(&[("a", b"b")]))).unwrap().content else {
        panic!()
    };
    assert_eq!(listing.in_all, 1);
}
