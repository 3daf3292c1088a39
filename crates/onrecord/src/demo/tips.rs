//! The demo's tip line: keys whose passphrase is printed, and a few invented tips.

use onrecord_base::{App, Result};
use onrecord_sealed::{Codename, Cost, Entropy, NewsroomKey};
use onrecord_tips::{
    Arrival, Channel, Desk, Epoch, Kind, Part,
    arrive::{self, Arriving},
    keys,
    offline::Reader,
    store::{desks, line},
    tip::random_id,
};

use crate::failure::Failure;

/// What opens the demo's tips. Everybody knows it: a demo holds no secrets.
pub const PASSPHRASE: &str = "oyster ledger mermaid sea wall";
/// So there is nothing that a dear derivation would protect, and the demo opens sooner.
const COST: Cost = Cost { kib: 8 << 10, passes: 1 };

const FORM: &str = "I work where the sluice keys are kept. The gate log for the night of the high tide was written again \
                    on the Monday. I have attached what it said on the Sunday. Please do not say that it came from the \
                    yard: there are only four of us.";
const LOG: &str = "Sunday 22:40  gate 3 reported stiff\nSunday 22:55  rang the duty officer, no answer\nSunday 23:20  \
                   gate 3 closed by hand\n";
const REPLY: &str = "Thank you. We can see that the times differ from the council’s. Who else had the old page in their \
                     hands, and would a photograph of the binder be possible without anybody noticing?";
const NOTE: &str = "Compare with the harbour office’s copy before we ring anybody.";
const TEXT: &str = "the ferry was full on sat, i counted 412 getting off. sign says 350";
const LETTER: &str = "Dear editors, the minutes of the drainage board of 4 November were put online without item 7. I was \
                      in the room. Item 7 was the contractor.";

/// Opens the line and furnishes it, once. Returns the codename of the tip that has an answer.
///
/// # Errors
/// If something does not fit.
pub async fn all(app: &App, owner: &str) -> std::result::Result<Option<String>, Failure> {
    if app.db.read(line::load).await?.is_some() {
        return Ok(None);
    }
    let mut random = Entropy::new(app.random.bytes());
    // Not kept: a demo's list is signed once. `tips init` replaces the key.
    let key = NewsroomKey::generate(None, &mut random);
    keys::begin_line(app, key.newsroom().0, key.public().0).await?;
    let (city, harbour) = (desk(app, "Investigations", owner).await?, desk(app, "Harbour", owner).await?);
    keys::make(app, owner, &Epoch::of(app.now()), PASSPHRASE, COST).await?;
    let now = app.now();
    let draft = app.db.read(move |conn| keys::propose(conn, now)).await?;
    keys::accept(app, draft.sign(&key).map_err(|e| Failure::new(e.to_string()))?).await?;

    let codename = Codename::generate(&mut random);
    let phrase = codename.phrase().to_string();
    let tip = form(app, &city, codename, &key).await?;
    let reader = Reader::unlock(app, owner, PASSPHRASE).await?;
    reader.write(app, &tip, Kind::Note, NOTE, &[]).await?;
    reader.write(app, &tip, Kind::Reply, REPLY, &[]).await?;
    let from = |from: &str| vec![("from".to_owned(), from.to_owned())];
    let sms = Arrival {
        desk: harbour,
        channel: Some(Channel::Sms),
        text: TEXT.into(),
        // From the range set aside for stories, as the line's own number.
        facts: from("+44 1632 960118"),
        ..Arrival::default()
    };
    arrive::arrive(app, sms).await?;
    let mail = Arrival {
        desk: city,
        channel: Some(Channel::Mail),
        text: LETTER.into(),
        facts: from("a.reader@demo.example"),
        parts: vec![Part {
            name: "agenda.txt".into(), media_type: "text/plain".into(), bytes: "1 … 6\n8 …\n".into()
        }],
        ..Arrival::default()
    };
    arrive::arrive(app, mail).await?;
    Ok(Some(phrase))
}

async fn desk(app: &App, name: &str, owner: &str) -> Result<String> {
    let desk = Desk { id: random_id(&app.random), name: name.into(), retention_days: 90, closed_day: None };
    let (id, owner) = (desk.id.clone(), owner.to_owned());
    app.db
        .write(move |conn| {
            desks::create(conn, &desk)?;
            desks::join(conn, &desk.id, &owner)
        })
        .await?;
    Ok(id)
}

/// A tip by the form without a script, from a source who can come back.
async fn form(app: &App, desk: &str, codename: Codename, key: &NewsroomKey) -> std::result::Result<String, Failure> {
    let newsroom = key.newsroom();
    let derived = tokio::task::spawn_blocking(move || codename.derive(&newsroom)).await;
    let source = derived.map_err(|e| Failure::new(e.to_string()))?.map_err(|e| Failure::new(e.to_string()))?;
    let mut arriving = Arriving::begin(app, desk, Channel::Form, Some(source), None).await?;
    arriving.file("gate-log.txt", "text/plain").await?;
    arriving.push(LOG.as_bytes()).await?;
    arriving.keep(FORM, &[]).await?.ok_or_else(|| Failure::new("the demo's tip was there before"))
}
