//! Apache Solr: documents as JSON, and a processor that holds versions against each other, so that what is older never takes the place of what is newer.

use serde_json::{Value, json};

use super::{Feed, Format, Shape, Stamped, date_lists, entity_lists, fields, pretty, script};
use crate::feed::analyser::{ANALYSERS, Analyser};
use crate::feed::unit::{Interval, written};

pub(super) struct Solr;

impl Format for Solr {
    fn settings(&self, feed: &Feed) -> Vec<(&'static str, String)> {
        let types: Vec<Value> = ANALYSERS
            .iter()
            .map(|analyser| {
                json!({ "name": format!("recensio_{}", analyser.code), "class": "solr.TextField", "positionIncrementGap": "100",
                    "analyzer": chain(analyser) })
            })
            .chain([json!({ "name": "recensio_dates", "class": "solr.DateRangeField" })])
            .collect();
        let field = |name: &str, kind: &str, is_list: bool| json!({ "name": name, "type": kind, "multiValued": is_list, "indexed": true, "stored": true });
        let mut all: Vec<Value> = ["document", "passage", "kind", "url", "path", "language", "content_hash"]
            .iter()
            .map(|name| field(name, "string", false))
            .collect();
        all.extend(["entity_names", "entity_types", "entity_ids"].iter().map(|name| field(name, "string", true)));
        all.extend(["years", "months"].iter().map(|name| field(name, "pint", true)));
        all.extend([field("date", "recensio_dates", false), field("dates", "recensio_dates", true)]);
        all.extend([field("leftovers", "pint", false)]);
        all.push(json!({ "name": "generation", "type": "plong", "indexed": true, "stored": true, "docValues": true }));
        for analyser in &ANALYSERS {
            for name in ["title", "text"] {
                all.push(field(&format!("{name}_{}", analyser.code), &format!("recensio_{}", analyser.code), false));
            }
        }
        let schema = json!({ "add-field-type": types, "add-field": all });
        let processor = json!({ "add-updateprocessor": { "name": "recensio_versions", "class": "solr.DocBasedVersionConstraintsProcessorFactory",
            "versionField": "generation", "deleteVersionParam": "del_version", "ignoreOldUpdates": true } });
        let load = script(
            "# Makes the collection where it is not there and sends the feed. URL is the server, CURL_OPTIONS what curl needs besides.\n\
             # What was deleted stays as a document of id and generation only: ask with fq=language:*.",
            &format!(
                "url=${{URL:-http://localhost:8983}}/solr\n\
                 json='Content-Type: application/json'\n\
                 if ! curl -sf -o /dev/null ${{CURL_OPTIONS:-}} \"$url/{0}/schema/fields/generation\"; then\n\
                 \x20   curl -sS --fail-with-body ${{CURL_OPTIONS:-}} \"$url/admin/collections?action=CREATE&name={0}&numShards=1&collection.configName=_default\"\n\
                 \x20   curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -X POST \"$url/{0}/schema\" -H \"$json\" --data-binary @schema.json\n\
                 \x20   curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -X POST \"$url/{0}/config\" -H \"$json\" --data-binary @processor.json\n\
                 fi\n\
                 for file in upserts-*.json; do\n\
                 \x20   [ -e \"$file\" ] || continue\n\
                 \x20   curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -X POST \"$url/{0}/update?processor=recensio_versions\" -H \"$json\" --data-binary \"@$file\"\n\
                 done\n\
                 for file in deletes-*.jsonl; do\n\
                 \x20   [ -e \"$file\" ] || continue\n\
                 \x20   while IFS= read -r line; do\n\
                 \x20       printf %s \"$line\" | curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -X POST \\\n\
                 \x20           \"$url/{0}/update?processor=recensio_versions&del_version={1}\" -H \"$json\" --data-binary @-\n\
                 \x20   done <\"$file\"\n\
                 done\n\
                 curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -X POST \"$url/{0}/update?commit=true\" -H \"$json\" --data-binary '{{}}'\n",
                feed.name, feed.generation
            ),
        );
        vec![("schema.json", pretty(&schema)), ("processor.json", pretty(&processor)), ("load.sh", load)]
    }

    fn upserts(&self) -> Shape {
        Shape::ARRAY
    }

    fn deletes(&self) -> Shape {
        Shape::LINES
    }

    fn upsert(&self, record: &Stamped<'_>, _: &Feed) -> String {
        let mut out = fields(record);
        entity_lists(record.unit, &mut out);
        date_lists(record.unit, &mut out);
        let dates: Vec<String> = record.unit.dates.iter().map(range).collect();
        out.insert("dates".to_owned(), json!(dates));
        Value::Object(out).to_string()
    }

