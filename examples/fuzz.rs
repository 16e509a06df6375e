//! The targets of `fuzz/` where no nightly compiler is at hand: every seed, and then seeds changed at random for so many seconds. What is found is
//! printed and written to `fuzz/artifacts`.
//! Arguments: target or `all`, seconds of the processor for each, folders or files of seeds besides those in `tests/fuzz`.

#![allow(clippy::print_stderr, clippy::indexing_slicing, reason = "a tool")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use recensio::batch::Probe;

/// Pieces that are put in.
const TOKENS: [&[u8]; 36] = [
    b"<p>",
    b"</div>",
    b"<td>",
    b"&amp;",
    b"&#",
    b"<!--",
    b"-->",
    b"<script>",
    b"</",
    b"\xff\xfe",
    b"\xc3\xa9",
    b"\x1b$B",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"\r\n\r\n",
    b"WARC/1.0\r\n",
    b"Content-Length: 5\r\n",
    b"\0\0\0\0",
    b"\xd0\xa0\xc2\xa0",
    b"charset=koi8-r",
    b"\x1e",
    b"\"text\": ",
    b"\\ud83d",
    b"```",
    b"\n\n- ",
    b"\xe2\x80\xae",
    b"\xcc\x81",
    b"\xef\xbb\xbf",
    b"\xf0\x9f\x87\xa6",
    b"5-7",
    b"2021",
    " мая ".as_bytes(),
    "法律".as_bytes(),
    " Министр ".as_bytes(),
    b" Mr. A. ",
    b"\xe2\x80\x99",
];

/// So many bytes of a seed are taken at most.
const LONGEST: usize = 4000;

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let wanted = args.first().map_or("all", String::as_str);
    let seconds = args.get(1).and_then(|s| s.parse().ok()).unwrap_or(60);
    let probe = Probe::new()?;
    let mut found = 0;
    for target in Probe::TARGETS.into_iter().filter(|target| wanted == "all" || wanted == *target) {
        let mut seeds = Vec::new();
        gather(&Path::new("tests/fuzz").join(target), &mut seeds);
        for path in args.iter().skip(2) {
            gather(Path::new(path), &mut seeds);
        }
        let (runs, finding) = fuzz(&probe, target, seeds, Duration::from_secs(seconds));
        match finding {
            None => eprintln!("{target}: {runs} runs without a finding"),
            Some(bytes) => {
                let path = Path::new("fuzz/artifacts").join(target);
                fs::create_dir_all("fuzz/artifacts")?;
                fs::write(&path, bytes)?;
                eprintln!("{target}: a finding after {runs} runs, written to {}", path.display());
                found += 1;
            }
        }
    }
    Ok(ExitCode::from(u8::from(found > 0)))
}

/// The files at a path.
fn gather(path: &Path, seeds: &mut Vec<Vec<u8>>) {
    let mut inside: Vec<_> = fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    inside.sort();
    for path in &inside {
        gather(path, seeds);
    }
    seeds.extend(fs::read(path));
}

/// How many cases were tried, and the first that is a finding.
fn fuzz(probe: &Probe, target: &str, mut seeds: Vec<Vec<u8>>, time: Duration) -> (u64, Option<Vec<u8>>) {
    let fails = |bytes: &[u8]| catch_unwind(AssertUnwindSafe(|| probe.ask(target, bytes))).is_err();
    if let Some(seed) = seeds.iter().find(|seed| fails(seed)) {
        return (0, Some(seed.clone()));
    }
    seeds.push(Vec::new());
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let (end, mut runs) = (Probe::time() + time, 0u64);
    while Probe::time() < end {
        let seed = &seeds[random(seeds.len())];
        // Most formats say what they are at the beginning.
        let from = if random(2) == 0 { 0 } else { random(seed.len() + 1) };
        let mut bytes = seed.get(from..(from + LONGEST).min(seed.len())).unwrap_or_default().to_vec();
        for _ in 0..=random(12) {
            let at = random(bytes.len() + 1);
            match random(6) {
                0 => drop(bytes.splice(at..at, TOKENS[random(TOKENS.len())].iter().copied())),
                1 => bytes.insert(at, random(256) as u8),
                2 if at < bytes.len() => bytes[at] ^= 1 << random(8),
                3 => bytes.truncate(at.max(bytes.len() / 2)),
                4 => drop(bytes.drain(at..(at + random(40)).min(bytes.len()))),
                _ => {
                    let other = &seeds[random(seeds.len())];
                    let from = random(other.len() + 1);
                    let part = other.get(from..(from + random(300)).min(other.len())).unwrap_or_default().to_vec();
                    drop(bytes.splice(at..at, part));
                }
            }
        }
        runs += 1;
        if fails(&bytes) {
            return (runs, Some(bytes));
        }
    }
    (runs, None)
}
