internal import Markup
internal import ReviewModel

/// The summary as one HTML page: nothing is loaded, and without its script everything can be read.
struct PortfolioPage {
    let portfolio: Portfolio
    /// What people call the reviews, by id.
    let names: [String: String]
    var page = MarkupWriter(.html, reserving: 1 << 18)

    private var locale: Locale { portfolio.locale }

    /// The most findings that are listed.
    static let mostFindings = 500

    init(_ portfolio: Portfolio) { self.init(portfolio, Self.names(in: portfolio)) }

    init(_ portfolio: Portfolio, _ names: [String: String]) { (self.portfolio, self.names) = (portfolio, names) }

    static func names(in portfolio: Portfolio) -> [String: String] {
        let titles = portfolio.overview.rows.map { row in
            (
                row.text("review"),
                portfolio.columns.prefix(2).map { portfolio.printed(row, $0) }.joined(separator: " · ")
            )
        }
        return Dictionary(titles) { first, _ in first }
    }

    mutating func bytes() -> [UInt8] {
        let (title, total) = (portfolio.document.title(locale), portfolio.total)
        writeHead(title)
        page.element("h1", text: title)
        page.element("p", text: PortfolioWords.count(total)(locale))
        for note in portfolio.unitNotes { page.element("p", text: note) }
        writeContents()
        page.raw("</header>\n<main>")
        writeUnfinished()
        writeTotals(total)
        for group in portfolio.document.groups { write(group) }
        writeCharts()
        writeFindings()
        for (list, rows) in portfolio.lists { write(list, rows) }
        writeOverview()
        page.raw("</main><script>" + PortfolioStyle.script + "</script></body></html>\n")
        return page.bytes
    }

    /// Everything before what stands in the page's head.
    mutating func writeHead(_ title: String) {
        page.raw("<!DOCTYPE html>\n")
        page.open("html", ["lang": locale == .zh ? "zh-CN" : "en"])
        page.raw(
            """
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">\
            <meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'unsafe-inline';\
            script-src 'unsafe-inline'">
            """
        )
        page.element("title", text: title)
        page.raw("<style>" + PortfolioStyle.sheet + numericColumns + "</style></head>\n<body><header>")
    }

    // MARK: Parts

    private mutating func writeContents() {
        page.raw("<nav>")
        if !portfolio.unfinished.isEmpty { writeLink("unfinished", PortfolioWords.unfinished(locale)) }
        for group in portfolio.document.groups { writeLink("by-" + group.column, group.title(locale)) }
        writeLink("charts", PortfolioWords.charts(locale))
        writeLink("across", PortfolioWords.findings(locale) + " (\(portfolio.findings.count))")
        for (list, _) in portfolio.lists { writeLink("list-" + list.name, list.title(locale)) }
        writeLink("all", portfolio.document.overview.title(locale))
        page.raw("</nav>")
    }

    private mutating func writeLink(_ anchor: String, _ text: String) {
        page.element("a", ["href": "#" + anchor], text: text)
        page.raw(" ")
    }

    private mutating func writeUnfinished() {
        let entries = portfolio.unfinished
        guard !entries.isEmpty || !portfolio.unchecked.isEmpty else { return }
        page.raw("<section id=\"unfinished\" class=\"alarm\">")
        if !entries.isEmpty {
            page.element("h2", text: PortfolioWords.unfinished(locale))
            page.element("p", text: PortfolioWords.unfinishedNote(locale))
            let heads = [PortfolioWords.review, PortfolioWords.state, PortfolioWords.reason]
            openTable(heads.map { ($0(locale), false) })
            for entry in entries {
                page.raw("<tr><td>")
                writeReview(entry, text: names[entry.id] ?? entry.id)
                page.raw("<td>")
                page.text(state(entry))
                page.raw("<td>")
                page.text(entry.message)
            }
            closeTable()
        }
        if !portfolio.unchecked.isEmpty {
            page.element("h2", text: PortfolioWords.unchecked(locale))
            page.raw("<ul>")
            for rule in portfolio.unchecked {
                page.element("li", text: "\(rule.title(locale)) (\(rule.id)): \(rule.reason(locale))")
            }
            page.raw("</ul>")
        }
        page.raw("</section>\n")
    }

    private func state(_ entry: Portfolio.Entry) -> String {
        portfolio.columns.lazy.compactMap { $0.names[entry.state] }.first?(locale) ?? entry.state
    }

