internal import JSONDocument
public import ReviewModel

/// `scorer/score`: a dossier is judged; the reply is an assessment.
public struct Score: WireRequest {
    public typealias Response = Assessment

    public static let method = "scorer/score"
    public static let asker = Asker.host
    public static let summary = "a scorer judges a dossier"
    public static var hasLongLists: Bool { true }
    public var role: String
    public var configuration: Value
    public var frame: CallFrame
    public var dossier: WireDossier
    /// The assessments of the steps that this one needs, by step id.
    public var prior: [String: Assessment]
    /// What the spec sets for the parameters of the role's rules, and which of them it switches off.
    public var rules: RuleSettings
    /// What the dossier may hold, for roles whose manifest says `form`.
    public var form: FormText?

    public init(
        role: String,
        configuration: Value,
        dossier: WireDossier,
        prior: [String: Assessment] = [:],
        rules: RuleSettings = RuleSettings(),
        form: FormText? = nil,
        frame: CallFrame = CallFrame()
    ) {
        self.role = role
        self.configuration = configuration
        self.dossier = dossier
        self.prior = prior
        self.rules = rules
        self.form = form
        self.frame = frame
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let role = record.required("role")?.text(),
            let dossier = record.required("dossier").flatMap(WireDossier.init(wire:))
        else { return nil }
        self.init(
            role: role,
            configuration: record.record["config"] ?? .null,
            dossier: dossier,
            form: record.optional("form").map { FormText(JSONText($0.value)) },
            frame: CallFrame(record)
        )
        for (step, assessment) in record.optional("prior")?.record()?.all() ?? [] {
            prior[step] = Assessment(wire: assessment)
        }
        for (rule, values) in record.optional("rules")?.record()?.all() ?? [] {
            rules.values[rule] = values.value.record
        }
        rules.off = Set(record.optional("off")?.list().compactMap { $0.text() } ?? [])
    }

    public var wire: Value { long.whole }

    public var long: LongValue {
        var members: [(key: String, value: LongValue)] = [
            ("role", .value(.text(role))), ("config", .value(configuration)), ("dossier", .value(dossier.wire)),
        ]
        let steps = prior.sorted { $0.key < $1.key }
        if !steps.isEmpty { members.append(("prior", .record(steps.map { ($0.key, $0.value.long) }))) }
        var rest = Record()
        let settings = rules.values.sorted { $0.key < $1.key }
        rest.setIfPresent("rules", .record(Record(settings.map { ($0.key, .record($0.value)) })))
        rest.setIfPresent("off", .list(rules.off.sorted().map(Value.text)))
        if let form { rest["form"] = form.text.value }
        frame.add(to: &rest)
        return .record(members + rest.members.map { ($0.key, .value($0.value)) })
    }
}
