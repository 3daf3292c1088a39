//! What a provider's webhooks say, taken in: a text message with its media, a recording.
//!
//! The words are kept in any case. Media that cannot be fetched while the provider waits for our answer are announced in
//! the tip and added to its thread later; what lies at the provider is deleted once it is kept here.

use std::time::Duration;

use onrecord_base::{App, Result, fetch::Provider, messages::Arg, web::chrome};

use super::{
    Phone,
    calls::Numbers,
    errand::{self, Errand, Media},
    is_id,
    params::Params,
};
use crate::{Channel, Guard, Line, arrive::Arriving, keys, quota::Lane, store::arrivals, tip::random_id};

/// Media of one message. Providers take ten.
const MOST_MEDIA: usize = 20;
/// How long after a call's end its recording is waited for with the numbers at hand; after that the provider is asked.
const RECORDING: Duration = Duration::from_secs(15 * 60);
/// How long media may take while the provider waits: it gives us fifteen seconds.
const PATIENCE: Duration = Duration::from_secs(9);
/// Bytes of what the provider says about a call.
const LARGEST_CALL: usize = 64 * 1024;

/// A number and how it is reached.
pub(crate) struct Number<'a> {
    pub(crate) app: &'a App,
    pub(crate) guard: &'a Guard,
    pub(crate) phone: &'a Phone,
}

/// Something that a provider announced.
struct Announced {
    channel: Channel,
    once: String,
    text: String,
    /// The text if the media are not there yet.
    without: String,
    facts: Vec<(String, String)>,
    media: Vec<Media>,
    delete: Vec<String>,
}

impl Number<'_> {
    /// Takes a text message.
    pub(crate) async fn message(&self, params: &Params) -> Result<()> {
        let id = [params.get("MessageSid"), params.get("SmsMessageSid"), params.get("SmsSid")];
        let Some(id) = id.into_iter().find(|id| is_id(id)) else { return Ok(()) };
        let provider = self.phone.provider(self.guard.reach()).map_err(errand::refused)?;
        let media = media(&provider, params);
        let announced = params.get("NumMedia").parse::<usize>().unwrap_or(0);
        let mut body = params.get("Body").to_owned();
        if announced > media.len() {
            body =
                format!("{body}\n\n{}", self.say("tips-arrived-elsewhere", announced - media.len())).trim().to_owned();
        }
        let numbers = Numbers { from: params.get("From").into(), to: params.get("To").into() };
        let mut delete: Vec<String> = media.iter().map(|media| deletion(&media.path)).collect();
        delete.push(provider.below(&self.phone.resource("Messages", id)));
        let announced = Announced {
            channel: Channel::Sms,
            once: id.to_owned(),
            text: body.clone(),
            without: format!("{body}\n\n{}", self.say("tips-arrived-media", media.len())).trim().to_owned(),
            facts: self.facts(&numbers),
            media,
            delete,
        };
        if body.trim().is_empty() && announced.media.is_empty() {
            // Nothing in it for anybody to read; the provider forgets it too.
            return self.delete_later(id, announced.delete).await;
        }
        self.take(&provider, announced).await
    }

    /// Takes a recording, or what is said in place of one that is empty.
    pub(crate) async fn recording(&self, params: &Params) -> Result<()> {
        let id = params.get("RecordingSid");
        if !is_id(id) {
            return Ok(());
        }
        let provider = self.phone.provider(self.guard.reach()).map_err(errand::refused)?;
        let resource = provider.below(&self.phone.resource("Recordings", id));
        let status = params.get("RecordingStatus");
        let seconds = params.get("RecordingDuration");
        let nothing = matches!(status, "absent" | "failed") || seconds == "0";
        let path = provider.path(params.get("RecordingUrl")).unwrap_or_else(|| plain(&resource));
        if nothing {
            return self.delete_later(id, vec![resource]).await;
        }
        if !matches!(status, "" | "completed") {
            return Ok(());
        }
        let numbers = self.numbers(&provider, params).await;
        let mut facts = self.facts(&numbers);
        if !seconds.is_empty() && seconds.bytes().all(|b| b.is_ascii_digit()) {
            facts.push(("seconds".into(), seconds.into()));
        }
        let media = Media { path, name: "recording.wav".into(), kind: "audio/wav".into() };
        let announced = Announced {
            channel: Channel::Voice,
            once: id.to_owned(),
            text: String::new(),
            without: self.say("tips-arrived-recording", 1),
            facts,
            media: vec![media],
            delete: vec![resource],
        };
        self.take(&provider, announced).await?;
        self.guard.calls().forget(params.get("CallSid"));
        Ok(())
    }

    /// The provider's record of a call that has ended is not needed any more.
    pub(crate) async fn ended(&self, params: &Params) -> Result<()> {
        let over = ["completed", "busy", "failed", "no-answer", "canceled"].contains(&params.get("CallStatus"));
        let id = params.get("CallSid");
        if !over || !is_id(id) {
            return Ok(());
        }
        let provider = self.phone.provider(self.guard.reach()).map_err(errand::refused)?;
        let resource = provider.below(&self.phone.resource("Calls", id));
        let (guard, call) = (self.guard.clone(), id.to_owned());
        tokio::spawn(async move {
            tokio::time::sleep(RECORDING).await;
            guard.calls().forget(&call);
        });
        // Not at once: the recording is still to come, and who called may have to be asked for.
        self.delete_later(id, vec![resource]).await
    }

    async fn take(&self, provider: &Provider, announced: Announced) -> Result<()> {
        let open = keys::open(self.app).await?;
        let (channel, once) = (announced.channel, announced.once.clone());
        if self.app.db.read(move |conn| arrivals::known(conn, channel, &once)).await? {
            return Ok(());
        }
        let place = self.guard.begin(&open.line, Lane::Plain, self.app)?;
        let Announced { once, text, without, facts, media, delete, .. } = announced;
        let whole = tokio::time::timeout(PATIENCE, self.seal(provider, channel, &media, &open.line)).await;
        let id = format!("{}:{}", errand::KIND, random_id(&self.app.random));
        let (arriving, text, fetch) = match whole {
            Ok(Ok(arriving)) => (arriving, text, Vec::new()),
            _ if media.is_empty() => (self.begin(channel).await?, text, Vec::new()),
            _ => (self.begin(channel).await?, without, media),
        };
        let errand = Errand { channel, tip: None, fetch, delete };
        let kept = arriving.once(Some(once)).errand(&id, errand.clone()).keep(&text, &facts).await?;
        if let Some(tip) = kept {
            place.kept(self.app);
            errand::at_once(self.app.clone(), self.guard.reach(), id, errand.of(&tip));
        }
        Ok(())
    }

    async fn begin(&self, channel: Channel) -> Result<Arriving> {
        Arriving::begin(self.app, &self.phone.desk, channel, None, None).await
    }

    async fn seal(&self, provider: &Provider, channel: Channel, media: &[Media], line: &Line) -> Result<Arriving> {
        let mut arriving = self.begin(channel).await?;
        for one in media {
            let answer = errand::open(provider, one).await?;
            errand::pour(&mut arriving, one, answer, Some((self.guard, line))).await?;
        }
        Ok(arriving)
    }

    /// Puts a deletion in line. `cause` is the provider's id of what it belongs to, so that a repeated request replaces it.
    async fn delete_later(&self, cause: &str, delete: Vec<String>) -> Result<()> {
        use sha2::Digest;
        let id = format!("{}:{}", errand::KIND, hex::encode(sha2::Sha256::digest(cause.as_bytes())));
        let errand = Errand { channel: Channel::Voice, tip: None, fetch: Vec::new(), delete };
        let (now, kept) = (self.app.now(), (id.clone(), errand.clone()));
        self.app.db.write(move |conn| errand::enqueue(conn, &kept.0, &kept.1, now)).await?;
        errand::later(self.app.clone(), self.guard.reach(), id, errand);
        Ok(())
    }

    /// Who called: as this request says, as we remember, or as the provider knows.
    async fn numbers(&self, provider: &Provider, params: &Params) -> Numbers {
        let said = Numbers { from: params.get("From").into(), to: params.get("To").into() };
        if !said.from.is_empty() {
            return said;
        }
        let call = params.get("CallSid");
        let known = self.guard.calls().find(call, self.app.now());
        match known {
            Some(numbers) => numbers,
            None if is_id(call) => self.ask(provider, call).await.unwrap_or_default(),
            None => Numbers::default(),
        }
    }

    async fn ask(&self, provider: &Provider, call: &str) -> Option<Numbers> {
        let path = provider.below(&self.phone.resource("Calls", call));
        let asked = async {
            let mut answer = provider.get(&path).await.ok()?;
            let mut bytes = Vec::new();
            while let Some(chunk) = answer.chunk().await.ok()? {
                bytes.extend_from_slice(&chunk);
                if bytes.len() > LARGEST_CALL {
                    return None;
                }
            }
            Some(bytes)
        };
        let bytes = tokio::time::timeout(PATIENCE / 3, asked).await.ok()??;
        let call = Params::json(&bytes)?;
        Some(Numbers { from: call.get("from").into(), to: call.get("to").into() })
    }

    fn facts(&self, numbers: &Numbers) -> Vec<(String, String)> {
        let received = self.app.now().rfc3339();
        let all = [("from", numbers.from.as_str()), ("to", &numbers.to), ("received", &received)];
        all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
    }

    fn say(&self, key: &str, count: usize) -> String {
        let count = Arg::from(i64::try_from(count).unwrap_or(i64::MAX));
        self.app.messages.text(&chrome::language(self.app), key, [("count", count)])
    }
}

