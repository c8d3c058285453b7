"""The pages where people log in and out and change their password: plain HTML, no script."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs

from assistant.errors import BusyError, LockedOutError, PeopleError
from assistant.people.keys import digest
from assistant.people.people import People
from assistant.people.visitors import Visitor, cookie, cookie_name, read_cookie
from assistant.web.login_pages import (
    LOGIN,
    StaleFormError,
    account_forms,
    login_form,
    said_of,
    whole_page,
)
from index.errors import StoreError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

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
            return self._form(request, StaleFormError(STALE), name, 403)
        try:
            _, token = await self._slowly(
                lambda: self._people.log_in(name, password, _address(request))
            )
        except (PeopleError, StoreError) as error:
            status, headers = _status(error)
            return self._form(request, error, name, status, headers)
        before = read_cookie(request.scope, cookie_name(request.scope))
        if before:
            await self._slowly(lambda: self._people.sessions.close(before))
        return _keep(_redirect("/"), request, token)

    async def leave(self, request: Request) -> Response:
        """End the session."""
        visitor: Visitor = request.state.visitor
        sent = await _fields(request)
        if not _same(sent.get("form", ""), form_key(visitor)):
            return self._account(visitor, StaleFormError(STALE), 403)
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
            return self._account(visitor, StaleFormError(STALE), 403)
        if new != again:
            return self._account(visitor, PeopleError("两次输入的新密码不一样。请重新输入。"), 400)
        try:
            _, token = await self._slowly(
                lambda: self._people.change_own_password(visitor.person, old, new, visitor.address)
            )
        except (PeopleError, StoreError) as error:
            return self._account(visitor, error, _status(error, 400)[0])
        return _keep(_redirect("/"), request, token)

    def _form(
        self,
        request: Request,
        error: Exception | None = None,
        name: str = "",
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Response:
        form = secrets.token_urlsafe(24)
        answer = whole_page("登录", login_form(form, said_of(error), name), status, headers)
        answer.headers.append("set-cookie", cookie(request.scope, form, FORM, FORM_AGE))
        return answer

    def _account(
        self, visitor: Visitor, error: Exception | None = None, status: int = 200
    ) -> Response:
        forms = account_forms(visitor.person, form_key(visitor), said_of(error))
        return whole_page("账户", forms, status)

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


def _status(error: Exception, otherwise: int = 401) -> tuple[int, dict[str, str]]:
    """Return the status that goes with an error, and when to come again."""
    if isinstance(error, LockedOutError):
        return 429, {"retry-after": str(error.seconds)}
    if isinstance(error, BusyError | StoreError):
        return 503, {"retry-after": "5"}
    return otherwise, {}


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
