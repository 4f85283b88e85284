mod challenges;
mod delegation;
mod paper;
mod requests;
mod venue;
