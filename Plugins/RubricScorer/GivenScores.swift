import BudgetLines
import ReviewModel
import Rubrics

extension Rubric {
    /// What is wrong with the scores that the spec itself gives, before anything is judged: items and levels that the rubric does
    /// not have, raters that it does not name. Warnings, each at its cell; a run makes findings of them.
    func misfits(in context: any SettingsContext) async throws -> [ConfigurationDiagnostic] {
        let columns = ["rater", "code", "level", "points"] + (subjects == nil ? [] : ["subject"])
        let known = context.form?.tables.first { $0.name == "scores" }?.columns.map(\.name) ?? []
        let asked = columns.filter(known.contains)
        guard asked.contains("code"),
            let scores = try await context.answer("SELECT \(asked.joined(separator: ", ")) FROM scores")
        else { return [] }
        let whole = JSONPointer(["tables", "scores"])
        let judged = try await keys(in: context)
        var seen: Set<[String]> = []
        let words = RaterWords(context.form)
        // Who is called by his title is told once, where the rubric does.
        let titled = calledByTitle(words)
        if !titled.isEmpty { return titled }
        // Whoever says what is judged has forgotten to say that many things are.
        if subjects == nil, known.contains("subject"),
            let given = try await context.answer("SELECT subject FROM scores"),
            let row = given.rows.first(where: { !$0.text("subject").isEmpty })
        {
            return [subjectsOfNothing(row.text("subject"), at: whole / row.index / "subject")]
        }
        return try scores.rows.flatMap { row in
            var found: [ConfigurationDiagnostic] = []
            let (code, at) = (row.text("code"), whole / row.index)
            if let node = node(code) {
                let level = asked.contains("level") ? row.text("level") : ""
                if !level.isEmpty, node.scale.level(level) == nil {
                    found.append(noLevel(level, node, at: at / "level"))
                }
                let points = asked.contains("points") ? row.decimal("points") : nil
                if node.max == nil, !node.isHeading { found.append(sharesPoints(node, at: at / "code")) }
                if points == nil, let named = node.scale.level(level), !node.isRating, let max = node.max,
                    let range = try node.scale.points(of: named, max: max), range.lowerBound < range.upperBound
                {
                    found.append(needsPoints(level, code, range, at: at / "level"))
                }
                // Of an item that is worth nothing that is told.
                if let points, !node.isWorthless, node.max != nil || node.isHeading {
                    let named = node.scale.level(level)
                    let wrong =
                        try level.isEmpty
                        ? beyond(points, node, of: self, at: at / "points") ?? between(points, node, at: at / "points")
                        : named.flatMap { try outside($0, points, node, at: at / "points") }
                    found += wrong.map { [$0] } ?? []
                }
            } else {
                found.append(noCode(code, all.map(\.code), at: at / "code"))
            }
            let subject = asked.contains("subject") ? row.text("subject") : ""
            if let judged, !subject.isEmpty, !judged.contains(subject) {
                found.append(noSubject(subject, judged, at: at / "subject"))
            }
            let rater = asked.contains("rater") ? row.text("rater") : ""
            if !code.isEmpty, !seen.insert([rater, subject, code]).inserted {
                found.append(scoredTwice(code, words.name(of: rater), subject, at: at / "code"))
            }
            if let node = node(code), !rater.isEmpty, !node.isScored(by: rater), hasOwnItems(rater, words) {
                found.append(notHis(words.name(of: rater), node, at: at / "rater"))
            }
            if !raters.isEmpty, !rater.isEmpty, !raters.contains(rater) {
                found.append(noRater(rater, raters, at: at / "rater"))
            }
            return found
        }
    }

    /// Raters whom the rubric calls by what the form prints of them, and not by their names.
    private func calledByTitle(_ words: RaterWords) -> [ConfigurationDiagnostic] {
        let lists = [
            (raters, pointer / "raters"), (combination?.raters ?? [], pointer / "combine" / "raters"),
        ]
        return lists.flatMap { raters, pointer in
            raters.enumerated().compactMap { index, rater in
                words.rater(titled: rater).map { byTitle(rater, $0, at: pointer / index) }
            }
        }
    }

