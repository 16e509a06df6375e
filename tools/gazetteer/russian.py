"""Russian case forms of names by ending: nominative, genitive, dative, accusative, instrumental, prepositional.

Rules first; what no rule can tell (the gender of a soft stem, plural names, fleeting vowels) is listed. Names that do not decline come back as one form.
"""

import re

VOWELS = "аеёиоуыэюя"
SIBILANTS = "жшчщ"

# Soft stems (-ь) are masculine unless listed.
FEMININE_SOFT = set(
    """роснефть назрань сычуань юньнань хунань хэнань фуцзянь тверь пермь казань рязань астрахань сызрань керчь тюмень лодзь познань область обь любань
    кубань сибирь русь беларусь белорусь шампань бретань нормандь умань кань гавань волынь сечь хмель пристань степь чернь сморгонь
    корунь березань тамань кызыл-орда россошь эмбь пречь крепость провинциальность собственность деятельность промышленность безопасность
    печать связь власть отрасль часть сеть помощь роль цель модель жизнь область дверь церковь площадь казнь очередь рамань""".split()
) - {"хмель"}
# Plural names with their genitive (a missing ending is not told by rule).
PLURAL_GENITIVE = {
    "нидерланды": "нидерландов", "филиппины": "филиппин", "мальдивы": "мальдив", "сейшелы": "сейшел", "штаты": "штатов", "эмираты": "эмиратов",
    "острова": "островов", "территории": "территорий", "бермуды": "бермуд", "багамы": "багам", "коморы": "комор", "гавайи": "гавайев",
    "афины": "афин", "канны": "канн", "сиракузы": "сиракуз", "мытищи": "мытищ", "люберцы": "люберец", "химки": "химок", "челны": "челнов",
    "черкассы": "черкасс", "сумы": "сум", "салоники": "салоник", "луки": "лук", "березники": "березников", "воды": "вод", "ессентуки": "ессентуков",
    "барановичи": "барановичей", "бендеры": "бендер", "бельцы": "бельц", "броды": "бродов", "апатиты": "апатитов", "черновцы": "черновцов",
    "патры": "патр", "балканы": "балкан", "карпаты": "карпат", "альпы": "альп", "антилы": "антил", "азоры": "азор", "канары": "канар",
    "курилы": "курил", "фареры": "фарер", "фолкленды": "фолклендов", "соломоны": "соломонов", "маршаллы": "маршаллов", "арктики": "арктик",
    "марианы": "мариан", "королевства": "королевств", "республики": "республик", "земли": "земель", "страны": "стран", "провинции": "провинций",
    "государства": "государств", "нации": "наций", "власти": "властей", "силы": "сил", "войска": "войск", "правила": "правил", "меры": "мер",
    "резервы": "резервов", "органы": "органов", "услуги": "услуг", "дела": "дел", "финансы": "финансов", "банки": "банков", "кортесы": "кортесов",
    "бровары": "броваров", "горки": "горок", "чебоксары": "чебоксар", 
    "зонды": "зондов", "котлы": "котлов", "шахты": "шахт", "холмогоры": "холмогор", "набережные": "набережных", "ромны": "ромен",
    "кабинеты": "кабинетов", "лубны": "лубен", "прилуки": "прилук", "ровеньки": "ровенек",
    "основы": "основ", "нормы": "норм", "положения": "положений", "требования": "требований",
    "принципы": "принципов", "цели": "целей", "соглашения": "соглашений", "конвенции": "конвенций", "палаты": "палат",
    "черёмушки": "черёмушек", "кузьминки": "кузьминок", "верховья": "верховьев", "низовья": "низовьев",
    "леса": "лесов", "озёра": "озёр", "горы": "гор", "гренадины": "гренадин", "центры": "центров", "институты": "институтов", "администраторы": "администраторов", "проекты": "проектов", "нацпроекты": "нацпроектов", "власти": "властей", "указы": "указов", "договорённости": "договорённостей",
}
# Fleeting vowels: the stem of the other cases.
FLEETING = {
    "орёл": "орл", "орел": "орл", "череповец": "череповц", "елец": "ельц", "торжок": "торжк", "городец": "городц", 
    "дворец": "дворц", "конец": "конц", "рынок": "рынк", "порядок": "порядк",
    "зеленец": "зеленц",
    "каменец": "каменц", "кременец": "кременц", "олонец": "олонц",
    "перечень": "перечн", "список": "списк", "рынок": "рынк", "посёлок": "посёлк", "участок": "участк", "египет": "египт", "торжек": "торжк",
}
# Do not decline although the ending would.
FIXED = set(
    """тонга аба политбюро никарагуа антигуа папуа гуа нассау чили мали бали перу конго того марокко монако порто торонто
    сан-хосе ким по-де ба спа ло бордо нкота-кота па ле лос сан эль да нанси""".split()
)
# Neuter names of Slavic origin that decline, in -ово, -ево, -ино, -ыно.
SLAVIC_NEUTER = (
    "иваново кемерово одинцово домодедово пушкино щёлково щелково орехово-зуево люблино строгино косово сараево ровно гродно "
    "белово прокопьево молодечно долгопрудно внуково шереметьево солнцево иваново-вознесенско лихославлево царицыно марьино кобрино ступино "
    "пулково жуково гнездово колпино скопье"
).split()
ROMANCE = set("марино торино трентино камерино ново молино пино вино казино авеллино портофино латино палермино сан-марино валентино филиппино лево".split())
NEUTER_NOUNS = set(
    """королевство княжество герцогство государство содружество министерство агентство управление правительство собрание ведомство бюро
    казначейство общество братство сообщество партнёрство партнерство соглашение положение постановление законодательство объединение
    отделение учреждение подразделение представительство следствие регулирование уложение предприятие море побережье приморье поволжье
    забайкалье приднестровье подмосковье заполярье закавказье полесье междуречье средиземноморье причерноморье прикаспий
    руководство уведомление распоряжение предписание разъяснение приложение решение сотрудничество производство посольство консульство
    начало право поле дело ядро войско верховье командование ополчение движение правило""".split()
)
INDECLINABLE_NEUTER = {"бюро", "евро", "депо"}
VERBAL = ("ение", "ание", "ствие", "тие", "ятие")
# Adjective-looking words that are nouns.
NOUN_NOT_ADJECTIVE = {"маврикий", "василий", "георгий", "ханой", "уренгой", "аньхой", "алтай", "китай", "парагвай", "уругвай", "шанхай", "дубай", "бомбей", "сидней", "боой", "ной", "той", "кампучий", "тольятти", "вьетконгой", "гой", "бой", "строй", "герой", "слой", "трой", "санкт-галлений"}
# Nouns after which the rest of a name stays as it is.
HEADS = set(
    """республика королевство княжество герцогство государство содружество остров острова область край округ провинция штат земля федерация
    союз султанат эмират территория автономия султанство конфедерация эмираты штаты город район кантон префектура департамент губернаторство
    министерство комитет комиссия агентство служба управление совет банк палата суд бюро фонд институт центр академия дума собрание кабинет
    правительство парламент конгресс сенат прокуратура ведомство инспекция администрация канцелярия секретариат казначейство корпорация организация
    ассоциация лига группа партия закон кодекс указ регламент директива договор конвенция хартия декларация программа план инициатива стратегия
    каталог перечень уведомление положение правила меры постановление приказ соглашение пакт протокол стандарт орган офис
    генпрокуратура минфин госкомитет госсовет банк-регулятор трибунал обсерватория регистр реестр форум фракция движение армия полиция
    национальность церковь общество университет школа сообщество объединение конфедерация концепция доктрина конституция инструкция
    статут билль акт резолюция меморандум основы нормы принципы цель цели проект фронт альянс коридор пояс путь
    учреждение представительство силы войска корпус штаб""".split()
)
# Acronyms that decline.
DECLINING_ACRONYMS = {"МИД", "ЗАГС", "ГОСТ", "ЦИК", "ВАК"}


