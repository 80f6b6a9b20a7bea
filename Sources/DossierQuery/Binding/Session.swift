internal import ReviewModel
internal import Tables

/// What is the same for all parts of a query while it is bound.
final class Session {
    let tables: [String: Table]
    let tableNames: [String]
    let parameters: [String: Parameter]
    let optimises: Bool
    /// The fields that there may be; `nil` where nobody knows, and every path may lead somewhere.
    var fields: DossierOutline?
    /// The tables that are filled, among those that there may be; `nil` where all are.
    var filled: Set<String>?
    /// Whether tables are not known at all, so that any may be there, with any columns.
    var isOpen = false
    private let run: Run
    /// Where this is set, errors are gathered and binding goes on.
    var gathers = false
    private(set) var errors: [QueryError] = []

    /// A parameter's value, or what is known of it.
    enum Parameter {
        case value(Value)
        case kind(Kind?)
    }

    init(_ tables: [Table], parameters: [String: Parameter], run: Run) {
        self.tables = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        tableNames = tables.map(\.name)
        (self.parameters, self.run, optimises) = (parameters, run, run.optimises)
    }

    /// Notes what does not keep the query from being understood.
    func note(_ error: QueryError) {
        if gathers { errors.append(error) }
    }

    /// Planning is work, too.
    func spend(_ count: Int) throws(QueryError) { try run.spend(count) }

    /// Notes an error and goes on with `otherwise`, or throws it.
    func attempt<Result>(
        _ otherwise: @autoclosure () -> Result,
        _ body: () throws(QueryError) -> Result
    ) throws(QueryError) -> Result {
        do throws(QueryError) {
            return try body()
        } catch {
            if !gathers || error.isFinal { throw error }
            errors.append(error)
            return otherwise()
        }
    }
}
