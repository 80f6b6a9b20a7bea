/// What settings are held against while they are checked: there is no dossier yet, but its form is known.
public protocol SettingsContext: Sendable {
    /// Which fields and tables a dossier may have; `nil` where the caller does not know.
    var form: DossierOutline? { get }
    /// What is wrong with a query among the settings, and which columns its answer would have. Nothing is run.
    ///
    /// Where the caller knows no queries, nothing is known and nothing is wrong.
    ///
    /// - Parameter parameters: the names that `:name` may have, with their types; `nil` for a type that is not known.
    func check(_ sql: String, parameters: [String: ColumnType?]) async throws -> QueryOutline
}

extension SettingsContext {
    public func check(_ sql: String) async throws -> QueryOutline { try await check(sql, parameters: [:]) }
}

/// A context that knows the form at most, and nothing of queries.
public struct FormContext: SettingsContext {
    public var form: DossierOutline?

    public init(form: DossierOutline? = nil) { self.form = form }

    public func check(_ sql: String, parameters: [String: ColumnType?]) -> QueryOutline { QueryOutline() }
}
