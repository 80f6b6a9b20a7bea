internal import ReviewModel

/// What a step tells its caller: how long its rules took goes to the run log, everything else the session sees to.
struct StepContext: RoleContext {
    let step: String
    let runLog: RunLog
    let locale = Locale.zh

    func spent(_ times: [RuleTime]) {
        if times.isEmpty { return }
        let rules = times.map { ($0.rule, Value.integer($0.microseconds)) }
        runLog.add(["step": .text(step), "ruleMicroseconds": .record(Record(rules))])
    }

    func log(_ level: LogLevel, _ message: String) {}
    func progress(done: Int, total: Int?, message: String) {}
    func tables() async throws -> [TableSummary] { throw NoDossier() }
    func query(_ sql: String, _ parameters: Record) async throws -> Table { throw NoDossier() }
    func read(
        _ table: String,
        columns: [String]?,
        page body: @Sendable (Table) async throws -> Void
    ) async throws { throw NoDossier() }
}
