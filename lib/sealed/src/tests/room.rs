//! A newsroom to seal for: two desks, Ana and Ben on the first, Carla on the second.

use crate::*;

/// Cheap, for what tests do a hundred times.
pub(super) const CHEAP: Cost = Cost { kib: 1 << 10, passes: 1 };
pub(super) const TODAY: Day = Day(20_779); // 2026-11-22
pub(super) const NEWS: DeskId = DeskId([1; 16]);
pub(super) const CULTURE: DeskId = DeskId([2; 16]);

pub(super) struct Room {
    pub(super) key: NewsroomKey,
    pub(super) ana: JournalistKeys,
    pub(super) ben: JournalistKeys,
    pub(super) carla: JournalistKeys,
    pub(super) entropy: Entropy,
}

impl Room {
    pub(super) fn new() -> Room {
        let mut entropy = Entropy::new([7; 32]);
        let mut keys =
            |id| JournalistKeys::generate(JournalistId([id; 16]), TODAY.epoch(), &mut entropy).expect("keys");
        let (ana, ben, carla) = (keys(0xa), keys(0xb), keys(0xc));
        Room { key: NewsroomKey::generate(None, &mut entropy), ana, ben, carla, entropy }
    }

    pub(super) fn draft(&self) -> ListDraft {
        let listed =
            |keys: &JournalistKeys, desk| ListedKey { card: keys.card().clone(), desks: [desk].into_iter().collect() };
        ListDraft {
            newsroom: self.key.newsroom(),
            serial: 4,
            issued: Day(TODAY.0 - 3),
            until: Day(TODAY.0 + 30),
            desks: vec![Desk { id: NEWS, name: "News".into() }, Desk { id: CULTURE, name: "Kultur & Bücher".into() }],
            keys: vec![listed(&self.ana, NEWS), listed(&self.ben, NEWS), listed(&self.carla, CULTURE)],
        }
    }

    pub(super) fn list(&self) -> KeyList {
        self.sign(self.draft())
    }

    pub(super) fn sign(&self, draft: ListDraft) -> KeyList {
        let signed = draft.sign(&self.key).expect("signs");
        let list = SignedList::parse(&signed).expect("well-formed");
        list.verify(&self.key.public(), TODAY, 0).expect("believed")
    }

    pub(super) fn source(&mut self) -> SourceKeys {
        // From a root: the derivation is another test's, and slow.
        SourceKeys::from_root(self.entropy.bytes()).expect("keys")
    }

    /// An address at the news desk.
    pub(super) fn address(&self, kind: Kind, tip: TipId, sequence: u32) -> Address {
        Address { kind, desk: NEWS, tip, sequence }
    }

    pub(super) fn place(&self, address: &Address) -> Place {
        Place { newsroom: self.key.newsroom(), tip: address.tip, sequence: address.sequence }
    }

    /// Seals a text with files given whole.
    pub(super) fn seal(
        &mut self,
        address: &Address,
        to: Option<&SourcePublic>,
        signer: Signer<'_>,
        text: &str,
        files: &[(&str, &[u8])],
    ) -> (Head, Vec<u8>) {
        let list = self.list();
        let mut sealer = Sealer::new(&list, TODAY, address, to, &mut self.entropy).expect("begins");
        let mut body = Vec::new();
        for (name, bytes) in files {
            sealer.begin(name, "application/octet-stream").expect("begins a file");
            body.extend(sealer.push(bytes).expect("takes bytes"));
        }
        let mut closing = sealer.finish(text, &[("channel", "web")], signer).expect("closes");
        body.extend(closing.rest().expect("seals the rest"));
        (closing.head(), body)
    }

    /// A source's first message.
    pub(super) fn tip(&mut self, source: &SourceKeys, text: &str, files: &[(&str, &[u8])]) -> (Address, Head, Vec<u8>) {
        let address = self.address(Kind::Tip, source.lookup().tip(), 0);
        let (head, body) = self.seal(&address, None, Signer::Source(source), text, files);
        (address, head, body)
    }
}

/// Opens a message as Ana does.
pub(super) fn read(
    room: &Room,
    address: &Address,
    head: &Head,
    body: &[u8],
) -> Result<(Index, Vec<FileBytes>), Refused> {
    Opener::journalist(head, &room.place(address), [&room.ana])?.whole(body)
}
