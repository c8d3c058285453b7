"""The web app: settings -> index -> assistant -> page."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.errors import AssistantError
from index.errors import IndexingError
from index.locales import use_utf8
from index.settings import read_settings

if TYPE_CHECKING:
    from assistant.chat import Assistant

log = logging.getLogger(__name__)
console = Console(stderr=True, highlight=False, soft_wrap=True)


def main(
    data_dir: Annotated[Path | None, typer.Option(help="索引所在目录（默认 ./data）")] = None,
    host: Annotated[str, typer.Option(help="监听的地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听的端口", min=1, max=65535)] = 7860,
    watch: Annotated[
        list[Path] | None, typer.Option(help="监视的文件夹：有新文件或更改就索引；可以有多个")
    ] = None,
    allow_remote: Annotated[bool, typer.Option(help="允许其他机器访问（目前没有登录）")] = False,
) -> None:
    """在浏览器中提问和核对。"""
    from assistant.chat import open_assistant
    from assistant.web.server import check_port, is_loopback, serve
    from assistant.web.shelf import Shelf
    from index.build import check_roots
    from index.intake import Intake
    from index.library import open_library

    if not is_loopback(host) and not allow_remote:
        raise AssistantError(
            f"地址 {host} 能被其他机器访问，而本程序还没有登录，任何人都能读到文件。"
            "确实需要时请加 --allow-remote，并放在有身份验证的代理之后。"
        )
    check_port(host, port)
    check_roots(watch or [])
    with open_library(read_settings(data_dir), "网页服务", create=True) as library:
        assistant = open_assistant(library)
        # The page opens at once; the model is there before the first question is typed.
        threading.Thread(target=_warm_up, args=[assistant], daemon=True).start()
        intake = Intake(library)
        intake.start(watch or [])
        console.print(f"有据已启动：http://{host}:{port}　按 Ctrl+C 停止", markup=False)
        try:
            serve(assistant, Shelf(library), intake, library.incoming, host, port)
        finally:
            intake.close()


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