/// The media that a message names, as far as they lie at the provider.
fn media(provider: &Provider, params: &Params) -> Vec<Media> {
    let count = params.get("NumMedia").parse::<usize>().unwrap_or(0).min(MOST_MEDIA);
    let one = |number: usize| {
        let path = provider.path(params.get(&format!("MediaUrl{number}")))?;
        let kind = params.get(&format!("MediaContentType{number}")).to_owned();
        let name = format!("media-{}{}", number + 1, extension(&kind));
        Some(Media { path, name, kind })
    };
    (0..count).filter_map(one).collect()
}

/// What a file of a media type is usually called at its end: the desk's previews go by the bytes.
fn extension(kind: &str) -> &'static str {
    match kind.split(';').next().unwrap_or_default().trim() {
        "image/jpeg" | "image/jpg" => ".jpg",
        "image/png" => ".png",
        "image/gif" => ".gif",
        "image/webp" => ".webp",
        "image/heic" => ".heic",
        "video/mp4" => ".mp4",
        "video/3gpp" => ".3gp",
        "audio/mpeg" => ".mp3",
        "audio/ogg" => ".ogg",
        "audio/amr" => ".amr",
        "audio/wav" | "audio/x-wav" => ".wav",
        "application/pdf" => ".pdf",
        "text/vcard" | "text/x-vcard" => ".vcf",
        "text/plain" => ".txt",
        _ => "",
    }
}

/// A resource without the ending that names its form.
fn plain(path: &str) -> String {
    let known = [".json", ".wav", ".mp3"];
    known.iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path).to_owned()
}

/// The path that deletes what lies at another.
fn deletion(path: &str) -> String {
    format!("{}.json", plain(path))
}
