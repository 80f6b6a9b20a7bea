import PrintedReports
import ReviewModel

/// What follows a number: a scale (万), a unit, and what it is counted for.
struct ProseSuffix {
    var scale: ExactDecimal = 1
    var unit = ProseUnit.none
    var per = ""
    /// 余 or 多 between number and unit: `300 余万元`.
    var isOver = false
    /// The end of the last word that belongs to the number.
    var end: Int

    var isCount: Bool { if case .count = unit { true } else { false } }
}

extension ProseText {
    /// Reads scale, unit and `/年` behind a number that ends at `end`.
    func suffix(at end: Int) -> ProseSuffix {
        var suffix = ProseSuffix(end: end)
        var next = skippingBlanks(end)
        if overWords.contains(self[next]) {
            suffix.isOver = true
            next += 1
        }
        if let own = measure(at: next) {
            (suffix.scale, suffix.unit) = (own.measure.scale, own.measure.unit)
            suffix.end = own.end
            return suffix
        }
        if let (word, worth) = scales.first(where: { hasWord($0.0, at: next) }) {
            (suffix.scale, suffix.end) = (worth, next + word.unicodeScalars.count)
            next = skippingBlanks(suffix.end)
            if overWords.contains(self[next]), suffix.isOver == false {
                suffix.isOver = true
                next += 1
            }
        }
        if let own = measure(at: next), own.measure.scale == 1 {
            (suffix.unit, suffix.end) = (own.measure.unit, own.end)
        } else if let (word, unit) = units.first(where: { hasWord($0.0, at: next) && !isOtherWord($0.0, at: next) }) {
            (suffix.unit, suffix.end) = (unit, next + word.unicodeScalars.count)
        } else if let word = measureWords.first(where: { hasWord($0, at: next) }) {
            (suffix.unit, suffix.end) = (.count(word), next + word.unicodeScalars.count)
        } else if suffix.scale >= 1000, self[suffix.end - 1].isASCII, let currency = onlyCurrency, endsAmount(next) {
            // 1.3 million in a dossier of one currency.
            suffix.unit = .count(currency)
        } else if suffix.scale >= 10_000, standsAlone(next) {
            // 30.00 万/年: in a budget, 万 by itself is 万元.
            suffix.unit = .yuan
        }
        if suffix.unit == .none, suffix.scale == 1 { suffix.isOver = false }
        readPer(&suffix)
        return suffix
    }

    /// What the form itself calls the unit that begins at `start`: 千瓦时 is no thousand of anything.
    private func measure(at start: Int) -> (measure: ProseMeasure, end: Int)? {
        for measure in measures where hasWord(measure.word, at: start) {
            let end = start + measure.word.unicodeScalars.count
            if measure.word.unicodeScalars.last?.properties.isAlphabetic == true, self[end - 1].isASCII, isLetter(end) {
                continue
            }
            return (measure, end)
        }
        return nil
    }

    /// The currency of the form's amounts where there is one.
    private var onlyCurrency: String? {
        let codes = Set(measures.filter(\.isCurrencyCode).map(\.word))
        return codes.count == 1 ? codes.first : nil
    }

    /// Whether an amount may end here: no noun follows that is counted.
    private func endsAmount(_ index: Int) -> Bool {
        var end = index
        while isLetter(end) { end += 1 }
        return end == index || ReportWords.standard["english_follow"].contains(phrase(index..<end).lowercased())
    }

    /// The currency of the form that stands before a number, `CHF 1.2 million`, and where it begins.
    func ownCurrency(before index: Int) -> (unit: ProseUnit, start: Int)? {
        for measure in measures where measure.isCurrency && hasWord(measure.word, endingBefore: index) {
            let start = before(index) + 1 - measure.word.unicodeScalars.count
            if measure.isCurrencyCode, start > 0, isLetter(start - 1) { continue }
            return (measure.unit, start)
        }
        return nil
    }

    private func readPer(_ suffix: inout ProseSuffix) {
        let next = skippingBlanks(suffix.end)
        guard suffix.unit == .yuan, self[next] == "/" || self[next] == "每" else { return }
        let start = skippingBlanks(next + 1)
        guard let word = ReportWords.standard["per_units"].first(where: { hasWord($0, at: start) }) else { return }
        (suffix.per, suffix.end) = (word, start + word.unicodeScalars.count)
    }

    /// 分 of 分钟 or 分之 is no point, 元 of 元旦 no money.
    private func isOtherWord(_ word: String, at index: Int) -> Bool {
        let next = self[index + word.unicodeScalars.count]
        switch word {
        case "分": return next.isOne(of: "钟之别公店局支部册")
        case "元": return next == "旦"
        default:
            return word.unicodeScalars.last?.isASCII == true && word != "%"
                && isLetter(index + word.unicodeScalars.count)
        }
    }

    private func standsAlone(_ index: Int) -> Bool {
        self[index].isOne(of: "/。，,;、)") || self[index].isNewline
    }
}

private let overWords: Set<Unicode.Scalar> = ["余", "多"]

private let scales: [(String, ExactDecimal)] = [
    ("百亿", 10_000_000_000), ("十亿", 1_000_000_000), ("亿", 100_000_000), ("千万", 10_000_000), ("百万", 1_000_000),
    ("十万", 100_000), ("万", 10_000), ("千", 1000), ("百", 100), ("billion", 1_000_000_000), ("million", 1_000_000),
    ("thousand", 1000),
]

private let units: [(String, ProseUnit)] = [
    ("元人民币", .yuan), ("元整", .yuan), ("元", .yuan), ("yuan", .yuan), ("RMB", .yuan), ("CNY", .yuan),
    ("个百分点", .percent), ("%", .percent), ("percent", .percent), ("分", .points), ("points", .points),
]

/// Longer words before those that they begin with.
let measureWords = [
    "m³", "m²", "km²", "㎡", "日历天", "页", "例", "宗",
    "人次", "人日", "人天", "人月", "平方米", "立方米", "平方公里", "公里", "千米", "米", "个月", "个工作日", "工作日", "个小时", "小时", "课时",
    "学时", "分钟", "场次", "车次", "班次", "家", "个", "次", "人", "名", "场", "节", "项", "处", "份", "件", "户", "天", "篇",
    "批", "套", "台", "辆", "起", "座", "间", "支", "条", "块", "张", "本", "册", "箱", "盒", "吨", "公斤", "千克", "亩", "株", "棵", "只",
    "卷", "所", "栋", "幅", "副", "把", "艘", "盏", "根", "片", "对", "组", "班", "队", "年",
]
