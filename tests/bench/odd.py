"""Writes sites of odd shapes, one folder each: what a build costs there, and that it ends.

usage: python3 odd.py FOLDER
"""

import sys
from pathlib import Path

SETTINGS = 'schema = 1\ntitle = "Odd"\nbase_url = "https://example.org/"\nlanguages = ["de"]\n'


def put(root, path, text):
    """Writes one file of the content."""
    file = root / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def site(folder, name, body=""):
    """Writes a site with one page that has this body."""
    root = folder / name
    put(root, "site.toml", SETTINGS)
    put(root, "_index.md", '+++\ntitle = "Start"\n+++\n')
    put(root, "page.md", f'+++\ntitle = "Page"\n+++\n{body}')
    return root


def partners(root, count):
    """Adds so many partners, and a section for initiatives."""
    put(root, "partner/_index.md", '+++\ntitle = "Partners"\nkind = "partner"\n+++\n')
    put(root, "i/_index.md", '+++\ntitle = "Initiatives"\nkind = "initiative"\n+++\n')
    for i in range(count):
        put(root, f"partner/x{i}.md", f'+++\ntitle = "P{i}"\ntype = "verein"\n+++\n')


def references(folder):
    """One entry that refers to 10,000 others."""
    root = site(folder, "references")
    partners(root, 10_000)
    ids = ", ".join(f'"x{i}"' for i in range(10_000))
    put(root, "i/a.md", f'+++\ntitle = "A"\ntype = "programm"\npartners = [{ids}]\n+++\n')


def mistakes(folder):
    """Nine mistakes in each of 3,000 entries, beside 10,000 that are right."""
    root = site(folder, "mistakes")
    partners(root, 10_000)
    for i in range(3_000):
        put(root, f"i/a{i}.md", (
            f'+++\ntitle = "I{i}"\ntype = "projekt"\npartners = ["y{i}", "z{i}"]\n'
            f'topics = ["q{i}"]\nsumary = "x"\n+++\n'
            f"[a](../partner/w{i}.md) [b](../partner/v{i}.md) ![Picture {i}](n{i}.png) [c](#a{i})\n"
        ))


def main():
    """Writes all of them."""
    folder = Path(sys.argv[1])
    paragraph = "Ein Absatz mit **Text** und Wörtern, der sich wiederholt.\n\n"
    site(folder, "large", paragraph * (15 * 2**20 // 60))
    site(folder, "headings", "".join(f"## Titel {i}\n\nText\n\n" for i in range(5_000)))
    site(folder, "table", "| a | b | c |\n|---|---|---|\n" + "| x | y | z |\n" * 50_000)
    site(folder, "lists", "".join("  " * i + "- a\n" for i in range(500)))
    references(folder)
    mistakes(folder)


main()
