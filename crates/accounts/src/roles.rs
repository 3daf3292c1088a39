//! Who may do what: one table.

use onrecord_base::{Error, Result};
use serde::Serialize;

/// What a person is in the newsroom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers for everything, owners included.
    Owner,
    /// Runs the house: staff and settings.
    Publisher,
    /// Runs the paper: what is published, and where it stands.
    Editor,
    /// Writes.
    Reporter,
    /// Keeps the comments in order.
    Moderator,
}

/// Something a role may or may not do at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Start stories and write one's own drafts.
    WriteStory,
    /// See and write drafts of others.
    EditAnyStory,
    /// Publish, update, schedule, correct.
    PublishStory,
    /// Publish in spite of findings about what is on the record, with a reason that is kept.
    OverrideRecord,
    /// Take a story down.
    KillStory,
    /// Add, rename, order and close sections.
    ManageSections,
    /// Authors' names, biographies and portraits.
    ManageAuthors,
    /// Static pages: about, privacy, imprint, contact.
    ManagePages,
    /// Pin and order stories on the front.
    PinFront,
    /// Upload pictures and describe one's own.
    UploadPicture,
    /// Change and remove pictures of others.
    ManagePictures,
    /// Bring sources, describe and remove one's own; add people who are quoted.
    BringSource,
    /// Change and remove sources of others.
    ManageSources,
    /// See confidential sources that others brought.
    SeeConfidential,
    /// Change people whom readers see already, join two who are one, remove.
    ManagePeople,
    /// Decide on comments.
    ModerateComments,
    /// Read and answer tips, at the desks one is at.
    ReadTips,
    /// Desks of the tip line, who is at them, and the signed list of their keys.
    ManageTipKeys,
    /// End the tip line: destroy all keys and all tips.
    DestroyTips,
    /// Bring in stories from elsewhere.
    Import,
    /// Invite people, change roles, lock out.
    ManageStaff,
    /// Make and unmake owners and publishers.
    ManageOwners,
    /// The newsroom's settings.
    ManageSettings,
}

use Action::*;

/// The table: each action, and who may.
const TABLE: &[(Action, &[Role])] = {
    use Role::{Editor, Moderator, Owner, Publisher, Reporter};
    &[
        (WriteStory, &[Owner, Publisher, Editor, Reporter]),
        (EditAnyStory, &[Owner, Publisher, Editor]),
        (PublishStory, &[Owner, Publisher, Editor]),
        (OverrideRecord, &[Owner, Publisher, Editor]),
        (KillStory, &[Owner, Publisher, Editor]),
        (ManageSections, &[Owner, Publisher, Editor]),
        (ManageAuthors, &[Owner, Publisher, Editor]),
        (ManagePages, &[Owner, Publisher, Editor]),
        (PinFront, &[Owner, Publisher, Editor]),
        (UploadPicture, &[Owner, Publisher, Editor, Reporter]),
        (ManagePictures, &[Owner, Publisher, Editor]),
        (BringSource, &[Owner, Publisher, Editor, Reporter]),
        (ManageSources, &[Owner, Publisher, Editor]),
        (SeeConfidential, &[Owner, Publisher, Editor]),
        (ManagePeople, &[Owner, Publisher, Editor]),
        (ModerateComments, &[Owner, Publisher, Editor, Moderator]),
        (ReadTips, &[Owner, Publisher, Editor, Reporter]),
        (ManageTipKeys, &[Owner, Publisher]),
        (DestroyTips, &[Owner, Publisher]),
        (Import, &[Owner, Publisher]),
        (ManageStaff, &[Owner, Publisher]),
        (ManageOwners, &[Owner]),
        (ManageSettings, &[Owner, Publisher]),
    ]
};

impl Role {
    /// All roles, the widest first.
    pub const ALL: [Role; 5] = [Role::Owner, Role::Publisher, Role::Editor, Role::Reporter, Role::Moderator];

    /// Whether the table has it.
    pub fn can(self, action: Action) -> bool {
        TABLE.iter().any(|(listed, roles)| *listed == action && roles.contains(&self))
    }

    /// As a guard.
    ///
    /// # Errors
    /// `Error::Forbidden`.
    pub fn may(self, action: Action) -> Result<()> {
        if self.can(action) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Whether somebody in this role may give `other` to a person, or take it away: owners and publishers are made and
    /// unmade by owners alone.
    pub fn may_give(self, other: Role) -> bool {
        match other {
            Role::Owner | Role::Publisher => self.can(ManageOwners),
            Role::Editor | Role::Reporter | Role::Moderator => self.can(ManageStaff),
        }
    }

    /// The name the database and forms use.
    pub fn name(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Publisher => "publisher",
            Role::Editor => "editor",
            Role::Reporter => "reporter",
            Role::Moderator => "moderator",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table as people read it; whoever changes a right changes this text and says so in the commit.
    #[test]
    fn the_table_of_rights() {
        let mut text = String::new();
        for (action, _) in TABLE {
            let line: Vec<&str> = Role::ALL.iter().map(|role| if role.can(*action) { "yes" } else { "-" }).collect();
            text += format!("{:<17}{}", format!("{action:?}"), line.map_columns()).trim_end();
            text.push('\n');
        }
        let expected = "\
WriteStory       yes  yes  yes  yes  -
EditAnyStory     yes  yes  yes  -    -
PublishStory     yes  yes  yes  -    -
OverrideRecord   yes  yes  yes  -    -
KillStory        yes  yes  yes  -    -
ManageSections   yes  yes  yes  -    -
ManageAuthors    yes  yes  yes  -    -
ManagePages      yes  yes  yes  -    -
PinFront         yes  yes  yes  -    -
UploadPicture    yes  yes  yes  yes  -
ManagePictures   yes  yes  yes  -    -
BringSource      yes  yes  yes  yes  -
ManageSources    yes  yes  yes  -    -
SeeConfidential  yes  yes  yes  -    -
ManagePeople     yes  yes  yes  -    -
ModerateComments yes  yes  yes  -    yes
ReadTips         yes  yes  yes  yes  -
ManageTipKeys    yes  yes  -    -    -
DestroyTips      yes  yes  -    -    -
Import           yes  yes  -    -    -
ManageStaff      yes  yes  -    -    -
ManageOwners     yes  -    -    -    -
ManageSettings   yes  yes  -    -    -
";
        assert_eq!(text, expected, "columns: owner, publisher, editor, reporter, moderator");
    }

    trait Columns {
        fn map_columns(&self) -> String;
    }

    impl Columns for Vec<&str> {
        fn map_columns(&self) -> String {
            self.iter().map(|cell| format!("{cell:<5}")).collect()
        }
    }

    #[test]
    fn a_role_reads_as_it_is_written() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.name()), Some(role));
        }
        assert_eq!(Role::parse("root"), None);
    }

    #[test]
    fn only_owners_make_owners_and_publishers() {
        assert!(Role::Owner.may_give(Role::Owner));
        assert!(Role::Owner.may_give(Role::Publisher));
        assert!(!Role::Publisher.may_give(Role::Owner));
        assert!(!Role::Publisher.may_give(Role::Publisher));
        assert!(Role::Publisher.may_give(Role::Editor));
        assert!(!Role::Editor.may_give(Role::Reporter));
    }
}
