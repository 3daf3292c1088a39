//! Find quotations, name their speakers, verify them word for word.
mod doc;
mod frame;
mod judge;
mod lex;
mod marks;
mod people;
mod phrase;
mod story;
mod view;
mod words;

/// tmp
pub struct Q { pub start: usize, pub end: usize, pub speaker: Option<String>, pub cue: Option<String>, pub score: f32 , pub ground: String}

/// dbg
pub fn dbg_rej() { story::REJ.store(true, std::sync::atomic::Ordering::Relaxed); }
/// tmp
pub fn find(text: &str) -> Vec<Q> {
    let v = view::plain(text);
    let d = doc::Doc::new(&v);
    let st = story::read(d);
    let mut out = Vec::new();
    let mut chars = 0; let mut at = 0;
    let mut pos = |b: usize| { let b=b.max(at); chars += text[at..b].chars().count(); at = b; chars };
    for q in &st.said {
        let sp = &st.doc.spans[q.span];
        let s = st.doc.toks[sp.open].e as usize; let e = st.doc.toks[sp.close].s as usize;
        out.push(Q { start: pos(s), end: pos(e), speaker: q.who.as_ref().map(|w| match w { story::Who::Person(i) => st.people.list[*i].name.clone(), story::Who::Words(w) => w.clone() }), cue: q.frame.map(|f| st.doc.slice(f.verb, f.verb_end).to_owned()), score: q.score , ground: format!("{:?}", q.ground)});
    }
    out
}
