import BudgetLines
import PrintedReports
import ReviewModel

/// A sentence that gives a row of a table another level or verdict than its column has.
let kindStated = DocumentRule(
    "document/kind-stated",
    .error,
    title: LocalizedText(zh: "正文所写某行的等级、结论与表不符", en: "a level or verdict of a row that the table has not"),
    manual: LocalizedText(
        zh: """
            表中有等级、结论、意见一类的栏时，正文"合同管理规范性评为中""冬季灯会和海钓邀请赛建议暂缓""建议立项的3个项目分别为甲、乙和丙"应与所列各行相同；后一种写法的个数应为所列名称的个数。名称须与表中一行的名称相同。
            """,
        en: """
            Where a table has a column of levels, verdicts or opinions, 合同管理规范性评为中, 甲和乙建议暂缓 and 建议立项的3个项目分别为甲、乙和丙 are what the rows of these names have; in the last form so many names are listed.
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
                    项目名称\t申报部门\t评审结论
                    音乐节\t文旅局\t建议立项
                    马拉松\t体育局\t建议立项
                    灯会\t文旅局\t建议暂缓
                    ↓灯会和马拉松建议暂缓。
            """,
            zh: "\"马拉松\"写为\"建议暂缓\"，表中\"评审结论\"为\"建议立项\"",
            en: "马拉松 is called 建议暂缓; the column 评审结论 has 建议立项"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目名称\t申报部门\t评审结论
                    音乐节\t文旅局\t建议立项
                    马拉松\t体育局\t建议立项
                    灯会\t文旅局\t建议暂缓
                    建议立项的2个项目分别为音乐节和马拉松。灯会建议暂缓。
            """
        ),
    ],
    check: { audit, findings in
        let rows = JudgedRows(KindColumn.all(audit.grids).filter(\.isJudged), audit.report.words)
        if rows.isEmpty { return }
        for line in audit.report.body where !line.isTableRow {
            for sentence in line.folded.withoutOrdinal.split(whereSeparator: { "。；".contains($0) }) {
                findings.add(rows.check(String(sentence), line))
            }
        }
    }
)

/// The rows that have a level or a verdict, by their names.
private struct JudgedRows {
    private struct Row {
        var name: String
        var kind: String
        var head: String
        var line: ReportText.Line
    }

    private var rows: [String: [Row]] = [:]
    /// Longer names before those that they begin with.
    private var names: [String] = []
    private var kinds: [String] = []
    private let words: ReportWords
    var isEmpty: Bool { rows.isEmpty }

    init(_ columns: [KindColumn], _ words: ReportWords) {
        self.words = words
        for column in columns {
            let named = column.rows.map { ($0, $0.name.folded) }
            let times = Dictionary(named.map { ($0.1, 1) }, uniquingKeysWith: +)
            for (row, name) in named where name.count > 1 && times[name] == 1 && name != column.kind(row) {
                let head = column.grid.heads[column.column]
                rows[name, default: []].append(Row(name: name, kind: column.kind(row), head: head, line: row.line))
            }
            kinds += column.kinds
            // 差 is said of a row though none has it.
            for key in ["grade_90", "grade_80", "grade_60", "grade_0", "verdicts"]
            where words[key].contains(where: column.kinds.contains) || key.hasPrefix("grade") && column.isGraded(words)
            {
                kinds += words[key]
            }
        }
        names = rows.keys.sorted { ($1.count, $0) < ($0.count, $1) }
        kinds = Set(kinds).sorted { ($1.count, $0) < ($0.count, $1) }
    }

    func check(_ sentence: String, _ line: ReportText.Line) -> [Finding] {
        listed(sentence, line) + said(sentence, line)
    }

    /// `冬季灯会和海钓邀请赛建议暂缓`, `海钓邀请赛未取得批复，评定为中`.
    private func said(_ sentence: String, _ line: ReportText.Line) -> [Finding] {
        var (open, found) = ([String](), [Finding]())
        for clause in sentence.split(separator: "，").map(String.init) {
            let (subjects, rest) = subjects(clause)
            if !subjects.isEmpty { open = subjects }
            guard !open.isEmpty, let kind = kind(rest, isBehindName: !subjects.isEmpty) else { continue }
            found += open.compactMap { differs($0, kind, line) }
        }
        return found
    }

    /// The names that a clause begins with, and what follows them.
    private func subjects(_ clause: String) -> ([String], String) {
        var (found, rest) = ([String](), clause[...])
        while let name = names.first(where: rest.hasPrefix) {
            found.append(name)
            rest = rest.dropFirst(name.count)
            guard let joint = ["、", "和", "及", "与"].first(where: rest.hasPrefix) else { break }
            rest = rest.dropFirst(joint.count)
        }
        return (found, String(rest))
    }

    private func kind(_ text: String, isBehindName: Bool) -> String? {
        var rest = text[...]
        for word in ["均", "都", "被"] where rest.hasPrefix(word) { rest = rest.dropFirst() }
        let link = words["kind_links"].filter(rest.hasPrefix).max { $0.count < $1.count }
        if let link { rest = rest.dropFirst(link.count) }
        rest = rest.filter { !"“”\"".contains($0) }[...]
        guard let kind = kinds.first(where: { rest == $0 }) else { return nil }
        if let link { return isBehindName || link.count > 1 ? kind : nil }
        return isBehindName && kind.count > 2 ? kind : nil
    }

    /// `建议立项的3个项目分别为甲、乙和丙`.
    private func listed(_ sentence: String, _ line: ReportText.Line) -> [Finding] {
        for kind in kinds where kind.count > 1 || sentence.contains("为\(kind)的") {
            guard let place = sentence.firstBytes(of: kind + "的"),
                !(sentence[..<place.lowerBound].last.map { "不未非无部".contains($0) } ?? false)
            else { continue }
            let behind = sentence[place.upperBound...]
            guard
                let link = ["分别为", "分别是", "包括", "为", "是", "有"].compactMap({ behind.firstBytes(of: $0) })
                    .min(by: { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) })
            else { continue }
            let lead = String(behind[..<link.lowerBound])
            guard lead.count <= 10, !lead.contains("，") else { continue }
            let items = behind[link.upperBound...].prefix { !"，（".contains($0) }.split(separator: "、").map(String.init)
                .flatMap { item in rows[item] != nil ? [item] : item.split { "和及与".contains($0) }.map(String.init) }
            guard !items.isEmpty, items.allSatisfy({ rows[$0] != nil }) else { continue }
            var found = items.compactMap { differs($0, kind, line) }
            if found.isEmpty, let figure = StatedFigure.all(in: lead).first, let stated = Int(figure.digits),
                stated != items.count
            {
                found.append(otherCount(kind, stated, items.count, line))
            }
            return found
        }
        return []
    }

    private func differs(_ name: String, _ kind: String, _ line: ReportText.Line) -> Finding? {
        let own = rows[name] ?? []
        // A row has a level in one column and a verdict in another: the one that has such words is meant.
        guard !own.contains(where: { $0.kind == kind }) else { return nil }
        let meant = own.filter { row in
            words.areAlike(row.kind, kind) || rows.values.joined().contains { $0.head == row.head && $0.kind == kind }
        }
        guard let row = meant.first else { return nil }
        return otherKind(row.name, kind, row.kind, row.head, row.line, line)
    }
}

extension KindColumn {
    fileprivate func isGraded(_ words: ReportWords) -> Bool {
        let grades = ["grade_90", "grade_80", "grade_60", "grade_0"].flatMap { words[$0] }
        return kinds.allSatisfy(grades.contains)
    }
}

extension ReportWords {
    /// Whether two words are of one scale: levels, or verdicts.
    fileprivate func areAlike(_ one: String, _ other: String) -> Bool {
        let grades = ["grade_90", "grade_80", "grade_60", "grade_0"].flatMap { self[$0] }
        return grades.contains(one) && grades.contains(other)
    }
}

// MARK: - Messages

private func otherKind(
    _ name: String,
    _ said: String,
    _ kind: String,
    _ head: String,
    _ row: ReportText.Line,
    _ line: ReportText.Line
) -> Finding {
    kindStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"写为\"\(said)\"，表中\"\(head)\"为\"\(kind)\"",
            en: "\(name) is called \(said); the column \(head) has \(kind)"
        ),
        subject: name,
        lines: [line.spot, row.spot],
        expected: kind,
        found: said
    )
}

private func otherCount(_ kind: String, _ stated: Int, _ listed: Int, _ line: ReportText.Line) -> Finding {
    kindStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(kind)\"的写为 \(stated) 个，所列为 \(listed) 个",
            en: "\(stated) of \(kind) are stated, \(listed) are listed"
        ),
        subject: kind,
        lines: [line.spot],
        expected: "\(listed)",
        found: "\(stated)"
    )
}
