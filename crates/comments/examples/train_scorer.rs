//! Trains the scorer of `onrecord-comments` and evaluates it:
//!
//! `cargo run -p onrecord-comments --example train_scorer -- DATA [OUT]`
//!
//! DATA holds `davidson/labeled_data.csv` (Davidson et al. 2017, MIT) and `toxic_spans/tsd_{train,test}.csv` (Pavlopoulos
//! et al. 2021, over Civil Comments, CC0). With OUT the model is written there; without, the one in the crate is
//! evaluated. The same data gives the same bytes. Nothing of the data is kept in the model but weights.

use std::{error::Error, fs, path::Path, time::Instant};

use onrecord_comments::scorer::{BITS, Model, features, words};

/// Every fifth row of Davidson is never trained on.
const KEPT_OUT: usize = 5;
const ROUNDS: usize = 12;
const RATE: f32 = 0.6;
const DECAY: f32 = 2e-6;

struct Sample {
    features: Vec<u32>,
    toxic: bool,
    weight: f32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let data = Path::new(args.first().map_or("../shared/data/moderation", String::as_str));
    let davidson = davidson(&csv(&fs::read_to_string(data.join("davidson/labeled_data.csv"))?));
    let train_spans = spans(&csv(&fs::read_to_string(data.join("toxic_spans/tsd_train.csv"))?));
    let test_spans = spans(&csv(&fs::read_to_string(data.join("toxic_spans/tsd_test.csv"))?));
    let model = match args.get(1) {
        Some(out) => {
            let model = train(&davidson, &train_spans);
            fs::write(out, model.bytes())?;
            println!("written: {out}, {} bytes", model.bytes().len());
            model
        }
        None => {
            let bytes = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/model/toxicity.bin"))?;
            Model::read(&bytes).ok_or("the model cannot be read")?
        }
    };
    evaluate(&model, &davidson, &test_spans);
    Ok(())
}

fn train(davidson: &[(String, u8)], spans: &[(String, Vec<usize>)]) -> Model {
    let mut samples = Vec::new();
    for (at, (text, class)) in davidson.iter().enumerate() {
        if at % KEPT_OUT != 0 {
            samples.push(sample(text, *class != 2));
        }
    }
    for (text, marked) in spans {
        // What is left of a post without its toxic words is the nearest thing to a civil comment on the same page.
        if !marked.is_empty() {
            samples.push(sample(text, true));
        }
        samples.push(sample(&without(text, marked), false));
    }
    samples.retain(|sample| !sample.features.is_empty());
    let toxic = samples.iter().filter(|sample| sample.toxic).count() as f32;
    let half = samples.len() as f32 / 2.0;
    for sample in &mut samples {
        sample.weight = half / if sample.toxic { toxic } else { 2.0 * half - toxic };
    }
    let mut weights = vec![0.0_f32; 1 << BITS];
    let mut squares = vec![1e-3_f32; 1 << BITS];
    let mut bias = 0.0_f32;
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..ROUNDS {
        for n in (1..order.len()).rev() {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            order.swap(n, (dice % (n as u64 + 1)) as usize);
        }
        for &n in &order {
            let sample = &samples[n];
            let norm = 1.0 / (sample.features.len() as f32).sqrt();
            let raw = bias + sample.features.iter().map(|f| weights[*f as usize]).sum::<f32>() * norm;
            let wrong = (1.0 / (1.0 + (-raw).exp()) - f32::from(u8::from(sample.toxic))) * sample.weight;
            bias -= 0.01 * wrong;
            for feature in &sample.features {
                let at = *feature as usize;
                let slope = wrong * norm + DECAY * weights[at];
                squares[at] += slope * slope;
                weights[at] -= RATE * 0.1 * slope / squares[at].sqrt();
            }
        }
    }
    Model::new(bias, &weights)
}

fn sample(text: &str, toxic: bool) -> Sample {
    let words = words(text);
    let mut found = Vec::new();
    features(&words, |_, feature| found.push(feature));
    Sample { features: found, toxic, weight: 1.0 }
}

