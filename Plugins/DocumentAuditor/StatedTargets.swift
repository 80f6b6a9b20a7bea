import BudgetLines
import PrintedReports
import ReviewModel
import Targets

/// The targets of a report with the words that sentences name them by.
struct StatedTargets {
    /// A name as sentences have it: in full, or without the word that says what of it is counted.
    private struct Name {
        var text: String
        var isShort: Bool
        var target: PrintedTarget
    }

    private let names: [Name]
    private let changes: [String]
    private let bounds: [String]
    private let words: ReportWords
    private let year: Int?

    init(_ targets: [PrintedTarget], _ words: ReportWords, year: Int?) {
        (self.words, self.year) = (words, year)
        bounds = (words["at_most"] + words["at_least"]).sorted { $0.count > $1.count }
        changes = Set(words["changed_to"] + words["moved_down"] + words["moved_up"]).sorted { $0.count > $1.count }
        var names: [Name] = []
        for target in targets {
            let full = target.name.folded
            if full.count >= 3 { names.append(Name(text: full, isShort: false, target: target)) }
            for end in words["counting_ends"] where full.hasSuffix(end) && full.count - end.count >= 3 {
                names.append(Name(text: String(full.dropLast(end.count)), isShort: true, target: target))
                break
            }
        }
        // One name of two targets names neither.
        let counts = Dictionary(names.map { ($0.text, Set([$0.target.line])) }) { $0.union($1) }
        self.names = names.filter { counts[$0.text]?.count == 1 }.sorted { $0.text.count > $1.text.count }
    }

    func check(_ line: ReportText.Line) -> [Finding] {
        guard line.folded.utf8.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return []
        }
        let named = names.filter { line.folded.hasBytes(of: $0.text) }
        if named.isEmpty { return [] }
        var findings: [Finding] = []
        for sentence in line.folded.split(whereSeparator: { "。；".contains($0) }) {
            var taken: [Range<String.Index>] = []
            for name in named {
                guard let place = sentence.firstBytes(of: name.text), !taken.contains(where: { $0.overlaps(place) })
                else {
                    continue
                }
                taken.append(place)
                let before = sentence[..<place.lowerBound].split(whereSeparator: { "，、".contains($0) }).last ?? ""
                if let finding = check(name, before, sentence[place.upperBound...], line) { findings.append(finding) }
            }
        }
        return findings
    }

    private func check(_ name: Name, _ before: Substring, _ behind: Substring, _ line: ReportText.Line) -> Finding? {
        let lead = String(before)
        // Of another year, or of what is there already, no target is told.
        guard !words["past_year"].contains(where: lead.hasBytes),
            PrintedDate.all(in: Array(lead.unicodeScalars)).allSatisfy({ $0.year == year })
        else { return nil }
        let target = name.target
        var rest = behind
        var isTarget = false
        for filler in ["的", "目标值", "指标值", "目标", "指标", "应", "须", "要"] where rest.hasPrefix(filler) {
            rest = rest.dropFirst(filler.count)
            isTarget = isTarget || filler.count > 1
        }
        if rest.hasPrefix("由") || rest.hasPrefix("从") {
            return checkChange(target, rest, line)
        }
        let link = ["达到", "达", "为", "均", "控制在"].first(where: rest.hasPrefix)
        rest = rest.dropFirst(link?.count ?? 0)
        let isPlanned = name.isShort && link == nil && rest.first?.isPlainDigit ?? false
        guard let stated = StatedMeasure(rest, bounds) else { return nil }
        let isBound = stated.bound != nil && !isCondition(lead, rest.dropFirst(stated.length))
        let plans =
            isPlanned && !lead.contains("其中") && (words["planned"] + ["新增", "本次"]).contains(where: lead.hasBytes)
        guard isBound || plans || isTarget else { return nil }
        let values = target.values
        let alike = values.compactMap(\.measure).filter { $0.unit == stated.unit }
        guard alike.count == values.count, !alike.isEmpty else { return nil }
        if alike.contains(where: { $0.number == stated.number }) {
            return isTarget ? checkMoved(target, rest.dropFirst(stated.length), stated, line) : nil
        }
        return otherTarget(target, String(behind.dropLast(rest.count - stated.length)), target.after, "", line)
    }

    /// `由15分钟以内压缩至10分钟以内`.
    private func checkChange(_ target: PrintedTarget, _ text: Substring, _ line: ReportText.Line) -> Finding? {
        guard let revision = target.revision else { return nil }
        let clause = text.prefix { $0 != "，" }
        guard let one = StatedMeasure(clause.dropFirst(), bounds, until: changes),
            let link = changes.first(where: { clause.dropFirst(1 + one.length).hasPrefix($0) }),
            let two = StatedMeasure(clause.dropFirst(1 + one.length + link.count), bounds)
        else { return nil }
        if let own = revision.before.measure, own.unit == one.unit, own.number != one.number {
            return otherTarget(target, String(clause.prefix(1 + one.length)), revision.before, "评审前", line)
        }
        if let own = revision.after.measure, own.unit == two.unit, own.number != two.number {
            let whole = clause.prefix(1 + one.length + link.count + two.length)
            return otherTarget(target, String(whole), revision.after, "评审后", line)
        }
        return nil
    }

    /// `意向成交额目标3.6亿元…，建议提高到3.8亿元`: the one change that follows in the sentence, in the same unit.
    private func checkMoved(_ target: PrintedTarget, _ text: Substring, _ first: StatedMeasure, _ line: ReportText.Line)
        -> Finding?
    {
        guard let revision = target.revision, let own = revision.after.measure, own.unit == first.unit else {
            return nil
        }
        let found = changes.compactMap { link in text.firstBytes(of: link).map { ($0, link) } }
        guard let (place, link) = found.min(by: { $0.0.lowerBound < $1.0.lowerBound }),
            let moved = StatedMeasure(text[place.upperBound...], bounds), moved.unit == first.unit
        else { return nil }
        let isOtherWay =
            words["moved_down"].contains(link) && own.number > first.number
            || words["moved_up"].contains(link) && own.number < first.number
            || link.hasPrefix("提高") && own.number < first.number || link.hasPrefix("降低") && own.number > first.number
        guard moved.number != own.number || isOtherWay else { return nil }
        return otherTarget(target, "\(link)\(moved.number.grouped)\(moved.unit)", revision.after, "评审后", line)
    }

    /// `满意度不低于90%的单位` says of whom something is told.
    private func isCondition(_ before: String, _ behind: Substring) -> Bool {
        behind.hasPrefix("的") || ["如", "若", "凡", "对", "当"].contains(where: before.hasPrefix)
    }
}

