"""What a document has said so far, for words in marks whose speaker stands in the sentence before."""

from dataclasses import dataclass

from discourse.reading.speech.sentences import Found, Reader, Sentence
from discourse.reading.speech.subjects import main_subject

__all__ = ["Context"]


@dataclass
class Context:
    """The last sentence read: its document, the row of TOKENS behind it, itself, and the rows of its speaker."""

    document: int
    stop: int
    sentence: Sentence | None = None
    speaker: tuple[int, int] | None = None
    found: bool = False

    def note(self, sentence: Sentence, document: int, first: int, found: list[Found]) -> None:
        """Remember a sentence with what was found in it."""
        if document != self.document:
            self.speaker = None
        self.document, self.stop, self.sentence = document, first + len(sentence.norm), sentence
        own = [item for item in found if sentence.inside(item.place) is None or item.form in ("bare", "headline")]
        self.found = bool(own)
        if own:
            item = own[-1]
            self.speaker = item.rows
            if item.speaker:
                self.speaker = first + item.speaker[0], first + item.speaker[1]

    def speaker_for(self, sentence: Sentence, document: int, first: int, reader: Reader) -> tuple[int, int] | None:
        """Return the rows of who speaks the words in marks of ``sentence``: the speaker or the subject just before."""
        if document != self.document or self.sentence is None:
            return None
        if sentence.opens[0].resumes:
            return self.speaker
        if self.stop != first:
            return None
        if self.found:
            return self.speaker
        subject = main_subject(self.sentence, len(self.sentence.norm), reader)
        begins = self.stop - len(self.sentence.norm)
        return (begins + subject[0], begins + subject[1]) if subject else None
