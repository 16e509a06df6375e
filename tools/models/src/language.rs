//! The languages that get a model: what it is made from.

/// Where the words and n-grams of a language come from.
pub struct Language {
    /// BCP 47; also the file's name.
    pub tag: &'static str,
    /// Languages of one script are compared with each other.
    pub script: &'static str,
    /// The list of wordfreq, where there is one.
    pub list: Option<&'static str>,
    /// The model of lingua, where the list is missing.
    pub grams: Option<&'static [u8]>,
    /// Whether there is a list of our own, `own/TAG.tsv`.
    pub own: bool,
    /// Whether there are counts of words beside it, `own/TAG-counts.tsv`.
    pub counted: bool,
    /// The word list of Tesseract, which has no frequencies.
    pub plain: Option<&'static str>,
    /// The same as words that are known beyond those of the list.
    pub more: Option<&'static str>,
    /// A language whose words stand in that list too.
    pub beside: Option<&'static str>,
    /// Letters to change in every word, from and to.
    pub spelt: &'static [(&'static str, &'static str)],
}

const fn of(tag: &'static str, script: &'static str, list: &'static str) -> Language {
    Language { tag, script, list: Some(list), grams: None, own: false, counted: false, plain: None, more: None, beside: None, spelt: &[] }
}

/// The same, where the list is short and Tesseract's is longer.
const fn short(tag: &'static str, script: &'static str, list: &'static str, more: &'static str) -> Language {
    Language { more: Some(more), ..of(tag, script, list) }
}

macro_rules! lingua {
    ($tag:literal, $script:literal, $krate:ident, $name:ident, $more:expr) => {
        Language {
            tag: $tag,
            script: $script,
            list: None,
            grams: Some($krate::$name.get_file("ngrams.fst").expect("model").contents()),
            own: false,
            counted: false,
            plain: None,
            more: $more,
            beside: None,
            spelt: &[],
        }
    };
}

