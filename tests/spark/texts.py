"""Documents of all kinds that a corpus has: copies of whole documents and of passages, as they were, with other looks and with edits; stretches that two
passages share; forms filled in twice; lines of sites; pages; text in a wrong encoding; what cannot be read."""

import json
import random

OPENINGS = {
    "en": ["In spring", "After two days of debate", "On the third of May 2021", "At the end of the year", "Against the advice of the mayor"],
    "ru": ["Весной", "После двух дней споров", "3 мая 2021 года", "В конце года", "Вопреки совету мэра"],
    "de": ["Im Frühling", "Nach zwei Tagen Debatte", "Am 3. Mai 2021", "Am Ende des Jahres", "Gegen den Rat des Bürgermeisters"],
    "zh": ["春天", "经过两天的辩论", "2021年5月3日", "年底", "尽管市长反对"],
}
DEEDS = {
    "en": ["the council adopted new rules on the storage of {}", "nobody wanted to pay the fee for {}", "the ministry of finance asked for a report on {}", "an old mill at the river was rebuilt for {}"],
    "ru": ["совет принял новые правила хранения {}", "никто не хотел платить сбор за {}", "министерство финансов запросило отчёт о том, что касается {}", "старую мельницу у реки перестроили ради {}"],
    "de": ["beschloss der Rat neue Regeln für die Lagerung von {}", "wollte niemand die Abgabe für {} zahlen", "verlangte das Finanzministerium einen Bericht über {}", "wurde eine alte Mühle am Fluss für {} umgebaut"],
    "zh": ["理事会通过了关于{}储存的新规则", "没有人愿意支付{}的费用", "财政部要求提交关于{}的报告", "河边的一座旧磨坊为{}重建"],
}
THINGS = {
    "en": ["grain", "salt", "timber", "wool", "paper", "copper wire", "dried fish", "lamp oil"],
    "ru": ["зерна", "соли", "древесины", "шерсти", "бумаги", "медной проволоки", "сушёной рыбы", "лампового масла"],
    "de": ["Getreide", "Salz", "Holz", "Wolle", "Papier", "Kupferdraht", "Trockenfisch", "Lampenöl"],
    "zh": ["粮食", "食盐", "木材", "羊毛", "纸张", "铜线", "干鱼", "灯油"],
}
ENDS = {
    "en": ["and the stores were full again before the first frost.", "though the treasurer of the village had warned of the costs.", "which is why the harbour stayed closed to ships from the south."],
    "ru": ["и до первых морозов склады снова были полны.", "хотя казначей деревни предупреждал о расходах.", "поэтому гавань осталась закрытой для судов с юга."],
    "de": ["und vor dem ersten Frost waren die Speicher wieder voll.", "obwohl der Schatzmeister des Dorfes vor den Kosten gewarnt hatte.", "weshalb der Hafen für Schiffe aus dem Süden geschlossen blieb."],
    "zh": ["第一场霜冻之前仓库又满了。", "尽管村里的司库曾就费用发出警告。", "因此港口仍然不对南方来的船只开放。"],
}
SITES = ["a.example", "b.example", "c.example", "d.example"]


def sentence(draw, language):
    deed = draw.choice(DEEDS[language]).format(draw.choice(THINGS[language]))
    blank = "，" if language == "zh" else ", "
    return f"{draw.choice(OPENINGS[language])}{blank}{deed}{blank}{draw.choice(ENDS[language])}"


def passage(draw, language):
    made = " ".join(sentence(draw, language) for _ in range(draw.randint(1, 3)))
    if draw.random() < 0.5:
        made += f" ({draw.randint(1, 400)})"
    return made


def edited(draw, text):
    kind = draw.randrange(5)
    words = text.split(" ")
    if kind == 0:
        return text.upper()
    if kind == 1:
        return text.replace(" ", "  ").replace(".", " .")
    if kind == 2 and len(words) > 6:
        del words[draw.randrange(len(words))]
        return " ".join(words)
    if kind == 3:
        return f"{text} {sentence(draw, 'ru')}"
    return text


def text(draw, known):
    language = draw.choice(list(OPENINGS))
    parts = []
    for _ in range(draw.randint(1, 6)):
        if known and draw.random() < 0.35:
            parts.append(edited(draw, draw.choice(known)))
        else:
            parts.append(passage(draw, language))
            known.append(parts[-1])
    if draw.random() < 0.1:
        parts.append("Специалист в области 法律合规 по этому делу не ответил.")
    if draw.random() < 0.1:
        parts.append("Share this article")
    return parts


def lines(count, seed=1):
    """So many lines of JSON, and some that are none."""
    draw, known, texts = random.Random(seed), [], []
    for number in range(count):
        site = draw.choice(SITES)
        document = {"id": f"d{number:06}", "url": f"https://{site}/{number}", "date": f"20{draw.randint(10, 24)}-05-01", "note": number}
        kind = draw.random()
        if kind < 0.1 and texts:
            document["text"] = draw.choice(texts)
        elif kind < 0.15 and texts:
            document["text"] = edited(draw, draw.choice(texts))
        elif kind < 0.2:
            inner = "</p><p>".join(text(draw, known))
            document["html"] = f"<html><head><title>{number}</title></head><body><nav>Home</nav><article><p>{inner}</p></article></body></html>"
        elif kind < 0.21:
            document["text"] = text(draw, known)[0].encode().decode("cp1252", "replace")
        elif kind < 0.22:
            document["text"] = number
        elif kind < 0.23 and number:
            document |= {"id": f"d{draw.randrange(number):06}", "text": "\n\n".join(text(draw, known))}
        else:
            document["text"] = "\n\n".join(text(draw, known))
            texts.append(document["text"])
        yield json.dumps(document, ensure_ascii=False)
    yield "{no json"
    for number in range(15):
        yield json.dumps({"url": f"https://copies.example/{number}", "text": "All documents of this site say the same, and none of them is removed for it."})
