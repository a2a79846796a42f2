//! What is left of somebody who wrote by the public page: in the files, in the log, and in the memory of the running
//! program, as a core dump would hold it.

use std::fs::File;
use std::os::unix::fs::FileExt;

use crate::program::Installation;
use crate::wire::ask;

const SAID: &str = "Fictional words that only one person wrote";
const AGENT: &str = "FictionalBrowser/77.1";
const ADDRESS: &str = "203.0.113.201";

fn request(at: std::net::SocketAddr, method: &str, path: &str, body: &str) -> String {
    let length = body.len();
    let text = format!(
        "{method} {path} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nUser-Agent: {AGENT}\r\n\
         X-Forwarded-For: {ADDRESS}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    // What is packed cannot be read here; once is enough to have the packer see it.
    if path.ends_with("promise") { text } else { text.replace("Accept-Encoding: gzip\r\n", "") }
}

/// The memory that a process can write to.
fn memory(process: u32) -> Vec<u8> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let file = File::open(format!("/proc/{process}/mem")).unwrap();
    let mut all = Vec::new();
    for line in
        maps.lines().filter(|line| line.split_whitespace().nth(1).is_some_and(|p| p.starts_with("rw")))
    {
        let Some((from, to)) = line.split(' ').next().and_then(|range| range.split_once('-')) else {
            continue;
        };
        let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        let mut piece = vec![0; 4096];
        for at in (from..to).step_by(4096) {
            // A page that is not there cannot hold anything.
            if file.read_exact_at(&mut piece, at).is_ok() && piece.iter().any(|byte| *byte != 0) {
                all.extend_from_slice(&piece);
            }
        }
    }
    all
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|w| w == text.as_bytes())
}

#[tokio::test]
async fn nothing_of_who_wrote_or_what_is_left_in_files_log_or_memory() {
    let installation = Installation::empty();
    installation.succeeds(&["migrate"]);
    let server = installation.serve();
    let at = server.at;
    let form = ask(at, &request(at, "GET", "/tell-us/about/general", "")).unwrap();
    let once = form
        .split("name=\"once\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    let said = SAID.replace(' ', "+");
    let body = format!("once={once}&wish=message&named=no&text={said}");
    let page = ask(at, &request(at, "POST", "/tell-us/about/general", &body)).unwrap();
    let list = page.split("kl_receipt\">").nth(1).and_then(|rest| rest.split("</ol>").next()).unwrap();
    let words: Vec<&str> = list.split("<li>").skip(1).filter_map(|li| li.split('<').next()).collect();
    assert_eq!(words.len(), 8);
    let receipt = words.join(" ");
    let body = format!("act=open&words={}", words.join("+"));
    let back = ask(at, &request(at, "POST", "/tell-us/answer", &body)).unwrap();
    assert!(back.contains(SAID), "the receipt opens the message");
    ask(at, &request(at, "POST", "/tell-us/answer", "act=open&words=abandon+ability")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    let memory = memory(server.id());
    assert!(holds(&memory, "Keyline"), "the memory was read");
    let mut files = Vec::new();
    for name in ["keyline.sqlite", "keyline.sqlite-wal"] {
        files.extend(std::fs::read(installation.data().join(name)).unwrap_or_default());
    }
    assert!(holds(&files, "msg_"), "the row was read");
    let log = server.kill();
    for trace in [SAID, &said, AGENT, ADDRESS, &receipt, &words.join("+"), &once] {
        assert!(!holds(&files, trace), "in a file: {trace}");
        assert!(!log.contains(trace), "in the log: {trace}");
        assert!(!holds(&memory, trace), "in memory: {trace}");
    }
}
