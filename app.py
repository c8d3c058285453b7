"""The web app: settings -> index -> assistant and people -> page."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.errors import AssistantError
from assistant.people.records import LOCAL
from index.errors import IndexingError
from index.locales import use_utf8
from index.settings import read_settings

if TYPE_CHECKING:
    from assistant.chat import Assistant

log = logging.getLogger(__name__)
console = Console(stderr=True, highlight=False, soft_wrap=True)
CLEAR = (
    "注意：没有用 https，密码会在网络上明文传送。请加 --certificate 和 --key，"
    "或只听 127.0.0.1 并放在 https 代理之后（加 --login）。"
)


def main(
    data_dir: Annotated[Path | None, typer.Option(help="索引所在目录（默认 ./data）")] = None,
    host: Annotated[str, typer.Option(help="监听的地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听的端口", min=1, max=65535)] = 7860,
    watch: Annotated[
        list[Path] | None, typer.Option(help="监视的文件夹：有新文件或更改就索引；可以有多个")
    ] = None,
    login: Annotated[
        bool, typer.Option("--login", help="本机也要登录（在代理之后提供时用）；其他地址总要登录")
    ] = False,
    certificate: Annotated[
        Path | None, typer.Option(help="https 的证书文件（PEM），与 --key 合用")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="证书的私钥文件（PEM）")] = None,
) -> None:
    """在浏览器中提问和核对。"""
    from assistant.llm.opening import open_writer
    from assistant.people.people import People
    from assistant.people.visitors import Visitors
    from assistant.web.desks import Reception
    from assistant.web.server import check_port, is_loopback, serve
    from assistant.web.shelf import Shelf
    from index.build import check_roots
    from index.intake import Intake
    from index.library import open_library

    settings = read_settings(data_dir)
    secure = _certificate(certificate, key)
    check_port(host, port)
    check_roots(watch or [])
    with open_library(settings, "网页服务", create=True) as library:
        people = People(library.database)
        visitors = Visitors(people, login=login or not is_loopback(host))
        if visitors.login and not people.accounts.can_begin():
            raise AssistantError(
                f"还没有管理员账号，而地址 {host} 需要登录。请先在终端建立：\n"
                "python -m assistant person add 姓名 --role manages "
                f"--data-dir {settings.data_dir}"
            )
        if not is_loopback(host) and not secure:
            console.print(CLEAR, markup=False, style="yellow")
        intake = Intake(library)
        reception = Reception(library, people, visitors, intake, open_writer(library))
        assistant = reception.set_of(LOCAL).assistant
        # The page opens at once; the model is there before the first question is typed.
        threading.Thread(target=_warm_up, args=[assistant], daemon=True).start()
        intake.start(watch or [])
        address = f"{'https' if secure else 'http'}://{host}:{port}"
        console.print(f"有据已启动：{address}　按 Ctrl+C 停止", markup=False)
        try:
            serve(
                assistant, Shelf(library), intake, library.incoming, host, port, reception, secure
            )
        finally:
            intake.close()


def _certificate(certificate: Path | None, key: Path | None) -> tuple[Path, Path] | None:
    """Return the files for https, None for http."""
    if certificate is None and key is None:
        return None
    for file, option in ((certificate, "--certificate"), (key, "--key")):
        if file is None or not file.is_file():
            raise AssistantError(
                f"用 https 要有证书和私钥两个文件，而 {option} 的文件 {file or '没有给出'} 不能用。"
                "请检查路径。"
            )
    return (certificate, key) if certificate and key else None


def _warm_up(assistant: Assistant) -> None:
    try:
        assistant.warm_up()
    except IndexingError as error:  # the same sentence comes with the first question
        console.print(str(error), markup=False, style="red")


if __name__ == "__main__":
    use_utf8()
    logging.basicConfig(level=logging.WARNING)
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    try:
        app()
    except (IndexingError, AssistantError) as failure:
        console.print(str(failure), markup=False, style="red")
        sys.exit(1)
