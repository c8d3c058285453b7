"""The words of the desk's side of the page; ``assistant/web/strings.py`` has the others."""

from __future__ import annotations

DESK_STRINGS: dict[str, tuple[str, str]] = {
    # kept conversations
    "talks": ("对话", "Conversations"),
    "talks_find": ("在对话中查找", "Search conversations"),
    "talks_none": ("还没有保存的对话。", "No conversations are kept yet."),
    "talks_none_found": ("没有对话说到这些词。换个词试试。", "No conversation says this."),
    "talk_untitled": ("（内容已随文件彻底删除）", "(erased with its document)"),
    "talk_turns": ("{count} 问", "{count} asked"),
    "talk_more": ("改名或删除", "Rename or delete"),
    "talk_title": ("标题", "Title"),
    "talk_rename": ("改名", "Rename"),
    "talk_delete": ("删除", "Delete"),
    "talk_delete_sure": ("再按一次，彻底删除", "Press again to delete for good"),
    "talk_deleted": ("对话已删除。", "The conversation was deleted."),
    "talk_deleted_left": (
        "对话已删除。其中 {count} 个答案有核实记录，记录予以保留。",
        "The conversation was deleted. {count} of its answers have been checked; "
        "the record of that is kept.",
    ),
    "talk_not_kept": ("这次问答没有保存：{why}", "This answer was not kept: {why}"),
    "turn_erased": (
        "这个回答引用的文件已被彻底删除，内容不再保留。",
        "A document that this answer quotes was erased; its words are no longer kept.",
    ),
    "turn_hidden": (
        "这个回答引用了您现在无权查看的文件。",
        "This answer quotes a document that you may not see any more.",
    ),
    # what the asker thinks
    "opinion": ("这个回答有用吗", "Was this answer useful"),
    "thumb_up": ("有用", "Useful"),
    "thumb_down": ("没用", "Not useful"),
    "opinion_why": ("哪里不好（可多选）", "What is wrong with it"),
    "opinion_comment": ("补充说明（选填）", "More about it (optional)"),
    "opinion_send": ("提交评价", "Send"),
    "opinion_thanks": ("评价已记下，核对人员会看到。", "Noted; the staff will see it."),
    "reason_incomplete": ("有遗漏", "something is missing"),
    "reason_wrong_figure": ("数字不对", "a figure is wrong"),
    "reason_wrong_source": ("出处不对", "a source is wrong"),
    "reason_misread": ("理解错了问题", "the question was misread"),
    "reason_outdated": ("内容过时", "it is out of date"),
    "reason_unclear": ("看不明白", "it is unclear"),
    # asking for verification
    "verify_request": ("请求核实", "Ask for verification"),
    "verify_requested": ("已提交，等待核实。", "Sent; waiting to be verified."),
    "state_unasked": ("未申请核实", "not asked for"),
    "state_asked": ("待核实", "waiting to be verified"),
    "state_verified": ("已核实", "verified"),
    "state_corrected": ("已更正", "corrected"),
    "state_rejected": ("不采用", "rejected"),
    "decided_by": ("{by}，{at}", "{by}, {at}"),
    "corrected_text": ("更正后的答案", "Corrected answer"),
    "decision_comment": ("核实意见", "Comment"),
    "outdated": (
        "来源已更新：所引的文件有了新版或已撤回，请核对后再用。",
        "The sources have changed: a cited document was renewed or withdrawn.",
    ),
    "desk_failed": (
        "没有完成，请稍候再试。若仍不行，请管理员查看日志。",
        "That did not work. Please try again; if it fails again, ask for the log to be looked at.",
    ),
}
