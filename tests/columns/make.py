"""Documents with what breaks tables: formulas, tabs, quotes, line ends, emoji, nested fields, absent ones, copies, one that cannot be read."""

import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True)
LONG = "Die Kommission hat am 3. Mai 2021 neue Regeln für die Lagerung von Getreide beschlossen, die ab Januar des folgenden Jahres gelten."
documents = [
    {"id": "=1+1", "text": "=SUM(A1:A9)\tis not a formula here.\n\n" + LONG, "title": '@title "quoted", with comma', "language": "de"},
    {"id": "emoji", "text": "Работник 👩‍🌾 вышел в поле\n\nЭто было в мае 2021 года, сообщило Министерство сельского хозяйства. Специалист в области法律合规 не ответил.",
     "url": "https://example.org/a?b=1&c=ü", "date": "2021-06-01", "deep": {"list": [1, 2.5, None, {"x": "ü"}], "text": "back\\slash"}},
    {"id": "copy", "text": LONG},
    {"id": "copy again", "text": LONG},
    {"id": "日本", "text": "東京都は2021年5月3日に新しい規則を発表した。", "date": "2021-05"},
    {"id": "empty", "text": ""},
]
with open(folder / "a.jsonl", "w", encoding="utf-8") as out:
    for document in documents:
        out.write(json.dumps(document, ensure_ascii=False) + "\n")
    out.write('{"id": "broken", "text": \n')
(folder / "quote.txt").write_text("He said: \"It's done\", and left; on 3 May 2021 the Federal Reserve raised rates.\r\n\r\n-5 degrees were measured.\r\n")
