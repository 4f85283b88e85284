mod answers;
mod load;
