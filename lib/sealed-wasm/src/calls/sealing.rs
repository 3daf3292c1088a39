//! Messages on their way out.

use onrecord_sealed::{Address, Day, DeskId, Kind, Sealer, Signer, SourcePublic, TipId};

use crate::{
    fields::{Arguments, Fields, Problem},
    state::{Outgoing, State},
};

/// List, today, kind, desk, tip, sequence, the source's public halves (for replies; or none) -> handle.
pub(crate) const BEGIN: u32 = 30;
/// Handle, name, media type: a file begins.
pub(crate) const FILE: u32 = 31;
/// Handle, bytes of the file -> what of the body is sealed.
pub(crate) const PUSH: u32 = 32;
/// Handle, who signs (1 source, 2 journalist), the handle of those keys, text, then names and values of facts -> the head. Arrivals, which
/// nobody need sign, are sealed by the server only.
pub(crate) const FINISH: u32 = 33;
/// Handle -> the next chunk of the body; no field after the last, when the handle is gone.
pub(crate) const REST: u32 = 34;

pub(crate) fn begin(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let (list, today) = (arguments.number()?, Day(arguments.number()?));
    let kind = u8::try_from(arguments.number()?).ok().and_then(Kind::of_byte).ok_or(Problem::Call)?;
    let desk = DeskId(arguments.array()?);
    let address = Address { kind, desk, tip: TipId(arguments.array()?), sequence: arguments.number()? };
    let source = match arguments.bytes()? {
        [] => None,
        public => Some(SourcePublic::parse(public)?),
    };
    let entropy = state.entropy.as_mut().ok_or(Problem::Call)?;
    let sealer = Sealer::new(state.lists.get(list)?, today, &address, source.as_ref(), entropy)?;
    Ok(Fields::default().number(state.outgoing.keep(Outgoing::Open(sealer))))
}

fn open(state: &mut State, handle: u32) -> Result<&mut Sealer, Problem> {
    match state.outgoing.get_mut(handle)? {
        Outgoing::Open(sealer) => Ok(sealer),
        Outgoing::Closing(_) => Err(Problem::Call),
    }
}

pub(crate) fn file(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let sealer = open(state, arguments.number()?)?;
    sealer.begin(arguments.text()?, arguments.text()?)?;
    Ok(Fields::default())
}

pub(crate) fn push(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let sealer = open(state, arguments.number()?)?;
    Ok(Fields::of(&sealer.push(arguments.bytes()?)?))
}

pub(crate) fn finish(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let handle = arguments.number()?;
    let (who, keys) = (arguments.number()?, arguments.number()?);
    let text = arguments.text()?;
    let mut facts = Vec::new();
    while !arguments.is_empty() {
        facts.push((arguments.text()?, arguments.text()?));
    }
    let Outgoing::Open(sealer) = state.outgoing.take(handle)? else { return Err(Problem::Call) };
    let signer = match who {
        1 => Signer::Source(state.sources.get(keys)?),
        2 => Signer::Journalist(state.journalists.get(keys)?),
        _ => return Err(Problem::Call),
    };
    let closing = sealer.finish(text, &facts, signer)?;
    let head = closing.head().bytes();
    let handle = state.outgoing.keep(Outgoing::Closing(closing));
    Ok(Fields::default().number(handle).bytes(&head))
}

pub(crate) fn rest(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let handle = arguments.number()?;
    let Outgoing::Closing(closing) = state.outgoing.get_mut(handle)? else { return Err(Problem::Call) };
    if let Some(chunk) = closing.next_chunk()? {
        return Ok(Fields::of(&chunk));
    }
    state.outgoing.drop(handle);
    Ok(Fields::default())
}
