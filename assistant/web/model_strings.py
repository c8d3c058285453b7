"""The words of the page about the language model; ``assistant/web/strings.py`` has the others."""

from __future__ import annotations

MODEL_STRINGS: dict[str, tuple[str, str]] = {
    # an answer that grows
    "wording_now": (
        "模型正在表述。灰色的话还没有核对，不要使用；下面的原文是完整的。",
        "The model is writing. Grey words are not checked yet, do not use them; "
        "the documents' own words below are complete.",
    ),
    # the endpoint
    "model_title": ("语言模型", "Language model"),
    "model_none": (
        "没有设置语言模型：回答由原文语句组成。",
        "No language model is set: answers are made of the documents' own words.",
    ),
    "model_uses": (
        "用来：把找到的证据写成通顺的话，改写没有通过核对的句子，理解程序读不懂的追问。"
        "发给它的有问题、证据和最近的对话。表格、计数和计算由程序完成；"
        "每一句都由程序核对，没有通过的标为未核实。",
        "Used to: word the evidence that was found, rewrite sentences that did not pass the check, "
        "and read follow-up questions that the program cannot. It is sent the question, the "
        "evidence and the latest turns. Tables, counts and sums are the program's; every sentence "
        "is checked by code, and what did not pass is marked as unverified.",
    ),
    "model_name": ("模型", "Model"),
    "model_place": ("地址", "Address"),
    "model_state": ("状态", "State"),
    "model_state_unknown": ("还没有用过", "not used yet"),
    "model_state_well": ("应答正常", "answers"),
    "model_state_open": ("多次出错，暂不使用", "failed repeatedly, spared for now"),
    "model_answered": ("刚才的首字", "First word just now"),
    "model_first": ("首字时间（中位）", "Time to first word (median)"),
    "model_seconds": ("整个回答（中位）", "Whole answer (median)"),
    "model_speed": ("每秒写", "Writes per second"),
    "model_tokens": ("词元（送入／写出）", "Tokens (in / out)"),
    "model_calls": ("调用（其中用缓存）", "Calls (answers kept from before)"),
    "model_checked": ("核对无误的句子", "Sentences that passed the check"),
    "model_context": ("上下文", "Context"),
    "model_context_own": ("{tokens} 词元，按接口的计数", "{tokens} tokens, as the endpoint counts"),
    "model_context_high": ("{tokens} 词元，按偏多估计", "{tokens} tokens, counted high"),
    "model_faults": ("出过的错", "Faults so far"),
    "model_probe": ("试一试", "Try it"),
    "model_probing": ("正在等模型应答…", "Waiting for the model…"),
    "model_seconds_of": ("{seconds} 秒", "{seconds} s"),
    "model_tokens_of": ("{tokens} 词元", "{tokens} tokens"),
}
