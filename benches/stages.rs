//! MB/s of each stage.

fn main() {
    divan::main();
}