/// A number with its unit, and a bound before or behind it: 不低于95%, 15分钟以内.
private struct StatedMeasure {
    var bound: String?
    var number: ExactDecimal
    var unit: String
    /// How many characters it takes.
    var length: Int

    init?(_ text: Substring, _ bounds: [String], until changes: [String] = []) {
        bound = bounds.first(where: text.hasPrefix)
        var rest = text.dropFirst(bound?.count ?? 0)
        if let sign = rest.first, "≥≤＞＜><".contains(sign) {
            bound = bound ?? String(sign)
            rest = rest.dropFirst()
        }
        guard let figure = StatedFigure.all(in: String(rest.prefix(24))).first, figure.range.lowerBound == 0 else {
            return nil
        }
        rest = rest.dropFirst(figure.range.upperBound)
        let stops = ["以内", "之内", "以上", "以下", "及以上"]
        let unit = rest.prefix { !"，。；、）（".contains($0) && !$0.isPlainDigit }
        let end = (stops + changes).compactMap { unit.firstBytes(of: $0)?.lowerBound }.min() ?? unit.endIndex
        guard let known = measures.first(where: { unit[..<end].hasPrefix($0) }) ?? plainUnit(unit[..<end]) else {
            return nil
        }
        rest = rest.dropFirst(known.count)
        if let stop = stops.first(where: rest.hasPrefix) {
            bound = bound ?? stop
            rest = rest.dropFirst(stop.count)
        }
        (number, self.unit) = (figure.value, known)
        length = text.count - rest.count
    }
}

/// A unit that no list has, alone before a stop: 60处.
private func plainUnit(_ text: Substring) -> String? { (1...3).contains(text.count) ? String(text) : nil }

extension String {
    /// The number of a target's value with its unit.
    var measure: TargetValue.Quantity? {
        guard case .quantity(let quantity) = TargetValue(self).reading, quantity.context.isEmpty, !quantity.unit.isEmpty
        else { return nil }
        return quantity
    }
}

extension PrintedTarget {
    /// Its values before and after the review.
    var values: [String] { revision.map { [$0.before, $0.after] } ?? [value] }
    var after: String { revision?.after ?? value }
}
