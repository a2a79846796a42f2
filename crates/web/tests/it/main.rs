//! The pages end to end, through the router with real cookies, on either database.

mod access;
mod account;
mod care;
mod disposal;
mod evidence;
mod faults;
mod information;
mod judgement;
mod letters;
mod openrosa;
mod people;
mod plan;
mod records;
mod report;
mod returns;
mod shut_out;
mod start;
mod voices;
mod volunteers;
