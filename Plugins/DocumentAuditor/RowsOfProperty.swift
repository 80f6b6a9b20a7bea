import BudgetLines
import PrintedReports
import ReviewModel

/// How many rows of a table the review changed, as a sentence counts and names them: 8项支出中，6项有核减，2项未核减; 单价下调的3类，分别为甲、乙和丙.
struct RowsOfProperty {
    /// What is said of a row: that of this kind it was changed, or left as it was.
    private struct Property {
        var kinds: [NamedRows.Kind]
        var isChanged: Bool

        func holds(_ row: NamedRows.Row) -> Bool? {
            kinds.lazy.compactMap { row.isChanged($0) }.first.map { $0 == isChanged }
        }
    }

    /// Rows that are counted together: those of a table, or of one of its parts.
    private typealias Group = [NamedRows.Row]

    private let rows: NamedRows
    private let words: ReportWords
    private let groups: [Group]
    var isEmpty: Bool { groups.isEmpty }

    init(_ rows: NamedRows, _ grids: [NumberGrid], _ words: ReportWords) {
        (self.rows, self.words) = (rows, words)
        groups = zip(rows.tables, grids).flatMap { table, grid -> [Group] in
            let levels = grid.rows.filter { !$0.isTotal && !$0.isSubtotal }.map(\.level)
            guard levels.count == table.count, table.count > 1,
                table.contains(where: { row in
                    [NamedRows.Kind.money, .price, .count, .measure].contains { row.pair($0) != nil }
                })
            else { return [] }
            // 一 above 1, 2, 3: its rows are a part of the table.
            guard levels.contains(0), levels.contains(2) else { return [table] }
            var parts: [Group] = []
            for (level, row) in zip(levels, table) {
                if level == 0 { parts.append([]) } else if !parts.isEmpty { parts[parts.count - 1].append(row) }
            }
            return [parts.flatMap(\.self)] + parts
        }
    }

    func check(_ line: ReportText.Line) -> [Finding] {
        let text = line.folded.withoutThousands
        guard (words["rows_changed"] + words["rows_unchanged"]).contains(where: text.hasBytes) else { return [] }
        let letters = Array(text)
        var findings: [Finding] = []
        var total: Int?
        for figure in StatedFigure.all(in: text) {
            guard let count = Int(figure.digits),
                figure.behind.first.map({ words["kind_counters"].contains(String($0)) }) ?? false
            else { continue }
            let behind = String(letters[(figure.range.upperBound + 1)...].prefix(16))
            let before = String(letters[..<figure.range.lowerBound])
            guard let property = property(before, behind), !isOfOthers(before) else {
                if isTotal(behind) { total = count }
                continue
            }
            guard let found = candidates(line, total, property) else { continue }
            let counts = found.map { group in group.count { property.holds($0) == true } }
            if !counts.contains(count) {
                findings.append(otherCount(figure, behind, counts, found[0], line))
            } else if let finding = names(String(letters[figure.range.upperBound...]), property, found, line) {
                findings.append(finding)
            }
        }
        return findings + all(text, line)
    }

    /// Whether the sentence speaks of another year.
    private func isOfOthers(_ before: String) -> Bool {
        let sentence = String(before.split(separator: "。", omittingEmptySubsequences: false).last ?? "")
        return words["past_year"].contains(where: sentence.hasBytes) || sentence.saysYear
    }

    /// `8项支出中，`: what is counted of is all of them.
    private func isTotal(_ behind: String) -> Bool {
        // 5项目标中4项作了调整
        let words = behind.prefix { !$0.isPlainDigit && $0 != "，" }
        if words.count <= 8, words.hasSuffix("中") { return true }
        guard let comma = behind.firstIndex(of: "，") else { return false }
        return behind[..<comma].count <= 8 && behind[comma...].hasPrefix("，其中")
    }

    /// The groups that may be meant: of as many rows as are said, else all that have the property in the tables of the nearest kind.
    private func candidates(_ line: ReportText.Line, _ total: Int?, _ property: Property) -> [Group]? {
        let able = groups.filter { group in
            let answers = group.map(property.holds)
            return answers.count { $0 != nil } * 2 > group.count
        }
        let meant = total.map { total in able.filter { $0.count == total } } ?? able
        return meant.isEmpty ? nil : meant
    }

    private func property(_ before: String, _ behind: String) -> Property? {
        var lead = String(before.split(whereSeparator: { "，。；：、（".contains($0) }).last ?? "")
        if before.last.map({ "，。；：、（".contains($0) }) ?? true { lead = "" }
        let bare = lead.strippedEnds(["的", "有", "共", "为", "的有"])
        let clause = behind.prefix { !"，。；：、（".contains($0) }
        // 核减的4项 before the number, 4项有核减 behind it.
        if bare.count < lead.count, let isChanged = said(bare) { return property(of: bare, isChanged, clause) }
        guard lead.isEmpty || ["其余", "其中", "有", "剩余"].contains(lead) || lead.hasSuffix("中") else { return nil }
        let noun = clause.firstIndex { "有未作均予进被保维".contains($0) } ?? clause.endIndex
        guard clause.distance(from: clause.startIndex, to: noun) <= 4, let isChanged = said(String(clause[noun...]))
        else { return nil }
        return property(of: String(clause), isChanged, clause)
    }

