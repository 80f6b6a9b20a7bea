internal import ReviewModel

extension Portfolio {
    /// The most findings and the most reviews of one kind that a mail lists.
    private static let mostInMail = 20

    /// The summary in short, as Markdown for a mail.
    public var markdown: String {
        let total = self.total
        var text = "# \(document.title(locale).asMarkdown)\n\n\(PortfolioWords.count(total)(locale))\n"
        text += unitNotes.map { "\n\($0.asMarkdown)\n" }.joined()
        let shown = columns.filter { ($0.isTotal || $0.ratio != nil) && $0.isOnPage }
        text +=
            "\n"
            + shown.map { column in
                "- \(column.title(locale).asMarkdown): \(printed(total.figure(column), column))\n"
            }.joined()
        if !unfinished.isEmpty {
            text += "\n## \(PortfolioWords.unfinished(locale))\n\n"
            text += unfinished.prefix(Self.mostInMail).map { entry in
                "- \(entry.id.asMarkdown): \(entry.message.asMarkdown)\n"
            }.joined()
            text += more(unfinished.count)
        }
        if let group = document.groups.first, let column = column(group.column) {
            text += "\n## \(group.title(locale).asMarkdown)\n\n"
            let heads = [column.title(locale), PortfolioWords.reviews(locale)] + shown.map { $0.title(locale) }
            text += Self.row(heads) + "|---|" + String(repeating: "---:|", count: shown.count + 1) + "\n"
            for (value, rows) in grouped(by: group.column) {
                let sums = sums(rows)
                let cells = shown.map { printed(sums.figure($0), $0) }
                text += Self.row([name(of: value, column), String(sums.count)] + cells)
            }
        }
        text += "\n## \(PortfolioWords.findings(locale)) (\(findings.count))\n\n"
        if findings.isEmpty { text += PortfolioWords.noFindings(locale) + "\n" }
        for finding in findings.prefix(Self.mostInMail) {
            text += "- **\(finding.severity.name(locale))** \(finding.message(locale).asMarkdown)\n"
        }
        return text + more(findings.count)
    }

    private func more(_ count: Int) -> String {
        count > Self.mostInMail ? "\n" + PortfolioWords.more(Self.mostInMail, of: count)(locale) + "\n" : ""
    }

    private static func row(_ cells: [String]) -> String {
        "| " + cells.map(\.asMarkdown).joined(separator: " | ") + " |\n"
    }

    /// The files of lists that want one: every row, as YAML that specs can include.
    public var listFiles: [(name: String, text: String)] {
        lists.compactMap { list, rows in list.file.map { ($0, Self.yaml(list, rows)) } }
    }

    private static func yaml(_ list: PortfolioList, _ rows: Table) -> String {
        var text = "# \(list.title.zh.oneLine) — \(list.title.en.oneLine)\n"
        if let note = list.note { text += "# \(note.zh.oneLine)\n# \(note.en.oneLine)\n" }
        if rows.rowCount == 0 { return text + "[]\n" }
        for row in rows.rows {
            let cells = list.columns.compactMap { column -> String? in
                guard let cell = row.optionalText(column.name) else { return nil }
                guard column.kind != .text else { return "\(column.name): \(cell.asYAML)" }
                // What is no number after all is no syntax either.
                guard let number = ExactDecimal(cell) else { return "\(column.name): \(cell.asYAML)" }
                return "\(column.name): \(column.kind == .money ? number.inCents.description : cell)"
            }
            text += "- {" + cells.joined(separator: ", ") + "}\n"
        }
        return text
    }
}

extension ExactDecimal {
    /// With two places, and more only where the figure has more.
    var inCents: ExactDecimal { rounded(to: max(2, withoutTrailingZeros.places)) }
}

extension String {
    /// In one line, and shown, not acted on.
    var oneLine: String {
        var (text, previous) = ("".unicodeScalars, nil as Unicode.Scalar?)
        for scalar in unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\t"..."\r", "\u{85}", "\u{2028}", "\u{2029}": text.append(" ")
            default: text.append(scalar)
            }
            previous = scalar
        }
        return String(text).withVisibleControls
    }

    /// As text in Markdown that means itself.
    var asMarkdown: String { oneLine.withBackslashes(before: #"\`*_[]<>|#~&"#.unicodeScalars) }

    /// In double quotes.
    var asYAML: String { "\"" + oneLine.withBackslashes(before: #"\""#.unicodeScalars) + "\"" }

    /// Looks at scalars: a character that people see may have a mark of syntax in it, and others joined to it.
    private func withBackslashes(before syntax: String.UnicodeScalarView) -> String {
        var text = "".unicodeScalars
        for scalar in unicodeScalars {
            if syntax.contains(scalar) { text.append("\\") }
            text.append(scalar)
        }
        return String(text)
    }
}
