import BudgetLines
import PrintedReports
import ReviewModel
import WrittenTimes

/// What a report says of its project and of who takes part, for an audit that has no spec to say it.
struct ReportFields {
    private let report: ReportText
    private(set) var all: [SourceField] = []
    /// What tells of times that were read as two days.
    private(set) var spans: [Finding] = []

    /// - Parameters:
    ///   - further: what fields are called besides, by their names in the form.
    ///   - times: what times from one day to another are called.
    init(_ report: ReportText, _ further: [(field: String, words: [String])] = [], _ times: [SpanLabels] = []) {
        self.report = report
        let labels = report.words.labels
        var wanted: [String: [String]] = [:]
        for (field, words) in further {
            let path = field.split(separator: ".").map(String.init)
            // What two fields are called names neither.
            for word in Set(words.map(\.folded)) { wanted[word] = wanted[word] == nil ? path : [] }
        }
        let named = wanted.filter { !$0.value.isEmpty }
        wanted = [:]
        for (label, name) in labels { wanted[label] = ["organisations", name] }
        for label in report.words["project_label"] { wanted[label] = ["project", "name"] }
        let all = named.merging(wanted) { _, own in own }
        let years = report.words["year_label"]
        let spans = Dictionary(times.flatMap { time in time.words.map { ($0, time) } }) { first, _ in first }
        let forms = further.isEmpty ? [] : Self.rowsOfForms(report.lines, Set(all.keys).union(spans.keys))
        for (index, line) in report.lines.enumerated() {
            // A head of a table may be what a field is called: only a table of labels has values right of them.
            let known = further.isEmpty || line.isTableRow && !forms.contains(index) ? wanted : all
            for (label, value) in line.labelledValues + report.valueBelow(index) {
                let isYear = years.contains(label) || known[label] == ["project", "year"]
                if !line.isTableRow || forms.contains(index), let time = spans[label] { add(time, label, value, line) }
                // Where a value was left out the next label stands right of it.
                if let path = known[label], !isYear, further.isEmpty || all[value.folded] == nil {
                    add(path, .text(value), line)
                }
                if isYear, let year = value.yearOfLabel { add(["project", "year"], .integer(year), line) }
            }
        }
        readTitle()
        readSentences()
        readYear()
        readRounding()
        if further.isEmpty { readWhatIsCut() }
    }

    /// The rows of tables that are forms: half of their rows, and two at least, begin with what a field is called.
    private static func rowsOfForms(_ lines: [ReportText.Line], _ labels: Set<String>) -> Set<Int> {
        var (rows, start) = (Set<Int>(), 0)
        while start < lines.count {
            guard lines[start].isTableRow else {
                start += 1
                continue
            }
            let end = lines[start...].firstIndex { !$0.isTableRow } ?? lines.count
            let known = lines[start..<end].count { line in
                line.filledCells.first.map { labels.contains($0.folded) } ?? false
            }
            if known > 1, known * 2 >= end - start { rows.formUnion(start..<end) }
            start = end
        }
        return rows
    }

    /// What sentences say of who takes part, where no label does: 由临澜县人民医院申报, 主管部门为临澜县卫生健康局, 受临澜县财政局委托.
    private mutating func readSentences() {
        let departments = report.words.organisations["department"] ?? []
        for line in report.lines.prefix(while: { !$0.folded.hasPrefix("附件1") }) where !line.isTableRow {
            for clause in line.folded.split(whereSeparator: { "，。；：（）".contains($0) }).map(String.init) {
                if let name = clause.body(between: ["由"], and: report.words["undertakes"]) {
                    add(["organisations", "applicant"], .text(name), line)
                }
                for label in departments {
                    guard let name = clause.body(behind: label + "为") ?? clause.body(behind: label + "是") else {
                        continue
                    }
                    add(["organisations", "department"], .text(name), line)
                }
                if clause.hasPrefix("受"), let name = clause.body(between: ["受"], and: ["委托"]) {
                    add(["organisations", "client"], .text(name), line)
                }
            }
        }
    }

