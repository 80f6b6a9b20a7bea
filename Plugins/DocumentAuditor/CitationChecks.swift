import BudgetLines
import PrintedReports
import ReviewModel

func checkCitations(_ report: ReportText, _ dossier: Dossier) -> [Finding] {
    let bases = dossier.rows(of: "legal_bases").map(CitedBasis.init)
    guard !bases.isEmpty else { return [] }
    let listed = Dictionary(bases.map { ($0.folded, $0) }, uniquingKeysWith: { first, _ in first })
    let cited = report.lines.map { citations(in: $0.scalars) }
    var (findings, seen) = ([Finding](), Set<String>())
    for (line, citations) in zip(report.body, cited) {
        for (title, _) in citations where listed[title.folded] == nil && seen.insert(title.folded).inserted {
            let near = nearest(to: title, among: bases)
            findings.append(unlisted(title, near?.title, at: [line.pointer] + (near.map { [$0.pointer] } ?? [])))
        }
    }
    for (line, citations) in zip(report.lines, cited) {
        let namesTitle = line.folded.hasBytes(of: "《")
        for basis in bases where !basis.number.isEmpty && (namesTitle || !basis.folded.beginsWithBytes(of: "《")) {
            guard let found = line.folded.number(behind: basis.folded), found != basis.number else { continue }
            findings.append(
                otherNumber(basis.folded, found, basis.number, at: [line.pointer, basis.pointer / "number"])
            )
        }
        for (title, level) in citations {
            guard let level, let base = listed[title.folded], !base.level.isEmpty, !base.level.hasPrefix(level) else {
                continue
            }
            findings.append(otherLevel(title, level, base.level, at: [line.pointer, base.pointer / "level"]))
        }
    }
    return findings
}

/// An entry of the list of legal bases, with the spellings that citations are held against.
private struct CitedBasis {
    var title: String
    /// The title as ``Swift/StringProtocol/folded`` has it, and the same without 《》.
    var (folded, core): (String, String)
    var number: String
    var level: String
    var pointer: JSONPointer

    init(_ row: TableRow) {
        title = row.text("title")
        folded = title.folded
        core = title.withoutBrackets.folded
        number = row.text("number").folded
        level = row.text("level")
        pointer = row.pointer
    }
}

/// The first basis that ends like a title that none is.
private func nearest(to title: String, among bases: [CitedBasis]) -> CitedBasis? {
    let core = title.withoutBrackets.folded
    let end = String(core.suffix(12))
    return bases.first { core.commonSuffix(with: $0.core).count >= 10 || $0.core.hasBytes(of: end) }
}

/// The titles in 《》 of a line, nested ones as part of the outer, each with the level that was named last before it.
func citations(in text: [Unicode.Scalar]) -> [(title: String, level: String?)] {
    guard text.contains("《") else { return [] }
    var (found, open, level) = ([(String, String?)](), 0, nil as String?)
    var (start, end) = (0, 0)
    for (position, scalar) in text.enumerated() {
        if scalar == "《" {
            if open == 0 { start = position }
            open += 1
        }
        guard scalar == "》", open > 0 else { continue }
        open -= 1
        guard open == 0 else { continue }
        level = lastLevel(in: text[end..<start]) ?? level
        end = position + 1
        found.append((text[start..<end].string, level))
    }
    return found
}

/// The level that a text names last: 国家 of 国家层面.
private func lastLevel(in text: ArraySlice<Unicode.Scalar>) -> String? {
    for start in text.indices.dropLast(3).reversed() where text[start + 2] == "层" && text[start + 3] == "面" {
        let level = text[start..<start + 2].string
        if levels.contains(level) { return level }
    }
    return nil
}

private let levels = ["国家", "市级", "区级", "镇级"]

extension String {
    /// What stands in parentheses right behind `title` and ends in 号.
    fileprivate func number(behind title: String) -> String? {
        guard let found = firstBytes(of: title), self[found.upperBound...].beginsWithBytes(of: "（") else { return nil }
        let number = self[found.upperBound...].dropFirst().prefix { $0 != "）" }
        return number.hasSuffix("号") ? String(number) : nil
    }

    fileprivate var withoutBrackets: String { String(unicodeScalars.filter { $0 != "《" && $0 != "》" }) }

    fileprivate func commonSuffix(with other: String) -> String {
        String(zip(reversed(), other.reversed()).prefix { $0 == $1 }.map(\.0).reversed())
    }
}

// MARK: - Messages

private func unlisted(_ title: String, _ near: String?, at pointers: [JSONPointer]) -> Finding {
    citedTitle.finding(
        message: LocalizedText(
            zh: "引用的\(title)" + (near.map { "在立项依据清单中为\($0)" } ?? "不在立项依据清单中"),
            en: "\(title) is " + (near.map { "\($0) in the list of legal bases" } ?? "not in the list of legal bases")
        ),
        subject: title,
        pointers: pointers,
        expected: near ?? "",
        found: title,
        hint: LocalizedText(zh: "请统一文件名称，或补入立项依据", en: "use one title, or add it to the legal bases")
    )
}

private func otherLevel(_ title: String, _ level: String, _ expected: String, at pointers: [JSONPointer]) -> Finding {
    citedLevel.finding(
        message: LocalizedText(
            zh: "\(title)写作\(level)层面，立项依据清单中为\(expected)",
            en: "\(title) is said to be \(level), the list of legal bases says \(expected)"
        ),
        subject: title,
        pointers: pointers,
        expected: expected,
        found: level
    )
}

private func otherNumber(_ title: String, _ found: String, _ expected: String, at pointers: [JSONPointer]) -> Finding {
    citedNumber.finding(
        message: LocalizedText(
            zh: "\(title)的文号此处为\(found)，立项依据清单中为\(expected)",
            en: "\(title) has the number \(found) here, and \(expected) in the list of legal bases"
        ),
        subject: title,
        pointers: pointers,
        expected: expected,
        found: found
    )
}
