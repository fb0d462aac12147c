"""The lessons as a static site that needs no server: JupyterLite with the notebooks and their packages, in build/lite.

``python tools/lite.py`` takes Pyodide, the Python of the browser, from its public home. ``python tools/lite.py FOLDER``
copies what the lessons need of the Pyodide distribution in this folder into the site, which then asks no other host.

The kernel loads every package before the first cell runs: it finds imports by itself only in cells that are plain
Python, and the first cell of a lesson has a magic.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "lite"
SITE = BUILD / "site"
WHEELS = BUILD / "wheels"
SHIPPED = ["ipython", "matplotlib", "numpy", "typing-extensions"]  # by Pyodide
PURE = ["anywidget", "comm", "ipywidgets", "psygnal"]  # not by Pyodide
RUNTIME = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"]
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
FROM_WORKER = "../../../../pypi/"  # the kernel runs in extensions/@jupyterlite/pyodide-kernel-extension/static


def build(distribution=None):
    """Build the site into an empty folder and check it."""
    shutil.rmtree(BUILD, ignore_errors=True)
    packages = SHIPPED + [FROM_WORKER + wheel for wheel in collect_wheels()]
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": packages}}
    settings = {"exposeAppInBrowser": True, "litePluginSettings": {KERNEL: kernel}}
    lite = {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}
    (BUILD / "jupyter-lite.json").write_text(json.dumps(lite), encoding="utf-8")
    if distribution:
        take(Path(distribution), BUILD / "static" / "pyodide")
    flags = [f"--lite-dir={BUILD}", f"--output-dir={SITE}", f"--contents={ROOT / 'notebooks'}"]
    flags += [f"--piplite-wheels={WHEELS}", "--apps=lab", "--no-sourcemaps"]
    for command in ("build", "check"):
        subprocess.run([sys.executable, "-m", "jupyterlite_core", command, *flags], check=True, cwd=BUILD)
    if distribution and (hosts := foreign()):
        raise RuntimeError(f"the site asks other hosts: {hosts}")


def collect_wheels():
    """Put the wheels of lossviz and of what Pyodide does not ship into one folder. Returns their names."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", f"--wheel-dir={WHEELS}", ROOT], check=True)
    pure = ["--no-deps", "--only-binary=:all:", "--platform=any", "--python-version=3.14"]
    pins = f"--constraint={ROOT / 'constraints.txt'}"
    subprocess.run([*pip, "download", *pure, pins, f"--dest={WHEELS}", *PURE], check=True)
    return sorted(wheel.name for wheel in WHEELS.glob("*.whl"))


def needed(distribution):
    """What the kernel and the lessons import of a Pyodide distribution: packages by name, as its lock file has them."""
    packages = json.loads((distribution / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    found, names = {}, [*SHIPPED, "micropip", "jedi"]
    while names:
        name = names.pop().lower().replace("_", "-")
        if name not in found:
            found[name] = packages[name]
            names += packages[name]["depends"]
    return found


def take(distribution, home):
    """Copy what is needed of a Pyodide distribution."""
    files = RUNTIME + [package["file_name"] for package in needed(distribution).values()]
    if missing := [name for name in files if not (distribution / name).exists()]:
        raise FileNotFoundError(f"{distribution} is no full Pyodide distribution: it has no {', '.join(missing)}")
    home.mkdir(parents=True)
    for name in files:
        shutil.copy(distribution / name, home)


def foreign():
    """The addresses in the settings of the site, and Pyodide's public home where the site has no Pyodide of its own."""
    settings = [path.read_text(encoding="utf-8") for path in SITE.rglob("jupyter-lite.json")]
    home = [] if any('"pyodideUrl": "./static/' in text for text in settings) else ["Pyodide's public home"]
    return home + [address for text in settings for address in re.findall(r"\w+://[^\"]+", text)]


if __name__ == "__main__":
    build(*sys.argv[1:])
