"""The HTML of the pages where people log in, and of their account: no script, nothing loaded."""

from __future__ import annotations

import logging
from html import escape
from typing import TYPE_CHECKING

from assistant.errors import BusyError, LockedOutError, LoginError, PeopleError
from assistant.people.passwords import SHORTEST
from assistant.people.records import ROLE_WORDS, Person
from index.errors import StoreError

if TYPE_CHECKING:
    from starlette.responses import Response

logger = logging.getLogger(__name__)

LOGIN, LOGOUT, ACCOUNT, PASSWORD = "/login", "/logout", "/account", "/account/password"


class StaleFormError(PeopleError):
    """A form that did not come from this browser, or too late."""


def whole_page(
    title: str, body: str, status: int, headers: dict[str, str] | None = None
) -> Response:
    """Return a page with a body of forms."""
    from starlette.responses import HTMLResponse

    html = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · 有据 Youju</title><style>{STYLE}</style></head>"
        f'<body><main><h1>有据 <span lang="en">Youju</span></h1>{body}</main></body></html>'
    )
    return HTMLResponse(html, status, headers)


def login_form(form: str, said: str, name: str) -> str:
    """Return the form; ``said`` is what went wrong as HTML, ``name`` what was typed before."""
    bad = ' aria-invalid="true" aria-describedby="said"' if said else ""
    return (
        f'{said}<form method="post" action="{LOGIN}">'
        f'<input type="hidden" name="form" value="{form}">'
        f"{_field('name', '名字', 'Name', 'username', value=name, more=f'{bad} autofocus')}"
        f"{_field('password', '密码', 'Password', 'current-password', 'password', more=bad)}"
        f"<button>{_both('登录', 'Log in')}</button></form>"
        f"<p class=help>{_both('没有账号或忘记密码，请找管理员。', _NO_ACCOUNT)}</p>"
    )


def account_forms(person: Person, form: str, said: str = "") -> str:
    """Return the page of an account: who it is, another password, and the way out."""
    role = {"asks": "asks", "verifies": "verifies", "manages": "manages"}[person.role]
    hidden = f'<input type="hidden" name="form" value="{form}">'
    fields = "".join(
        _field(*given, kind="password", more=f' minlength="{least}"')
        for given, least in (
            (("old", "现在的密码", "Current password", "current-password"), 1),
            (("new", "新密码", "New password", "new-password"), SHORTEST),
            (("again", "再输一次新密码", "New password again", "new-password"), SHORTEST),
        )
    )
    return (
        f"<p><strong><bdi>{escape(person.name)}</bdi></strong> "
        f"{_both(f'角色：{ROLE_WORDS[person.role]}', f'role: {role}')}</p>{said}"
        f'<form method="post" action="{LOGOUT}">{hidden}'
        f"<button>{_both('退出登录', 'Log out')}</button></form>"
        f"<h2>{_both('更改密码', 'Change password')}</h2>"
        f'<form method="post" action="{PASSWORD}">{hidden}{fields}'
        f"<button>{_both('更改', 'Change')}</button></form>"
        f'<p class=help><a href="/">{_both("回到有据", "Back to Youju")}</a></p>'
    )


def said_of(error: Exception | None) -> str:
    """Return what went wrong in both languages; what is wrong with the index is for the log."""
    if error is None:
        return ""
    said, english = str(error), ""
    if isinstance(error, StoreError):
        logger.error("Nobody can log in: %s", error)
        said = "暂时不能登录：数据库不能用，日志里有原因。请稍后再试，或找管理员。"
    for kind, words in ENGLISH.items():
        if isinstance(error, kind):
            english = words
            break
    return f'<p id="said" class="said" role="alert">{_both(said, english)}</p>'


def _field(
    name: str,
    chinese: str,
    english: str,
    complete: str,
    kind: str = "text",
    value: str = "",
    more: str = "",
) -> str:
    return (
        f'<label for="{name}">{_both(chinese, english)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" autocomplete="{complete}" required '
        f'maxlength="128" spellcheck="false" autocapitalize="none" value="{escape(value[:128])}"'
        f"{more}>"
    )


def _both(chinese: str, english: str) -> str:
    return f'{escape(chinese)} <span lang="en">{escape(english)}</span>'


# The first that fits is shown.
ENGLISH: dict[type[Exception], str] = {
    StaleFormError: "This page was open too long, or cookies are off. Please try again.",
    LockedOutError: "Too many wrong passwords. Wait, or ask your administrator to set a new one.",
    BusyError: "Too many people are logging in. Please try again in a few seconds.",
    LoginError: "Wrong name or password.",
    StoreError: "The database cannot be used. Please try again later.",
    PeopleError: f"Not changed: use {SHORTEST} characters or more, the same twice.",
}
_NO_ACCOUNT = "No account, or password forgotten? Ask your administrator."
STYLE = """
:root { color-scheme: light dark; --ink: #1c2733; --paper: #f6f7f9; --card: #fff;
  --line: #8a97a5; --accent: #1d5b9e; --on: #fff; --bad: #a3231b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --paper: #12171d; --card: #1b222b;
  --line: #7f8d9c; --accent: #8fbcf0; --on: #10161d; --bad: #ff9d94; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px;
  background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, -apple-system,
  "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { width: 100%; max-width: 400px; padding: 32px; background: var(--card); border-radius: 12px;
  box-shadow: 0 1px 4px rgb(0 0 0 / .18); }
h1 { margin: 0 0 20px; font-size: 26px; letter-spacing: .06em; }
h1 span { font-size: 15px; font-weight: 400; letter-spacing: 0; }
h2 { margin: 28px 0 4px; font-size: 17px; }
label { display: block; margin: 16px 0 4px; }
input:not([type=hidden]) { width: 100%; min-height: 44px; padding: 8px 12px; font: inherit;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; }
button { width: 100%; min-height: 44px; margin-top: 20px; font: inherit; font-weight: 600;
  color: var(--on); background: var(--accent); border: 0; border-radius: 8px; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
.said { padding: 10px 12px; border-left: 4px solid var(--bad); color: var(--bad); }
.help { margin: 20px 0 0; font-size: 14px; }
span[lang=en] { opacity: .85; font-size: .9em; }
"""
