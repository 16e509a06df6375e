//! Which checks are done.

use std::collections::BTreeSet;

use strsim::jaro_winkler;

use crate::rules::checks::{self, CHECKS};

/// From here on a name may have been meant.
const ALIKE: f64 = 0.75;

/// The checks of a run.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Choice {
    on: BTreeSet<&'static str>,
}

impl Choice {
    /// The checks that are on by default, with those of `enable` and without those of `disable`, which has the last word. A name may be a rule, the
    /// family before the dot, or `all`. `with_safe` adds all that can be mended without a person's judgement.
    pub(in crate::cli) fn new(enable: &[String], disable: &[String], with_safe: bool) -> Result<Self, String> {
        let chosen = CHECKS.iter().filter(|check| check.on || with_safe && check.safe);
        let mut on: BTreeSet<&'static str> = chosen.map(|check| check.rule).collect();
        for name in enable {
            on.extend(named(name)?);
        }
        for name in disable {
            for rule in named(name)? {
                on.remove(rule);
            }
        }
        Ok(Self { on })
    }

    /// Whether findings of this rule are wanted.
    pub(in crate::cli) fn wants(&self, rule: &str) -> bool {
        self.on.contains(rule)
    }

    /// Whether a check is wanted that is off by default.
    pub(in crate::cli) fn wants_optional(&self) -> bool {
        self.on.iter().any(|rule| checks::get(rule).is_some_and(|check| !check.on))
    }
}

/// The rules that a name stands for.
pub(super) fn named(name: &str) -> Result<Vec<&'static str>, String> {
    let family = |rule: &str| rule.split_once('.').is_some_and(|(family, _)| family == name);
    let rules: Vec<_> = CHECKS.iter().map(|check| check.rule).collect();
    let rules: Vec<_> =
        rules.into_iter().filter(|rule| *rule == name || family(rule) || matches!(name, "all" | "*")).collect();
    if rules.is_empty() { Err(unknown(name)) } else { Ok(rules) }
}

/// What is said of a name that no rule has.
fn unknown(name: &str) -> String {
    let near = CHECKS.iter().map(|check| (jaro_winkler(name, check.rule), check.rule));
    let near = near.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness >= ALIKE);
    let meant = near.map(|(_, rule)| format!("did you mean \"{rule}\"? ")).unwrap_or_default();
    format!("there is no rule \"{name}\"; {meant}`recensio rules` lists them")
}

#[cfg(test)]
mod tests {
    use super::Choice;

    fn choice(enable: &[&str], disable: &[&str]) -> Result<Choice, String> {
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        Choice::new(&own(enable), &own(disable), false)
    }

    #[test]
    fn rules_are_named_one_by_one_by_family_or_all() {
        let some = choice(&["space.doubled"], &["quotes.mixed", "leftover"]).unwrap();
        assert!(some.wants("space.doubled") && some.wants("word.doubled") && some.wants_optional());
        assert!(!some.wants("quotes.mixed") && !some.wants("leftover.script") && !some.wants("leftover.words"));
        assert!(!choice(&[], &[]).unwrap().wants_optional());
        assert!(!choice(&[], &["all"]).unwrap().wants("word.doubled"));
    }

    #[test]
    fn what_was_meant_is_said() {
        let error = choice(&[], &["quotes-mixed"]).unwrap_err();
        assert_eq!(
            error,
            "there is no rule \"quotes-mixed\"; did you mean \"quotes.mixed\"? `recensio rules` lists them"
        );
        assert_eq!(choice(&["x"], &[]).unwrap_err(), "there is no rule \"x\"; `recensio rules` lists them");
    }
}
