/// A word that says something of the number behind it, or nothing that matters.
enum ProseToken: Sendable, Equatable {
    case subject(Set<String>)
    case project
    case year(Int)
    case years([Int])
    /// 近三年, 近几年: so many years up to now; `nil` for a number that is not told.
    case span(Int?)
    /// 三年 without a word that says which: so many years, where what was spent in them follows.
    case someYears(Int)
    /// 合计, 共: all of what is named before, for years their sum.
    case sum
    /// 累计, which says that of years only.
    case accumulated
    case aspect(ProseAspect)
    /// What a column or field of the form is called; a title may be that of several.
    case measure(Set<String>)
    case mean
    /// 较, 比: what follows is compared with.
    case compared
    /// 增加 and 增长; `false` for 减少 and 下降.
    case change(up: Bool)
    /// 项目, 总额, 申报单位: where no item is named, the project as a whole is meant.
    case whole
    /// 占: what follows is the whole that the number is a share of.
    case share
    case filler
}

/// What the words call a figure. 预算 may be what is asked for, or the adjusted budget of an earlier year.
enum ProseAspect: Sendable, Equatable {
    case budget, requested, approved, deducted, netDeducted, increased, deductionRate, netRate, paid, executionRate
    case selfScore, reviewScore, score, maximumScore

    /// Whether only a review has such a figure.
    var isOfReview: Bool { [.approved, .deducted, .netDeducted, .deductionRate, .netRate].contains(self) }

    /// Whether the word says more than `other` when both stand before a number: 审核年度预算 is what was approved.
    func outweighs(_ other: ProseAspect) -> Bool {
        other == .budget || self == .executionRate || self == .deductionRate
    }
}

/// The field's words for figures, and the words that may stand between.
let proseWords: [(String, ProseToken)] =
    aspectWords + spanWords + sumWords + wholes.map { ($0, .whole) } + shares.map { ($0, .share) }
    + fillers.map { ($0, .filler) }

private let wholes = [
    "项目", "本项目", "该项目", "总", "总额", "总计", "总金额", "项目单位", "申报单位", "送审单位", "报审单位", "预算单位", "项目总",
    "工程", "本工程", "该工程", "造价", "总造价", "工程造价", "价款", "总价", "投资", "总投资", "投资额", "总投资额",
]

private let shares = ["占", "占比", "占总", "占比为"]

