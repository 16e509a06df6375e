//! What the engines call their analysers of languages.

/// The analyser of a language: what it is called where.
#[derive(Debug, PartialEq, Eq)]
pub struct Analyser {
    /// BCP 47 primary language, or `other`; what fields of texts end in.
    pub code: &'static str,
    /// ISO 639-3.
    pub iso: &'static str,
    /// The analyser of Lucene's analysis-common, which Elasticsearch and OpenSearch have without plugins.
    pub lucene: &'static str,
    /// The algorithm of Snowball.
    pub snowball: Option<&'static str>,
    /// Whether it is written without blanks between words.
    pub unspaced: bool,
}

const fn row(
    code: &'static str,
    iso: &'static str,
    lucene: &'static str,
    snowball: Option<&'static str>,
    unspaced: bool,
) -> Analyser {
    Analyser { code, iso, lucene, snowball, unspaced }
}

/// The analysers, by code; the last is for all other languages.
pub static ANALYSERS: [Analyser; 46] = [
    row("ar", "ara", "arabic", Some("arabic"), false),
    row("bg", "bul", "bulgarian", None, false),
    row("bn", "ben", "bengali", None, false),
    row("ca", "cat", "catalan", Some("catalan"), false),
    row("ckb", "ckb", "sorani", None, false),
    row("cs", "ces", "czech", None, false),
    row("da", "dan", "danish", Some("danish"), false),
    row("de", "deu", "german", Some("german"), false),
    row("el", "ell", "greek", Some("greek"), false),
    row("en", "eng", "english", Some("english"), false),
    row("es", "spa", "spanish", Some("spanish"), false),
    row("et", "est", "estonian", None, false),
    row("eu", "eus", "basque", Some("basque"), false),
    row("fa", "fas", "persian", None, false),
    row("fi", "fin", "finnish", Some("finnish"), false),
    row("fr", "fra", "french", Some("french"), false),
    row("ga", "gle", "irish", Some("irish"), false),
    row("gl", "glg", "galician", None, false),
    row("he", "heb", "standard", None, false),
    row("hi", "hin", "hindi", Some("hindi"), false),
    row("hu", "hun", "hungarian", Some("hungarian"), false),
    row("hy", "hye", "armenian", Some("armenian"), false),
    row("id", "ind", "indonesian", Some("indonesian"), false),
    row("it", "ita", "italian", Some("italian"), false),
    row("ja", "jpn", "cjk", None, true),
    row("km", "khm", "recensio_pairs", None, true),
    row("ko", "kor", "cjk", None, false),
    row("lo", "lao", "recensio_pairs", None, true),
    row("lt", "lit", "lithuanian", Some("lithuanian"), false),
    row("lv", "lav", "latvian", None, false),
    row("my", "mya", "recensio_pairs", None, true),
    row("nl", "nld", "dutch", Some("dutch"), false),
    row("no", "nob", "norwegian", Some("norwegian"), false),
    row("pl", "pol", "standard", None, false),
    row("pt", "por", "portuguese", Some("portuguese"), false),
    row("ro", "ron", "romanian", Some("romanian"), false),
    row("ru", "rus", "russian", Some("russian"), false),
    row("sr", "srp", "standard", Some("serbian"), false),
    row("sv", "swe", "swedish", Some("swedish"), false),
    row("ta", "tam", "standard", Some("tamil"), false),
    row("th", "tha", "thai", None, true),
    row("tr", "tur", "turkish", Some("turkish"), false),
    row("uk", "ukr", "standard", None, false),
    row("vi", "vie", "standard", None, false),
    row("zh", "zho", "cjk", None, true),
    row("other", "und", "standard", None, false),
];

impl Analyser {
    /// That of a BCP 47 tag.
    pub fn of(tag: &str) -> &'static Self {
        let language = match tag.split('-').next().unwrap_or_default() {
            "nb" | "nn" => "no",
            "yue" | "wuu" => "zh",
            language => language,
        };
        let [known @ .., other] = &ANALYSERS;
        known.iter().find(|analyser| analyser.code == language).unwrap_or(other)
    }
}
