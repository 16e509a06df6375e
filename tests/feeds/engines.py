"""Feeds replayed into engines: counts, a query in each of seven languages, changes, deletes, what is older, a rerun of nothing.

Needs RECENSIO, sqlite3, PostgreSQL, groonga and curl; starts servers of its own on sockets and ports that are free, and ends them."""

import json, os, pathlib, shutil, socket, subprocess, sys, tempfile, time, urllib.parse, urllib.request

RECENSIO = os.environ["RECENSIO"]
# Written for this test. A query of each language in another form than the text has, where the engine knows the language.
TEXTS = {
    "ru": "Министерство опубликовало законы о хранении персональных данных. Суд рассмотрит жалобы компаний в сентябре 2021 года.",
    "zh": "主管部门发布了数据安全管理办法，要求各地企业在2021年9月底以前完成自查工作并提交书面报告。",
    "ja": "経済産業省は二〇二一年九月に新しい規制を発表し、すべての事業者に安全対策の報告を求めた。",
    "th": "กระทรวงพาณิชย์ประกาศมาตรการใหม่เพื่อคุ้มครองผู้บริโภคทั่วประเทศเมื่อเดือนกันยายนที่ผ่านมา",
    "ar": "أعلنت وزارة التجارة عن إجراءات جديدة لحماية المستهلكين في جميع أنحاء البلاد خلال شهر سبتمبر.",
    "de": "Die Behörde veröffentlichte neue Vorschriften über den Schutz personenbezogener Daten in deutschen Unternehmen.",
    "en": "The agency published new regulations on the protection of personal data held by companies in the country.",
}
WORDS = {"ru": "закон", "zh": "数据安全", "ja": "安全対策", "th": "ผู้บริโภค", "ar": "المستهلكين", "de": "Vorschrift", "en": "regulation"}
# FTS5 has no stemmers but that of English, and asks for beginnings of words instead.
SQLITE = {"ru": "закон*", "zh": '"数 据 安 全"', "ja": '"安 全 対 策"', "th": '"' + " ".join(WORDS["th"]) + '"', "de": "Vorschrift*"}
AWKWARD = "The clerk wrote \"no\", c:\\temp\\'; DROP TABLE recensio; -- and $$ :name ]} %26 & <b> \\. 🙂 before the ferry left."

passed = 0


def check(what: str, got, wanted) -> None:
    global passed
    if got != wanted:
        sys.exit(f"feeds: {what}: {got!r}, not {wanted!r}")
    passed += 1


def run(*command, **more) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"feeds: {' '.join(map(str, command))}: {done.stdout}{done.stderr}")
    return done.stdout


def corpus(folder: pathlib.Path, name: str, documents: dict[str, str]) -> pathlib.Path:
    source = folder / f"{name}.jsonl"
    lines = [json.dumps({"id": n, "url": f"https://example.org/{n}", "text": text}, ensure_ascii=False) for n, text in documents.items()]
    source.write_text("\n".join(lines), encoding="utf-8")
    run(RECENSIO, "run", "--no-config", "-q", source, "-o", folder / name)
    return folder / name


class Sqlite:
    name = "sqlite"

    def __init__(self, folder):
        self.file = folder / "feed.db"
        self.env = {"DATABASE": str(self.file)}

    def ask(self, sql):
        return run("sqlite3", self.file, sql).split()

    def ids(self):
        return self.ask("SELECT id FROM recensio ORDER BY id")

    def find(self, language):
        words = SQLITE.get(language, WORDS[language]).replace("'", "''")
        return self.ask(f"SELECT id FROM recensio JOIN recensio_search ON recensio_search.rowid = number WHERE recensio_search MATCH '{words}'")

    def said(self, n):
        return run("sqlite3", self.file, f"SELECT text FROM recensio WHERE id = 'https://example.org/{n}'").rstrip("\n")

    def dated(self):
        return self.ask("SELECT id FROM recensio WHERE EXISTS (SELECT 1 FROM json_each(dates) WHERE json_extract(value, '$[0]') < '2021-10-01'"
                        " AND json_extract(value, '$[1]') > '2021-09-01') ORDER BY id")

    def whole(self):
        # FTS5 compares its index with the table that it is about.
        run("sqlite3", "-bail", self.file, "INSERT INTO recensio_search (recensio_search, rank) VALUES ('integrity-check', 1)")

    def end(self):
        pass


