mod challenge;
mod freshness;
mod parcel;
mod poster;
mod setup;
mod verifier;
mod walking;
