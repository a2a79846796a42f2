//! Files that are none of those that are asked for: each gives a page that says what to do, and nothing is lost or kept.

use std::io::Write;

use keyline_testing::{Answer, TestApp, World};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{asked, send, table, xlsx};

const PROGRAM: &[u8] = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0This program cannot be run";
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1fictional";

fn with_macros(workbook: Vec<u8>) -> Vec<u8> {
    let mut zip = ZipWriter::new_append(std::io::Cursor::new(workbook)).expect("a workbook is a zip");
    zip.start_file("xl/vbaProject.bin", SimpleFileOptions::default()).expect("an entry");
    zip.write_all(b"fictional").expect("written");
    zip.finish().expect("finished").into_inner()
}

/// A workbook that is small and unpacks to many megabytes.
fn bomb(workbook: Vec<u8>) -> Vec<u8> {
    let mut zip = ZipWriter::new_append(std::io::Cursor::new(workbook)).expect("a workbook is a zip");
    zip.start_file("xl/media/image1.png", SimpleFileOptions::default()).expect("an entry");
    for _ in 0..8 {
        zip.write_all(&vec![0; 1024 * 1024]).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

#[tokio::test]
async fn a_return_that_is_no_table_says_so_at_its_field() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let good = xlsx(&table(&app, 3));
    let at_field = |answer: Answer, says: &str| {
        let answer = answer.unprocessable();
        assert!(answer.all("#file-error").concat().contains(says), "{says}: {}", answer.visible());
        assert!(answer.attribute("input[type=file]", "aria-invalid").is_some());
        answer.hides("⟦").hides("{$");
    };
    // As a browser sends a field in which nobody chose a file, and a form without any.
    at_field(send(&world, &coordinator, "", b"").await, "Choose a file");
    let path = world.href("returns/pre-inspection-return");
    at_field(coordinator.upload(&path, &[("other", "x")], &[]).await, "Choose a file");
    coordinator.get(&world.href("returns")).await.ok().says("Nothing has been sent yet");
    for (name, content, says) in [
        ("return.csv", Vec::new(), "The file is empty"),
        ("return.xlsx", PROGRAM.to_vec(), "This is a program"),
        ("return.exe", b"reference\nx\n".to_vec(), "This is a program"),
        ("return.xlsx", b"reference,age-band\n1,2\n".to_vec(), "The name ends in .xlsx"),
        ("return.pdf", b"%PDF-1.7\n%%EOF\n".to_vec(), "The return is a table"),
        ("return.xls", OLD_OFFICE.to_vec(), "old version of Office"),
        ("return.xlsm", with_macros(good.clone()), "holds macros"),
        ("return.xlsx", with_macros(good.clone()), "holds macros"),
        ("return.xlsx", bomb(good.clone()), "too large when it is unpacked"),
        ("return.xlsx", good[..good.len() / 2].to_vec(), "damaged"),
    ] {
        app.forward(jiff::SignedDuration::from_secs(1));
        at_field(send(&world, &coordinator, name, &content).await, says);
    }
    let page = coordinator.get(&world.href("returns")).await.ok().says("One problem").says("Not taken");
    let newest = page.attribute("a[href*='/submissions/']", "href").unwrap();
    coordinator.get(&newest).await.ok().says("damaged").hides("⟦").hides("{$");
    // The good one is still taken.
    send(&world, &coordinator, "return.xlsx", &good).await.redirects_to(&world.href("returns/submissions/"));
}

#[tokio::test]
async fn csv_is_read_as_spreadsheet_programs_write_it() {
    for encode in [
        |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        |text: &str| text.replace(',', ";").replace('\n', "\r\n").chars().map(|c| c as u8).collect(),
        |text: &str| {
            [0xfeff]
                .into_iter()
                .chain(text.replace(',', "\t").encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect()
        },
    ] {
        let app = TestApp::new().await;
        let world = World::notified(&app).await;
        let mut lines = table(&app, 4);
        lines[1][0] = "Ré-1".into();
        let text: String = lines.iter().flat_map(|line| [line.join(","), "\n".to_owned()]).collect();
        let content: Vec<u8> = encode(&text);
        let coordinator = app.browser(world.coordinator).await;
        let sent = send(&world, &coordinator, "return.csv", &content).await;
        let sent = sent.redirects_to(&world.href("returns/submissions/"));
        let rows = format!("{}/rows", sent.location().split('?').next().unwrap());
        app.browser(world.lead).await.get(&rows).await.ok().says("Ré-1");
    }
}

#[tokio::test]
async fn files_against_a_request_are_all_kept_or_none() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let request = asked(&world, &lead, "Fictional plan").await;
    let path = format!("{request}/documents");
    let good: (&str, &str, &[u8]) = ("files", "good.txt", b"Fictional text.\n");
    coordinator.upload(&path, &[], &[("files", "", b"")]).await.unprocessable().says("Choose a file");
    coordinator.upload(&path, &[], &[]).await.unprocessable().says("Choose a file");
    let bad = [good, ("files", "plan.docx", PROGRAM), ("files", "empty.txt", b"")];
    let page = coordinator.upload(&path, &[], &bad).await.unprocessable().hides("⟦").hides("{$");
    page.says("plan.docx: This is a program").says("empty.txt: The file is empty").says("No documents");
    let many: Vec<(&str, &str, &[u8])> = vec![good; 40];
    coordinator.upload(&path, &[], &many).await.unprocessable().says("more than 20 files");
    lead.get(&request).await.ok().says("No documents");
    let arriving = app.folder.path().join("documents/.arriving");
    assert_eq!(std::fs::read_dir(arriving).unwrap().count(), 0, "nothing lies about");
    coordinator.upload(&path, &[], &[good]).await.redirects_to(&request);
}

#[tokio::test]
async fn what_is_no_form_of_files_is_a_page_and_no_fault() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let coordinator = app.browser(world.coordinator).await;
    let path = world.href("returns/pre-inspection-return");
    let answer = coordinator.post(&path, &[("file", "x")]).await;
    assert_eq!(answer.status, 400, "{}", answer.visible());
    answer.says("The form could not be read");
    let kind = Some("multipart/form-data; boundary=edge");
    let cut =
        b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nrefer".to_vec();
    let answer = coordinator.send(axum::http::Method::POST, &path, kind, cut).await;
    assert_eq!(answer.status, 400, "{}", answer.visible());
    coordinator.get(&world.href("returns")).await.ok().says("Nothing has been sent yet");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_answered_with_a_page_that_says_so() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let (lead, coordinator) = (app.browser(world.lead).await, app.browser(world.coordinator).await);
    let large = vec![b'x'; 21 * 1024 * 1024];
    let page = send(&world, &coordinator, "return.csv", &large).await;
    assert_eq!(page.status, 413, "{}", page.visible());
    let page = page.says("The file is larger than 20 MB").says("What each column means");
    assert!(page.attribute("input[type=file]", "aria-invalid").is_some());
    coordinator.get(&world.href("returns")).await.ok().says("Nothing has been sent yet");
    // The limit of a document is another.
    let request = asked(&world, &lead, "Fictional plan").await;
    let path = format!("{request}/documents");
    coordinator.upload(&path, &[], &[("files", "large.txt", &large)]).await.redirects_to(&request);
    let larger = vec![b'x'; 101 * 1024 * 1024];
    let page = coordinator.upload(&path, &[], &[("files", "larger.txt", &larger)]).await;
    assert_eq!(page.status, 413, "{}", page.visible());
    page.says("larger.txt: The file is larger than 100 MB").says("large.txt");
}

/// A browser sends everything before it reads: a server that hangs up meanwhile shows it nothing.
#[tokio::test]
async fn over_a_connection_the_answer_comes_after_the_whole_body() {
    let app = TestApp::new().await;
    let world = World::notified(&app).await;
    let link = keyline_operations::access::sessions::make_link(
        &app.cx,
        &keyline_domain::access::Actor::Console,
        world.coordinator,
        false,
    );
    let link = link.await.unwrap();
    let token = keyline_operations::access::sessions::sign_in_by_link(
        &app.cx,
        link.rsplit('/').next().unwrap(),
        "test",
    );
    let token = token.await.unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(axum::serve(listener, keyline_web::app(&app.cx)).into_future());
    let mut body =
        b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n".to_vec();
    body.resize(64 * 1024 * 1024, b'x');
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: keyline.test\r\nOrigin: http://keyline.test\r\nSec-Fetch-Site: same-origin\r\n\
         Cookie: keyline={token}\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=edge\r\n\
         Content-Length: {}\r\n\r\n",
        world.href("returns/pre-inspection-return"),
        body.len()
    );
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(&body).await.unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{}", &answer[..answer.len().min(300)]);
    assert!(answer.contains("The file is larger than 20 MB"));
    server.abort();
}
