import BudgetLines
import ReviewModel
import Targets

extension FigureGathering {
    /// The values of the targets, as declared and as reviewed.
    mutating func addTargets(_ dossier: Dossier) {
        for table in ["targets", "declared_targets"] {
            let rows = Dictionary(dossier.rows(of: table).map { ($0.pointer, $0) }) { first, _ in first }
            for target in Target.all(in: dossier, table: table) {
                let subject = "target:\(target.key)"
                add(name: target.name, meaning: subject)
                // 保洁员 64 人 is held against 保洁员配备数 ≥64人.
                if target.value.isCount, let counted = target.name.counted { add(name: counted, meaning: subject) }
                // What was reached is what a report on it speaks of.
                if let row = rows[target.pointer], let actual = row.optionalText("actual") {
                    for (value, unit) in TargetValue(actual).figures {
                        add(
                            ProseFigure(
                                label: LocalizedText(
                                    zh: "\"\(target.name)\"的实际完成值",
                                    en: "what was reached of \"\(target.name)\""
                                ),
                                value: value,
                                unit: unit,
                                subject: subject,
                                aspect: .target,
                                years: years,
                                pointers: [row.pointer("actual")]
                            )
                        )
                    }
                }
                for (value, unit) in target.value.figures {
                    add(
                        ProseFigure(
                            label: LocalizedText(zh: "目标\"\(target.name)\"", en: "the target \"\(target.name)\""),
                            value: value,
                            unit: unit,
                            subject: subject,
                            aspect: .target,
                            years: years,
                            pointers: [target.pointer / "value"],
                            mayBeMore: target.value.isLowerBound,
                            mayBeLess: target.value.isUpperBound
                        )
                    )
                }
            }
        }
    }

    /// The scores as they were given and, of the steps before this one, as they were added up.
    mutating func addScores(
        _ dossier: Dossier,
        _ prior: [String: Assessment],
        _ raters: [ScoreSheet.Part: String]
    ) {
        let own = raters[.applicant] ?? ScoreSheet.selfRater
        for row in dossier.rows(of: "scores") {
            guard let points = row.decimal("points") else { continue }
            let (rater, code) = (row.text("rater"), row.text("code"))
            addScore(
                points,
                rater == own,
                raterName(rater).joined(LocalizedText(code)),
                "score:\(code)",
                [row.pointer("points")]
            )
        }
        for (_, assessment) in prior.sorted(by: { $0.key < $1.key }) {
            for sheet in assessment.scores {
                let place = [JSONPointer(["tables", "scores"])]
                let total = raterName(sheet.rater).joined(LocalizedText(zh: "总分", en: "total"))
                if let points = sheet.total { addScore(points, sheet.isSelf, total, "", place) }
                for item in sheet.items {
                    add(name: item.name, meaning: "score:\(item.code)")
                    if let points = item.points {
                        addScore(
                            points,
                            sheet.isSelf,
                            raterName(sheet.rater).joined(LocalizedText(item.name)),
                            "score:\(item.code)",
                            place
                        )
                    }
                    guard let max = item.max else { continue }
                    add(
                        ProseFigure(
                            label: LocalizedText(zh: "\(item.name)满分", en: "full points of \(item.name)"),
                            value: max,
                            unit: .points,
                            subject: "score:\(item.code)",
                            aspect: .maximumScore,
                            pointers: place
                        )
                    )
                }
            }
        }
    }

    private mutating func addScore(
        _ points: ExactDecimal,
        _ isSelf: Bool,
        _ label: LocalizedText,
        _ subject: String,
        _ pointers: [JSONPointer]
    ) {
        add(
            ProseFigure(
                label: label,
                value: points,
                unit: .points,
                subject: subject,
                aspect: isSelf ? .selfScore : .reviewScore,
                pointers: pointers
            )
        )
    }

    /// What documents state, so that a text that repeats them is not blamed for it: the statement itself is checked
    /// elsewhere.
    mutating func addDeclared(_ dossier: Dossier) {
        for figure in DeclaredFigure.all(in: dossier) {
            let (value, unit): (ExactDecimal?, ProseUnit) =
                switch figure.unit {
                case .yuan: (figure.value, .yuan)
                case .wan: (try? figure.value * 10_000, .yuan)
                case .percent: (figure.value, .percent)
                case .points: (figure.value, .points)
                }
            guard let value else { continue }
            add(
                ProseFigure(
                    label: figure.label,
                    value: value,
                    unit: unit,
                    subject: "declared:\(figure.figure)",
                    aspect: .other,
                    pointers: [figure.pointer]
                )
            )
        }
        for row in dossier.rows(of: "printed_audit") {
            for column in ["requested", "approved", "deducted", "rate"] {
                guard let value = row.decimal(column) else { continue }
                let name = "\(row.text("line")).\(column)"
                add(
                    ProseFigure(
                        label: LocalizedText(zh: "预算审核表 \(name)", en: "\(name) in the audit table"),
                        value: value,
                        unit: column == "rate" ? .percent : .yuan,
                        subject: "printed:\(row.text("line"))",
                        aspect: .other,
                        pointers: [row.pointer(column)]
                    )
                )
            }
        }
    }
}

extension DeclaredFigure {
    /// Where it is stated, or at least what it is.
    fileprivate var label: LocalizedText {
        let place = source.isEmpty ? figure : source
        return LocalizedText(zh: "\(place)所列", en: "as stated in \(place)")
    }
}

/// Who scored, as a reader knows it.
private func raterName(_ rater: String) -> LocalizedText {
    switch rater {
    case ScoreSheet.selfRater: LocalizedText(zh: "自评", en: "self score")
    case ScoreSheet.reviewRater: LocalizedText(zh: "评审", en: "review score")
    default: LocalizedText(rater)
    }
}

extension String {
    /// What a target counts, without the words that say that it does: 保洁员 of 保洁员配备数, 更换路灯 of 更换路灯数量.
    fileprivate var counted: String? {
        let endings = ["配备数量", "配备人数", "配备数", "改造数量", "改造数", "投用数", "投入数", "完成数", "数量", "人数", "个数", "次数", "数"]
        guard let ending = endings.first(where: hasSuffix) else { return nil }
        let rest = String(dropLast(ending.count))
        return rest.count > 1 ? rest : nil
    }
}

extension TargetValue {
    /// Whether more than the number meets it, or less.
    fileprivate var isLowerBound: Bool { hasDirection([.atLeast, .moreThan]) }
    fileprivate var isUpperBound: Bool { hasDirection([.atMost, .lessThan]) }

    private func hasDirection(_ directions: [Direction]) -> Bool {
        if case .quantity(let quantity) = reading { directions.contains(quantity.direction) } else { false }
    }

    /// The figures that the value states: one, or both ends of a range.
    fileprivate var figures: [(ExactDecimal, ProseUnit)] {
        switch reading {
        case .quantity(let quantity): [(quantity.number, unit(quantity.unit))]
        case .range(let lower, let upper, let word): [(lower, unit(word)), (upper, unit(word))]
        case .deadline, .word, .empty: []
        }
    }

    private func unit(_ word: String) -> ProseUnit {
        switch word {
        case "%": .percent
        case "分": .points
        case "元": .yuan
        case "": .none
        default: .count(word)
        }
    }
}
