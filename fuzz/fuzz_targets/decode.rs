//! Any bytes decode, and mojibake repair keeps its places in order.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use recensio::read::Probe;

static PROBE: LazyLock<Probe> = LazyLock::new(|| Probe::new().expect("the rules load"));

fuzz_target!(|bytes: &[u8]| PROBE.decode(bytes));
