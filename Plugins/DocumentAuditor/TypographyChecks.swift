import BudgetLines
import PrintedReports
import ReviewModel

func checkPunctuation(_ report: ReportText) -> [Finding] {
    report.lines.flatMap { line in
        let scalars = line.scalars
        return scalars.indices.dropFirst().filter { position in
            // 虹桥镇镇级 is a town's level.
            scalars[position] == scalars[position - 1] && marks.contains(scalars[position])
                && !(position + 1 < scalars.count && scalars[position + 1] == "级")
        }.map { position in
            let found = scalars[position - 1...position].string
            let around = scalars[max(0, position - 9)..<min(scalars.count, position + 9)].string
            return doubledPunctuation.finding(
                message: LocalizedText(zh: "\"\(found)\"重复：…\(around)…", en: "\"\(found)\" stands twice: …\(around)…"),
                subject: found,
                pointers: [line.pointer],
                expected: String(scalars[position]),
                found: found
            )
        }
    }
}

private let marks: Set<Unicode.Scalar> = ["。", "，", "；", "：", "、", "？", "！", "市", "区", "镇", "的", "了"]

func checkSplitNumbers(_ report: ReportText) -> [Finding] {
    report.lines.compactMap { line in
        let printed = splitNumbers(in: line.scalars)
        if printed.isEmpty { return nil }
        let list = printed.joined(separator: " / ")
        return splitNumber.finding(
            message: LocalizedText(zh: "数字 \(list) 中有空格", en: "there is a blank inside \(list)"),
            subject: list,
            pointers: [line.pointer],
            expected: printed.map { $0.filter { $0 != " " } }.joined(separator: " / "),
            found: list
        )
    }
}

/// Digits, a point or a separator, a blank, and digits again: `800. 23`, `1, 703`. `1. 2026` at the beginning of a line is a
/// heading, and `3, 4` are two numbers.
private func splitNumbers(in scalars: [Unicode.Scalar]) -> [String] {
    var (found, position) = ([String](), 0)
    while position < scalars.count {
        guard scalars[position].isDigit else {
            position += 1
            continue
        }
        let start = position
        let head = scalars[start...].prefix { $0.isDigit || $0 == "," || $0 == "." }
        position = head.endIndex
        guard start > 0, let mark = head.last, !mark.isDigit, position < scalars.count, scalars[position] == " " else {
            continue
        }
        let tail = scalars[(position + 1)...].prefix(while: \.isDigit)
        guard mark == "." ? !tail.isEmpty : tail.count == 3 else { continue }
        position = tail.endIndex
        found.append(scalars[start..<position].string)
    }
    return found
}
