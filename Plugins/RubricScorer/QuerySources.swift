import ReviewModel
import Rubrics

/// The queries behind the scores that the dossier gives, and the cells that each answer rests on.
struct QuerySources: Sendable {
    /// By the code of the item and, where many things are judged, by the key of the thing.
    private var sources: [Key: Source] = [:]

    private struct Key: Hashable {
        var code: String
        var subject: String?
    }

    private struct Source {
        /// The query in one line, with its parameters.
        var query: String
        var cells: [JSONPointer]
    }

    /// Asks for the cells of every computed score of `subjects`, which is one `nil` where one thing is judged. Where nobody can be
    /// asked, the way ends at the query.
    init(_ rubric: Rubric, subjects: [String?], _ context: any RoleContext) async throws {
        for subject in subjects {
            for node in rubric.all {
                guard let sql = node.computation?.query else { continue }
                var parameters: Record = ["max": Value(node.max)]
                if let subject { parameters["subject"] = .text(subject) }
                sources[Key(code: node.code, subject: subject)] = Source(
                    query: Self.line(sql, node.max, subject),
                    cells: try await Self.cells(of: sql, parameters, context)
                )
            }
        }
    }

    private static func cells(of sql: String, _ parameters: Record, _ context: any RoleContext) async throws
        -> [JSONPointer]
    {
        do {
            return try await context.cells(of: sql, parameters)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // A query that fails has a finding of its own.
            return []
        }
    }

    private static func line(_ sql: String, _ max: ExactDecimal?, _ subject: String?) -> String {
        var given: [String] = []
        if sql.contains(":max"), let max { given.append(":max = \(max.withoutTrailingZeros)") }
        if sql.contains(":subject"), let subject { given.append(":subject = \(subject)") }
        let line = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line + (given.isEmpty ? "" : " (\(given.joined(separator: ", ")))")
    }

    /// The fact with its way to the cells, where its item was computed.
    func traced(_ fact: Fact, of item: ScoreItem, about subject: String?) -> Fact {
        guard item.status == .computed || item.isComputedAway,
            let source = sources[Key(code: item.code, subject: subject)]
        else {
            return fact
        }
        var fact = fact
        (fact.sources, fact.calculation) = (source.cells, source.query)
        return fact
    }
}
