"""robots.txt: the kinds of RFC 9309, agreement with protego and the standard library, cost on hostile files."""

import random
import time
import urllib.robotparser

import pytest
from protego import Protego

from discourse.sources.web.robots import ROBOTS_BYTES, is_allowed, read_robots


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/1", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x=1", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /خاص", "/%D8%AE%D8%A7%D8%B5/1", False),
        ("User-agent: other\nUser-agent: Arabic-Discourse\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/y", True),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        ("User-agent: *\nDisallow: /a%2Fb", "/a%2fb", False),
        ("User-agent: *\nDisallow: /%41", "/A/1", False),
        ("User-agent: *\nDisallow: /a-%2A.html", "/a-*.html", False),
        ("User-agent: *\nDisallow: /a-%2A.html", "/a-b.html", True),
        ("User-agent: *\nDisallow: /a%24", "/a$b", False),
        ("User-agent: *\nDisallow: /a$", "/a$", True),
        ("User-agent: *\nDisallow: /a$", "/a%24b", True),
        ("User-agent: *\nDisallow: /\nAllow: /a$", "/a$b", False),
        ("User-agent: *\nDisallow: /a$b", "/a%24b", False),
        ("User-agent: *\nDisallow: /$", "/", False),
        ("User-agent: *\nDisallow: /$", "/?a", True),
        ("User-agent: *\nDisallow: /a?", "/a?b", False),
        ("User-agent: *\nDisallow: /a?", "/ab", True),
        ("User-agent: *\nDisallow: /%D3%CA", "/%D3%CA/1", False),
        ("User-agent: *\nDisallow: /%D3%CA", "/%E3%DF/1", True),
        ("User-agent: *\nDisallow: /%d3%ca%41", "/%D3%CAA", False),
        ("User-agent: *\nDisallow: /a\x85b", "/a%C2%85b", False),
        ("User-agent: *\nDisallow: /a\x0cDisallow: /", "/b", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: arabic\nDisallow: /\n", "/a", True),
        ("User-agent: a\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: arabic-discourse/2.0 (+http://example.org)\nDisallow: /", "/a", False),
        ("User-agent: *\nNoindex: /x\nUser-agent: other\nDisallow: /", "/a", False),
        ("User-agent: *\nCrawl-delay: 1\nUser-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: arabic-discourse\nDisallow:", "/a", True),
        ("Disallow: /\nUser-agent: other", "/a", True),
        ("User-agent: *\rDisallow: /a\rDisallow: /b", "/b", False),
        ("User-agent: *\nDisalow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: other\nDisallow: /", "/y", True),
        ("# nothing\nSitemap: https://example.org/s.xml", "/y", True),
    ],
)
def test_is_allowed_longest_rule_of_the_robots_own_group_decides(rules, path, allowed):
    assert is_allowed(read_robots(rules, "arabic-discourse"), "https://example.org" + path) is allowed


def test_is_allowed_agrees_with_the_standard_library_where_there_are_no_wildcards():
    text = "User-agent: *\nDisallow: /b/\nDisallow: /c\nAllow: /a\n\nUser-agent: arabic-discourse\nDisallow: /a/b\n"
    oracle = urllib.robotparser.RobotFileParser()
    oracle.parse(text.split("\n"))
    for agent in ("arabic-discourse", "other"):
        rules = read_robots(text, agent)
        for path in ("/", "/a", "/a/b", "/a/b/c", "/b", "/b/", "/c", "/cd"):
            address = "https://example.org" + path
            assert is_allowed(rules, address) is oracle.can_fetch(agent, address), (agent, path)


def random_robots(draw):
    """Return the text of a robots.txt, and addresses that look like its rules."""
    parts = [
        "a",
        "b",
        "news",
        "%2F",
        "%2A",
        "*",
        "/",
        "خاص",
        "%D8%AE",
        "?",
        "=",
        "%3D",
        "%41",
        ".pdf",
        "-",
        "%7e",
        "&x",
    ]
    agents = ["*", "arabic-discourse", "otherbot", "Arabic-Discourse"]

    def path():
        return "/" + "".join(draw.choice(parts) for _ in range(draw.randint(0, 5)))

    lines = []
    for _ in range(draw.randint(1, 4)):
        lines += [draw.choice(["User-agent: ", "user-agent:", "User agent "]) + draw.choice(agents)]
        lines += [draw.choice(["Sitemap: https://example.org/s.xml", "Crawl-delay: 3", ""])] * draw.randint(0, 1)
        rules = ["Disallow: ", "Allow: ", "disallow:", "Dissallow: ", "Disallow "]
        for _ in range(draw.randint(0, 5)):
            lines.append(draw.choice(rules) + path() + draw.choice(["", "", "$", " # note"]))
    return "\n".join(lines), ["https://example.org" + path() for _ in range(10)]


def test_is_allowed_agrees_with_protego_wherever_the_address_has_no_dollar():
    draw, n_allowed = random.Random(20151223), 0
    for _ in range(1_000):
        text, addresses = random_robots(draw)
        rules, protego = read_robots(text, "arabic-discourse"), Protego.parse(text)
        assert rules.delay == protego.crawl_delay("arabic-discourse"), text
        for address in addresses:
            said = protego.can_fetch(address, "arabic-discourse")
            assert is_allowed(rules, address) is said, (text, address)
            n_allowed += said
    assert 2_000 < n_allowed < 8_000


HOSTILE = {
    "one rule of stars": "User-agent: *\nDisallow: /" + "*" * 499_000,
    "one rule of 240,000 stars": "User-agent: *\nDisallow: /" + "*a" * 240_000 + "b",
    "31,000 rules with stars": "User-agent: *\n" + "Disallow: /*a*b\n" * 31_000,
    "15,000 robots and 18,000 rules": "".join(f"User-agent: a{number}\n" for number in range(15_000))
    + "User-agent: *\n"
    + "Disallow: /x\n" * 18_000,
    "one robot named 35,000 times": "User-agent: *\n" * 35_000 + "Disallow: /x",
    "percent signs": "User-agent: *\nDisallow: /" + "%D3" * 160_000,
    "blanks": "User-agent" + " " * 490_000 + "x",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_read_robots_half_a_megabyte_of_any_kind_takes_no_time(text):
    began = time.process_time()
    rules = read_robots(text, "arabic-discourse")
    for number in range(3):
        is_allowed(rules, f"https://example.org/{'a' * 4_000}{number}")
    assert time.process_time() - began < 10  # under one; a quadratic reading takes minutes


@pytest.mark.parametrize(("n_over", "bcd"), [(0, False), (1, True)])
def test_read_robots_reads_to_the_last_line_that_stands_whole_within_the_limit(n_over, bcd):
    head, last = "User-agent: *\nDisallow: /a\n#", "\nDisallow: /bcd"
    text = head + "x" * (ROBOTS_BYTES - len(head) - len(last) - n_over) + last + "\n# over"
    rules = read_robots(text.encode(), "arabic-discourse")
    assert [is_allowed(rules, "https://example.org" + path) for path in ("/a", "/b", "/bcd")] == [False, True, not bcd]
