//! The command line as people meet it: real processes, real folders, real ports.
//!
//! Whatever is wrong, three things hold: one clear sentence on the standard error, the right exit status (0 done, 1 not
//! done, 2 not understood), and nothing of what was there is lost.

#[path = "cli/backups.rs"]
mod backups;
#[path = "cli/canary.rs"]
mod canary;
#[path = "cli/canary_channels.rs"]
mod canary_channels;
#[path = "cli/confidential.rs"]
mod confidential;
#[path = "cli/configuration.rs"]
mod configuration;
#[path = "cli/databases.rs"]
mod databases;
#[path = "cli/demo.rs"]
mod demo;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/hostile_page.rs"]
mod hostile_page;
#[path = "cli/imports.rs"]
mod imports;
#[path = "cli/newsrooms.rs"]
mod newsrooms;
#[path = "cli/place.rs"]
mod place;
#[path = "cli/requests.rs"]
mod requests;
#[path = "cli/rights.rs"]
mod rights;
#[path = "cli/servers.rs"]
mod servers;
#[path = "cli/strip.rs"]
mod strip;
#[path = "cli/themes.rs"]
mod themes;
#[path = "cli/tips.rs"]
mod tips;
#[path = "cli/web.rs"]
mod web;
