"""Every explorer in the real browser, for the eye: light, dark, classroom, narrow, and the ends of its controls.

Run as ``python -m tools.shots`` (`make shots`). The pictures go to ``shots/`` and are not committed.
"""

import shutil
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import expect, sync_playwright

from lossviz import explorers
from tools.lab import chromium, leave, notebook, open_and_run, run, served

OUT = Path(__file__).parents[1] / "shots"
PAGES = {"light": (1280, 900), "dark": (1280, 900), "classroom": (1024, 768), "narrow": (600, 900)}


def ends(name):
    """Settings to look at: the start, and each control at both its ends or at each of its options."""
    explorer = getattr(explorers, name)()
    yield "start", {}
    for key, control in explorer.controls.items():
        options = getattr(control, "options", (control.min, control.max) if hasattr(control, "max") else ())
        values = [option[1] if isinstance(option, tuple) else option for option in options]
        yield from ((f"{key}={value}", {key: value}) for value in values)


def shoot(page, name, look):
    """Photograph one explorer in one look at all its settings."""
    folder = OUT / look
    folder.mkdir(parents=True, exist_ok=True)
    output = page.locator(".jp-OutputArea-output .lossviz")
    image = output.locator("img")
    for label, setting in ends(name) if look == "light" else [("start", {})]:
        run(page, f"{name}.ipynb", f"explorer.reset(); explorer.put({setting!r})")
        sentence = getattr(explorers, name)(**setting).sentence
        expect(image).to_have_attribute("alt", sentence)
        image.evaluate("image => image.decode()")
        output.screenshot(path=folder / f"{name} {label.replace('/', '_')}.png")


def main():
    """Open each explorer in each look."""
    shutil.rmtree(OUT, ignore_errors=True)
    home = Path(tempfile.mkdtemp())
    for name in explorers.__all__:
        source = (
            f"from math import inf\nfrom lossviz import classroom, explorers\nexplorer = explorers.{name}()\nexplorer"
        )
        nbformat.write(notebook(source), home / f"{name}.ipynb")
    with served(home) as (address, token), sync_playwright() as playwright, chromium(playwright, home / "p") as browser:
        for name in explorers.__all__:
            page = browser.new_page()
            open_and_run(page, address, token, f"{name}.ipynb")
            page.evaluate("jupyterapp.shell.collapseLeft()")
            for look, (width, height) in PAGES.items():
                page.set_viewport_size({"width": width, "height": height})
                theme = "JupyterLab Dark" if look == "dark" else "JupyterLab Light"
                page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
                run(page, f"{name}.ipynb", f"classroom({look == 'classroom'})")
                shoot(page, name, look)
            leave(page, f"{name}.ipynb")
    shutil.rmtree(home)


if __name__ == "__main__":
    main()
