//! Refuses malformed or contradictory rows of the gazetteer: `places.tsv` and `bodies.tsv` (`docs/gazetteer.md` tells how to add one).
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};

use recensio::rules::table::{self, Row};
use unicode_normalization::is_nfc;

const PLACES: &str = include_str!("../src/rules/data/entity/places.tsv");
const BODIES: &str = include_str!("../src/rules/data/entity/bodies.tsv");

/// The officially assigned codes of ISO 3166-1, and XK, which is user-assigned and in general use.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV \
    CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM \
    IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW \
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS \
    ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

type Forms<'t> = Vec<(&'t str, Vec<&'t str>)>;

/// Reads `lang:form|form;lang:form`; what is wrong with it goes to `wrong`.
fn forms<'t>(cell: &'t str, wrong: &mut Vec<String>) -> Forms<'t> {
    let mut out = Forms::new();
    for part in cell.split(';').filter(|part| !part.is_empty()) {
        let Some((language, list)) = part.split_once(':') else {
            wrong.push(format!("no language before `{part}`"));
            continue;
        };
        if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
            wrong.push(format!("`{language}` is no language code of ISO 639"));
        }
        if out.iter().any(|(other, _)| *other == language) {
            wrong.push(format!("`{language}` stands twice"));
        }
        let list: Vec<&str> = list.split('|').collect();
        let mut seen = BTreeSet::new();
        for form in &list {
            if form.trim() != *form || form.is_empty() {
                wrong.push(format!("`{language}` has an empty form or spaces around `{form}`"));
            }
            if form.contains("  ")
                || form.chars().any(|c| {
                    c.is_control()
                        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{a0}' | '\u{ad}')
                })
            {
                wrong.push(format!("`{form}` has control characters, invisible marks or double spaces"));
            }
            if !is_nfc(form) {
                wrong.push(format!("`{form}` is not in NFC"));
            }
            if !seen.insert(*form) {
                wrong.push(format!("`{form}` stands twice in `{language}`"));
            }
        }
        out.push((language, list));
    }
    out
}

/// Collects who owns which form, and reports forms that two rows of one kind own without a marker.
#[derive(Default)]
struct Owners<'t>(BTreeMap<(String, &'t str, &'t str), &'t str>);

impl<'t> Owners<'t> {
    fn claim(&mut self, kind: &str, id: &'t str, names: &Forms<'t>, ambiguous: &Forms<'t>, wrong: &mut Vec<String>) {
        for (language, list) in names {
            let marked: &[&str] = ambiguous.iter().find(|(other, _)| other == language).map_or(&[], |(_, list)| list);
            for form in list.iter().filter(|form| !marked.contains(form)) {
                if let Some(owner) = self.0.insert((kind.to_owned(), language, form), id) {
                    wrong.push(format!("`{language}:{form}` is a name of `{owner}` too; mark it in the column `ambiguous` of one of them"));
                }
            }
        }
        for (language, list) in ambiguous {
            let named: &[&str] = names.iter().find(|(other, _)| other == language).map_or(&[], |(_, list)| list);
            for form in list.iter().filter(|form| !named.contains(form)) {
                wrong.push(format!("`{language}:{form}` is marked ambiguous but is no name"));
            }
        }
    }
}

fn is_country(code: &str) -> bool {
    code.len() == 2 && COUNTRIES.split_whitespace().any(|known| known == code)
}

fn is_subdivision(code: &str) -> bool {
    code.split_once('-').is_some_and(|(country, rest)| {
        is_country(country)
            && (1..=3).contains(&rest.len())
            && rest.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    })
}

/// What is wrong with the id and code of a place.
fn place_code(id: &str, kind: &str, iso: &str) -> Option<String> {
    let good = match kind {
        "country" => is_country(id) && iso == id,
        "subdivision" => is_subdivision(id) && iso == id,
        "city" => {
            let geoname = id.split_once('/').is_some_and(|(country, number)| {
                is_country(country) && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
            });
            geoname && (is_country(iso) || is_subdivision(iso))
        }
        "region" => {
            let named =
                id.strip_prefix("x-").is_some_and(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
            let area = id
                .strip_prefix("m49-")
                .is_some_and(|number| number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()));
            (named || area) && iso.is_empty() || id == "EU" && iso == "EU"
        }
        _ => return Some(format!("`{kind}` is no kind of place")),
    };
    (!good).then(|| format!("`{id}` with code `{iso}` does not fit a {kind}"))
}

/// Runs `check` on every row and panics with all that is wrong.
fn all_good<'t>(
    file: &'static str,
    text: &'t str,
    columns: std::ops::RangeInclusive<usize>,
    mut check: impl FnMut(&Row<'t>, &mut Vec<String>),
) -> usize {
    let rows = table::rows(file, text, *columns.start()).expect("readable");
    let header: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
    assert!(header.iter().any(|line| line.contains("Source")), "{file}: the top lines name no source");
    let mut errors = Vec::new();
    for row in &rows {
        let mut wrong = Vec::new();
        if row.len() > *columns.end() {
            wrong.push(format!("{} columns, expected at most {}", row.len(), columns.end()));
        }
        check(row, &mut wrong);
        errors.extend(wrong.into_iter().map(|what| row.error(what).to_string()));
    }
    assert!(
        errors.is_empty(),
        "{} errors:\n{}",
        errors.len(),
        errors.iter().take(40).cloned().collect::<Vec<_>>().join("\n")
    );
    rows.len()
}