fn evaluate(model: &Model, davidson: &[(String, u8)], spans: &[(String, Vec<usize>)]) {
    let kept: Vec<&(String, u8)> = davidson.iter().step_by(KEPT_OUT).collect();
    let began = Instant::now();
    let scored: Vec<(f64, u8)> = kept.iter().map(|(text, class)| (model.score(text).likelihood, *class)).collect();
    let each = began.elapsed().as_secs_f64() / kept.len() as f64;
    let pairs = |toxic: fn(u8) -> Option<bool>| -> Vec<(f64, bool)> {
        scored.iter().filter_map(|(score, class)| Some((*score, toxic(*class)?))).collect()
    };
    println!("Davidson, the fifth kept out ({} tweets)", kept.len());
    println!("  AUC toxic or not              {:.4}", auc(&pairs(|c| Some(c != 2))));
    println!("  AUC hate against neither      {:.4}", auc(&pairs(|c| if c == 1 { None } else { Some(c == 0) })));
    println!(
        "  AUC hate against offensive    {:.4}   (it is not made for this)",
        auc(&pairs(|c| if c == 2 { None } else { Some(c == 0) }))
    );
    for threshold in [0.5, 0.7, 0.9] {
        let of = |toxic: bool| scored.iter().filter(move |(_, class)| (*class != 2) == toxic);
        let share = |toxic| of(toxic).filter(|(s, _)| *s >= threshold).count() as f64 / of(toxic).count() as f64;
        println!("  from {threshold:.1}: found {:.3}, wrongly held {:.3}", share(true), share(false));
    }
    println!("Toxic Spans, test ({} posts)", spans.len());
    let whole: Vec<(f64, bool)> =
        spans.iter().map(|(text, marked)| (model.score(text).likelihood, !marked.is_empty())).collect();
    println!(
        "  AUC posts with against posts without marked words   {:.4}   (all were reported as toxic once)",
        auc(&whole)
    );
    let mut cut: Vec<(f64, bool)> = Vec::new();
    let mut words: Vec<(f64, bool)> = Vec::new();
    for (text, marked) in spans.iter().filter(|(_, marked)| !marked.is_empty()) {
        cut.push((model.score(text).likelihood, true));
        cut.push((model.score(&without(text, marked)).likelihood, false));
        let mut at = 0;
        for word in text.split(' ') {
            let length = word.chars().count();
            let inside = (at..at + length).filter(|n| marked.binary_search(n).is_ok()).count();
            at += length + 1;
            if length > 1 && (inside == 0 || inside * 2 > length) {
                words.push((model.score(word).likelihood, inside > 0));
            }
        }
    }
    println!("  AUC posts against the same without marked words     {:.4}", auc(&cut));
    println!("  AUC marked against other words, alone               {:.4}", auc(&words));
    println!("Sentences that should be low (likelihood, words)");
    for text in [
        "I am a gay man and I live in this town.",
        "My Muslim neighbours opened a bakery.",
        "The black community asks for a new school.",
        "As a woman I disagree with the mayor.",
        "He was called an idiot by the minister, the court heard.",
        "This plan is shamefully expensive and badly thought out.",
        "What a crappy road, my car is broken again.",
        "Thank you, this is the best report I have read on it.",
        "Die Hafenmauer wird teurer als geplant.",
    ] {
        let score = model.score(text);
        println!("  {:.2}  {text}  [{}]", score.likelihood, score.drove);
    }
    println!("Sentences that should be high");
    for text in [
        "You people are vermin and should leave.",
        "Go back to where you came from.",
        "What an 1d10t.",
        "i d i o t",
        "Nobody would miss you if you were gone.",
        "Du bist ein Vollidiot.",
    ] {
        let score = model.score(text);
        println!("  {:.2}  {text}  [{}]", score.likelihood, score.drove);
    }
    println!("Time: {:.1} us a tweet", each * 1e6);
    let long = spans.iter().map(|(text, _)| text.as_str()).collect::<String>().chars().take(5_000).collect::<String>();
    let began = Instant::now();
    (0..100).for_each(|_| drop(model.score(&long)));
    println!("Time: {:.1} us a comment of 5,000 characters", began.elapsed().as_secs_f64() * 1e4);
}

/// The chance that a toxic text scores above one that is not; ties count half.
fn auc(pairs: &[(f64, bool)]) -> f64 {
    let mut sorted = pairs.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut ranks, mut from) = (0.0, 0);
    while from < sorted.len() {
        let to = from + sorted[from..].iter().take_while(|pair| pair.0 == sorted[from].0).count();
        let rank = (from + to + 1) as f64 / 2.0;
        ranks += rank * sorted[from..to].iter().filter(|pair| pair.1).count() as f64;
        from = to;
    }
    let toxic = sorted.iter().filter(|pair| pair.1).count() as f64;
    let others = sorted.len() as f64 - toxic;
    (ranks - toxic * (toxic + 1.0) / 2.0) / (toxic * others)
}

/// Text and class (0 hate, 1 offensive, 2 neither).
fn davidson(rows: &[Vec<String>]) -> Vec<(String, u8)> {
    rows.iter().skip(1).filter_map(|row| Some((row.get(6)?.clone(), row.get(5)?.parse().ok()?))).collect()
}

/// Text and the marked characters.
fn spans(rows: &[Vec<String>]) -> Vec<(String, Vec<usize>)> {
    let numbers = |text: &str| -> Vec<usize> {
        text.trim_matches(['[', ']']).split(',').filter_map(|n| n.trim().parse().ok()).collect()
    };
    rows.iter().skip(1).filter_map(|row| Some((row.get(1)?.clone(), numbers(row.first()?)))).collect()
}

fn without(text: &str, marked: &[usize]) -> String {
    text.chars().enumerate().filter(|(at, _)| marked.binary_search(at).is_err()).map(|(_, c)| c).collect()
}

/// Comma-separated values (RFC 4180).
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(row) = rows.last_mut() else { break };
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                row.last_mut().into_iter().for_each(|field| field.push('"'));
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            c => row.last_mut().into_iter().for_each(|field| field.push(c)),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}
