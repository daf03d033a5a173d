"""What is compared: each piece of work, who does it, and which times stand side by side in the results."""

from dataclasses import dataclass

OURS = "ours"
READ = "read and tokenise"
PLAIN = "frequencies, log ratio, G2"


@dataclass(frozen=True)
class Party:
    """Who does a piece of work: the environment, the module of bench.work and its arguments."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of the results: a time of ours beside one of a peer, or alone.

    ``most`` is the target: with a peer the highest ratio of our time to the peer's, without one the highest value of
    ``measure`` (seconds of wall clock, CPU seconds, or megabytes).
    """

    title: str
    ours: str
    peer: str | None = None
    theirs: str | None = None
    most: float | None = None
    measure: str = "wall"


@dataclass(frozen=True)
class Task:
    """A piece of work: who does it in each turn, ours last, and the lines of the results it gives.

    ``same`` names the results that have to be equal between us and each peer, for the work to be the same; ``found``
    one that tells how well it was done, where the peers only come near.
    """

    name: str
    parties: tuple[Party, ...]
    lines: tuple[Line, ...]
    same: tuple[str, ...] = ()
    found: str = ""


def _words(name: str, title: str, cold: float | None) -> Task:
    kind = (name,)
    return Task(
        name,
        (Party("pyahocorasick", "words_automaton", kind), Party(OURS, "words_ours", kind)),
        (
            Line(f"{title}, warm", "warm", "pyahocorasick", "warm", 1.0),
            Line(f"{title}, cold", "cold", "pyahocorasick", "cold", cold),
        ),
        ("hits", "documents", "sum"),
    )


def _lines(word: str, what: str, most: float | None) -> Line:
    return Line(f"KWIC, {word} word, {what}", f"{word}, {what}", "conc", f"{word}, {what}", most)


TASKS = (
    Task(
        "read",
        (
            Party("camel-tools", "read_camel"),
            Party("conc", "read_conc"),
            Party("polars", "read_polars"),
            Party(OURS, "read_ours"),
        ),
        (
            Line("read + tokenise with offsets", READ, "camel-tools", READ, 1 / 6),
            Line("read + tokenise; conc: its index on disk", READ, "conc", READ),
            Line("read + tokenise; polars: bare coded split, without offsets", READ, "polars", READ, 2.5),
        ),
        ("tokens", "distinct"),
    ),
    _words("literal", "480 literal words, counts per document, tokens at hand", 2.0),
    _words("lemmas", "480 lemma entries with clitics, counts per document, tokens at hand", None),
    Task(
        "lines",
        (Party("conc", "lines_conc"), Party(OURS, "lines_ours")),
        (
            _lines("rare", "1,000 lines, first", None),
            _lines("rare", "1,000 lines, warm", 1.0),
            _lines("frequent", "1,000 lines, first", None),
            _lines("frequent", "1,000 lines, warm", 1.0),
            _lines("frequent", "all lines, warm", None),
            Line("KWIC, frequent word, all lines, warm", "frequent, all lines, warm", most=0.5),
        ),
        tuple(f"{word}: {what}" for word in ("frequent", "rare") for what in ("lines", "documents")),
    ),
    Task(
        "collocates",
        (Party("conc", "collocates_conc"), Party(OURS, "collocates_ours")),
        (
            *(
                Line(f"collocates, {word} word, {what}", f"{word}, {what}", "conc", f"{word}, {what}", most)
                for word in ("frequent", "rare")
                for what, most in (("first", None), ("warm", 1 / 8))
            ),
            *(
                Line(
                    f"collocates, {word} word, ours with intervals and tests",
                    f"{word}, with intervals and tests, warm",
                    "conc",
                    f"{word}, warm",
                )
                for word in ("frequent", "rare")
            ),
        ),
    ),
    Task(
        "keyness",
        (Party("conc", "keyness_conc"), Party(OURS, "keyness_ours")),
        (
            Line(f"keyness of two halves: {PLAIN}, first", f"{PLAIN}, first", "conc", f"{PLAIN}, first"),
            Line(f"keyness of two halves: {PLAIN}, warm", f"{PLAIN}, warm", "conc", f"{PLAIN}, warm", 1 / 20),
            Line("the same with intervals, ranks and 1,000 shuffles", "all tests, 1,000 shuffles"),
        ),
        ("words", "terms"),
    ),
    Task(
        "draws",
        (Party("pandas", "draws_pandas"), Party(OURS, "draws_ours")),
        (Line("1,000 bootstrap draws, 12 categories x 36 months", "draws", "pandas", "draws", 1 / 20),),
        ("rows", "estimates"),
    ),
    Task(
        "copies",
        (Party("rensa", "copies_rensa"), Party("datasketch", "copies_datasketch"), Party(OURS, "copies_ours")),
        (
            Line("near-duplicates, tokens at hand; rensa: from texts", "tokens at hand", "rensa", "from texts", 1.5),
            Line("near-duplicates, from texts", "from texts", "rensa", "from texts"),
            Line("near-duplicates, from texts", "from texts", "datasketch", "from texts"),
            Line("near-duplicates, tokens and boilerplate at hand", "tokens and boilerplate at hand"),
            Line("boilerplate of the same articles", "boilerplate"),
        ),
        ("planted",),
        "found",
    ),
    Task(
        "reports",
        (Party(OURS, "chart_ours", ("reports",)),),
        (Line("chart seed:reports, CPU seconds", "chart", most=7.0, measure="cpu"),),
    ),
    Task(
        "chart",
        (Party(OURS, "chart_ours", ("corpus",)),),
        (
            Line("chart of the corpus by month", "chart", most=25.0),
            Line("chart of the corpus by month, CPU seconds", "chart", measure="cpu"),
            Line("chart of the corpus by month, peak memory", "chart", most=2300.0, measure="peak_mb"),
        ),
    ),
)
