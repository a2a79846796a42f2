//! Hands mails to a server by SMTP. Knows nothing of what they say.
//!
//! A mail has a plain text and the same as HTML, so that every reader shows one of them. A server is named by one address,
//! as administrators know it from other programs: `smtps://user:password@mail.example:465`, or
//! `smtp://mail.example:587?tls=required`. The address may hold a password; nothing here prints it.

use std::fmt;
use std::time::Duration;

use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// How long a server may take over one step.
const PATIENCE: Duration = Duration::from_secs(30);

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// What it is known by, the same when it is sent again.
    pub id: String,
    /// Address.
    pub to: String,
    /// Name of the person.
    pub name: String,
    /// What it is about.
    pub subject: String,
    /// What it says, as plain text.
    pub plain: String,
    /// What it says, as HTML.
    pub html: String,
}

/// Why mail cannot be sent as it was set up.
#[derive(Debug, thiserror::Error)]
pub enum WrongSettings {
    /// The address of the server. Its cause is left out: it could repeat a password.
    #[error(
        "the address of the mail server is not one of the form smtp://host:port or smtps://user:password@host"
    )]
    Server,
    /// The address of the sender.
    #[error("`{0}` is not an address that mail can come from")]
    From(String),
}

/// Why a mail was not taken. Names neither person nor text.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// The address or the text cannot be written as a mail.
    #[error("the mail cannot be written: {0}")]
    Unwritable(String),
    /// The server is away or refuses.
    #[error("the mail server did not take the mail")]
    Refused(#[source] lettre::transport::smtp::Error),
}

/// Sends mails.
#[derive(Clone)]
pub struct Sender {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

// Out-of-office notes answer no machine.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Sender {
    /// A sender by way of a server. Nothing is sent yet.
    ///
    /// # Errors
    /// When the address of the server or of the sender is none.
    pub fn new(server: &str, from: &str) -> Result<Self, WrongSettings> {
        let from = from.parse().map_err(|_| WrongSettings::From(from.to_owned()))?;
        let builder =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(server).map_err(|_| WrongSettings::Server)?;
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), from })
    }

    /// Hands a mail to the server.
    ///
    /// # Errors
    /// When it cannot be written, or the server does not take it.
    pub async fn send(&self, mail: Mail) -> Result<(), NotSent> {
        let to: Address =
            mail.to.parse().map_err(|_| NotSent::Unwritable("the address is none".to_owned()))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(Some(mail.name), to))
            .subject(mail.subject)
            .message_id(Some(format!("<{}@keyline>", mail.id)))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(mail.plain, mail.html))
            .map_err(|error| NotSent::Unwritable(error.to_string()))?;
        self.transport.send(message).await.map(|_| ()).map_err(NotSent::Refused)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;

    use super::*;

    /// A server that takes one mail, or says no to its recipient; gives what was said to it, line by line.
    async fn sink(takes: bool) -> (String, tokio::task::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let heard = tokio::spawn(async move {
            let (socket, _) = listener.accept().await.unwrap();
            let (read, mut write) = socket.into_split();
            let mut lines = BufReader::new(read).lines();
            let mut heard = Vec::new();
            let mut within_data = false;
            write.write_all(b"220 sink\r\n").await.unwrap();
            while let Ok(Some(line)) = lines.next_line().await {
                let answer: &[u8] = match line.split([' ', ':']).next().unwrap_or_default() {
                    "." if within_data => {
                        within_data = false;
                        b"250 taken\r\n"
                    }
                    _ if within_data => b"",
                    "RCPT" if !takes => b"550 nobody here\r\n",
                    "DATA" => {
                        within_data = true;
                        b"354 go on\r\n"
                    }
                    "QUIT" => b"221 bye\r\n",
                    _ => b"250 well\r\n",
                };
                let over = line == "QUIT" && !within_data;
                heard.push(line);
                write.write_all(answer).await.unwrap();
                if over || heard.last().is_some_and(|l| l == ".") {
                    break;
                }
            }
            heard
        });
        (address, heard)
    }

    fn mail() -> Mail {
        Mail {
            id: "mai_1".into(),
            to: "coordinator@fictional.test".into(),
            name: "Fictional Coordinator".into(),
            subject: "Two things are due".into(),
            plain: "The plan is due.".into(),
            html: "<p>The plan is due.</p>".into(),
        }
    }

    #[tokio::test]
    async fn a_mail_arrives_with_both_texts() {
        let (server, heard) = sink(true).await;
        let sender = Sender::new(&server, "Keyline <keyline@fictional.test>").unwrap();
        sender.send(mail()).await.unwrap();
        let heard = heard.await.unwrap();
        for wanted in [
            "MAIL FROM:<keyline@fictional.test>",
            "RCPT TO:<coordinator@fictional.test>",
            "Subject: Two things are due",
            "Auto-Submitted: auto-generated",
            "The plan is due.",
            "<p>The plan is due.</p>",
        ] {
            assert!(heard.iter().any(|line| line.starts_with(wanted)), "{wanted} is in {heard:#?}");
        }
        assert!(heard.iter().any(|line| line.contains("Fictional Coordinator")), "{heard:#?}");
    }

    #[tokio::test]
    async fn what_a_server_refuses_is_not_sent() {
        let (server, _) = sink(false).await;
        let sender = Sender::new(&server, "keyline@fictional.test").unwrap();
        assert!(matches!(sender.send(mail()).await, Err(NotSent::Refused(_))));
        let bad = Mail { to: "nobody".into(), ..mail() };
        assert!(matches!(sender.send(bad).await, Err(NotSent::Unwritable(_))));
    }

    #[test]
    fn wrong_settings_repeat_no_password() {
        let wrong = Sender::new("nonsense://user:hunter2@host", "keyline@fictional.test").unwrap_err();
        assert!(!format!("{wrong} {wrong:?}").contains("hunter2"));
        assert!(matches!(Sender::new("smtp://localhost", "nobody"), Err(WrongSettings::From(_))));
    }
}
