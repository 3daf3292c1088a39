//! The committed passages: every quotation with its speaker, channel, outlet, addressee and date.

use crate::{Format, Quotation, quotations};

const PASSAGES: &str = include_str!("../../tests-data/passages.txt");

struct Passage {
    title: String,
    text: String,
    format: Format,
    gold: Vec<Vec<String>>,
}

fn passages() -> Vec<Passage> {
    let sections = PASSAGES.split("\n====\n").skip(1).filter(|s| !s.trim().is_empty());
    sections
        .map(|s| {
            let (title, rest) = s.split_once('\n').expect("a title");
            let (text, gold) = rest.rsplit_once("\n----\n").expect("a line of dashes");
            let format = match title.split(']').next() {
                Some("[html") => Format::Html,
                Some("[markdown") => Format::Markdown,
                _ => Format::Plain,
            };
            let gold = gold.lines().filter(|l| !l.trim().is_empty() && *l != "none");
            let gold = gold.map(|l| l.split('|').map(|f| f.trim().to_owned()).collect()).collect();
            Passage { title: title.to_owned(), text: text.to_owned(), format, gold }
        })
        .collect()
}

fn field(q: &Quotation, n: usize) -> String {
    let text = match n {
        0 => Some(q.text.clone()),
        1 => q.speaker.as_ref().map(|s| s.name.clone()),
        2 => Some(q.channel.medium.name().to_owned()),
        3 => q.channel.outlet.clone(),
        4 => q.channel.addressee.clone(),
        _ => q.channel.date.map(|d| d.to_string()),
    };
    text.unwrap_or_default()
}

#[test]
fn every_passage_reads_as_its_gold_says() {
    let all = passages();
    assert!(all.len() >= 60, "only {} passages", all.len());
    let mut wrong = Vec::new();
    for p in &all {
        let found = quotations(&p.text, p.format);
        let texts: Vec<&str> = found.iter().map(|q| q.text.as_str()).collect();
        let gold: Vec<&str> = p.gold.iter().map(|g| g[0].as_str()).collect();
        if texts != gold {
            wrong.push(format!("{}: found {texts:?}, gold {gold:?}", p.title));
            continue;
        }
        for (q, g) in found.iter().zip(&p.gold) {
            for (n, want) in g.iter().enumerate().skip(1).filter(|(_, w)| !w.is_empty()) {
                let got = field(q, n);
                if got != *want {
                    wrong.push(format!("{}: field {n} is {got:?}, gold {want:?}", p.title));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