pub fn all() -> Vec<Language> {
    let mut languages = vec![
        of("ca", "Latn", "large_ca"),
        of("cs", "Latn", "large_cs"),
        short("da", "Latn", "small_da", "tesseract_dan"),
        of("de", "Latn", "large_de"),
        of("en", "Latn", "large_en"),
        of("es", "Latn", "large_es"),
        of("fi", "Latn", "large_fi"),
        of("fr", "Latn", "large_fr"),
        short("hu", "Latn", "small_hu", "tesseract_hun"),
        short("id", "Latn", "small_id", "tesseract_ind"),
        short("is", "Latn", "small_is", "tesseract_isl"),
        of("it", "Latn", "large_it"),
        short("lt", "Latn", "small_lt", "tesseract_lit"),
        short("lv", "Latn", "small_lv", "tesseract_lav"),
        short("ms", "Latn", "small_ms", "tesseract_msa"),
        of("nb", "Latn", "large_nb"),
        of("nl", "Latn", "large_nl"),
        of("pl", "Latn", "large_pl"),
        of("pt", "Latn", "large_pt"),
        short("ro", "Latn", "small_ro", "tesseract_ron"),
        short("sh", "Latn", "small_sh", "tesseract_hrv"),
        short("sk", "Latn", "small_sk", "tesseract_slk"),
        short("sl", "Latn", "small_sl", "tesseract_slv"),
        of("sv", "Latn", "large_sv"),
        short("tl", "Latn", "small_fil", "tesseract_fil"),
        short("tr", "Latn", "small_tr", "tesseract_tur"),
        short("vi", "Latn", "small_vi", "tesseract_vie"),
        short("bg", "Cyrl", "small_bg", "tesseract_bul"),
        of("mk", "Cyrl", "large_mk"),
        of("ru", "Cyrl", "large_ru"),
        of("uk", "Cyrl", "large_uk"),
        of("ar", "Arab", "large_ar"),
        short("fa", "Arab", "small_fa", "tesseract_fas"),
        short("ur", "Arab", "small_ur", "tesseract_urd"),
        short("hi", "Deva", "small_hi", "tesseract_hin"),
        Language { tag: "mr", script: "Deva", list: None, grams: None, own: true, counted: true, plain: Some("tesseract_mar"), more: None, beside: Some("hi"), spelt: &[] },
        Language { tag: "uz", script: "Latn", list: None, grams: None, own: true, counted: false, plain: None, more: None, beside: None, spelt: &[] },
        Language { tag: "ky", script: "Cyrl", list: None, grams: None, own: true, counted: false, plain: None, more: None, beside: None, spelt: &[] },
        Language { tag: "tg", script: "Cyrl", list: None, grams: None, own: true, counted: false, plain: None, more: None, beside: None, spelt: &[] },
        Language { tag: "sr", script: "Cyrl", list: Some("small_sh"), grams: None, own: false, counted: false, plain: None, more: Some("tesseract_srp"), beside: None, spelt: SERBIAN },
    ];
    languages.extend([
        lingua!("af", "Latn", lingua_afrikaans_language_model, AFRIKAANS_MODELS_DIRECTORY, Some("tesseract_afr")),
        lingua!("sq", "Latn", lingua_albanian_language_model, ALBANIAN_MODELS_DIRECTORY, Some("tesseract_sqi")),
        lingua!("az", "Latn", lingua_azerbaijani_language_model, AZERBAIJANI_MODELS_DIRECTORY, Some("tesseract_aze")),
        lingua!("eu", "Latn", lingua_basque_language_model, BASQUE_MODELS_DIRECTORY, Some("tesseract_eus")),
        lingua!("eo", "Latn", lingua_esperanto_language_model, ESPERANTO_MODELS_DIRECTORY, Some("tesseract_epo")),
        lingua!("et", "Latn", lingua_estonian_language_model, ESTONIAN_MODELS_DIRECTORY, Some("tesseract_est")),
        lingua!("ga", "Latn", lingua_irish_language_model, IRISH_MODELS_DIRECTORY, Some("tesseract_gle")),
        lingua!("la", "Latn", lingua_latin_language_model, LATIN_MODELS_DIRECTORY, Some("tesseract_lat")),
        lingua!("nn", "Latn", lingua_nynorsk_language_model, NYNORSK_MODELS_DIRECTORY, None),
        lingua!("so", "Latn", lingua_somali_language_model, SOMALI_MODELS_DIRECTORY, None),
        lingua!("sw", "Latn", lingua_swahili_language_model, SWAHILI_MODELS_DIRECTORY, Some("tesseract_swa")),
        lingua!("cy", "Latn", lingua_welsh_language_model, WELSH_MODELS_DIRECTORY, Some("tesseract_cym")),
        lingua!("xh", "Latn", lingua_xhosa_language_model, XHOSA_MODELS_DIRECTORY, None),
        lingua!("yo", "Latn", lingua_yoruba_language_model, YORUBA_MODELS_DIRECTORY, None),
        lingua!("zu", "Latn", lingua_zulu_language_model, ZULU_MODELS_DIRECTORY, None),
        lingua!("be", "Cyrl", lingua_belarusian_language_model, BELARUSIAN_MODELS_DIRECTORY, Some("tesseract_bel")),
        lingua!("kk", "Cyrl", lingua_kazakh_language_model, KAZAKH_MODELS_DIRECTORY, Some("tesseract_kaz")),
        lingua!("mn", "Cyrl", lingua_mongolian_language_model, MONGOLIAN_MODELS_DIRECTORY, Some("tesseract_mon")),
    ]);
    languages
}

/// Serbian in Latin letters to Serbian in Cyrillic ones; pairs first.
const SERBIAN: &[(&str, &str)] = &[
    ("lj", "љ"), ("nj", "њ"), ("dž", "џ"), ("đ", "ђ"), ("ž", "ж"), ("č", "ч"), ("ć", "ћ"), ("š", "ш"), ("a", "а"), ("b", "б"), ("c", "ц"), ("d", "д"),
    ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"), ("j", "ј"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"),
    ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("z", "з"),
];
