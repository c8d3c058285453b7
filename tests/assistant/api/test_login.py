"""Logging in and out over HTTP, and what a stranger or another site can make of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import httpx
import pytest

from assistant.people.guesses import ACCOUNT_FREE
from tests.assistant.api.conftest import OPEN, PASSWORD, Site, words_of


@pytest.fixture
def nobody(site: Site) -> Iterator[httpx.Client]:
    with site.client() as client:
        yield client


@pytest.fixture(autouse=True)
def _forgiven(site: Site) -> Iterator[None]:
    """Let no test shut out the next one's address."""
    yield
    for name in ("李问", "钱问", "没有这个人"):
        site.people._guesses.clear(name, "127.0.0.1")
    for _ in range(60):
        site.people._guesses.clear("", "127.0.0.1")


def form_of(client: httpx.Client, path: str = "/login", **headers: str) -> str:
    page = client.get(path, headers=headers).text
    return re.search(r'name="form" value="([^"]+)"', page)[1]


def log_in(
    client: httpx.Client, name: str = "李问", password: str = PASSWORD, **headers: str
) -> httpx.Response:
    sent = {"form": form_of(client), "name": name, "password": password}
    return client.post("/login", data=sent, headers=headers)


def test_without_login_there_is_only_the_way_in(nobody: httpx.Client) -> None:
    assert nobody.get("/").status_code == 303
    assert nobody.get("/").headers["location"] == "/login"
    for path in ("/config", "/page-image?document=x&page=1", "/account", "/api/v1/documents",
                 "/api/v1/openapi.json", "/gradio_api/queue/data?session_hash=x", "/theme.css",
                 "/gradio_api/startup-events", "/gradio_api/heartbeat/x"):  # fmt: skip
        answer = nobody.get(path)
        assert answer.status_code == 401, path
        assert set(answer.json()["error"]) == {"what", "why", "next"}
    for path in ("/upload", "/gradio_api/queue/join", "/logout", "/api/v1/ask"):
        assert nobody.post(path, json={}).status_code == 401


def test_the_login_page_is_plain_and_loads_nothing(nobody: httpx.Client) -> None:
    page = nobody.get("/login")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "script-src" not in policy
    assert "<script" not in page.text
    assert not re.search(r"(?:src|href)=[\"']?http", page.text)
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["cache-control"] == "no-store"
    for needed in ("lang=\"zh-CN\"", '<label for="name">', '<label for="password">',
                   'autocomplete="current-password"', "登录", "Log in"):  # fmt: skip
        assert needed in page.text


def test_who_logs_in_gets_a_cookie_that_no_script_can_read(nobody: httpx.Client) -> None:
    answer = log_in(nobody)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    kept = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("youju="))
    assert "HttpOnly" in kept
    assert "SameSite=Strict" in kept
    assert "Path=/" in kept
    assert "Domain" not in kept
    assert "Secure" not in kept
    assert nobody.get("/").status_code == 200
    assert nobody.get("/login").headers["location"] == "/"


def test_over_https_the_cookie_goes_over_https_only(nobody: httpx.Client) -> None:
    proxied = {"x-forwarded-proto": "https"}
    form = form_of(nobody, **proxied)
    kept_form = {"cookie": f"youju_form={form}"}  # httpx keeps a Secure cookie from http
    sent = {"form": form, "name": "李问", "password": PASSWORD}
    answer = nobody.post("/login", data=sent, headers=proxied | kept_form)
    kept = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-"))
    assert "; Secure" in kept
    token = re.match(r"__Host-youju=([^;]+)", kept)[1]
    over_http = nobody.get("/config", headers={"cookie": f"__Host-youju={token}"})
    assert over_http.status_code == 401
    with_it = {"cookie": f"__Host-youju={token}", **proxied}
    assert nobody.get("/config", headers=with_it).status_code == 200


def test_a_session_that_somebody_planted_is_not_taken_up(site: Site, nobody: httpx.Client) -> None:
    nobody.cookies.set("youju", "planted-by-an-attacker")
    answer = log_in(nobody)
    assert "planted" not in str(answer.headers)
    with site.client(session="planted-by-an-attacker") as attacker:
        assert attacker.get("/config").status_code == 401


def test_the_session_before_ends_with_the_next_login(site: Site) -> None:
    with site.browser_of("李问") as browser:
        before = browser.cookies["youju"]
        browser.cookies.clear()
        form = form_of(browser)
        browser.cookies.set("youju", before)
        sent = {"form": form, "name": "钱问", "password": PASSWORD}
        assert browser.post("/login", data=sent).status_code == 303
    assert site.people.sessions.find(before) is None


@pytest.mark.parametrize(
    ("name", "password"), [("李问", "wrong horse"), ("没有这个人", PASSWORD), ("李问", "")]
)
def test_who_is_not_let_in_reads_the_same(nobody: httpx.Client, name: str, password: str) -> None:
    answer = log_in(nobody, name, password)
    assert answer.status_code == 401
    assert "名字或密码不对" in answer.text
    assert 'role="alert"' in answer.text
    assert "youju=" not in str(answer.headers.get_list("set-cookie"))


def test_a_name_that_is_markup_is_text(nobody: httpx.Client) -> None:
    answer = log_in(nobody, '"><script>alert(1)</script>\r\nset-cookie: a=b', "x")
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert "a=b" not in str(answer.headers)


