//! The desk's navigation: one table, shown as far as a role reaches.

use onrecord_base::web::NavItem;

use crate::roles::{Action, Role};

/// An area of the desk: its text, its address, and what one must be allowed to do there.
pub struct Entry {
    /// Key of its text.
    pub key: &'static str,
    /// Where it leads.
    pub url: &'static str,
    /// What shows it.
    pub action: Action,
}

const fn entry(key: &'static str, url: &'static str, action: Action) -> Entry {
    Entry { key, url, action }
}

/// All entries in their order; an area that opens a new room of the desk adds its line here.
pub const NAV: &[Entry] = &[
    entry("accounts-nav-stories", "/desk/stories", Action::WriteStory),
    entry("accounts-nav-tips", "/desk/tips", Action::ReadTips),
    entry("accounts-nav-front", "/desk/front", Action::PinFront),
    entry("accounts-nav-next", "/desk/next", Action::PinFront),
    entry("accounts-nav-pages", "/desk/pages", Action::ManagePages),
    entry("accounts-nav-pictures", "/desk/pictures", Action::UploadPicture),
    entry("accounts-nav-sources", "/desk/sources", Action::BringSource),
    entry("accounts-nav-people", "/desk/people", Action::BringSource),
    entry("accounts-nav-sections", "/desk/sections", Action::ManageSections),
    entry("accounts-nav-tags", "/desk/tags", Action::ManageSections),
    entry("accounts-nav-authors", "/desk/authors", Action::ManageAuthors),
    entry("accounts-nav-comments", "/desk/comments", Action::ModerateComments),
    entry("accounts-nav-staff", "/desk/staff", Action::ManageStaff),
    entry("accounts-nav-theme", "/desk/theme", Action::ManageSettings),
    entry("accounts-nav-settings", "/desk/settings", Action::ManageSettings),
];

/// The entries for a role, with the one around `path` marked.
pub fn items(role: Role, path: &str) -> Vec<NavItem> {
    NAV.iter()
        .filter(|entry| role.can(entry.action))
        .map(|entry| NavItem { key: entry.key, url: entry.url, current: within(path, entry.url) })
        .collect()
}

/// Where the desk begins for a role: its first entry, or the person's own account.
pub fn home(role: Role) -> &'static str {
    NAV.iter().find(|entry| role.can(entry.action)).map_or("/desk/account", |entry| entry.url)
}

fn within(path: &str, url: &str) -> bool {
    path.strip_prefix(url).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sees_what_they_may_use() {
        let seen = |role| items(role, "/desk/stories/1").iter().map(|item| item.url).collect::<Vec<_>>();
        assert_eq!(seen(Role::Owner).len(), NAV.len());
        assert_eq!(
            seen(Role::Reporter),
            ["/desk/stories", "/desk/tips", "/desk/pictures", "/desk/sources", "/desk/people"]
        );
        assert_eq!(seen(Role::Moderator), ["/desk/comments"]);
        assert_eq!(home(Role::Moderator), "/desk/comments");
        let current: Vec<_> = items(Role::Editor, "/desk/stories/1").into_iter().filter(|item| item.current).collect();
        assert_eq!(current.len(), 1);
        assert!(!within("/desk/storiesandmore", "/desk/stories"));
    }
}
