"""Random robots.txt files, each asked for random paths: `discourse.sources.web.robots` against protego by itself.

    python benchmarks/cases/robots.py [--files 6800] [--paths 10] [--seed 20151223]

In what is compared no path and no rule holds what protego 0.7.0 reads otherwise than RFC 9309 (a dollar within a path,
an escape that is no UTF-8): docs/dependencies.md lists those kinds, and they are counted by themselves in the second
line. Delays are compared for each file. Exit 1 if the first line has a difference.
"""

import argparse
import random
import sys
from collections.abc import Sequence

from protego import Protego

from discourse.sources.web.robots import is_allowed, read_robots

PARTS = (
    "a b news archive 2015 %2F %2A * / // . .pdf .html ? = & &x %3D %41 %7e %7E ~ - _ + ; : @ ! ( ) %20 "
    "%D8%AE %d8%ae خ خاص é %C3%A9 index.html search"
).split()
OTHER_PARTS = ("$", "%24", "%D3", "%d3%ca", "$a")  # read otherwise by protego
AGENT = "arabic-discourse"
AGENTS = ("*", "arabic-discourse", "Arabic-Discourse", "ARABIC-DISCOURSE", "otherbot", "googlebot", "*")
NAMES = ("User-agent: ", "user-agent:", "User agent ", "USER-AGENT:\t", "  User-agent : ")
RULES = ("Disallow: ", "Allow: ", "disallow:", "ALLOW:\t", "Dissallow: ", "Disallow ", "  Allow : ")
BETWEEN = (
    "",
    "# a note",
    "Sitemap: https://example.org/s.xml",
    "Crawl-delay: 3",
    "Crawl-delay: 0.5",
    "Host: example.org",
)
ENDS = ("\n", "\n", "\r\n", "\r")


def draw_path(draw: random.Random, parts: Sequence[str]) -> str:
    """Draw a path of some parts."""
    return "/" + "".join(draw.choice(parts) for _ in range(draw.randint(0, 6)))


def draw_file(draw: random.Random, parts: Sequence[str]) -> str:
    """Draw a robots.txt: groups of one name or several, rules, what else stands in such files."""
    lines = []
    for _ in range(draw.randint(1, 5)):
        for _ in range(draw.choice([1, 1, 1, 2, 3])):
            lines.append(draw.choice(NAMES) + draw.choice(AGENTS) + draw.choice(["", "", " # robot"]))
        for _ in range(draw.randint(0, 6)):
            if draw.random() < 0.2:
                lines.append(draw.choice(BETWEEN))
            path = draw.choice(["", "/"]) if draw.random() < 0.1 else draw_path(draw, parts)
            lines.append(draw.choice(RULES) + path + draw.choice(["", "", "", "$", "*", " # note"]))
    return draw.choice(["", "", "\ufeff"]) + draw.choice(ENDS).join(lines)


def compare(n_files: int, n_paths: int, seed: int, parts: Sequence[str]) -> tuple[int, int, list[str]]:
    """Return how many answers were compared, how many of them allow, and the differences."""
    draw, n_asked, n_allowed, differences = random.Random(seed), 0, 0, []
    for _ in range(n_files):
        text = draw_file(draw, parts)
        plain = Protego.parse(text.removeprefix("\ufeff"))
        rules = read_robots(text, AGENT)
        if rules.delay != plain.crawl_delay(AGENT):
            differences.append(f"delay {rules.delay} for {plain.crawl_delay(AGENT)}: {text!r}")
        for _ in range(n_paths):
            address = f"https://example.org{draw_path(draw, parts)}"
            ours, theirs = is_allowed(rules, address), plain.can_fetch(address, AGENT)
            n_asked, n_allowed = n_asked + 1, n_allowed + ours
            if ours is not theirs:
                differences.append(f"{address} allowed {ours} for {theirs}: {text!r}")
    return n_asked, n_allowed, differences


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=6800)
    parser.add_argument("--paths", type=int, default=10)
    parser.add_argument("--seed", type=int, default=20151223)
    asked = parser.parse_args()
    n, n_allowed, differences = compare(asked.files, asked.paths, asked.seed, PARTS)
    print(f"{n:,} checks of {asked.files:,} files, {n_allowed:,} allowed: {len(differences)} differences")
    for difference in differences[:5]:
        print(f"  {difference}")
    m, _, known = compare(asked.files // 10, asked.paths, asked.seed, (*PARTS, *OTHER_PARTS))
    print(f"with dollars and bytes that are no UTF-8, {m:,} checks: {len(known)} differences (docs/dependencies.md)")
    return bool(differences)


if __name__ == "__main__":
    sys.exit(main())