def test_a_form_of_another_site_logs_nobody_in(site: Site, nobody: httpx.Client) -> None:
    form = form_of(nobody)
    sent = {"form": form, "name": "李问", "password": PASSWORD}
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
                    {"origin": "https://evil.example"}, {"origin": "null"}):  # fmt: skip
        assert nobody.post("/login", data=sent, headers=headers).status_code == 403
    with site.client() as without_cookie:
        refused = without_cookie.post("/login", data=sent)
        assert refused.status_code == 403
        assert "请再试一次" in refused.text
    for wrong in ({**sent, "form": "guessed"}, {**sent, "form": ""}):
        assert nobody.post("/login", data=wrong).status_code == 403
    assert log_in(nobody).status_code == 303


def test_guessing_is_stopped_and_said_for_how_long(nobody: httpx.Client) -> None:
    for _ in range(ACCOUNT_FREE):
        assert log_in(nobody, password="guess guess").status_code == 401
    answer = log_in(nobody)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "秒后再试" in answer.text


def test_logging_out_ends_it_for_good(site: Site) -> None:
    with site.browser_of("李问") as browser:
        token = browser.cookies["youju"]
        assert browser.post("/logout").status_code == 403
        assert browser.get("/logout").status_code == 200  # a link logs nobody out
        assert site.people.sessions.find(token)
        answer = browser.post("/logout", data={"form": form_of(browser, "/account")})
        assert answer.headers["location"] == "/login"
        assert '"storage"' in answer.headers["clear-site-data"]
    with site.client(session=token) as again:
        assert again.get("/config").status_code == 401


def test_the_own_password_is_changed_by_who_knows_it(site: Site) -> None:
    with site.browser_of("钱问") as browser, site.browser_of("钱问") as elsewhere:
        form = form_of(browser, "/account")

        def change(**sent: str) -> httpx.Response:
            return browser.post("/account/password", data={"form": form, **sent})

        new = {"new": "another long one", "again": "another long one"}
        assert "不一样" in change(old=PASSWORD, new="another long one", again="other").text
        assert "密码不对" in change(old="wrong", **new).text
        assert "少于" in change(old=PASSWORD, new="short", again="short").text
        refused = browser.post("/account/password", data={"old": PASSWORD, **new})
        assert refused.status_code == 403
        assert change(old=PASSWORD, **new).status_code == 303
        assert browser.get("/config").status_code == 200
        assert elsewhere.get("/config").status_code == 401
    site.people.set_password("钱问", PASSWORD)


def test_who_is_disabled_is_out_at_the_next_click(site: Site) -> None:
    with site.browser_of("钱问") as browser, site.of("钱问") as program:
        assert browser.get("/config").status_code == 200
        assert program.get("/api/v1/me").status_code == 200
        site.people.set_disabled("钱问", True)
        try:
            assert browser.get("/").headers["location"] == "/login"
            assert browser.get("/config").status_code == 401
            assert program.get("/api/v1/me").status_code == 401
        finally:
            site.people.set_disabled("钱问", False)
        assert browser.get("/config").status_code == 401


@pytest.mark.parametrize("key", ["token", "access_token", "session", "youju", "authorization"])
def test_no_key_is_taken_from_an_address(site: Site, nobody: httpx.Client, key: str) -> None:
    token = site.people.make_token("王管", "试")
    for given in (token, f"Bearer {token}"):
        assert nobody.get("/api/v1/documents", params={key: given}).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "youju="},
        {"cookie": "youju=\x80\xff"},
        {"cookie": ";;;=;youju"},
        {"cookie": "youju=" + "x" * 8_000},
        {"authorization": "Bearer"},
        {"authorization": "Bearer youju_"},
        {"authorization": "Bearer youju_' OR 1=1 --"},
        {"authorization": "Basic d2FuZzpwYXNz"},
    ],
)
def test_what_is_no_key_opens_nothing(nobody: httpx.Client, headers: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    assert nobody.get("/api/v1/documents", headers=raw).status_code == 401


def test_nothing_that_is_answered_is_kept_by_a_cache(site: Site) -> None:
    with site.browser_of("李问") as browser, site.of("李问") as program:
        for path in ("/", "/config", "/theme.css", "/account"):
            assert browser.get(path).headers["cache-control"] == "no-store"
        for path in ("/api/v1/documents", f"/api/v1/document/text?name={OPEN}", "/api/v1/x"):
            answer = program.get(path)
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "access-control-allow-origin" not in answer.headers


def test_no_key_and_no_password_is_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = site.people.make_token("李问", "试")
    with site.client() as client:
        log_in(client, password="my wrong password")
        log_in(client)
        session = client.cookies["youju"]
        client.get("/account")
        client.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})
        client.get("/api/v1/nothing", headers={"authorization": f"Bearer {token}"})
    # What httpx logs is the test's own side of the wire.
    ours = [r for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    said = "\n".join(f"{r.getMessage()} {r.args}" for r in ours)
    audit = "\n".join(str(line) for line in site.people.audit.search(limit=50))
    for secret in (token, session, PASSWORD, "my wrong password"):
        assert secret not in said + audit
    assert words_of(said) == []
