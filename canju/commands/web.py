"""`canju web`: a local page for those who dislike terminals. On 127.0.0.1 only, with a token; what it was given goes when it ends."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from canju.commands import common
from canju.commands.common import Session, session
from canju.model import Refusal

if TYPE_CHECKING:
    from starlette.applications import Starlette

HOST = "127.0.0.1"
MOST_BYTES = 500_000_000


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
    try:
        import uvicorn
    except ImportError:
        raise Refusal("网页方式需要另装组件：pip install 'canju[web]'。也可以直接用 canju run。") from None
    import socket
    import webbrowser

    token = secrets.token_urlsafe(16)
    folder = Path(tempfile.mkdtemp(prefix="canju-web-"))
    listener = socket.socket()
    try:
        listener.bind((HOST, port))
        address = f"http://{HOST}:{listener.getsockname()[1]}/{token}/"
        it.say(f"请在浏览器打开：{address}", "用完按 Ctrl+C 结束，上传的文件和结果会一并删除，请先下载。")
        if not no_browser:
            webbrowser.open(address)
        config = uvicorn.Config(application(it, folder, token, as_of), log_level="critical", access_log=False)
        uvicorn.Server(config).run(sockets=[listener])
    except OSError:
        raise Refusal(f"端口 {port} 已被占用，请用 --port 换一个，例：canju web --port 0") from None
    finally:
        listener.close()
        shutil.rmtree(folder, ignore_errors=True)


def application(it: Session, folder: Path, token: str, as_of: str | None = None) -> Starlette:
    """The page: drop files, see findings, download what came out. Every address begins with the token."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.responses import FileResponse, HTMLResponse, Response
    from starlette.routing import Route

    def home(request: Any) -> Response:
        return HTMLResponse(_page("", FORM), headers=HEADERS)

    async def work(request: Any) -> Response:
        from starlette.concurrency import run_in_threadpool

        async with request.form(max_files=2_000, max_part_size=MOST_BYTES) as form:
            given = [(one.filename, await one.read()) for one in form.getlist("files") if getattr(one, "filename", "")]
        if not given:
            return HTMLResponse(_page("请先选择文件。", FORM), status_code=400, headers=HEADERS)
        try:
            body = await run_in_threadpool(_run, it, folder, given, as_of)
        except Refusal as refusal:
            return HTMLResponse(_page(refusal.sentence, FORM), status_code=400, headers=HEADERS)
        return HTMLResponse(_page("", body), headers=HEADERS)

    def get(request: Any) -> Response:
        path = (folder / "成果" / request.path_params["name"]).resolve()
        if (folder / "成果").resolve() not in path.parents or not path.is_file():
            return HTMLResponse(_page("没有这个文件。", FORM), status_code=404, headers=HEADERS)
        inline = path.suffix == ".html"
        return FileResponse(path, filename=path.name, content_disposition_type="inline" if inline else "attachment", headers=HEADERS)

    routes = [Route(f"/{token}/", home), Route(f"/{token}/run", work, methods=["POST"]), Route(f"/{token}/get/{{name:path}}", get)]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST])])


def _run(it: Session, folder: Path, given: list[tuple[str, bytes]], as_of: str | None) -> str:
    """The whole chain over the files given; the list of what came out."""
    from canju import pipeline
    from canju.commands.run import produce
    from canju.outputs.files import Written
    from canju.outputs.findings import totals

    sent, out = folder / "报送", folder / "成果"
    for old in (sent, out):
        shutil.rmtree(old, ignore_errors=True)
    for name, data in given:
        parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        path = sent.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    workspace = it.workspace([sent])
    round_ = pipeline.validate([sent], workspace, common.options(it, workspace, as_of=as_of))
    written = Written(force=True)
    produce(it, round_, out, written)
    names = sorted(path.relative_to(out).as_posix() for path in written.paths)
    links = "".join(f'<li><a href="get/{escape(name, quote=True)}">{escape(name)}</a></li>' for name in names)
    return f"<p role='status'>{escape(totals(round_.findings, len(round_.sources), round_.rows))}</p><h2>下载</h2><ul>{links}</ul>{FORM}"


def _page(said: str, body: str) -> str:
    told = f"<p role='alert'>{escape(said)}</p>" if said else ""
    return f"<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><title>残联台账工具</title><style>{STYLE}</style></head><body><main><h1>残联台账工具</h1>{told}{body}</main></body></html>"


HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; form-action 'self'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
STYLE = "body{font-family:'Microsoft YaHei','Noto Sans CJK SC',sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;line-height:1.6;color:#1a1a1a}button,input{font:inherit;padding:.4rem}[role=alert]{background:#fde3e4;padding:.5rem}"
FORM = (
    "<form method='post' action='run' enctype='multipart/form-data'><h2>选择各镇（街道）报送的文件</h2>"
    "<p><label>文件（可多选，也可以是 zip）<br><input type='file' name='files' multiple required></label></p>"
    "<p>还可以把工作区文件 canju.toml、villages.csv 一起选上。</p><p><button type='submit'>开始校验汇总</button></p></form>"
)
