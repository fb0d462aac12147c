"""A JupyterLab of its own and a Chromium, for the tests, benchmarks and pictures that need the real page."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import nbformat

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
ROOT = Path(__file__).parents[1]
SIZE = {"width": 1280, "height": 900}
QUIET = {"fetchNews": "false", "checkForUpdates": False}
SWITCHES = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROMPT = "--ServerApp.kernel_websocket_connection_class=lossviz.prompt.Prompt"
PATIENCE = 600  # seconds in which a server has to start
NOTEBOOK_7 = "--JupyterNotebookApp.expose_app_in_browser=True"
PANEL = "[...jupyterapp.shell.widgets('main')].find(w => w.context?.path === path)"


def notebook(*sources):
    """A notebook with these code cells."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources], metadata=kernel)


def free_ports(count):
    """Ports of this machine that nobody listens to."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@contextmanager
def running(command, sign, **options):
    """A server, once its log shows the sign that it is there: its process."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **options) as server:
        patience = threading.Timer(PATIENCE, server.terminate)
        patience.start()
        log = []
        for line in server.stderr:
            log.append(line)
            if sign in line:
                break
        patience.cancel()
        if not any(sign in line for line in log):
            raise RuntimeError(f"a server did not start: {' '.join(command)}\n" + "".join(log))
        drain = threading.Thread(target=server.stderr.read)  # or its pipe fills up
        drain.start()
        try:
            yield server
        finally:
            server.terminate()
            server.wait(60)
            drain.join()


@contextmanager
def served(home):
    """A JupyterLab with private settings that serves the folder `home`: its address and token."""
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
    (port,) = free_ports(1)
    token = secrets.token_hex(16)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"]
    options = [f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", PROMPT, NOTEBOOK_7]
    command += [*options, f"--notebook-dir={home}"]
    with running(command, "is running at", env=os.environ | private, cwd=ROOT):
        yield f"http://127.0.0.1:{port}", token


@contextmanager
def chromium(playwright, profile, **context):
    """A Chromium with a new profile in the folder `profile`."""
    sandbox = ["--no-sandbox"] if hasattr(os, "getuid") and os.getuid() == 0 else []
    browser = playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=SWITCHES + sandbox, viewport=SIZE, **context
    )
    try:
        yield browser
    finally:
        browser.close()


def open_and_run(page, address, token, path, door=None):
    """Open a notebook in the page and run it from top to bottom: in JupyterLab, or by the door of another application.

    JupyterLab gives it a workspace of its own; in a shared one it would restore the notebooks before beside it.
    """
    door = door or f"lab/workspaces/{secrets.token_hex(8)}/tree"
    page.goto(f"{address}/{door}/{path}?token={token}")
    _run_all_once_idle(page, path)


def _run_all_once_idle(page, path):
    page.wait_for_function(
        f"path => window.jupyterapp && {PANEL}?.sessionContext.session?.kernel?.status === 'idle'", arg=path
    )
    run_all(page, path)


def open_beside(page, path):
    """Open one more notebook in the JupyterLab of the page and run it from top to bottom."""
    page.wait_for_function("window.jupyterapp")
    page.evaluate(
        """async path => {
            await jupyterapp.restored;
            await jupyterapp.commands.execute('docmanager:open', {path});
        }""",
        path,
    )
    _run_all_once_idle(page, path)


def close_beside(page, path):
    """Stop the kernel of such a notebook, and close it without saving."""
    page.evaluate(
        f"""async path => {{
            const panel = {PANEL};
            await panel.sessionContext.shutdown();
            panel.context.model.dirty = false;
            panel.close();
        }}""",
        path,
    )


def leave(page, path):
    """Stop the kernel of a notebook, which would run on, and close its page."""
    page.evaluate(f"path => {PANEL}.sessionContext.shutdown()", path)
    page.close()


def run_all(page, path):
    """Run a notebook that has a kernel from top to bottom."""
    page.evaluate(
        f"""async path => {{
            const panel = {PANEL};
            await panel.revealed;
            jupyterapp.shell.activateById(panel.id);
            await jupyterapp.commands.execute('notebook:run-all-cells');
        }}""",
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
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell.jp-mod-active")


def run(page, path, code):
    """Run code in the kernel of the page's notebook. An error there is raised here."""
    page.evaluate(
        f"""async ([path, code]) => {{
            const {{content}} = await {PANEL}.sessionContext.session.kernel.requestExecute({{code}}).done;
            if (content.status !== 'ok') throw new Error(`${{content.ename}}: ${{content.evalue}}`);
        }}""",
        [path, code],
    )