    private func property(of words: String, _ isChanged: Bool, _ behind: Substring) -> Property? {
        let isCount = self.words["count_topics"].contains(where: words.hasBytes)
        let isPrice = !isCount && self.words["unit_price"].contains(where: words.hasBytes)
        if isCount, isPrice { return nil }
        let isCut = self.words["cut_verbs"].contains(where: words.hasBytes)
        // 调低的2项 of targets are those that went down.
        if !isCount, !isPrice, !isCut, !self.words["neither_way"].contains(where: words.hasBytes) { return nil }
        let kinds: [NamedRows.Kind] = isCount ? [.count] : isPrice ? [.price] : isCut ? [.money] : [.measure]
        return Property(kinds: kinds, isChanged: isChanged)
    }

    /// Whether words end with a change or with the denial of one.
    private func said(_ text: String) -> Bool? {
        if words["rows_unchanged"].contains(where: text.hasSuffix) { return false }
        return words["rows_changed"].contains(where: text.hasSuffix) ? true : nil
    }

    // MARK: - Names

    /// `，分别为甲、乙和丙` behind a count.
    private func names(_ rest: String, _ property: Property, _ groups: [Group], _ line: ReportText.Line) -> Finding? {
        let sentence = rest.prefix { !"。；".contains($0) }
        guard let comma = sentence.firstIndex(where: { "，：（".contains($0) }),
            sentence.distance(from: sentence.startIndex, to: comma) <= 8
        else { return nil }
        let behind = sentence[sentence.index(after: comma)...]
        let link = words["list_links"].first(where: behind.hasPrefix)
        guard link != nil || sentence[comma] != "，" else { return nil }
        let list = String(behind.dropFirst(link?.count ?? 0).prefix { !"，）".contains($0) })
        for group in groups {
            let named = group.filter { row in list.listsName(row.name) }
            guard !named.isEmpty else { continue }
            guard let wrong = named.first(where: { property.holds($0) == false }) else { return nil }
            return otherName(wrong, list, line)
        }
        return nil
    }

    /// `建安工程费的6个子目均有审减`: all of them.
    private func all(_ text: String, _ line: ReportText.Line) -> [Finding] {
        let letters = Array(text)
        return StatedFigure.all(in: text).compactMap { figure in
            guard let count = Int(figure.digits), count > 1,
                figure.behind.first.map({ words["kind_counters"].contains(String($0)) }) ?? false
            else { return nil }
            let clause = String(letters[(figure.range.upperBound + 1)...].prefix { !"，。；".contains($0) })
            guard let place = clause.firstBytes(of: "均"),
                clause.distance(from: clause.startIndex, to: place.lowerBound) <= 4,
                let isChanged = said(String(clause[place.upperBound...])),
                let property = property(of: clause, isChanged, clause[...]), property.kinds == [.money]
            else { return nil }
            let meant = groups.filter { $0.count == count && $0.allSatisfy { property.holds($0) != nil } }
            guard !meant.isEmpty, meant.allSatisfy({ group in group.contains { property.holds($0) == false } }) else {
                return nil
            }
            let counts = meant.map { group in group.count { property.holds($0) == true } }
            return otherCount(figure, clause, counts, meant[0], line)
        }
    }
}

extension String {
    /// Whether a list has this name as one of its own: 甲 of 甲、乙和丙.
    func listsName(_ name: String) -> Bool {
        split(separator: "、").flatMap { item -> [Substring] in
            item == name[...] ? [item] : [item] + item.split { "和及与".contains($0) }
        }.contains { $0 == name[...] || $0.bareName == name }
    }
}

extension Substring { fileprivate var bareName: String { String(self).bareName } }

// MARK: - Messages

private func otherCount(
    _ figure: StatedFigure,
    _ behind: String,
    _ counts: [Int],
    _ group: [NamedRows.Row],
    _ line: ReportText.Line
) -> Finding {
    let quote = figure.digits + figure.behind.prefix(1) + behind.prefix { !"，。；：（".contains($0) }
    let shown = Set(counts).sorted().map(String.init).joined(separator: "、")
    return rowsCounted.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"：按表中各行申报与审定的数，应为 \(shown)，请核对",
            en:
                "\"\(quote)\": by what the rows of the table have on both sides there are \(shown); check the count and the table"
        ),
        subject: quote,
        lines: [line.spot] + (group.first.map { [$0.line.spot] } ?? []),
        expected: shown,
        found: quote
    )
}

private func otherName(_ row: NamedRows.Row, _ list: String, _ line: ReportText.Line) -> Finding {
    rowsCounted.rule.finding(
        message: LocalizedText(
            zh: "\"\(list)\"中的\"\(row.name)\"，按表中该行的数不在其列，请核对",
            en: "\(row.name) is listed in \"\(list)\", where its row of the table does not belong; check the list"
        ),
        subject: row.name + list,
        lines: [line.spot, row.line.spot],
        found: row.name
    )
}
