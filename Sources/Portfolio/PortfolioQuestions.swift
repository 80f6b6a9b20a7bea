internal import DossierQuery
internal import ReviewModel
internal import Tables

/// What a summary's description asks of the reviews; no question depends on another one's answer.
struct PortfolioQuestions: Sendable {
    private let overview: PortfolioQuestion
    private let rules: [PortfolioQuestion]
    private let lists: [PortfolioQuestion]

    /// - Parameter parameters: what every query may name.
    init(_ document: PortfolioDocument, _ parameters: [String: Value]) {
        let pointer = document.overview.pointer / "query"
        overview = PortfolioQuestion(document.overview.query, "overview", at: pointer, parameters)
        rules = document.rules.map { rule in
            let own = parameters.merging(rule.parameters) { _, own in own }
            return PortfolioQuestion(rule.query, rule.id, at: rule.pointer / "query", own)
        }
        lists = document.lists.map { PortfolioQuestion($0.query, $0.name, at: $0.pointer / "query", parameters) }
    }

    private var all: [PortfolioQuestion] { [overview] + rules + lists }

    func answered(over dossier: Dossier) -> PortfolioAnswers { answers(all.map { $0.result(over: dossier) }, dossier) }

    func answeredSideBySide(over dossier: Dossier) async -> PortfolioAnswers {
        answers(await all.sideBySide { $0.result(over: dossier) }, dossier)
    }

    /// The queries that make further tables, in their order: each may ask for those above it.
    static func views(_ document: PortfolioDocument, _ parameters: [String: Value]) -> [PortfolioQuestion] {
        document.views.map { PortfolioQuestion($0.query, $0.name, at: $0.pointer, parameters) }
    }

    /// - Parameter results: one for each of ``all``, in their order.
    private func answers(_ results: [PortfolioQuestion.Result], _ dossier: Dossier) -> PortfolioAnswers {
        PortfolioAnswers(
            dossier: dossier,
            overview: results[0],
            rules: Array(results[1...].prefix(rules.count)),
            lists: Array(results.suffix(lists.count))
        )
    }
}

/// What was found, in the order of the description.
struct PortfolioAnswers: Sendable {
    /// What was asked.
    var dossier: Dossier
    var overview: PortfolioQuestion.Result
    var rules: [PortfolioQuestion.Result]
    var lists: [PortfolioQuestion.Result]
}

/// A query of a summary's description.
struct PortfolioQuestion: Sendable {
    typealias Result = Swift.Result<Table, PortfolioError>

    private let query: String
    fileprivate let name: String
    private let pointer: JSONPointer
    private let parameters: [String: Value]

    init(_ query: String, _ name: String, at pointer: JSONPointer, _ parameters: [String: Value]) {
        (self.query, self.name, self.pointer, self.parameters) = (query, name, pointer, parameters)
    }

    func result(over dossier: Dossier) -> Result {
        do throws(PortfolioError) { return .success(try answer(over: dossier)) } catch { return .failure(error) }
    }

    func answer(over dossier: Dossier) throws(PortfolioError) -> Table {
        do throws(QueryError) {
            return typed(try DossierQuery(query).run(on: dossier, parameters: parameters, named: name), dossier)
        } catch {
            throw PortfolioError(mistake: error.mistake(in: query).diagnostic(at: pointer))
        }
    }

    /// The answer with the types that the query says: a column without a single value does not show its own.
    private func typed(_ answer: Table, _ dossier: Dossier) -> Table {
        let types = parameters.mapValues { value -> ColumnType? in value.decimal == nil ? .text : .decimal }
        let known = DossierQuery(query).check(tables: dossier.tables.map(\.schema), parameters: types).columns
        guard known.count == answer.schema.columns.count else { return answer }
        var schema = answer.schema
        for (position, column) in known.enumerated() {
            guard let type = column.type, type == .decimal || schema.columns[position].type == .text else { continue }
            schema.columns[position].type = type
        }
        return answer.retyped(schema)
    }

    /// The words of the query: every table that it asks for is among them.
    fileprivate var words: Set<Substring> {
        Set(query.split { !($0.isLetter || $0.isNumber || $0 == "_") })
    }
}

extension [PortfolioQuestion] {
    /// Those that ask for none of the others' tables, then those that ask for theirs, and so on.
    var inWaves: [[PortfolioQuestion]] {
        var waves: [[PortfolioQuestion]] = []
        var made: [String: Int] = [:]
        for question in self {
            let words = question.words
            let wave =
                made.filter { name, _ in words.contains { $0.lowercased() == name.lowercased() } }
                .values.max().map { $0 + 1 } ?? 0
            if wave == waves.count { waves.append([]) }
            waves[wave].append(question)
            made[question.name] = wave
        }
        return waves
    }

    /// What `answer` makes of each, in their order.
    func sideBySide(
        _ answer: @escaping @Sendable (PortfolioQuestion) -> PortfolioQuestion.Result
    ) async -> [PortfolioQuestion.Result] {
        let found = await withTaskGroup(of: (Int, PortfolioQuestion.Result).self) { group in
            for (position, question) in enumerated() { group.addTask { (position, answer(question)) } }
            return await group.reduce(into: [Int: PortfolioQuestion.Result]()) { $0[$1.0] = $1.1 }
        }
        return indices.compactMap { found[$0] }
    }
}
