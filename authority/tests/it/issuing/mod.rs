mod paper;
mod publishing;
mod requests;
