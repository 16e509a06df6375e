//! The command line; see [`recensio::cli`].

fn main() -> std::process::ExitCode {
    recensio::cli::main(std::env::args_os())
}