fn check_place<'t>(row: &Row<'t>, ids: &mut BTreeSet<&'t str>, owners: &mut Owners<'t>, wrong: &mut Vec<String>) {
    let (id, kind, iso) = (row.cell(0), row.cell(1), row.cell(2));
    wrong.extend(place_code(id, kind, iso));
    if !ids.insert(id) {
        wrong.push(format!("`{id}` stands twice"));
    }
    let names = forms(row.cell(3), wrong);
    if names.is_empty() {
        wrong.push(format!("`{id}` has no name"));
    }
    if matches!(kind, "country" | "subdivision" | "region")
        && ["ru", "en"].iter().any(|must| !names.iter().any(|(language, _)| language == must))
    {
        wrong.push(format!("`{id}` needs a Russian and an English name"));
    }
    let _ = forms(row.cell(4), wrong);
    let ambiguous = forms(row.cell(5), wrong);
    owners.claim(kind, id, &names, &ambiguous, wrong);
}

#[test]
fn places_are_well_formed() {
    let (mut ids, mut owners) = (BTreeSet::new(), Owners::default());
    let count =
        all_good("entity/places.tsv", PLACES, 4..=6, |row, wrong| check_place(row, &mut ids, &mut owners, wrong));
    assert!(count > 4_000, "{count} places");
    assert!(COUNTRIES.split_whitespace().all(|code| ids.contains(code)), "every country has a row");
    assert!(PLACES.len() <= 2_500_000, "{} bytes", PLACES.len());
}

#[test]
fn bodies_are_well_formed() {
    let (mut ids, mut owners) = (BTreeSet::new(), Owners::default());
    let count = all_good("entity/bodies.tsv", BODIES, 4..=6, |row, wrong| {
        let (id, kind, jurisdiction) = (row.cell(0), row.cell(1), row.cell(2));
        if !matches!(kind, "regulator" | "law" | "policy" | "organization") {
            wrong.push(format!("`{kind}` is no type of body"));
        }
        if !is_country(jurisdiction) && !matches!(jurisdiction, "EU" | "INT") {
            wrong.push(format!("`{jurisdiction}` is no jurisdiction"));
        }
        if !id.starts_with(&format!("{}-", jurisdiction.to_lowercase()))
            || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        {
            wrong.push(format!("`{id}` is no id of {jurisdiction}"));
        }
        if !ids.insert(id) {
            wrong.push(format!("`{id}` stands twice"));
        }
        let names = forms(row.cell(3), wrong);
        if names.is_empty() {
            wrong.push(format!("`{id}` has no name"));
        }
        for pair in row.list(4) {
            let good = pair.split_once('=').is_some_and(|(scheme, value)| {
                matches!(scheme, "wikidata" | "celex" | "eli" | "lei") && !value.is_empty()
            });
            if !good {
                wrong.push(format!("`{pair}` is no identifier"));
            }
        }
        let ambiguous = forms(row.cell(5), wrong);
        owners.claim("body", id, &names, &ambiguous, wrong);
    });
    assert!(count > 1_000, "{count} bodies");
}

/// What the checker says about two rows, to know that it refuses at all.
fn complaints(first: &'static str, second: &'static str) -> Vec<String> {
    let (mut ids, mut owners, mut wrong) = (BTreeSet::new(), Owners::default(), Vec::new());
    let rows = [table::rows("a.tsv", first, 4).unwrap(), table::rows("b.tsv", second, 4).unwrap()].concat();
    for row in &rows {
        check_place(row, &mut ids, &mut owners, &mut wrong);
    }
    wrong
}

#[test]
fn contradictory_rows_are_refused() {
    let told = |second, part: &str| {
        let wrong = complaints("FR\tcountry\tFR\tru:Франция;en:France\n", second);
        assert!(wrong.iter().any(|what| what.contains(part)), "{second:?} told {wrong:?}");
    };
    told("FR\tcountry\tFR\tru:Фр;en:Fr\n", "`FR` stands twice");
    told("DE\tcountry\tDE\tru:Германия;en:France\n", "is a name of `FR` too");
    told("QQ\tcountry\tQQ\tru:Кк;en:Qq\n", "does not fit a country");
    told("DE\tcountry\tDE\ten:Germany\n", "needs a Russian");
    told("DE\tplanet\tDE\tru:Г;en:Germany\n", "no kind of place");
    told("DE\tcountry\tDE\tru:Г;en:Germany;en:Alemania\n", "`en` stands twice");
    told("DE\tcountry\tDE\tru:Г;en:Ger\u{200b}many\n", "invisible marks");
    told("ES\tcountry\tES\tru:И;en:Espan\u{303}a\n", "not in NFC");
    told("DE\tcountry\tDE\tru:Г;en:Germany\t\ten:Prussia\n", "is no name");
}

#[test]
fn a_marked_form_may_be_shared() {
    assert!(
        complaints(
            "CG\tcountry\tCG\tru:Конго;en:Congo\t\tru:Конго;en:Congo\n",
            "CD\tcountry\tCD\tru:ДРК|Конго;en:DRC|Congo\t\tru:Конго;en:Congo\n"
        )
        .is_empty()
    );
}
