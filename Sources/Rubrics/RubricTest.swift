public import ReviewModel

/// A question about a sheet of scores and the dossier, for overrides and for rules between items.
public indirect enum RubricTest: Sendable, Hashable {
    /// A field of the dossier equals a value.
    case field(RubricCondition)
    /// An item has one of these levels.
    case level(code: String, names: [String], at: Place = Place())
    /// An item has less than this share of its points, in percent.
    case below(code: String, percent: ExactDecimal, at: Place = Place())
    /// A query over the dossier answers true.
    case query(Query)
    case all([RubricTest])
    case any([RubricTest])
    case not(RubricTest)

    /// Where an item is named, and what is asked of it. Two questions are the same wherever they stand.
    public struct Place: Sendable, Hashable {
        public var item = JSONPointer()
        public var answer = JSONPointer()

        public init(item: JSONPointer = JSONPointer(), answer: JSONPointer = JSONPointer()) {
            (self.item, self.answer) = (item, answer)
        }

        public static func == (left: Place, right: Place) -> Bool { true }
        public func hash(into hasher: inout Hasher) {}
    }

    /// A query, and where it is written. Two queries are the same wherever they stand.
    public struct Query: Sendable, Hashable {
        public var sql: String
        public var pointer: JSONPointer

        public static func == (left: Query, right: Query) -> Bool { left.sql == right.sql }
        public func hash(into hasher: inout Hasher) { hasher.combine(sql) }
    }

    /// The answer; `nil` when it cannot be known.
    ///
    /// - Parameter answers: the answers of the queries, by their text.
    public func holds(_ items: [String: ScoreItem], _ dossier: Dossier, answers: [String: Value]) -> Bool? {
        switch self {
        case .field(let condition): return condition.holds(in: dossier)
        case .level(let code, let names, _): return items[code]?.level.map(names.contains)
        case .below(let code, let percent, _):
            guard let item = items[code], let points = item.points, let max = item.max, let least = try? max * percent,
                let scaled = try? points * 100
            else { return nil }
            return scaled < least
        case .query(let query): return answers[query.sql]?.boolean
        case .all(let tests):
            let found = tests.map { $0.holds(items, dossier, answers: answers) }
            return found.contains(false) ? false : found.contains(nil) ? nil : true
        case .any(let tests):
            let found = tests.map { $0.holds(items, dossier, answers: answers) }
            return found.contains(true) ? true : found.contains(nil) ? nil : false
        case .not(let test): return test.holds(items, dossier, answers: answers).map { !$0 }
        }
    }

    /// The codes of items that it asks for, each with the levels that it names.
    public var codes: [(code: String, levels: [String], place: Place)] {
        switch self {
        case .level(let code, let names, let place): [(code, names, place)]
        case .below(let code, _, let place): [(code, [], place)]
        case .all(let tests), .any(let tests): tests.flatMap(\.codes)
        case .not(let test): test.codes
        case .field, .query: []
        }
    }

    /// The same, where a level that is asked for has others that count as it.
    func counting(_ levels: (_ code: String, _ names: [String]) -> [String]) -> RubricTest {
        switch self {
        case .level(let code, let names, let place):
            .level(code: code, names: names + levels(code, names), at: place)
        case .all(let tests): .all(tests.map { $0.counting(levels) })
        case .any(let tests): .any(tests.map { $0.counting(levels) })
        case .not(let test): .not(test.counting(levels))
        case .field, .below, .query: self
        }
    }

    /// The shares that items are asked to be below, in percent.
    var shares: [(code: String, percent: ExactDecimal, place: Place)] {
        switch self {
        case .below(let code, let percent, let place): [(code, percent, place)]
        case .all(let tests), .any(let tests): tests.flatMap(\.shares)
        case .not(let test): test.shares
        case .field, .level, .query: []
        }
    }

    /// The queries in it.
    public var queries: [Query] {
        switch self {
        case .query(let query): [query]
        case .all(let tests), .any(let tests): tests.flatMap(\.queries)
        case .not(let test): test.queries
        case .field, .level, .below: []
        }
    }

    /// The questions to fields in it.
    public var conditions: [RubricCondition] {
        switch self {
        case .field(let condition): [condition]
        case .all(let tests), .any(let tests): tests.flatMap(\.conditions)
        case .not(let test): test.conditions
        case .query, .level, .below: []
        }
    }
}

/// What must hold between items: where `when` holds, `then` must hold too.
public struct RubricRule: Sendable {
    public var when: RubricTest
    public var then: RubricTest
    public var message: LocalizedText?
    public var pointer: JSONPointer
}

/// A verdict that replaces that of the total.
public struct RubricOverride: Sendable {
    public var verdict: Verdict
    public var when: RubricTest
    public var pointer: JSONPointer
    /// Whether it is the best that the verdict can be, so that a worse one stands.
    public var isCap = false
}