def _case(form, like):
    """Gives `form` (lower case) the capitals of `like`."""
    if like.isupper() and len(like) > 1:
        return form.upper()
    return "".join(c.upper() if i < len(like) and like[i].isupper() else c for i, c in enumerate(form))


def is_adjective(word):
    """Whether `word` looks like an adjective in the nominative."""
    low = word.lower()
    if low in NOUN_NOT_ADJECTIVE or len(low) < 4 or low in {"лучшее"}:
        return False
    if low.endswith(("ский", "цкий", "ная", "ный", "ний", "вый", "лый", "рый", "ный", "кий", "гий", "хий", "шой", "ской", "ной", "тый", "той", "вой", "щий", "мый", "бый", "дый", "жий", "пый", "ший", "чий")):
        return True
    return low.endswith(("ая", "яя", "ое", "ее", "ые", "ие")) and low not in {"санкт-ое"} and not low.endswith(("ование", "ение", "ание", "ствие", "тие", "ятие", "гуая", "мение"))


def adjective(word, gender):
    """The forms of an adjective that agrees with a noun of `gender` (m, f, n, p); the accusative is inanimate."""
    low = word.lower()
    stem, ending = low[:-2], low[-2:]
    soft = ending in ("ий", "яя", "ее", "ие") and stem[-1] not in "кгх" + SIBILANTS
    velar = stem[-1] in "кгх"
    hush = stem[-1] in SIBILANTS
    o, y = ("е", "и") if soft else ("о", "ы")
    if velar:
        y = "и"
    if hush:
        y, o = "и", ("о" if ending == "ой" or stem == "больш" else "е")
    a = "яя" if soft else "ая"
    u = "юю" if soft else "ую"
    if gender == "m":
        forms = [low, stem + o + "го", stem + o + "му", low, stem + y + "м", stem + o + "м"]
    elif gender == "f":
        forms = [stem + a, stem + o + "й", stem + o + "й", stem + u, stem + o + "й", stem + o + "й"]
    elif gender == "n":
        forms = [stem + o + "е", stem + o + "го", stem + o + "му", stem + o + "е", stem + y + "м", stem + o + "м"]
    else:
        forms = [stem + y + "е", stem + y + "х", stem + y + "м", stem + y + "е", stem + y + "ми", stem + y + "х"]
    return [_case(f, word) for f in forms]


