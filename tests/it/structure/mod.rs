mod floors;
mod texts;
