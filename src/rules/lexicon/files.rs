//! The model files that the program comes with, and the languages each speaks for.

use crate::text::script::Script;

/// Tags of languages (the first is the file's), the script, the file.
pub(super) type File = (&'static [&'static str], Script, &'static [u8]);

macro_rules! file {
    ($script:ident, $name:literal $(, $more:literal)*) => {
        (&[$name $(, $more)*], Script::$script, include_bytes!(concat!("../data/lang/", $name, ".bin")))
    };
}

/// All files. Croatian, Bosnian and Serbian in Latin letters share one, as their lists do.
pub(super) const FILES: &[File] = &[
    file!(Latin, "af"),
    file!(Latin, "az"),
    file!(Latin, "ca"),
    file!(Latin, "cs"),
    file!(Latin, "cy"),
    file!(Latin, "da"),
    file!(Latin, "de"),
    file!(Latin, "en"),
    file!(Latin, "eo"),
    file!(Latin, "es"),
    file!(Latin, "et"),
    file!(Latin, "eu"),
    file!(Latin, "fi"),
    file!(Latin, "fr"),
    file!(Latin, "ga"),
    file!(Latin, "hu"),
    file!(Latin, "id"),
    file!(Latin, "is"),
    file!(Latin, "it"),
    file!(Latin, "la"),
    file!(Latin, "lt"),
    file!(Latin, "lv"),
    file!(Latin, "ms"),
    file!(Latin, "nb"),
    file!(Latin, "nl"),
    file!(Latin, "nn"),
    file!(Latin, "pl"),
    file!(Latin, "pt"),
    file!(Latin, "ro"),
    file!(Latin, "sh", "hr", "bs", "sr-Latn"),
    file!(Latin, "sk"),
    file!(Latin, "sl"),
    file!(Latin, "so"),
    file!(Latin, "sq"),
    file!(Latin, "sv"),
    file!(Latin, "sw"),
    file!(Latin, "tl"),
    file!(Latin, "tr"),
    file!(Latin, "uz"),
    file!(Latin, "vi"),
    file!(Latin, "xh"),
    file!(Latin, "yo"),
    file!(Latin, "zu"),
    file!(Cyrillic, "be"),
    file!(Cyrillic, "bg"),
    file!(Cyrillic, "kk"),
    file!(Cyrillic, "ky"),
    file!(Cyrillic, "mk"),
    file!(Cyrillic, "mn"),
    file!(Cyrillic, "ru"),
    file!(Cyrillic, "sr"),
    file!(Cyrillic, "tg"),
    file!(Cyrillic, "uk"),
    file!(Arabic, "ar"),
    file!(Arabic, "fa"),
    file!(Arabic, "ur"),
    file!(Devanagari, "hi"),
    file!(Devanagari, "mr"),
];
