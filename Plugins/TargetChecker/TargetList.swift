import ReviewModel
import Targets

/// The targets of one table, each with its place in the taxonomy.
struct TargetList: Sendable {
    var stage: Stage
    var items: [Item]

    struct Item: Sendable {
        var target: Target
        var classification: TargetTaxonomy.Classification
        var kind: TargetKind? { classification.kind }
    }

    /// Who worded the targets.
    enum Stage: String, Sendable {
        case declared, reviewed

        var table: String { self == .declared ? "declared_targets" : "targets" }

        var name: LocalizedText {
            switch self {
            case .declared: LocalizedText(zh: "申报的绩效目标", en: "the declared targets")
            case .reviewed: LocalizedText(zh: "评审后的绩效目标", en: "the reviewed targets")
            }
        }
    }

    init(_ stage: Stage, in dossier: Dossier, _ taxonomy: TargetTaxonomy) {
        self.stage = stage
        items = Target.all(in: dossier, table: stage.table).map {
            Item(target: $0, classification: taxonomy.classify(level1: $0.level1, level2: $0.level2))
        }
    }

    var isEmpty: Bool { items.isEmpty }
    var pointer: JSONPointer { JSONPointer(["tables", stage.table]) }

    /// The targets of a kind or of a part of one, by its code.
    func targets(ofKind code: String) -> [Target] {
        items.filter { $0.kind?.code == code || $0.classification.part == code }.map(\.target)
    }
}

extension TargetList {
    /// The targets under each pair of levels, in the order of the table, with what findings about them speak of.
    var byLevels: [(subject: String, items: [Item])] {
        var (groups, positions) = ([(subject: String, items: [Item])](), [[String]: Int]())
        for item in items {
            let levels = [canonicalText(item.target.level1), canonicalText(item.target.level2)]
            if let position = positions[levels] {
                groups[position].items.append(item)
            } else {
                positions[levels] = groups.count
                groups.append((([stage.rawValue] + levels).joined(separator: "/"), [item]))
            }
        }
        return groups
    }
}

extension Target {
    /// Names in a row, quoted as each language quotes a list.
    static func list(_ names: [String]) -> LocalizedText {
        LocalizedText(
            zh: names.map { "\"\($0)\"" }.joined(separator: "、"),
            en: names.map { "\"\($0)\"" }.joined(separator: ", ")
        )
    }
}
