"""Names in Russian texts as slovnet (MIT) sees them, to learn from where no person has marked them.

    python3 tools/tagger/teach_texts.py TEXTS.jsonl OUT.jsonl

TEXTS has an `id` and a `text` a line. Needs natasha 1.6.0, slovnet 0.6.0, navec 0.10.0 from PyPI.
"""
import json
import pathlib
import sys

import natasha
from navec import Navec
from slovnet import NER

KINDS = {'PER': 'person', 'LOC': 'place', 'ORG': 'org'}


def main():
    data = pathlib.Path(natasha.__file__).parent / 'data'
    navec = Navec.load(str(data / 'emb/navec_news_v1_1B_250K_300d_100q.tar'))
    ner = NER.load(str(data / 'model/slovnet_ner_news_v1.tar')).navec(navec)
    with open(sys.argv[1], encoding='utf-8') as texts, open(sys.argv[2], 'w', encoding='utf-8') as out:
        for line in texts:
            record = json.loads(line)
            spans = ner(record['text']).spans
            entities = [{'start': s.start, 'end': s.stop, 'type': KINDS[s.type]} for s in spans]
            out.write(json.dumps({'id': record['id'], 'text': record['text'], 'entities': entities}, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
