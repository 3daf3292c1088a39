//! Transcripts: WebVTT (W3C) and SubRip. Times and numbers go, cue text stays, cues of one breath are joined.

/// The spoken words.
pub(super) fn text(source: &str) -> String {
    let mut out = String::new();
    let mut in_cue = false;
    let mut last = String::new();
    for line in source.lines().map(str::trim) {
        if line.contains("-->") {
            in_cue = true;
        } else if line.is_empty() {
            in_cue = false;
        } else if in_cue {
            let words = without_tags(line);
            // Roll-up captions repeat the line before; it was said once.
            if words.is_empty() || words == last {
                continue;
            }
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&words);
            last = words;
        }
    }
    out
}

fn without_tags(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut depth = 0usize;
    for c in line.chars() {
        match c {
            '<' => depth += 1,
            '>' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn captions_become_running_text() {
        let vtt = "WEBVTT\n\nNOTE made by hand\n\n1\n00:01.000 --> 00:02.000\n<v Ana>We did not\n\n00:02.000 --> 00:03.000\nsign &amp; seal it.\n";
        assert_eq!(text(vtt), "We did not sign & seal it.");
        let srt = "1\n00:00:01,000 --> 00:00:02,000\nNobody asked us.\n\n2\n00:00:02,000 --> 00:00:03,000\nNobody asked us.\n";
        assert_eq!(text(srt), "Nobody asked us.");
    }
}
