internal import ReviewModel
internal import SpecLoading

/// Which renderers come before which, and which formats are asked of them. Pure.
struct RenderingOrder: Sendable {
    struct Step: Sendable {
        var id: String
        var needs: [String]
        var role: RoleDescription

        init(id: String, needs: [String], role: RoleDescription) {
            (self.id, self.needs, self.role) = (id, needs, role)
        }

        init(_ step: Spec.Step, _ role: RoleDescription) { self.init(id: step.id, needs: step.needs, role: role) }
    }

    private let steps: [Step]
    /// The steps that one takes files of.
    private let suppliersByID: [String: [String]]
    private let predecessorsByID: [String: Set<String>]

    /// - Parameter steps: the renderers, in the order of the spec.
    init(_ steps: [Step]) {
        self.steps = steps
        var suppliers: [String: [String]] = [:]
        for (position, step) in steps.enumerated() where !step.role.takes.isEmpty {
            let earlier = steps[..<position].filter { !Set($0.role.writes).isDisjoint(with: step.role.takenFromOthers) }
            let named = earlier.filter { step.needs.contains($0.id) }
            suppliers[step.id] = (named.isEmpty ? earlier : named).map(\.id)
        }
        suppliersByID = suppliers
        // Needs and suppliers stand earlier in the spec, so each step's own are complete when it is looked at.
        var before: [String: Set<String>] = [:]
        for step in steps {
            let direct = (suppliers[step.id] ?? []) + step.needs.filter { need in steps.contains { $0.id == need } }
            before[step.id] = direct.reduce(into: Set(direct)) { $0.formUnion(before[$1] ?? []) }
        }
        // Those that find go first, unless they are made from one that does not, or from what it is made from.
        let finders = Set(steps.filter(\.role.finds).map(\.id))
        let beforeFinders = finders.reduce(into: Set<String>()) { $0.formUnion(before[$1] ?? []) }
        for step in steps where !step.role.finds && !beforeFinders.contains(step.id) {
            before[step.id, default: []].formUnion(finders)
        }
        predecessorsByID = before
    }

    /// The steps that must be done before this one begins.
    func predecessors(of id: String) -> Set<String> { predecessorsByID[id] ?? [] }

    /// The steps whose files this one takes: those of its `needs` that write such a format, else all earlier ones that do.
    func suppliers(of id: String) -> [String] { suppliersByID[id] ?? [] }

    /// The formats of this step that others take.
    func formatsTaken(from id: String) -> Set<String> {
        steps.reduce(into: []) { formats, step in
            if suppliers(of: step.id).contains(id) { formats.formUnion(step.role.takenFromOthers) }
        }
    }

    /// The formats that each step is asked for, in the order of its `writes`: those that are wanted, and those that a step
    /// which is asked for something takes.
    func demanded(_ wanted: [String]) -> [String: [String]] {
        var demanded: [String: [String]] = [:]
        for step in steps.reversed() {
            let takers = steps.filter { suppliers(of: $0.id).contains(step.id) && demanded[$0.id] != nil }
            let formats = Set(wanted).union(takers.flatMap(\.role.takenFromOthers))
            let asked = step.role.writes.filter(formats.contains)
            if !asked.isEmpty { demanded[step.id] = asked }
        }
        return demanded
    }

    /// The formats that are written when nobody says which: all but those that are written on request.
    var usual: [String] { steps.flatMap { step in step.role.writes.filter { !step.role.onRequest.contains($0) } } }

    /// The steps that take a format which no earlier step writes, with the format.
    var unsupplied: [(id: String, format: String)] {
        steps.flatMap { step in
            let offered = Set(suppliers(of: step.id).flatMap { id in steps.first { $0.id == id }?.role.writes ?? [] })
            return step.role.takenFromOthers.filter { !offered.contains($0) }.map { (step.id, $0) }
        }
    }
}

extension RoleDescription {
    /// What it takes and does not write itself: of what it writes it takes the file that the last run has left.
    var takenFromOthers: [String] { takes.filter { !writes.contains($0) } }
}
