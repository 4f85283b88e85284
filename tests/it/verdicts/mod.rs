mod foreign;
mod places;
mod vectors;
