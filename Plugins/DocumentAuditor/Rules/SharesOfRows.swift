import BudgetLines
import PrintedReports
import ReviewModel

/// `由省水利专项承担40%、市级配套25%、县级配套35%`: the shares of the rows of a table, each right behind its name. One that is another where all others are right, or
/// two that stand for each other, are told.
func sharesOfRows(_ audit: DocumentAudit, _ tables: [NamedAmounts], _ told: Set<Spot>) -> [Finding] {
    let links = ["", "占", "承担", "占比", "各占", "占比为"] + audit.report.words["stated_links"]
    return audit.report.body.flatMap { line -> [Finding] in
        guard !line.isTableRow, line.folded.hasBytes(of: "%"), !told.contains(line.spot) else { return [] }
        return line.folded.withoutThousands.split(whereSeparator: { "。；".contains($0) }).compactMap { sentence in
            let text = String(sentence)
            let shares = StatedFigure.all(in: text).filter { $0.behind.hasPrefix("%") }
            guard shares.count > 1 else { return nil }
            return tables.lazy.compactMap { otherShare(text, shares, $0, links, line) }.first
        }
    }
}

private func otherShare(
    _ text: String,
    _ shares: [StatedFigure],
    _ table: NamedAmounts,
    _ links: [String],
    _ line: ReportText.Line
) -> Finding? {
    let letters = Array(text)
    let said = shares.compactMap { figure -> (entry: NamedAmounts.Entry, share: StatedFigure)? in
        let start = letters[..<figure.range.lowerBound].lastIndex { "，、：（）和及与".contains($0) }.map { $0 + 1 } ?? 0
        let lead = String(letters[start..<figure.range.lowerBound])
        let entry = table.entries.first { entry in
            guard let place = lead.ranges(of: entry.name).last else { return false }
            return links.contains(String(lead[place.upperBound...])) && lead[..<place.lowerBound].count < 8
        }
        return entry.map { ($0, figure) }
    }
    // Of all rows, and a whole of a hundred percent but for what is wrong.
    guard said.count == table.entries.count, said.count > 1, Set(said.map(\.entry.name)).count == said.count else {
        return nil
    }
    for column in table.whole.keys.sorted() {
        let made = said.map { table.share($0.entry, column, $0.share.value.places) }
        guard made.allSatisfy({ $0 != nil }) else { continue }
        let wrong = said.indices.filter { index in
            let step = ExactDecimal(significand: 1, places: said[index].share.value.places)
            return ((try? (made[index] ?? .zero) - said[index].share.value).map { $0.magnitude > step }) ?? false
        }
        if wrong.isEmpty { return nil }
        let isSwap =
            wrong.count == 2 && said.count > 2 && made[wrong[0]] == said[wrong[1]].share.value
            && made[wrong[1]] == said[wrong[0]].share.value
        guard wrong.count == 1 && said.count > 2 || isSwap, let first = wrong.first, let share = made[first] else {
            continue
        }
        let (name, value) = (said[first].entry.name, said[first].share.digits)
        return amountsOfRows.rule.finding(
            message: LocalizedText(
                zh: "\"\(name)\"写为占 \(value)%，按表中该行与合计为 \(share)%",
                en: "\"\(name)\" is said to be \(value)% of the whole, by its row and the total it is \(share)%"
            ),
            subject: "\(name) \(value)%",
            lines: [line.spot] + said[first].entry.spots,
            expected: "\(share)%",
            found: "\(value)%",
            hint: LocalizedText(zh: "请核对占比和表中该行", en: "check the share and the row of the table")
        )
    }
    return nil
}