    private mutating func writeTotals(_ total: PortfolioSums) {
        page.raw("<section class=\"tiles\">")
        for column in portfolio.columns where (column.isTotal || column.ratio != nil) && column.isOnPage {
            page.raw("<div><b>")
            page.text(portfolio.printed(total.figure(column), column))
            page.raw("</b><span>")
            page.text(column.title(locale))
            page.raw("</span></div>")
        }
        page.raw("</section>\n")
    }

    private mutating func write(_ group: PortfolioDocument.Group) {
        guard let column = portfolio.column(group.column) else { return }
        let groups = portfolio.grouped(by: group.column).map { ($0.value, portfolio.sums($0.rows)) }
        let shown = portfolio.columns.filter { ($0.isTotal || $0.ratio != nil) && $0.isOnPage }
        let most = groups.compactMap { try? ExactDecimal.sum(bars($0.1)) }.max() ?? 0
        page.open("section", ["id": "by-" + group.column])
        page.element("h2", text: group.title(locale))
        writeLegend()
        let heads = [(column.title(locale), false), (PortfolioWords.reviews(locale), true)]
        openTable(
            heads + shown.map { ($0.title(locale), true) } + [(PortfolioWords.share(locale), false)],
            sortable: true
        )
        for (value, sums) in groups {
            page.raw("<tr><td>")
            let name = portfolio.name(of: value, column)
            page.element(
                "a",
                ["href": "#all", "data-f": name],
                text: name.isEmpty ? PortfolioWords.missing(locale) : name
            )
            writeSums(sums, shown)
            page.raw("<td>")
            writeBar(bars(sums), most)
        }
        page.raw("</tbody><tfoot><tr><td>")
        page.text(PortfolioWords.totals(locale))
        writeSums(portfolio.total, shown)
        page.raw("<td></tfoot></table></div></section>\n")
    }

    private mutating func writeSums(_ sums: PortfolioSums, _ columns: [PortfolioColumn]) {
        page.raw("<td class=n>\(sums.count)")
        for column in columns {
            page.raw("<td class=n>")
            page.text(portfolio.printed(sums.figure(column), column))
        }
    }

    private func bars(_ sums: PortfolioSums) -> [ExactDecimal] {
        portfolio.document.bars.map { name in portfolio.column(name).flatMap(sums.figure)?.magnitude ?? 0 }
    }

    private mutating func writeFindings() {
        page.raw("<section id=\"across\">")
        page.element("h2", text: PortfolioWords.findings(locale))
        let findings = portfolio.findings
        if findings.isEmpty {
            page.element("p", text: PortfolioWords.noFindings(locale))
        } else {
            write(Array(findings.prefix(Self.mostFindings)))
            writeMore(Self.mostFindings, of: findings.count)
        }
        writeRules(portfolio.rules)
        page.raw("</section>\n")
    }

    mutating func write(_ findings: [Portfolio.Found]) {
        openTable(
            [
                (PortfolioWords.severity(locale), false), (PortfolioWords.finding(locale), false),
                (PortfolioWords.weight(locale), true), (PortfolioWords.places(locale), false),
            ],
            sortable: true
        )
        let titles = Dictionary(portfolio.rules.map { ($0.id, $0.title(locale)) }) { first, _ in first }
        for finding in findings {
            page.raw("<tr><td>")
            page.element("i", ["class": "s " + finding.severity.rawValue], text: finding.severity.name(locale))
            page.raw("<td>")
            page.element("b", text: titles[finding.rule] ?? finding.rule)
            page.raw("<br>")
            page.text(finding.message(locale))
            page.raw("<td class=n>")
            page.text(finding.weight.map { $0.rounded(to: 2).grouped } ?? "")
            page.raw("<td>")
            for (index, side) in finding.sides.enumerated() {
                if index > 0 { page.raw("<br>") }
                writeReview(side.review, place: side.place)
            }
        }
        closeTable()
    }

    mutating func writeRules(_ rules: [Rule]) {
        page.raw("<details>")
        page.element("summary", text: PortfolioWords.rules(locale))
        page.raw("<dl>")
        for rule in rules {
            page.element("dt", text: "\(rule.title(locale)) (\(rule.id))")
            page.element("dd", text: rule.manual(locale))
        }
        page.raw("</dl></details>")
    }