    fn batch(&self) -> usize {
        1000
    }

    fn delete(&self, ids: &[String], _: &Feed) -> String {
        json!({ "delete": ids }).to_string()
    }
}

/// Days as `[2021-09-01 TO 2021-09-30]`, minutes as `[2021-09-01T17:30:00Z TO 2021-09-01T17:59:59Z]`: both ends are part of it.
fn range(date: &Interval) -> String {
    if date.is_days() {
        return format!("[{} TO {}]", date.from.date(), date.last_day());
    }
    let stamp = |at: jiff::civil::DateTime| {
        let text = written(at);
        if text.contains('T') { text } else { format!("{text}T00:00") }
    };
    let end = date.to.checked_sub(jiff::Span::new().minutes(1)).unwrap_or(date.to);
    format!("[{}:00Z TO {}:59Z]", stamp(date.from), stamp(end))
}

fn chain(analyser: &Analyser) -> Value {
    let standard = json!({ "class": "solr.StandardTokenizerFactory" });
    let lower = json!({ "class": "solr.LowerCaseFilterFactory" });
    match (analyser.code, analyser.snowball) {
        ("zh" | "ja" | "ko", _) => {
            json!({ "tokenizer": standard, "filters": [{ "class": "solr.CJKWidthFilterFactory" }, lower,
            { "class": "solr.CJKBigramFilterFactory" }] })
        }
        ("th", _) => json!({ "tokenizer": { "class": "solr.ThaiTokenizerFactory" }, "filters": [lower] }),
        ("km" | "lo" | "my", _) => {
            json!({ "tokenizer": { "class": "solr.NGramTokenizerFactory", "minGramSize": "2", "maxGramSize": "2" }, "filters": [lower] })
        }
        ("fa", _) => {
            json!({ "tokenizer": standard, "filters": [lower, { "class": "solr.ArabicNormalizationFilterFactory" },
            { "class": "solr.PersianNormalizationFilterFactory" }] })
        }
        ("ar", _) => {
            json!({ "tokenizer": standard, "filters": [lower, { "class": "solr.ArabicNormalizationFilterFactory" },
            { "class": "solr.ArabicStemFilterFactory" }] })
        }
        ("el", _) => json!({ "tokenizer": standard, "filters": [{ "class": "solr.GreekLowerCaseFilterFactory" },
            { "class": "solr.GreekStemFilterFactory" }] }),
        ("hi", _) => {
            json!({ "tokenizer": standard, "filters": [lower, { "class": "solr.IndicNormalizationFilterFactory" },
            { "class": "solr.HindiNormalizationFilterFactory" }, { "class": "solr.HindiStemFilterFactory" }] })
        }
        ("id", _) => {
            json!({ "tokenizer": standard, "filters": [lower, { "class": "solr.IndonesianStemFilterFactory" }] })
        }
        ("tr", _) => {
            json!({ "tokenizer": standard, "filters": [{ "class": "solr.TurkishLowerCaseFilterFactory" }, snowball("turkish")] })
        }
        ("bg", _) => {
            json!({ "tokenizer": standard, "filters": [lower, { "class": "solr.BulgarianStemFilterFactory" }] })
        }
        ("cs", _) => json!({ "tokenizer": standard, "filters": [lower, { "class": "solr.CzechStemFilterFactory" }] }),
        ("gl", _) => {
            json!({ "tokenizer": standard, "filters": [lower, { "class": "solr.GalicianStemFilterFactory" }] })
        }
        ("lv", _) => json!({ "tokenizer": standard, "filters": [lower, { "class": "solr.LatvianStemFilterFactory" }] }),
        (_, Some(algorithm)) => json!({ "tokenizer": standard, "filters": [lower, snowball(algorithm)] }),
        _ => json!({ "tokenizer": standard, "filters": [lower] }),
    }
}

/// The stemmer is named as the class of it is.
fn snowball(algorithm: &str) -> Value {
    let mut letters = algorithm.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    let name: String = first.into_iter().chain(letters).collect();
    json!({ "class": "solr.SnowballPorterFilterFactory", "language": name })
}

#[cfg(test)]
mod tests {
    use super::{Interval, range};

    #[test]
    fn ends_are_part_of_a_range() {
        let written = |from, to| range(&Interval::parse(from, to).unwrap());
        assert_eq!(written("2021-09-01", "2021-10-01"), "[2021-09-01 TO 2021-09-30]");
        assert_eq!(written("2021-09-01T17:30", "2021-09-01T24:00"), "[2021-09-01T17:30:00Z TO 2021-09-01T23:59:59Z]");
    }
}
