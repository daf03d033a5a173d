"""Held against a reading by hand: what the rules find of the reported speech that a reader marked."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from discourse.errors import SchemaError

__all__ = ["compare_positions", "compare_speech"]


def compare_speech(quotations: pd.DataFrame, reading: Mapping[str, Any]) -> pd.DataFrame:
    """Compare QUOTATIONS of one document with its hand-made reading, instance by instance.

    A row of QUOTATIONS stands for an instance of the reading where their cues overlap. Speaker and content agree where
    they are the same characters; a speaker that contains or is contained in the other is "part".

    Parameters
    ----------
    quotations : DataFrame
        QUOTATIONS of the document that was read.
    reading : mapping
        As ``load_reading`` returns it; its ``reported_speech`` is read.

    Returns
    -------
    DataFrame
        One row per instance of the reading, in its order: ``id``, ``cue`` (as read), ``found`` (the cue of the rules,
        null where missed), ``speaker`` (same, part, other), ``side``, ``kind``, ``content`` (whether each agrees).

    Raises
    ------
    SchemaError
        The reading holds no ``reported_speech``.
    """
    if not reading.get("reported_speech"):
        present = ", ".join(sorted(map(repr, reading)))
        raise SchemaError(f"`reading` lacks 'reported_speech'; it has {present}. Load it with load_reading().")
    rows = []
    for item in reading["reported_speech"]:
        begin, end = item["cue"]["start"], item["cue"]["end"]
        overlap = (quotations["cue_start_char"] < end) & (quotations["cue_end_char"] > begin)
        hits = quotations[overlap.fillna(False).astype(bool)]  # speech without a cue overlaps none
        row: dict[str, Any] = {"id": item["id"], "cue": item["cue"]["text"], "found": None, "speaker": "other"}
        row |= {"side": False, "kind": False, "content": False}
        if len(hits):
            hit = hits.iloc[0]
            content = (int(hit["content_start_char"]), int(hit["content_end_char"]))
            row["found"] = hit["cue"]
            row["speaker"] = _speaker(hit, item["speaker"])
            row["side"] = (None if pd.isna(hit["side"]) else hit["side"]) == item["side"]
            row["kind"] = hit["kind"] == item["kind"]
            row["content"] = content == (item["content"]["start"], item["content"]["end"])
        rows.append(row)
    return pd.DataFrame(rows)


def _speaker(hit: pd.Series, read: Mapping[str, Any] | None) -> str:
    if read is None or pd.isna(hit["speaker"]):
        return "same" if read is None and pd.isna(hit["speaker"]) else "other"
    first, last = int(hit["speaker_start_char"]), int(hit["speaker_end_char"])
    if (first, last) == (read["start"], read["end"]):
        return "same"
    return "part" if first < read["end"] and last > read["start"] else "other"


def compare_positions(positions: pd.DataFrame, reading: Mapping[str, Any], *, target: str) -> pd.DataFrame:
    """Compare POSITIONS of one document with its hand-made reading, position by position.

    Parameters
    ----------
    positions : DataFrame
        POSITIONS of the document that was read, toward ``target``.
    reading : mapping
        As ``load_reading`` returns it; its ``positions`` and ``sentences`` are read.
    target : str
        Toward whom; other positions of the reading are left out.

    Returns
    -------
    DataFrame
        One row per position of the reading, in its order: ``sentence``, ``holder``, ``cues`` (as read),
        ``certainty``, ``found`` (the holder has a row in that sentence), ``polarity`` and ``voice`` (whether one of
        these rows agrees).

    Raises
    ------
    SchemaError
        The reading holds no positions toward ``target``.
    """
    places = {item["id"]: item["span"] for item in reading["sentences"]}
    read = [item for item in reading["positions"] if item["target"] == target]
    if not read:
        targets = ", ".join(sorted({repr(item["target"]) for item in reading["positions"]}))
        raise SchemaError(f"`target` is {target!r}; the reading holds positions toward {targets}.")
    rows = []
    for item in read:
        begin, end = places[item["sentence"]]["start"], places[item["sentence"]]["end"]
        spans = (positions["start_char"] < end) & (positions["end_char"] > begin)
        hits = positions[spans & (positions["holder"].astype(str) == item["holder"])]
        voices = hits["voice"].astype(str)[hits["polarity"] == item["polarity"]]
        rows.append(
            {
                "sentence": item["sentence"],
                "holder": item["holder"],
                "cues": " | ".join(cue["text"] for cue in item["cues"]),
                "certainty": item["certainty"],
                "found": len(hits) > 0,
                "polarity": bool((hits["polarity"] == item["polarity"]).any()),
                "voice": bool((voices == item["voice"]).any()),
            }
        )
    return pd.DataFrame(rows)
