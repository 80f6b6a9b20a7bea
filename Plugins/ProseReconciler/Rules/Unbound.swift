import BudgetLines
import ReviewModel
import Targets

/// Numbers that no figure stands behind.
let unbound = ProseRule(
    "prose/unbound",
    .info,
    title: LocalizedText(zh: "数字没有对应的数据", en: "a number that no figure stands behind"),
    manual: LocalizedText(
        zh: """
            文字中有单位的数字，在数据中没有任何一个与之相等。词语指明是数据中哪一个数的，或与某个数据只差一位数字、两位\
            颠倒的，每段文字列为一条，并给出该数据；其余的合为一条，给出个数和位置：这些数只在文字中出现，没有可核对的\
            数据，其中彼此能算得出来的、在两处写法相同的不计。
            """,
        en: """
            Numbers with a unit that no figure of the dossier prints as. Where the words name a figure of the dossier, or one \
            differs in a digit or in two that have changed places, there is one finding a text, with that figure. All the \
            others are one finding that counts them and says where they stand: nothing can be held against them. Those that \
            others of their sentence make, and those that stand in two places alike, are not counted.
            """
    ),
    examples: [
        .bad(
            """
            fields:
              texts: {opinion: ↓据了解，周边同类项目每年投入约为 7.35 万元，可供参考和比较。}
            tables:
              budget_lines:
                - {id: L1, group: 课程活动服务费, quantity: 10, unit_price: 3400.00, amount: 34000.00}
            """,
            zh: "文字中有 1 个数（1 段文字）没有可核对的数据：约为 7.35 万元",
            en: "nothing can be held against 1 number(s) of 1 text(s): 约为 7.35 万元"
        ),
        .good(
            """
            fields:
              texts: {opinion: 据了解，本项目每年投入约为 3.40 万元，可供参考和比较。}
            tables:
              budget_lines:
                - {id: L1, group: 课程活动服务费, quantity: 10, unit_price: 3400.00, amount: 34000.00}
            """
        ),
    ],
    check: { audit, findings in findings.add(audit.found(by: findings.rule)) }
)

/// The numbers of one text that no figure bears out and that nothing contradicts, each with the figure that may be meant.
func notBound(_ numbers: [(number: ProseNumber, meant: ProseFigure)], in text: DossierText) -> Finding {
    let shown = numbers.prefix(mostShown)
    let more = numbers.count - shown.count
    let zh = shown.map { number, meant in "\(number.phrase)（\(meant.label.zh)为 \(number.printed(meant.value))）" }
    let en = shown.map { number, meant in "\(number.phrase) (\(meant.label.en) is \(number.printed(meant.value)))" }
    return unbound.rule.finding(
        message: LocalizedText(
            zh: "文字中的 \(zh.joined(separator: "、"))\(more > 0 ? " 等 \(numbers.count) 个数" : "")没有对应的数据",
            en: "no figure bears out \(en.joined(separator: ", "))\(more > 0 ? " and \(more) more" : "")"
        ),
        subject: text.pointer.dotted,
        pointers: [text.pointer],
        found: shown.map(\.number.phrase).joined(separator: " / "),
        hint: LocalizedText(
            zh: "请核对是否笔误；如由计算得出，请写明来源",
            en: "look for a slip of the pen; if it was computed, say from what"
        )
    )
}

/// The numbers of all texts of which the dossier has nothing.
struct LooseNumbers {
    private struct Entry {
        var number: ProseNumber
        var pointer: JSONPointer
        var isVouched: Bool
    }

    private struct Key: Hashable {
        var value: ExactDecimal
        var unit: ProseUnit
        var per: String
    }

    private var entries: [Entry] = []
    /// In how many texts each stands.
    private var places: [Key: Set<JSONPointer>] = [:]

    /// - Parameter isVouched: whether others of its text bear it out.
    mutating func add(_ number: ProseNumber, in text: DossierText, isVouched: Bool) {
        entries.append(Entry(number: number, pointer: text.pointer, isVouched: isVouched))
        // 3 of something stands everywhere.
        guard number.digits >= 3 else { return }
        places[Key(value: number.value, unit: number.unit, per: number.per), default: []].insert(text.pointer)
    }

    /// What there is to look at by hand; `nil` for nothing.
    var finding: Finding? {
        let open = entries.filter { entry in
            let key = Key(value: entry.number.value, unit: entry.number.unit, per: entry.number.per)
            return !entry.isVouched && places[key]?.count ?? 0 < 2
        }
        if open.isEmpty { return nil }
        let pointers = open.map(\.pointer).uniqued()
        let phrases = open.map(\.number.phrase).uniqued()
        // Who checks them by hand needs them all.
        let shown = phrases.prefix(mostListed)
        let rest = phrases.count > shown.count
        return unbound.rule.finding(
            message: LocalizedText(
                zh:
                    "文字中有 \(open.count) 个数（\(pointers.count) 段文字）没有可核对的数据：\(shown.joined(separator: "、"))\(rest ? " 等" : "")",
                en:
                    "nothing can be held against \(open.count) number(s) of \(pointers.count) text(s): \(shown.joined(separator: ", "))\(rest ? ", …" : "")"
            ),
            subject: "numbers without data",
            pointers: pointers,
            found: shown.prefix(mostShown).joined(separator: " / "),
            hint: LocalizedText(zh: "只在文字中出现的数，请人工核对", en: "they stand in the texts alone; check them by hand")
        )
    }
}

private let mostShown = 6
private let mostListed = 60