    /// Raters of whom the form knows nothing, where it says who its raters are: what they are to be combined of never comes. Where it
    /// only gives names there may be others, and one who has not scored and is nearly one of them is a slip.
    func strangeRaters(in context: any SettingsContext) async throws -> [ConfigurationDiagnostic] {
        guard let form = context.form else { return [] }
        let (prefix, words) = ("scores.rater=", RaterWords(form))
        let closed = form.values["scores.rater"] ?? []
        let named = form.synonyms.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        let known = closed + named.filter { !closed.contains($0) }.sorted()
        guard !known.isEmpty, calledByTitle(words).isEmpty else { return [] }
        var lists = [(raters, pointer / "raters")]
        // Of somebody who is no rater of the rubric either that is told.
        if raters.isEmpty, let combination { lists.append((combination.raters, combination.pointer / "raters")) }
        let heard = try await context.answer("SELECT DISTINCT rater FROM scores")?.rows.map { $0.text("rater") } ?? []
        let others = known.filter { name in !lists.contains { $0.0.contains(name) } }
        return lists.flatMap { raters, pointer in
            raters.enumerated().compactMap { index, rater in
                guard !known.contains(rater), rater != combination?.into, !words.all.contains(rater) else { return nil }
                let meant = slip(in: rater, among: others)
                if closed.isEmpty, meant == nil || heard.isEmpty || heard.contains(rater) { return nil }
                let help = meant ?? suggestion(for: rater, among: known)
                return unknownToForm(rater, help, isClosed: !closed.isEmpty, at: pointer / index)
            }
        }
    }

    /// The keys of what is judged; `nil` where one thing is, or where they are not known yet.
    private func keys(in context: any SettingsContext) async throws -> [String]? {
        guard let subjects, let table = try await context.answer(subjects.query) else { return nil }
        return (0..<table.rowCount).compactMap { table.cell(row: $0, column: 0).scalarText }
    }

    /// Queries that give more than one value for what the spec itself has: `SELECT scans / capacity FROM use`.
    ///
    /// - Parameter found: what is known to be wrong: such a query is not asked.
    func answersOfSeveralRows(in context: any SettingsContext, besides found: [ConfigurationDiagnostic]) async throws
        -> [ConfigurationDiagnostic]
    {
        let wrong = Set(found.map(\.pointer))
        var shared = Record()
        if isOfMany {
            guard let key = try await keys(in: context)?.first else { return [] }
            shared["subject"] = .text(key)
        }
        var told: [ConfigurationDiagnostic] = []
        for query in queries where !wrong.contains(query.pointer) {
            var parameters = shared
            parameters["max"] = Value(query.node?.max)
            let counted = "SELECT count(*) AS rows FROM (\(query.sql)) AS answer"
            guard let answer = try? await context.answer(counted, parameters: parameters), answer.rowCount == 1,
                // Of many things the first must have one; without rows yet, a table of one thing need not.
                let rows = answer.cell(row: 0, column: 0).integer, rows > 1 || rows == 0 && isOfMany
            else { continue }
            told.append(severalRows(rows, isOfMany: isOfMany, at: query.pointer))
        }
        return told
    }
}

private func severalRows(_ rows: Int, isOfMany: Bool, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let (zh, en) =
        isOfMany ? ("，或加 WHERE 主键列 = :subject", ", or add WHERE KEY = :subject") : ("，或加 WHERE", ", or add WHERE")
    return ConfigurationDiagnostic(
        severity: .warning,
        code: "rubric/not-one-value",
        message: LocalizedText(
            zh: "查询应得出一个值，按现有数据得出 \(rows) 行",
            en: "the query should give one value, of the data that are there it gives \(rows) rows"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请用 sum、count 等汇总\(zh)", en: "use sum, count or the like\(en)")
    )
}

// MARK: - Messages

private func warning(_ code: String, _ zh: String, _ en: String, _ pointer: JSONPointer, _ help: LocalizedText?)
    -> ConfigurationDiagnostic
{
    var diagnostic = ConfigurationDiagnostic(
        severity: .warning,
        code: code,
        message: LocalizedText(zh: zh, en: en),
        pointer: pointer,
        help: help
    )
    diagnostic.isOfGiven = true
    return diagnostic
}

private func byTitle(_ title: String, _ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "rubric/rater-by-title",
        message: LocalizedText(
            zh: "\(quoted(title))是表单给评分人\(quoted(name))的名称，评分表中按 \(name) 计",
            en: "\(quoted(title)) is what the form calls the rater \(quoted(name)), whose scores go by \(name)"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "请写 \(name)", en: "write \(name)")
    )
}