    /// The year of what is asked for, where neither the title nor a label gives it: 申请2026年营养改善计划资金.
    private mutating func readYear() {
        guard year == nil else { return }
        var years: [(year: Int, line: ReportText.Line)] = []
        for line in report.lines where !line.isTableRow && line.folded.hasBytes(of: "年") {
            for word in ["申请", "申报", "申报的", "申请的", "建议安排", "同意安排"] {
                for place in line.folded.ranges(of: word) {
                    let rest = line.folded[place.upperBound...]
                    guard let year = Int(rest.prefix(4)), (1990...2100).contains(year),
                        rest.dropFirst(4).hasPrefix("年"),
                        rest.dropFirst(5).first.map({ !$0.isNumber }) ?? false
                    else { continue }
                    years.append((year, line))
                }
            }
        }
        // Two places say it at least, and of several years the one that is named most often, the first of them.
        let counts = Dictionary(grouping: years, by: \.year).mapValues(\.count)
        guard let most = counts.values.max(), most > 1, let first = years.first(where: { counts[$0.year] == most })
        else {
            return
        }
        add(["project", "year"], .integer(first.year), first.line)
    }

    /// How the amounts are rounded that lines are read from.
    private mutating func readRounding() {
        let tables = report.printedTables
        // What was approved may be rounded where the lines are not: a summary in 万元 above the tables of its sections.
        let read = [tables.first { $0.kind == .budget }, tables.mainAuditTable].compactMap(\.self)
        guard let table = read.first(where: { $0.roundedTo != nil }), let step = table.roundedTo else { return }
        add(["report", "rounded_to"], .decimal(step), table.unitLine ?? table.header.line)
    }

    /// Whether nobody knows what was approved: lines were read, and no table of what was cut from them, though the report says that something was.
    private mutating func readWhatIsCut() {
        let tables = report.printedTables
        guard tables.mainAuditTable == nil, let budget = tables.first(where: { $0.kind == .budget }) else { return }
        let words = report.words
        let sides = words["granted_heads"] + words["cut_heads"]
        let heads = tables.map(\.header) + report.unreadTables.flatMap { $0.rows.prefix(2) }
        let line =
            heads.first { head in head.cells.contains { cell in sides.contains(where: cell.folded.hasBytes) } }?.line
            ?? report.paragraphs.first { $0.text.folded.says(words["says_cut"]) }?.line
        if line != nil { add(["report", "audit_unread"], .boolean(true), budget.header.line) }
    }

    /// The budget year that the title gives.
    var year: Int? {
        all.first { $0.pointer == JSONPointer(["fields", "project", "year"]) }.flatMap { field in
            if case .integer(let year) = field.value { Int(year) } else { nil }
        }
    }

    /// Whether rows are nothing but labels with their values, 项目名称 and 主管部门: these are read as fields, not as a table.
    static func areLabels(_ rows: [PrintedTable.Row], _ words: ReportWords, _ labels: Set<String> = []) -> Bool {
        let known = Set(words.labels.keys).union(words["project_label"]).union(labels)
        return rows.allSatisfy { row in row.filled.first.map { known.contains($0.folded) } ?? false }
    }

    /// The first that the report says counts: what differs from it is for the auditor to find.
    private mutating func add(_ path: [String], _ value: Value, _ line: ReportText.Line) {
        let pointer = JSONPointer(["fields"] + path)
        guard !all.contains(where: { $0.pointer == pointer }) else { return }
        all.append(SourceField(pointer, value.withoutStamp, at: line.places.first))
    }

    /// 起止时间：2026年1月至12月 as the two days that the form has.
    private mutating func add(_ time: SpanLabels, _ label: String, _ value: String, _ line: ReportText.Line) {
        guard let span = WrittenSpan(value) else { return }
        let count = all.count
        add(time.first, .text(span.first.description), line)
        add(time.last, .text(span.last.description), line)
        guard all.count > count else { return }
        var finding = Finding(
            rule: "report-reader/span",
            severity: .info,
            message: readAsSpan(label, span),
            subject: label
        )
        finding.spots = line.places.first.map { [.place($0)] } ?? []
        spans.append(finding)
    }

