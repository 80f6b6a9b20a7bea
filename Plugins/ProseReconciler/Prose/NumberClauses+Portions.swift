import PrintedReports
import ReviewModel

/// Parts of what is counted, and what is left of it.
extension NumberClauses {
    /// `发放 200 份，收回 192 份，回收率 96%`, `41 台，其中超过年限的 17 台，占 41.46%`.
    func portion(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard numbers[index].unit == .percent, !numbers[index].phrase.contains("百分点"), index > 1,
            isPart(index - 1, of: index)
        else { return nil }
        var lead = leads[index].drop { "，,（(".contains($0) }
        for link in ["为", "达到", "达", "是", ":"] where lead.hasSuffix(link) { lead = lead.dropLast(link.count) }
        if ["占", "占比", "比例", "占总数的", "占总量的"].contains(String(lead)) {
            // The whole is what 其中 stands behind.
            guard let whole = wholeBehind(index - 1) else { return nil }
            return try reckoner.share(index, index - 1, whole)
        }
        guard lead.count <= 8, lead.hasSuffix("率"), !notOfCounts.contains(where: lead.contains) else { return nil }
        // The part is called what the rate is a rate of: 合格 1006 批，合格率; 收回 192 份，回收率. 尚未结案 4,569 件 is the rest of it.
        let stem = lead.dropLast().suffix(2)
        let part = leads[index - 1].hasAny(denying) ? index - 2 : index - 1
        guard isPart(part, of: index), isPart(part - 1, of: index), numbers[part - 1].unit == numbers[part].unit,
            numbers[part].value <= numbers[part - 1].value, stem.count == 2,
            stem.allSatisfy({ leads[part].contains($0) }),
            let made = try reckoner.share(index, part, part - 1)
        else { return nil }
        // What two other numbers of the sentence make is meant of those.
        if !made.agrees, try isMadeByOthers(index, of: numbers[part].unit) { return nil }
        return made
    }

    private func isMadeByOthers(_ index: Int, of unit: ProseUnit) throws(DecimalOverflow) -> Bool {
        // 目标不少于 4,800 人，实际 4,900 人: what is aimed at is a bound, and more may be done.
        let own = numbers.indices.filter {
            $0 < index && sentences[$0] == sentences[index] && numbers[$0].unit == unit && numbers[$0].upper == nil
        }
        for whole in own {
            for part in own where part != whole {
                if let made = try reckoner.share(index, part, whole), made.agrees { return true }
                // 满意 512 人，基本满意 76 人: both of 600.
                for other in own where other > part {
                    let sum = try numbers[part].value + numbers[other].value
                    guard numbers[whole].value > 0,
                        let made = try ExactDecimal.percentage(sum, of: numbers[whole].value, places: 10)
                    else { continue }
                    if try (made - numbers[index].value).magnitude <= numbers[index].interval.tolerance() {
                        return true
                    }
                }
            }
        }
        return false
    }

    private func isPart(_ place: Int, of index: Int) -> Bool {
        guard place >= 0, sentences[place] == sentences[index], isPlain(place) else { return false }
        return numbers[place].unit != .percent && numbers[place].unit != .points
    }

    /// The number of the sentence that those behind 其中 are parts of, of the kind of `part`; shares stand between them.
    private func wholeBehind(_ part: Int) -> Int? {
        var place = part
        while place > 0, sentences[place - 1] == sentences[part] {
            if leads[place].has("其中") {
                return isPart(place - 1, of: part) && numbers[place - 1].unit == numbers[part].unit ? place - 1 : nil
            }
            place -= 1
        }
        return nil
    }

    /// `共 36.8 万卷，已完成 14.3 万卷；尚未完成 22.5 万卷`.
    func remainder(_ index: Int) throws(DecimalOverflow) -> StatedArithmetic? {
        guard case .count = numbers[index].unit, words["left_open"].contains(where: leads[index].hasPrefix) else {
            return nil
        }
        let paragraph = text.paragraph(around: numbers[index].offset.lowerBound)
        var parts: [Int] = []
        for place in numbers.indices.prefix(index).suffix(4).reversed()
        where paragraph.contains(numbers[place].offset.lowerBound) && numbers[place].unit != .percent {
            guard isPlain(place), numbers[place].unit == numbers[index].unit else { break }
            parts.append(place)
            // The whole says so, and the one before this is all that is done.
            if ["共", "总", "合计"].contains(where: leads[place].has) { break }
        }
        guard parts.count == 2, ["共", "总", "合计"].contains(where: leads[parts[1]].has), leads[parts[0]].has("已") else {
            return nil
        }
        return try reckoner.difference(index, parts[1], parts[0])
    }
}

private let denying = ["未", "不", "无"]
/// Rates that are not one part of a count: those of money, and changes.
private let notOfCounts = ["增长", "增幅", "下降", "降低", "提高", "上升", "执行", "支出", "支付", "核减", "审减", "调减", "费", "税", "利"]
