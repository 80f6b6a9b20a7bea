package import ReviewModel

extension Assessment {
    /// Why this is no assessment of `dossier`, in a sentence for the author of the plugin; `nil` when it is one.
    ///
    /// - Parameter form: what the dossier may hold.
    /// - Parameter isSilenced: whether the spec has switched rules off.
    func whatIsWrong(in dossier: Dossier, _ form: DossierOutline?, isSilenced: Bool) -> String? {
        strayPointer(in: dossier, form) ?? nonsense(isSilenced: isSilenced)
    }

    /// The first thing that no scorer can mean, in a few words; `nil` when all makes sense. Folded into a review, it would look
    /// like a decision of the reviewers.
    ///
    /// What the *document* has wrong is no mistake of the plugin's: a cut above its request, or a score above its maximum,
    /// passes with an error that the plugin itself reports there.
    ///
    /// - Parameter isSilenced: whether the spec has switched rules off, so that an error may be missing on purpose.
    package func nonsense(isSilenced: Bool) -> String? {
        var seen: Set<String> = []
        for name in findings.lazy.map(\.rule) + rules.map(\.id) where seen.insert(name).inserted {
            if let complaint = ruleNameComplaint(name) { return complaint }
        }
        var balance = RequestBalance()
        if let detail = balance.take(self, isSilenced: isSilenced) { return detail }
        let told = isSilenced ? nil : ToldErrors(findings)
        for sheet in scores {
            if let detail = sheet.nonsense(told) { return "scores of \"\(sheet.rater)\": \(detail)" }
        }
        return nil
    }
}

/// Why no plugin's rule can be called that; `nil` where it can. A reader takes a finding for the host's own by its name, so names
/// that look like the host's are refused as well.
func ruleNameComplaint(_ name: String) -> String? {
    if name.unicodeScalars.contains(where: \.isActedOn) {
        return "rule \(quoted(name)): its name has a character in it that cannot be seen"
    }
    // What is reserved, and `host` before any slash.
    let key = name.lookAlikeKey(upTo: 5)
    guard key.hasPrefix("host/") || key == "host" else { return nil }
    return "rule \(quoted(name)): rules of that name, or that look like it, are the host's own"
}

/// What a plugin's own errors are about.
struct ToldErrors {
    private var subjects: Set<String> = []
    private var pointers: Set<JSONPointer> = []

    init(_ findings: [Finding]) { add(findings) }

    mutating func add(_ findings: [Finding]) {
        for finding in findings where finding.severity >= .error {
            subjects.insert(finding.subject)
            for pointer in finding.pointers {
                pointers.insert(pointer)
                // An error at a cell is about its row.
                pointers.insert(JSONPointer(Array(pointer.tokens.dropLast())))
            }
        }
    }

    func tell(of subject: String, at pointer: JSONPointer?) -> Bool {
        subjects.contains(subject) || pointer.map(pointers.contains) == true
    }
}

/// What a figure may be: an amount, or points. Sums of two million of them stay exact.
private enum FigureBounds {
    /// Digits before the point, and after it.
    static let amount = (digits: 18, places: 12)
    static let points = (digits: 12, places: 18)

    /// What is wrong with a figure, with its name; `nil` for a figure that can be.
    static func complaint(_ name: String, _ figure: ExactDecimal, within bounds: (digits: Int, places: Int)) -> String?
    {
        let whole = figure.significand.magnitude.description.count - figure.places
        let places = figure.withoutTrailingZeros.places
        guard whole > bounds.digits || places > bounds.places else { return nil }
        return "\(name) is \(figure); taken are \(bounds.digits) digits before the point and \(bounds.places) after it"
    }
}

extension Adjustment {
    /// A figure of more digits than any amount has.
    var figureComplaint: String? {
        if let complaint = FigureBounds.complaint("the request", requested, within: FigureBounds.amount) {
            return complaint
        }
        for part in parts {
            let name = "the \(part.kind.rawValue)"
            if let complaint = FigureBounds.complaint(name, part.amount, within: FigureBounds.amount) {
                return complaint
            }
        }
        return nil
    }
}

extension ScoreSheet {
    fileprivate func nonsense(_ told: ToldErrors?) -> String? {
        if let complaint = figureComplaint ?? treeComplaint { return complaint }
        if let verdictPlaces, !(0...ExactDecimal.maximumPlaces).contains(verdictPlaces) {
            return "verdictPlaces is \(verdictPlaces), not 0 to \(ExactDecimal.maximumPlaces)"
        }
        if let rank = subject?.rank, rank < 1 { return "its rank is \(rank); ranks count from 1" }
        guard let told else { return nil }
        var isTold = false
        for item in items where [.given, .computed].contains(item.status) {
            guard let complaint = item.rangeComplaint else { continue }
            if told.tell(of: item.code, at: item.pointer) || told.tell(of: "\(rater)/\(item.code)", at: nil) {
                isTold = true
            } else {
                return complaint
            }
        }
        guard !isTold, let total else { return nil }
        if let max, total > max { return "the total is \(total) of \(max)" }
        guard total.isNegative, !items.contains(where: { ($0.min ?? 0).isNegative }) else { return nil }
        return "the total is \(total), and no item says in \"min\" that it may be less than nothing"
    }

    private var figureComplaint: String? {
        func complaint(_ name: String, _ figure: ExactDecimal?) -> String? {
            figure.flatMap { FigureBounds.complaint(name, $0, within: FigureBounds.points) }
        }
        if let found = complaint("the total", total) ?? complaint("the maximum", max) { return found }
        for item in items {
            let name = "\"\(item.code)\""
            let found =
                complaint(name, item.points) ?? complaint("the maximum of \(name)", item.max)
                ?? complaint("the minimum of \(name)", item.min)
            if let found { return found }
        }
        return nil
    }

    /// An item that stands twice, or under one that does not stand above it: parents come before their parts.
    private var treeComplaint: String? {
        var seen: Set<String> = []
        for item in items {
            if let parent = item.parent, !seen.contains(parent) {
                return "\"\(item.code)\" is a part of \"\(parent)\", which does not stand above it"
            }
            guard seen.insert(item.code).inserted else { return "\"\(item.code)\" is scored twice" }
        }
        return nil
    }
}

extension ScoreItem {
    /// Points that its own scale does not have.
    fileprivate var rangeComplaint: String? {
        guard let points else { return nil }
        if let max, points > max { return "\"\(code)\" has \(points) points of \(max)" }
        guard points.isNegative, points < min ?? 0 else { return nil }
        return "\"\(code)\" has \(points) points, where the least is \(min ?? 0)"
    }
}
