//! How much memory a run may take, and how much the machine has.

use std::fs;

/// What to go by where the machine does not say how much memory it has.
const UNKNOWN: u64 = 4 << 30;
/// No run does with less.
const LEAST: u64 = 16 << 20;

/// How much memory a run may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Memory {
    /// So many bytes.
    Bytes(u64),
    /// Such a part of what the machine has.
    Part(f64),
}

impl Memory {
    /// Reads `256M`, `4G`, `1.5GiB`, `800000K`, `25%`; a number alone is bytes. K, M and G are powers of 1024.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(percent) = text.strip_suffix('%') {
            let part = percent.trim().parse::<f64>().ok()? / 100.0;
            return (part > 0.0 && part <= 1.0).then_some(Self::Part(part));
        }
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, unit) = text.split_at_checked(end)?;
        let unit = unit.trim().to_ascii_lowercase();
        let shift = match unit.trim_end_matches('b').trim_end_matches('i') {
            "" if unit.is_empty() || unit == "b" => 0,
            "k" => 10,
            "m" => 20,
            "g" => 30,
            "t" => 40,
            _ => return None,
        };
        let bytes = number.parse::<f64>().ok()? * (1u64 << shift) as f64;
        (bytes >= LEAST as f64 && bytes < u64::MAX as f64).then_some(Self::Bytes(bytes as u64))
    }
}

/// That in bytes.
pub(super) fn bytes(memory: Memory) -> usize {
    let bytes = match memory {
        Memory::Bytes(bytes) => bytes,
        Memory::Part(part) => ((machine() as f64 * part) as u64).max(LEAST),
    };
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// The memory of the machine, or of the container that the program runs in (Linux: cgroup v2 and v1).
fn machine() -> u64 {
    let number = |path: &str| fs::read_to_string(path).ok()?.trim().parse::<u64>().ok();
    let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
    let limit = limits.iter().find_map(|path| number(path)).unwrap_or(u64::MAX);
    let total = fs::read_to_string("/proc/meminfo").ok().and_then(|info| {
        let line = info.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
        line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()
    });
    limit.min(total.map_or(UNKNOWN, |kilobytes| kilobytes * 1024))
}

#[cfg(test)]
mod tests {
    use super::{LEAST, Memory, bytes};

    #[test]
    fn sizes_are_read() {
        for (text, expected) in [
            ("256M", Some(Memory::Bytes(256 << 20))),
            ("4G", Some(Memory::Bytes(4 << 30))),
            ("1.5GiB", Some(Memory::Bytes(3 << 29))),
            ("64 mb", Some(Memory::Bytes(64 << 20))),
            ("268435456", Some(Memory::Bytes(256 << 20))),
            ("25%", Some(Memory::Part(0.25))),
            ("100 %", Some(Memory::Part(1.0))),
            ("0%", None),
            ("101%", None),
            ("1M", None),
            ("4X", None),
            ("", None),
            ("G", None),
            ("-4G", None),
            ("4ib", None),
            ("inf", None),
        ] {
            assert_eq!(Memory::parse(text), expected, "{text}");
        }
        assert!(bytes(Memory::Part(0.25)) as u64 >= LEAST);
    }
}
