internal import ReviewModel

extension NormBook {
    /// Whether everything that is named is there, and every norm has one meaning.
    func lint(_ reader: ValueReader) {
        let log = reader.log
        let known = (items + purchases).map(\.code)
        let codes = units.map(\.code)
        for norm in norms {
            guard let item = (items + purchases).first(where: { $0.code == norm.item }) else {
                log.add(unknown(itemName, norm.item, known, at: norm.pointer / "of"))
                continue
            }
            let named = norm.limit.named
            for unit in named.units where !codes.contains(unit.code) {
                log.add(unknown(unitName, unit.code, codes, at: norm.pointer(unit.path)))
            }
            let classes = item.classes.map(\.code)
            for grade in named.classes where !grade.code.isEmpty && !classes.contains(grade.code) {
                log.add(unknown(className, grade.code, classes, at: norm.pointer(grade.path)))
            }
            for method in named.methods where !methods.contains(where: { $0.code == method.code }) {
                log.add(unknown(methodName, method.code, methods.map(\.code), at: norm.pointer(method.path)))
            }
        }
        lintTwins(log)
        lintWords(items, reader, "items")
        lintWords(purchases, reader, "purchases")
    }

    /// Two norms of one item, kind, place and day: which of them counts, nobody could say.
    private func lintTwins(_ log: DiagnosticLog) {
        var first: [String: String] = [:]
        for norm in norms {
            let key = "\(norm.item)\t\(norm.limit.kind)\t\(norm.place ?? "")\t\(norm.from)"
            if let twin = first[key] { log.add(twins(norm.id, twin, at: norm.pointer)) } else { first[key] = norm.id }
        }
    }

    /// A word of two items says neither.
    private func lintWords(_ items: [NormItem], _ reader: ValueReader, _ key: String) {
        var owners: [String: String] = [:]
        for item in items {
            for word in Set(item.words).sorted() {
                if let other = owners[word], other != item.code {
                    reader.log.add(sharedWord(word, item.code, other, at: reader.pointer / key / item.code))
                } else {
                    owners[word] = item.code
                }
            }
        }
    }
}

extension Norm {
    fileprivate func pointer(_ path: [String]) -> JSONPointer { path.reduce(pointer) { $0 / $1 } }
}

extension Norm.Limit {
    /// A code that a limit names, and the keys that lead to it.
    fileprivate typealias Named = (code: String, path: [String])

    fileprivate var named: (units: [Named], classes: [Named], methods: [Named]) {
        switch self {
        case .cap(let cap):
            let units =
                cap.per.map { ($0, ["cap", "per"]) } + cap.steps.map { ($0.unit, ["cap", "steps"]) }
                + cap.instead.flatMap { [($0.unit, ["cap", "instead"]), ($0.counted, ["cap", "instead", $0.unit])] }
            let classes =
                cap.amounts.map { ($0.code, ["cap", "amount"]) }
                + cap.beforeTax.map { ($0.code, ["cap", "before_tax"]) }
            return (units, classes, [])
        case .most(let most):
            return (
                most.map { ($0.unit, ["most"]) },
                most.flatMap { limit in limit.amounts.map { ($0.code, ["most", limit.unit]) } }, []
            )
        case .purchase(let limit): return ([], [], limit.methods.map { ($0, ["limit", "methods"]) })
        case .least(let unit, _): return ([(unit, ["least"])], [], [])
        case .share, .table: return ([], [], [])
        }
    }

    /// What kind of limit it is, so that two of one kind can be told.
    fileprivate var kind: String {
        switch self {
        case .cap, .share, .table: "price"
        case .most: "most"
        case .purchase(let limit): "limit " + limit.title.zh
        case .least: "least"
        }
    }
}

// MARK: - Messages

private let itemName = LocalizedText(zh: "items 或 purchases", en: "items or purchases")
private let unitName = LocalizedText(zh: "units", en: "units")
private let className = LocalizedText(zh: "该项目的 classes", en: "the item's classes")
private let methodName = LocalizedText(zh: "methods", en: "methods")

private func unknown(
    _ among: LocalizedText,
    _ code: String,
    _ known: [String],
    at pointer: JSONPointer
) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "prices/unknown-code",
        message: LocalizedText(zh: "\(among.zh) 中没有\"\(code)\"", en: "there is no \"\(code)\" in \(among.en)"),
        pointer: pointer,
        help: suggestion(for: code, among: known)
    )
}

private func twins(_ id: String, _ other: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "prices/two-norms",
        message: LocalizedText(
            zh: "\"\(id)\"与\"\(other)\"限制同一项目，地区和生效日也相同，无从取舍",
            en:
                "\"\(id)\" and \"\(other)\" limit the same item in the same place from the same day: nobody can say which counts"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "请删去一条，或写明各自的地区（place）和有效期（from、until）",
            en: "remove one, or say their places and periods"
        )
    )
}

private func sharedWord(_ word: String, _ code: String, _ other: String, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        code: "prices/shared-word",
        message: LocalizedText(
            zh: "\"\(word)\"既是\"\(other)\"的词语，又是\"\(code)\"的词语",
            en: "\"\(word)\" is a word of \"\(other)\" and of \"\(code)\""
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请只留一处", en: "keep it in one of them")
    )
}
