"""What a corpus costs on Spark, beside the command line: wall, CPU seconds, peak memory, bytes shuffled, and the time of the stage that compares.

    python benches/spark.py FOLDER-OF-JSONL --program target/release/recensio --scratch /tmp/bench [--compare]

Run it by a Python that has recensio and pyspark. `--compare` also holds the lines of both against each other."""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

TICK, PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


def measured(command, log):
    """Runs a command; gives its wall and CPU seconds, and the most memory that its processes held together (resident sets: shared pages count each time)."""
    start, cpu, peak = time.monotonic(), {}, 0
    with open(log, "w") as out:
        process = subprocess.Popen([str(word) for word in command], start_new_session=True, stdout=out, stderr=subprocess.STDOUT)
        while True:
            held = 0
            for number in filter(str.isdigit, os.listdir("/proc")):
                try:
                    fields = pathlib.Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                if int(fields[3]) == process.pid:
                    cpu[number, fields[19]] = (int(fields[11]) + int(fields[12])) / TICK
                    held += int(fields[21]) * PAGE
            peak = max(peak, held)
            if process.poll() is not None:
                return time.monotonic() - start, sum(cpu.values()), peak, process.returncode
            time.sleep(0.2)


def stages(folder):
    """What Spark tells of each stage: tasks, seconds of its longest task, bytes written to the shuffle."""
    found = collections.defaultdict(lambda: [0, 0.0, 0, 0.0])
    for log in sorted(folder.rglob("events*")) + sorted(folder.glob("app-*")) + sorted(folder.glob("local-*")):
        if not log.is_file():
            continue
        for line in log.read_text().splitlines():
            event = json.loads(line)
            if event["Event"] != "SparkListenerTaskEnd" or "Task Metrics" not in event:
                continue
            stage, info = found[event["Stage ID"]], event["Task Info"]
            took = (info["Finish Time"] - info["Launch Time"]) / 1000
            stage[0] += 1
            stage[1] = max(stage[1], took)
            stage[2] += event["Task Metrics"]["Shuffle Write Metrics"]["Shuffle Bytes Written"]
            stage[3] += took
    return dict(found)


def digest(files):
    """Of the lines, in whatever order."""
    lines, total = 0, 0
    for file in files:
        with open(file, "rb") as opened:
            for line in opened:
                lines += 1
                total += int.from_bytes(hashlib.blake2b(line, digest_size=16).digest(), "big")
    return lines, total % (1 << 128)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("input", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("--master", default="local-cluster[2,1,1024]")
    parser.add_argument("--compare", action="store_true")
    typed = parser.parse_args()
    shutil.rmtree(typed.scratch, ignore_errors=True)
    for name in ("events", "local"):
        (typed.scratch / name).mkdir(parents=True)
    import recensio.spark_job

    size = sum(file.stat().st_size for file in typed.input.glob("*.jsonl"))
    direct, spread = typed.scratch / "direct", typed.scratch / "spark"
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.executor.memory": "1g",
        "spark.local.dir": typed.scratch / "local",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.compress": "false",
        "spark.eventLog.dir": f"file://{typed.scratch}/events",
    }
    submit = [pathlib.Path(sys.prefix) / "bin/spark-submit", "--master", typed.master]
    submit += [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    submit += [recensio.spark_job.__file__, typed.input, spread, "--format", "json"]
    for name, command in (("direct", [typed.program, "run", typed.input, "-o", direct, "-q"]), ("spark", submit)):
        wall, cpu, peak, code = measured(command, typed.scratch / f"{name}.log")
        print(f"{name}: {size / 1e6:.0f} MB, wall {wall:.1f} s, CPU {cpu:.1f} s, memory {peak / 1e6:.0f} MB, exit {code}", flush=True)
    for stage, (tasks, longest, shuffled, total) in sorted(stages(typed.scratch / "events").items()):
        print(f"stage {stage}: {tasks} tasks, {total:.1f} s, longest {longest:.1f} s, {shuffled / 1e6:.1f} MB shuffled")
    if typed.compare:
        for name in ("corpus", "removed", "clusters", "findings"):
            here, there = digest([direct / f"{name}.jsonl"]), digest((spread / name).glob("part-*.txt"))
            print(f"{name}: {here[0]} lines, {'the same' if here == there else f'DIFFERENT from the {there[0]} of Spark'}")


if __name__ == "__main__":
    main()
