use crate::{time::UnixTime, token::ClaimName};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::{net::IpAddr, path::PathBuf};

/// Pass wallet and offline verifier: issue, present, verify, inspect.
#[derive(Debug, Parser)]
#[command(name = "tongma", version, propagate_version = true)]
pub(super) struct Arguments {
    /// Output for machines
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Language of sentences: zh-CN or en (by default that of the environment)
    #[arg(long, global = true)]
    pub(super) lang: Option<String>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an authority
    Authority {
        #[command(subcommand)]
        command: AuthorityCommand,
    },
    /// Compare with independent test data
    Conformance {
        /// The suite
        suite: Suite,
        /// Its file or folder
        path: PathBuf,
    },
    /// Take a text apart, layer by layer; nothing is verified
    Inspect {
        /// The text of a code
        text: String,
    },
    /// Issue a credential; prints its text
    Issue(Issue),
    /// Make a holder's key
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Present a credential; prints the text of a code
    Present(Present),
    /// Make a suspended index valid again
    Restore(Change),
    /// Revoke an index for good
    Revoke(Change),
    /// Read codes from pictures
    Scan {
        /// PNG, JPEG or WebP files
        #[arg(required = true)]
        images: Vec<PathBuf>,
    },
    /// Serve the authority and the pages
    Serve(Serve),
    /// Turn an index red until it is restored
    Suspend(Change),
    /// Trust the keys of foreign issuers
    Trust {
        #[command(subcommand)]
        command: TrustCommand,
    },
    /// Verify texts; prints a verdict a line
    Verify(Verify),
}

