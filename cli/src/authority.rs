//! Commands of the authority: init, issue, revoke, suspend, restore, serve.

use super::{
    Done,
    arguments::{AuthorityCommand, Change, Issue, Serve, StatusCommand},
    output::{Failure, Output, read, read_text, write},
};
use serde::Deserialize;
use std::{net::SocketAddr, path::Path};
use tongma::{
    cbor::Value,
    keys::{PublicKey, SecretKey},
    policy::admission::MONITORING,
    reason::Reason,
    time::defaults::CREDENTIAL_LIFETIME_S,
    token::{ClaimName, Colour, ColourReason, DocumentKind, Relation, identity},
};
use tongma_authority::{
    Authority, Request,
    server::{now, serve as serve_site},
};

/// The claims file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    colour: Colour,
    region: Region,
    name: Option<String>,
    document: Option<Document>,
    test: Option<String>,
    vaccination: Option<String>,
    valid_for_s: Option<i64>,
    /// Under daily health monitoring, since now.
    #[serde(default)]
    monitoring: bool,
    /// What the guardian is to the person, whose phone the key is of.
    relation: Option<Relation>,
    #[serde(default)]
    redact: Vec<ClaimName>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) kind: DocumentKind,
    pub(super) number: String,
}

/// `"360000"` or `360000`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Region {
    Number(u32),
    Text(String),
}

impl Region {
    pub(super) fn number(self) -> Result<u32, Failure> {
        match self {
            Self::Number(number) => Ok(number),
            Self::Text(text) => text.parse().map_err(|_| Failure::Text(format!("region {text:?} is no GB/T 2260 code"))),
        }
    }
}

pub(super) fn authority(output: &Output, command: AuthorityCommand) -> Done {
    let (dir, lists) = match command {
        AuthorityCommand::Appeals { dir, command } => return super::people::appeals(output, &dir, command),
        AuthorityCommand::Init { dir, lists } => (dir, lists),
        AuthorityCommand::People { dir, most } => {
            Authority::open(&dir)?.set_people(most, now())?;
            return Ok(true);
        }
        AuthorityCommand::Status(status) => return super::people::status(output, &status),
    };
    let authority = Authority::init(&dir, now())?;
    if lists > 1 {
        authority.want_lists(lists, now())?;
    }
    if output.json() {
        output.value(&authority.deployment())?;
    } else {
        output.line(&format!("{}: root key, issuer, bundle and status list are made.", dir.display()))?;
        output.line(&format!("Root key: {}", authority.deployment().root_key))?;
    }
    Ok(true)
}

pub(super) fn issue(output: &Output, arguments: &Issue) -> Done {
    let request = request(&read_text(&arguments.claims)?, &arguments.claims)?;
    let holder = public_key(&arguments.holder_key)?;
    let (text, idx) = Authority::open(&arguments.authority)?.issue(&request, &holder, now())?;
    if output.json() {
        output.value(&serde_json::json!({ "credential": text, "idx": idx }))?;
    } else {
        output.line(&text)?;
    }
    Ok(true)
}

pub(super) fn change(output: &Output, arguments: &Change, status: u8) -> Done {
    Authority::open(&arguments.authority)?.set_status(arguments.idx, status, now())?;
    let word = ["valid", "revoked", "suspended"].get(usize::from(status)).copied().unwrap_or("changed");
    if output.json() {
        output.value(&serde_json::json!({ "idx": arguments.idx, "status": status }))?;
    } else {
        output.line(&format!("Index {} is {word}; the status list is published.", arguments.idx))?;
    }
    Ok(true)
}

pub(super) fn serve(arguments: &Serve) -> Done {
    let authority = Authority::open_or_init(&arguments.data, now())?;
    let address = SocketAddr::new(arguments.host, arguments.port);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| Failure::Text(error.to_string()))?;
    let served = runtime.block_on(serve_site(authority, arguments.pages.clone(), address));
    served.map(|()| true).map_err(|error| Failure::Text(format!("{address}: {error}")))
}

pub(super) fn status(output: &Output, command: StatusCommand) -> Done {
    let StatusCommand::Delta { authority, from, to, out } = command;
    let authority = Authority::open(&authority)?;
    let list = |path: &Path| -> Result<_, Failure> { Ok(authority.read_list(&read(path)?)?) };
    let delta = authority.delta(&list(&from)?, &list(&to)?)?;
    write(&out, &delta)?;
    output.line(&format!("{}: {} bytes", out.display(), delta.len()))?;
    Ok(true)
}

/// The public half of a key file.
fn public_key(path: &Path) -> Result<PublicKey, Failure> {
    super::holder::secret_key(path).map(|key: SecretKey| key.public())
}

fn request(json: &str, path: &Path) -> Result<Request, Failure> {
    let claims: Claims = serde_json::from_str(json).map_err(|error| Failure::Text(format!("{}: {error}", path.display())))?;
    let region = claims.region.number()?;
    let mut all = tongma::table::Table::default();
    if let Some(name) = &claims.name {
        identity::check_name(name)?;
        all.insert(ClaimName::Name, Value::text(identity::mask_name(name)));
    }
    if let Some(Document { kind, number }) = &claims.document {
        identity::check_document(*kind, number, now())?;
        // The everyday credential leaves it out: it would cost bytes in every code. Redacting it is asking for it.
        if claims.redact.contains(&ClaimName::Document) {
            all.insert(ClaimName::Document, Value::text(identity::mask_document(number)));
        }
    }
    all.extend(claims.test.as_ref().map(|test| (ClaimName::Test, Value::text(test))));
    all.extend(claims.vaccination.as_ref().map(|doses| (ClaimName::Vaccination, Value::text(doses))));
    if let Some(missing) = claims.redact.iter().find(|name| !all.contains_key(name)) {
        return Err(Failure::Text(format!("{}: {} is to be redacted, but not given", path.display(), missing.name())));
    }
    let valid_for_s = claims.valid_for_s.unwrap_or(CREDENTIAL_LIFETIME_S);
    if valid_for_s <= 0 {
        return Err(Reason::TimesInconsistent.into());
    }
    if claims.monitoring && claims.colour != Colour::Green {
        return Err(Failure::Text(format!("{}: daily health monitoring is said beside a green colour only", path.display())));
    }
    let reason = claims.monitoring.then(|| ColourReason { code: MONITORING.to_owned(), rule: None, since: Some(now()) });
    Ok(Request { colour: claims.colour, region, claims: all, redact: claims.redact, valid_for_s, reason, relation: claims.relation })
}
