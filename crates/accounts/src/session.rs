//! A session: one browser, signed in until it rests too long, ends, or is ended.

use onrecord_base::Time;

/// Milliseconds in a minute.
pub(crate) const MINUTE: i64 = 60_000;
/// Milliseconds in a day.
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;
/// A session ends after so long, however busy: a stolen cookie is not for ever.
pub(crate) const ABSOLUTE: i64 = 30 * DAY;
/// A session ends after resting so long: a week covers a weekend and a day off.
pub(crate) const IDLE: i64 = 7 * DAY;
/// "Last seen" is written at most so often, so that reading the desk does not write the database.
pub(crate) const SEEN_EVERY: i64 = 5 * MINUTE;
/// A person keeps at most so many sessions; the one unseen longest gives way.
pub(crate) const AT_MOST: i64 = 20;

/// One browser of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id; not the secret.
    pub id: String,
    /// Whose.
    pub staff_id: String,
    /// Since when.
    pub created_at: Time,
    /// When it last asked for something, to a few minutes.
    pub last_seen_at: Time,
    /// When it ends at the latest.
    pub expires_at: Time,
    /// Browser and system in a few words, for the person to recognise it.
    pub agent: String,
}

impl Session {
    /// Whether it still holds.
    pub fn alive(&self, now: Time) -> bool {
        now < self.expires_at && now < self.last_seen_at.plus(IDLE)
    }

    /// Whether "last seen" is worth writing.
    pub(crate) fn stale(&self, now: Time) -> bool {
        now >= self.last_seen_at.plus(SEEN_EVERY)
    }
}

/// Browser and system from a User-Agent header, by the few names that matter; never the header itself, which could
/// hold anything of any length.
pub(crate) fn agent(header: &str) -> String {
    // Order matters: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
    let browsers = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    let systems = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let find = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| header.contains(mark)).map(|(_, n)| *n);
    [find(&browsers), find(&systems)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart() {
        let check = |header, expected: &str| assert_eq!(agent(header), expected);
        check("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Linux");
        check("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Windows");
        check("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone");
        check("<script>", "");
    }

    #[test]
    fn a_session_ends_by_rest_and_by_age() {
        let start = Time::constant(1_000_000_000_000);
        let mut session = Session {
            id: "1".into(),
            staff_id: "2".into(),
            created_at: start,
            last_seen_at: start,
            expires_at: start.plus(ABSOLUTE),
            agent: String::new(),
        };
        assert!(session.alive(start.plus(IDLE - 1)));
        assert!(!session.alive(start.plus(IDLE)));
        session.last_seen_at = start.plus(ABSOLUTE - 1);
        assert!(session.alive(start.plus(ABSOLUTE - 1)));
        assert!(!session.alive(start.plus(ABSOLUTE)));
    }
}
