"""What a learner has predicted, answered and solved since the kernel started. It is kept nowhere else."""

from dataclasses import dataclass

from . import exercises, questions
from .questions.question import Choice, Prediction


@dataclass(frozen=True)
class Record:
    """One sentence on what has been done, and one on what to try again.

    Parameters
    ----------
    asked : dict of str to Question, those put in this session, by name
    checked : dict of str to Exercise, those checked in this session, by name
    """

    asked: dict
    checked: dict

    def __repr__(self):
        predictions = [q for q in self.asked.values() if isinstance(q, Prediction)]
        choices = [q for q in self.asked.values() if isinstance(q, Choice)]
        done = (
            f"Predicted {sum(bool(q.guesses) for q in predictions)} of {len(predictions)}, "
            f"answered {sum(bool(q.answers) for q in choices)} of {len(choices)}, "
            f"solved {sum(e.solved for e in self.checked.values())} of {len(self.checked)}."
        )
        again = [f"questions.{name}" for name, q in self.asked.items() if q.answers and not q.solved]
        again += [f"exercises.{name}" for name, e in self.checked.items() if "Wrong" in e.verdicts and not e.solved]
        return f"{done} Try again: {', '.join(again)}." if again else done


def progress():
    """What has been predicted, answered and solved in this session, and what to try again."""
    asked = {name: getattr(questions, name) for name in questions.__all__ if getattr(questions, name).asked}
    checked = {name: getattr(exercises, name) for name in exercises.__all__ if getattr(exercises, name).verdicts}
    return Record(asked, checked)