/// - Parameter isClosed: whether the form allows no other raters at all.
private func unknownToForm(_ rater: String, _ help: LocalizedText?, isClosed: Bool, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    ConfigurationDiagnostic(
        severity: isClosed ? .error : .warning,
        code: "rubric/unknown-rater",
        message: LocalizedText(
            zh: "表单的评分人中没有\(quoted(rater))" + (isClosed ? "，他的评分无处可写" : ""),
            en: "\(quoted(rater)) is none of the form's raters" + (isClosed ? ": his scores can stand nowhere" : "")
        ),
        pointer: pointer,
        help: help
    )
}

/// Points that the item cannot have; `nil` for those that it can.
private func beyond(_ points: ExactDecimal, _ node: RubricNode, of rubric: Rubric, at pointer: JSONPointer)
    -> ConfigurationDiagnostic?
{
    if node.isRating || node.isHeading {
        return warning(
            "rubric/points-of-letter",
            "\(node.code)只评等级，没有分值，points 不适用",
            "\(node.code) has a level and no points",
            pointer,
            LocalizedText(zh: "请填写档次（level）", en: "write its level")
        )
    }
    let fewest = node.leastPoints(places: rubric.places)
    guard let max = node.max, points > max || points < fewest else { return nil }
    let (least, most) = (Money.points(fewest), Money.points(max))
    return warning(
        "rubric/out-of-range",
        "\(node.code)应在 \(least) 到 \(most) 分之间，实为 \(Money.points(points))",
        "\(node.code) has from \(least) to \(most) points, not \(Money.points(points))",
        pointer,
        nil
    )
}

/// Points between those that the scale gives; `nil` for others.
private func between(_ points: ExactDecimal, _ node: RubricNode, at pointer: JSONPointer) throws
    -> ConfigurationDiagnostic?
{
    guard node.kind == .criterion, let max = node.max else { return nil }
    switch node.scale {
    case .free: return nil
    case .steps(let step, let least):
        // Of steps that never come to all points that is told.
        guard step > 0, !node.missesItsPoints, let whole = try (points - least).divided(by: step, places: 0),
            try whole * step != points - least, points != max
        else { return nil }
        return warning(
            "rubric/no-such-level",
            "\(node.code)每 \(step) 分一档，\(Money.points(points)) 在两档之间",
            "\(node.code) goes in steps of \(step); \(Money.points(points)) is between two",
            pointer,
            nil
        )
    case .levels:
        let ranges = try node.scale.order.compactMap { try node.scale.points(of: $0, max: max) }
        guard !ranges.isEmpty, !ranges.contains(where: { $0.contains(points) }) else { return nil }
        let list = ranges.map { range in
            range.lowerBound == range.upperBound
                ? Money.points(range.lowerBound) : "\(Money.points(range.lowerBound))–\(Money.points(range.upperBound))"
        }
        return warning(
            "rubric/no-such-level",
            "\(node.code)的档次只有 \(list.joined(separator: " / ")) 分，没有 \(Money.points(points))",
            "the levels of \(node.code) give \(list.joined(separator: " / ")) points, not \(Money.points(points))",
            pointer,
            nil
        )
    }
}

/// Points that the level beside them does not give; `nil` for those that it does.
private func outside(_ level: RubricLevel, _ points: ExactDecimal, _ node: RubricNode, at pointer: JSONPointer) throws
    -> ConfigurationDiagnostic?
{
    guard let range = try node.scale.points(of: level, max: node.max ?? 0), !range.contains(points), !node.isRating
    else { return nil }
    let (least, most) = (Money.points(range.lowerBound), Money.points(range.upperBound))
    let given = least == most ? least : "\(least)–\(most)"
    return warning(
        "rubric/outside-level",
        "\(node.code)评 \(Money.points(points)) 分，而档次\"\(level.name)\"为 \(given) 分",
        "\(node.code) has \(Money.points(points)) points, the level \"\(level.name)\" gives \(given)",
        pointer,
        nil
    )
}

