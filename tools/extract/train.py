#!/usr/bin/env python3
"""Trains the forests that tell the main text of a page, and writes src/rules/data/extract/voted.tsv, or forest.tsv with --own.

    pip install lightgbm==4.7.0 numpy==2.4.0 scikit-learn==1.8.0
    cargo run --release --example page_features -- PAGES/*.html > features.jsonl
    python3 tools/extract/train.py features.jsonl gold.jsonl src/rules/data/extract/voted.tsv
    python3 tools/extract/train.py features.jsonl gold.jsonl src/rules/data/extract/forest.tsv --own

gold.jsonl: {"page": file name, "text": main text, "kind": article, forum, …, "site": host} a line. The blocks of a page are labelled by
aligning their words with those of the gold text. Without a third argument, only the cross-validation (by site) is printed. With --own the
second opinion, which the last features of a row are, is left out.
"""
import collections
import difflib
import json
import math
import multiprocessing
import pathlib
import random
import re
import sys

import lightgbm as lgb
import numpy as np
from sklearn.model_selection import GroupKFold

ALONE = {'n_estimators': 130, 'num_leaves': 14, 'learning_rate': 0.06}
AMONG = {'n_estimators': 100, 'num_leaves': 10, 'learning_rate': 0.05}
COMMON = {'min_child_samples': 40, 'subsample': 0.7, 'subsample_freq': 1, 'colsample_bytree': 0.3, 'reg_lambda': 5.0, 'verbose': -1, 'n_jobs': 1, 'max_bin': 63, 'random_state': 1, 'deterministic': True, 'force_row_wise': True}
# Features of a second opinion, at the end of a row.
VOTES = 3
NEAR, WIDE, SURE, LONG, FAR = 4, (3, 10), 0.8, 80.0, 50


def words(text):
    return re.findall(r'\w+', text or '')


def label(args):
    """For each block the share of its words that stand in the gold text, in order."""
    blocks, gold = args
    page = [(w.lower(), i) for i, b in enumerate(blocks) for w in words(b)]
    gold = [w.lower() for w in words(gold)]
    known = set(gold)
    kept = [(w, i) for w, i in page if w in known]
    hit = collections.Counter()
    # runs of equal words, longest first: patience by 5-grams, then the gaps between them
    index = collections.defaultdict(list)
    n = 4
    for j in range(len(gold) - n + 1):
        index[tuple(gold[j:j + n])].append(j)
    matched = [False] * len(page)
    used = [False] * len(gold)
    for i in range(len(page) - n + 1):
        for j in index.get(tuple(w for w, _ in page[i:i + n]), ()):
            if not used[j] or matched[i]:
                for k in range(n):
                    matched[i + k] = used[j + k] = True
                break
    # short blocks between matched ones: by a plain alignment of what is left
    left_page = [x for x, m in zip(page, matched) if not m]
    runs = [w for w, u in zip(gold, used) if not u]
    if runs and len(left_page) * len(runs) < 4e7:
        matcher = difflib.SequenceMatcher(None, [w for w, _ in page], gold, autojunk=True)
        for m in matcher.get_matching_blocks():
            for k in range(m.size):
                matched[m.a + k] = True
    total = collections.Counter(i for _, i in page)
    hit.update(i for (w, i), m in zip(page, matched) if m)
    return [hit[i] / total[i] if total[i] else 0.0 for i in range(len(blocks))]


def context(more, p):
    """As context.rs has it."""
    n = len(p)
    w = more[:, 4]
    sums = np.concatenate([[0], np.cumsum(p * w)])
    weights = np.concatenate([[0], np.cumsum(w)])
    groups = []
    for level in range(4):
        table = collections.defaultdict(lambda: [0.0, 0.0])
        for i in range(n):
            table[more[i, level]][0] += p[i] * w[i]
            table[more[i, level]][1] += w[i]
        groups.append(table)
    sure = (p > SURE) & (w > LONG)
    out, since = [], FAR
    ahead = [FAR] * n
    last = None
    for i in reversed(range(n)):
        if last is not None and last - i < FAR:
            ahead[i] = last - i
        if sure[i]:
            last = i
    total = sums[-1]
    for i in range(n):
        row = [p[i + b] if 0 <= i + b < n else -1.0 for b in range(-NEAR, NEAR + 1)]
        for b in WIDE:
            f, t = max(0, i - b), min(n, i + b + 1)
            row.append((sums[t] - sums[f]) / (weights[t] - weights[f]) if weights[t] > weights[f] else 0.0)
        for level in range(4):
            a, b = groups[level][more[i, level]]
            row.append(a / b if b > 0 else 0.0)
        row += [sums[i] / total if total > 0 else 0.0, math.log1p(total), since, ahead[i]]
        since = 1 if sure[i] else min(since + 1, FAR)
        out.append(row)
    return np.array(out)


