/// What settings are held against while they are checked: there is no dossier yet, but its form is known.
public protocol SettingsContext: Sendable {
    /// Which fields and tables a dossier may have; `nil` where the caller does not know.
    var form: DossierOutline? { get }
    /// What the spec itself gives; `nil` where the caller does not know. Told to roles that find what it lacks: ``RoleDescription/finds``.
    var given: GivenDossier? { get }
    /// What is wrong with a query among the settings, and which columns its answer would have. Nothing is run.
    ///
    /// Where the caller knows no queries, nothing is known and nothing is wrong.
    ///
    /// - Parameter parameters: the names that `:name` may have, with their types; `nil` for a type that is not known.
    func check(_ sql: String, parameters: [String: ColumnType?]) async throws -> QueryOutline
    /// The answer of a query over what the spec itself gives; `nil` where the caller does not know it, or only later. A table that a
    /// source will fill is not there yet.
    ///
    /// - Parameter parameters: what `:name` stands for.
    func answer(_ sql: String, parameters: Record) async throws -> Table?
}

extension SettingsContext {
    public var given: GivenDossier? { nil }

    public func answer(_ sql: String, parameters: Record) async throws -> Table? { nil }

    public func answer(_ sql: String) async throws -> Table? { try await answer(sql, parameters: Record()) }

    public func check(_ sql: String) async throws -> QueryOutline { try await check(sql, parameters: [:]) }
}

/// What a dossier holds before anybody has judged it: the fields, and how long the tables are.
public struct GivenDossier: Sendable, Hashable {
    public var fields: Record
    /// The number of rows by the table's name; `nil` for a table that a source will fill. Other tables are not there.
    public var rowCounts: [String: Int?]

    public init(fields: Record, rowCounts: [String: Int?]) { (self.fields, self.rowCounts) = (fields, rowCounts) }
}

/// A context that knows the form at most, and nothing of queries.
public struct FormContext: SettingsContext {
    public var form: DossierOutline?
    public var given: GivenDossier?

    public init(form: DossierOutline? = nil, given: GivenDossier? = nil) { (self.form, self.given) = (form, given) }

    public func check(_ sql: String, parameters: [String: ColumnType?]) -> QueryOutline { QueryOutline() }
}
