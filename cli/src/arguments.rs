mod data;
mod people;
mod values;

pub(super) use data::{ForeignFormat, ParcelCommand, StatusCommand, TrustCommand};
pub(super) use people::{AppealsCommand, PersonStatus, Verdict};
pub(super) use values::{Hex, claim_name, hex, time};
use values::{colour, group, index, place_kind, public_key, temperature};

use super::{
    delegate::DelegateCommand,
    paper::PaperCommand,
    venue::{VenueArguments, VisitArguments},
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::{net::IpAddr, path::PathBuf};
use tongma::{
    keys::PublicKey,
    policy::{DeciCelsius, PlaceKind},
    time::UnixTime,
    token::{ClaimName, Colour, GroupMark},
};

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
    /// Make an authority, or more room in it, and decide over persons
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
    /// Let another phone show a credential
    Delegate {
        #[command(subcommand)]
        command: DelegateCommand,
    },
    /// Draw a text as a QR code (SVG)
    Draw {
        /// The text, or - for standard input
        text: String,
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
    /// The log of a gate
    Log {
        #[command(subcommand)]
        command: LogCommand,
    },
    /// Paper codes, for people without a phone
    Paper {
        #[command(subcommand)]
        command: PaperCommand,
    },
    /// Trust data by file or QR codes, for a gate without a network
    Parcel {
        #[command(subcommand)]
        command: ParcelCommand,
    },
    /// The rules of places
    Policy {
        #[command(subcommand)]
        command: PolicyCommand,
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
    /// Status lists
    Status {
        #[command(subcommand)]
        command: StatusCommand,
    },
    /// Turn an index red until it is restored
    Suspend(Change),
    /// Trust the keys of foreign issuers
    Trust {
        #[command(subcommand)]
        command: TrustCommand,
    },
    /// Issue a venue code; prints its text for a poster
    Venue(VenueArguments),
    /// Verify texts; prints a verdict a line
    Verify(Verify),
    /// Read a venue code as a holder: what the place's rules say of the own credential
    Visit(VisitArguments),
}

#[derive(Debug, Subcommand)]
pub(super) enum AuthorityCommand {
    /// Look through appeals and decide them
    Appeals {
        /// The authority's folder
        dir: PathBuf,
        #[command(subcommand)]
        command: AppealsCommand,
    },
    /// Make root key, issuer, bundle and status list in a folder
    Init {
        /// The folder
        dir: PathBuf,
        /// How many status lists of 2^20 entries to begin with; more come when they are needed
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1024))]
        lists: u32,
    },
    /// Set how many people one wallet can have passes of, in the bundle from now on
    People {
        /// The authority's folder
        dir: PathBuf,
        /// So many at most
        #[arg(value_parser = clap::value_parser!(u8).range(1..=200))]
        most: u8,
    },
    /// Set what the health authority knows of a person; what was set before goes
    Status(PersonStatus),
}

