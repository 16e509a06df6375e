"""What slovnet's NER thinks of each word of navec's vocabulary by itself: how much of a person, a place or an organization.

    python3 tools/tagger/teach_words.py OUT.tsv

Each of the 250,000 words is put, with a capital, into a few sentences that say nothing of it, and the mean probabilities of slovnet are written
in percent: word, person, place, organization. Needs natasha 1.6.0, slovnet 0.6.0, navec 0.10.0 from PyPI (MIT; weights and vectors come with
natasha). Some ten minutes of one core.
"""
import pathlib
import sys

import natasha
import numpy
from navec import Navec
from slovnet import NER

# None of them says what stands at W.
CARRIERS = ['это W .', 'и W ,', 'что W сообщил', 'о W говорят', 'в W и']
# Words a batch; the network sees three words to each side at most.
BATCH = 4000


def main():
    data = pathlib.Path(natasha.__file__).parent / 'data'
    navec = Navec.load(str(data / 'emb/navec_news_v1_1B_250K_300d_100q.tar'))
    ner = NER.load(str(data / 'model/slovnet_ner_news_v1.tar')).navec(navec)
    encoder, model, tags = ner.infer.encoder, ner.infer.model, ner.infer.decoder.tags_vocab
    order = {tag[2:]: [] for tag in tags.items if '-' in tag}
    for place, tag in enumerate(tags.items):
        if '-' in tag:
            order[tag[2:]].append(place)
    words = [word for word in navec.vocab.words if word[0].isalpha()]
    with open(sys.argv[1], 'w', encoding='utf-8') as out:
        for start in range(0, len(words), BATCH):
            some = words[start:start + BATCH]
            total = numpy.zeros((len(some), 3), numpy.float32)
            for carrier in CARRIERS:
                parts = carrier.split()
                at = parts.index('W')
                items = []
                for word in some:
                    written = word.upper() if len(word) < 4 and not set(word) & set('аеиоуыэюяaeiouy') else '-'.join(
                        part[:1].upper() + part[1:] for part in word.split('-'))
                    items.append(encoder.item(parts[:at] + [written] + parts[at + 1:]))
                given = encoder.input(items)
                scores = model(given.word_id, given.shape_id, given.pad_mask)[:, at, :]
                chances = numpy.exp(scores - scores.max(1, keepdims=True))
                chances /= chances.sum(1, keepdims=True)
                for column, name in enumerate(('PER', 'LOC', 'ORG')):
                    total[:, column] += chances[:, order[name]].sum(1)
            for word, row in zip(some, total / len(CARRIERS)):
                out.write(f'{word}\t' + '\t'.join(str(round(100 * x)) for x in row.tolist()) + '\n')


if __name__ == '__main__':
    main()
