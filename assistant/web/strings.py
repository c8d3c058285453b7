"""Every word of the page, in Chinese and English, in one table.

Both languages are always in the page; ``html[data-ui]`` decides which one shows,
so the switch needs no reload and also reaches answers given before.
"""

from __future__ import annotations

from html import escape

from assistant.web.desk.strings import DESK_STRINGS
from assistant.web.model_strings import MODEL_STRINGS
from assistant.web.people.strings import PEOPLE_STRINGS

STRINGS: dict[str, tuple[str, str]] = {
    # header
    "tagline": ("每一句回答都能点回原文核对", "Every statement links back to its source"),
    "tab_ask": ("提问", "Ask"),
    "tab_ledger": ("台账", "Ledger"),
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
    "new": ("新对话", "New"),
    "hint": ("回车发送，Shift+回车换行", "Enter sends, Shift+Enter: new line"),
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
    "forbidden": (
        "您的账号不能做这件事。需要时请找管理员。",
        "Your account may not do this. Ask your administrator if you need to.",
    ),
    "account": ("账户", "Account"),
    "overloaded": (
        "服务正忙或连接中断，问题没有送达。请稍候再试。",
        "The service is busy or the connection was lost; the question was not taken. "
        "Please try again in a moment.",
    ),
    "no_documents_to_ask": (
        "还没有可查的文档，因此无法回答。请先在“文档”页上传。",
        "There are no searchable documents yet, so nothing can be answered. "
        "Upload some under “Documents” first.",
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
    "copy_table": ("复制表格", "Copy table"),
    "edit_question": ("修改提问", "Edit question"),
    "print": ("打印", "Print"),
    "next_questions": ("可以接着问", "Ask next"),
    "retry": ("重新提问", "Ask again"),
    "open": ("查看原文", "Show in document"),
    # keys
    "keys": ("快捷键", "Keyboard shortcuts"),
    "keys_on": ("启用快捷键", "Shortcuts are on"),
    "key_ask": ("输入问题", "Type a question"),
    "key_fresh": ("新对话", "New conversation"),
    "key_source": ("上一处、下一处引文", "Previous, next citation"),
    "key_shut": ("关闭原文，关闭对话列表", "Close the source or the list"),
    "key_views": (
        "先按 g，再按 a 提问、h 概览、l 台账、d 文档、v 核实、p 人员",
        "g, then a ask, h overview, l ledger, d documents, v verify, p people",
    ),
    "key_bench": ("核实：下一条、上一条引文", "Verifying: next, previous citation"),
    "key_marks": ("核实：支持、部分支持、不支持", "Verifying: supported, partly, not supported"),
    "key_help": ("打开这一页", "Open this page"),
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
    "version": ("版本", "Version"),
    "version_now": (
        "第 {version} 版，现行，{date} 收录",
        "{version}, current, on file since {date}",
    ),
    "version_then": (
        "第 {version} 版，{state}，{date} 收录",
        "{version}, {state}, on file since {date}",
    ),
    "original_take": ("下载原件", "Original file"),
    "original_closed": (
        "原件没有下载：这份文件的资料集不许下载原件。需要时请找管理员。",
        "The original was not sent: its collection does not allow it. Ask your administrator.",
    ),
    "original_gone": (
        "原件取不到：它可能已移走或改动。请找管理员。",
        "The original cannot be had: it was moved or changed. Ask your administrator.",
    ),
    "to_quote": ("回到所引字句", "Back to the quoted words"),
    # the documents
    "documents_title": ("已收录的文档", "Documents on file"),
    "documents_count": (
        "共 {count} 份，可查 {indexed} 份，失败 {failed} 份，撤回 {withdrawn} 份",
        "{count} in all, {indexed} searchable, {failed} failed, {withdrawn} withdrawn",
    ),
    "documents_found": ("筛选出 {found} 份", "{found} fit"),
    "documents_none": (
        "没有符合条件的文档。请换个词，或改看全部状态。",
        "No document fits. Try another word, or show all states.",
    ),
    "filter": ("按标题、单位、文件名筛选", "Filter by title, issuer or file name"),
    "title": ("标题", "Title"),
    "issuer": ("发文单位", "Issuer"),
    "format": ("格式", "Format"),
    "chunks": ("段数", "Passages"),
    "state": ("状态", "State"),
    "indexed": ("可查", "Searchable"),
    "failed_state": ("读取失败", "Failed"),
    "withdrawn_state": ("已撤回", "Withdrawn"),
    "removed_state": ("文件已移走", "File removed"),
    "any_state": ("全部状态", "All states"),
    "sort": ("排序", "Sort"),
    "sort_added": ("最近收录", "Last added"),
    "sort_date": ("文件日期", "Document date"),
    "sort_title": ("标题", "Title"),
    "sample": ("示例", "Sample"),
    "articles": ("含 {count} 篇", "{count} articles"),
    "version_short": ("第 {version} 版", "Version {version}"),
    "more_notes": ("共 {count} 条说明，见读取情况", "{count} notes, see its reading"),
    "samples_banner": (
        "当前为示例文档。在“文档”页上传您自己的文件后，示例不再参与回答。",
        "These are sample documents. Once you upload your own under “Documents”, "
        "the samples step aside.",
    ),
    "samples_aside": (
        "已收录您自己的文档，示例文档不再参与回答。",
        "You have documents of your own, so the samples no longer take part in answers.",
    ),
    "no_documents": ("还没有收录文档", "No documents yet"),
    "no_documents_how": (
        "在“文档”页上传文件，读完即可提问。支持 Word、PDF、扫描件、Excel、网页和文本文件。",
        "Upload files under “Documents”; once they are read you can ask about them. "
        "Word, PDF, scans, Excel, web pages and plain text are read.",
    ),
    "unknown": ("未注明", "not stated"),
    # uploading
    "upload_title": ("上传文档", "Upload documents"),
    "upload_drop": ("把文件或文件夹拖到这里，或者", "Drop files or folders here, or"),
    "upload_files": ("选择文件", "Choose files"),
    "upload_folder": ("选择文件夹", "Choose a folder"),
    "upload_limit": (
        "每个文件最大 {limit} MB。同名文件作为新版本收录，旧版本留存。",
        "At most {limit} MB a file. A file of the same name becomes a new version; "
        "the old one is kept.",
    ),
    "upload_sending": ("正在上传", "Uploading"),
    "upload_queued": ("等待上传", "Waiting to upload"),
    "upload_more": ("另有 {count} 个等待上传", "{count} more waiting to upload"),
    "upload_cancel": ("全部取消", "Cancel all"),
    "upload_dismiss": ("不再显示", "Dismiss"),
    "upload_renamed": ("文件名不便保存，已改为“{name}”", "The file name was changed to “{name}”"),
    "upload_skipped": (
        "文件夹中的系统文件、临时文件没有上传：{count} 个",
        "System and temporary files in the folder were left out: {count}",
    ),
    "upload_unsent": (
        "没有传完：连接中断，或文件在上传时被改动、移走。请重新选择这个文件。",
        "Not sent: the connection was lost, or the file was changed or moved meanwhile. "
        "Please choose it again.",
    ),
    "upload_large": (
        "文件超过 {limit} MB 的上限，没有上传。请拆成几个文件，或压缩其中的图片后再传。",
        "The file is larger than {limit} MB and was not uploaded. "
        "Please split it, or reduce its pictures.",
    ),
    "upload_name": (
        "文件名是空的，或含有无法识别的字符，没有收录。请改名后再传。",
        "The file name is empty or cannot be read. Please rename the file and try again.",
    ),
    "upload_busy": (
        "同时上传的文件太多。请稍候再传。",
        "Too many files are being uploaded at once. Please try again in a moment.",
    ),
    "upload_slow": (
        "上传中断：{seconds} 秒没有收到数据。请检查网络后重新上传。",
        "The upload stalled: nothing arrived for {seconds} s. Please check the network.",
    ),
    "upload_full": (
        "服务器磁盘空间不足，文件没有保存，已收录的文档不受影响。请联系管理员清理磁盘后再传。",
        "The server's disk is full; the file was not saved, documents on file are safe. "
        "Please ask your administrator to free some space.",
    ),
    "upload_failed": (
        "文件没有保存成功，已收录的文档不受影响。请重试；若仍不行请联系管理员查看运行日志。",
        "The file could not be saved; documents on file are safe. Please try again; "
        "if it fails again, ask your administrator to look at the log.",
    ),
    # documents on their way in
    "jobs_title": ("收录进度", "Progress"),
    "jobs_count": (
        "共 {total} 个：完成 {done}，内容未变 {unchanged}，失败 {failed}，进行中 {active}",
        "{total} in all: {done} done, {unchanged} unchanged, {failed} failed, {active} to go",
    ),
    "jobs_hidden": ("另有 {count} 个没有列出", "{count} more are not shown"),
    "job_waiting": ("等待读取", "Waiting"),
    "job_reading": ("正在读取", "Reading"),
    "job_embedding": ("正在建立索引", "Indexing"),
    "job_embedding_of": ("正在建立索引：{done} / {total} 段", "Indexing: {done} of {total}"),
    "job_done": ("已收录", "Done"),
    "job_unchanged": ("内容未变，没有重复收录", "Unchanged, nothing to do"),
    "job_failed": ("没有收录", "Failed"),
    "job_stopped": ("已停止", "Stopped"),
    "job_erased": ("已彻底删除", "Erased"),
    "job_stop": ("停止", "Stop"),
    "job_stop_name": ("停止收录 {name}", "Stop {name}"),
    # the state of the index
    "damaged": ("索引有损坏，回答可能不全", "The index is damaged; answers may be incomplete"),
    "damaged_how": (
        "重建只用已保存的文本，不需要原文件；重建期间可以照常浏览。",
        "Rebuilding uses the texts that are kept and needs no original files; "
        "you can go on reading meanwhile.",
    ),
    "rebuild": ("重建索引", "Rebuild the index"),
    "rebuilding": ("正在重建索引", "Rebuilding the index"),
    "rebuilding_of": ("{done} / {total}", "{done} of {total}"),
    # one document: its original, its reading, its versions
    "view_text": ("文字", "Text"),
    "view_original": ("对照原件", "Original"),
    "view_report": ("读取情况", "Reading"),
    "view_versions": ("版本与管理", "Versions"),
    "leaf_of": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "leaf_alt": ("原件第 {page} 页的图像", "Picture of page {page} of the original"),
    "leaf_go": ("跳到第几页", "Go to page"),
    "leaf_zoom": ("放大", "Enlarge"),
    "leaf_failed": (
        "这一页的图像显示不了：原件已不在服务器上，或这一页已损坏。文字不受影响。",
        "This page cannot be shown: the original is no longer on the server, "
        "or the page is broken. The text is not affected.",
    ),
    "leaf_blank": ("这一页没有读出文字。", "No text was read on this page."),
    "leaf_none": (
        "这份文档没有可以显示的页面图像。",
        "There are no page pictures of this document.",
    ),
    "leaf_quote": ("所引字句在第 {page} 页", "The quoted words are on page {page}"),
    "leaf_recognised": (
        "本页文字由图像识别，平均把握 {percent}%，请对照图像核对。",
        "The text of this page was recognised from a picture, with {percent}% confidence. "
        "Please compare. ",
    ),
    "leaf_unsure": ("划线处把握较低。", "Underlined words are less certain."),
    "report_none": ("没有读取记录。", "There is no report."),
    "report_version": ("版本", "Version"),
    "report_format": ("格式", "Format"),
    "report_characters": ("字数", "Characters"),
    "report_chunks": ("检索段", "Passages"),
    "report_pages": ("页数", "Pages"),
    "report_articles": ("篇数", "Articles"),
    "report_sections": ("章节", "Sections"),
    "report_tables": ("表格", "Tables"),
    "report_records": ("台账记录", "Ledger records"),
    "report_figures": ("数字", "Figures"),
    "report_findings": ("前后不一致", "Inconsistencies"),
    "report_notes": ("读取说明", "Notes on the reading"),
    "report_no_notes": ("没有需要说明的地方", "Nothing to note"),
    "report_unread": ("没有读懂的行（{count}）", "Lines not understood ({count})"),
    "report_no_unread": ("每一行都读懂了", "Every line was understood"),
    "report_recognised": (
        "由图像识别的页（{count}）",
        "Pages recognised from a picture ({count})",
    ),
    "report_page": ("第 {page} 页", "Page {page}"),
    "report_sure": ("把握 {percent}%", "{percent}% confidence"),
    "report_line": ("第 {line} 行", "Line {line}"),
    "report_more": ("另有 {count} 条没有列出", "{count} more are not shown"),
    "versions_title": ("版本（{count}）", "Versions ({count})"),
    "version_line": (
        "{date} 收录，{characters} 字，校验码 {sha}",
        "added {date}, {characters} characters, checksum {sha}",
    ),
    "version_until": ("至 {date}", "until {date}"),
    "version_current": ("当前", "current"),
    "version_superseded": ("旧版", "older"),
    "version_withdrawn": ("已撤回", "withdrawn"),
    "version_removed": ("文件已移走", "file removed"),
    "version_open": ("打开", "Open"),
    "withdrawn_by": ("撤回人：{by}。原因：{why}", "Withdrawn by {by}. Reason: {why}"),
    "is_old": (
        "这是第 {version} 版（{date} 收录），已有第 {newest} 版。回答以新版为准。",
        "This is version {version} (added {date}); there is a version {newest}, "
        "which answers are made from.",
    ),
    "open_newest": ("打开第 {newest} 版", "Open version {newest}"),
    "is_failed": (
        "这个文件最近一次没有读成，现有的仍是第 {newest} 版。",
        "The last time this file could not be read; version {newest} is still the one on file.",
    ),
    "is_withdrawn": (
        "这份文档已撤回，不再参与回答。{who}",
        "This document was withdrawn and takes no part in answers. {who}",
    ),
    "is_removed": (
        "原文件已从文件夹中移走，这份文档不再参与回答。",
        "The file was removed from its folder; this document takes no part in answers.",
    ),
    "withdraw": ("撤回", "Withdraw"),
    "withdraw_how": (
        "撤回后不再参与回答和台账，文本和版本仍保留，可以恢复。",
        "It will no longer take part in answers or in the ledger. "
        "Its texts are kept and can be reinstated.",
    ),
    "withdraw_do": ("确认撤回", "Withdraw"),
    "why": ("原因", "Reason"),
    "reinstate": ("恢复", "Reinstate"),
    "reinstate_how": (
        "恢复后重新参与回答和台账。",
        "It will take part in answers and in the ledger again.",
    ),
    "reinstate_do": ("确认恢复", "Reinstate"),
    "erase": ("彻底删除", "Erase"),
    "erase_how": (
        "全部 {count} 个版本的文本、引文和上传的原件都会从索引中抹去，不能恢复。"
        "只留下“谁在何时删除”的记录，记录中没有文件内容。",
        "The texts of all {count} versions, quotes and the uploaded original are wiped from the "
        "index and cannot be brought back. Only who erased it and when is kept.",
    ),
    "erase_folder": (
        "它来自索引的文件夹，不是上传的：文件夹里的原件不会被删除，请一并移走，否则可能再次收录。",
        "It came from an indexed folder and was not uploaded: the file in that folder is not "
        "deleted. Move it away too, or it may be indexed again.",
    ),
    "take_off": ("移除…", "Remove…"),
    "take_off_how": (
        "这个文件没有读成。移除后不再列出，上传的原件一并删除。",
        "This file could not be read. It will no longer be listed, and its upload is deleted.",
    ),
    "erase_sure": ("我知道删除后不能恢复", "I know that this cannot be undone"),
    "erase_do": ("彻底删除", "Erase for good"),
    "erased": ("“{name}”已从回答和文档中删除", "“{name}” was taken out of answers and documents"),
    "erased_how": (
        "正在从存储中抹去它的文本，进度见“文档”页上方，完成前请不要关闭程序。",
        "Its text is being wiped from the stores; see the progress under “Documents”, "
        "and do not close the program before it is done.",
    ),
    "withdrew": ("已撤回。", "Withdrawn."),
    "reinstated": ("已恢复。", "Reinstated."),
    "who_needed": ("请填写姓名，以便日后查考。", "Please enter your name, for the record."),
    "why_needed": ("请写明撤回的原因。", "Please say why it is withdrawn."),
    "sure_needed": (
        "请先勾选“我知道删除后不能恢复”。",
        "Please tick that you know this cannot be undone.",
    ),
    "act_failed": (
        "操作没有完成，文档没有改动。请重试；若仍不行请联系管理员查看运行日志。",
        "Nothing was done. Please try again; "
        "if it fails again, ask your administrator to look at the log.",
    ),
    # the ledger
    "ledger_title": ("项目台账", "Project ledger"),
    "ledger_empty": (
        "台账里还没有记录。收录含有项目清单或表格的文件后，这里会列出其中的每一项。",
        "The ledger holds no records yet. Once documents with lists or tables of projects "
        "are indexed, every item stands here.",
    ),
    "ledger_count": ("{count} 条记录，来自 {files} 份文件", "{count} records from {files} files"),
    "ledger_found": ("筛选出 {found} 条", "{found} records fit"),
    "ledger_none": (
        "没有符合条件的记录。请放宽筛选条件。",
        "No record fits. Please widen the filters.",
    ),
    "ledger_loading": ("正在打开台账…", "Opening the ledger…"),
    "filters": ("筛选条件", "Filters"),
    "ledger_search": ("在台账中查找", "Search the ledger"),
    "ledger_failed": (
        "服务正忙或连接中断，刚才的操作没有完成。请再试一次。",
        "The service is busy or the connection was lost; nothing was done. Please try again.",
    ),
    "pane_rows": ("明细", "Records"),
    "pane_charts": ("图表", "Charts"),
    "pane_checks": ("核对结果", "Checks"),
    "pane_names": ("名称与更正", "Names, edits"),
    "facet_status": ("状态", "Status"),
    "facet_unit": ("责任单位", "Unit"),
    "facet_reason": ("原因类别", "Kind of reason"),
    "facet_kind": ("类别", "Kind"),
    "facet_document": ("文件", "Document"),
    "anything": ("不限", "any"),
    "latest_only": ("只看各系列最新一期", "Newest report of each series only"),
    "reset": ("清除条件", "Clear filters"),
    "kind_project": ("项目", "project"),
    "kind_task": ("任务", "task"),
    "kind_promise": ("民生实事", "livelihood promise"),
    "kind_fund_line": ("资金", "fund line"),
    "kind_unit": ("单位", "unit"),
    "in_wan": ("{wan} 万元", "{million} million yuan"),
    "place_short": ("第 {start}–{end} 字", "chars {start}–{end}"),
    "corrected": ("已更正", "corrected"),
    "corrected_by": (
        "{signed}于 {date} 更正；原文读出：{was}",
        "Corrected by {signed} on {date}; as read: {was}",
    ),
    "nothing": ("（空）", "(empty)"),
    "page_of": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "page_before": ("上一页", "Previous"),
    "page_after": ("下一页", "Next"),
    # its checks
    "checked": (
        "已核对 {lists} 个清单和表格、{figures} 个数字。",
        "{lists} lists and tables and {figures} figures were checked.",
    ),
    "findings": ("{count} 处不一致", "Inconsistencies: {count}"),
    "no_findings": ("没有发现不一致", "Nothing inconsistent was found"),
    "unread": ("{count} 行未能识别", "{count} lines could not be read"),
    "no_unread": ("没有未能识别的行", "Every line of the lists could be read"),
    # its charts
    "charts_of": (
        "按当前筛选，共 {count} 个项目；同一项目在多份文件中出现只计一次，取最新的一份。"
        "点击名称即按它筛选。",
        "{count} projects in the current filter; a project that several documents name counts "
        "once, as the newest tells it. Click a name to filter by it.",
    ),
    "chart_status": ("各状态项目数", "Projects by status"),
    "chart_unit": ("各责任单位项目数", "Projects by unit"),
    "chart_reason": ("写明原因的项目：原因类别", "Projects with a reason, by its kind"),
    "chart_spending": ("完成投资与计划投资（万元）", "Investment done and planned (million yuan)"),
    "chart_more": (
        "另有 {units} 个单位，{count} 个项目次。",
        "{units} more units with {count} projects.",
    ),
    "chart_spending_note": (
        "只计同时写明计划和完成、且只有一个责任单位的 {count} 个项目。",
        "Over the {count} projects that state both and have one unit.",
    ),
    "spent": ("{done[0]} / {planned[0]}，{share}", "{done[1]} of {planned[1]}, {share}"),
    # its corrections
    "edit": ("更正", "Correct"),
    "correcting": ("更正", "Correct"),
    "field": ("字段", "Field"),
    "value_read": ("原文读出", "As read"),
    "value_new": ("现值（可改）", "Value now (editable)"),
    "more_fields": ("补填其他字段", "Fill in other fields"),
    "signature": ("署名", "Signature"),
    "save": ("保存更正", "Save"),
    "undo": ("恢复原文", "Back to the source"),
    "history": ("更正记录", "History"),
    "saved": (
        "已保存 {count} 处更正。之后的回答和导出都按更正后的内容。",
        "Corrections saved: {count}. Answers and exports use them from now on.",
    ),
    "nothing_changed": ("没有改动。改好后再保存。", "Nothing was changed."),
    "not_signed": (
        "更正要有署名。请填写姓名后再保存。",
        "A correction has to be signed. Please enter your name.",
    ),
    "signature_long": (
        "署名超过 {limit} 个字。请缩短。",
        "The signature has more than {limit} characters.",
    ),
    "no_such_field": ("没有可以更正的字段“{field}”。", "There is no field “{field}” to correct."),
    "changed_meanwhile": (
        "“{field}”刚刚已被他人更正。请关闭后重新打开，看过再改。",
        "“{field}” has just been corrected by someone else. Please close, reopen and look again.",
    ),
    "value_long": (
        "“{field}”超过 {limit} 个字。请缩短。",
        "“{field}” has more than {limit} characters.",
    ),
    "name_needed": ("项目名称不能为空。", "The name cannot be empty."),
    "no_such_value": ("“{field}”没有这个选项。", "“{field}” has no such value."),
    "unit_needed": (
        "“{field}”请写明金额单位，例如 1.2亿元、3500万元。",
        "Please write “{field}” with its unit, such as 1.2亿元 or 3500万元.",
    ),
    "record_gone": (
        "台账里没有这一行，可能已被重新索引。请刷新页面后再改。",
        "The ledger no longer holds this record. Please reload the page.",
    ),
    # other names
    "aliases": ("单位的别名", "Other names of units"),
    "aliases_how": (
        "提问和筛选时，别名与单位视为同一个。",
        "Questions and filters treat another name like the unit itself.",
    ),
    "alias": ("别名", "Other name"),
    "same_unit": ("即单位", "Unit"),
    "alias_alias": ("别名", "Other name"),
    "alias_unit": ("即单位", "Unit"),
    "merges": ("这两个名称是同一个项目", "These two names are one project"),
    "merges_how": (
        "不同文件里写法不同的同一个项目，合并后只计一次。",
        "One project that documents write differently is counted once.",
    ),
    "merge_name": ("名称", "Name"),
    "merge_same_as": ("与此相同", "Same as"),
    "signed_by": ("署名", "Signed"),
    "act": ("操作", "Action"),
    "add": ("添加", "Add"),
    "remove": ("移除", "Remove"),
    "remove_sure": ("确认移除", "Really remove"),
    "none_yet": ("暂无", "None yet"),
    "words_long": ("内容超过 {limit} 个字。请缩短。", "More than {limit} characters."),
    "all_corrections": ("全部更正（{count}）", "All corrections ({count})"),
    "orphan": (
        "对应的记录已不在台账中",
        "its record is no longer in the ledger",
    ),
    # export
    "export_xlsx": ("导出 Excel", "Export Excel"),
    "export_docx": ("导出 Word", "Export Word"),
    "export_working": ("正在生成文件…", "Making the file…"),
    "export_ready": ("已导出 {count} 行", "{count} rows exported"),
    "export_nothing": ("没有可导出的内容。", "There is nothing to export."),
    "export_large": (
        "Word 表格最多 {limit} 行，现有 {count} 行。请先筛选，或导出为 Excel。",
        "A Word table takes {limit} rows; there are {count}. Filter first, or export to Excel.",
    ),
    "sheet_title": ("项目台账", "Project ledger"),
    "sheet_answer": ("回答所列表格", "Table of an answer"),
    "sheet_question": ("问题：{text}", "Question: {text}"),
    "sheet_reading": ("提问理解为：按 {text} 筛选", "Read as: filter by {text}"),
    "sheet_answer_line": ("回答：{text}", "Answer: {text}"),
    "sheet_filter": ("筛选条件：{text}", "Filter: {text}"),
    "sheet_all": ("筛选条件：无（全部记录）", "Filter: none (all records)"),
    "sheet_date": ("导出日期：{text}", "Exported: {text}"),
    "sheet_note": ("说明：{text}", "Note: {text}"),
    "sheet_unverified": ("未能核实：{text}", "Not verified: {text}"),
    "sheet_finding": ("核对：{text}", "Check: {text}"),
    "sheet_wan": ("{text}（万元）", "{text} (10,000 yuan)"),
    "sheet_quote": ("原文", "Quote"),
    "sheet_corrected": ("更正", "Corrections"),
    "sheet_number": ("序号", "No."),
    "sheet_from": ("出处", "Source"),
    # the reading of an answer
    "read_again": ("重新筛选", "Filter again"),
    "add_facet": ("添加条件", "Add a condition"),
    "drop_facet": ("移除这个条件", "Remove this condition"),
    "reread": ("（改按 {reading} 筛选）", " (filtered by {reading})"),
}

COLUMNS: dict[str, tuple[str, str]] = {
    "name": ("项目", "Project"),
    "unit": ("责任单位", "Unit"),
    "stage": ("建设阶段", "Stage"),
    "progress": ("对照年度计划", "Against the plan"),
    "status_text": ("状态（原文）", "Status as written"),
    "reason": ("原因或问题", "Reason or problem"),
    "reason_kind": ("原因类别", "Kind of reason"),
    "measures": ("措施", "Measures"),
    "deadline": ("时限", "Deadline"),
    "leader": ("责任领导", "Leader"),
    "location": ("地点", "Location"),
    "total_investment": ("总投资", "Total investment"),
    "planned_investment": ("计划投资", "Planned investment"),
    "done_investment": ("完成投资", "Investment done"),
    "percent": ("比例", "Percent"),
    "as_of": ("截至", "As of"),
    "status": ("状态", "Status"),
    "source": ("出处", "Source"),
    "kind": ("类别", "Kind"),
    "count": ("个数", "Count"),
    "contains": ("含", "Contains"),
    "limit": ("条件", "Condition"),
    "due": ("时限", "Deadline"),
    "group_by": ("分组", "Grouped by"),
    "measure": ("数额", "Amount"),
    "state": ("状态（原文）", "State (as written)"),
    "not_status": ("状态不是", "Status is not"),
    "not_state": ("状态（原文）不是", "State (as written) is not"),
    "not_unit": ("责任单位不是", "Unit is not"),
    "not_reason_kind": ("原因类别不是", "Kind of reason is not"),
    "start": ("起", "Start"),
    "end": ("止", "End"),
    "article": ("篇目", "Article"),
    "section": ("章节", "Section"),
    "project": ("项目", "Project"),
    "period": ("时期", "Period"),
    "document": ("文档", "Document"),
    "issuer": ("地区", "District"),
    "group": ("分类", "Class"),
    "date": ("日期", "Date"),
    "standalone": ("完整问题", "Full question"),
    "texts": ("依据文件", "Documents"),
}

VALUES: dict[str, tuple[str, str]] = {
    "list": ("列出清单", "list"),
    "count": ("计数", "count"),
    "sum": ("求和", "sum"),
    "compare": ("比较", "comparison"),
    "change": ("前后对比", "change"),
    "check": ("核对", "check"),
    "value": ("查找数据", "value"),
    "group": ("分组", "groups"),
    "rank": ("排名", "ranking"),
    "share": ("占比", "share"),
    "why": ("询问原因", "reason"),
    "lookup": ("查找事实", "fact"),
    "status": ("询问进展", "status"),
    "summary": ("归纳", "summary"),
    "documents": ("查找文件", "documents"),
    "compound": ("分项回答", "several questions"),
    "demand": ("归纳要求", "demands"),
    "said": ("归纳讲话", "what was said"),
    "table": ("查表", "table"),
    "contrast": ("文件对照", "texts side by side"),
    "thing": ("查找情况", "what is said of it"),
    "corrected": ("更正后的值", "the corrected value"),
    "corrections": ("更正清单", "corrections"),
    "beside": ("接着上一答查找", "beside the last answer"),
    "later": ("后来的变化", "what became of it"),
    "premise": ("核对前提", "premise"),
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
    "ahead": ("快于计划进度", "ahead of schedule"),
    "on_schedule": ("赶上计划进度", "on schedule"),
    "behind": ("未赶上计划进度", "behind schedule"),
}

STRINGS |= DESK_STRINGS | PEOPLE_STRINGS | MODEL_STRINGS


def both(chinese: str, english: str) -> str:
    """Return HTML that shows one of two plain texts, whichever language is chosen."""
    if chinese == english:
        return escape(chinese)
    return (
        f'<span class="zh" lang="zh-CN">{escape(chinese)}</span>'
        f'<span class="en" lang="en">{escape(english)}</span>'
    )


def words(key: str, **variables: object) -> tuple[str, str]:
    """Return the string of that name as plain text in both languages, variables filled in."""
    chinese, english = STRINGS[key]
    return chinese.format(**variables), english.format(**variables)


def say(key: str, **variables: object) -> str:
    """Return the string of that name as HTML in both languages, variables filled in."""
    return both(*words(key, **variables))


def heading(key: str) -> str:
    """Return the heading of a row field or filter as HTML; unknown keys as they are."""
    return both(*COLUMNS.get(key, (key, key)))


def value(text: str) -> str:
    """Return a value as HTML: codes of ours in words, document text as it is written."""
    return both(*VALUES.get(text, (text, text)))
