//! What a sender controls behind the seal: any index is read or refused; and any body that nobody sealed is refused.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use onrecord_sealed::*;

/// An opener of a message for a newsroom of one.
static OPENER: LazyLock<Opener> = LazyLock::new(|| {
    let mut entropy = Entropy::new([1; 32]);
    let (desk, today) = (DeskId([1; 16]), Day(20_779));
    let ana = JournalistKeys::generate(JournalistId([2; 16]), today.epoch(), &mut entropy).expect("keys");
    let key = NewsroomKey::generate(None, &mut entropy);
    let draft = ListDraft {
        newsroom: key.newsroom(),
        serial: 1,
        issued: today,
        until: today,
        desks: vec![Desk { id: desk, name: "News".into() }],
        keys: vec![ListedKey { card: ana.card().clone(), desks: [desk].into_iter().collect() }],
    };
    let signed = SignedList::parse(&draft.sign(&key).expect("signs")).expect("parses");
    let list = signed.verify(&key.public(), today, 0).expect("believed");
    let address = Address { kind: Kind::Arrival, desk, tip: TipId([3; 16]), sequence: 0 };
    let sealer = Sealer::new(&list, today, &address, None, &mut entropy).expect("begins");
    let head = sealer.finish("x", &[], Signer::Nobody).expect("closes").head();
    let place = Place { newsroom: key.newsroom(), tip: address.tip, sequence: 0 };
    Opener::journalist(&head, &place, [&ana]).expect("opens")
});

fuzz_target!(|data: &[u8]| {
    laws::index(data, 1 << 20);
    laws::keys(data);
    laws::body(&OPENER, data);
});