def adjective_all(word):
    """All distinct forms of an adjective given in the masculine nominative."""
    out = []
    for gender in "mfnp":
        for form in adjective(word, gender):
            if form not in out:
                out.append(form)
    return out


def _plural(word, genitive):
    low = word.lower()
    stem = low[:-1]
    soft = low.endswith("и") and stem[-1] not in "кгх" + SIBILANTS or low.endswith("я")
    if low.endswith("и") and stem[-1] in "кгх" + SIBILANTS:
        soft = False
    a = "я" if soft else "а"
    return [low, genitive, stem + a + "м", low, stem + a + "ми", stem + a + "х"]


def _noun(word):
    """(gender, six forms) of one noun; one form where it does not decline."""
    low = word.lower()
    fixed = ("x", [low])
    if low.startswith("мин") and len(low) > 6 and low[-1] in "яыио" and low not in ("министерство", "миннесота", "миндоро"):
        return fixed
    if low in FIXED or len(low) < 3 and low != "ош":
        return fixed
    if low in PLURAL_GENITIVE:
        return "p", _plural(low, PLURAL_GENITIVE[low])
    last, before = low[-1], low[-2]
    if low in FLEETING and FLEETING[low]:
        stem = FLEETING[low]
        if last == "ь":
            return "m", [low, stem + "я", stem + "ю", low, stem + "ем", stem + "е"]
        ins = "ом" if stem[-1] not in "ц" + SIBILANTS else ("ом" if low in ("череповец", "елец", "городец", "дворец", "конец") else "ем")
        return "m", [low, stem + "а", stem + "у", low, stem + ins, stem + "е"]
    if last == "ь":
        stem = low[:-1]
        if low in FEMININE_SOFT or low.endswith("ость"):
            return "f", [low, stem + "и", stem + "и", low, stem + "ью", stem + "и"]
        return "m", [low, stem + "я", stem + "ю", low, stem + "ем", stem + "е"]
    if last == "й":
        stem = low[:-1]
        loc = stem + ("и" if before == "и" else "е")
        return "m", [low, stem + "я", stem + "ю", low, stem + "ем", loc]
    if last == "а":
        if before in VOWELS:
            return fixed
        stem = low[:-1]
        i = "и" if before in "кгх" + SIBILANTS else "ы"
        o = "е" if before in SIBILANTS + "ц" else "о"
        return "f", [low, stem + i, stem + "е", stem + "у", stem + o + "й", stem + "е"]
    if last == "я":
        stem = low[:-1]
        e = "и" if before == "и" else "е"
        return "f", [low, stem + "и", stem + e, stem + "ю", stem + "ей", stem + e]
    if last == "о" and (low in SLAVIC_NEUTER or low.endswith(("ово", "ево", "ёво", "ино", "ыно")) and low not in ROMANCE) or low in NEUTER_NOUNS and low not in INDECLINABLE_NEUTER and last == "о":
        stem = low[:-1]
        return "n", [low, stem + "а", stem + "у", low, stem + "ом", stem + "е"]
    if last == "е" and (low in NEUTER_NOUNS or low.endswith(("ье", "горие", *VERBAL))):
        stem = low[:-1]
        loc = stem + ("и" if before == "и" else "е")
        return "n", [low, stem + "я", stem + "ю", low, stem + "ем", loc]
    if last in VOWELS:
        return fixed
    o = "е" if last in SIBILANTS + "ц" else "о"
    return "m", [low, low + "а", low + "у", low, low + o + "м", low + "е"]


