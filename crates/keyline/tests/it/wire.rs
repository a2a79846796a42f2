//! Just enough HTTP to ask a server for a page and to send it a form.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

/// Sends a request and reads the answer to its end; an error when the connection was cut.
pub(crate) fn ask(at: SocketAddr, request: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(at)?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    if answer.starts_with("HTTP/1.1 ") { Ok(answer) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) }
}

/// Asks for a page.
pub(crate) fn get(at: SocketAddr, path: &str) -> std::io::Result<String> {
    ask(at, &format!("GET {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n"))
}

/// Sends a form.
pub(crate) fn post(at: SocketAddr, path: &str, body: &str) -> std::io::Result<String> {
    let length = body.len();
    ask(
        at,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
        ),
    )
}
