"""Follows the links of the built book within it: links.py FOLDER. Links into the web are left alone."""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag


class Page(HTMLParser):
    """Links and anchors of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.anchors = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if attributes.get("id"):
            self.anchors.add(attributes["id"])
        link = attributes.get("href" if tag in ("a", "link") else "src")
        if link and tag in ("a", "img", "link", "script"):
            self.links.append(link)


def main():
    root = Path(sys.argv[1]).resolve()
    # The page for printing holds all others, with their links as they were.
    found = [path for path in root.rglob("*.html") if path.name not in ("print.html", "404.html", "toc.html")]
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in found}
    wrong, seen = [], 0
    for path, page in pages.items():
        for link in page.links:
            target, anchor = urldefrag(link)
            if "://" in target or target.startswith(("mailto:", "data:")):
                continue
            seen += 1
            there = (path.parent / unquote(target)).resolve() if target else path
            is_known = there.exists() and there.is_relative_to(root)
            if not is_known or (anchor and there in pages and unquote(anchor) not in pages[there].anchors):
                wrong.append(f"{path.relative_to(root)}: {link}")
    if wrong or seen < 1000:
        sys.exit("broken links:\n" + "\n".join(sorted(set(wrong))) if wrong else f"only {seen} links were found")
    print(f"{len(pages)} pages, {seen} links")


main()