    /// The year and the name that the title gives: `望舒镇 2026 年社区食堂项目评审报告`.
    private mutating func readTitle() {
        let texts = report.lines.filter { !$0.isTableRow && !$0.folded.isEmpty }.prefix(Self.mostLinesOfCover)
        let ends = report.words["title_end"]
        let title = Self.title(in: Array(texts), ends)
        // A cover may give the year in a line of its own: （2026年度）.
        let yearLine = texts.first { $0.folded.count <= 12 && YearOfTitle($0.folded) != nil }
        guard let (line, text) = title ?? yearLine.map({ ($0, $0.folded) }), let found = YearOfTitle(text) else {
            return
        }
        add(["project", "year"], .integer(found.year), line)
        guard title != nil else { return }
        // 临澜县人民医院医疗设备购置项目2026年度预算评审报告: the name stands before the year.
        if found.before.count > 8, found.before.hasSuffix("项目") { add(["project", "name"], .text(found.before), line) }
        if let name = found.name(without: ends) { add(["project", "name"], .text(name), line) }
        if (2...8).contains(found.before.count) { add(["project", "town"], .text(found.before), line) }
    }

    /// The line that has the title, and its whole text: the kind of report, 评审报告, may stand in a line of its own below it.
    private static func title(in texts: [ReportText.Line], _ ends: [String]) -> (ReportText.Line, String)? {
        for (index, line) in texts.enumerated() {
            guard line.folded.count <= longestTitle, YearOfTitle(line.folded) != nil else { continue }
            if ends.contains(where: line.folded.endsWithBytes) { return (line, line.folded) }
            guard index + 1 < texts.count, ends.contains(where: texts[index + 1].folded.isBytes) else { continue }
            return (line, line.folded + texts[index + 1].folded)
        }
        return nil
    }

    private static let mostLinesOfCover = 60
    private static let longestTitle = 60
}

extension ReportFields {
    /// What a time from one day to another is called, and the fields of its two days.
    struct SpanLabels {
        let first: [String]
        let last: [String]
        let words: [String]

        init?(_ reader: ValueReader) {
            guard let record = reader.record(), let first = record.required("first")?.text(),
                let last = record.required("last")?.text()
            else { return nil }
            words = record.required("words")?.list().compactMap { $0.text()?.folded } ?? []
            (self.first, self.last) = (Self.path(first), Self.path(last))
            record.finish()
        }

        private static func path(_ name: String) -> [String] { name.split(separator: ".").map(String.init) }
    }
}

/// A budget year in a title, with what stands around it.
private struct YearOfTitle {
    var year: Int
    var before: String
    private var after: Substring

    init?(_ title: String) {
        for mark in ["年度", "年"] {
            guard let found = title.firstBytes(of: mark) else { continue }
            let digits = title[..<found.lowerBound].suffix(4)
            // A month behind the year makes it the date of the cover.
            guard digits.count == 4, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let year = Int(digits),
                (1990...2100).contains(year), title[found.upperBound...].first?.isNumber != true
            else { continue }
            self.year = year
            var start = title[..<digits.startIndex].drop { "（(".contains($0) }
            if start.hasPrefix("关于") { start = start.dropFirst(2) }
            before = String(start)
            after = title[found.upperBound...]
            return
        }
        return nil
    }

    /// The name of the project: what follows the year, without the words that make it a report.
    func name(without ends: [String]) -> String? {
        guard let end = ends.filter(String(after).endsWithBytes).max(by: { $0.count < $1.count }) else { return nil }
        let name = String(after.dropLast(end.count))
        return name.count >= 2 ? name : nil
    }
}