class Postgres:
    name = "postgres"

    def __init__(self, folder):
        self.bin = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.folder = folder / "postgres"
        self.folder.mkdir()
        self.before = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            folder.chmod(0o755)
            self.before = ["runuser", "-u", "postgres", "--"]
        run(*self.before, self.bin / "initdb", "-D", self.folder / "data", "-E", "UTF8", "--locale=C.UTF-8", "-U", "recensio", "-A", "trust", cwd="/")
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        run(*self.before, self.bin / "pg_ctl", "-w", "-D", self.folder / "data", "-l", self.folder / "log", "-o", options, "start", cwd="/")
        self.env = {"PGHOST": str(self.folder), "PGUSER": "recensio", "PGDATABASE": "postgres"}

    def ask(self, sql):
        return run("psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql, env=os.environ | self.env).split()

    def ids(self):
        return self.ask('SELECT id FROM recensio ORDER BY id COLLATE "C"')

    def find(self, language):
        config = {"ru": "russian", "ar": "arabic", "de": "german", "en": "english"}.get(language, "simple")
        return self.ask(f"SELECT id FROM recensio WHERE vector @@ recensio_query('{config}', '{WORDS[language]}')")

    def said(self, n):
        sql = f"SELECT texts[1] FROM recensio WHERE id = 'https://example.org/{n}'"
        return run("psql", "-X", "-A", "-t", "-c", sql, env=os.environ | self.env).rstrip("\n")

    def dated(self):
        return self.ask("SELECT id FROM recensio WHERE dates && daterange('2021-09-01', '2021-10-01') ORDER BY id")

    def whole(self):
        check("vectors", self.ask("SELECT count(*) FROM recensio WHERE vector IS NULL OR vector = ''"), ["0"])

    def end(self):
        run(*self.before, self.bin / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop", cwd="/")


class Groonga:
    name = "groonga"

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.server = subprocess.Popen(["groonga", "--bind-address", "127.0.0.1", "--port", str(port), "--protocol", "http", "-s", "-n", str(folder / "groonga.db")])
        self.url = f"http://127.0.0.1:{port}"
        self.env = {"URL": self.url}
        for _ in range(100):
            try:
                self.get("status")
                return
            except OSError:
                time.sleep(0.1)
        sys.exit("feeds: groonga does not answer")

    def get(self, command, **arguments):
        with urllib.request.urlopen(f"{self.url}/d/{command}?{urllib.parse.urlencode(arguments)}") as answer:
            return json.load(answer)[1]

    def select(self, **arguments):
        records = self.get("select", table="recensio", output_columns="_key,text_en", limit=-1, **arguments)[0][2:]
        return sorted(key for key, _ in records)

    def ids(self):
        return self.select()

    def find(self, language):
        return self.select(match_columns=f"title_{language}||text_{language}", query=WORDS[language])

    def said(self, n):
        return self.get("select", table="recensio", output_columns="text_en", filter=f'_key == "https://example.org/{n}"')[0][2][0]

    def dated(self):
        return self.select(filter="months @ 202109")

    def whole(self):
        pass

    def end(self):
        self.server.terminate()
        self.server.wait()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        first = TEXTS | {"awkward": AWKWARD}
        second = {n: text for n, text in first.items() if n != "th"} | {"de": TEXTS["de"].replace("Vorschriften", "Leitlinien"), "fr": "La commission a publié de nouvelles lignes directrices sur la protection des consommateurs."}
        third = second | {"th": TEXTS["th"]}
        one, two, three = corpus(folder, "one", first), corpus(folder, "two", second), corpus(folder, "three", third)
        for kind in [Sqlite, Postgres, Groonga]:
            engine = kind(folder)
            try:
                replay(engine, folder, one, two, three, [first, second, third])
            finally:
                engine.end()
            print(f"{engine.name}: whole")
    print(f"{passed} passed, 0 failed")


def replay(engine, folder, one, two, three, texts) -> None:
    feeds = folder / f"feeds-{engine.name}"

    def feed(corpus, n, *more):
        run(RECENSIO, "feed", "--no-config", "-q", corpus, "--to", engine.name, "-o", feeds / str(n), *more)
        return feeds / str(n)

    def load(feed):
        run(feed / "load.sh", env=os.environ | engine.env, cwd="/")

    def ids(n):
        return sorted(f"https://example.org/{document}" for document in texts[n])

    f1 = feed(one, 1)
    f2 = feed(two, 2, "--since", f1 / "manifest.jsonl")
    f3 = feed(three, 3, "--since", f2 / "manifest.jsonl")
    f4 = feed(three, 4, "--since", f3 / "manifest.jsonl")
    load(f1)
    check(f"{engine.name}: documents", engine.ids(), ids(0))
    for language in TEXTS:
        check(f"{engine.name}: {language}", engine.find(language), [f"https://example.org/{language}"])
    check(f"{engine.name}: the same bytes", engine.said("awkward"), AWKWARD)
    dated = engine.dated()
    check(f"{engine.name}: September 2021", "https://example.org/ru" in dated and "https://example.org/en" not in dated, True)
    load(f1)
    check(f"{engine.name}: the same feed twice", engine.ids(), ids(0))
    load(f2)
    check(f"{engine.name}: changes", engine.ids(), ids(1))
    check(f"{engine.name}: a text that has changed", engine.find("de"), [])
    check(f"{engine.name}: a text that is gone", engine.find("th"), [])
    load(f3)
    check(f"{engine.name}: what came again", engine.find("th"), ["https://example.org/th"])
    # A feed that is late: neither its delete nor its texts take the place of what is newer.
    load(f2)
    load(f1)
    check(f"{engine.name}: what is older comes late", engine.ids(), ids(2))
    check(f"{engine.name}: the newer text stays", engine.find("de"), [])
    check(f"{engine.name}: a rerun of nothing", sorted(path.name for path in f4.iterdir() if path.name.startswith(("upserts", "deletes"))), [])
    load(f4)
    check(f"{engine.name}: after nothing", engine.ids(), ids(2))
    engine.whole()


main()
