//! A bucket of an S3-compatible object store, by its settings.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::{ClientOptions, RetryConfig};

use super::Documents;
use crate::error::{Error, Result};

/// Where a bucket is, and how to get in.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Address of the object store (`https://…`); with `http://` the content is sealed on the way too, the names are not.
    pub endpoint: String,
    /// Its region, which is part of the signature.
    pub region: String,
    /// Id of the access key.
    pub key_id: String,
    /// The secret of the access key.
    pub secret: String,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bucket")
            .field("name", &self.name)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

impl Documents {
    /// The same documents in a bucket ([`Documents::in_store`]). Does not ask whether it answers: what comes while it is
    /// away is held here.
    ///
    /// # Errors
    /// When the settings make no sense.
    pub fn in_bucket(self, bucket: &Bucket) -> Result<Self> {
        // Another part of the program may have named it already, and then it is the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // Whoever uploads waits for these: what does not answer soon is held here and tried again.
        let retry =
            RetryConfig { max_retries: 2, retry_timeout: Duration::from_secs(10), ..RetryConfig::default() };
        let options = ClientOptions::new()
            .with_allow_http(true)
            .with_connect_timeout(Duration::from_secs(5))
            .with_timeout(Duration::from_mins(2));
        let store = AmazonS3Builder::new()
            .with_bucket_name(&bucket.name)
            .with_endpoint(&bucket.endpoint)
            .with_region(&bucket.region)
            .with_access_key_id(&bucket.key_id)
            .with_secret_access_key(&bucket.secret)
            .with_virtual_hosted_style_request(false)
            .with_client_options(options)
            .with_retry(retry)
            .build()
            .map_err(|error| Error::Away(Box::new(error)))?;
        self.in_store(Arc::new(store))
    }
}
