"""A JupyterHub of its own on this machine, and a student who uses it as the page of JupyterLab does."""

import ast
import asyncio
import json
import random
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import psutil
from ipywidgets.widgets.widget import _put_buffers
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from yarl import URL

from tools.lab import free_ports, running

PROXY = Path(__file__).parents[1] / "build" / "proxy" / "node_modules" / ".bin" / "configurable-http-proxy"
PROTOCOL = "v1.kernel.websocket.jupyter.org"
REFERENCE = "IPY_MODEL_"
PATIENCE = 60  # seconds without an answer after which an update is lost


@contextmanager
def hub(home):
    """A JupyterHub that gives everyone who signs in a folder of `home` and a server: its address and process."""
    public, inner, proxy = free_ports(3)
    address = f"http://127.0.0.1:{public}"
    command = [
        *(sys.executable, "-m", "jupyterhub"),
        f"--JupyterHub.bind_url={address}",
        f"--JupyterHub.hub_bind_url=http://127.0.0.1:{inner}",
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{proxy}",
        f"--ConfigurableHTTPProxy.command={PROXY}",
        "--JupyterHub.authenticator_class=dummy",
        "--Authenticator.allow_all=True",
        "--JupyterHub.spawner_class=simple",
        f"--SimpleLocalProcessSpawner.home_dir_template={home}/{{username}}",
        f"--Spawner.cmd={Path(sys.executable).with_name('jupyterhub-singleuser')}",
        "--Spawner.args=--allow-root",
    ]
    with running(command, "JupyterHub is now running", cwd=home, stdout=subprocess.DEVNULL) as process:
        yield address, psutil.Process(process.pid)


