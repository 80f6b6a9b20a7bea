import BudgetLines
import PrintedReports
import ReviewModel

/// A firm that stands once under a name that differs in one character from the one that it has everywhere else: 永兴造价咨询有限公司 of 永信造价咨询有限公司.
struct FirmTwins {
    struct Slip {
        var name: String
        var usual: String
        var line: ReportText.Line
        var first: ReportText.Line
    }

    private typealias Place = (line: ReportText.Line, letters: [Character], end: Int)

    let slips: [Slip]

    init(_ report: ReportText) {
        let ends = ["有限公司", "有限责任公司", "事务所"]
        let lines = report.body.filter { line in ends.contains(where: line.folded.hasBytes) }
        let places = lines.flatMap { line -> [Place] in
            let letters = Array(line.folded)
            return letters.indices.filter { index in
                ends.contains { letters[...index].suffix($0.count).elementsEqual($0) }
            }
            .map { (line, letters, $0 + 1) }
        }
        // Names that begin where nothing else can stand before them.
        var names: [String: ReportText.Line] = [:]
        for place in places {
            let before = place.letters[..<place.end]
            let start = before.lastIndex { "，。；：、“ \u{3000}".contains($0) }.map { $0 + 1 } ?? 0
            var name = String(before[start...])
            if let close = name.firstIndex(of: "）"), name.hasPrefix("（") {
                name = String(name[name.index(after: close)...])
            }
            // 施工单位为某公司
            if let label = report.words["firm_labels"].first(where: { name.hasPrefix($0 + "为") }) {
                name.removeFirst(label.count + 1)
            }
            let isLed = report.words["leads_body"].contains(where: name.hasPrefix) || name.hasPrefix("委托")
            if (8...30).contains(name.count), !isLed, names[name] == nil { names[name] = place.line }
        }
        func times(_ name: String) -> Int {
            places.count { $0.letters[..<$0.end].suffix(name.count).elementsEqual(name) }
        }
        let counted = Set("一二三四五六七八九十东西南北中0123456789ABCDabcd甲乙丙丁")
        var found: [Slip] = []
        for (name, first) in names.sorted(by: { $0.key < $1.key }) {
            let own = Array(name)
            for place in places where place.end >= own.count {
                let window = Array(place.letters[(place.end - own.count)..<place.end])
                let off = own.indices.filter { own[$0] != window[$0] }
                guard off.count == 1, let at = off.first, !counted.contains(own[at]) || !counted.contains(window[at]),
                    !"，。；：、（）有限公司".contains(window[at]), times(String(window)) == 1
                else { continue }
                // Each once: told where both sign or bear a label.
                let isSigned = place.end == place.letters.count && Self.isLabelled(place, own.count)
                let isTwice = times(name) > 1
                let alone = places.first { $0.letters[..<$0.end].suffix(own.count).elementsEqual(name) }
                let areBoth =
                    isSigned && alone.map { $0.end == $0.letters.count && Self.isLabelled($0, own.count) } ?? false
                guard isTwice || areBoth && first.number < place.line.number else { continue }
                found.append(Slip(name: String(window), usual: name, line: place.line, first: first))
            }
        }
        slips = found
    }

    private static func isLabelled(_ place: Place, _ length: Int) -> Bool {
        let start = place.end - length
        return start == 0 || "：）".contains(place.letters[start - 1])
    }
}

/// Who asked, where a sentence says it of another body than the label does: 住建局报审总投资, beside 送审单位：桐岭县水利局.
struct OtherApplicants {
    struct Found {
        var name: String
        var line: ReportText.Line
    }

    let all: [Found]

    init(_ report: ReportText, applicant: String?) {
        let words = report.words
        let bodies = words["bodies"].sorted { ($1.count, $0) < ($0.count, $1) }
        guard let applicant, bodies.contains(where: applicant.hasSuffix) else {
            all = []
            return
        }
        let verbs = words["asked_leads"]
        let lines = report.body.filter { !$0.isTableRow }
        all = lines.compactMap { line in
            for verb in verbs {
                for body in bodies {
                    guard let place = line.folded.firstBytes(of: body + verb) else { continue }
                    let rest = line.folded[place.upperBound...]
                    guard ["的“", "的202", "总", "预算", "金额", "资金", "项目", "投资", "20"].contains(where: rest.hasPrefix),
                        // 教育局 within 教育体育局 is no body of its own.
                        !applicant.hasSuffix(body), !body.hasSuffix(applicant.suffix(3)),
                        lines.count(where: { $0.folded.hasBytes(of: body) }) == 1
                    else { break }
                    return Found(name: body, line: line)
                }
            }
            return nil
        }
    }
}
