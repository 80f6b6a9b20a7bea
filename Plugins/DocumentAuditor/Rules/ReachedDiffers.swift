import BudgetLines
import PrintedReports
import ReviewModel
import Targets

/// What the text says was reached is not what the table of targets has.
let reachedDiffers = DocumentRule(
    "document/reached-differs",
    .error,
    title: LocalizedText(zh: "正文所写完成值与完成情况表不符", en: "what was reached is not what the table has"),
    manual: LocalizedText(
        zh: """
            绩效目标表有"实际完成值"一列的，正文在指标名称之后写的数与该列相比（单位相同的）；正文写"均达到年度目标"之类（report-words.yaml 的 reached），\
            而表中有指标没有达到目标值的，也列出。
            """,
        en: """
            Where a table of targets has a column of what was reached, the number that the text has behind the name of an indicator, in the same unit, is held against it. A text that says \
            that all was reached (`reached` of report-words.yaml) is told where a row of the table falls short.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    指标名称\t年度指标值\t实际完成值
                    苗木成活率\t≥98%\t98.60%
                    ↓今年苗木成活率为96.80%。
            """,
            zh: "\"苗木成活率\"的实际完成值为 98.60%，正文写为 96.80%",
            en: "98.60% was reached of \"苗木成活率\", the text has 96.80%"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    指标名称\t年度指标值\t实际完成值
                    苗木成活率\t≥98%\t98.60%
                    今年苗木成活率为98.60%，高于98%的目标，均达到年度目标。
            """
        ),
    ],
    check: { audit, findings in
        let targets = audit.report.printedTables.filter { $0.kind == .targets }.flatMap(\.targets).filter {
            !$0.actual.isEmpty
        }
        for line in audit.report.body where !line.isTableRow { findings.add(reachedInProse(line, audit.report.words)) }
        if targets.isEmpty { return }
        let year = audit.dossier.field("project", "year")?.integer
        for line in audit.report.body where !line.isTableRow {
            findings.add(checkNumbers(line, targets, year, audit.report.words))
            if let finding = checkClaim(line, targets, audit.report.words) { findings.add([finding]) }
        }
    }
)

private func checkNumbers(
    _ line: ReportText.Line,
    _ targets: [PrintedTarget],
    _ year: Int?,
    _ words: ReportWords
) -> [Finding] {
    targets.compactMap { target in
        guard let reached = target.reached, let (place, isShort) = target.place(in: line.folded) else { return nil }
        let clause =
            line.folded[..<place.lowerBound].split(
                omittingEmptySubsequences: false,
                whereSeparator: { "，。；".contains($0) }
            ).last.map(String.init) ?? ""
        let years = PrintedDate.all(in: Array(clause.unicodeScalars)).map(\.year)
        guard !(words["past_year"] + words["planned"] + words["sampled"]).contains(where: clause.hasBytes),
            years.allSatisfy({ $0 == year ?? $0 })
        else { return nil }
        let rest = line.folded[place.upperBound...].drop { "为达到是：".contains($0) }
        // 维修管网 64.5 公里 is 维修管网长度; other words between are of something else.
        let parts = ["其中", "上半年", "下半年", "季度", "月", "每", "均"]
        if isShort, !(rest.first?.isASCII ?? false) || parts.contains(where: clause.hasBytes) { return nil }
        let stated = String(rest).numberWithUnit
        guard let number = PrintedValue(stated), number.unit == reached.unit else { return nil }
        if number.value != reached.value, number.value != target.aim?.number { return differs(target, stated, line) }
        // 服务老年人 3,150 人，完成目标值的 98.44%
        let behind = String(rest)
        for lead in ["完成目标值的", "完成目标的", "完成年度目标的", "达到目标值的"] {
            guard number.value == reached.value, let aim = target.aim, aim.unit == reached.unit, aim.number > 0,
                let sentence = behind.split(separator: "。").first, let place = sentence.firstBytes(of: lead)
            else { continue }
            let digits = String(sentence[place.upperBound...].prefix { $0.isASCII && ($0.isNumber || $0 == ".") })
            guard sentence[place.upperBound...].dropFirst(digits.count).hasPrefix("%"),
                let share = ExactDecimal(digits),
                let made = try? ExactDecimal.percentage(reached.value, of: aim.number, places: share.places),
                made != share
            else { continue }
            return otherShare(target, share, made, line)
        }
        return nil
    }
}

extension String {
    /// What a text begins with up to a stop; a comma before three digits is none: 3，150人.
    fileprivate var numberWithUnit: String {
        var text = ""
        var rest = self[...]
        while let first = rest.first {
            let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            if first == "，", digits.count == 3, text.last?.isNumber ?? false {
                rest = rest.dropFirst()
                continue
            }
            if "，。；、）（".contains(first) { break }
            text.append(first)
            rest = rest.dropFirst()
        }
        return text
    }
}

private func checkClaim(_ line: ReportText.Line, _ targets: [PrintedTarget], _ words: ReportWords) -> Finding? {
    guard let word = words["reached"].first(where: line.folded.hasBytes), !line.folded.hasBytes(of: "外，"),
        !line.folded.hasBytes(of: "未")
    else { return nil }
    // A sentence that names indicators speaks of those.
    let named = targets.filter { $0.name.folded.count >= 3 && line.folded.hasBytes(of: $0.name.folded) }
    guard let short = (named.isEmpty ? targets : named).first(where: \.fallsShort) else { return nil }
    return claims(word, short, line)
}

/// A number with its unit, as a cell or a sentence prints it.
struct PrintedValue {
    var value: ExactDecimal
    var unit: String

    init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
        guard let value = ExactDecimal(String(digits.filter { $0 != "," })) else { return nil }
        (self.value, unit) = (value, String(text.dropFirst(digits.count)))
        guard unit.count <= 6, !unit.contains(where: { $0.isASCII && $0.isNumber }) else { return nil }
    }
}

extension PrintedTarget {
    /// Where a text names it: by its name, or without the word that says what of it is counted.
    fileprivate func place(in text: String) -> (Range<String.Index>, isShort: Bool)? {
        let name = self.name.folded
        if name.count >= 3, let place = text.firstBytes(of: name) { return (place, false) }
        let endings = ReportWords.standard["counting_ends"].filter(name.hasSuffix)
        let places = endings.compactMap { ending in
            name.count - ending.count >= 3 ? text.firstBytes(of: String(name.dropLast(ending.count))) : nil
        }
        // 服务老年人数 is 服务老年人 or 服务老年: the number stands right behind the one that is meant.
        let numbered = places.first { place in
            text[place.upperBound...].first.map { $0.isASCII && $0.isNumber } ?? false
        }
        return (numbered ?? places.first).map { ($0, isShort: true) }
    }

    /// The number that was reached; without a unit of its own in that of the target.
    var reached: PrintedValue? {
        guard var reached = PrintedValue(actual.folded) else { return nil }
        if reached.unit.isEmpty, let aim {
            // 0.986 of 98% may be a share.
            if aim.unit == "%", reached.value <= 1, aim.number > 1 { return nil }
            reached.unit = aim.unit
        }
        return reached
    }

    var aim: TargetValue.Quantity? {
        if case .quantity(let aim) = TargetValue(value).reading { aim } else { nil }
    }

    /// Whether what was reached is on the wrong side of the target.
    var fallsShort: Bool {
        guard let aim, let reached, aim.unit == reached.unit else { return false }
        return switch aim.direction {
        case .atLeast: reached.value < aim.number
        case .moreThan: reached.value <= aim.number
        case .atMost: reached.value > aim.number
        case .lessThan: reached.value >= aim.number
        case .exactly: false
        }
    }
}

// MARK: - Messages

private func differs(_ target: PrintedTarget, _ stated: String, _ line: ReportText.Line) -> Finding {
    reachedDiffers.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"的实际完成值为 \(target.actual)，正文写为 \(stated)",
            en: "\(target.actual) was reached of \"\(target.name)\", the text has \(stated)"
        ),
        subject: target.name,
        lines: [line.spot, ReportText.spot(line: target.line)],
        expected: target.actual,
        found: stated
    )
}

private func otherShare(_ target: PrintedTarget, _ share: ExactDecimal, _ made: ExactDecimal, _ line: ReportText.Line)
    -> Finding
{
    reachedDiffers.rule.finding(
        message: LocalizedText(
            zh: "正文写\"\(target.name)\"完成目标值的 \(share)%，\(target.actual) 是 \(target.value) 的 \(made)%",
            en:
                "the text says that \(share)% of the target \"\(target.name)\" was reached, \(target.actual) is \(made)% of \(target.value)"
        ),
        subject: target.name,
        lines: [line.spot, ReportText.spot(line: target.line)],
        expected: "\(made)%",
        found: "\(share)%"
    )
}

private func claims(_ word: String, _ target: PrintedTarget, _ line: ReportText.Line) -> Finding {
    reachedDiffers.rule.finding(
        message: LocalizedText(
            zh: "正文写\"\(word)\"，而\"\(target.name)\"的目标为 \(target.value)，实际完成 \(target.actual)",
            en:
                "the text says \(word); \(target.actual) was reached of \"\(target.name)\", the target is \(target.value)"
        ),
        subject: target.name,
        lines: [line.spot, ReportText.spot(line: target.line)],
        expected: target.value,
        found: target.actual
    )
}
