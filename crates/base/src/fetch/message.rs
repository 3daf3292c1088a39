//! Telling somebody something: a short message, and whether it was taken. What they answer is not read.

use http::{StatusCode, header};
use url::{Url, form_urlencoded};

use super::{DEADLINE, ROOM, Reach, Refusal, client, send};

/// A message.
#[derive(Clone)]
pub struct Message {
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl std::fmt::Debug for Message {
    /// No header: one may hold a token, which must not stand in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message {{ {} bytes }}", self.body.len())
    }
}

impl Message {
    /// Fields as a form sends them.
    pub fn form<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Message {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Message { headers: vec![(header::CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded".into())], body }
    }

    /// JSON.
    pub fn json(body: String) -> Message {
        Message { headers: vec![(header::CONTENT_TYPE.as_str(), "application/json".into())], body }
    }

    /// The same with a header, its name in small letters.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Message {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// Sends a message. A redirect is an answer like any other: a message and its token go nowhere else.
///
/// # Errors
/// With the [`Refusal`].
pub async fn post(address: &str, message: Message, reach: Reach) -> Result<StatusCode, Refusal> {
    let work = async {
        let _room = ROOM.acquire().await.map_err(|e| Refusal::Failed(e.to_string()))?;
        let url = Url::parse(address.trim()).map_err(|_| Refusal::NotWeb)?;
        let request = client(&url, reach).await?.post(url).body(message.body);
        let request = message.headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
        Ok(send(request).await?.status())
    };
    tokio::time::timeout(DEADLINE, work).await.map_err(|_| Refusal::TooSlow)?
}
