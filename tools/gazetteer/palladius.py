"""Chinese place names in Russian by the Palladius system, from pinyin without tones; a name counts only where its syllables number its characters."""

INITIALS = {
    "": "", "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л", "g": "г", "k": "к", "h": "х",
    "zh": "чж", "ch": "ч", "sh": "ш", "r": "ж", "z": "цз", "c": "ц", "s": "с", "j": "цз", "q": "ц", "x": "с",
}
FINALS = {
    "a": "а", "ai": "ай", "an": "ань", "ang": "ан", "ao": "ао", "e": "э", "ei": "эй", "en": "энь", "eng": "эн", "o": "о", "ong": "ун", "ou": "оу",
    "u": "у", "ua": "уа", "uai": "уай", "uan": "уань", "uang": "уан", "ui": "уй", "un": "унь", "uo": "о", "i": "и", "ia": "я", "ian": "янь",
    "iang": "ян", "iao": "яо", "ie": "е", "in": "инь", "ing": "ин", "iong": "юн", "iu": "ю",
}
PALATAL = {"u": "юй", "uan": "юань", "ue": "юэ", "un": "юнь"}
WHOLE = {
    "yi": "и", "ya": "я", "yan": "янь", "yang": "ян", "yao": "яо", "ye": "е", "yin": "инь", "ying": "ин", "yong": "юн", "you": "ю",
    "yu": "юй", "yuan": "юань", "yue": "юэ", "yun": "юнь", "wu": "у", "wa": "ва", "wai": "вай", "wan": "вань", "wang": "ван", "wei": "вэй",
    "wen": "вэнь", "weng": "вэн", "wo": "во", "er": "эр", "a": "а", "ai": "ай", "an": "ань", "ang": "ан", "ao": "ао", "e": "э", "en": "энь", "ou": "оу",
    "hui": "хуэй", "lü": "люй", "nü": "нюй", "lüe": "люэ",
}


def _syllables():
    out = dict(WHOLE)
    for initial, head in INITIALS.items():
        if not initial:
            continue
        for final, tail in FINALS.items():
            if initial in ("j", "q", "x"):
                if final[0] == "i":
                    out[initial + final] = head + tail
                continue
            if initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
                if final == "i":
                    out[initial + final] = head + "и" if initial in ("zh", "ch", "sh", "r") else head + "ы"
                    continue
                if final[0] == "i":
                    continue
            if initial in "gkhf" and final[0] == "i":
                continue
            if initial in "bpmf" and final == "uo":
                continue
            out.setdefault(initial + final, head + tail)
        if initial in ("j", "q", "x"):
            for final, tail in PALATAL.items():
                out[initial + final] = head + tail
    return out


SYLLABLES = _syllables()


def _split(text):
    """All ways to read `text` as syllables."""
    if not text:
        return [[]]
    out = []
    for size in range(min(6, len(text)), 0, -1):
        head = text[:size]
        if head in SYLLABLES:
            out += [[head, *rest] for rest in _split(text[size:])]
    return out


def russian(pinyin, characters):
    """The Russian form of `pinyin`, or None where it does not read as `characters` syllables in one way."""
    parts = pinyin.lower().replace("’", "'").split("'")
    ways = [[]]
    for part in parts:
        ways = [left + right for left in ways for right in _split(part)]
    ways = [way for way in ways if len(way) == characters]
    if not ways:
        return None
    # Without an apostrophe a syllable inside a word begins with a consonant.
    way = min(ways, key=lambda way: sum(syllable[0] in "aeo" for syllable in way[1:]))
    out = ""
    for syllable in way:
        out += SYLLABLES[syllable]
    # нь before another consonant stays; before a vowel it is written нъ.
    result = ""
    for index, char in enumerate(out):
        if char == "ь" and index + 1 < len(out) and out[index + 1] in "аеиоуэюя":
            result += "ъ"
        else:
            result += char
    return result[0].upper() + result[1:]


if __name__ == "__main__":
    for name, count, want in [
        ("Shijiazhuang", 3, "Шицзячжуан"), ("Shenzhen", 2, "Шэньчжэнь"), ("Xi'an", 2, "Сиань"), ("Chengdu", 2, "Чэнду"), ("Zhengzhou", 2, "Чжэнчжоу"),
        ("Hefei", 2, "Хэфэй"), ("Jinan", 2, "Цзинань"), ("Suzhou", 2, "Сучжоу"), ("Foshan", 2, "Фошань"), ("Guangzhou", 2, "Гуанчжоу"),
    ]:
        got = russian(name, count)
        print(name, got, "" if got == want else f"expected {want}")