#[derive(Debug, Subcommand)]
pub(super) enum PolicyCommand {
    /// Put sets of rules into the authority's bundle, in place of older versions of them
    Add {
        /// The authority's folder
        #[arg(long)]
        authority: PathBuf,
        /// The sets, as JSON
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Say which rule decides over a person at a place, and what it sees
    Explain(Explain),
    /// Show the sets in the bundle, each as its JSON
    List {
        /// The authority's folder
        #[arg(long)]
        authority: PathBuf,
    },
    /// Take a set out of the bundle
    Remove {
        /// The authority's folder
        #[arg(long)]
        authority: PathBuf,
        /// Its name
        name: String,
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
pub(super) enum LogCommand {
    /// Look for any change, gap or cut in exported logs (JSON or CSV)
    Verify {
        /// The gate's public key, as an earlier export names it: without it another gate's whole log can't be told from this one's
        #[arg(long, value_parser = public_key)]
        key: Option<PublicKey>,
        /// The files, or - for standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Suite {
    /// Pictures with the text in them: a list as JSON lines (`file`, `payload`, `group`; pictures in `frames/` beside it), or a
    /// folder of pictures with .txt beside them
    Scan,
    /// Business rules of EU countries, a line a rule with its tests (a file)
    Certlogic,
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
    /// Status index of the credential, as `issue` says it; or list and index in it, as `inspect` says them: 3/77
    #[arg(value_parser = index)]
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
    #[arg(long, default_value = tongma::labels::ANY_AUDIENCE)]
    pub(super) aud: String,
    /// The challenge that the gate shows, in hexadecimal
    #[arg(long, value_parser = hex)]
    pub(super) nonce: Option<Hex>,
    /// The people who walk together with this one: ID/POSITION/OF[/NEXT], with 16 hexadecimal digits, a position from 1, their number, and
    /// the masked name of the next one
    #[arg(long, value_parser = group)]
    pub(super) group: Option<GroupMark>,
    /// The time: Unix seconds or RFC 3339 (by default now)
    #[arg(long, value_parser = time)]
    pub(super) at: Option<UnixTime>,
}

#[derive(Args, Debug)]
pub(super) struct Verify {
    /// The trust bundle, or a parcel with it
    #[arg(long)]
    pub(super) bundle: PathBuf,
    /// A status list; or what changed in one that was named before
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
    /// The texts are of people who walk together: a last line answers for all of them
    #[arg(long)]
    pub(super) group: bool,
    #[command(flatten)]
    pub(super) place: AtPlace,
    /// The texts; - or none reads them from standard input, one a line
    pub(super) texts: Vec<String>,
}

/// Where it is checked; without a place green passes, yellow is restricted and red is stopped.
#[derive(Args, Debug)]
pub(super) struct AtPlace {
    /// Kind of the place, such as mall, school, medical-institution
    #[arg(long = "place", value_name = "KIND", value_parser = place_kind, requires = "region")]
    pub(super) kind: Option<PlaceKind>,
    /// Region of the place, GB/T 2260, such as 330106
    #[arg(long, value_name = "CODE", requires = "kind")]
    pub(super) region: Option<u32>,
    /// Set of rules: a name or a file (by default that of the region)
    #[arg(long, value_name = "NAME|FILE", requires = "kind")]
    pub(super) rules: Option<String>,
    /// Body temperature measured, in °C
    #[arg(long, value_parser = temperature, requires = "kind")]
    pub(super) temperature: Option<DeciCelsius>,
    /// The area has a low risk level
    #[arg(long, requires = "kind")]
    pub(super) low_risk: bool,
    /// The place asks for a negative test not older than so many hours
    #[arg(long, value_name = "HOURS", requires = "kind")]
    pub(super) test_within: Option<u32>,
}

#[derive(Args, Debug)]
pub(super) struct Explain {
    #[command(flatten)]
    pub(super) place: AtPlace,
    /// The trust bundle, or a parcel with it, whose rules hold (by default those that come with the program)
    #[arg(long, value_name = "FILE")]
    pub(super) bundle: Option<PathBuf>,
    /// A status list; or what changed in one that was named before
    #[arg(long, value_name = "FILE", requires = "bundle")]
    pub(super) status: Vec<PathBuf>,
    /// deployment.json with the root key to pin (by default the one beside the bundle)
    #[arg(long, value_name = "FILE", requires = "bundle")]
    pub(super) root: Option<PathBuf>,
    /// The text of a code, which says the rest of the person; verified first
    #[arg(long, value_name = "TEXT", requires = "bundle", conflicts_with_all = ["colour", "from", "test_hours", "monitoring", "proof"])]
    pub(super) code: Option<String>,
    /// Colour of the code: green, yellow or red (by default there is no code)
    #[arg(long, value_parser = colour)]
    pub(super) colour: Option<Colour>,
    /// Region of the code; 0 for the national one (by default that of the place)
    #[arg(long, value_name = "CODE", requires = "colour")]
    pub(super) from: Option<u32>,
    /// Hours since a negative test
    #[arg(long, value_name = "HOURS")]
    pub(super) test_hours: Option<u32>,
    /// The person is under daily health monitoring
    #[arg(long)]
    pub(super) monitoring: bool,
    /// Another proof than a code, such as paper-code
    #[arg(long)]
    pub(super) proof: Option<String>,
    /// The time: Unix seconds or RFC 3339 (by default now)
    #[arg(long, value_parser = time)]
    pub(super) at: Option<UnixTime>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_hexadecimal() {
        assert_eq!(time("1800000000"), Ok(UnixTime(1_800_000_000)));
        assert_eq!(time("2027-01-15T16:00:00+08:00"), Ok(UnixTime(1_800_000_000)));
        assert!(time("tomorrow").is_err());
        assert_eq!((index("77"), index("1/77"), index("0/77")), (Ok(77), Ok(1_048_653), Ok(77)));
        assert!(index("1/1048576").is_err() && index("5000/0").is_err() && index("/").is_err());
        assert_eq!(hex("00fF").map(|hex| hex.0), Ok(vec![0, 255]));
        assert!(hex("0").is_err() && hex("zz").is_err() && hex("+1").is_err());
    }
}
