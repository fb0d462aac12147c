"""Libraries that the tests compare with where they are installed, and that the full CI run must have."""

import importlib
import os

import pytest


def library(name, package=None):
    """The library, or a skip that says why; an error where LOSSVIZ_ALL_LIBRARIES is set, as in .ci/run."""
    try:
        return importlib.import_module(name)
    except ImportError:
        if os.environ.get("LOSSVIZ_ALL_LIBRARIES"):
            raise
        pytest.skip(f"compares with {name}: pip install {package or name}", allow_module_level=True)