private let aspectWords: [(String, ProseToken)] = [
    ("预算", .aspect(.budget)), ("调整后预算", .aspect(.budget)), ("预算数", .aspect(.budget)), ("预算额", .aspect(.budget)),
    ("申报", .aspect(.requested)), ("申请", .aspect(.requested)), ("审核", .aspect(.approved)), ("审定", .aspect(.approved)),
    ("送审", .aspect(.requested)), ("报审", .aspect(.requested)), ("报送", .aspect(.requested)), ("上报", .aspect(.requested)),
    ("核定", .aspect(.approved)),
    ("核准", .aspect(.approved)), ("定案", .aspect(.approved)), ("批复", .aspect(.approved)), ("核减", .aspect(.deducted)),
    ("审减", .aspect(.deducted)), ("调减", .aspect(.deducted)), ("净核减", .aspect(.netDeducted)),
    ("评减", .aspect(.deducted)), ("评减率", .aspect(.deductionRate)), ("评减金额", .aspect(.deducted)),
    ("核减率", .aspect(.deductionRate)), ("净核减率", .aspect(.netRate)), ("净审减率", .aspect(.netRate)),
    ("净审减", .aspect(.netDeducted)), ("核减额", .aspect(.deducted)), ("审减额", .aspect(.deducted)),
    ("核减数", .aspect(.deducted)),
    ("审减数", .aspect(.deducted)), ("核减幅度", .aspect(.deductionRate)), ("审减幅度", .aspect(.deductionRate)),
    ("核定数", .aspect(.approved)), ("审定数", .aspect(.approved)), ("送审数", .aspect(.requested)),
    ("申报数", .aspect(.requested)),
    ("全年预算数", .aspect(.budget)), ("全年预算", .aspect(.budget)), ("全年执行数", .aspect(.paid)), ("调整后预算数", .aspect(.budget)),
    ("建议安排", .aspect(.approved)), ("建议预算", .aspect(.approved)), ("建议金额", .aspect(.approved)),
    ("评估", .aspect(.approved)), ("审核后", .aspect(.approved)), ("审定后", .aspect(.approved)),
    ("评审金额", .aspect(.approved)), ("评审价", .aspect(.approved)), ("复核", .aspect(.approved)),
    ("送审价", .aspect(.requested)), ("审定价", .aspect(.approved)),
    ("送审额", .aspect(.requested)), ("审定额", .aspect(.approved)), ("申报额", .aspect(.requested)),
    ("支出", .aspect(.paid)), ("支出金额", .aspect(.paid)),
    ("审减率", .aspect(.deductionRate)), ("核减比例", .aspect(.deductionRate)), ("审减比例", .aspect(.deductionRate)),
    ("调减比例", .aspect(.deductionRate)), ("审增", .aspect(.increased)), ("调增", .aspect(.increased)),
    ("核增", .aspect(.increased)), ("执行", .aspect(.paid)), ("执行数", .aspect(.paid)), ("预算执行", .aspect(.paid)),
    ("预算执行数", .aspect(.paid)), ("支付", .aspect(.paid)), ("已支付", .aspect(.paid)), ("实际支付", .aspect(.paid)),
    ("实际支出", .aspect(.paid)), ("实际执行", .aspect(.paid)), ("执行率", .aspect(.executionRate)),
    ("预算执行率", .aspect(.executionRate)), ("自评得分", .aspect(.selfScore)), ("自评价得分", .aspect(.selfScore)),
    ("自评分", .aspect(.selfScore)), ("评审得分", .aspect(.reviewScore)), ("评审后得分", .aspect(.reviewScore)),
    ("得分", .aspect(.score)), ("权重", .aspect(.maximumScore)), ("满分", .aspect(.maximumScore)), ("平均", .mean),
    ("均值", .mean), ("年均", .mean), ("平均值", .mean), ("较", .compared), ("比", .compared), ("相较", .compared),
    ("相比", .compared), ("增加", .change(up: true)), ("增长", .change(up: true)), ("增幅", .change(up: true)),
    ("上升", .change(up: true)), ("减少", .change(up: false)), ("下降", .change(up: false)), ("降低", .change(up: false)),
]

private let spanWords: [(String, ProseToken)] = [
    ("近三年", .span(3)), ("近3年", .span(3)), ("前三年", .span(3)), ("近两年", .span(2)), ("近2年", .span(2)), ("近几年", .span(nil)),
    ("近年", .span(nil)), ("近年来", .span(nil)), ("历年", .span(nil)), ("以往年度", .span(nil)), ("往年", .span(nil)),
    ("历史", .span(nil)), ("三年", .someYears(3)), ("3年", .someYears(3)), ("两年", .someYears(2)), ("2年", .someYears(2)),
    ("四年", .someYears(4)), ("五年", .someYears(5)),
]

private let sumWords: [(String, ProseToken)] = [
    ("共", .sum), ("共计", .sum), ("合计", .sum), ("总共", .sum), ("累计", .accumulated),
]

private let fillers = [
    "年度", "全年", "为", "是", "达", "达到", "金额", "资金", "的", "了", "本", "评审", "比重", "比例", "约", "仅",
    "该", "其",
    "现", "中", "最大的是", "最多的是", "最大的为", "最多的为", "最大", "最多", "拟", "计划", "安排", "计划安排", "经评审", "经项目评审", "经审核", "经评审后", "经评估",
    "经评估后", "经审核后", "经审定", "经复核", "经核定", "同意", "建议",
    "确定", "最终", "编制", ":", ",", "，", "、", "(", ")", "大写", "小写", "人民币", "用于", "主要用于",
    "并", "即", "包括", "其中",
    "包含", "内容", "具体", "分别", "实施", "全部", "和", "及", "以及", "\"", "“",
    "”",
]
