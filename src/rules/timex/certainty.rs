//! How often a value is right, as measured: by the rule that found the expression, how its value was arrived at, and how much the reading
//! rests on.

use std::collections::BTreeMap;

use crate::rules::RuleError;
use crate::rules::table::rows;

/// The shares of right values, from 0 to 1.
#[derive(Clone, Debug, Default)]
pub struct Certainties {
    by_rule: BTreeMap<String, Vec<(String, [f32; BANDS])>>,
}

/// The score of a reading, before anything was measured, falls into one of these bands; each ends below its bound.
const BOUNDS: [f32; 3] = [0.6, 0.75, 0.9];
/// How many bands there are.
const BANDS: usize = BOUNDS.len() + 1;
/// The row of all rules together.
const ANY: &str = "*";

impl Certainties {
    /// Reads the table: rule, how, and a share for each band, lowest first.
    pub fn read(file: &str, text: &str) -> Result<Self, RuleError> {
        let mut out = Self::default();
        for row in rows(file, text, 2 + BANDS)? {
            let mut shares = [0.0; BANDS];
            for (band, share) in shares.iter_mut().enumerate() {
                let cell = row.cell(2 + band);
                let value = cell.parse::<f32>().ok().filter(|share| (0.0..=1.0).contains(share));
                *share = value.ok_or_else(|| row.error(format!("{cell} is not a share from 0 to 1")))?;
            }
            out.by_rule.entry(row.cell(0).to_owned()).or_default().push((row.cell(1).to_owned(), shares));
        }
        Ok(out)
    }

    /// The share of right values among those that `rule` found and that were arrived at in the way `how`, with this score; the score
    /// itself where nothing was measured.
    pub fn of(&self, rule: &str, how: &str, score: f32) -> f32 {
        let band = BOUNDS.iter().take_while(|bound| score >= **bound).count();
        [rule, ANY]
            .into_iter()
            .filter_map(|rule| self.by_rule.get(rule)?.iter().find(|(other, _)| other == how))
            .find_map(|(_, shares)| shares.get(band))
            .copied()
            .unwrap_or(score)
    }
}

#[cfg(test)]
mod tests {
    use super::{ANY, Certainties};

    #[test]
    fn the_share_is_that_of_the_rule_the_way_and_the_band() {
        let table = "date.day\texplicit\t0.1\t0.2\t0.3\t0.9\n*\texplicit\t0.4\t0.5\t0.6\t0.7\n";
        let table = Certainties::read("certainty.tsv", table).unwrap();
        let is =
            |rule, how, score, share: f32| assert!((table.of(rule, how, score) - share).abs() < 1e-6, "{rule} {how}");
        is("date.day", "explicit", 0.97, 0.9);
        is("date.day", "explicit", 0.6, 0.2);
        is("date.month", "explicit", 0.5, 0.4);
        is("date.day", "anaphora", 0.5, 0.5);
        assert!(Certainties::read("certainty.tsv", "date.day\texplicit\t1.5\t0\t0\t0\n").is_err());
    }

    #[test]
    fn every_way_was_measured() {
        let table = Certainties::read("certainty.tsv", include_str!("../data/timex/certainty.tsv")).unwrap();
        for how in ["explicit", "anaphora", "document_date", "generic", "unresolved"] {
            assert!(table.by_rule.get(ANY).unwrap().iter().any(|(other, _)| other == how), "{how}");
        }
        assert!(table.of("date.day", "explicit", 0.97) > table.of("date.vague", "unresolved", 0.75));
    }
}
