import BudgetReview
import ReviewModel

func checkCitations(_ report: ReportText, _ dossier: Dossier) -> [Finding] {
    let bases = dossier.rows(of: "legal_bases").map {
        (title: $0.text("title"), level: $0.text("level"), pointer: $0.pointer)
    }
    guard !bases.isEmpty else { return [] }
    var (findings, seen) = ([Finding](), Set<String>())
    for line in report.body {
        for (title, _) in citations(in: line.text)
        where !bases.contains(where: { $0.title.folded == title.folded }) && seen.insert(title.folded).inserted {
            let core = title.filter { $0 != "《" && $0 != "》" }
            let near = bases.first { base in
                let other = base.title.filter { $0 != "《" && $0 != "》" }.folded
                let common = core.folded.commonSuffix(with: other)
                return common.count >= 10 || other.contains(core.folded.suffix(12))
            }
            findings.append(unlisted(title, near?.title, at: [line.pointer] + (near.map { [$0.pointer] } ?? [])))
        }
    }
    let numbers = dossier.rows(of: "legal_bases").map {
        ($0.text("title").folded, $0.text("number").folded, $0.pointer)
    }
    for line in report.lines {
        for (title, expected, pointer) in numbers where !expected.isEmpty && line.folded.hasBytes(of: title) {
            guard let found = line.folded.number(behind: title), found != expected else { continue }
            findings.append(otherNumber(title, found, expected, at: [line.pointer, pointer / "number"]))
        }
        for (title, level) in citations(in: line.text) {
            guard let level, let base = bases.first(where: { $0.title.folded == title.folded }), !base.level.isEmpty,
                !base.level.hasPrefix(level)
            else { continue }
            findings.append(otherLevel(title, level, base.level, at: [line.pointer, base.pointer / "level"]))
        }
    }
    return findings
}

/// The titles in 《》 of a line, nested ones as part of the outer, each with the level that was named last before it.
func citations(in text: String) -> [(title: String, level: String?)] {
    guard text.unicodeScalars.contains("《") else { return [] }
    var (found, open, level) = ([(String, String?)](), 0, nil as String?)
    var (title, before) = ("", "")
    for character in text {
        if character == "《" { open += 1 }
        if open > 0 { title.append(character) } else { before.append(character) }
        guard character == "》", open > 0 else { continue }
        open -= 1
        guard open == 0 else { continue }
        if let named = before.matches(of: /(国家|市级|区级|镇级)层面/).last { level = String(named.output.1) }
        found.append((title, level))
        (title, before) = ("", "")
    }
    return found
}

extension String {
    /// What stands in parentheses right behind `title` and ends in 号.
    fileprivate func number(behind title: String) -> String? {
        guard let found = firstRange(of: title), self[found.upperBound...].first == "（" else { return nil }
        let number = self[found.upperBound...].dropFirst().prefix { $0 != "）" }
        return number.hasSuffix("号") ? String(number) : nil
    }

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
