//! Development driver: `{"doc_id", "text"}` lines in, `{"doc_id", "quotes"}` lines out, one core, timed.
use std::io::*;
fn main() {
    let mut s = String::new();
    stdin().read_to_string(&mut s).unwrap();
    let docs: Vec<(String, String)> = s
        .lines()
        .filter(|l| !l.is_empty())
        .map(|l| {
            let v: serde_json::Value = serde_json::from_str(l).unwrap();
            (v["doc_id"].as_str().unwrap().to_owned(), v["text"].as_str().unwrap().to_owned())
        })
        .collect();
    let mut out = BufWriter::new(stdout());
    let t = std::time::Instant::now();
    let mut words = 0;
    let r: Vec<_> = docs
        .iter()
        .map(|(_, t)| {
            words += t.split_whitespace().count();
            onrecord_quotation::quotations(t, onrecord_quotation::Format::detect(t))
        })
        .collect();
    let dt = t.elapsed().as_secs_f64();
    eprintln!("{} words {:.3}s: {:.0} stories/s", words, dt, words as f64 / 750.0 / dt);
    for ((id, _), qs) in docs.iter().zip(r) {
        writeln!(out, "{}", serde_json::json!({"doc_id": id, "quotes": qs})).unwrap();
    }
}
