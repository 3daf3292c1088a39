//! `onrecord staff …`

use std::process::ExitCode;

use onrecord_accounts::{Role, operator};

use crate::{config::Config, failure::Failure};

/// People of the newsroom.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = "Examples:
  onrecord --data news staff list
  onrecord --data news staff invite ben@example.org --role editor
  onrecord --data news staff reset ana@example.org")]
pub enum Staff {
    /// Everybody, with role and state
    #[command(after_help = "Example:\n  onrecord --data news staff list")]
    List,
    /// Make an invitation and print its link
    #[command(after_help = "Example:\n  onrecord --data news staff invite ben@example.org --role editor")]
    Invite {
        /// Address of whom to invite.
        email: String,
        /// owner, publisher, editor, reporter or moderator.
        #[arg(long, default_value = "reporter", value_parser = role)]
        role: Role,
    },
    /// Print a link with which somebody chooses a new password
    #[command(after_help = "Example:\n  onrecord --data news staff reset ana@example.org")]
    Reset {
        /// Whose.
        email: String,
    },
    /// Give somebody another role
    #[command(after_help = "Example:\n  onrecord --data news staff role ben@example.org publisher")]
    Role {
        /// Whom.
        email: String,
        /// owner, publisher, editor, reporter or moderator.
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Lock somebody out; what they wrote stays
    #[command(after_help = "Example:\n  onrecord --data news staff deactivate ben@example.org")]
    Deactivate {
        /// Whom.
        email: String,
    },
    /// Let somebody in again
    #[command(after_help = "Example:\n  onrecord --data news staff reactivate ben@example.org")]
    Reactivate {
        /// Whom.
        email: String,
    },
}

impl Staff {
    /// Does it.
    pub async fn run(self, config: Config) -> Result<ExitCode, Failure> {
        let app = super::open(config).await?;
        match self {
            Staff::List => {
                let staff = operator::list(&app).await?;
                let width = staff.iter().map(|s| s.email.chars().count()).max().unwrap_or(0);
                for person in staff {
                    let state = if person.active() { "" } else { "  (locked out)" };
                    println!("{:width$}  {:9}  {}{state}", person.email, person.role.name(), person.name);
                }
            }
            Staff::Invite { email, role } => {
                let link = operator::invite(&app, &email, role, None).await?;
                println!("Give this link to {email}. It works once:\n{link}");
            }
            Staff::Reset { email } => {
                let link = known(operator::reset(&app, &email).await, &email)?;
                println!("With this link {email} chooses a new password. It works once, for one hour:\n{link}");
            }
            Staff::Role { email, role } => {
                known(operator::set_role(&app, &email, role).await, &email)?;
                println!("{email} is {} now.", role.name());
            }
            Staff::Deactivate { email } => {
                known(operator::set_active(&app, &email, false).await, &email)?;
                println!("{email} is locked out; all sessions have ended.");
            }
            Staff::Reactivate { email } => {
                known(operator::set_active(&app, &email, true).await, &email)?;
                println!("{email} may come in again.");
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn known<T>(answer: onrecord_base::Result<T>, email: &str) -> Result<T, Failure> {
    answer.map_err(|error| match error {
        onrecord_base::Error::NotFound => Failure::new(format!(
            "nobody here has the address {email} (or they are locked out); see onrecord staff list"
        )),
        other => other.into(),
    })
}

fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        format!("one of {}", names.join(", "))
    })
}
