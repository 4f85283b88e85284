//! Lines in, answers out, in the same order, over all cores: for gate hardware that keeps one process open.

use super::output::Failure;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read},
    sync::{Arc, Mutex, PoisonError, mpsc::sync_channel},
    thread,
};

/// Longest line that is kept, in bytes: no code is half as long. What is longer is cut, and refused as any cut code is.
const MAX_LINE: usize = 8 << 10;
/// Lines in flight for each core. Where nobody takes the answers, reading stops after these: the sender has to wait.
const IN_FLIGHT: usize = 64;

/// Reads each line of `input` with `begin`, one after the other, judges it on all cores, and gives the answers to `out` in the
/// lines' order, each as soon as those before it are there.
///
/// # Errors
/// What can't be read, or what `out` says.
pub(super) fn run<B: Send + 'static, T: Send + 'static>(
    input: impl Read + Send + 'static,
    mut begin: impl FnMut(&str) -> B + Send + 'static,
    judge: impl Fn(B) -> T + Send + Sync + 'static,
    mut out: impl FnMut(T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (line_out, line_in) = sync_channel::<(u64, B)>(cores * IN_FLIGHT);
    let (answer_out, answer_in) = sync_channel::<(u64, Result<T, Failure>)>(cores * IN_FLIGHT);
    let (line_in, judge) = (Arc::new(Mutex::new(line_in)), Arc::new(judge));
    // Not scoped: where nobody reads the answers any more, the process may end although its input is still open.
    for _ in 0..cores {
        let (line_in, judge, answer_out) = (line_in.clone(), judge.clone(), answer_out.clone());
        thread::spawn(move || {
            loop {
                let next = line_in.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((number, begun)) = next else { return };
                if answer_out.send((number, Ok(judge(begun)))).is_err() {
                    return;
                }
            }
        });
    }
    thread::spawn(move || {
        let mut input = BufReader::new(input);
        for number in 0.. {
            match line(&mut input) {
                Ok(None) => return,
                Ok(Some(line)) => {
                    if line_out.send((number, begin(&line))).is_err() {
                        return;
                    }
                }
                Err(error) => {
                    // The last word: whoever it reaches, nothing follows.
                    let _ = answer_out.send((number, Err(Failure::Text(format!("standard input: {error}")))));
                    return;
                }
            }
        }
    });
    let mut next = 0;
    let mut early = BTreeMap::new();
    for (number, answer) in answer_in {
        early.insert(number, answer);
        while let Some(answer) = early.remove(&next) {
            out(answer?)?;
            next += 1;
        }
    }
    Ok(())
}

/// The next line without its end; none at the end of the input. What is no UTF-8 is no code either, and gets its answer.
fn line(input: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.by_ref().take(MAX_LINE as u64).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() == MAX_LINE {
        input.skip_until(b'\n')?;
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: Vec<u8>, judge: impl Fn(&str) -> String + Send + Sync + 'static) -> Vec<String> {
        let mut answers = Vec::new();
        let done = run(
            std::io::Cursor::new(input),
            str::to_owned,
            move |line: String| judge(&line),
            |answer| {
                answers.push(answer);
                Ok(())
            },
        );
        assert!(done.is_ok());
        answers
    }

    #[test]
    fn answers_come_in_the_order_of_the_lines() {
        let input: String = (0..2000).map(|number| format!("{number}\n")).collect();
        let slow_at_first = |line: &str| {
            if line.ends_with('0') {
                thread::sleep(std::time::Duration::from_micros(300));
            }
            line.to_owned()
        };
        let expected: Vec<_> = (0..2000).map(|number| number.to_string()).collect();
        assert_eq!(all(input.into_bytes(), slow_at_first), expected);
    }

    #[test]
    fn odd_lines_are_lines() {
        let long = "x".repeat(3 * MAX_LINE);
        let input = [b"\r\n\n", &b"\xff\xfe\n"[..], long.as_bytes(), b"\nlast"].concat();
        let lengths = all(input, |line| line.len().to_string());
        assert_eq!(lengths, ["1", "0", "6", &MAX_LINE.to_string(), "4"]);
    }

    #[test]
    fn where_nobody_listens_any_more_reading_ends() {
        struct Endless;
        impl Read for Endless {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                buffer.fill(b'\n');
                Ok(buffer.len())
            }
        }
        let mut taken = 0;
        let done = run(
            Endless,
            |_| (),
            |()| (),
            |()| {
                taken += 1;
                if taken == 100 { Err(Failure::Text("closed".into())) } else { Ok(()) }
            },
        );
        assert!(done.is_err());
    }
}