def other_scripts(x, rng):
    """The same page as if it were written without blanks or capitals; with no marks either, as Thai is."""
    x = x.copy()
    x[:, 8] = 0
    x[:, 13] = 0
    kind = rng.choice(['caseless', 'han', 'thai'])
    if kind != 'caseless':
        x[:, 12] = 5
    if kind == 'thai':
        long = np.expm1(x[:, 0]) > 120
        x[:, 4] = long
        x[:, 5] = np.where(long, np.log1p(np.expm1(x[:, 0]) / 120), 0)
        x[:, 6] = 0
        for at in range(91, 111, 5):
            x[:, at + 2] = np.where(x[:, at] < 0, -1, np.expm1(x[:, at]) > 120)
    return x


def fit(x, y, w, params):
    model = lgb.LGBMClassifier(**COMMON, **params)
    model.fit(x, y, sample_weight=w)
    return model


def bag(gold, found):
    g, f = words(gold.lower()), words(found.lower())
    if not g or not f:
        return float(not g and not f)
    return 2 * sum((collections.Counter(g) & collections.Counter(f)).values()) / (len(g) + len(f))


def shingles(gold, found):
    count = lambda t: collections.Counter(tuple(t[i:i + 4]) for i in range(max(1, len(t) - 3)))
    g, f = count(words(gold)), count(words(found))
    same = sum((g & f).values())
    return same / max(1, sum(f.values())), same / max(1, sum(g.values()))


def report(pages, chosen):
    by = collections.defaultdict(list)
    sh = []
    for p in pages:
        text = '\n\n'.join(t for t, c in zip(p['texts'], chosen(p)) if c)
        if p['set'] == 'sh':
            sh.append(shingles(p['gold'], text))
        else:
            by[p['kind']].append(bag(p['gold'], text))
    if sh:
        a, b = np.mean(sh, axis=0)
        print(f'  sh P {a:.4f} R {b:.4f} F1 {2 * a * b / (a + b):.4f}', end='  ')
    print(' '.join(f'{k} {np.mean(v):.4f}' for k, v in by.items()), f'all {np.mean([x for v in by.values() for x in v]):.4f}')


def chosen_by_rule(p):
    """What choose.rs takes, of articles."""
    mixed = 0.3 * p['px'] + 0.7 * p['q']
    n = np.expm1(p['x'][:, 1])
    if n[mixed > SURE].sum() > 60:
        mixed = mixed ** 2.2 / (mixed ** 2.2 + (1 - mixed) ** 2.2)
    mixed = np.where(p['x'][:, 36] < 12, 0.6 * mixed, mixed)
    order = np.argsort(-mixed)
    right = np.cumsum((mixed * n)[order])
    expected = right / (np.cumsum(n[order]) + (mixed * n).sum() + 1e-9)
    return mixed >= mixed[order][np.argmax(expected)]


def tree(node):
    if 'leaf_value' in node:
        return [f'={node["leaf_value"]:.4g}']
    return [f'{node["split_feature"]}:{node["threshold"]:.6g}', *tree(node['left_child']), *tree(node['right_child'])]