private func subjectsOfNothing(_ subject: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    warning(
        "rubric/each-missing",
        "评分写明了对象\"\(subject)\"，而评分标准没有写 each，各对象的评分会混在一起",
        "the scores say what they judge, \"\(subject)\", and the rubric has no each: the scores of all things would be taken for one",
        pointer,
        LocalizedText(
            zh: "请在评分标准中写 each: {table: 表, key: 主键列}，或删去 subject",
            en: "write each: {table: …, key: …} in the rubric, or remove the subjects"
        )
    )
}

private func sharesPoints(_ node: RubricNode, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    warning(
        "rubric/shares-points",
        "\(node.code)与同级指标共用分值（pooled），不能单独评分",
        "\(node.code) shares its points with its siblings (pooled) and is not scored by itself",
        pointer,
        LocalizedText(zh: "请评在上级指标或它的评分点（criteria）上", en: "score the item above it, or that item's criteria")
    )
}

private func needsPoints(_ level: String, _ code: String, _ range: ClosedRange<ExactDecimal>, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    let allowed = "\(Money.points(range.lowerBound))–\(Money.points(range.upperBound))"
    return warning(
        "rubric/level-needs-points",
        "\(code)的档次\"\(level)\"是 \(allowed) 分，须写明得分",
        "the level \"\(level)\" of \(code) gives \(allowed) points; say how many",
        pointer,
        LocalizedText(zh: "请补上得分（points）", en: "add points")
    )
}

private func scoredTwice(_ code: String, _ rater: LocalizedText, _ subject: String, at pointer: JSONPointer)
    -> ConfigurationDiagnostic
{
    let (zh, en) = subject.isEmpty ? ("", "") : ("\(subject) 的", " of \(subject)")
    return warning(
        "rubric/scored-twice",
        "\(rater.zh)对\(zh)\(code)评了两次，只有第一次算数",
        "\(rater.en) scores \(code)\(en) twice; only the first counts",
        pointer,
        LocalizedText(zh: "请删去其中一行", en: "remove one of the rows")
    )
}

private func noCode(_ code: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    warning(
        "rubric/unknown-code",
        "评分表中没有指标\"\(code)\"",
        "the rubric has no item \"\(code)\"",
        pointer,
        suggestion(for: code, among: known)
    )
}

private func noLevel(_ level: String, _ node: RubricNode, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    let known = node.scale.levels.map(\.name)
    let ofPoints =
        node.max == nil
        ? nil : LocalizedText(zh: "这一项按分数评，请填在得分（points）一列", en: "it is scored by points: write them under points")
    return warning(
        "rubric/unknown-level",
        "\(node.code)没有档次\"\(level)\"",
        "\(node.code) has no level \"\(level)\"",
        pointer,
        known.isEmpty ? ofPoints : suggestion(for: level, among: known)
    )
}

private func noSubject(_ subject: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    warning(
        "rubric/unknown-subject",
        "没有评分对象\"\(subject)\"",
        "there is no \"\(subject)\" to judge",
        pointer,
        suggestion(for: subject, among: known)
    )
}

private func notHis(_ rater: LocalizedText, _ node: RubricNode, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    warning(
        "rubric/unknown-rater",
        "\(node.code)由 \(node.raters.joined(separator: "、")) 评分，\"\(rater.zh)\"的评分不计入合成",
        "\(node.code) is scored by \(node.raters.joined(separator: ", ")): what \"\(rater.en)\" gives is not combined",
        pointer,
        nil
    )
}

private func noRater(_ rater: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    warning(
        "rubric/unknown-rater",
        "评分表没有评分人\"\(rater)\"",
        "the rubric names no rater \"\(rater)\"",
        pointer,
        suggestion(for: rater, among: known)
    )
}