    private mutating func write(_ list: PortfolioList, _ rows: Table) {
        page.open("section", ["id": "list-" + list.name])
        page.element("h2", text: list.title(locale))
        if let note = list.note { page.element("p", text: note(locale)) }
        openTable(list.columns.map { ($0.title(locale), $0.kind != .text) }, sortable: true)
        for row in rows.rows.prefix(list.limit) {
            page.raw("<tr>")
            for (position, column) in list.columns.enumerated() {
                let text = portfolio.printed(row, column)
                page.raw(column.kind != .text ? "<td class=n>" : text.utf8.count <= 12 ? "<td class=short>" : "<td>")
                if position == 0, let review = list.review, let entry = portfolio.entry(row.text(review)) {
                    writeReview(entry, text: text)
                } else {
                    page.text(text)
                }
            }
        }
        closeTable()
        writeMore(list.limit, of: rows.rowCount)
        page.raw("</section>\n")
    }

    private mutating func writeOverview() {
        let columns = portfolio.columns.filter(\.isOnPage)
        page.raw("<section id=\"all\">")
        page.element("h2", text: portfolio.document.overview.title(locale))
        page.raw("<p class=\"tools\" hidden><input type=\"search\"")
        page.attribute("placeholder", PortfolioWords.search(locale))
        page.attribute("aria-label", PortfolioWords.search(locale))
        page.raw(">")
        for group in portfolio.document.groups + portfolio.document.counts {
            guard let position = columns.firstIndex(where: { $0.name == group.column }) else { continue }
            page.raw("<label>")
            page.text(columns[position].title(locale))
            page.raw(" <select data-c=\"\(position)\"><option value=\"\">")
            page.text(PortfolioWords.all(locale))
            for value in Set(portfolio.overview.rows.map { portfolio.printed($0, columns[position]) }).sorted() {
                page.raw("<option>")
                page.text(value)
            }
            page.raw("</select></label>")
        }
        page.raw("<output></output></p>")
        openTable(columns.map { ($0.title(locale), $0.kind != .text) }, sortable: true, class: "all")
        for row in portfolio.overview.rows {
            let entry = portfolio.entry(row.text("review"))
            page.raw(entry?.isDone == false ? "\n<tr class=u>" : "\n<tr>")
            for (position, column) in columns.enumerated() {
                page.raw("<td>")
                let text = portfolio.printed(row, column)
                // The second text is the name; it leads to the report.
                if position == min(1, columns.count - 1), let entry {
                    writeReview(entry, text: text)
                } else {
                    page.text(text)
                }
            }
        }
        page.raw("</tbody><tfoot><tr>")
        let total = portfolio.total
        for (position, column) in columns.enumerated() {
            page.raw("<td>")
            page.text(position == 0 ? PortfolioWords.totals(locale) : portfolio.printed(total.figure(column), column))
        }
        page.raw("</tfoot></table></div></section>\n")
    }

    /// Numbers to the right without a word in each of many cells.
    private var numericColumns: String {
        portfolio.columns.filter(\.isOnPage).enumerated().filter { $1.kind != .text }.map { position, _ in
            ".all td:nth-child(\(position + 1))"
        }.joined(separator: ",") + "{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
    }
}

// MARK: - Pieces

extension PortfolioPage {
    /// - Parameter heads: each with whether numbers stand below it.
    mutating func openTable(
        _ heads: [(text: String, isNumber: Bool)],
        sortable: Bool = false,
        class name: String = ""
    ) {
        page.raw("<div class=\"wide\"><table")
        let names = [sortable ? "sort" : "", name].filter { !$0.isEmpty }.joined(separator: " ")
        if !names.isEmpty { page.attribute("class", names) }
        page.raw("><thead><tr>")
        for (head, isNumber) in heads {
            page.raw(isNumber ? "<th scope=col class=n>" : "<th scope=col>")
            page.text(head)
        }
        page.raw("</thead><tbody>")
    }

    mutating func closeTable() { page.raw("</tbody></table></div>") }

    mutating func writeReview(_ entry: Portfolio.Entry, text: String) {
        guard let link = entry.link else { return page.text(text) }
        page.element("a", ["href": link.asLink], text: text.isEmpty ? entry.id : text)
    }

    mutating func writeReview(_ id: String, place: String) {
        if let entry = portfolio.entry(id) { writeReview(entry, text: names[id] ?? id) } else { page.text(id) }
        if !place.isEmpty {
            page.raw(" ")
            page.element("small", text: place)
        }
    }

    mutating func writeMore(_ shown: Int, of count: Int) {
        if count > shown { page.element("p", ["class": "note"], text: PortfolioWords.more(shown, of: count)(locale)) }
    }
}

extension String {
    /// A path as an address: what has a meaning there or is no plain letter is written as bytes in hexadecimal digits.
    var asLink: String {
        let digits = Array("0123456789ABCDEF")
        var link = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                link.unicodeScalars.append(UnicodeScalar(byte))
            default: link += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return link
    }
}