#[derive(Debug, Subcommand)]
pub(super) enum AuthorityCommand {
    /// Make root key, issuer, bundle and status list in a folder
    Init {
        /// The folder
        dir: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyCommand {
    /// Make a key (PKCS #8, PEM); never over another one
    New {
        /// The file
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum TrustCommand {
    /// Take keys from files into the bundle: certificates (PEM, DER) of EU issuers, JWK sets or a directory of SMART issuers, DID
    /// documents of NZ issuers. The keys that a SMART or NZ issuer had before go
    Import {
        /// The authority's folder
        #[arg(long)]
        authority: PathBuf,
        /// The format that the keys count for
        #[arg(long)]
        format: ForeignFormat,
        /// The issuer where a file does not say it: country of a certificate, address of a JWK set
        #[arg(long)]
        issuer: Option<String>,
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Show the keys in the bundle
    List {
        /// The authority's folder
        #[arg(long)]
        authority: PathBuf,
    },
    /// Take keys out of the bundle
    Remove {
        /// The authority's folder
        #[arg(long)]
        authority: PathBuf,
        /// Their format
        #[arg(long)]
        format: ForeignFormat,
        /// Their issuer
        #[arg(long)]
        issuer: String,
        /// Only the key with this identifier, as `trust list` shows it
        #[arg(long)]
        kid: Option<String>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ForeignFormat {
    /// EU Digital COVID Certificates
    Eu,
    /// SMART Health Cards
    Smart,
    /// NZ COVID Passes
    Nz,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Suite {
    /// Passes of the EU test data (a file)
    Dgc,
    /// NZ COVID Passes (a file)
    Nzcp,
    /// Signed examples of draft-ietf-spice-sd-cwt (a folder)
    SdCwt,
    /// SMART Health Cards (a file)
    Shc,
    /// Examples of draft-ietf-oauth-status-list (a folder)
    StatusList,
    /// ECDSA P-256 SHA-256, r ‖ s (a file)
    Wycheproof,
}

#[derive(Args, Debug)]
pub(super) struct Issue {
    /// The authority's folder
    #[arg(long)]
    pub(super) authority: PathBuf,
    /// What to say of the holder, as JSON
    #[arg(long)]
    pub(super) claims: PathBuf,
    /// The key to bind the credential to
    #[arg(long)]
    pub(super) holder_key: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct Change {
    /// The authority's folder
    #[arg(long)]
    pub(super) authority: PathBuf,
    /// Status index of the credential
    pub(super) idx: u32,
}

#[derive(Args, Debug)]
pub(super) struct Present {
    /// File with the credential's text, or - for standard input
    #[arg(long)]
    pub(super) credential: PathBuf,
    /// The key that it is bound to
    #[arg(long)]
    pub(super) holder_key: PathBuf,
    /// A redacted claim to disclose: name, document, test, vaccination
    #[arg(long, value_parser = claim_name)]
    pub(super) disclose: Vec<ClaimName>,
    /// For whom (by default every gate)
    #[arg(long, default_value = crate::labels::ANY_AUDIENCE)]
    pub(super) aud: String,
    /// The challenge that the gate shows, in hexadecimal
    #[arg(long, value_parser = hex)]
    pub(super) nonce: Option<Hex>,
    /// The time: Unix seconds or RFC 3339 (by default now)
    #[arg(long, value_parser = time)]
    pub(super) at: Option<UnixTime>,
}

#[derive(Args, Debug)]
pub(super) struct Verify {
    /// The trust bundle
    #[arg(long)]
    pub(super) bundle: PathBuf,
    /// A status list
    #[arg(long)]
    pub(super) status: Vec<PathBuf>,
    /// deployment.json with the root key to pin (by default the one beside the bundle)
    #[arg(long)]
    pub(super) root: Option<PathBuf>,
    /// The time: Unix seconds or RFC 3339 (by default now)
    #[arg(long, value_parser = time)]
    pub(super) at: Option<UnixTime>,
    /// This gate's own audience
    #[arg(long)]
    pub(super) aud: Option<String>,
    /// The challenge that this gate showed, in hexadecimal
    #[arg(long, value_parser = hex)]
    pub(super) nonce: Option<Hex>,
    /// The texts; - or none reads them from standard input, one a line
    pub(super) texts: Vec<String>,
}

#[derive(Args, Debug)]
pub(super) struct Serve {
    /// Port
    #[arg(long, default_value_t = 8787)]
    pub(super) port: u16,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub(super) host: IpAddr,
    /// The authority's folder; made when it is not there
    #[arg(long, default_value = "data")]
    pub(super) data: PathBuf,
    /// The built pages
    #[arg(long, default_value = "dist/www")]
    pub(super) pages: PathBuf,
}

/// Bytes given in hexadecimal.
#[derive(Clone, Debug)]
pub(super) struct Hex(pub(super) Vec<u8>);

fn hex(text: &str) -> Result<Hex, String> {
    let bytes = text
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2 && !pair.starts_with('+'))?, 16).ok());
    bytes.collect::<Option<Vec<_>>>().map(Hex).ok_or_else(|| "not hexadecimal".to_owned())
}

fn time(text: &str) -> Result<UnixTime, String> {
    if let Ok(seconds) = text.parse() {
        return Ok(UnixTime(seconds));
    }
    let parsed: Result<jiff::Timestamp, _> = text.parse();
    parsed.map(|time| UnixTime(time.as_second())).map_err(|_| "neither Unix seconds nor RFC 3339 (2026-11-21T08:00:00+08:00)".to_owned())
}

fn claim_name(text: &str) -> Result<ClaimName, String> {
    let found = ClaimName::ALL.into_iter().find(|name| name.name() == text);
    found.ok_or_else(|| format!("one of {}", ClaimName::ALL.map(ClaimName::name).join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_hexadecimal() {
        assert_eq!(time("1800000000"), Ok(UnixTime(1_800_000_000)));
        assert_eq!(time("2027-01-15T16:00:00+08:00"), Ok(UnixTime(1_800_000_000)));
        assert!(time("tomorrow").is_err());
        assert_eq!(hex("00fF").map(|hex| hex.0), Ok(vec![0, 255]));
        assert!(hex("0").is_err() && hex("zz").is_err() && hex("+1").is_err());
    }
}
