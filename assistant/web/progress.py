"""What is going on with the index as HTML: files on their way in, damage, a rebuild."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from html import escape

from assistant.web.ports import Intake, Library
from assistant.web.strings import both, say
from index.jobs import Job, JobState

ACTIVE: tuple[JobState, ...] = ("waiting", "reading", "embedding")
OPENABLE = ("done", "unchanged")
# How many of each state are listed; the rest are counted.
SHOWN: tuple[tuple[JobState, int], ...] = (
    ("reading", 8),
    ("embedding", 8),
    ("failed", 50),
    ("waiting", 10),
)
FINISHED = 8  # of the newest that ended well


def render_health(library: Library, intake: Intake) -> str:
    """Return the banner of a damaged index, or of its rebuild; nothing while all is well."""
    going = intake.rebuilding()
    if going is not None:
        return (
            f'<section class="health" data-rebuilding="true" role="status">'
            f"<p>{say('rebuilding')}{_bar(*going)}</p></section>"
        )
    problems = library.problems()
    if not problems:
        return '<section class="health" hidden></section>'
    items = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    return (
        f'<section class="health bad-health" role="alert"><h2>{say("damaged")}</h2>'
        f"<ul>{items}</ul><p>{say('damaged_how')}</p>"
        f'<button class="send" data-rebuild>{say("rebuild")}</button></section>'
    )


def render_jobs(intake: Intake) -> str:
    """Return the files on their way, those that need a look first.

    ``data-ended`` changes whenever another one has come to its end.
    """
    jobs = _newest(intake.jobs())
    count = Counter(job.state for job in jobs)
    active = sum(count[state] for state in ACTIVE)
    ended = zlib.crc32("".join(job.id for job in jobs if job.state not in ACTIVE).encode())
    marks = f'data-busy="{"true" if active else "false"}" data-ended="{ended}"'
    if not jobs:
        return f'<section class="jobs" {marks} hidden></section>'
    listed = _listed(jobs)
    hidden = len(jobs) - len(listed)
    more = f'<p class="muted">{say("jobs_hidden", count=hidden)}</p>' if hidden else ""
    summary = say(
        "jobs_count",
        total=len(jobs),
        done=count["done"],
        unchanged=count["unchanged"],
        failed=count["failed"],
        active=active,
    )
    return (
        f'<section class="jobs" {marks}><h3>{say("jobs_title")}</h3>'
        f'<p class="muted" role="status">{summary}</p>'
        f"<ul>{''.join(_job(job) for job in listed)}</ul>{more}</section>"
    )


def _newest(jobs: Sequence[Job]) -> list[Job]:
    """Leave out what ended before the same name was sent again: that tells how it stands now."""
    named: set[str] = set()
    newest = []
    for job in jobs:
        if job.state in ACTIVE or job.name not in named:
            newest.append(job)
        named.add(job.name)
    return newest


def _listed(jobs: Sequence[Job]) -> list[Job]:
    listed: list[Job] = []
    for state, limit in SHOWN:
        found = [job for job in jobs if job.state == state]
        # The longest waiting come next.
        listed += found[::-1][:limit] if state == "waiting" else found[:limit]
    named = {state for state, _ in SHOWN}
    return listed + [job for job in jobs if job.state not in named][:FINISHED]


def _job(job: Job) -> str:
    name = f"<bdi>{escape(job.name)}</bdi>"
    if job.state in OPENABLE:
        name = f'<button class="link" data-look data-document="{escape(job.name)}">{name}</button>'
    stop = ""
    if job.state in ACTIVE:
        label = both(*(f"{words} {job.name}" for words in ("停止收录", "Stop")))
        stop = (
            f'<button class="quiet" data-job-stop="{escape(job.id)}">'
            f'<span aria-hidden="true">{say("job_stop")}</span>'
            f'<span class="sr">{label}</span></button>'
        )
    message = f'<p class="said">{escape(job.message)}</p>' if job.message else ""
    return (
        f'<li class="job" data-state="{escape(job.state)}"><span class="name">{name}</span>'
        f'<span class="how">{_state(job)}</span>{stop}{message}</li>'
    )


def _state(job: Job) -> str:
    if job.state == "embedding" and job.total:
        said = say("job_embedding_of", done=job.done, total=job.total)
        return f"{said}{_bar(job.done, job.total, numbers=False)}"
    return say(f"job_{job.state}")


def _bar(done: int, total: int, *, numbers: bool = True) -> str:
    share = min(100, round(100 * done / total)) if total else 0
    said = f" {say('rebuilding_of', done=done, total=total)}" if numbers and total else ""
    return f'{said}<span class="gauge" aria-hidden="true"><i style="width: {share}%"></i></span>'
