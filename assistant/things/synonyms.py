"""Words that offices and those who ask use for one attribute, and whether a text says one."""

from __future__ import annotations

# Of any one line, each word may stand for every other.
_ALIKE = (
    "开工 动工 启动 开建 破土 进场施工 进场 动 开 开干",
    "完工 竣工 完成 建成 干完 做完 弄完 搞完 完 时限 期限 工期 交付 投用",
    "整改 办结 办完 到位 销号 时限 期限 最迟",
    "联系 联络 对接 电话",
    "责任人 负责人 谁负责 负责",
    "责任单位 牵头单位 主责单位 牵头 主责 主办 承办 负责",
    "进展 进度 状态 情况 情形 形象 程度 阶段 步 哪一步 现状",
    "原因 缘由 为什么 问题 困难 卡 因为 由于",
    "打算 计划 拟 预计 安排",
    "投 投资 投入 花",
    "改 换 换成 改到 改成 变成 延到 调 延 变 调整 变更 更正 更换 延期 延至 顺延 推迟"
    " 延后 推后 往后推 推 推到 放宽 宽限 拖到 挪到 上调 下调 调减 调增",
    "核定 认定 更正 核实 审定",
    "规模 内容 建设内容 建设规模 建",
    "缺 缺口 差 欠 尚差 尚缺 还差 还缺",
    "谈 谈下来 谈妥 谈拢 谈成 签 签下来 签约 签订 已签 签完 签了 签协议 达成",
    "定 定在 定下 定下来 选在 落实 确定 选定 选址 敲定",
    "最多 最高 上限 封顶 不超过 顶格 至多",
    "最少 最低 至少 起步 下限 不低于",
    "截止 截至 为止 之前 受理期 申报期",
    "赶上来 赶上 追平 追上 追上来 达到序时",
    "赶得上 赶得上进度 跟得上 达到序时 追平 欠序时 快于序时 落后",
    "慢 干得慢 慢下来 滞后 掉队 掉了队 慢于 欠序时 落后 拖后腿 没跟上",
    "垫底 末位 最后一名 倒数第一 排名末位 殿后",
    "拿 领 补助 补贴 奖励 发放 享受 给",
    "到账 拨付 下达 到位",
    "提供 安排 划拨 拨出 拨给 拿出 出 补助 拨付",
    "规划 方案 设计",
    "验收 通过验收 交工验收",
    "剩 剩下 还剩 剩余 余下 未 尚未",
    "补 补齐 补足",
    "批 批下来 批复 获批 批准 审批 报批",
    "地点 位置 地址 选址",
    "理由 原因",
    "查 查出 查出来 查到 发现",
)
_CHANGES = """
    改 换 调整 变更 更正 更换 延期 延至 顺延 推迟 上调 下调 变 改到 换成 变成 改成 调 延 延到
    推 往后推 推后 延后 推到 放宽 宽限 拖到 挪到
"""
CHANGES = frozenset(_CHANGES.split())  # words that say only that something became another
_GROUPS = [frozenset(line.split()) for line in _ALIKE]


def alike(word: str) -> frozenset[str]:
    """Return a word with all that may stand for it."""
    found = {word}
    for group in _GROUPS:
        if word in group:
            found |= group
    return frozenset(found)


def says(text: str, word: str) -> float:
    """Return how much of a word a text says: all by it or its like, or the pairs that it shares."""
    if word in text:
        return 1.0
    if any(other in text for other in alike(word) if len(other) > 1):
        return 0.9
    if len(word) >= 3:
        pairs = [word[i : i + 2] for i in range(len(word) - 1)]
        said = sum(pair in text for pair in pairs) / len(pairs)
        return said if said >= 0.5 else 0.0
    return 0.0


def said_outright(text: str, words: tuple[str, ...]) -> bool:
    """Tell whether a text says some of the words themselves, none of their like."""
    return any(word in text for word in words)


def share_said(text: str, words: tuple[str, ...]) -> float:
    """Return the share of the words, by their length, that a text says; 0 where there are none."""
    weight = sum(len(word) for word in words)
    return sum(len(w) * says(text, w) for w in words) / weight if weight else 0.0
