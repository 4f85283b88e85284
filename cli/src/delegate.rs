//! Delegation on the command line: ask, grant, and present what was granted.

use super::{
    Done,
    arguments::{Hex, claim_name, hex, time},
    holder::{random, secret_key},
    output::{Failure, Output, read, read_text},
    verify::pinned_root,
};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use tongma::{
    reason::{Layer, Reason},
    roles::holder::{Asking, DelegatedCredential, Granting, HeldCredential, Showing},
    signature::Verified,
    time::{UnixTime, defaults::DELEGATION_LIFETIME_S},
    token::{ClaimName, DelegationRequest, Grant, Relation, to_text, trust::TrustBundle},
};
use tongma_authority::server::now;

#[derive(Debug, Subcommand)]
pub(super) enum DelegateCommand {
    /// Ask to show somebody's code with a key of one's own; prints a request
    Request(RequestArguments),
    /// Grant a request with the holder's key; prints a grant
    Grant(GrantArguments),
    /// Present what was granted; prints the text of a code
    Present(PresentArguments),
}

#[derive(Args, Debug)]
pub(super) struct RequestArguments {
    /// The key that would show the code: one for each person
    #[arg(long)]
    key: PathBuf,
    /// Who asks
    #[arg(long)]
    name: String,
    /// What the guardian is to the person: parent, child, spouse, relative, carer, other
    #[arg(long, value_parser = relation, required_unless_present = "moves")]
    relation: Option<Relation>,
    /// It is the same person's new phone
    #[arg(long = "move", conflicts_with_all = ["relation", "disclose"])]
    moves: bool,
    /// A redacted claim to be able to disclose: name, document, test, vaccination
    #[arg(long, value_parser = claim_name)]
    disclose: Vec<ClaimName>,
    /// For how many days, at most 180
    #[arg(long, default_value_t = DELEGATION_LIFETIME_S / DAY_S)]
    days: i64,
    /// The time: Unix seconds or RFC 3339 (by default now)
    #[arg(long, value_parser = time)]
    at: Option<UnixTime>,
}

#[derive(Args, Debug)]
pub(super) struct GrantArguments {
    /// File with the credential's text, or - for standard input
    #[arg(long)]
    credential: PathBuf,
    /// The key that it is bound to
    #[arg(long)]
    holder_key: PathBuf,
    /// File with the request's text, or - for standard input
    #[arg(long)]
    request: PathBuf,
    /// A claim that may be disclosed (by default all that were asked for)
    #[arg(long, value_parser = claim_name, conflicts_with = "disclose_nothing")]
    disclose: Vec<ClaimName>,
    /// No claim may be disclosed
    #[arg(long)]
    disclose_nothing: bool,
    /// For how many days (by default as many as were asked for); never longer than the credential
    #[arg(long)]
    days: Option<i64>,
    /// The time: Unix seconds or RFC 3339 (by default now)
    #[arg(long, value_parser = time)]
    at: Option<UnixTime>,
}

#[derive(Args, Debug)]
pub(super) struct PresentArguments {
    /// File with the grant's text, or - for standard input
    #[arg(long)]
    grant: PathBuf,
    /// The key that was asked for
    #[arg(long)]
    key: PathBuf,
    /// File with the request that it must answer; its signatures are checked as well
    #[arg(long, requires = "bundle")]
    request: Option<PathBuf>,
    /// The trust bundle to check the grant by; the root key is that of the deployment.json beside it
    #[arg(long, requires = "request")]
    bundle: Option<PathBuf>,
    /// A redacted claim to disclose: name, document, test, vaccination
    #[arg(long, value_parser = claim_name)]
    disclose: Vec<ClaimName>,
    /// For whom (by default every gate)
    #[arg(long, default_value = tongma::labels::ANY_AUDIENCE)]
    aud: String,
    /// The challenge that the gate shows, in hexadecimal
    #[arg(long, value_parser = hex)]
    nonce: Option<Hex>,
    /// The time: Unix seconds or RFC 3339 (by default now)
    #[arg(long, value_parser = time)]
    at: Option<UnixTime>,
}

const DAY_S: i64 = 86_400;

fn relation(text: &str) -> Result<Relation, String> {
    Relation::from_name(text).ok_or_else(|| format!("one of {}", Relation::ALL.map(Relation::name).join(", ")))
}

