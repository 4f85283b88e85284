use super::AuthorityError;
use std::{
    fs,
    io::{self, Write},
    path::Path,
};
use tongma::keys::SecretKey;

pub(super) const ROOT_KEY: &str = "root.pem";
pub(super) const ISSUER_KEY: &str = "issuer.pem";
pub(super) const DATABASE: &str = "authority.db";
pub(super) const FOREIGN: &str = "foreign.cbor";
pub(super) const RULES: &str = "rules";
pub(super) const PEOPLE: &str = "people";
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

/// Writes a secret key (PKCS #8, PEM) that only its owner can read; never over another file. Whole or not there at all: half a key would block
/// its place for good.
///
/// # Errors
/// What the system says; `AlreadyExists` where there is a file.
pub fn write_secret(path: &Path, key: &SecretKey) -> io::Result<()> {
    let pem = key.to_pem().ok_or_else(|| io::Error::other("the key can't be written"))?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let fresh = path.with_extension(format!("new{}", std::process::id()));
    let placed = new_secret(&fresh).and_then(|mut file| {
        file.write_all(pem.as_bytes())?;
        file.sync_all()?;
        place(&fresh, path)
    });
    // What is left of the attempt, or the second name of the key.
    let _ = fs::remove_file(&fresh);
    placed
}

/// Gives a new file its name, never in place of another file.
fn place(fresh: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(fresh, path) {
        // Some file systems know no second names.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.exists() => fs::rename(fresh, path),
        linked => linked,
    }
}

fn new_secret(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes an empty file that only its owner can read, where there is none.
pub(super) fn touch_secret(path: &Path) -> Result<(), AuthorityError> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    match folder.and_then(|()| new_secret(path)) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(AuthorityError::File(path.to_owned(), error)),
        _ => Ok(()),
    }
}

/// Writes a file in one step: whoever reads sees the old one or the new one, whole.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), AuthorityError> {
    let steps = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let fresh = path.with_extension(format!("new{}", std::process::id()));
        let mut file = fs::File::create(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    steps().map_err(|error| AuthorityError::File(path.to_owned(), error))
}