def main():
    own = '--own' in sys.argv
    if own:
        sys.argv.remove('--own')
    gold = {g['page']: g for g in map(json.loads, open(sys.argv[2], encoding='utf-8'))}
    pages = collections.OrderedDict()
    for line in open(sys.argv[1], encoding='utf-8'):
        r = json.loads(line)
        name = pathlib.PurePath(r['page']).name
        p = pages.setdefault(name, {'name': name, 'texts': [], 'x': [], 'more': []})
        p['texts'].append(r['text'])
        p['x'].append(r['row'])
        p['more'].append(r['more'])
    pages = [p | {'gold': gold[p['name']]['text'], 'kind': gold[p['name']]['kind'], 'site': gold[p['name']]['site'], 'set': p['name'].split('-')[0]} for p in pages.values() if p['name'] in gold]
    with multiprocessing.Pool(2) as pool:
        for p, shares in zip(pages, pool.map(label, [(p['texts'], p['gold']) for p in pages], chunksize=8)):
            p['share'] = np.array(shares)
    rng = random.Random(7)
    for p in pages:
        p['x'] = np.array(p['x'])[:, :-VOTES] if own else np.array(p['x'])
        p['more'] = np.array(p['more'])
        p['y'] = (p['share'] > 0.5).astype(int)
        n = np.array([len(words(t)) for t in p['texts']])
        whole = (n * p['y']).sum() + 50
        # Articles are what this is for; the others keep it from seeing articles everywhere.
        p['w'] = ((n + 3) / whole) ** 0.75 * {'article': 1.0}.get(p['kind'], 0.35) * (1.4 if p['set'] == 'sh' else 1.0)
        p['z'] = other_scripts(p['x'], rng)
        # Every third page is learnt in another script too.
        p['views'] = 'xz' if rng.random() < 0.34 else 'x'
    report(pages, lambda p: p['y'])

    def first(chosen, params=ALONE):
        print('.', end='', flush=True)
        return fit(np.concatenate([p[k] for p in chosen for k in p['views']]), np.concatenate([p['y'] for p in chosen for _ in p['views']]), np.concatenate([p['w'] * s for p in chosen for s in (1, 0.6)[:len(p['views'])]]), params)

    groups = [p['site'] for p in pages]
    folds = list(GroupKFold(8).split(pages, groups=groups))
    for train, test in folds:
        model = first([pages[i] for i in train])
        for i in test:
            p = pages[i]
            p['px'], p['pz'] = (model.predict_proba(p[k])[:, 1] for k in 'xz')
    for p in pages:
        p['cx'], p['cz'] = (np.hstack([p[k], context(p['more'], p['p' + k])]) for k in 'xz')

    def second(chosen):
        return fit(np.concatenate([p['c' + k] for p in chosen for k in p['views']]), np.concatenate([p['y'] for p in chosen for _ in p['views']]), np.concatenate([p['w'] * s for p in chosen for s in (1, 0.6)[:len(p['views'])]]), AMONG)

    for train, test in folds:
        model = second([pages[i] for i in train])
        for i in test:
            pages[i]['q'] = model.predict_proba(pages[i]['cx'])[:, 1]
            pages[i]['qz'] = model.predict_proba(pages[i]['cz'])[:, 1]
    print('alone')
    report(pages, lambda p: p['px'] > 0.5)
    for t in (0.3, 0.4, 0.5, 0.6):
        print('among', t)
        report(pages, lambda p: p['q'] > t)
    print('by rule')
    report(pages, chosen_by_rule)
    print('other scripts')
    report(pages, lambda p: p['qz'] > 0.5)
    if len(sys.argv) > 4:
        worst = sorted((bag(p['gold'], '\n'.join(t for t, c in zip(p['texts'], p['q'] > 0.5) if c)), p['kind'], p['name']) for p in pages)
        print(*worst[:int(sys.argv[4])], sep='\n')
        json.dump([{'name': p['name'], 'blocks': [[t, float(s), float(a), float(q)] for t, s, a, q in zip(p['texts'], p['share'], p['px'], p['q'])]} for p in pages], open('predictions.json', 'w'))
    if len(sys.argv) > 3 and sys.argv[3] != '-':
        with open(sys.argv[3], 'w', encoding='utf-8') as out:
            print('# Two forests of decision trees by which the main text of a page is told: a block by itself (alone), then among its judged neighbours (among).', file=out)
            print('# Source: trained by tools/extract/train.py on the labels of WCXB (Web Content Extraction Benchmark, Murrough Foley, CC BY 4.0)', file=out)
            print('# and of article-extraction-benchmark (Scrapinghub, MIT). A tree a line, its nodes in order: feature:threshold (at most: the next', file=out)
            print('# node, else the other), =value (added to the logit).', file=out)
            for name, model in (('alone', first(pages)), ('among', second(pages))):
                for t in model.booster_.dump_model()['tree_info']:
                    print(name, ' '.join(tree(t['tree_structure'])), sep='\t', file=out)


if __name__ == '__main__':
    main()
