"""The two kinds of question, and what they show: nothing but themselves until the learner commits."""

from dataclasses import dataclass
from html import escape

import ipywidgets as widgets

_WRAPPED = {"description_width": "initial"}


class Question:
    """A question on the page: live where there is a kernel, its text elsewhere."""

    def _repr_mimebundle_(self, **kwargs):
        bundle = self.widget()._repr_mimebundle_(**kwargs)
        return bundle | {"text/plain": self.text}


@dataclass(frozen=True)
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

    def widget(self):
        """A new widget: the question, a number box, Commit and Just show me."""
        low, high = self.limits
        guess = widgets.BoundedFloatText(value=low, min=low, max=high, step=0.05, description="Your guess")
        commit = widgets.Button(description="Commit")
        show = widgets.Button(description="Just show me")
        reply = widgets.HTML()

        def say(text):
            reply.value = _paragraph(text)

        commit.on_click(lambda _: say(self.reply_to(guess.value)))
        show.on_click(lambda _: say(f"It is {self._in_unit(self.answer)}. {self.because}"))
        row = widgets.Box([guess, widgets.Label(self.unit), commit, show], layout={"flex_flow": "row wrap"})
        return widgets.VBox([_statement(f"Predict. {self.text}"), row, reply])

    def reply_to(self, guess):
        """What committing to a guess is answered."""
        gap = guess - self.answer
        if abs(gap) < 0.005:
            verdict = f"Yes, it is {self._in_unit(self.answer)}."
        else:
            side = "too high" if gap > 0 else "too low"
            verdict = f"You said {guess:g}. It is {self._in_unit(self.answer)}: your guess is {abs(gap):.3g} {side}."
        return f"{verdict} {self.because}"

    def _in_unit(self, value):
        return f"{value:.4g} {self.unit}".rstrip()


@dataclass(frozen=True)
class Choice(Question):
    """A question with answers to choose from. Every choice has its reply.

    Parameters
    ----------
    text : str
    right : str, the right choice
    replies : dict, from each choice to its reply, in the order shown
    """

    text: str
    right: str
    replies: dict

    def widget(self):
        """A new widget: the question, the choices with none taken, and the reply."""
        buttons = widgets.RadioButtons(options=list(self.replies), value=None, layout={"width": "auto"}, style=_WRAPPED)
        reply = widgets.HTML()

        def answer(change):
            reply.value = _paragraph(self.reply_to(change.new))

        buttons.observe(answer, names="value")
        return widgets.VBox([_statement(self.text), buttons, reply])

    def reply_to(self, choice):
        """What choosing is answered."""
        return f"{'Right' if choice == self.right else 'Not so'}. {self.replies[choice]}"


def _paragraph(text):
    return f"<p>{escape(text)}</p>"


def _statement(text):
    return widgets.HTML(f"<p><b>{escape(text)}</b></p>")
