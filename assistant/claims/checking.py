"""Whether one claim is borne out by the evidence that it cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from assistant.citations import unverified_figures
from assistant.claims.records import Claim, Evidence, Fault, Verdict
from assistant.status import statuses

Support = Callable[[str, Sequence[str]], float]


def check_claim(
    claim: Claim,
    evidence: Mapping[str, Evidence],
    known_names: Collection[str] = (),
    today: date | None = None,
    support: Support | None = None,
) -> Verdict:
    """Return what of a claim its evidence does not bear out.

    Args:
        claim: one sentence of a draft.
        evidence: all that the prompt held, by key.
        known_names: names of projects, units and people that the index knows.
        today: the day from which “今年” is counted.
        support: how well (0 to 1) texts bear a statement out, where a model can tell.
    """
    del today, support
    faults = [Fault("unknown_key", key) for key in claim.keys if key not in evidence]
    cited = [evidence[key] for key in claim.keys if key in evidence]
    texts = ["\n".join((e.quote, e.title, e.section, *e.fields.values())) for e in cited]
    if not cited:
        faults.append(Fault("uncited", claim.text))
        return Verdict(claim, tuple(faults))
    faults += [Fault("number", figure) for figure in unverified_figures(claim.text, texts)]
    whole = re.sub(r"\s", "", "\n".join(texts))
    faults += [Fault("name", n) for n in known_names if n in claim.text and n not in whole]
    said = statuses(claim.text) - statuses(whole)
    faults += [Fault("status", status) for status in sorted(said)]
    return Verdict(claim, tuple(faults))