class Student:
    """Signs in, opens a lesson, runs it and moves its sliders.

    Attributes
    ----------
    latencies : list of milliseconds, from the message of a slider to that of the picture for its value
    lost : int, moves after which that did not come
    models : dict of dict, the state of every widget by its id, as the page holds it
    """

    def __init__(self, address, name, lesson):
        self.address, self.name, self.lesson = address, name, lesson
        self.latencies, self.lost, self.models = [], 0, {}

    async def __aenter__(self):
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), raise_for_status=True)
        return self

    async def __aexit__(self, *_):
        await self.http.close()

    async def sign_in(self):
        """Fill in the form of the hub."""
        await self._page("/hub/login")
        form = {"username": self.name, "password": "", "_xsrf": self._token("/hub/")}
        await self._page("/hub/login?next=/hub/home", form)

    async def start_server(self):
        """Ask the hub for a server, also after the last one has died, and wait until its page opens."""
        api, token = f"{self.address}/hub/api/users/{self.name}/server", {"_xsrf": self._token("/hub/")}
        await self.http.post(api, params=token, json={})
        async with self.http.get(f"{api}/progress", params=token) as events:
            async for line in events.content:
                if line.startswith(b"data:") and json.loads(line[5:]).get("ready"):
                    break
            else:
                raise RuntimeError(f"{self.name}: the server did not start")
        await self._page(f"/user/{self.name}/lab/tree/{self.lesson}")

    async def open_lesson(self):
        """Open the notebook, with a kernel of its own."""
        base = f"/user/{self.name}/api/"
        notebook = await self._json("GET", f"{base}contents/{self.lesson}")
        self.cells = [cell["source"] for cell in notebook["content"]["cells"] if cell["cell_type"] == "code"]
        wanted = {"path": self.lesson, "name": self.lesson, "type": "notebook", "kernel": {"name": "python3"}}
        kernel = (await self._json("POST", f"{base}sessions", json=wanted))["kernel"]["id"]
        self.session = uuid.uuid4().hex
        channels = f"{self.address}{base}kernels/{kernel}/channels?session_id={self.session}"
        self.socket = await self.http.ws_connect(channels, protocols=[PROTOCOL], max_msg_size=0)
        self.arrivals = asyncio.Queue()
        self.reader = asyncio.create_task(self._read())
        await self.ask("kernel_info_request", {})

    async def run_all(self):
        """Run every cell."""
        self.models = {}
        for source in self.cells:
            options = {"silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
            for _, message in await self.ask("execute_request", {"code": source, **options}):
                if message["type"] == "error":
                    raise RuntimeError(f"{self.name}: {message['content']['evalue']}, in\n{source}")

    def sliders(self):
        """The id of every slider in an explorer, with the id of the picture that it moves."""
        for explorer in [model for model in self.models.values() if "lossviz" in model.get("_dom_classes", [])]:
            row, picture = (name.removeprefix(REFERENCE) for name in explorer["children"])
            for slider in (name.removeprefix(REFERENCE) for name in self.models[row]["children"]):
                if self.models[slider]["_model_name"] in ("FloatSliderModel", "IntSliderModel"):
                    yield slider, picture

    async def drag_sliders(self, drags, values, think):
        """Drag sliders at random through `values` values in a row, and think for about `think` seconds before."""
        sliders = list(self.sliders())
        for _ in range(drags):
            await asyncio.sleep(think * random.uniform(0.5, 1.5))
            slider, picture = random.choice(sliders)
            for value in _values_in_a_row(self.models[slider], values):
                await self.move(slider, picture, value)

    async def move(self, slider, picture, value):
        """Move a slider. The picture's new state must come before the kernel is idle: then the page sends the next."""
        update = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        self.models[slider]["value"] = value
        begin = time.perf_counter()
        try:
            answers = await self.ask("comm_msg", {"comm_id": slider, "data": update})
        except (TimeoutError, ConnectionError):
            answers = []
        self.last = self.models[picture]
        shown = [arrival for arrival, message in answers if _of(message) == picture]
        if shown and f"={value!r}" in self.last["call"]:
            self.latencies.append(1000 * (shown[-1] - begin))
        else:
            self.lost += 1

    async def value(self, expression):
        """What the kernel says an expression is."""
        request = {"code": "", "silent": False, "user_expressions": {"value": expression}}
        (reply,) = [m for _, m in await self.ask("execute_request", request) if m["type"] == "execute_reply"]
        answer = reply["content"]["user_expressions"]["value"]
        if answer["status"] != "ok":
            raise RuntimeError(f"{self.name}: {answer['evalue']}, in\n{expression}")
        return ast.literal_eval(answer["data"]["text/plain"])

    async def ask(self, kind, content):
        """Send a message to the kernel. Returns what it answers until it is idle, each with the time of arrival."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self.session, "username": self.name}
        parts = {"header": header | {"version": "5.3", "date": ""}, "parent_header": {}, "metadata": {}}
        await self.socket.send_bytes(serialize_msg_to_ws_v1(parts | {"content": content}, "shell", _packed))
        answers, awaited = [], {"reply", "idle"} if kind.endswith("_request") else {"idle"}
        async with asyncio.timeout(PATIENCE):
            while awaited:
                arrival, message = await self._next()
                if message["parent"] == header["msg_id"]:
                    answers.append((arrival, message))
                    awaited -= {message["content"].get("execution_state"), message["type"].rpartition("_")[2]}
        return answers

    async def restarted(self):
        """Wait until the server has noticed that the kernel has died, and the next one answers."""
        while (await self._next())[1]["content"].get("execution_state") != "restarting":
            pass
        await self.ask("kernel_info_request", {})

    async def closed(self):
        """Wait until the page has lost its server."""
        await self.reader

    async def _next(self):
        if (arrived := await self.arrivals.get()) is None:
            raise ConnectionError(f"{self.name}: the server has closed the connection")
        return arrived

    async def _read(self):
        async for frame in self.socket:
            _, (header, parent, _, content, *buffers) = deserialize_msg_from_ws_v1(frame.data)
            message = {"type": json.loads(header)["msg_type"], "parent": json.loads(parent).get("msg_id")}
            message |= {"content": json.loads(content), "buffers": buffers}
            if message["type"] in ("comm_open", "comm_msg"):
                data = message["content"]["data"]
                state = data.get("state", {})
                _put_buffers(state, data.get("buffer_paths", []), buffers)
                self.models.setdefault(_of(message), {}).update(state)
            self.arrivals.put_nowait((time.perf_counter(), message))
        self.arrivals.put_nowait(None)

    async def _page(self, path, form=None):
        async with self.http.request("POST" if form else "GET", self.address + path, data=form) as page:
            await page.read()

    async def _json(self, method, path, **options):
        headers = {"X-XSRFToken": self._token(f"/user/{self.name}/")}
        async with self.http.request(method, self.address + path, headers=headers, **options) as answer:
            return await answer.json()

    def _token(self, path):
        return self.http.cookie_jar.filter_cookies(URL(self.address + path))["_xsrf"].value

    def server(self):
        """The process of the student's server."""
        return next(process for process in _processes_of(self.name) if "ipykernel_launcher" not in process.cmdline())

    def kernel(self):
        """The process of the student's kernel."""
        return next(process for process in _processes_of(self.name) if "ipykernel_launcher" in process.cmdline())


def _of(message):
    return message["content"].get("comm_id")


def _packed(part):
    return json.dumps(part).encode()


def _values_in_a_row(slider, count):
    """So many neighbouring values of a slider, upwards or downwards, of which the first is not the present one."""
    low, step, value = slider["min"], slider["step"], slider["value"]
    every = [round(low + step * i, 12) for i in range(round((slider["max"] - low) / step) + 1)]
    rows = [every[i : i + count][::way] for i in range(len(every) - count + 1) for way in (1, -1)]
    return random.choice([row for row in rows if abs(row[0] - value) > step / 2])


def _processes_of(name):
    for process in psutil.process_iter():
        try:
            if process.environ().get("JUPYTERHUB_USER") == name:
                yield process
        except (psutil.AccessDenied, psutil.NoSuchProcess):
            pass  # another user's, or gone meanwhile
