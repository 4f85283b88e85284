//! Arguments of the commands over trust data.

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// Trust data for a gate without a network
#[derive(Debug, Subcommand)]
pub(crate) enum ParcelCommand {
    /// Put a bundle, status lists and deltas into one file; prints it, unless --out names a file
    Make {
        /// The trust bundle
        #[arg(long)]
        bundle: Option<PathBuf>,
        /// A status list or a delta
        #[arg(long)]
        status: Vec<PathBuf>,
        /// The file to write
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Say what is in it; nothing is verified
    Show {
        /// The file
        file: PathBuf,
    },
    /// Draw it as a sequence of QR codes
    Qr {
        /// The file
        file: PathBuf,
        /// The folder for pictures of all codes and a page that plays and prints them
        #[arg(long, conflicts_with = "terminal", required_unless_present = "terminal")]
        out: Option<PathBuf>,
        /// Play the codes here, again and again
        #[arg(long)]
        terminal: bool,
        /// Bytes of the parcel in a code
        #[arg(long, default_value_t = 800, value_parser = clap::value_parser!(u16).range(50..=2500))]
        part_bytes: u16,
        /// Codes a second
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=30))]
        fps: u16,
        /// Rounds to play in the terminal (by default until it is stopped)
        #[arg(long, requires = "terminal")]
        rounds: Option<u32>,
    },
    /// Put the texts of its codes together again, a line each from standard input
    Join {
        /// The file to write
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum StatusCommand {
    /// Write what changed from one status list to a newer one, signed by the authority's key
    Delta {
        /// The authority's folder
        #[arg(long)]
        authority: PathBuf,
        /// The older list
        #[arg(long)]
        from: PathBuf,
        /// The newer list
        #[arg(long)]
        to: PathBuf,
        /// The file to write
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TrustCommand {
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
pub(crate) enum ForeignFormat {
    /// EU Digital COVID Certificates
    Eu,
    /// SMART Health Cards
    Smart,
    /// NZ COVID Passes
    Nz,
}
