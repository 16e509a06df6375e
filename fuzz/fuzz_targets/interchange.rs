//! See `ask` of `recensio::batch::Probe`.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use recensio::batch::Probe;

static PROBE: LazyLock<Probe> = LazyLock::new(|| Probe::new().expect("the rules load"));

fuzz_target!(|bytes: &[u8]| PROBE.ask("interchange", bytes));
