"""The frame of the page as HTML: its header, the question box, the list of keys."""

from __future__ import annotations

from assistant.web.dialogue import MAX_QUESTION
from assistant.web.strings import STRINGS, say, words

KEYS = {
    "ask": "/", "fresh": "n", "source": "[ ]", "shut": "Esc", "views": "g a", "bench": "j k",
    "marks": "1 2 3", "help": "?",
}  # fmt: skip


def render_header(login: bool, keeps: bool) -> str:
    """Return the header: name, tabs, language, account; tabs of staff are hidden at first."""
    staff = (*(["verify"] if keeps else []), *(["people"] if login else []))
    views = ("ask", "home", "ledger", "documents", *staff)
    account = f'<a class="account" href="account">{say("account")}</a>' if login else ""
    tabs = "".join(
        f'<button role="tab" id="tab-{view}" data-view="{view}" '
        f'aria-selected="{"true" if view == "ask" else "false"}"'
        f"{' hidden' if view in staff else ''}>{say(f'tab_{view}')}</button>"
        for view in views
    )
    return (
        '<header class="top"><h1><span class="mark">有据</span>'
        '<span class="latin">Youju</span></h1>'
        f'<p class="tagline">{say("tagline")}</p><nav role="tablist">{tabs}</nav>'
        '<button class="language" data-language>'
        '<span class="zh" lang="en">English</span><span class="en" lang="zh-CN">中文</span>'
        f"</button>{account}</header>"
    )


def render_composer(*, kept: bool) -> str:
    """Return the question box with its buttons, its words for page.js, and the list of keys."""
    too_long = say("too_long", length="{length}", limit=MAX_QUESTION)
    placeholder = STRINGS["question"]
    talks = (
        f'<button class="quiet" data-toggle-talks aria-controls="talks">{say("talks")}</button>'
        if kept
        else ""
    )
    return (
        '<div class="composer"><p class="notice" role="alert" hidden></p>'
        f'<label class="sr" for="question">{say("question")}</label>'
        f'<textarea id="question" rows="1" data-limit="{MAX_QUESTION}" '
        f'data-zh="请输入问题" data-en="Type a question" placeholder="{placeholder[0]}">'
        "</textarea>"
        f'<div class="row">{talks}<button class="quiet" data-clear>{say("new")}</button>'
        f'<button class="quiet help" data-keys aria-label="{_keys_label()}">?</button>'
        f'<span class="hint">{say("hint")}</span>'
        f'<button class="stop" data-stop>{say("stop")}</button>'
        f'<button class="send" data-send>{say("send")}</button></div>'
        f"<template data-too-long>{too_long}</template>"
        f"<template data-overloaded>{say('overloaded')}</template>"
        f"<template data-making>{say('export_working')}</template>"
        f"<template data-lost>{say('ledger_failed')}</template>{render_keys()}</div>"
    )


def _keys_label() -> str:
    return " / ".join(words("keys"))


def render_keys() -> str:
    """Return the dialog that lists the keys, and where they can be turned off."""
    listed = "".join(
        f"<dt>{' '.join(f'<kbd>{key}</kbd>' for key in keys.split())}</dt>"
        f"<dd>{say(f'key_{name}')}</dd>"
        for name, keys in KEYS.items()
    )
    return (
        f'<dialog class="keys" id="keys" aria-labelledby="keys-title">'
        f'<h2 id="keys-title">{say("keys")}</h2><dl>{listed}</dl><div class="bar">'
        f'<label><input type="checkbox" data-keys-on checked> {say("keys_on")}</label>'
        f'<button class="quiet" data-shut-keys>{say("close")}</button></div></dialog>'
    )
