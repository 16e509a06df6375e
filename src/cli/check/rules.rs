//! `recensio rules`: the checks and their pages.

use std::process::ExitCode;

use super::choice::named;
use crate::cli::args::{Format, Rules};
use crate::cli::{Failure, log, print};
use crate::error::Error;
use crate::rules::PAGES;
use crate::rules::checks::CHECKS;

/// Lists the checks, or prints the page of a rule.
pub(in crate::cli) fn rules(args: &Rules) -> Result<ExitCode, Failure> {
    if let Some(name) = &args.rule {
        let Some((_, page)) = PAGES.iter().find(|(rule, _)| rule == name) else {
            let what =
                named(name).map_or_else(|what| what, |rules| format!("these are of that name: {}", rules.join(", ")));
            return Err(Failure::Error(Error::Usage(what)));
        };
        let safe: Vec<String> = page.lines().map(log::safe).collect();
        print(&format!("{}\n", safe.join("\n")))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = String::new();
    for check in CHECKS {
        let page = PAGES.iter().find(|(rule, _)| *rule == check.rule).map_or("", |(_, page)| *page);
        let about = page.split("\n\n").nth(1).unwrap_or_default();
        let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
        let (state, fix) = (if check.on { "on" } else { "off" }, if check.safe { "--fix" } else { "" });
        let (rule, severity) = (check.rule, check.severity.name());
        match args.format {
            Format::Text => {
                let first = about.split_inclusive(['.', ':']).next().unwrap_or_default().trim_end_matches([':', '.']);
                out.push_str(&format!("{rule:26} {severity:8} {state:4} {fix:6} {first}\n"));
            }
            Format::Json => {
                let (on, safe) = (check.on, check.safe);
                let row = serde_json::json!({
                    "rule": rule, "severity": severity, "on": on, "fix": safe, "page": format!("docs/rules/{rule}.md"), "about": about
                });
                out.push_str(&format!("{row}\n"));
            }
        }
    }
    print(&out)?;
    Ok(ExitCode::SUCCESS)
}
