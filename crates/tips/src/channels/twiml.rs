//! What a provider is told to do with a call, in the XML that it reads.

use std::fmt::Write;

/// Seconds of one message. Who has more to say can call again, or use the page.
pub const LONGEST_RECORDING: u32 = 3600;
/// Seconds of silence that end a message.
const SILENCE: u32 = 10;

/// An answer, put together in the order in which it is carried out.
#[derive(Debug, Clone)]
pub struct Answer(String);

impl Default for Answer {
    fn default() -> Answer {
        Answer("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>".into())
    }
}

impl Answer {
    /// Says a text in a language (a BCP 47 tag).
    #[must_use]
    pub fn say(mut self, language: &str, text: &str) -> Answer {
        let _ = write!(self.0, "<Say language=\"{}\">{}</Say>", escaped(language), escaped(text));
        self
    }

    /// Records what the caller says. `end` is asked what to do next, `done` is told where the recording lies.
    #[must_use]
    pub fn record(mut self, end: &str, done: &str) -> Answer {
        let (end, done) = (escaped(end), escaped(done));
        let _ = write!(
            self.0,
            "<Record action=\"{end}\" method=\"POST\" maxLength=\"{LONGEST_RECORDING}\" timeout=\"{SILENCE}\" \
             finishOnKey=\"#\" playBeep=\"true\" trim=\"do-not-trim\" recordingStatusCallback=\"{done}\" \
             recordingStatusCallbackMethod=\"POST\" recordingStatusCallbackEvent=\"completed absent\"/>"
        );
        self
    }

    /// Ends the call.
    #[must_use]
    pub fn hang_up(mut self) -> Answer {
        self.0 += "<Hangup/>";
        self
    }

    /// The document.
    pub fn xml(mut self) -> String {
        self.0 += "</Response>";
        self.0
    }
}

/// A text as it may stand in an element or an attribute; what XML 1.0 has no place for is left out.
fn escaped(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r') || *c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(allowed) {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&apos;",
            c => out.push(c),
        }
    }
    out
}

/// The voice that speaks a language of ours.
pub fn spoken(language: &str) -> &'static str {
    match language {
        "es" => "es-ES",
        "de" => "de-DE",
        _ => "en-GB",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_call_is_warned_and_recorded() {
        let xml =
            Answer::default().say("de-DE", "A & <B>").record("https://x/e?a=1&b=2", "https://x/r").hang_up().xml();
        assert!(
            xml.contains("<Say language=\"de-DE\">A &amp; &lt;B&gt;</Say><Record action=\"https://x/e?a=1&amp;b=2\"")
        );
        assert!(xml.ends_with("<Hangup/></Response>"));
        assert!(Answer::default().xml().ends_with("<Response></Response>"));
    }

    proptest! {
        /// Whatever is said, the document has the elements that were asked for and no others, and says it.
        #[test]
        fn no_text_becomes_markup(text in ".{0,60}", url in ".{0,60}") {
            let xml = Answer::default().say("en-GB", &text).record(&url, &url).xml();
            prop_assert_eq!(xml.matches('<').count(), 6, "{}", xml);
            prop_assert_eq!(xml.matches('"').count(), 4 + 2 + 2 * 10, "{}", xml);
            let said = xml.split_once("<Say language=\"en-GB\">").unwrap().1.split_once("</Say>").unwrap().0;
            let read = said.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
            let kept: String = text.chars().filter(|c| *c >= ' ' || "\t\n\r".contains(*c)).collect();
            prop_assert_eq!(read.replace("&amp;", "&"), kept.replace(['\u{fffe}', '\u{ffff}'], ""));
        }
    }
}
