"""Runs the commands of the book: book.py PROGRAM [PAGE...].

The blocks of a page share a clean folder that holds the sample. A block of `sh` must succeed (`sh,fails`: must not), a block of `python` is a script,
and a block of `toml` whose first line names a file is written to it. A block of `text` or `json` right after one that ran is what it prints on standard
output, where a line `…` stands for any lines. A page with `<!-- needs: index -->` is for builds with that feature: others pass it over unless it is named.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import json

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```([a-z,]+)\n(.*?)^```$", re.M | re.S)


class OpenSearch(BaseHTTPRequestHandler):
    """What the page about OpenSearch asks, held to the shape of its interface."""

    fields = {}

    def do_PUT(self):
        OpenSearch.fields = self.body_json()["mappings"]["properties"]
        types = {"text", "keyword", "date", "date_range", "integer"}
        self.answer(all(field["type"] in types for field in self.fields.values()), {"acknowledged": True})

    def do_POST(self):
        body = self.body()
        lines = body.decode("utf-8").split("\n")
        ok = lines.pop() == "" and len(lines) % 2 == 0 and self.headers["Content-Type"] == "application/x-ndjson"
        for action, document in zip(lines[::2], lines[1::2]):
            about = json.loads(action)["index"]
            ok = ok and set(about) == {"_index", "_id"} and 0 < len(about["_id"].encode()) <= 512
            for name, value in json.loads(document).items():
                ok = ok and self.fits(self.fields[name]["type"], value)
        self.answer(ok, {"errors": False})

    @staticmethod
    def fits(kind, value):
        if isinstance(value, list):
            return all(OpenSearch.fits(kind, one) for one in value)
        if value is None:
            return True
        if kind == "date_range":
            return set(value) == {"gte", "lt"} and all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in value.values())
        return isinstance(value, int if kind == "integer" else str)

    def body(self):
        return self.rfile.read(int(self.headers["Content-Length"]))

    def body_json(self):
        return json.loads(self.body())

    def answer(self, ok, what):
        out = json.dumps(what if ok else {"errors": True}).encode()
        self.send_response(200 if ok else 400)
        self.send_header("Content-Length", str(len(out)))
        self.end_headers()
        self.wfile.write(out)

    def log_message(self, *_):
        pass


def matches(expected, printed):
    """Whether what was printed is what is shown."""
    parts = [re.escape(line) if line != "…" else None for line in expected.rstrip("\n").split("\n")]
    pattern = "".join(r"(?:[^\n]*\n)*" if part is None else part + r"\n" for part in parts)
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n") is not None


def run_page(page, folder, environment, port):
    """Runs a page; gives what went wrong, and how many blocks ran and were compared."""
    wrong, ran, compared, printed, before = [], 0, 0, None, 0
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        kind, body = block.group(1), block.group(2)
        line = text.count("\n", 0, block.start()) + 1
        place = f"{page.relative_to(ROOT)}:{line}"
        gap = text[before:block.start()].strip()
        before = block.end()
        if kind in ("sh", "sh,fails", "python"):
            body = body.replace("http://localhost:9200", f"http://127.0.0.1:{port}")
            command = ["bash", "-euo", "pipefail", "-c", body] if kind != "python" else [sys.executable, "-c", body]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=120)
            ran += 1
            printed = done.stdout.decode("utf-8").replace("\r\n", "\n")
            if (done.returncode != 0) != (kind == "sh,fails"):
                wrong.append(f"{place}: exit code {done.returncode}\n{done.stderr.decode('utf-8')}{printed}")
        elif kind == "toml" and body.startswith("# "):
            (folder / body.split("\n")[0][2:]).write_text(body, encoding="utf-8")
        elif kind in ("text", "json") and printed is not None and gap == "":
            compared += 1
            if not printed.strip() or not matches(body, printed):
                wrong.append(f"{place}: shown is\n{body}printed was\n{printed}")
            printed = None
    return wrong, ran, compared


def has_index(program):
    """Whether the program is a build with the feature `index`."""
    said = subprocess.run([program, "search", "a", "--index", "nowhere"], capture_output=True).stderr
    return b"this build has no index" not in said


def main():
    program, named = Path(sys.argv[1]).resolve(), sys.argv[2:]
    pages = sorted(page for page in (ROOT / "docs/book").glob("*.md") if not named or page.name in named)
    if not named and not has_index(program):
        left = [page for page in pages if "<!-- needs: index -->" in page.read_text(encoding="utf-8")]
        pages = [page for page in pages if page not in left]
        print("needs a build with the feature index: " + ", ".join(page.name for page in left))
    server = ThreadingHTTPServer(("127.0.0.1", 0), OpenSearch)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RECENSIO_")}
    environment["LC_ALL"] = "C.UTF-8"
    environment["PATH"] = f"{program.parent}{os.pathsep}{environment['PATH']}"
    wrong, ran, compared = [], 0, 0
    for page in pages:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "input", Path(folder) / "input")
            one = run_page(page, Path(folder), environment, server.server_port)
        wrong, ran, compared = wrong + one[0], ran + one[1], compared + one[2]
    if wrong or (not named and (ran < 30 or compared < 20)):
        sys.exit("\n".join(wrong) or f"only {ran} blocks ran and {compared} were compared")
    print(f"{len(pages)} pages: {ran} blocks ran, {compared} outputs compared")


main()
