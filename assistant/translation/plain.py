"""English questions in plainer English: many ways to ask one thing, put in the one that is known.

It stands before everything that reads English, so that translation, follow-ups and search
all see “Why has X not started” where somebody asks “What is keeping X from getting under
way”. It changes how a thing is asked, never what is asked about: a name stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.language import is_english
from assistant.translation.states import AUX

_BE = r"(?:is|are|was|were|has been|have been|had been)"
_THEM = r"(?:each|every|them|it|these|those|this|that|they)"
_X = rf"(?P<x>(?!{_THEM}\b)[^,?;]+?)"
_END = r"(?=[,?;.]|$| and (?:what|why|who|when|where|which|how|by)\b)"
_WHEN = r"(?P<t> (?:by|at|in|during|as of|as at|on) [^,?;]*)?"
_NOUNS = r"(?:reasons?|causes?|problems?|obstacles?|difficult(?:y|ies)|explanations?|hold-?ups?)"
_UNIT_HEAD = r"(?:projects?|items?|matters?|tasks?|schemes?|ones|of them)"
_START = (
    r"(?:start(?:ing|ed)?|begin(?:ning)?|begun|commenc(?:e|ing|ed)|(?:get(?:ting)?|got|gotten|been got|be|being|been)"
    r" (?:under ?way|started|going|off the ground|begun)|(?:going|go|gone) ahead|break(?:ing)? ground|broken ground"
    r"|being built|be started)"
)
_FINISH = r"(?:finishing|(?:being|getting) (?:finished|completed|done|built)|completion|reaching completion)"
_LATE = (
    r"(?:(?:staying|being|keeping|running|remaining) (?:on|to|up with) (?:the |its |their )?(?:schedule|track|time|plan)"
    r"|keeping (?:up|pace)|making progress|(?:moving|going) (?:ahead|forward)|progressing|advancing)"
)
_PUT_OFF = (
    (re.compile(_START), "not started"),
    (re.compile(_FINISH), "not been completed"),
    (re.compile(_LATE), "fallen behind schedule"),
)
_HELD = r"(?:holding|delaying|blocking|hindering|hampering|obstructing|slowing)"
_STOPPED = r"(?:a |an )?(?:stop(?:page)?|halt|standstill|suspension|stopping|halting)"


def _kept_from(match: re.Match[str]) -> str:
    """Return “What is keeping X from starting” as “Why has X not started”."""
    had = "had" if match["be"].startswith(("was", "were", "had")) else "has"
    doing = match["v"].strip()
    for pattern, said in _PUT_OFF:
        if pattern.fullmatch(doing):
            return f"why {had} {match['x']} {said}{match['t'] or ''}"
    return f"why {had} {match['x']} not {doing}{match['t'] or ''}"


def _delayed(match: re.Match[str]) -> str:
    be = "was" if match["be"].startswith(("was", "were", "had")) else "is"
    return f"why {be} {match['x']} behind schedule{match['t'] or ''}"


_Rule = tuple[str, str | Callable[[re.Match[str]], str]]

_LEADS: tuple[_Rule, ...] = (
    (r"^(?:please )?(?:(?:can|could|would|will) you (?:please )?)?(?:tell|let) (?:me|us) (?:know )?(?=(?:what|which|who|whose|why|when|where|how|the (?:number|names?|amount)))", ""),
    (r"^(?:do (?:we|you) know|is it known|i(?:'d| would) like to know|i want to know|any idea|is there (?:any )?(?:information|word|record) (?:on|of|about|as to)) (?=(?:what|which|who|why|when|where|how|the number)\b)", ""),
    (r"^the number of (?=.*\?)", "how many "),
)  # fmt: skip
_NUMBERS: tuple[_Rule, ...] = (
    (rf"\bwhat {AUX} (?:the )?(?:total |overall |exact )?(?:number|count) of ", "how many "),
    (rf"\bwhat {AUX} (?P<x>[^,?;]+?)'s (?:total |overall )?number of (?P<n>[a-z -]+)(?=[?.]|$)", r"how many \g<n> does \g<x> have"),
    (r"\b(?:with (?P<a>an? )?)?(?P<n>(?:a )?(?:total |planned |annual )?investment) (?:exceeding|in excess of|upwards of|greater than|that exceeds) ", r"with \g<n> of more than "),
    (r"\b(?:in|on|at) (?P<w>which|what) (?P<n>(?:[a-z-]+ )*projects) (?P<a>has|have|had) (?:the )?(?:work|construction|building work) ", r"\g<w> \g<n> \g<a> "),
    (r"\bwhat number of (?P<the>the )?", lambda m: "how many of the " if m["the"] else "how many "),
    (r"\b(?:on|at|in|for) how many (?P<n>[^,?;]*?(?:projects?|items?|schemes?))(?P<a> (?:has|have|had|was|were|is|are)) (?:the )?(?:building |construction |civil )?works?(?P<v>[^,?;]*)", r"how many \g<n>\g<a>\g<v>"),
    (r"\b(?P<w>(?:for )?(?:how many|which|what) [^,?;]*?(?:projects?|items?|schemes?)) (?:on|at|in) which (?:the )?(?:building |construction )?work ", r"\g<w> that "),
    (rf"\bfor (?P<w>how many|which|what) (?P<n>[^,?;]*?{_UNIT_HEAD}) (?P<be>is|are|was|were) (?P<u>[^,?;]+?) responsible\b(?! for)", r"\g<w> \g<n> \g<be> \g<u> responsible for"),
    (r"\bhow many (?P<n>[a-z -]+?) (?:there (?:were|are|was|is)|were there|are there)(?= |\?|$)(?! (?:in|on|at|of) )", r"how many \g<n>"),
    (r"\bwhat (?:amount|sum)(?: of (?:money|funds|funding))?(?= (?:is|are|was|were|has|have|had|did|does|do|will|must|should)\b)", "how much money"),
    (r"\bwhat (?:is|was|were) the (?:total|overall|combined) (?:amount|value|sum) of (?:the )?(?P<x>[^,?;]*?) (?P<v>issued|spent|signed|allocated|paid|received|raised|granted|used|transferred|lent)\b", r"how much money in \g<x> was \g<v> in total"),
    (r"\bwhat (?:part|portion) of (?P<x>it|them|this|that) (?=(?:had|has|have|was|is|were)\b)", r"how much of \g<x> "),
    (r"\bhow much (?:money )?is (?P<x>(?:the )?[^,?;]+?) to (?P<v>allocate|provide|pay|give|transfer|contribute|put up|spend|grant)\b", r"how much money will \g<x> \g<v>"),
    (r"\b(?P<w>how much money will [^,?;]+?) (?:allocate|contribute|put up|grant) (?=for|to|towards)", r"\g<w> provide "),
    (r"\b(?P<w>how much of (?:it|them|this|that) (?:has|have|had|was|were)(?: been)?) used\b", r"\g<w> spent"),
    (r"\bhow much (?:money |investment )?(?:is|was) (?:to be|planned to be|due to be|going to be|expected to be) (?:invested|spent|put) (?:in|into|on) (?P<x>[^,?;]+?)(?P<t> (?:this|next) year)?(?=[,?]|$)", r"how much investment is planned\g<t> for \g<x>"),
    (r"\bwhat is (?P<t>this|next) year's planned investment (?:in|for|of|on) ", r"how much investment is planned \g<t> year for "),
    (r"\b(?:deadline|time limit|due date|cut-off date) for (?:sorting out|settling|solving|resolving|dealing with|clearing|fixing|paying off) ", "deadline for "),
    (r"(?P<c>, (?:and )?|\band )what (?:is|was) the (?:deadline|time limit|due date|cut-off date)(?: (?:for (?:it|this|that|doing so)|given|set))?(?=[?.,]|$)", r"\g<c>by when"),
    (r"\bwhat (?:amount|sum|quantity) of (?P<the>the )?", lambda m: "how much of the " if m["the"] else "how much "),
    (r"\bhow (?:large|high|big|great|much) (?P<be>is|was|are|were) (?P<x>[\w\u4e00-\u9fff -]+?)'s (?P<a>[a-z -]+)(?=[,?]|$)", r"what \g<be> the \g<a> of \g<x>"),
    (r"\bhow (?:large|high|big|great) (?P<be>is|was|are|were) (?=(?:the )[^,?;]*?\b(?:rate|quota|investment|population|budget|share|amount|sum|gap|growth|workforce|loans?|subsid\w+|cost|price|rent|area|capacity)\b)", r"what \g<be> "),
    (r"\bhow (?:large|big) an? (?P<n>[a-z -]+?) (?=(?:will|does|did|is|has)\b)", r"how many \g<n> "),
    (r"\bwhat does (?P<x>(?:the )?[^,?;]+?) (?:add up|come|amount) to\b(?: in (?:all|total))?", r"what is the total of \g<x>"),
    (r"\bthe total of (?:the )?investment (?=in|of|for)", "the total investment "),
    (rf"\bhow much (?:will|does|did|would|is) (?P<x>[^,?;]+?) (?:cost|to cost)(?: in (?:all|total)| altogether| overall){_END}", r"what is the total investment of \g<x>"),
    (r"\b(?P<w>what (?:percentage|share|proportion|per cent|percent|part) of (?:the |its |their )?[^,?;]*?) (?:does|did|do) (?:that|this|it|they) (?:make|come to|represent|amount to|account for|equal|work out at|add up to|make up)(?: up)?\b", r"\g<w> is that"),
    (r"\b(?P<w>what (?:percentage|share|proportion|per cent|percent|part) of (?:the |its |their )?[^,?;]*?) (?P<be>is|was) (?:it|this)\b", r"\g<w> \g<be> that"),
    (r"\b(?:the |its |their )?(?:whole |full )?(?:year's|yearly|full-year|whole-year) (?P<p>plan|target|task)\b", r"the annual \g<p>"),
    (r"\b(?P<p>plan|target|task) for the (?:whole |full |entire )?year\b", r"annual \g<p>"),
    (r"\b(?:for |in )?(?P<y>(?:the year )?20\d\d|the year) as a whole\b|\b(?:for )?the (?:whole|entirety) of (?P<z>20\d\d)\b", lambda m: f"for the whole year {m['y'] or m['z']}".replace("the year the year", "the year")),
)  # fmt: skip
_REASONS: tuple[_Rule, ...] = (
    (rf"^(?:and )?(?:so )?what (?:{_BE}|has|had) (?:{_HELD}|held|keeping|kept|stopping|stopped|preventing) (?:it|them|that|this)(?: up| back| down)?(?: from [a-z ]+)?\?*$", "Why?"),
    (rf"^(?:and )?(?:so )?what (?:is|was|has been) (?:the )?(?:hold-?up|obstacle|{_NOUNS})(?: (?:there|here|with it|with that|for (?:it|this|that)))?\?*$", "Why?"),
    (r"\bhow come\b", "why has"),
    (r"\bwhy has (?P<x>[^,?;]+?) (?P<a>has|have|had|is|was|were|did)\b", r"why \g<a> \g<x>"),
    (rf"\bwhat (?P<be>{_BE}|has|had) (?:keeping|kept|stopping|stopped|preventing|prevented|(?:{_HELD}|held) (?:back )?) ?(?:back )?{_X} from (?P<v>[a-z' ]+?){_WHEN}{_END}", _kept_from),
    (rf"\bwhat (?P<be>{_BE}) (?:standing |lying |getting )?in the way of {_X}{_WHEN}{_END}", _delayed),
    (rf"\bwhat (?P<be>stands|stood|gets|got) in the way of {_X}{_WHEN}{_END}", _delayed),
    (rf"\bwhat (?P<be>{_BE}|has|had) (?:{_HELD}|held|keeping|kept|delayed) (?:up |back |down )?{_X}(?: up| back| down)?{_WHEN}{_END}", _delayed),
    (rf"\bwhat (?:has |had )?(?:brought|led) {_X} to {_STOPPED}{_WHEN}{_END}", r"why was \g<x> suspended\g<t>"),
    (rf"\bwhat (?:has |had )?(?:caused|led|made|forced) {_X} to (?:be )?(?:stop|halt|stopped|halted|suspended|come to {_STOPPED}){_WHEN}{_END}", r"why was \g<x> suspended\g<t>"),
    (rf"\bwhat (?:has |had )?(?:put|left|set|got) {_X} behind(?: (?:the |its )?schedule)?{_WHEN}{_END}", r"why is \g<x> behind schedule\g<t>"),
    (rf"\bwhat (?:has |had )?(?:caused|led|made) {_X} to (?:fall|slip|lag|run|be|get) (?:behind|late|delayed)(?: (?:the |its )?schedule)?{_WHEN}{_END}", r"why is \g<x> behind schedule\g<t>"),
    (rf"\bwhat (?:has |had |is |was )?(?:caused|caus(?:es|ing)|led to|leads to|lies behind|lay behind|behind|explains|explained|accounts for|brought about) (?:the )?(?:delays?|lag|slippage|slow progress) (?:to|of|in|on|at|with|for) {_X}{_WHEN}{_END}", r"why is \g<x> behind schedule\g<t>"),
    (rf"\bwhat (?:has |had |is |was )?(?:caused|caus(?:es|ing)|led to|leads to|lies behind|lay behind|behind|explains|explained|accounts for|brought about) (?:the )?{_STOPPED} (?:to|of|in|on|at|with|for) {_X}{_WHEN}{_END}", r"why was \g<x> suspended\g<t>"),
    (rf"\bwhat (?:has |had |is |was )?(?:caused|led to|lies behind|lay behind|behind|explains|explained|accounts for|brought about) (?:the )?(?P<v>increase|reduction|rise) (?:to|of|in) {_X}{_END}", lambda m: f"why was {m['x']} {'reduced' if m['v'] == 'reduction' else 'increased'}"),
    (r"\bfor what (?:reasons?|cause)(?= (?:is|are|was|were|has|have|had|did|does|do)\b)", "why"),
    (r"\b(?P<w>why (?:did|does|do)) (?P<x>[^,?;]+?) (?:go up|rise)\b", r"\g<w> \g<x> increase"),
    (rf"\bwhat {AUX} the {_NOUNS} (?:why |that |for which )(?P<x>[^,?;]+?) (?P<a>has|have|had|is|was|were)\b", r"why \g<a> \g<x>"),
    (rf"\bwhat {AUX} the {_NOUNS} (?P<x>(?:the )?(?!for\b|in\b|of\b|to\b|behind\b|with\b|given\b|each\b)[^,?;]+?) (?P<a>has|have|had|is|was|were)(?= not\b|n't\b| [a-z]+ed\b| been\b| behind\b)", r"why \g<a> \g<x>"),
    (r"\b(?P<w>why (?:is|are|was|were|has|have|had)) (?:the )?(?:work|works|construction|building work) (?:on|at|of|for) (?=(?!the )[^,?;])", r"\g<w> "),
    (r"\b(?P<w>why (?:is|are|was|were|has|have|had)) (?:the )?(?:work|works|construction|building work) (?:on|at|of|for) the ", r"\g<w> the "),
)  # fmt: skip
_EACH: tuple[_Rule, ...] = (
    (rf"[,;?]? *(?:and |please )?(?:also )?(?:give|giving|state|stating|explain|explaining|add|adding|say|with|together with|along with|including) (?:the |their )?{_NOUNS}(?: (?:why|behind (?:it|each|them)))?(?: (?:in|for|of|behind|to) (?:each|every|them|all)(?: (?:case|one|project|of them|of these|item))?)?(?=[?.]|$)", ", and why"),
    (rf"(?P<c>[,?;]? *(?:and )?)what (?:is|are|was|were|has been|had been) (?:the |their )?(?:main )?{_NOUNS}(?: (?:for|of|in|behind|with) (?:this|that|it|the delay|each|every|them)?(?: ?(?:case|one|project|of them|of these))?| given)?(?: in (?:each|every) case)?(?=[?.]|$)", r"\g<c>why"),
    (r"(?P<c>[,?;] *(?:and )?|^and )(?:what|which \w+) (?:has |had )?(?:caused|led to|is behind|was behind|lies behind|explains) (?:it|this|that|them|each|the (?:delays?|stoppages?|halts?|suspensions?))(?: (?:of|for|in) (?:each|every|them)(?: case| one| of them)?)?(?=[?.]|$)", r"\g<c>why"),
    (rf"(?P<c>[,?;] *(?:and )?| and )what {_BE} (?:getting|standing|lying) in the way(?: of (?:each|them|it)(?: one| of them)?)?(?=[?.]|$)", r"\g<c>why"),
    (r"(?P<c>[,?;] *(?:and )?|^and | and )(?:for what reasons?|for which reasons?|owing to what|because of what|why not|why)(?: in (?:each|every) case| (?:for )?each(?: one| of them| time)?)?(?=[?.]|$)", r"\g<c>why"),
    (r" in (?:each|every) case\b", ""),
    (r"(?P<c>[,?;] *(?:and )?| and )(?:how far (?:along )?(?:is|are|has|have)|how (?:is|are)|what (?:stage|point|state) (?:has|have|is|are)|where (?:does|do|is|are)) (?:each|they|them|these|it)(?: one| of (?:them|these)| project)?(?: now)? ?(?:along|got|gotten|come|coming along|coming on|getting on|getting along|progressing|progressed|doing|going|faring|reached|at|in|stand|now)*(?: now| at present)?(?=[?.]|$)", r"\g<c>what is the status of each"),
    (r"(?P<c>[,?;] *(?:and )?| and )(?:(?:in|on|by) )?(?:what|which) (?P<w>month|date|day|year) (?:was|were|is|are|did|had) (?P<e>each|it|they)(?: one| of them| project)? (?:(?:been|get|become|be) )?(?P<v>done|finished?|completed?|built)(?=[?.]|$)", r", with the \g<w> each was finished"),
    (r"(?:, ?)?(?: and|together with|along with|as well as|with|giving) (?:also )?the (?P<w>month|date|day|year) (?:in which |on which |when )?(?P<e>each|it|they)(?: one| of them| project)? (?:was|were|got|had been) (?P<v>\w+)(?=[?.]|$)", r", with the \g<w> each was \g<v>"),
    (r"(?:,? )(?:together with|along with|as well as|and give|giving|and add|and state) (?P<a>the [a-z ]+?) of each(?: one| of them| project)?(?=[?.]|$)", r", with \g<a> of each"),
)  # fmt: skip
_OWNERS: tuple[_Rule, ...] = (
    # “which of the projects behind schedule”, “among the projects behind schedule, which ones”
    (r"^(?P<t>(?:(?:in|by|at|on|as of|as at|under|according to) [^,?;]*, )?)(?:among|of|out of|from(?: among)?) (?:all )?(?P<a>(?:the |these |those )?)(?P<n>[^,?;]+?),? (?P<w>which|what|how many)(?: of them| ones?| projects?)? ", lambda m: f"{m['t']}{m['w']} {'of the ' if m['a'] and m['w'].lower() == 'how many' else ''}{m['n']} "),
    (r"\bwhich of the (?!two\b|three\b|following\b|\d)(?P<n>[^,?;]*?\b(?:projects?|items?|matters?|schemes?)\b)", r"which \g<n>"),
    (rf"\b(?P<w>which|what) (?P<n>(?:[\w\u4e00-\u9fff-]+ )*?{_UNIT_HEAD}) (?:are |is |were |was |have been )?(?:fall(?:s|ing)?|fell|come|comes|came|placed|put|listed|run|rank) (?:under|within the remit of|to) (?P<u>(?!a\b|an\b|light|grips|(?:the )?construction\b|operation|use\b|supervision|pressure|completion|the (?:list|end|site)\b)[^,?;]+?)(?=[,?;.]|$| and (?:what|how|why|who|when|which))", r"\g<w> \g<n> is \g<u> responsible for"),
    (rf"\b(?P<w>which|what) (?P<n>(?:[\w\u4e00-\u9fff-]+ )*?{_UNIT_HEAD}) (?:are |is |were |was |have been |has been )?(?:assigned|allotted|allocated|entrusted|handed|given) to (?P<u>[^,?;]+?)(?=[,?;.]|$| and (?:what|how|why|who|when|which)| under | in )", r"\g<w> \g<n> is \g<u> responsible for"),
    (rf"\b(?P<w>which|what) (?P<n>(?:[\w\u4e00-\u9fff-]+ )*?{_UNIT_HEAD}) (?:are |is |were |was |have been )?(?:in the (?:charge|care|hands) of|looked after by|handled by|managed by|overseen by|led by|headed by|supervised by|the responsibility of|run by) (?P<u>[^,?;]+?)(?=[,?;.]|$| and (?:what|how|why|who|when|which))", r"\g<w> \g<n> is \g<u> responsible for"),
    (r"\b(?:answerable|accountable) for\b", "responsible for"),
    (r"\b(?P<w>how many [^,?;]*?(?:projects?|items?|matters?)) (?:that )?(?:fall|fell|come|came) under (?P<u>[^,?;]+?)(?=[,?;.]|$)", r"\g<w> is \g<u> responsible for"),
    (r"\b(?:list|name|give|show)(?: me)?(?: all)? the (?P<n>(?:[a-z-]+ )*?projects) (?:that )?(?P<u>(?:the |[\u4e00-\u9fff])[^,?;]+?) is (?:in charge of|responsible for|handling|leading)", r"which \g<n> is \g<u> responsible for"),
    (r"\bwho (?:is|are|was|were) (?:(?:at )?the )?(?:head|leader|chief) of (?=(?:the )?(?:[\w’'\u4e00-\u9fff-]+ ){0,6}?(?:inspection|supervision|survey|study|research|visiting|inspecting|supervising|observation|checking)? ?(?:team|group|delegation|party)\b)", "who led "),
    (r"\bwho (?:heads|is heading|was heading|leads) (?=(?:the )?(?:[\w’'\u4e00-\u9fff-]+ ){0,6}?(?:team|group|delegation|party)\b)", "who led "),
    (r"\bled (?:the )?(?P<x>[a-z ]+?)'s (?P<n>inspection|supervision|survey|study|research|visiting|observation) (?P<g>team|group|delegation)\b", r"led the \g<n> \g<g> of the \g<x>"),
    (r"\bwho (?:heads|is heading|looks after|takes care of|handles|runs|oversees|is looking after|is (?:the person )?at the head of|is (?:put )?in charge of) ", "who is responsible for "),
    (r"\bwho (?:has|have|had) been (?:put|placed) in charge of ", "who is responsible for "),
    (r"\b(?P<c>, (?:and )?|and )who (?:has|is|are|have) to (?:see to|deal with|take care of|handle|settle|do) (?:it|this|that|them)\b", r"\g<c>who is responsible"),
    (r"\b(?P<c>, (?:and )?|and )(?:who|which unit|what unit|which department|who among the [a-z ]+) (?:heads|leads|runs|handles|oversees|looks after|takes charge of|is in charge of) (?P<e>each|them|it)(?: of them| one)?(?=[?.,]|$)", r"\g<c>who is responsible for \g<e>"),
    (r"\b(?P<c>, (?:and )?|and )(?:which|what) (?P<l>(?:[a-z]+ )?leader) (?:looks after|is in charge of|is responsible for|takes care of|oversees|has charge of) (?:it|this|that)(?=[?.,]|$)", r"\g<c>who is the \g<l> in charge of it"),
    (r"\b(?P<c>, (?:and )?|and )who among the (?P<l>(?:[a-z]+ )?leader)s (?:is in charge|is responsible|looks after it)(?=[?.,]|$)", r"\g<c>who is the \g<l> in charge of it"),
)  # fmt: skip
_DONE_BY = {
    "chaired": "chaired", "presided over": "chaired", "hosted": "chaired", "led": "led",
    "headed": "led", "answered": "answered", "raised": "raised", "attended": "attended",
    "convened": "convened", "built": "built", "signed": "signed",
}  # fmt: skip
_ACTS: tuple[_Rule, ...] = (
    (rf"^(?P<x>(?:the )?[^,?;]+?) (?:was|were|is) (?P<v>{'|'.join(_DONE_BY)}) by (?:whom|who)\b", lambda m: f"who {_DONE_BY[m['v'].lower()]} {m['x']}"),
    (rf"^by whom (?:was|were|is) (?P<x>[^,?;]+?) (?P<v>{'|'.join(_DONE_BY)})(?=[?,]|$)", lambda m: f"who {_DONE_BY[m['v'].lower()]} {m['x']}"),
    (r"\bwho (?:presided|was in the chair)(?: over)? (?:at )?", "who chaired "),
    (r"\bwho chaired (?P<x>(?:the )?(?:[a-z-]+ ){1,5}(?:meeting|conference|session)) held ", r"who chaired \g<x> "),
    (r"\b(?:which|what) (?:leader|official|person|speaker) (?P<v>spoke|gave|delivered|made)\b", r"who \g<v>"),
    (r"\bwho (?:spoke|addressed|gave an? (?:speech|address|talk)|delivered (?:the|an?) (?:speech|address)|made (?:the|an?) (?:speech|address)) (?=(?:at|to|in) |the )", "who gave the speech "),
    (r"\band (?:when|on (?:what|which) (?:date|day)) was (?:the|that|this|his|her) (?:speech|address|talk) (?:delivered|given|made|held)\b", "and on what date"),
    (r"\bwhy did (?:the )?(?:work|works|construction|building work) (?:stop|halt|come to an? (?:halt|stop|standstill)|cease) (?:on|at|in) (?P<x>[^,?;]+?)(?=[,?;]|$| (?:in|by|at|during) )", r"why was \g<x> suspended"),
    (r"\bwhy did (?:the )?(?:work|works|construction|building work) (?:on|at|of) (?P<x>[^,?;]+?) (?:stop|halt|come to an? (?:halt|stop|standstill)|cease)\b", r"why was \g<x> suspended"),
    (r"\b(?:which|what) (?P<w>(?:[a-z-]+ )?(?:member|representative|delegate|deputy)) (?:raised|asked about|brought up|put a question (?:on|about)) (?:the (?:matter|issue|question|subject) of )?", r"who asked the question about "),
    (r"\bwho (?:raised|brought up) (?:the (?:matter|issue|question|subject) of )?(?=the |[\u4e00-\u9fff])", "who asked the question about "),
    (r"\b(?P<c>, (?:and )?|and )who (?:gave|made|provided) (?:the|a) (?:reply|answer|response)(?: to it)?(?=[?.,]|$)", r"\g<c>who answered it"),
    (r"\b(?:have|has|had) to say (?=about|on|regarding|concerning)", "say "),
    (r"\bcame to (?P<m>the [a-z -]*?(?:meeting|conference)) (?=on behalf|in place|instead)", r"attended \g<m> "),
    (r"\bon behalf of (?=(?:the )?[^,?;]*?(?:director|head|mayor|secretary|chief|manager)\b)", "in place of "),
    (r"\b(?:please )?(?:sum up|give (?:me )?(?:a |an )?(?:summary|outline|overview) of|outline|recap|recapitulate)\b", "summarise"),
    (r"\bsummari[sz]e (?P<s>the [a-z ]+?|[\u4e00-\u9fff]+)'s (?:requirements|demands|instructions) (?:for|on|about|regarding|concerning|as to) ", r"what did \g<s> require on "),
    (r"\bsummari[sz]e the (?:requirements|demands|instructions) (?:of|made (?:by|at)|set out (?:by|at)|put forward (?:by|at)) (?P<s>the [a-z ]+?) (?:for|on|about|regarding|concerning|as to) ", r"what did \g<s> require on "),
    (r"\b(?:construction|building(?: work)?) (?:in|during|over) (?:the )?winter\b", "winter construction"),
    (r"\b(?:for |on )?work (?:at|for|towards) (?:the )?(?:end of the year|year-end|year's end)\b", "year-end work"),
    (r"\bmeeting between (?P<a>[a-z]+?)s and (?P<b>[a-z]+?)s\b", r"\g<a>-\g<b> meeting"),
)  # fmt: skip
_STATUS: tuple[_Rule, ...] = (
    (rf"\bhow (?:far|much) along (?:is|are|was|were) {_X}{_WHEN}{_END}", r"what is the status of \g<x>\g<t>"),
    (rf"\bhow (?:is|are|was|were) {_X} (?:coming (?:along|on)|getting (?:on|along)|progressing|faring|moving along|going|doing|advancing){_WHEN}(?: now| at present)?{_END}", r"what is the status of \g<x>\g<t>"),
    (rf"\b(?:how far|what (?:stage|point)) (?:has|have|had) {_X} (?:got|gotten|come|progressed|advanced|reached|moved on|got to){_WHEN}{_END}", r"what is the status of \g<x>\g<t>"),
    (rf"\b(?:at )?what stage (?:is|are|was|were) {_X}(?: at| in)?{_WHEN}{_END}", r"what is the status of \g<x>\g<t>"),
    (rf"\bwhere (?:does|do|did) {_X} (?:now )?stand{_WHEN}(?: now| at present| today)?{_END}", r"what is the status of \g<x>\g<t>"),
    (r"\bwhat (?:has |had )?(?:became|become|come|happened|happening|is happening|is going on|is new) (?:of|to|with) (?!each|them)(?P<x>[^,?;:]+?)(?=[,?;:.]|$)", r"what is the status of \g<x>"),
    (rf"\bwhat (?:is|was) the (?:current |present |latest )?(?:state of play|situation|position|stage)(?: (?:of|with|at|on|for)) {_X}{_END}", r"what is the status of \g<x>"),
)  # fmt: skip
_STATES: tuple[_Rule, ...] = (
    (r"\bbehind-schedule\b", "delayed"),
    (r"\bnot-(?:yet-)?started\b", "unstarted"),
    (rf"\b(?:still |all |yet )*waiting (?:to (?:be )?{_START}|for (?:work|construction) to (?:start|begin))", "not started"),
    (rf"\b(?:had |have |has )?yet to (?:be )?{_START}", "had not started"),
    (rf"\bhad (?:the )?(?:building |construction )?works? (?P<n>not |still not |not yet )?(?P<y>yet )?{_START}", r"had \g<n>started"),
    (rf"\b(?P<n>not|n't|not yet|never) (?:yet )?(?:{_START}|under ?way)(?! of)", r"\g<n> started"),
    (r"\byet to enter\b", "not entered"),
    (r"\b(?:moved|come|got|gone) (?:on|in)to (?P<s>(?:the )?(?:construction |building )?site)\b", r"entered \g<s>"),
    (r"\bprojects whose (?:contractors?|builders?|construction teams?) (?=(?:has|have|had)\b)", "projects "),
    (r"\b(?:on|at) how many projects (?P<a>has|have|had) (?:the )?(?:contractors?|builders?|construction teams?) ", r"how many projects \g<a> "),
    (r"\b(?P<b>has|have|had) (?:since |already |now )?(?:got|gotten) under ?way\b|\b(?P<c>got|gotten) under ?way\b", lambda m: f"{m['b']} started" if m["b"] else "started"),
    (r"\b(?P<w>did [^,?;]+?) (?:get (?:under ?way|going|started|off the ground)|begin|commence|kick off)\b", r"\g<w> start"),
    (r"\b(?P<w>when did )(?:the )?(?:work|construction|building work) (?:on|at|of) (?P<x>[^,?;]+?) start\b", r"when did construction of \g<x> start"),
    (r"\b(?P<d>on (?:what|which) (?:day|date)) did\b", r"when did"),
    (r"\b(?:(?:has|have|had|is|are|was|were) )?(?:been )?(?:slipp(?:ed|ing)|slips?|trail(?:ed|ing|s)?|dropp(?:ed|ing)|slid|running|run) behind(?: (?:the|their|its))?(?: (?:schedule|plan|timetable|target))?\b", "are behind schedule"),
    (r"\b(?P<v>fall|falls|fell|fallen|lag|lags|lagged|lagging|are|is|was|were|be) behind (?:the|their|its) (?:schedule|plan|timetable|targets?)\b", r"\g<v> behind schedule"),
    (r"\b(?:(?:are|is|was|were) )?(?:running|run) late\b|\b(?:are|is|was|were) late\b|\b(?:are |is |was |were )?not (?:keeping|keep) (?:up with|to) (?:the |their |its )?(?:schedule|plan|timetable)\b|\b(?:are |is |was |were )?(?:slower than (?:planned|scheduled|the (?:plan|schedule))|off (?:schedule|track)|behind time)\b", "are behind schedule"),
    (r"\bwhose progress is (?=faster|slower|ahead|behind)", "that are "),
    (r"\bfaster than (?:planned|scheduled|the (?:plan|schedule))\b|\b(?:running )?(?:in advance|in front|ahead) of (?:the |their |its )?(?:plan|timetable|schedule)\b", "ahead of schedule"),
    (r"\b(?:(?:has|have|had|was|were|is|are|been) )*(?:ground|came|come|brought|grinding) to a(?: complete)? (?:halt|stop|standstill)(?: (?:midway|halfway))?", "were suspended"),
    (r"\b(?:shelved|paused|put on ice)(?: for (?:now|the moment|the time being))?\b", "put on hold"),
    (r"\b(?P<h>(?:got |were |was )?(?:started|under way)) (?:but|and) (?:were |was |have |has |had |are |is )*(?:then |later |since |now |subsequently )*(?:been )?(?:suspended|stopped|halted)\b(?! or)", "suspended after starting"),
    (r"\b(?:projects )(?:where|on which) (?:the )?(?:work|construction) (?:was )?(?:began|begun|started) (?:but|and) (?:(?:was|has|have|were|been|then|later|since|now) )*(?:stopped|halted|suspended)\b", "projects suspended after starting"),
    (r"\b(?P<p>projects?) (?:(?:has|have|had|saw|where|on which) )(?:the )?(?:work|construction) (?:(?:was|were|been|has|had) )*(?:stopped|halted|suspended)(?: on (?:them|it))?", r"\g<p> were suspended"),
    (r"\b(?:(?:has|have|had) )?(?:reached|come to|achieved|been brought to) completion\b", "were completed"),
    (r"\bwrapped up\b", "completed"),
    (r"\b(?:(?:already )?(?:in service|brought into (?:use|service|operation)|(?:gone|went|come|came) into (?:use|service|operation)|handed over for use|in operation|up and running))\b", "put into use"),
    (r"\b(?:completed|finished)(?: and| and already| and now)? put into use\b", "completed and put into use"),
)  # fmt: skip
_TIMES: tuple[_Rule, ...] = (
    (r"\b(?:as at|up to|to|through|until) (?:the )?(?:end|close) of (?=[A-Za-z0-9])", "by the end of "),
    (r"\b(?:the )?close of (?=[A-Za-z0-9])", "the end of "),
    (r"\b(?:the )?first six months(?: of (?:the|this) year)?\b", "the first half of the year"),
    (r"\b(?:the )?first (?P<n>nine|three) months of (?:the|this) year\b", lambda m: "the first three quarters" if m["n"].lower() == "nine" else "the first quarter"),
    (r",? ?\b(?:to date|so far|up to now|thus far|until now|as yet|to this point)\b", ""),
    (r"\bat the time of (?P<x>[^,?;]+?)'s visit on (?P<d>[^,?;]+?),", r"on \g<d>, when \g<x> visited,"),
)  # fmt: skip


def _compiled(
    rules: Sequence[_Rule],
) -> tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in rules)


_RULES = _compiled(
    (*_LEADS, *_TIMES, *_ACTS, *_EACH, *_REASONS, *_STATUS, *_NUMBERS, *_STATES, *_OWNERS)
)


def plainly(text: str) -> str:
    """Return an English question in plainer English, anything else as it is."""
    if not is_english(text):
        return text
    said = text.replace("’", "'")
    for pattern, plain in _RULES:
        said = pattern.sub(plain, said)
    if said == text.replace("’", "'"):
        return text
    said = re.sub(r"\s+", " ", said).replace(" ,", ",").strip()
    return said[:1].upper() + said[1:]
