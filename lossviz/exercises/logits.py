"""Exercises on softmax and the loss of logits. A mistake is a function whose docstring is the advice."""

__all__ = []