extension String {
    /// Whether one of the words stands before an amount that is not nought, in its clause: 核减55,000元.
    fileprivate func says(_ words: [String]) -> Bool {
        words.contains { word in
            ranges(of: word).contains { place in
                let rest = self[place.upperBound...].prefix { !"，。；：".contains($0) || $0 == "：" }
                return rest.contains { ("1"..."9").contains($0) }
            }
        }
    }

    /// 2026 of `2026年` and `2026年度`, and of nothing longer.
    fileprivate var yearOfLabel: Int? {
        let digits = folded.prefix { $0.isASCII && $0.isNumber }
        guard digits.count == 4, let year = Int(digits), (1990...2100).contains(year),
            ["", "年", "年度"].contains(String(folded.dropFirst(4)))
        else { return nil }
        return year
    }

    /// The name of a body that stands right behind one of the words and ends right before one of the others.
    fileprivate func body(between starts: [String], and ends: [String]) -> String? {
        for start in starts {
            guard let place = firstBytes(of: start) else { continue }
            let rest = self[place.upperBound...]
            for end in ends {
                guard let place = rest.firstBytes(of: end) else { continue }
                if let name = String(rest[..<place.lowerBound]).asBody { return name }
            }
        }
        return nil
    }

    fileprivate func body(behind word: String) -> String? {
        firstBytes(of: word).flatMap { String(self[$0.upperBound...]).asBody }
    }

    /// A text that is the name of a body and nothing else.
    private var asBody: String? {
        let ends = ["局", "委员会", "办公室", "政府", "中心", "站", "院", "学校", "中学", "小学", "馆", "队", "街道办事处"]
        guard (4...24).contains(count), ends.contains(where: hasSuffix), !contains("的"), !contains("、"),
            !["各", "该", "本", "我", "其", "相关", "有关", "第三方"].contains(where: hasPrefix)
        else { return nil }
        return self
    }
}

extension Value {
    /// 青禾镇文体中心 of 青禾镇文体中心（盖章）: the brackets say where the form is stamped or signed.
    fileprivate var withoutStamp: Value {
        guard case .text(let text) = self, let last = text.last, ")）".contains(last),
            let start = text.lastIndex(where: { "(（".contains($0) })
        else { return self }
        let inner = text[text.index(after: start)...].dropLast().filter { !$0.isWhitespace }
        let isStamp = ["盖章", "公章", "签章", "印章", "签字", "签名"].contains { inner.hasSuffix($0) } && inner.count <= 6
        return isStamp ? .text(String(text[..<start]).trimmed) : self
    }
}

extension ReportText {
    /// A label that stands by itself, `项目单位：`, with the line below it.
    fileprivate func valueBelow(_ index: Int) -> [(label: String, value: String)] {
        let line = lines[index]
        guard !line.isTableRow, line.folded.count <= 20, line.folded.hasSuffix("："),
            let next = lines[(index + 1)...].prefix(3).first(where: { !$0.folded.isEmpty }), !next.isTableRow,
            (2...40).contains(next.folded.count), !next.folded.contains("："), !next.folded.contains("。")
        else { return [] }
        return [(String(line.folded.dropLast()), next.text.trimmed)]
    }
}

extension ReportText.Line {
    /// `项目单位：望舒镇社区服务中心`, and the cells right of such a label.
    fileprivate var labelledValues: [(label: String, value: String)] {
        if isTableRow {
            let cells = filledCells
            return zip(cells, cells.dropFirst()).map { ($0.folded, $1.trimmed) }
        }
        let halves = text.split(maxSplits: 1) { $0 == "：" || $0 == ":" }
        guard halves.count == 2 else { return [] }
        let value = String(halves[1]).trimmed
        return value.isEmpty || value.count > 40 ? [] : [(String(halves[0]).folded, value)]
    }
}

// MARK: - Messages

private func readAsSpan(_ label: String, _ span: WrittenSpan) -> LocalizedText {
    LocalizedText(
        zh: "\(quoted(label))按起、止两个日期读取：\(span.first)、\(span.last)",
        en: "\(quoted(label)) was read as two days, \(span.first) and \(span.last)"
    )
}
