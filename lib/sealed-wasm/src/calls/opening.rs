//! Messages on their way in.

use onrecord_sealed::{Author, Head, NewsroomId, Opener, PartState, Place, Refused, SEALED_CHUNK, TipId};

use crate::{
    fields::{Arguments, Fields, Problem},
    state::{Incoming, Reading, State},
};

/// Head -> kind, newsroom, desk, tip, sequence, digest of the key list, chunks of the body.
pub(crate) const HEAD: u32 = 40;
/// Head, the newsroom, tip and sequence it must be of, handles of journalist's keys, newest first -> handle, first chunk of the index, chunks.
pub(crate) const JOURNALIST: u32 = 41;
/// Head, newsroom, tip, sequence, handle of the source's keys -> the same.
pub(crate) const SOURCE: u32 = 42;
/// Handle, the sealed chunks from the first of the index to the last -> who signed (0 nobody, 1 source, 2 journalist), their public halves,
/// serial of the key list, text, number of facts, names and values of facts, then of each file name, media type, offset and length (eight
/// bytes each).
pub(crate) const INDEX: u32 = 43;
/// Handle, number of a file from 0 -> handle of the reading, the first chunk it wants, how many.
pub(crate) const PART: u32 = 44;
/// Handle of the reading, sealed chunks one after another -> the file's bytes in them.
pub(crate) const PUSH: u32 = 45;
/// Handle of the reading: refused if what came is not the file that was sent. The handle is gone.
pub(crate) const END: u32 = 46;

pub(crate) fn head(_: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let head = Head::parse(arguments.bytes()?)?;
    let place = head.place();
    let fields = Fields::default().number(u32::from(head.kind().byte())).bytes(&place.newsroom.0).bytes(&head.desk().0);
    Ok(fields.bytes(&place.tip.0).number(place.sequence).bytes(head.list()).number(head.chunks()))
}

fn expected(arguments: &mut Arguments<'_>) -> Result<(Head, Place), Problem> {
    let head = Head::parse(arguments.bytes()?)?;
    let newsroom = NewsroomId(arguments.array()?);
    let place = Place { newsroom, tip: TipId(arguments.array()?), sequence: arguments.number()? };
    Ok((head, place))
}

fn keep(state: &mut State, head: &Head, opener: Opener) -> Fields {
    let first = opener.index_chunks().start;
    let handle = state.incoming.keep(Incoming { opener, index: None });
    Fields::default().number(handle).number(first).number(head.chunks())
}

pub(crate) fn journalist(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let (head, place) = expected(arguments)?;
    let mut keys = Vec::new();
    while !arguments.is_empty() {
        keys.push(state.journalists.get(arguments.number()?)?);
    }
    let opener = Opener::journalist(&head, &place, keys)?;
    Ok(keep(state, &head, opener))
}

pub(crate) fn source(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let (head, place) = expected(arguments)?;
    let opener = Opener::source(&head, &place, state.sources.get(arguments.number()?)?)?;
    Ok(keep(state, &head, opener))
}

pub(crate) fn index(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let incoming = state.incoming.get_mut(arguments.number()?)?;
    let index = incoming.opener.index(arguments.bytes()?)?;
    let fields = match &index.author {
        Author::Nobody => Fields::default().number(0).bytes(&[]),
        Author::Source(public) => Fields::default().number(1).bytes(&public.bytes()),
        Author::Journalist(key) => Fields::default().number(2).bytes(&key.0),
    };
    let mut fields = fields.number(index.list_serial).text(&index.text).number(index.facts.len() as u32);
    for (name, value) in &index.facts {
        fields = fields.text(name).text(value);
    }
    for part in &index.parts {
        fields = fields.text(&part.name).text(&part.media_type).long(part.offset).long(part.length);
    }
    incoming.index = Some(index);
    Ok(fields)
}

pub(crate) fn part(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let (handle, number) = (arguments.number()?, arguments.number()?);
    let incoming = state.incoming.get(handle)?;
    let part = incoming.index.as_ref().and_then(|index| index.parts.get(number as usize)).ok_or(Problem::Call)?;
    let range = part.chunks();
    let reading = Reading { incoming: handle, part: PartState::new(part) };
    Ok(Fields::default().number(state.reading.keep(reading)).number(range.start).number(range.len() as u32))
}

pub(crate) fn push(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let reading = state.reading.get_mut(arguments.number()?)?;
    let opener = &state.incoming.get(reading.incoming)?.opener;
    let (chunks, rest) = arguments.bytes()?.as_chunks::<SEALED_CHUNK>();
    if !rest.is_empty() {
        return Err(Refused::Truncated.into());
    }
    let mut bytes = Vec::with_capacity(chunks.len() * SEALED_CHUNK);
    for chunk in chunks {
        bytes.append(&mut reading.part.push(opener, chunk)?);
    }
    Ok(Fields::of(&bytes))
}

pub(crate) fn end(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    state.reading.take(arguments.number()?)?.part.finish()?;
    Ok(Fields::default())
}