def noun(word):
    """(gender, forms) of a word that may be hyphenated."""
    if "-" not in word:
        gender, forms = _noun(word)
        return gender, [_case(f, word) for f in forms]
    first, _, rest = word.partition("-")
    if rest.lower().startswith(("на-", "под-", "над-", "ин-", "ам-", "сюр-", "апон-", "ан-дер", "дель-", "де-", "ди-", "ду-", "об-", "ла-", "ле-")) and not first.lower() in {
        "рио", "сан", "санта", "санту", "лас", "лос", "эль", "порт", "вила", "иль", "шарм", "мар", "па", "сант", "пуэрто", "сьюдад", "нова", "гран", "жуан"
    } and rest.lower().startswith(("на-", "над-", "под-")):
        gender, forms = noun(first)
        return gender, [f"{f}-{rest}" for f in forms]
    if word == "Гвинея-Бисау":
        return "f", [f"{f}-Бисау" for f in noun(first)[1]]
    if "-де-" in word.lower() and word.lower().endswith("-куба"):
        return "x", [word]
    last = word.rsplit("-", 1)[1]
    head = word[: len(word) - len(last) - 1]
    if is_adjective(last) and last.lower().endswith(("ский", "ный", "кий")) and not last.islower():
        gender, forms = noun(head)
        if gender == "m" and len(forms) == 6:
            return gender, [f"{a}-{b}" for a, b in zip(forms, adjective(last, gender))]
    if is_adjective(last) and not last.islower():
        gender = {"й": "m", "я": "f"}.get(last[-1], "n")
        return gender, [f"{head}-{f}" for f in adjective(last, gender)]
    gender, forms = noun(last)
    return gender, [f"{head}-{f}" for f in forms]


def decline(name, body=False):
    """The case forms of a name, nominative first, without doubles; in the name of a body only the first noun and its adjectives decline."""
    first, space, rest = name.partition(" ")
    if first in DECLINING_ACRONYMS:
        return [first + e + space + rest for e in ("", "а", "у", "ом", "е")]
    if re.fullmatch(r"\d+-[йя]", first) and rest:
        endings = ("й", "го", "му", "й", "м", "м") if first[-1] == "й" else ("я", "й", "й", "ю", "й", "й")
        forms = _phrase(rest, True)
        return list(dict.fromkeys(f"{first[:-1]}{ending} {form}" for ending, form in zip(endings, forms))) if len(forms) == 6 else [name]
    if any(c.isdigit() for c in first) or not set("- «") & set(first) and sum(c.isupper() for c in first) > 1:
        return [name]
    if name[0] == "«" and name[-1] == "»" and name.count("«") == 1 and (is_adjective(first[1:].rstrip("»")) or first[1:].lower() in HEADS):
        return [f"«{form}»" for form in decline(name[1:-1], True)]
    if first.isupper() and len(first) > 1 or first[0] in "«\"“" or name.count(",") and not is_adjective(first) and first.lower() not in HEADS and not first.lower().endswith(VERBAL):
        return [name]
    letters = [c for c in name if c.isalpha()]
    if not letters or any(not ("а" <= c.lower() <= "я" or c.lower() == "ё") for c in letters):
        return _mixed(name)
    forms = _phrase(name, body)
    out = []
    for form in forms:
        if form not in out:
            out.append(form)
    return out


