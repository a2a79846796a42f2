//! HTTP/1.1 over one connection that is kept open: just enough to load our own server and read what it says.
//!
//! A client library would do more than is asked here and take a larger share of the processors that the server is
//! being measured on.

use std::io::Read;
use std::net::SocketAddr;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The value of `set-cookie` up to its first semicolon.
    pub(crate) cookie: Option<String>,
    /// The value of `location`.
    pub(crate) location: Option<String>,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A connection.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

struct Head {
    status: u16,
    cookie: Option<String>,
    location: Option<String>,
    bytes: usize,
    body: usize,
}

impl Wire {
    /// Connects.
    pub(crate) async fn to(at: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(at).await.context("connecting")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a request and reads the answer.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        let head = self.exchange(request).await?;
        let body = self.buffer[head.bytes..head.bytes + head.body].to_vec();
        Ok(Answer { status: head.status, cookie: head.cookie, location: head.location, body })
    }

    /// Sends the head of a request and all of a reader as its body, bit by bit, and reads the answer.
    pub(crate) async fn send(&mut self, head: &[u8], from: &mut impl Read) -> Result<Answer> {
        self.stream.write_all(head).await.context("sending")?;
        let mut bit = vec![0; 256 * 1024];
        loop {
            let read = from.read(&mut bit).context("reading what is sent")?;
            if read == 0 {
                return self.ask(&[]).await;
            }
            self.stream.write_all(&bit[..read]).await.context("sending")?;
        }
    }

    /// Sends a request, reads the whole answer and gives its status, without copying the body.
    pub(crate) async fn status(&mut self, request: &[u8]) -> Result<u16> {
        Ok(self.exchange(request).await?.status)
    }

    async fn exchange(&mut self, request: &[u8]) -> Result<Head> {
        self.buffer.clear();
        self.stream.write_all(request).await.context("sending")?;
        let mut head: Option<Head> = None;
        loop {
            if let Some(head) = head.take_if(|h| self.buffer.len() >= h.bytes + h.body) {
                ensure!(self.buffer.len() == head.bytes + head.body, "more came than was announced");
                return Ok(head);
            }
            let read = self.stream.read_buf(&mut self.buffer).await.context("reading")?;
            ensure!(read > 0, "the server closed the connection");
            if head.is_none() {
                head = parse(&self.buffer)?;
            }
        }
    }
}

fn parse(bytes: &[u8]) -> Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(length) = response.parse(bytes).context("an answer that is not HTTP")?
    else {
        return Ok(None);
    };
    let status = response.code.unwrap_or(0);
    let find = |name: &str| {
        let header = response.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
        header.and_then(|h| std::str::from_utf8(h.value).ok())
    };
    let body = match find("content-length") {
        Some(length) => length.trim().parse().context("a content-length that is no number")?,
        None if find("transfer-encoding").is_some() => bail!("an answer in chunks, which is not read here"),
        None => 0,
    };
    let cookie = find("set-cookie").and_then(|v| v.split(';').next()).map(str::to_owned);
    let location = find("location").map(str::to_owned);
    Ok(Some(Head { status, cookie, location, bytes: length, body }))
}

/// A request for a page, as whoever has the cookie.
pub(crate) fn get(at: SocketAddr, path: &str, cookie: Option<&str>) -> Vec<u8> {
    let cookie = cookie.map_or_else(String::new, |c| format!("Cookie: {c}\r\n"));
    format!("GET {path} HTTP/1.1\r\nHost: {at}\r\nAccept: text/html\r\nAccept-Language: en\r\n{cookie}\r\n")
        .into_bytes()
}

/// A form that is sent.
pub(crate) fn post(at: SocketAddr, path: &str, form: &str) -> Vec<u8> {
    request(at, path, form, "")
}

/// A form that is sent by whoever has the cookie.
pub(crate) fn post_as(at: SocketAddr, path: &str, form: &str, cookie: &str) -> Vec<u8> {
    request(at, path, form, &format!("Cookie: {cookie}\r\n"))
}

fn request(at: SocketAddr, path: &str, form: &str, cookie: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nAccept-Language: en\r\n{cookie}\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_once_it_is_complete() {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: keyline=abc; Path=/\r\n\r\n";
        assert!(parse(&head[..20]).unwrap().is_none());
        let read = parse(head).unwrap().unwrap();
        assert_eq!((read.status, read.bytes, read.body), (200, head.len(), 5));
        assert_eq!(read.cookie.as_deref(), Some("keyline=abc"));
        assert!(parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").is_err());
    }

    #[tokio::test]
    async fn a_page_is_fetched_twice_over_one_connection() {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let at = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = vec![0; 4096];
            for _ in 0..2 {
                assert!(stream.read(&mut asked).await.unwrap() > 0);
                // in two pieces, as it comes over a network
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Le").await.unwrap();
                tokio::task::yield_now().await;
                stream.write_all(b"ngth: 5\r\n\r\nhello").await.unwrap();
            }
        });
        let mut wire = Wire::to(at).await.unwrap();
        for _ in 0..2 {
            let answer = wire.ask(&get(at, "/", None)).await.unwrap();
            assert_eq!((answer.status, answer.text().as_str()), (200, "hello"));
        }
        assert!(wire.ask(&get(at, "/", None)).await.is_err());
    }
}
