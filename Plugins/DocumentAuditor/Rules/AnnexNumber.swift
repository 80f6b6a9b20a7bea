import ReviewModel

/// Annexes whose numbers skip one, or begin a series that does not go on.
let annexNumber = Rule(
    "document/annex-number",
    .info,
    title: LocalizedText(zh: "附件编号不连续", en: "annexes that skip a number"),
    manual: LocalizedText(
        zh: "附件 N 应从 1 起逐一递增，附件 N-M 应在附件 N 之内从 1 起逐一递增；只有 N-1 而没有 N-2 的也列出。",
        en: "附件 N goes up one by one from 1, and 附件 N-M within N; a lone N-1 is listed too."
    )
)
