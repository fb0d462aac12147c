"""Each notebook in a real JupyterLab in a real browser: Run All, no error, every slider moves its picture."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlparse

import nbformat
import pytest
from playwright.sync_api import expect, sync_playwright

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None
)
QUIET = {"fetchNews": "false", "checkForUpdates": False}
SWITCHES = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PANEL = "[...jupyterapp.shell.widgets('main')].find(w => w.context?.path === path)"

if CHROMIUM is None:
    if os.environ.get("CI") == "true":
        raise RuntimeError("CI needs a Chromium for the browser tests; install the package chromium")
    pytest.skip("no Chromium found: install chromium to run the browser tests", allow_module_level=True)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab of its own, with private settings and a copy of the notebooks: its address and token."""
    home = tmp_path_factory.mktemp("lab")
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.update(outputs=[], execution_count=None)
        nbformat.write(notebook, home / path.name)
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(QUIET), encoding="utf-8")
    private = {
        f"JUPYTER{name}_DIR": str(home / folder)
        for name, folder in [
            ("_CONFIG", "config"),
            ("_DATA", "data"),
            ("_RUNTIME", "runtime"),
            ("LAB_SETTINGS", "settings"),
            ("LAB_WORKSPACES", "workspaces"),
        ]
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"]
    options = [f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    server = subprocess.Popen(
        [*command, *options, f"--notebook-dir={home}"],
        env=os.environ | private,
        stderr=subprocess.PIPE,
        text=True,
    )
    log = []
    for line in server.stderr:
        log.append(line)
        if "is running at" in line:
            break
    else:
        pytest.fail("JupyterLab did not start:\n" + "".join(log))
    drain = threading.Thread(target=server.stderr.read)  # or its pipe fills up
    drain.start()
    yield f"http://127.0.0.1:{port}", token
    server.terminate()
    server.wait(30)
    drain.join()
    server.stderr.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if hasattr(os, "getuid") and os.getuid() == 0 else []
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=CHROMIUM,
            args=SWITCHES + sandbox,
            viewport={"width": 1280, "height": 900},
        )
        yield context
        context.close()


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request, lab, browser):
    """A page with the notebook run from top to bottom, and what went wrong on the way."""
    address, token = lab
    path = request.param.name
    page = browser.new_page()
    problems = []
    page.on("console", lambda message: message.type == "error" and problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda sent: _foreign(sent.url, address) and problems.append(f"asks for {sent.url}"))
    page.goto(f"{address}/lab/tree/{path}?token={token}")
    page.wait_for_function(
        f"path => window.jupyterapp && {PANEL}?.sessionContext.session?.kernel?.status === 'idle'", arg=path
    )
    page.evaluate(
        f"""async path => {{
            const panel = {PANEL};
            await panel.revealed;
            jupyterapp.shell.activateById(panel.id);
            await jupyterapp.commands.execute('notebook:run-all-cells');
        }}""",
        path,
    )
    yield page, path, problems
    page.close()


def _foreign(url, address):
    return urlparse(url).scheme in ("http", "https", "ws", "wss") and urlparse(url).netloc != urlparse(address).netloc


def outputs(page, path):
    """Source and outputs of every code cell, from the page's own model."""
    return page.evaluate(
        f"""path => [...{PANEL}.content.model.cells].filter(cell => cell.type === 'code')
            .map(cell => ({{
                source: cell.sharedModel.source,
                count: cell.executionCount,
                outputs: cell.outputs.toJSON(),
            }}))""",
        path,
    )


def go_to(page, path, source):
    """Bring the first cell with this source into view. Returns its locator."""
    page.evaluate(
        f"""async ([path, source]) => {{
            const notebook = {PANEL}.content;
            notebook.activeCellIndex = [...notebook.model.cells].findIndex(cell => cell.sharedModel.source === source);
            await notebook.scrollToItem(notebook.activeCellIndex, 'start');
        }}""",
        [path, source],
    )
    return page.locator(".jp-Notebook .jp-Cell.jp-mod-active")


def test_run_all_leaves_no_error(notebook):
    page, path, problems = notebook
    for cell in outputs(page, path):
        assert cell["count"], f"not run: {cell['source']}"
        kinds = [output["output_type"] for output in cell["outputs"]]
        assert "error" not in kinds, cell
        assert not [output for output in cell["outputs"] if output.get("name") == "stderr"], cell
    assert problems == []


def test_every_slider_moves_picture_and_sentence_by_keyboard(notebook):
    page, path, problems = notebook
    sources = [cell["source"] for cell in outputs(page, path) if cell["source"].startswith("explorers.")]
    assert sources
    for source in sources:
        cell = go_to(page, path, source)
        handle = cell.locator(".noUi-handle").first
        picture, words = cell.locator("img"), cell.locator(".widget-html-content p")
        expect(words).not_to_be_empty()
        before = picture.get_attribute("src"), words.inner_text(), handle.get_attribute("aria-valuetext")
        handle.press("ArrowLeft" if float(before[2]) == 1 else "ArrowRight")
        expect(picture).not_to_have_attribute("src", before[0])
        expect(words).not_to_have_text(before[1])
        expect(handle).not_to_have_attribute("aria-valuetext", before[2])
    assert problems == []


def test_the_coin_by_mouse(notebook):
    page, path, problems = notebook
    if not path.startswith("01"):
        pytest.skip("the coin is in lesson 01")
    cell = go_to(page, path, "explorers.coin_entropy()")
    track, handle, words = cell.locator(".noUi-target"), cell.locator(".noUi-handle"), cell.locator("p")
    box, grip = track.bounding_box(), handle.bounding_box()
    y = grip["y"] + grip["height"] / 2
    page.mouse.move(grip["x"] + grip["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, y, steps=5)
    page.mouse.move(box["x"] + 2 * box["width"], y, steps=5)
    page.mouse.up()
    expect(words).to_have_text("A coin that always falls heads has an entropy of 0.000 bits: nothing is uncertain.")
    expect(cell.locator("code").last).to_have_text("explorers.coin_entropy(p=1.0, unit='bits')")
    cell.get_by_role("button", name="Reset").click()
    expect(words).to_have_text(re.compile(r"p\(heads\) = 0\.3 "))
    cell.get_by_role("button", name="nats").click()
    expect(words).to_have_text(re.compile(r"0\.611 nats"))
    assert problems == []
