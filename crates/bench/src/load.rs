//! Load: so many clients, each doing one thing after the other, until the time is up.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::wire::Wire;

/// Somebody who does the same thing again and again.
pub(crate) trait Client: Send + 'static {
    /// Does it once.
    fn once(&mut self) -> impl Future<Output = Result<()>> + Send;
}

/// How often per second these clients did it. Ends with the first failure: a rate of errors says nothing.
pub(crate) async fn rate<C: Client>(clients: Vec<C>, time: Duration) -> Result<f64> {
    let began = Instant::now();
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|mut client| {
            tokio::spawn(async move {
                let mut count = 0_u32;
                while began.elapsed() < time {
                    client.once().await?;
                    count += 1;
                }
                anyhow::Ok(count)
            })
        })
        .collect();
    let mut total = 0.0;
    for task in tasks {
        total += f64::from(task.await??);
    }
    Ok(total / began.elapsed().as_secs_f64())
}

/// A client who sends one request over one connection.
#[derive(Debug)]
pub(crate) struct Requests {
    wire: Wire,
    request: Arc<[u8]>,
    expected: u16,
}

impl Requests {
    /// So many clients, connected.
    pub(crate) async fn clients(
        count: usize,
        at: SocketAddr,
        request: &[u8],
        expected: u16,
    ) -> Result<Vec<Self>> {
        let request: Arc<[u8]> = request.into();
        let mut clients = Vec::with_capacity(count);
        for _ in 0..count {
            clients.push(Self { wire: Wire::to(at).await?, request: request.clone(), expected });
        }
        Ok(clients)
    }
}

impl Client for Requests {
    async fn once(&mut self) -> Result<()> {
        let status = self.wire.status(&self.request).await?;
        ensure!(status == self.expected, "answered {status} instead of {}", self.expected);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sleeper(bool);

    impl Client for Sleeper {
        async fn once(&mut self) -> Result<()> {
            tokio::time::sleep(Duration::from_millis(10)).await;
            ensure!(self.0, "broken");
            Ok(())
        }
    }

    #[tokio::test]
    async fn clients_work_beside_each_other_and_a_failure_ends_it() {
        let alone = rate(vec![Sleeper(true)], Duration::from_millis(200)).await.unwrap();
        let many = rate((0..20).map(|_| Sleeper(true)).collect(), Duration::from_millis(200)).await.unwrap();
        assert!(alone > 1.0 && alone <= 101.0, "{alone}");
        assert!(many > 4.0 * alone, "{many} {alone}");
        assert!(rate(vec![Sleeper(true), Sleeper(false)], Duration::from_millis(50)).await.is_err());
    }
}
