import BudgetLines
import CostNorms
import ReviewModel

/// A rule of the norm checker.
typealias NormRule = RuleCheck<NormReview>

/// What the rules of the norm checker look at: the lines, what each was taken for, and what the norms allow it.
struct NormReview: Sendable {
    let reader: NormReader
    let year: Int
    let library: PriceLibrary?
    let lines: [NormLine]
    /// What each line was taken for; `nil` for what no norm knows.
    let matches: [NormMatch?]
    /// The lines that belong to a category of purchases, in order.
    let bought: [(line: NormLine, category: NormItem)]
    /// The lines that a norm of cost is about, in order.
    let judged: [(line: NormLine, match: NormMatch, outcome: Outcome)]
    /// Texts of the project, each with its place.
    let texts: [(text: String, pointer: JSONPointer)]
    /// The lines that `bases` names and that there are not.
    let unknownBases: [(line: String, base: String)]

    enum Outcome: Sendable {
        case allowed(Allowance)
        case unjudged(Unjudged)
    }

    init(_ dossier: Dossier, _ book: NormBook, _ settings: NormSettings) throws(DecimalOverflow) {
        let scope = NormScope(
            town: dossier.field("project", "town")?.scalarText ?? "",
            jurisdiction: dossier.field("project", "jurisdiction")?.scalarText ?? "",
            year: dossier.field("project", "year")?.integer ?? 0
        )
        let reader = NormReader(book, in: scope)
        (self.reader, year) = (reader, scope.year)
        library = settings.library
        lines = try NormLine.all(in: dossier)
        let amounts = Dictionary(lines.map { ($0.line.id, $0.line.amount) }) { first, _ in first }
        var (judged, unknown) = ([(NormLine, NormMatch, Outcome)](), [(String, String)]())
        for (line, bases) in settings.bases.sorted(by: { $0.key < $1.key }) {
            for id in [line] + bases where amounts[id] == nil { unknown.append((line, id)) }
        }
        matches = lines.map { reader.item(of: $0) }
        bought = lines.compactMap { line in reader.category(of: line).map { (line, $0) } }
        for (line, match) in zip(lines, matches) {
            guard let match else { continue }
            let named = settings.bases[line.line.id] ?? []
            let known = named.compactMap { amounts[$0] }
            let base = known.isEmpty || known.count < named.count ? nil : try ExactDecimal.sum(known)
            do {
                if let allowance = try reader.allowance(line, match, base: base) {
                    judged.append((line, match, .allowed(allowance)))
                }
            } catch {
                judged.append((line, match, .unjudged(error)))
            }
        }
        (self.judged, unknownBases) = (judged, unknown)
        let fields = (dossier.fields["texts"]?.record ?? Record()).members.compactMap { key, value in
            value.text.map { (text: $0, pointer: JSONPointer() / "fields" / "texts" / key) }
        }
        texts =
            fields
            + lines.map { ($0.line.label, $0.line.pointer / ($0.line.label == $0.line.group ? "group" : "detail")) }
    }

    /// What the norms allow each line, and what is left: `norms.L01.allowed`, `norms.L01.headroom`.
    var facts: [Fact] {
        var named: Set<String> = []
        return judged.flatMap { line, match, outcome -> [Fact] in
            guard case .allowed(let allowance) = outcome, let headroom = try? allowance.headroom() else { return [] }
            // Of two lines with one id, which is told elsewhere, the first.
            guard named.insert(line.line.id).inserted else { return [] }
            var allowed = Fact(
                id: "norms.\(line.line.id).allowed",
                label: LocalizedText(
                    zh: "\"\(line.line.label)\"的标准上限（\(allowance.norm.source.cited)）",
                    en: "the most for \"\(line.line.label)\" by \(allowance.norm.source.cited)"
                ),
                value: .decimal(allowance.allowed),
                unit: "CNY",
                sources: [line.line.pointer]
            )
            allowed.calculation = allowance.calculation.zh
            var left = Fact(
                id: "norms.\(line.line.id).headroom",
                label: LocalizedText(
                    zh: "\"\(line.line.label)\"距标准上限的余额，负数为超出",
                    en: "what \"\(line.line.label)\" leaves below its norm; negative above"
                ),
                value: .decimal(headroom),
                unit: "CNY",
                sources: [line.line.pointer / "amount"]
            )
            left.inputs = [allowed.id]
            left.calculation =
                "\(Money.yuan(allowance.allowed)) − \(Money.yuan(allowance.amount)) = \(Money.yuan(headroom))"
            return [allowed, left]
        }
    }
}

extension Norm {
    /// Why a finding that rests on the norm is not certain; empty where it is.
    var doubts: [LocalizedText] {
        var doubts: [LocalizedText] = []
        if !source.isSeen { doubts.append(fromMemory) }
        if let reference { doubts.append(reference) }
        return doubts
    }
}

/// Doubts behind a sentence, in brackets.
func bracketed(_ doubts: [LocalizedText]) -> LocalizedText {
    if doubts.isEmpty { return LocalizedText("") }
    return LocalizedText(
        zh: "（" + doubts.map(\.zh).joined(separator: "；") + "）",
        en: " (" + doubts.map(\.en).joined(separator: "; ") + ")"
    )
}

let fromMemory = LocalizedText(
    zh: "标准凭记忆录入，引用前请核对原文",
    en: "the norm was written from memory: check its text before citing it"
)

func assumedClass(_ grade: NormItem.NormClass) -> LocalizedText {
    LocalizedText(
        zh: "未写明类别，按最高的\"\(grade.title.zh)\"计",
        en: "no class is named; the highest, \(grade.title.en), was assumed"
    )
}
