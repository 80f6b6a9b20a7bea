package import ReviewModel

extension Assessment {
    /// Why this is no assessment of `dossier`, in a sentence for the author of the plugin; `nil` when it is one.
    ///
    /// - Parameter form: what the dossier may hold.
    /// - Parameter isSilenced: whether the spec has switched rules off.
    func whatIsWrong(in dossier: Dossier, _ form: DossierOutline?, isSilenced: Bool) -> LocalizedText? {
        strayPointer(in: dossier, form) ?? nonsense(isSilenced: isSilenced)
    }

    /// The first thing that no scorer can mean, in a few words; `nil` when all makes sense. Folded into a review, it would look
    /// like a decision of the reviewers.
    ///
    /// What the *document* has wrong is no mistake of the plugin's: a cut above its request, or a score above its maximum,
    /// passes with an error that the plugin itself reports there.
    ///
    /// - Parameter isSilenced: whether the spec has switched rules off, so that an error may be missing on purpose.
    package func nonsense(isSilenced: Bool) -> LocalizedText? {
        var seen: Set<String> = []
        for name in findings.lazy.map(\.rule) + rules.map(\.id) where seen.insert(name).inserted {
            if let complaint = ruleNameComplaint(name) { return complaint }
        }
        var balance = RequestBalance()
        if let detail = balance.take(self, isSilenced: isSilenced) { return detail }
        let told = isSilenced ? nil : ToldErrors(findings)
        for sheet in scores {
            if let detail = sheet.nonsense(told) { return ofScores(sheet.rater, detail) }
        }
        return nil
    }
}

/// Why no plugin's rule can be called that; `nil` where it can. A reader takes a finding for the host's own by its name, so names
/// that look like the host's are refused as well.
func ruleNameComplaint(_ name: String) -> LocalizedText? {
    if name.unicodeScalars.contains(where: \.isActedOn) {
        return LocalizedText(
            zh: "规则\(quoted(name))：名称中有看不见的字符",
            en: "rule \(quoted(name)): its name has a character in it that cannot be seen"
        )
    }
    // What is reserved, and `host` before any slash.
    let key = name.lookAlikeKey(upTo: 5)
    guard key.hasPrefix("host/") || key == "host" else { return nil }
    return LocalizedText(
        zh: "规则\(quoted(name))：这个名称（或看起来与它相同的名称）归主程序使用",
        en: "rule \(quoted(name)): rules of that name, or that look like it, are the host's own"
    )
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
    static func complaint(
        _ name: LocalizedText,
        _ figure: ExactDecimal,
        within bounds: (digits: Int, places: Int)
    ) -> LocalizedText? {
        let whole = figure.significand.magnitude.description.count - figure.places
        let places = figure.withoutTrailingZeros.places
        guard whole > bounds.digits || places > bounds.places else { return nil }
        return LocalizedText(
            zh: "\(name.zh)为 \(figure)，最多小数点前 \(bounds.digits) 位、后 \(bounds.places) 位",
            en:
                "\(name.en) is \(figure); taken are \(bounds.digits) digits before the point and \(bounds.places) after it"
        )
    }
}

extension Adjustment {
    /// A figure of more digits than any amount has.
    var figureComplaint: LocalizedText? {
        let request = LocalizedText(zh: "请求的金额（requested）", en: "the request")
        if let complaint = FigureBounds.complaint(request, requested, within: FigureBounds.amount) {
            return complaint
        }
        for part in parts {
            if let complaint = FigureBounds.complaint(part.kind.inFull, part.amount, within: FigureBounds.amount) {
                return complaint
            }
        }
        return nil
    }
}

extension ScoreSheet {
    fileprivate func nonsense(_ told: ToldErrors?) -> LocalizedText? {
        if let complaint = figureComplaint ?? treeComplaint { return complaint }
        if let verdictPlaces, !(0...ExactDecimal.maximumPlaces).contains(verdictPlaces) {
            return LocalizedText(
                zh: "verdictPlaces 为 \(verdictPlaces)，应在 0 与 \(ExactDecimal.maximumPlaces) 之间",
                en: "verdictPlaces is \(verdictPlaces), not 0 to \(ExactDecimal.maximumPlaces)"
            )
        }
        if let rank = subject?.rank, rank < 1 {
            return LocalizedText(zh: "名次为 \(rank)，名次从 1 数起", en: "its rank is \(rank); ranks count from 1")
        }
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
        if let max, total > max {
            return LocalizedText(zh: "总分 \(total) 超过满分 \(max)", en: "the total is \(total) of \(max)")
        }
        guard total.isNegative, !items.contains(where: { ($0.min ?? 0).isNegative }) else { return nil }
        return LocalizedText(
            zh: "总分为 \(total)，而没有一项以 \"min\" 说明可以为负",
            en: "the total is \(total), and no item says in \"min\" that it may be less than nothing"
        )
    }

    private var figureComplaint: LocalizedText? {
        func complaint(_ zh: String, _ en: String, _ figure: ExactDecimal?) -> LocalizedText? {
            figure.flatMap {
                FigureBounds.complaint(LocalizedText(zh: zh, en: en), $0, within: FigureBounds.points)
            }
        }
        if let found = complaint("总分", "the total", total) ?? complaint("满分", "the maximum", max) { return found }
        for item in items {
            let name = "\"\(item.code)\""
            let found =
                complaint(name, name, item.points) ?? complaint("\(name)的分值", "the maximum of \(name)", item.max)
                ?? complaint("\(name)的下限", "the minimum of \(name)", item.min)
            if let found { return found }
        }
        return nil
    }

    /// An item that stands twice, or under one that does not stand above it: parents come before their parts.
    private var treeComplaint: LocalizedText? {
        var seen: Set<String> = []
        for item in items {
            if let parent = item.parent, !seen.contains(parent) {
                return LocalizedText(
                    zh: "\"\(item.code)\"属于\"\(parent)\"，而后者没有写在它上面",
                    en: "\"\(item.code)\" is a part of \"\(parent)\", which does not stand above it"
                )
            }
            guard seen.insert(item.code).inserted else {
                return LocalizedText(zh: "\"\(item.code)\"评了两次", en: "\"\(item.code)\" is scored twice")
            }
        }
        return nil
    }
}

extension ScoreItem {
    /// Points that its own scale does not have.
    fileprivate var rangeComplaint: LocalizedText? {
        guard let points else { return nil }
        if let max, points > max {
            return LocalizedText(
                zh: "\"\(code)\"得 \(points) 分，分值只有 \(max)",
                en: "\"\(code)\" has \(points) points of \(max)"
            )
        }
        guard points.isNegative, points < min ?? 0 else { return nil }
        return LocalizedText(
            zh: "\"\(code)\"得 \(points) 分，最低为 \(min ?? 0)",
            en: "\"\(code)\" has \(points) points, where the least is \(min ?? 0)"
        )
    }
}

private func ofScores(_ rater: String, _ detail: LocalizedText) -> LocalizedText {
    LocalizedText(zh: "\"\(rater)\"的 scores：\(detail.zh)", en: "scores of \"\(rater)\": \(detail.en)")
}

extension Adjustment.Kind {
    /// The amount of the kind, in a sentence for the author of a plugin.
    var inFull: LocalizedText {
        switch self {
        case .cut: LocalizedText(zh: "减少额（cut）", en: "the cut")
        case .deferral: LocalizedText(zh: "延期额（deferral）", en: "the deferral")
        case .increase: LocalizedText(zh: "增加额（increase）", en: "the increase")
        }
    }
}
