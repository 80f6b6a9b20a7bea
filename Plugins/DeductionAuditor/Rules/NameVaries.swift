import BudgetLines
import ReviewModel

/// One item under several names through the years.
let nameVaries = AuditRule(
    "history/name-varies",
    .info,
    title: LocalizedText(zh: "同一项目各年名称不同", en: "one item under several names"),
    manual: LocalizedText(
        zh: """
            用 history_key 联系起来的预算明细和历年明细，名称应相同；空格和标点全半角不计。只有中间几个字不同的（如"…养老服务站工程款"与"…养老服务中心工程款"）\
            可能指两处，逐项列为提醒；其余的合为一条提示。
            """,
        en: """
            Budget lines and items of earlier years that `history_key` joins should bear one name, blanks and the width of punctuation \
            aside. Names that differ in a few characters in the middle (…站工程款, …中心工程款) may mean two places: each is a warning. \
            The others make one finding.
            """
    ),
    examples: [
        .bad(
            """
            # 一个只有中间不同，可能是另一处；另一个改了名称。
            # One differs in the middle and may be another place; the other was renamed.
            tables:
              budget_lines:
                - ↓{id: L1, group: 柳湾苑养老服务中心工程款, quantity: 1, unit_price: 100.00, amount: 100.00, history_key: a}
                - ↓{id: L2, group: 课程服务费, quantity: 1, unit_price: 100.00, amount: 100.00, history_key: b}
              history:
                - {year: 2025, item: 柳湾苑养老服务站工程款, adjusted: 100.00, paid: 100.00, history_key: a}
                - {year: 2025, item: 课程服务, adjusted: 100.00, paid: 100.00, history_key: b}
            """,
            LocalizedText(
                zh: "\"柳湾苑养老服务中心工程款\"往年为\"柳湾苑养老服务站工程款\"，是否为同一处？",
                en: "\"柳湾苑养老服务中心工程款\" was \"柳湾苑养老服务站工程款\" before; are they one?"
            ),
            LocalizedText(
                zh: "1 个项目各年名称不同：\"课程服务费\" / \"课程服务\"",
                en: "1 items changed their names: \"课程服务费\" / \"课程服务\""
            )
        ),
        .good(
            """
            # 明细是同名项目的组成部分。
            # The lines are parts of an item of that name.
            tables:
              budget_lines:
                - {id: L1, group: 阅读活动, detail: 讲座, quantity: 1, unit_price: 100.00, amount: 100.00, history_key: d}
                - {id: L2, group: 阅读活动, detail: 印刷, quantity: 1, unit_price: 100.00, amount: 100.00, history_key: d}
              history:
                - {year: 2025, item: 阅读活动, adjusted: 100.00, paid: 100.00, history_key: d}
            """
        ),
        .good(
            """
            # 空格不计。
            # Blanks do not count.
            tables:
              budget_lines:
                - {id: L1, group: 维 护, quantity: 1, unit_price: 100.00, amount: 100.00, history_key: c}
              history:
                - {year: 2025, item: 维护, adjusted: 100.00, paid: 100.00, history_key: c}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    var (order, names) = ([String](), [String: [(name: String, pointer: JSONPointer)]]())
    func add(_ key: String, _ name: String, _ pointer: JSONPointer) {
        if names[key] == nil { order.append(key) }
        if names[key]?.contains(where: { $0.name.folded == name.folded }) == true { return }
        names[key, default: []].append((name, pointer))
    }
    // Lines of a group that bears the item's name are its parts.
    var items: [String: Set<String>] = [:]
    for item in audit.years.flatMap(\.items) {
        if let key = item.historyKey { items[key, default: []].insert(item.name.folded) }
    }
    for line in audit.lines {
        guard let key = line.historyKey else { continue }
        let isPart = items[key]?.contains(line.group.folded) ?? false
        add(key, isPart ? line.group : line.label, line.pointer)
    }
    for item in audit.years.reversed().flatMap(\.items) {
        guard let key = item.historyKey, names[key] != nil else { continue }
        add(key, item.name, item.pointer / "item")
    }
    var others: [[(name: String, pointer: JSONPointer)]] = []
    for found in order.compactMap({ names[$0] }) where found.count > 1 {
        if found.count == 2, found[0].name.folded.differsInTheMiddle(from: found[1].name.folded) {
            findings.add(twoPlaces(found))
        } else {
            others.append(found)
        }
    }
    if !others.isEmpty { findings.add(renamed(others)) }
}

extension String {
    /// Whether both have characters of their own between a beginning and an end that make most of them.
    fileprivate func differsInTheMiddle(from other: String) -> Bool {
        let (a, b) = (Array(self), Array(other))
        let start = zip(a, b).prefix { $0 == $1 }.count
        let end = zip(a.reversed(), b.reversed()).prefix(min(a.count, b.count) - start).prefix { $0 == $1 }.count
        let shorter = min(a.count, b.count)
        return start > 1 && end > 1 && start + end < shorter && (start + end) * 10 >= shorter * 7
    }
}

private func twoPlaces(_ names: [(name: String, pointer: JSONPointer)]) -> Finding {
    var finding = nameVaries.rule.finding(
        message: LocalizedText(
            zh: "\"\(names[0].name)\"往年为\"\(names[1].name)\"，是否为同一处？",
            en: "\"\(names[0].name)\" was \"\(names[1].name)\" before; are they one?"
        ),
        subject: names[0].name,
        pointers: names.map(\.pointer),
        expected: names[1].name,
        found: names[0].name,
        hint: LocalizedText(zh: "请统一名称", en: "use one name")
    )
    finding.severity = .warning
    return finding
}

private func renamed(_ groups: [[(name: String, pointer: JSONPointer)]]) -> Finding {
    let list = groups.map { names in names.map { "\"\($0.name)\"" }.joined(separator: " / ") }
    return nameVaries.rule.finding(
        message: LocalizedText(
            zh: "\(groups.count) 个项目各年名称不同：\(list.joined(separator: "；"))",
            en: "\(groups.count) items changed their names: \(list.joined(separator: "; "))"
        ),
        subject: "names",
        pointers: groups.compactMap { $0.first?.pointer },
        hint: LocalizedText(zh: "请在表中注明名称的变化，便于对照", en: "note the changes, so that the years can be compared")
    )
}
