//! `recensio convert`: a corpus in a form that other tools read.

use std::process::ExitCode;

use super::args::{Convert, Form};
use super::{Failure, log};
use crate::error::Error;
use crate::write::convert::{Layout, convert as written};

/// Writes the corpus in another form.
pub(super) fn convert(args: &Convert) -> Result<ExitCode, Failure> {
    if args.passages && !matches!(args.to, Form::Langchain) {
        return Err(Error::Usage(
            "--passages goes with --to langchain; other forms hold the passages anyway".to_owned(),
        )
        .into());
    }
    let layout = match args.to {
        Form::Parquet => Layout::Parquet,
        Form::Arrow => Layout::Arrow,
        Form::Datatrove => Layout::Datatrove,
        Form::Dolma => Layout::Dolma,
        Form::Huggingface => Layout::HuggingFace,
        Form::Langchain => Layout::LangChain { passages: args.passages },
        Form::Csv => Layout::Csv,
        Form::Tsv => Layout::Tsv,
    };
    let files = written(&args.corpus, layout, &args.into)?;
    if !args.quiet {
        for file in files {
            log::plain(&format!("wrote {}", log::safe(&file.display().to_string())));
        }
    }
    Ok(ExitCode::SUCCESS)
}
