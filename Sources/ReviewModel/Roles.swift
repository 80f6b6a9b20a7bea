/// The three roles that a plugin can play. Each is implemented by the real thing inside a plugin, by the host's stand-in
/// for a plugin at the other end of a pipe, and by test doubles; callers cannot tell them apart.

/// Fills tables of the dossier from somewhere outside the spec: a workbook, a database, a converted report.
///
/// Open what the settings name, return the tables, and say in `schema` what the columns hold. Report rows in the order
/// of the source. Never guess a figure: an unreadable cell is null, and a finding says so.
public protocol DataSource: Sendable {
    var role: RoleDescription { get }
    func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic]
    /// The same, for settings that name fields or tables, or hold queries: the context knows what the dossier may hold.
    func validate(_ configuration: Value, in context: any SettingsContext) async throws -> [ConfigurationDiagnostic]
    func tables(_ request: SourceRequest) async throws -> [Table]
    /// The tables, and what is to be said of what could not be read: a table that nobody knows, a row without a figure. A source that
    /// has nothing to say leaves it to ``tables(_:)``.
    func read(_ request: SourceRequest) async throws -> SourceReading
}

/// A table of any length, read while it is handed over: a source needs the memory of a page for it.
///
/// Asked by one caller at a time, up to the end or until it is dropped.
public protocol TableStream: AnyObject, Sendable {
    /// The name and the columns.
    var schema: TableSchema { get }
    /// The next rows, at least one and at most so many, in the columns of ``schema``; `nil` behind the last. Cells may be of
    /// other types than their columns: ``texts`` names these at the end.
    func next(maximumRows: Int) throws -> Table?
    /// Behind the last row: the columns with cells that are not of their types, which go as the texts that they are.
    var texts: [String] { get }
    /// Behind the last row: what is to be said of what was read.
    var findings: [Finding] { get }
}

/// Judges a dossier. Same input, same assessment: no clock, no randomness, no network.
public protocol Scorer: Sendable {
    var role: RoleDescription { get }
    func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic]
    /// The same, for settings that name fields or tables, or hold queries: the context knows what the dossier may hold.
    func validate(_ configuration: Value, in context: any SettingsContext) async throws -> [ConfigurationDiagnostic]
    /// The checks that it makes with these settings, in the order of a manual.
    func rules(_ configuration: Value) async throws -> [Rule]
    func score(_ request: ScoringRequest) async throws -> Assessment
}

/// Turns a finished review into files. Write into `request.scratchDirectory` only, and return the paths relative to it.
/// A format that cannot be written is one of the failures; what could be written is kept.
public protocol Renderer: Sendable {
    var role: RoleDescription { get }
    func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic]
    /// The same, for settings that name fields or tables, or hold queries: the context knows what the dossier may hold.
    func validate(_ configuration: Value, in context: any SettingsContext) async throws -> [ConfigurationDiagnostic]
    func render(_ request: RenderingRequest) async throws -> Rendering
}

extension DataSource {
    public func read(_ request: SourceRequest) async throws -> SourceReading {
        SourceReading(try await tables(request))
    }
    public func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] { [] }
    public func validate(
        _ configuration: Value,
        in context: any SettingsContext
    ) async throws -> [ConfigurationDiagnostic] { try await validate(configuration) }
}

extension Scorer {
    public func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] { [] }
    public func validate(
        _ configuration: Value,
        in context: any SettingsContext
    ) async throws -> [ConfigurationDiagnostic] { try await validate(configuration) }
    public func rules(_ configuration: Value) async throws -> [Rule] { [] }
}

extension Renderer {
    public func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] { [] }
    public func validate(
        _ configuration: Value,
        in context: any SettingsContext
    ) async throws -> [ConfigurationDiagnostic] { try await validate(configuration) }
}

public struct SourceRequest: Sendable {
    public var configuration: Value
    /// The dossier before this source: the fields, and those tables that the role's `reads` names.
    public var dossier: Dossier
    /// Which fields and tables the dossier may have, for roles that ask for it; `nil` where the caller does not know.
    public var form: DossierOutline?
    /// Whether the caller takes ``SourceReading/streams``.
    public var mayStream = false
    public var context: any RoleContext

    public init(
        configuration: Value,
        dossier: Dossier = Dossier(),
        form: DossierOutline? = nil,
        context: any RoleContext = SilentContext()
    ) {
        self.configuration = configuration
        self.dossier = dossier
        self.form = form
        self.context = context
    }
}

