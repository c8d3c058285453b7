"""Every word of the page, in Chinese and English, in one table.

Both languages are always in the page; ``html[data-ui]`` decides which one shows,
so the switch needs no reload and also reaches answers given before.
"""

from __future__ import annotations

from html import escape

STRINGS: dict[str, tuple[str, str]] = {
    # header
    "tagline": ("每一句回答都能点回原文核对", "Every statement links back to its source"),
    "tab_ask": ("提问", "Ask"),
    "tab_documents": ("文档", "Documents"),
    # asking
    "welcome": ("请就已收录的文档提问", "Ask about the documents on file"),
    "welcome_how": (
        "回答由原文语句组成。点击回答中的编号，右侧会显示原文并标出所引的字句。",
        "Answers are made of the documents' own words. "
        "Click a number in an answer to see the quoted words in the document.",
    ),
    "examples": ("可以这样问", "For example"),
    "question": ("问题", "Question"),
    "send": ("提问", "Ask"),
    "stop": ("停止", "Stop"),
    "new": ("新对话", "New conversation"),
    "hint": ("回车发送，Shift+回车换行", "Enter to send, Shift+Enter for a new line"),
    "you_asked": ("提问", "Question"),
    "answer": ("回答", "Answer"),
    "searching": ("正在查找原文…", "Searching the documents…"),
    "stopped": ("已停止。以上内容不完整。", "Stopped. What is shown above is incomplete."),
    "stopped_empty": ("已停止。", "Stopped."),
    "too_long": (
        "问题有 {length} 个字，超过 {limit} 个字的上限。请缩短后再问。",
        "The question has {length} characters; the limit is {limit}. Please shorten it.",
    ),
    "failed": (
        "这次没能给出回答。问题已记录在运行日志中；请重试，若仍不行请联系管理员。",
        "No answer could be given this time. Please try again; "
        "if it fails again, ask your administrator to look at the log.",
    ),
    "overloaded": (
        "服务正忙或连接中断，问题没有送达。请稍候再试。",
        "The service is busy or the connection was lost; the question was not taken. "
        "Please try again in a moment.",
    ),
    "no_documents_to_ask": (
        "还没有收录任何文档，因此无法回答。请先建立索引：make run CORPUS=文件夹",
        "There are no documents yet, so nothing can be answered. "
        "Index some first: make run CORPUS=folder",
    ),
    # an answer
    "citation": ("引用", "Citation"),
    "read_as": ("提问理解为", "Question read as"),
    "refused": ("文档中没有找到答案", "The documents do not say"),
    "notes": ("说明", "Notes"),
    "unverified": ("未能核实，请人工核对", "Not verified, please check by hand"),
    "related": ("相关内容（不是答案）", "Related, not an answer"),
    "rows": ("表格（{count} 行）", "Table ({count} rows)"),
    "seconds": ("用时 {seconds} 秒", "{seconds} s"),
    "sources_count": ("引用 {count} 处", "{count} citations"),
    "copy": ("复制回答", "Copy answer"),
    "copied": ("已复制", "Copied"),
    "retry": ("重新提问", "Ask again"),
    "open": ("查看原文", "Show in document"),
    # the source panel
    "source": ("原文", "Source"),
    "source_empty": ("在此核对原文", "Check the source here"),
    "source_empty_how": (
        "点击回答中的编号，或在“文档”中选择一份文档。",
        "Click a number in an answer, or choose a document under “Documents”.",
    ),
    "source_gone": (
        "索引里已没有这份文档，可能已被移除。请重新提问。",
        "The index no longer holds this document. Please ask again.",
    ),
    "source_expired": (
        "这次对话已过期（页面久未使用或服务已重启）。请重新提问后再核对。",
        "This conversation has expired (the page was idle or the service restarted). "
        "Please ask again.",
    ),
    "source_changed": (
        "文档在回答之后有改动，所引的字句已不在原处。请重新提问。",
        "The document has changed since the answer; the quoted words have moved. Please ask again.",
    ),
    "file": ("文件", "File"),
    "article": ("篇目", "Article"),
    "section": ("章节", "Section"),
    "date": ("日期", "Date"),
    "page": ("页码", "Page"),
    "place": ("位置", "Position"),
    "place_value": ("第 {start}–{end} 字", "characters {start}–{end}"),
    "previous": ("上一处", "Previous"),
    "next": ("下一处", "Next"),
    "of": ("第 {n} 处，共 {count} 处", "{n} of {count}"),
    "outline": ("目录", "Outline"),
    "earlier": ("显示前文", "Show earlier text"),
    "later": ("显示后文", "Show later text"),
    "close": ("关闭", "Close"),
    "to_quote": ("回到所引字句", "Back to the quoted words"),
    # the documents
    "documents_title": ("已收录的文档", "Documents on file"),
    "documents_count": (
        "共 {count} 份，可查 {indexed} 份，失败 {failed} 份",
        "{count} in all, {indexed} searchable, {failed} failed",
    ),
    "filter": ("按标题、单位、文件名筛选", "Filter by title, issuer or file name"),
    "title": ("标题", "Title"),
    "issuer": ("发文单位", "Issuer"),
    "format": ("格式", "Format"),
    "chunks": ("段数", "Passages"),
    "state": ("状态", "State"),
    "indexed": ("可查", "Searchable"),
    "failed_state": ("读取失败", "Failed"),
    "sample": ("示例", "Sample"),
    "articles": ("含 {count} 篇", "{count} articles"),
    "samples_banner": (
        "当前为示例文档。用 make run CORPUS=文件夹 换成您自己的文档。",
        "These are sample documents. Use your own with  make run CORPUS=folder",
    ),
    "samples_aside": (
        "已收录您自己的文档，示例文档不再参与回答。",
        "You have documents of your own, so the samples no longer take part in answers.",
    ),
    "no_documents": ("还没有收录文档", "No documents yet"),
    "no_documents_how": (
        "把文件放进一个文件夹，再运行 make run CORPUS=文件夹。"
        "支持 Word、PDF、Excel、网页、Markdown 和文本文件。",
        "Put your files into a folder and run  make run CORPUS=folder. "
        "Word, PDF, Excel, web pages, Markdown and plain text are read.",
    ),
    "unknown": ("未注明", "not stated"),
}

