"""Ukrainian case forms of names by ending: nominative, genitive, dative, accusative, instrumental, locative; what does not decline comes back as one form."""

VOWELS = "аеєиіїоуюя"
FEMININE_SOFT = {"сибір", "русь", "білорусь", "казань", "рязань", "перм", "твер", "тюмень", "астрахань", "керч", "сичуань", "юньнань", "хенань", "хунань", "область", "познань", "лодзь", "волинь", "умань"}
HEADS = {"республіка", "область", "острови", "острів", "край", "союз", "королівство", "держава", "федерація", "округ", "район", "провінція", "князівство", "штати", "емірати", "територія", "співдружність"}
PLURAL = {"нідерланди": "нідерландів", "філіппіни": "філіппін", "штати": "штатів", "емірати": "еміратів", "острови": "островів", "мальдіви": "мальдів", "сейшели": "сейшел", "афіни": "афін",
          "суми": "сум", "черкаси": "черкас", "чернівці": "чернівців", "бровари": "броварів", "багами": "багам", "канни": "канн", "салоніки": "салонік", "гаваї": "гаваїв"}
# е and о that turn into і in the closed syllable: the stem of the other cases.
STEMS = {"київ": "києв", "львів": "львов", "харків": "харков", "чернігів": "чернігов", "миколаїв": "миколаєв", "бердичів": "бердичев", "канів": "канев", "ростів": "ростов",
         "крим": "крим", "тернопіль": "тернопол", "краматорськ": "краматорськ", "ніжин": "ніжин", "батурин": "батурин", "очаків": "очаков", "гайсин": "гайсин", "краків": "краков", "псков": "псков",
         "мінськ": "мінськ", "захід": "заход", "схід": "сход", "острів": "остров"}


def _like(form, like):
    return "".join(c.upper() if i < len(like) and like[i].isupper() else c for i, c in enumerate(form))


def _adjective(word, gender):
    low = word.lower()
    stem = low[:-1] if low[-1] in "аеі" and low[-2:] not in ("ій", "ий") else low[:-2]
    if low.endswith(("ий", "ій")):
        stem = low[:-2]
    soft = low.endswith(("ій", "я", "є"))
    if soft:
        return [low]
    if gender == "m":
        forms = [stem + "ий", stem + "ого", stem + "ому", stem + "ий", stem + "им", stem + "ому"]
    elif gender == "f":
        forms = [stem + "а", stem + "ої", stem + "ій", stem + "у", stem + "ою", stem + "ій"]
    elif gender == "n":
        forms = [stem + "е", stem + "ого", stem + "ому", stem + "е", stem + "им", stem + "ому"]
    else:
        forms = [stem + "і", stem + "их", stem + "им", stem + "і", stem + "ими", stem + "их"]
    return forms


def _is_adjective(word):
    low = word.lower()
    return len(low) > 4 and low.endswith(("ський", "цький", "ний", "вий", "лий", "рий", "ська", "цька", "зька", "зький", "на", "ва", "ська", "ське", "цьке", "нове", "ські", "цькі", "зькі", "ні", "ві", "лика", "ликий"))


def _noun(word):
    low = word.lower()
    if len(low) < 3:
        return "x", [low]
    if low in PLURAL:
        stem = low[:-1]
        if stem[-1] in VOWELS or low.endswith("ці"):
            soft = stem + ("" if low.endswith("ці") else "")
            return "p", [low, PLURAL[low], soft + "ям", low, soft + "ями", soft + "ях"]
        return "p", [low, PLURAL[low], stem + "ам", low, stem + "ами", stem + "ах"]
    if low in FEMININE_SOFT:
        stem = low.rstrip("ь")
        return "f", [low, stem + "і", stem + "і", low, ("областю" if low == "область" else low + "ю"), stem + "і"]
    last, before = low[-1], low[-2]
    if last == "ь":
        stem = STEMS.get(low, low[:-1])
        return "m", [low, stem + "я", stem + "ю", low, stem + "ем", stem + "і"]
    if last == "й":
        stem = low[:-1]
        if before in VOWELS:
            return "m", [low, stem + "ю", stem + "я", low, stem + "єм", stem + "ї"]
        return "m", [low, stem + "я", stem + "ю", low, stem + "єм", stem + "ї"]
    if last == "а":
        stem = low[:-1]
        if stem[-1] in VOWELS:
            return "x", [low]
        soft = {"г": "з", "к": "ц", "х": "с"}.get(stem[-1])
        dative = stem[:-1] + soft + "і" if soft else stem + "і"
        o = "ею" if stem[-1] in "жшчщ" else "ою"
        return "f", [low, stem + ("і" if stem[-1] in "жшчщ" else "и"), dative, stem + "у", stem + o, dative]
    if low.endswith(("жжя", "ття", "ння", "лля", "ччя", "ззя", "ддя", "р’я")):
        stem = low[:-1]
        return "n", [low, low, stem + "ю", low, low + "м", stem + "і"]
    if last == "я":
        stem = low[:-1]
        if stem[-1] in VOWELS:
            return "f", [low, stem + "ї", stem + "ї", stem + "ю", stem + "єю", stem + "ї"]
        return "f", [low, stem + "і", stem + "і", stem + "ю", stem + "ею", stem + "і"]
    if low.endswith(("ство", "рів")) and last == "о":
        stem = low[:-1]
        return "n", [low, stem + "а", stem + "у", low, stem + "ом", stem + "і"]
    if last in VOWELS:
        return "x", [low]
    stem = STEMS.get(low, low)
    o = "ем" if stem[-1] in "жшчщ" else "ом"
    return "m", [low, stem + "а", stem + "у", low, stem + o, stem + "і", stem + "ові"]


def _word(word):
    head, hyphen, last = word.rpartition("-")
    gender, forms = _noun(last)
    return gender, [head + hyphen + _like(f, last) for f in forms]


def decline(name):
    """The case forms of a name, nominative first, without doubles."""
    if any(not ("а" <= c.lower() <= "я" or c.lower() in "ґєії’'ʼ- ") for c in name) or name.isupper():
        return [name]
    words = name.split(" ")
    if len(words) == 1:
        forms = _word(name)[1] if not name.lower().endswith(("ий", "ій")) or "-" in name else [_like(f, name) for f in _adjective(name, "m")]
    else:
        front = []
        rest = list(words)
        while len(rest) > 1 and _is_adjective(rest[0]) and rest[0].lower() not in HEADS:
            front.append(rest.pop(0))
        if not front and rest[0].lower() not in HEADS:
            return [name]
        gender, forms = _word(rest[0])
        if gender == "x":
            return [name]
        forms = forms[:6]
        columns = [[_like(f, w) for f in _adjective(w, gender)] for w in front]
        if any(len(c) != 6 for c in columns):
            return [name]
        forms = [" ".join([*(c[i] for c in columns), forms[i], *rest[1:]]) for i in range(6)]
        if forms[0] != name:
            return [name]
    out = []
    for form in forms:
        if form not in out:
            out.append(form)
    return out