public struct ScoringRequest: Sendable {
    public var configuration: Value
    /// The fields and those tables that the role's `reads` names, whole.
    public var dossier: Dossier
    /// What the steps that this one needs have returned, by step id.
    public var prior: [String: Assessment]
    /// What the spec sets for the parameters of this role's rules, and which of them are off.
    public var rules: RuleSettings
    /// What the dossier may hold; told to roles that ask for it (``RoleDescription/takesForm``).
    public var form: DossierOutline?
    public var context: any RoleContext

    public init(
        configuration: Value = .null,
        dossier: Dossier,
        prior: [String: Assessment] = [:],
        rules: RuleSettings = RuleSettings(),
        form: DossierOutline? = nil,
        context: any RoleContext = SilentContext()
    ) {
        self.configuration = configuration
        self.dossier = dossier
        self.prior = prior
        self.rules = rules
        self.form = form
        self.context = context
    }
}

/// What a role may tell its caller, and ask it, while it works.
public protocol RoleContext: Sendable {
    var locale: Locale { get }
    /// The id of the step that the call is made for; empty when there is none.
    var step: String { get }
    /// The absolute path of an empty folder that belongs to this call alone; `nil` where the caller gives none.
    var scratchDirectory: String? { get }
    /// A line for the run log.
    func log(_ level: LogLevel, _ message: String)
    /// How far the work is. `done` never decreases; `total` may be unknown.
    func progress(done: Int, total: Int?, message: String)
    /// How long each rule took; for the run log.
    func spent(_ times: [RuleTime])
    /// Says that the answer rests on more than the request, the dossier and the files that settings name: on another program, the network, the
    /// time. Such an answer does not stand for a later request, though the plugin says that it is repeatable.
    ///
    /// - Parameter what: for the log, such as a program.
    func restsOnMore(_ what: String)
    /// All tables of the dossier, those that the role does not read included.
    func tables() async throws -> [TableSummary]
    /// The answer to a question in SQL over all tables of the dossier, the ones that the role does not read included.
    /// `parameters` are the values of `:name`. Numbers are exact; Docs/QUERIES.md says what the language has.
    ///
    /// - Throws: ``QueryMistake`` where the question cannot be answered.
    func query(_ sql: String, _ parameters: Record) async throws -> Table
    /// The cells that the answer to a question rests on, the first few hundred, in the order of the question; none where nobody
    /// knows.
    func cells(of sql: String, _ parameters: Record) async throws -> [JSONPointer]
    /// Hands `table` to `body` page by page, each page a table of its own, so that a table of any length takes the memory
    /// of a page.
    ///
    /// - Parameter columns: some columns, in an order of one's own; `nil` for all.
    func read(_ table: String, columns: [String]?, page body: @Sendable (Table) async throws -> Void) async throws
}

extension RoleContext {
    public var step: String { "" }
    public var scratchDirectory: String? { nil }
    public func spent(_ times: [RuleTime]) {}
    public func restsOnMore(_ what: String) {}
    public func cells(of sql: String, _ parameters: Record) async throws -> [JSONPointer] { [] }
    public func query(_ sql: String) async throws -> Table { try await query(sql, Record()) }
}

/// A table of the dossier, without its rows.
public struct TableSummary: Sendable, Hashable {
    public var schema: TableSchema
    public var rowCount: Int

    public init(schema: TableSchema, rowCount: Int) { (self.schema, self.rowCount) = (schema, rowCount) }
}

/// There is no dossier to ask: a role was called without a host.
public struct NoDossier: Error, Sendable {
    public init() {}
}

public enum LogLevel: String, Sendable, CaseIterable {
    case debug, info, warning, error
}

/// A context that keeps everything to itself: for tests and for callers that do not care.
public struct SilentContext: RoleContext {
    public let locale: Locale
    public init(locale: Locale = .zh) { self.locale = locale }
    public func log(_ level: LogLevel, _ message: String) {}
    public func progress(done: Int, total: Int?, message: String) {}
    public func tables() async throws -> [TableSummary] { throw NoDossier() }
    public func query(_ sql: String, _ parameters: Record) async throws -> Table { throw NoDossier() }
    public func read(
        _ table: String,
        columns: [String]?,
        page body: @Sendable (Table) async throws -> Void
    ) async throws { throw NoDossier() }
}
