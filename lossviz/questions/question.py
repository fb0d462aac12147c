"""The two kinds of question, and what they show: nothing but themselves until the learner commits."""

from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakSet

import anywidget
import traitlets

_HERE = Path(__file__).parent


class Card(anywidget.AnyWidget):
    """A question in the page. `card.js` is its other half.

    Attributes
    ----------
    text : str, the question
    choices : list of str, what can be chosen; empty where a number is asked for
    limits : (low, high), the numbers that can be entered
    unit : str, of these numbers
    reply : str, what the last answer was told, spoken by a screen reader
    marks : list of (share, words, kind), what stands on the number line, with its share of the way from low to high
    """

    _esm = (_HERE / "card.js").read_text(encoding="utf-8")
    _css = (_HERE / "card.css").read_text(encoding="utf-8")

    text = traitlets.Unicode().tag(sync=True)
    choices = traitlets.List().tag(sync=True)
    limits = traitlets.List([0, 1]).tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)
    reply = traitlets.Unicode().tag(sync=True)
    marks = traitlets.List().tag(sync=True)


@dataclass
class Question:
    """A question on the page: live where there is a kernel, its text elsewhere.

    Attributes
    ----------
    answers : list, what has been answered so far; None where the learner asked to be shown the answer
    asked : bool, whether the question has been put in this session
    seen_in : set of explorers that show the last guess, and are staged again when there is a new one
    """

    answers: list = field(default_factory=list, init=False, repr=False)
    asked: bool = field(default=False, init=False, repr=False)
    seen_in: WeakSet = field(default_factory=WeakSet, init=False, repr=False)

    def widget(self):
        """A new card with this question, which replies to what is answered on it."""
        card = self._card()
        card.on_msg(lambda _, content, __: self.answer_on(card, content["answer"]))
        return card

    def answer_on(self, card, answer):
        """Take an answer given on a card, and reply there."""
        self.answers.append(answer)
        with card.hold_sync():
            card.reply, card.marks = self.reply_to(answer), self._marks(answer)
        for explorer in list(self.seen_in):
            explorer.stage()

    def _repr_mimebundle_(self, **kwargs):
        self.asked = True
        bundle = self.widget()._repr_mimebundle_(**kwargs)
        data, *metadata = bundle if isinstance(bundle, tuple) else (bundle,)
        return data | {"text/plain": self.text}, *metadata


@dataclass
class Prediction(Question):
    """A number to predict. Committing shows the answer, the gap, and the reason.

    Parameters
    ----------
    text : str
    answer : float
    limits : (float, float), the smallest and largest guess that can be entered
    unit : str, such as "bits", or "" for a pure number
    because : str, the reason
    """

    text: str
    answer: float
    limits: tuple
    unit: str
    because: str

    @property
    def solved(self):
        """Whether the last guess was within a fiftieth of what could be entered."""
        low, high = self.limits
        return bool(self.guesses) and abs(self.guesses[-1] - self.answer) <= (high - low) / 50

    @property
    def guesses(self):
        """The numbers committed to so far."""
        return [answer for answer in self.answers if answer is not None]

    def reply_to(self, guess):
        """What committing to a guess is answered; None asks for the answer."""
        return f"{self._verdict(guess)} {self.because}"

    def _verdict(self, guess):
        if guess is None:
            return f"It is {self._in_unit(self.answer)}."
        size = abs(self.answer)
        if abs(guess - self.answer) <= max(5e-4 * size, min(0.005, 0.02 * size)) + 1e-9:
            return f"Yes, it is {self._in_unit(self.answer)}."
        gap = guess - float(f"{self.answer:.4g}")
        side = "too high" if gap > 0 else "too low"
        return f"You said {guess:g}. It is {self._in_unit(self.answer)}: your guess is {abs(gap):.3g} {side}."

    def _marks(self, guess):
        marks = [self._mark(self.answer, f"▼ {self._in_unit(self.answer)}", "truth")]
        return marks + ([] if guess is None else [self._mark(guess, f"▲ your guess, {guess:g}", "guess")])

    def _mark(self, value, words, kind):
        low, high = self.limits
        return [(value - low) / (high - low), words, kind]

    def _card(self):
        return Card(text=f"Predict. {self.text}", limits=list(self.limits), unit=self.unit)

    def _in_unit(self, value):
        shown = f"{value:.4g}"
        return f"{shown} {self.unit.removesuffix('s') if shown == '1' else self.unit}".rstrip()


@dataclass
class Choice(Question):
    """A question with answers to choose from. Every choice has its reply, and the tries are counted.

    Parameters
    ----------
    text : str
    right : str, the right choice
    replies : dict, from each choice to its reply, in the order shown
    """

    text: str
    right: str
    replies: dict

    @property
    def solved(self):
        """Whether the last choice was the right one."""
        return self.answers[-1:] == [self.right]

    def reply_to(self, choice):
        """What choosing is answered."""
        verdict = "Right" if choice == self.right else "Not so"
        tries = len(self.answers)
        count = f" (Try {tries}.)" if tries > 1 else ""
        return f"{verdict}. {self.replies[choice]}{count}"

    def _marks(self, _):
        return []

    def _card(self):
        return Card(text=self.text, choices=list(self.replies))
