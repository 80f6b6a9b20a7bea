import BudgetLines
import PrintedReports
import ReviewModel

/// The project under another name.
let projectName = DocumentRule(
    "document/project-name",
    .error,
    title: LocalizedText(zh: "项目名称前后不一致", en: "the project under another name"),
    manual: LocalizedText(
        zh: """
            在报告全文中查找与项目名称（八个字以上）等长、差三个字以内而首尾相同的写法（"……设备更新项目"与"……设备购置项目"，"青崖县人民医院……"与"临澜县人民医院……"）。只差数字的（一期、二期）是另一个项目，不列出；\
            项目名称由标题读取、而正文多处另作一名的，以多的为准。
            """,
        en: """
            Looks for spellings as long as the project's name (eight characters and more) that differ from it in three characters at most (……设备更新项目, ……设备购置项目). What differs in numbers alone (一期, 二期) is another project. \
            Where the report has the other name more often, that is the name.
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
                    ↓临澜县人民医院医疗设备更新项目立项依据充分。
            fields:
              project: {name: 临澜县人民医院医疗设备购置项目, town: 临澜县, year: 2026}
            """,
            zh: "项目名称写为\"临澜县人民医院医疗设备更新项目\"，他处为\"临澜县人民医院医疗设备购置项目\"",
            en: "the project is called \"临澜县人民医院医疗设备更新项目\" here, \"临澜县人民医院医疗设备购置项目\" elsewhere"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    临澜县人民医院医疗设备购置项目立项依据充分，与临澜县人民医院医疗设备购置一期项目衔接。
            fields:
              project: {name: 临澜县人民医院医疗设备购置项目, town: 临澜县, year: 2026}
            """
        ),
    ],
    check: { audit, findings in
        guard let name = audit.dossier.field("project", "name")?.text?.folded, name.count >= 8 else { return }
        findings.add(checkNames(audit.report, name))
    }
)

private func checkNames(_ report: ReportText, _ name: String) -> [Finding] {
    let scalars = Array(name.unicodeScalars)
    let most = min(3, scalars.count / 4)
    var places: [String: [ReportText.Line]] = [:]
    var count = 0
    for line in report.lines where !line.folded.isEmpty {
        let text = Array(line.folded.unicodeScalars)
        guard text.count >= scalars.count, let last = scalars.last else { continue }
        for start in 0...text.count - scalars.count where text[start + scalars.count - 1] == last {
            let window = text[start..<start + scalars.count]
            let differing = zip(window, scalars).filter { $0 != $1 }
            if differing.isEmpty { count += 1 }
            guard (1...max(most, 1)).contains(differing.count),
                !differing.contains(where: {
                    $0.0.isNumeral || $0.1.isNumeral || "，。；：、（）《》“”".unicodeScalars.contains($0.0)
                }),
                window.suffix(2).elementsEqual(scalars.suffix(2))
            else { continue }
            places[window.string, default: []].append(line)
        }
    }
    // What stands more often is the name; the title or the label has the slip.
    if let (other, lines) = places.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }),
        lines.count > max(count, 1)
    {
        let slips = report.lines.filter { $0.folded.hasBytes(of: name) }
        return slips.prefix(1).map { called(name, other, [$0]) }
    }
    return places.sorted { $0.key < $1.key }.map { called($0.key, name, $0.value) }
}

extension Unicode.Scalar {
    fileprivate var isNumeral: Bool { isDigit || "一二三四五六七八九十东西南北上下前后ABCDEF".unicodeScalars.contains(self) }
}

private func called(_ name: String, _ expected: String, _ lines: [ReportText.Line]) -> Finding {
    projectName.rule.finding(
        message: LocalizedText(
            zh: "项目名称写为\"\(name)\"，他处为\"\(expected)\"",
            en: "the project is called \"\(name)\" here, \"\(expected)\" elsewhere"
        ),
        subject: name,
        lines: lines.prefix(10).map(\.spot),
        expected: expected,
        found: name,
        hint: LocalizedText(zh: "请统一项目名称", en: "use one name throughout")
    )
}
