"""The pages where people log in and out and change their password: plain HTML, no script."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs

from assistant.errors import BusyError, LockedOutError, LoginError, PeopleError
from assistant.people.keys import digest
from assistant.people.passwords import SHORTEST
from assistant.people.people import People
from assistant.people.records import ROLE_WORDS, Person
from assistant.people.visitors import Visitor, cookie, cookie_name, read_cookie

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

LOGIN, LOGOUT, ACCOUNT, PASSWORD = "/login", "/logout", "/account", "/account/password"
FORM = "youju_form"  # cookie that a login form must come with: another site cannot set it
FORM_AGE = 3600  # seconds
AT_ONCE, WAITING = 4, 32  # logins looked at, and those that wait for it
T = TypeVar("T")
BUSY = "正在登录的人太多。请过几秒再试。"
STALE = "登录页打开得太久，或浏览器不收 Cookie。请再试一次。"


class Login:
    """Answers the requests of these pages."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._waiting = 0

    async def show(self, request: Request) -> Response:
        """Answer with the form; who is logged in goes on to the page."""
        if request.state.visitor is not None:
            return _redirect("/")
        return self._form(request)

    async def enter(self, request: Request) -> Response:
        """Look at a name and a password."""
        sent = await _fields(request)
        name, password = sent.get("name", ""), sent.get("password", "")
        if not _same(sent.get("form", ""), read_cookie(request.scope, FORM)):
            return self._form(request, STALE, name, 403)
        try:
            _, token = await self._slowly(
                lambda: self._people.log_in(name, password, _address(request))
            )
        except LockedOutError as error:
            return self._form(request, str(error), name, 429, {"retry-after": str(error.seconds)})
        except BusyError as error:
            return self._form(request, str(error), name, 503, {"retry-after": str(error.seconds)})
        except LoginError as error:
            return self._form(request, str(error), name, 401)
        before = read_cookie(request.scope, cookie_name(request.scope))
        if before:
            await self._slowly(lambda: self._people.sessions.close(before))
        return _keep(_redirect("/"), request, token)

    async def leave(self, request: Request) -> Response:
        """End the session."""
        visitor: Visitor = request.state.visitor
        sent = await _fields(request)
        if not _same(sent.get("form", ""), form_key(visitor)):
            return self._account(visitor, STALE, 403)
        await self._slowly(
            lambda: self._people.log_out(visitor.person, visitor.session, visitor.address)
        )
        answer = _redirect(LOGIN)
        answer.headers.append("set-cookie", cookie(request.scope, "", age=0))
        answer.headers["clear-site-data"] = '"cache", "storage"'
        return answer

    async def account(self, request: Request) -> Response:
        """Answer with the page of the own account."""
        return self._account(request.state.visitor)

    async def password(self, request: Request) -> Response:
        """Change the own password."""
        visitor: Visitor = request.state.visitor
        sent = await _fields(request)
        old, new, again = (sent.get(key, "") for key in ("old", "new", "again"))
        if not _same(sent.get("form", ""), form_key(visitor)):
            return self._account(visitor, STALE, 403)
        if new != again:
            return self._account(visitor, "两次输入的新密码不一样。请重新输入。", 400)
        try:
            _, token = await self._slowly(
                lambda: self._people.change_own_password(visitor.person, old, new, visitor.address)
            )
        except PeopleError as error:
            return self._account(visitor, str(error), 400)
        return _keep(_redirect("/"), request, token)

    def _form(
        self,
        request: Request,
        said: str = "",
        name: str = "",
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Response:
        form = secrets.token_urlsafe(24)
        answer = _page("登录", login_form(form, said, name), status, headers)
        answer.headers.append("set-cookie", cookie(request.scope, form, FORM, FORM_AGE))
        return answer

    def _account(self, visitor: Visitor, said: str = "", status: int = 200) -> Response:
        return _page("账户", account_forms(visitor.person, form_key(visitor), said), status)

    async def _slowly(self, work: Callable[[], T]) -> T:
        """Do something that takes a while, a few at a time, apart from everything else."""
        import anyio

        if self._waiting >= WAITING:
            raise BusyError(BUSY)
        if not hasattr(self, "_limiter"):
            self._limiter = anyio.CapacityLimiter(AT_ONCE)
        self._waiting += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._waiting -= 1


def form_key(visitor: Visitor) -> str:
    """Return what a form of somebody who is logged in must come with."""
    return digest(f"form {visitor.session}")


def _same(given: str, wanted: str) -> bool:
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _fields(request: Request) -> dict[str, str]:
    """Return the fields of a form; the guard has bounded its size."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return {key: given[-1] for key, given in parse_qs(body, max_num_fields=10).items()}
    except ValueError:
        return {}


def _redirect(to: str) -> Response:
    from starlette.responses import RedirectResponse

    return RedirectResponse(to, 303)


def _keep(answer: Response, request: Request, token: str) -> Response:
    answer.headers.append("set-cookie", cookie(request.scope, token))
    answer.headers.append("set-cookie", cookie(request.scope, "", FORM, 0))
    return answer


def _page(title: str, body: str, status: int, headers: dict[str, str] | None = None) -> Response:
    from starlette.responses import HTMLResponse

    html = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · 有据 Youju</title><style>{STYLE}</style></head>"
        f'<body><main><h1>有据 <span lang="en">Youju</span></h1>{body}</main></body></html>'
    )
    return HTMLResponse(html, status, headers)


def login_form(form: str, said: str, name: str) -> str:
    """Return the form; ``said`` is what went wrong, ``name`` what was typed before."""
    bad = ' aria-invalid="true" aria-describedby="said"' if said else ""
    return (
        f'{_said(said)}<form method="post" action="{LOGIN}">'
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
        f"{_both(f'角色：{ROLE_WORDS[person.role]}', f'role: {role}')}</p>{_said(said)}"
        f'<form method="post" action="{LOGOUT}">{hidden}'
        f"<button>{_both('退出登录', 'Log out')}</button></form>"
        f"<h2>{_both('更改密码', 'Change password')}</h2>"
        f'<form method="post" action="{PASSWORD}">{hidden}{fields}'
        f"<button>{_both('更改', 'Change')}</button></form>"
        f'<p class=help><a href="/">{_both("回到有据", "Back to Youju")}</a></p>'
    )


def _said(said: str) -> str:
    return f'<p id="said" class="said" role="alert">{escape(said)}</p>' if said else ""


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
