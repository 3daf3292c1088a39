//! Mail (RFC 5322 with MIME): sender, date and subject, then the text.

use mail_parser::MessageParser;

use super::Unreadable;

/// A mail as its reader saw it.
pub(super) struct Mail {
    pub(super) subject: String,
    pub(super) text: String,
}

/// Reads a mail.
pub(super) fn read(bytes: &[u8]) -> Result<Mail, Unreadable> {
    let message = MessageParser::default().parse(bytes).ok_or(Unreadable::Broken)?;
    let body: Vec<String> = (0..message.text_body_count())
        .filter_map(|at| message.body_text(at))
        .map(std::borrow::Cow::into_owned)
        .collect();
    if body.iter().all(|part| part.trim().is_empty()) {
        return Err(Unreadable::NoText);
    }
    let mut head = Vec::new();
    if let Some(from) = message.from().and_then(|from| from.first()) {
        head.push(format!("From: {}", from.name().or(from.address()).unwrap_or_default()));
    }
    if let Some(date) = message.date() {
        head.push(format!("Date: {}", date.to_rfc3339()));
    }
    if let Some(subject) = message.subject() {
        head.push(format!("Subject: {subject}"));
    }
    let subject = message.subject().unwrap_or_default().to_owned();
    Ok(Mail { subject, text: format!("{}\n\n{}", head.join("\n"), body.join("\n\n")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_gives_its_text() {
        let mail = b"From: Ana <ana@example.org>\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nWe never =E2=80=9Csigned=E2=80=9D it.\r\n";
        let Mail { subject, text } = read(mail).unwrap();
        assert_eq!(subject, "Café");
        assert!(text.contains("Subject: Café"), "{text}");
        assert!(text.contains("We never “signed” it."), "{text}");
    }
}
