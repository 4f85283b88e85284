use super::{Authority, AuthorityError, files};
use std::{fs, io::ErrorKind, path::PathBuf};
use tongma::{policy::Rulebook, time::UnixTime, token::trust::TrustBundle};

impl Authority {
    /// The sets of rules for places that the bundle carries, in the order of their names.
    ///
    /// # Errors
    /// What can't be read.
    pub fn rules(&self) -> Result<Vec<String>, AuthorityError> {
        let folder = self.dir.join(files::RULES);
        let failed = |error| AuthorityError::File(folder.clone(), error);
        let mut paths: Vec<PathBuf> = match fs::read_dir(&folder) {
            Ok(entries) => entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(failed)?,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed(error)),
        };
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        paths.into_iter().map(|path| fs::read_to_string(&path).map_err(|error| AuthorityError::File(path, error))).collect()
    }

    /// The most people that a wallet has passes of, as the bundle says it; none where that says nothing.
    ///
    /// # Errors
    /// What can't be read.
    pub fn people(&self) -> Result<Option<u8>, AuthorityError> {
        let path = self.dir.join(files::PEOPLE);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text.trim().parse().ok()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(AuthorityError::File(path, error)),
        }
    }

    /// Has the bundle say how many people a wallet has passes of at most, and publishes at once.
    ///
    /// # Errors
    /// What can't be written. A number out of bounds becomes the nearest within.
    pub fn set_people(&self, most: u8, now: UnixTime) -> Result<(), AuthorityError> {
        let most = most.clamp(1, TrustBundle::MOST_PEOPLE);
        self.database.alone(|_| files::write(&self.dir.join(files::PEOPLE), most.to_string().as_bytes()))?;
        self.publish(now)
    }

    /// Puts a set of rules into the bundle, in place of an older version of it, and publishes at once. Gives its name.
    ///
    /// # Errors
    /// `Refused` with `rule-malformed` or `rules-unknown` for a set that can't be read or would not take effect, for its version
    /// (`Common.Version`) is no higher than that of the set that it should replace; or what can't be written.
    pub fn add_rules(&self, text: &str, now: UnixTime) -> Result<String, AuthorityError> {
        let name = self.database.alone(|_| {
            let name = Rulebook::check(text, &self.rules()?).map_err(AuthorityError::Refused)?;
            files::write(&self.rules_path(&name)?, text.as_bytes())?;
            Ok(name)
        })?;
        self.publish(now)?;
        Ok(name)
    }

    /// Takes a set of rules out of the bundle and publishes at once.
    ///
    /// # Errors
    /// What can't be deleted, also because it isn't there.
    pub fn remove_rules(&self, name: &str, now: UnixTime) -> Result<(), AuthorityError> {
        let path = self.rules_path(name)?;
        self.database.alone(|_| fs::remove_file(&path).map_err(|error| AuthorityError::File(path.clone(), error)))?;
        self.publish(now)
    }

    /// A name becomes a file's name only where it can't lead elsewhere.
    fn rules_path(&self, name: &str) -> Result<PathBuf, AuthorityError> {
        let plain = (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !plain {
            let (rule, fault) = (name.chars().take(80).collect(), "Name".to_owned());
            return Err(AuthorityError::Refused(tongma::reason::Reason::RuleMalformed { rule, fault }));
        }
        Ok(self.dir.join(files::RULES).join(format!("{name}.json")))
    }
}
