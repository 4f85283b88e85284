//! What these tests share.
#![allow(dead_code)]

pub mod authority;
pub mod family;
pub mod http;
pub mod person;
pub mod phones;
pub mod picture;
pub mod requests;
pub mod rules;
pub mod shell;