// MARK: - Reading

extension RubricTest {
    /// Reads `{field: /project/x, equals: true}`, `{item: "2.1", level: [no]}`, `{item: A, below: 60%}`, `{query: SELECT …}`,
    /// `{all: […]}`, `{any: […]}`, `{not: …}`.
    public init?(_ reader: ValueReader) {
        if let text = reader.value.text {
            reader.log.add(conditionAsText(text, at: reader.pointer))
            return nil
        }
        guard let record = reader.record() else { return nil }
        defer { record.finish() }
        if let item = record.optional("item") {
            guard let code = item.text() else { return nil }
            if let level = record.optional("level") {
                let names = level.value.list == nil ? [level.text()] : level.list().map { $0.text() }
                let place = Place(item: item.pointer, answer: level.pointer)
                self = .level(code: code, names: names.compactMap { $0 }, at: place)
            } else if let below = record.optional("below") {
                guard let percent = below.percent() else { return nil }
                below.tellOfMissingSign(percent, upTo: 100)
                self = .below(code: code, percent: percent, at: Place(item: item.pointer, answer: below.pointer))
            } else {
                // Another key in its place is told as what it is.
                if record.record.members.count == 1 { _ = record.required("below") }
                return nil
            }
        } else if let query = record.optional("query") {
            guard let sql = query.text() else { return nil }
            self = .query(Query(sql: sql, pointer: query.pointer))
        } else if let all = record.optional("all") {
            self = .all(Self.several(all))
        } else if let any = record.optional("any") {
            self = .any(Self.several(any))
        } else if let not = record.optional("not") {
            guard let test = RubricTest(not) else { return nil }
            self = .not(test)
        } else if record.record["field"] == nil, record.record["equals"] == nil, !record.record.isEmpty {
            // What is asked of nothing, or asked otherwise: {or: […]}, {below: 60%}.
            for key in ["field", "equals", "level", "below"] { _ = record.optional(key) }
            if record.record["level"] != nil || record.record["below"] != nil { _ = record.required("item") }
            return nil
        } else {
            guard let field = record.required("field"), let value = record.required("equals"),
                let condition = RubricCondition(field: field, equals: value)
            else { return nil }
            self = .field(condition)
        }
    }

    /// Of no conditions all would always hold, and any never.
    private static func several(_ reader: ValueReader) -> [RubricTest] {
        let readers = reader.list()
        if reader.value.list?.isEmpty ?? false { reader.log.add(noConditions(at: reader.pointer)) }
        return readers.compactMap(RubricTest.init)
    }
}

extension RubricRule {
    init?(_ reader: ValueReader) {
        guard let record = reader.record(), let when = record.required("when").flatMap(RubricTest.init),
            let then = record.required("then").flatMap(RubricTest.init)
        else { return nil }
        self.init(when: when, then: then, message: record.optional("message")?.localizedText(), pointer: reader.pointer)
        record.finish()
    }
}

extension RubricOverride {
    init?(_ reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        let (code, name) = (record.required("code")?.text(), record.required("name")?.localizedText())
        let when = record.required("when").flatMap(RubricTest.init)
        let isCap = record.optional("at_most")?.boolean() ?? false
        record.finish()
        guard let code, let name, let when else { return nil }
        let verdict = Verdict(code: code, name: name, band: "")
        self.init(verdict: verdict, when: when, pointer: reader.pointer, isCap: isCap)
    }
}

// MARK: - Messages

/// `has_surplus = true`, as other programs have it.
func conditionAsText(_ text: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let sides = text.split(separator: "=").map { $0.split(separator: " ").joined(separator: " ") }
    let path = sides.first?.split(whereSeparator: { $0 == "." || $0 == "/" }).map { "/" + $0 }.joined() ?? ""
    let isEquation = sides.count == 2 && !path.contains(" ") && !path.isEmpty
    let meant = isEquation ? "{field: \(path), equals: \(sides[1])}" : "{field: /project/…, equals: …}"
    return rubricDiagnostic(
        "condition-as-text",
        "条件应写在花括号里，实为\"\(text)\"",
        "a condition stands in braces, found \"\(text)\"",
        at: pointer,
        help: LocalizedText(zh: "写法如 \(meant)", en: "write it as in \(meant)")
    )
}

private func noConditions(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/no-conditions",
        message: LocalizedText(zh: "条件列表是空的，总是或从不成立", en: "the list of conditions is empty: it always or never holds"),
        pointer: pointer,
        help: LocalizedText(zh: "请写出条件，如 {item: A, below: 60%}", en: "write conditions, such as {item: A, below: 60%}")
    )
}
