"""Make export.csv: 300 records of invented news, with what exports of the press have that no table should have.

Run ``python seeds/export/make_export.py`` to write export.csv and answers.csv anew; the seed decides on every byte.
"""

import csv
import datetime
import io
import random
from pathlib import Path
from typing import Any

import yaml
from hijridate import Gregorian

HERE = Path(__file__).resolve().parent
SEED = 1437
N_STORIES, N_COPIES, N_EDITED = 215, 36, 25
N_BROKEN = {"no text": 6, "counted": 5, "too many fields": 6, "other encoding": 2, "no such day": 1, "no date": 4}
_EASTERN = str.maketrans("0123456789", "".join(map(chr, range(0x660, 0x66A))))


def make_export(seed: int = SEED) -> tuple[bytes, list[dict[str, str]]]:
    """Return the bytes of export.csv, and for each record its line, kind, story and the day that it prints.

    ``kind`` says what is the matter with a record: story (nothing), copy, edited, or a key of ``N_BROKEN``. ``date`` is
    the day that a person reads, empty where the record prints none.
    """
    words = yaml.safe_load((HERE / "templates.yml").read_text(encoding="utf-8"))
    chance = random.Random(seed)
    stories = _stories(words, chance)
    copied = chance.sample(stories, N_COPIES + N_EDITED)
    records = [*stories]
    for place, story in enumerate(copied):
        other = chance.choice([outlet for outlet in words["outlets"] if outlet is not story["outlet"]])
        later = story["day"] + datetime.timedelta(days=chance.choice([0, 0, 1]))
        twin = {**story, "outlet": other, "day": later, "kind": "copy" if place < N_COPIES else "edited"}
        if twin["kind"] == "edited":
            twin["sentences"] = _edited(story["sentences"], words, chance)
        records.append(twin)
    for kind, n in N_BROKEN.items():
        for story in chance.sample(stories, n):
            moved = story["day"] + datetime.timedelta(days=chance.randint(20, 300))
            records.append(
                {**story, "sentences": _sentences(words, chance, story["theme"]), "day": moved, "kind": kind}
            )
    chance.shuffle(records)
    return _written(records, words, chance)


def _stories(words: dict[str, Any], chance: random.Random) -> list[dict[str, Any]]:
    stories: list[dict[str, Any]] = []
    seen: list[set[str]] = []
    while len(stories) < N_STORIES:
        day = datetime.date(2013, 1, 1) + datetime.timedelta(days=chance.randint(0, 4380))
        span = (day.year > 2015) + (day.year > 2019) + (day.year > 2021)
        themes = list(words["themes"])
        theme = chance.choices(themes, [words["themes"][name]["weights"][span] for name in themes])[0]
        sentences = _sentences(words, chance, theme)
        if any(len(set(sentences) & other) > 2 for other in seen):
            continue  # too near to another story: they would be copies
        seen.append(set(sentences))
        number = len(stories) + 1
        title = chance.choice(words["titles"][theme]) + chance.choice(words["title_tails"])
        outlet = chance.choice(words["outlets"])
        stories.append(
            {
                "story": number,
                "theme": theme,
                "sentences": sentences,
                "day": day,
                "title": title,
                "outlet": outlet,
                "kind": "story",
            }
        )
    return stories


def _sentences(words: dict[str, Any], chance: random.Random, theme: str) -> list[str]:
    own = words["themes"][theme]
    filled = {name: chance.choice(words[f"{name}s"]) for name in ("place", "official", "number")}
    said = chance.sample(own["said"], chance.choice([1, 2]))
    behind = [*chance.sample(words["backgrounds"], chance.choice([2, 3])), chance.choice(words["closings"])]
    return [chance.choice(own["lead"]).format(**filled), *said, *behind]


def _edited(sentences: list[str], words: dict[str, Any], chance: random.Random) -> list[str]:
    """Change words, and leave out or add a sentence, as a desk does with a story of an agency."""
    changed = [*sentences]
    for old, new in words["edits"].items():
        changed = [" ".join(sentence.replace(old, new).split()) for sentence in changed]
    if chance.random() < 0.5:
        return changed[:-1]
    return [*changed, chance.choice(words["backgrounds"])]


