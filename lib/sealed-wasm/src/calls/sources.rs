//! Codenames and what is made of them.

use onrecord_sealed::{Codename, NewsroomId, SourceKeys};

use crate::{
    fields::{Arguments, Fields, Problem},
    state::State,
};

/// -> a new codename.
pub(crate) const NEW_CODENAME: u32 = 10;
/// What was typed -> the codename as it is written; refused with the place of what is wrong.
pub(crate) const READ_CODENAME: u32 = 11;
/// Codename, newsroom -> the root of its keys (32 bytes). Takes 64 MiB: call it in an instance to throw away.
pub(crate) const DERIVE: u32 = 12;
/// Root -> handle of the source's keys, lookup value (hexadecimal), tip, public halves.
pub(crate) const SOURCE: u32 = 13;

pub(crate) fn new_codename(state: &mut State, _: &mut Arguments<'_>) -> Result<Fields, Problem> {
    Ok(Fields::default().text(&Codename::generate(state.entropy()?).phrase()))
}

pub(crate) fn read_codename(_: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    Ok(Fields::default().text(&Codename::parse(arguments.text()?)?.phrase()))
}

pub(crate) fn derive(_: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let codename = Codename::parse(arguments.text()?)?;
    let keys = codename.derive(&NewsroomId(arguments.array()?))?;
    Ok(Fields::of(keys.root().as_ref()))
}

pub(crate) fn source(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let keys = SourceKeys::from_root(arguments.array()?)?;
    let (lookup, tip, public) = (keys.lookup().hex(), keys.lookup().tip(), keys.public().bytes());
    let handle = state.sources.keep(keys);
    Ok(Fields::default().number(handle).text(&lookup).bytes(&tip.0).bytes(&public))
}