def _mixed(name):
    """A name with Latin letters or figures in it: only its leading Russian words decline."""
    words = name.split(" ")
    count = 0
    for word in words:
        if all("а" <= c.lower() <= "я" or c.lower() == "ё" or c == "-" for c in word):
            count += 1
        else:
            break
    if not count or not any(w.lower() in HEADS or w.lower().endswith(VERBAL) for w in words[:count]):
        return [name]
    rest = " ".join(words[count:])
    out = []
    for form in _phrase(" ".join(words[:count]), body=True):
        form = f"{form} {rest}"
        if form not in out:
            out.append(form)
    return out


def _phrase(name, body=False):
    if name.isupper() and len(name) <= 8 and " " not in name:
        return [name]
    if " (" in name:
        head, _, tail = name.partition(" (")
        return [f"{f} ({tail}" for f in _phrase(head, body)]
    for joint in (" — ", " – "):
        if joint in name and not body:
            head, _, tail = name.rpartition(joint)
            return [f"{head}{joint}{f}" for f in _phrase(tail)]
    if " и " in name and not body:
        left, _, right = name.partition(" и ")
        first = left.split(" ")
        if not any(w.lower() in HEADS for w in first) and not is_adjective(first[0]) and right[0].isupper():
            a, b = _phrase(left), _phrase(right)
            a = a if len(a) == 6 else a[:1] * 6
            b = b if len(b) == 6 else b[:1] * 6
            return [f"{x} и {y}" for x, y in zip(a, b)]
    words = name.split(" ")
    if len(words) == 1:
        if "-" not in name and is_adjective(name) and not name.lower().endswith(("ие", "ее", "ое")):
            gender = {"ый": "m", "ий": "m", "ой": "m", "ая": "f", "яя": "f", "ое": "n", "ые": "p"}[name.lower()[-2:]]
            return adjective(name, gender)
        return noun(name)[1]
    front = []
    rest = list(words)
    while len(rest) > 1 and (is_adjective(rest[0]) and rest[0].lower() not in HEADS or rest[0].lower() == "и" and front and is_adjective(rest[1])):
        front.append(rest.pop(0))
    possessive = rest[0] if len(rest) > 1 and rest[0].lower().endswith(("овы", "евы", "ины")) and rest[1].lower() == "острова" else ""
    if possessive:
        forms = noun(rest[1])[1]
        return [" ".join([possessive + ending, form, *rest[2:]]) for ending, form in zip(("", "х", "м", "", "ми", "х"), forms)]
    head = rest[0]
    if not front and head.lower() not in HEADS and not body:
        if len(rest) == 2 and is_adjective(rest[1]):
            gender, forms = noun(head)
            if len(forms) == 6 and gender != "x":
                return [f"{a} {b}" for a, b in zip(forms, adjective(rest[1], gender))]
            return [name]
        if any(w[0].islower() for w in rest[1:]) or len(rest) > 2:
            gender, forms = noun(head)
            return [" ".join([f, *rest[1:]]) for f in forms]
        gender, forms = noun(rest[-1])
        return [" ".join([*rest[:-1], f]) for f in forms]
    gender, forms = noun(head)
    tail = rest[1:]
    if gender == "x":
        ending = front[0].lower()[-2:] if front else ""
        gender = {"ый": "m", "ий": "m", "ой": "m", "ая": "f", "яя": "f", "ое": "n", "ее": "n", "ые": "p", "ие": "p"}.get(ending, "n")
        forms = forms * 6
    elif gender == "n" and front and front[0].lower().endswith(("ая", "яя")):
        gender = "f"
    columns = [w if w == "и" else adjective(w, gender) for w in front]
    out = []
    for index in range(6):
        parts = [c if isinstance(c, str) else c[index] for c in columns]
        out.append(" ".join([*parts, forms[index], *tail]))
    return out
