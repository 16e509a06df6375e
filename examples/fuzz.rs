//! A plain harness for the targets in `fuzz/` where no nightly compiler is at hand: changes seeds at random for so many seconds.
//! Arguments: target (decode, html, archive, warc), seconds, seed files.

#![allow(clippy::print_stderr, clippy::indexing_slicing, reason = "a tool")]

use std::time::{Duration, Instant};

use recensio::read::Probe;

/// Pieces that are put in.
const TOKENS: [&[u8]; 20] = [
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
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let probe = Probe::new()?;
    let args: Vec<String> = std::env::args().skip(1).collect();
    let target: fn(&Probe, &[u8]) = match args.first().map(String::as_str) {
        Some("html") => Probe::html,
        Some("archive") => Probe::archive,
        Some("warc") => |probe, bytes| probe.archive(&[b"WARC/1.0\r\n".as_slice(), bytes].concat()),
        _ => Probe::decode,
    };
    let seconds = args.get(1).and_then(|s| s.parse().ok()).unwrap_or(60);
    let mut seeds: Vec<Vec<u8>> = args.iter().skip(2).filter_map(|path| std::fs::read(path).ok()).collect();
    seeds.push(Vec::new());
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let (start, mut runs) = (Instant::now(), 0u64);
    while start.elapsed() < Duration::from_secs(seconds) {
        let seed = &seeds[random(seeds.len())];
        let from = random(seed.len() + 1);
        let mut bytes = seed.get(from..(from + random(4000)).min(seed.len())).unwrap_or_default().to_vec();
        for _ in 0..=random(12) {
            let at = random(bytes.len() + 1);
            match random(5) {
                0 => drop(bytes.splice(at..at, TOKENS[random(TOKENS.len())].iter().copied())),
                1 => bytes.insert(at, random(256) as u8),
                2 if at < bytes.len() => bytes[at] ^= 1 << random(8),
                3 => bytes.truncate(at.max(bytes.len() / 2)),
                _ => {
                    let other = &seeds[random(seeds.len())];
                    let from = random(other.len() + 1);
                    let part = other.get(from..(from + random(300)).min(other.len())).unwrap_or_default().to_vec();
                    drop(bytes.splice(at..at, part));
                }
            }
        }
        target(&probe, &bytes);
        runs += 1;
    }
    eprintln!("{runs} runs without a finding");
    Ok(())
}
