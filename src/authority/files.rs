use super::AuthorityError;
use crate::keys::SecretKey;
use std::{
    fs,
    io::{self, Write},
    path::Path,
};

pub(super) const ROOT_KEY: &str = "root.pem";
pub(super) const ISSUER_KEY: &str = "issuer.pem";
pub(super) const DATABASE: &str = "authority.db";
pub(super) const FOREIGN: &str = "foreign.cbor";
pub(super) const PUBLIC: &str = "public";

/// Reads a secret key (PKCS #8, PEM).
pub(super) fn read_key(path: &Path) -> Result<SecretKey, AuthorityError> {
    let text = fs::read_to_string(path).map_err(|error| AuthorityError::File(path.to_owned(), error))?;
    SecretKey::from_pem(&text).ok_or_else(|| AuthorityError::KeyMalformed(path.to_owned()))
}

/// Writes a secret key that only its owner can read; never over another one.
pub(super) fn write_key(path: &Path, key: &SecretKey) -> Result<(), AuthorityError> {
    write_secret(path, key).map_err(|error| AuthorityError::File(path.to_owned(), error))
}

/// As `write_key`, for the command line's own key files.
pub(crate) fn write_secret(path: &Path, key: &SecretKey) -> io::Result<()> {
    let pem = key.to_pem().ok_or_else(|| io::Error::other("the key can't be written"))?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(pem.as_bytes())
}

/// Writes a file in one step: whoever reads sees the old one or the new one, whole.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), AuthorityError> {
    let steps = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let fresh = path.with_extension(format!("new{}", std::process::id()));
        fs::write(&fresh, bytes)?;
        fs::rename(&fresh, path)
    };
    steps().map_err(|error| AuthorityError::File(path.to_owned(), error))
}
