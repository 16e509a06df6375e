"""Names of a row: languages with forms, cleaned, normalised and written as `lang:form|form;lang:form`."""

import re
import unicodedata

import russian
import ukrainian

# Languages of the world's press and of the neighbours of the first users; a place has its own languages besides.
CORE = "ru en zh uk de fr es pt it nl pl ja ko ar tr fa hi el sv et".split()
# Languages of countries, in which their own cities are also named.
NATIVE = {
    "CZ": "cs", "SK": "sk", "HU": "hu", "RO": "ro", "MD": "ro", "BG": "bg", "RS": "sr", "HR": "hr", "SI": "sl", "MK": "mk", "BA": "bs", "AL": "sq", "LT": "lt",
    "LV": "lv", "FI": "fi", "DK": "da", "NO": "nb", "IS": "is", "VN": "vi", "TH": "th", "ID": "id", "MY": "ms", "IL": "he", "GE": "ka", "AM": "hy", "AZ": "az",
    "KZ": "kk", "UZ": "uz", "KG": "ky", "TJ": "tg", "MN": "mn", "BY": "be", "BD": "bn", "PK": "ur", "LK": "si", "NP": "ne", "MM": "my", "KH": "km", "ET": "am",
}
FULL = sorted(set(CORE) | set("cs sk hu ro bg sr hr sl lt lv fi da nb he vi th id ms ka hy az kk uz be bn ur ca".split()))
SCRIPTS = {
    "ru": r"[А-Яа-яЁё’'\-—–. ]+", "uk": r"[А-ЩЬЮЯҐЄІЇа-щьюяґєії’'ʼ\-—–. ]+", "bg": r"[А-Яа-я\-—– ]+", "be": r"[А-Яа-яЁёІіЎў’'\-—– ]+", "zh": r"[\u3400-\u9fff·（）()\-—－]+",
    "ja": r"[\u3040-\u30ff\u3400-\u9fff・＝=ー\- ]+", "ko": r"[\uac00-\ud7a3 \-]+", "ar": r"[\u0600-\u06ff \-]+", "fa": r"[\u0600-\u06ff\u200c \-]+", "ur": r"[\u0600-\u06ff ]+",
    "he": r"[\u0590-\u05ff \-'׳״]+", "el": r"[\u0370-\u03ff\u1f00-\u1fff \-]+", "hi": r"[\u0900-\u097f \-]+", "th": r"[\u0e00-\u0e7f ]+", "kk": r"[\u0400-\u04ff \-]+",
    "bn": r"[\u0980-\u09ff \-\u200c\u200d]+", "ka": r"[\u10a0-\u10ff \-]+", "hy": r"[\u0530-\u058f \-]+",
}
LATIN = r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff’'‘ʻ.,&\- ]+"


def clean(name, language):
    """`name` normalised, or an empty string where it cannot be a name in `language`."""
    name = unicodedata.normalize("NFC", name.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200e", "").replace("\u200f", "")).strip(" .")
    name = re.sub(r"\s+", " ", name)
    if any(c in name for c in ";|\t:") or any(unicodedata.category(c) in ("Cc", "Cf") and c not in "\u200c\u200d" for c in name):
        return ""
    pattern = SCRIPTS.get(language)
    if pattern is None and language not in ("sr", "mn", "ky", "tg", "mk", "si", "ne", "my", "km", "am"):
        pattern = LATIN
    if pattern and not re.fullmatch(pattern, name):
        return ""
    return name


def inflect(form, language, body=False):
    """The case forms of `form`, first as given; one form where the language is not inflected here."""
    if language == "ru":
        forms = russian.decline(form, body)
        if any("ё" in f or "Ё" in f for f in forms):
            forms += [f.replace("ё", "е").replace("Ё", "Е") for f in forms]
        return forms
    if language == "uk":
        return ukrainian.decline(form)
    return [form]


class Names:
    """Names by language in order: the first of a language is canonical."""

    def __init__(self):
        self.by_language = {}

    def add(self, language, name, check=True, body=False):
        """Adds a name with its case forms; says whether it could be used."""
        name = clean(name, language) if check else unicodedata.normalize("NFC", name)
        if not name:
            return False
        forms = self.by_language.setdefault(language, [])
        for form in inflect(name, language, body):
            if form not in forms:
                forms.append(form)
        return True

    def written(self, skip=()):
        """The cell; forms in `skip` (pairs of language and form) are left out unless canonical."""
        parts = []
        order = {language: index for index, language in enumerate(CORE)}
        for language in sorted(self.by_language, key=lambda l: (order.get(l, 99), l)):
            forms = [f for index, f in enumerate(self.by_language[language]) if index == 0 or (language, f) not in skip]
            if forms:
                parts.append(f"{language}:{'|'.join(forms)}")
        return ";".join(parts)