COLUMNS: dict[str, tuple[str, str]] = {
    "name": ("名称", "Name"),
    "unit": ("责任单位", "Responsible unit"),
    "stage": ("建设阶段", "Stage"),
    "progress": ("对照年度计划", "Against the plan"),
    "status_text": ("进展（原文）", "Status as written"),
    "reason": ("原因", "Reason"),
    "reason_kind": ("原因类别", "Kind of reason"),
    "measures": ("措施", "Measures"),
    "deadline": ("时限", "Deadline"),
    "leader": ("责任领导", "Leader"),
    "location": ("地点", "Location"),
    "total_investment": ("总投资", "Total investment"),
    "planned_investment": ("年度计划投资", "Planned investment"),
    "done_investment": ("完成投资", "Investment done"),
    "percent": ("完成比例", "Share done"),
    "as_of": ("截至日期", "As of"),
    "project": ("项目", "Project"),
    "period": ("时期", "Period"),
    "document": ("文档", "Document"),
    "issuer": ("发文单位", "Issuer"),
    "date": ("日期", "Date"),
    "standalone": ("完整问题", "Full question"),
}

VALUES: dict[str, tuple[str, str]] = {
    "list": ("列出清单", "list"),
    "count": ("计数", "count"),
    "sum": ("求和", "sum"),
    "compare": ("比较", "comparison"),
    "why": ("询问原因", "reason"),
    "lookup": ("查找事实", "fact"),
    "status": ("询问进展", "status"),
    "summary": ("归纳", "summary"),
    "documents": ("查找文件", "documents"),
    "amount": ("询问数额", "figure"),
    "who": ("询问人员", "person"),
    "when": ("询问时间", "time"),
    "where": ("询问地点", "place"),
    "unit": ("询问单位", "unit"),
    "not_started": ("未开工", "not started"),
    "preparatory": ("前期工作", "preparatory"),
    "under_construction": ("在建", "under construction"),
    "suspended": ("停工", "suspended"),
    "completed": ("已完工", "completed"),
    "cancelled": ("已取消", "cancelled"),
    "met": ("完成计划", "plan met"),
    "on_schedule": ("赶上计划进度", "on schedule"),
    "behind": ("未赶上计划进度", "behind schedule"),
}


def both(chinese: str, english: str) -> str:
    """Return HTML that shows one of two plain texts, whichever language is chosen."""
    if chinese == english:
        return escape(chinese)
    return (
        f'<span class="zh" lang="zh-CN">{escape(chinese)}</span>'
        f'<span class="en" lang="en">{escape(english)}</span>'
    )


def say(key: str, **variables: object) -> str:
    """Return the string of that name as HTML in both languages, variables filled in."""
    chinese, english = STRINGS[key]
    return both(chinese.format(**variables), english.format(**variables))


def heading(key: str) -> str:
    """Return the heading of a row field or filter as HTML; unknown keys as they are."""
    return both(*COLUMNS.get(key, (key, key)))


def value(text: str) -> str:
    """Return a value as HTML: codes of ours in words, document text as it is written."""
    return both(*VALUES.get(text, (text, text)))
