"""Exercises on cross-entropy and likelihood. A mistake is a function whose docstring is the advice."""

__all__ = []
