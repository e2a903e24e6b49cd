"""`canju web`: a local page for those who dislike terminals. On 127.0.0.1 only, with a token; what it was given goes when it ends."""

from __future__ import annotations

import secrets
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from canju.commands import common
from canju.commands.common import Session, session
from canju.model import Refusal

if TYPE_CHECKING:
    import socket

    from starlette.applications import Starlette

    from canju.commands.web_work import Work

HOST = "127.0.0.1"
MOST_BYTES = 500_000_000
MOST_FILES = 2_000


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command("web", help="在本机浏览器里使用（只限本机，关闭即删除）。\n\n例：canju web")(web)


def web(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口；0 为自动选择。")] = 8765,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不自动打开浏览器。")] = False,
    as_of: common.AsOf = None,
) -> None:
    """Serve until interrupted."""
    it = session(context)
    if as_of:
        common.as_day(as_of, "--as-of")
    try:
        import uvicorn
    except ImportError:
        raise Refusal("网页方式需要另装组件：pip install 'canju[web]'。也可以直接用 canju run。") from None
    import socket
    import tempfile
    import webbrowser

    from canju.outputs.files import Written

    token = secrets.token_urlsafe(16)
    with _told_to_end(), socket.socket() as listener:
        try:
            listener.bind((HOST, port))
        except OSError:
            raise Refusal(f"端口 {port} 已被占用，请用 --port 换一个，例：canju web --port 0") from None
        with Written().folder(Path(tempfile.gettempdir())) as folder:
            address = f"http://{HOST}:{listener.getsockname()[1]}/{token}/"
            it.say(f"请在浏览器打开：{address}", "用完按 Ctrl+C 结束，放进去的文件和结果会一并删除，请先下载。")
            if not no_browser:
                webbrowser.open(address)
            config = uvicorn.Config(application(it, folder, token, as_of), log_level="critical", access_log=False)
            _serve(uvicorn.Server(config), listener)


def _serve(server: Any, listener: socket.socket) -> None:
    """Answer until the program is told to end. An exception out of a signal would catch the server in whatever it is about."""
    told = []

    def leave(*_: object) -> None:
        told.append(True)
        server.should_exit = True

    with _told_to_end(leave):
        server.run(sockets=[listener])
    if told:
        raise KeyboardInterrupt


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def _told_to_end(stop: Callable[..., None] = _stop) -> Iterator[None]:
    """However the program is told to end – Ctrl+C, a closed window, SIGTERM – it ends as after Ctrl+C, and the folder is deleted."""
    names = ("SIGTERM", "SIGHUP", "SIGBREAK")
    before = {number: signal.signal(number, stop) for name in names if (number := getattr(signal, name, None)) is not None}
    try:
        yield
    finally:
        for number, held in before.items():
            signal.signal(number, held)


def application(it: Session, folder: Path, token: str, as_of: str | None = None) -> Starlette:
    """The page: drop files, see how far it is and what was found, download what came out. Every address begins with the token."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.routing import Route

    from canju.commands.web_page import HEADERS, refused
    from canju.commands.web_work import Work

    here = _Pages(Work(it, folder, as_of))
    routes = [
        Route(f"/{token}/", here.home),
        Route(f"/{token}/run", here.run, methods=["POST"]),
        Route(f"/{token}/clear", here.clear, methods=["POST"]),
        Route(f"/{token}/state", here.state),
        Route(f"/{token}/get/{{name:path}}", here.get),
    ]

    async def anywhere(request: Any, error: Exception) -> Any:
        from starlette.responses import HTMLResponse

        return HTMLResponse(refused(), status_code=403, headers=HEADERS)

    return Starlette(
        routes=routes,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST])],
        exception_handlers={404: anywhere, 405: anywhere},
    )


class _Pages:
    """What each address answers."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def _page(self, alert: str = "", status: int = 200) -> Any:
        from starlette.responses import HTMLResponse

        from canju.commands.web_page import HEADERS, page

        return HTMLResponse(page(self.work, alert), status_code=status, headers=HEADERS)

    def _home(self) -> Any:
        from starlette.responses import RedirectResponse

        from canju.commands.web_page import HEADERS

        return RedirectResponse("./", status_code=303, headers=HEADERS)

    def home(self, request: Any) -> Any:
        return self._page()

    async def run(self, request: Any) -> Any:
        from starlette.concurrency import run_in_threadpool

        if self.work.state == "working":
            return self._home()
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            return self._page(f"一次最多放 {MOST_BYTES // 1_000_000} MB 的文件，请分几次，或直接用 canju run。", 413)
        async with request.form(max_files=MOST_FILES) as form:
            given = [(one.filename, one.file) for one in form.getlist("files") if getattr(one, "filename", "")]
            if not given:
                return self._page("请先选择文件。", 400)
            await run_in_threadpool(self.work.take, given)
        self.work.start()
        return self._home()

    def clear(self, request: Any) -> Any:
        if self.work.state != "working":
            self.work.clear()
        return self._home()

    def state(self, request: Any) -> Any:
        from starlette.responses import JSONResponse

        from canju.commands.web_page import HEADERS

        return JSONResponse({"state": self.work.state, "step": self.work.step, "share": self.work.share}, headers=HEADERS)

    def get(self, request: Any) -> Any:
        from starlette.responses import FileResponse

        from canju.commands.web_page import HEADERS

        path, out = (self.work.out / request.path_params["name"]).resolve(), self.work.out.resolve()
        if out not in path.parents or not path.is_file() or self.work.state != "done":
            return self._page("没有这个文件。", 404)
        inline = path.suffix == ".html"
        return FileResponse(path, filename=path.name, content_disposition_type="inline" if inline else "attachment", headers=HEADERS)
