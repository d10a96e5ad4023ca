//! The ledger as people and programs meet it through the command: nothing acknowledged is lost, nothing is read twice,
//! and every question has an answer or an error that says where.

#[path = "../command/mod.rs"]
#[allow(dead_code, reason = "the tests of other commands use the rest")]
mod command;

mod contents;
mod crash;
mod input;
mod list;
mod order;
mod recode;
mod reports;
mod room;
mod series;