pub(super) fn run(output: &Output, command: DelegateCommand) -> Done {
    match command {
        DelegateCommand::Request(arguments) => request(output, arguments),
        DelegateCommand::Grant(arguments) => grant(output, &arguments),
        DelegateCommand::Present(arguments) => present(output, &arguments),
    }
}

fn request(output: &Output, arguments: RequestArguments) -> Done {
    let key = secret_key(&arguments.key)?;
    let asking = Asking {
        name: arguments.name,
        guardian: arguments.relation,
        scope: arguments.disclose,
        lifetime_s: arguments.days.saturating_mul(DAY_S),
    };
    let request = asking.request(key.public(), random()?.bytes(), arguments.at.unwrap_or_else(now))?;
    let unsigned = request.to_unsigned();
    let signature = key.sign(&unsigned.message());
    let text = to_text(&unsigned.finish(&signature));
    told(output, "request", &text, serde_json::json!({ "issuedAt": request.issued_at }))
}

fn grant(output: &Output, arguments: &GrantArguments) -> Done {
    let held = HeldCredential::read(&line(&arguments.credential)?)?;
    let key = secret_key(&arguments.holder_key)?;
    if key.public() != held.claims().holder {
        return Err(Reason::CredentialForeignKey.into());
    }
    let request = asked(&arguments.request)?;
    let mut granting = Granting::all_of(request.get());
    if arguments.disclose_nothing || !arguments.disclose.is_empty() {
        granting.scope.clone_from(&arguments.disclose);
    }
    granting.lifetime_s = arguments.days.map_or(granting.lifetime_s, |days| days.saturating_mul(DAY_S));
    // Which requests were granted before is for a wallet to remember; a command has no memory.
    let (unsigned, terms) = held.delegate(&request, &granting, &[], arguments.at.unwrap_or_else(now))?;
    let signature = key.sign(&unsigned.message());
    let text = Grant { nonce: request.get().nonce, delegation: unsigned.finish(&signature) }.to_text();
    told(output, "grant", &text, serde_json::json!({ "issuedAt": terms.issued_at, "expiresAt": terms.expires_at }))
}

fn present(output: &Output, arguments: &PresentArguments) -> Done {
    let text = line(&arguments.grant)?;
    let held = match (&arguments.request, &arguments.bundle) {
        (Some(request), Some(bundle)) => {
            let root = pinned_root(bundle)?;
            let trusted = TrustBundle::open(&read(bundle)?, &root)?;
            let received = DelegatedCredential::receive(&text, asked(request)?.get(), trusted.get())?;
            let layer = |index| if index == 0 { Layer::Credential } else { Layer::Delegation };
            received.check_here().map_err(|index| Reason::BadSignature { layer: layer(index) })?.into_inner()
        }
        _ => DelegatedCredential::read(&text)?,
    };
    let key = secret_key(&arguments.key)?;
    if key.public() != held.terms().delegate {
        return Err(Reason::CredentialForeignKey.into());
    }
    let showing = Showing {
        disclose: arguments.disclose.clone(),
        audience: arguments.aud.clone(),
        nonce: arguments.nonce.as_ref().map(|nonce| nonce.0.clone()),
        group: None,
    };
    let (unsigned, binding) = held.present(&showing, arguments.at.unwrap_or_else(now))?;
    let signature = key.sign(&unsigned.message());
    let text = to_text(&unsigned.finish(&signature));
    told(output, "presentation", &text, serde_json::json!({ "issuedAt": binding.issued_at, "expiresAt": binding.expires_at }))
}

/// A request whose signature is good.
fn asked(path: &Path) -> Result<Verified<DelegationRequest>, Failure> {
    let request = DelegationRequest::from_text(&line(path)?)?;
    Ok(request.check_here().map_err(|_| Reason::BadSignature { layer: Layer::DelegationRequest })?)
}

fn line(path: &Path) -> Result<String, Failure> {
    Ok(read_text(path)?.trim_matches(['\r', '\n']).to_owned())
}

fn told(output: &Output, name: &str, text: &str, mut facts: serde_json::Value) -> Done {
    if output.json() {
        facts[name] = text.into();
        output.value(&facts)?;
    } else {
        output.line(text)?;
    }
    Ok(true)
}
