use super::{Authority, AuthorityError, files};
use std::{fs, io::ErrorKind};
use tongma::{
    time::UnixTime,
    token::trust::{ForeignKey, ForeignKeys},
};

impl Authority {
    /// The keys of foreign issuers that the bundle names.
    ///
    /// # Errors
    /// `ForeignKeysMalformed`, or what can't be read.
    pub fn foreign_keys(&self) -> Result<ForeignKeys, AuthorityError> {
        let path = self.dir.join(files::FOREIGN);
        match fs::read(&path) {
            Ok(bytes) => ForeignKeys::decode(&bytes).ok_or(AuthorityError::ForeignKeysMalformed(path)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(ForeignKeys::default()),
            Err(error) => Err(AuthorityError::File(path, error)),
        }
    }

    /// Changes the keys of foreign issuers and publishes the bundle at once. Gives all of them.
    ///
    /// # Errors
    /// As [`Authority::foreign_keys`], or what can't be written.
    pub fn change_foreign_keys(
        &self,
        now: UnixTime,
        change: impl FnOnce(Vec<ForeignKey>) -> Vec<ForeignKey>,
    ) -> Result<ForeignKeys, AuthorityError> {
        let keys = self.database.alone(|_| {
            let keys: ForeignKeys = change(self.foreign_keys()?.all().to_vec()).into_iter().collect();
            files::write(&self.dir.join(files::FOREIGN), &keys.encode())?;
            Ok(keys)
        })?;
        self.publish(now)?;
        Ok(keys)
    }
}
