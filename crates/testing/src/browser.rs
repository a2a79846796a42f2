//! A browser without a window: cookies, forms, uploads, and answers that can be asked.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::BodyExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use scraper::{Html, Selector};
use tower::ServiceExt;

/// A browser with its cookies.
#[derive(Debug)]
pub struct Browser {
    router: Router,
    address: Option<SocketAddr>,
    device: Option<String>,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self { router, address: None, device: None, cookies: Mutex::new(BTreeMap::new()) }
    }

    /// The same browser at an address of the network (`203.0.113.7`); without it none is known.
    #[must_use]
    pub fn at(mut self, address: &str) -> Self {
        self.address = Some(SocketAddr::new(address.parse().expect("an address"), 49_152));
        self
    }

    /// The app on a device instead: it sends address and password with each request, and nothing that only browsers send.
    #[must_use]
    pub fn as_device(mut self, user: &str, password: &str) -> Self {
        self.device = Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))));
        self
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Vec::new()).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |s: &str| utf8_percent_encode(s, NON_ALPHANUMERIC).to_string();
        let body: Vec<String> = fields.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect();
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded"), body.join("&").into_bytes())
            .await
    }

    /// Sends a form with files: (field, file name, content).
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let edge = "keyline-edge-of-a-part";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend_from_slice(
                format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .as_bytes(),
            );
        }
        for (field, name, content) in files {
            // As browsers write a quotation mark in a name.
            let name = name.replace('"', "%22");
            body.extend_from_slice(
                format!(
                    "--{edge}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                     Content-Type: application/octet-stream\r\n\r\n"
                )
                .as_bytes(),
            );
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{edge}--\r\n").as_bytes());
        self.send(Method::POST, path, Some(&format!("multipart/form-data; boundary={edge}")), body).await
    }

    /// Sends anything.
    pub async fn send(&self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Answer {
        let headers: Vec<(&str, &str)> = kind.map(|kind| (CONTENT_TYPE.as_str(), kind)).into_iter().collect();
        self.exchange(method, path, &headers, Body::from(body)).await
    }

    /// The same person in front of another node, with the cookies of this browser.
    #[must_use]
    pub fn before(&self, router: Router) -> Self {
        let cookies = Mutex::new(self.cookies.lock().expect("one request at a time").clone());
        Self { router, address: self.address, device: self.device.clone(), cookies }
    }

    /// Sends anything, with headers of one's own and a body that may break off.
    pub async fn exchange(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request = Request::builder().method(&method).uri(path).header(HOST, "keyline.test");
        if let Some(credentials) = &self.device {
            request = request.header(AUTHORIZATION, credentials);
        } else if method != Method::GET {
            request = request.header("origin", "http://keyline.test").header("sec-fetch-site", "same-origin");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookies = self.cookies.lock().expect("one request at a time").clone();
        if !cookies.is_empty() {
            let line: Vec<String> = cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
            request = request.header(COOKIE, line.join("; "));
        }
        let mut request = request.body(body).expect("a request");
        if let Some(address) = self.address {
            request.extensions_mut().insert(ConnectInfo(address));
        }
        let response = self.router.clone().oneshot(request).await.expect("the app always answers");
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let text = cookie.to_str().expect("a cookie is text");
            let (pair, rest) = text.split_once(';').unwrap_or((text, ""));
            let (name, value) = pair.split_once('=').expect("a cookie has a name");
            let mut jar = self.cookies.lock().expect("one request at a time");
            if rest.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = body.collect().await.expect("a whole body").to_bytes().to_vec();
        Answer { path: path.to_owned(), status: parts.status, headers: parts.headers, bytes }
    }

    /// Follows the redirect of an answer.
    pub async fn follow(&self, answer: &Answer) -> Answer {
        self.get(&answer.location()).await
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// What was asked for.
    pub path: String,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
}

#[expect(clippy::return_self_not_must_use, reason = "an answer that has been asked enough is let go")]
impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    fn expect(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.path, self.visible());
        self
    }

    /// Answered with 200.
    pub fn ok(self) -> Self {
        self.expect(StatusCode::OK)
    }
    /// Not to be seen.
    pub fn not_found(self) -> Self {
        self.expect(StatusCode::NOT_FOUND)
    }
    /// A form that was refused.
    pub fn unprocessable(self) -> Self {
        self.expect(StatusCode::UNPROCESSABLE_ENTITY)
    }
    /// Cannot be done now, or was changed meanwhile.
    pub fn conflict(self) -> Self {
        self.expect(StatusCode::CONFLICT)
    }
    /// Sent elsewhere, to an address that begins so.
    pub fn redirects_to(self, path: &str) -> Self {
        assert!(self.status.is_redirection(), "{}: {} {}", self.path, self.status, self.visible());
        assert!(self.location().starts_with(path), "{} leads to {}, not {path}", self.path, self.location());
        self
    }

    /// Where a redirect leads.
    pub fn location(&self) -> String {
        self.headers.get(LOCATION).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The page shows this text.
    pub fn says(self, text: &str) -> Self {
        assert!(self.visible().contains(text), "{} does not say {text:?}:\n{}", self.path, self.visible());
        self
    }

    /// The page does not show this text, not even hidden.
    pub fn hides(self, text: &str) -> Self {
        assert!(!self.text().contains(text), "{} must not hold {text:?}", self.path);
        self
    }

    /// The page as a tree.
    pub fn html(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// What a person reads on the page, blanks folded.
    pub fn visible(&self) -> String {
        let html = self.html();
        let body = Selector::parse("body").expect("a selector");
        let text: String =
            html.select(&body).flat_map(|e| e.text().collect::<Vec<_>>()).collect::<Vec<_>>().join(" ");
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if folded.is_empty() { self.text().chars().take(2000).collect() } else { folded }
    }

    /// The texts of all elements that a selector finds.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        self.html()
            .select(&selector)
            .map(|e| e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// An attribute of the first element that a selector finds.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let found = Selector::parse(selector).expect("a selector");
        self.html().select(&found).next().and_then(|e| e.value().attr(name).map(str::to_owned))
    }

    /// An attribute of every element that a selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let found = Selector::parse(selector).expect("a selector");
        self.html().select(&found).filter_map(|e| e.value().attr(name).map(str::to_owned)).collect()
    }
}