def _stated(day: datetime.date, form: str, words: dict[str, Any], chance: random.Random) -> str:
    """Write a day as an outlet prints it."""
    month = {name: names[day.month - 1] for name, names in words["months"].items()}
    weekday, hijri = words["weekdays"][day.weekday()], Gregorian.fromdate(day).to_hijri()
    hijri_month, era = words["months"]["hijri"][hijri.month - 1], words["era"]
    issue = (day - datetime.date(1975, 1, 1)).days // 7
    common = f"{day.day} {month['egypt']} {day.year}"
    forms = {
        "iso": f"{day:%Y-%m-%d}",
        "iso_time": f"{day:%Y-%m-%d}T{chance.randint(6, 22):02}:{chance.randint(0, 59):02}:00+03:00",
        "slashes": f"{day:%d/%m/%Y}",
        "dots": f"{day:%d.%m.%Y} - {chance.randint(6, 22):02}:{chance.randint(0, 59):02}",
        "eastern": f"{day:%Y/%m/%d}".translate(_EASTERN),
        "eastern_name": f"{day.day} {month['egypt']} {day.year}".translate(_EASTERN),
        "levant": f"{day.day} {month['levant']} {day.year}",
        "levant_both": f"{weekday} {day.day} {month['levant']}/{month['egypt']} {day.year}",
        "morocco": f"{weekday} {day.day} {month['morocco']} {day.year}",
        "algeria": f"{day.day} {month['algeria']} {day.year}",
        "hijri": f"{hijri.day:02}/{hijri.month:02}/{hijri.year}{era}",
        "hijri_name": f"{hijri.day} {hijri_month} {hijri.year}{era}",
        "hijri_both": f"{hijri.day} {hijri_month} {hijri.year}{era} {words['corresponding']} {common}",
        "issue": f"{weekday} {day.day} {month['egypt']} {day.year} {words['issue']} {issue}",
        "english": f"{month['english']} {day.day}, {day.year}",
    }
    return forms[form]


def _page(record: dict[str, Any]) -> str:
    """Put what the page of the outlet prints around the sentences."""
    outlet, sentences = record["outlet"], record["sentences"]
    half = max(1, len(sentences) // 2)
    paragraphs = [" ".join(sentences[:half]), " ".join(sentences[half:])]
    if outlet.get("html"):
        return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return "\n".join([*outlet["before"], *paragraphs, *outlet["after"]])


def _written(
    records: list[dict[str, Any]], words: dict[str, Any], chance: random.Random
) -> tuple[bytes, list[dict[str, str]]]:
    rows: list[bytes] = [b"\xef\xbb\xbfsep=;\r\n", _row(words["headings"])]
    line, answers = 3, []
    for place, record in enumerate(records, start=1):
        kind, day = record["kind"], record["day"]
        stated, read = _stated(day, chance.choice(record["outlet"]["forms"]), words, chance), day.isoformat()
        if kind == "counted":
            stated, read = chance.choice(words["counted"]), ""
        elif kind == "no such day":
            stated, read = f"31/02/{day.year}", ""
        elif kind == "no date":
            stated, read = "", ""
        text = "" if kind == "no text" else _page(record)
        gathered = (max(day, datetime.date(2025, 1, 5)) + datetime.timedelta(days=place % 9)).isoformat()
        address = f"https://example.org/{record['story']:04}/{place}"
        number = str((place - 1) % 150 + 1)  # two sheets, each numbered for itself, put under one another
        note = chance.choice(words["notes"])
        fields = [number, record["title"], text, stated, gathered, record["outlet"]["name"], address, note, ""]
        raw = _row(fields)
        if kind == "too many fields":  # somebody put the text in without quotation marks
            loose = text.replace("\n", " ").replace(". ", "; ").replace('"', "")
            raw = ";".join([*fields[:2], loose, *fields[3:]]).encode("utf-8") + b"\r\n"
        elif kind == "other encoding":
            raw = raw.decode("utf-8").encode("windows-1256")
        rows.append(raw)
        answers.append({"line": str(line), "kind": kind, "story": str(record["story"]), "date": read})
        line += raw.count(b"\n")
        if place % 90 == 0:  # rows that were emptied in the sheet, and no records
            rows.append(b"\r\n")
            line += 1
    return b"".join(rows), answers


def _row(fields: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow(fields)
    return buffer.getvalue().encode("utf-8")


def main() -> None:
    """Write export.csv and answers.csv beside this script."""
    content, answers = make_export()
    (HERE / "export.csv").write_bytes(content)
    with (HERE / "answers.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["line", "kind", "story", "date"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(answers)


if __name__ == "__main__":
    main()
