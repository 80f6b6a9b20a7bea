import BudgetLines
import ReviewModel
import Targets

extension FigureGathering {
    /// Budgets, payments and execution rates of earlier years: item by item, in all, as declared, and their means.
    mutating func addHistory(_ dossier: Dossier) throws(DecimalOverflow) {
        let years = HistoryYear.all(in: dossier)
        var (subjects, latest) = ([String](), [String: String]())
        var items: [String: [Int: [HistoryItem]]] = [:]
        for year in years {
            for item in year.items {
                let subject = item.subject
                add(name: item.name, meaning: subject)
                if latest.updateValue(item.name, forKey: subject) == nil { subjects.append(subject) }
                items[subject, default: [:]][year.year, default: []].append(item)
            }
        }
        for subject in subjects {
            var sums: [[ProseFigure]] = []
            for (year, own) in (items[subject] ?? [:]).sorted(by: { $0.key < $1.key }) {
                sums.append(try yearFigures(own, year, subject, LocalizedText(latest[subject] ?? "")))
                // Items that share a key are figures of their own, too.
                for item in own where own.count > 1 {
                    for figure in try yearFigures([item], year, subject, LocalizedText(item.name)) { add(figure) }
                }
            }
            try add(years: sums, of: LocalizedText(latest[subject] ?? ""))
        }
        var totals: [[ProseFigure]] = []
        for year in years where !year.items.isEmpty {
            totals.append(try yearFigures(year.items, year.year, "", .total))
        }
        try add(years: totals, of: .total)
        try addGroups(of: years, dossier)
        addDeclaredYears(dossier)
    }

    /// What the items of a group come to, 项目支出 beside 基本支出, where a report that is read names the groups.
    private mutating func addGroups(of years: [HistoryYear], _ dossier: Dossier) throws(DecimalOverflow) {
        let rows = dossier.rows(of: "history").map { ($0.pointer, $0.text("group")) }.filter { $0.1.count > 3 }
        let groups = Dictionary(rows) { first, _ in first }
        for name in rows.map(\.1).uniqued() {
            var sums: [[ProseFigure]] = []
            for year in years {
                let items = year.items.filter { groups[$0.pointer] == name }
                if items.isEmpty { continue }
                sums.append(try yearFigures(items, year.year, "history:\(name)", LocalizedText(name)))
            }
            add(name: name, meaning: "history:\(name)")
            try add(years: sums, of: LocalizedText(name))
        }
    }

    /// The figures of each year, their means over all years, and over every run of years, the longest first.
    private mutating func add(years: [[ProseFigure]], of name: LocalizedText) throws(DecimalOverflow) {
        for figure in years.flatMap(\.self) { add(figure) }
        for (aspect, _, aspectName) in yearAspects {
            let words = name.joined(aspectName)
            if aspect != .executionRate {
                try addSums(of: years.compactMap { $0.first { $0.aspect == aspect } }, words)
            }
            var series = years.compactMap { $0.first { $0.aspect == aspect } }
            // What is asked for now may be counted in with the budgets.
            if aspect == .adjusted, let subject = series.first?.subject {
                try addMeans(of: series, words)
                if let now = request(of: subject) { series.append(now) }
                try addMeans(of: series, words, including: year)
            } else {
                try addMeans(of: series, words)
            }
        }
    }

    /// What the last years come to: 三年支出合计.
    private mutating func addSums(of series: [ProseFigure], _ name: LocalizedText) throws(DecimalOverflow) {
        for length in (2...max(2, series.count)).reversed() where length <= series.count {
            let run = Array(series.suffix(length))
            let span = "\(run[0].years.first ?? 0)–\(run[length - 1].years.first ?? 0)"
            var sum = run[0]
            sum.label = LocalizedText(zh: "\(name.zh) \(span) 年合计", en: "\(name.en), sum of \(span)")
            sum.value = try .sum(run.map(\.value))
            (sum.years, sum.making) = (run.flatMap(\.years), .sum)
            sum.parts = run.map {
                ProseFigure.Part(name: $0.years.map(String.init).joined(), value: $0.value, unit: $0.unit)
            }
            sum.pointers = run.flatMap(\.pointers)
            add(sum)
        }
    }

    private mutating func addMeans(
        of series: [ProseFigure],
        _ name: LocalizedText,
        including needed: Int? = nil
    ) throws(DecimalOverflow) {
        guard series.count > 1 else { return }
        for length in (2...series.count).reversed() {
            for start in (0...series.count - length).reversed() {
                let run = Array(series[start..<start + length])
                let years = run.flatMap(\.years)
                if let needed, !years.contains(needed) { continue }
                let span = "\(years.first ?? 0)–\(years.last ?? 0)"
                let label = LocalizedText(zh: "\(name.zh) \(span) 年平均", en: "\(name.en), mean of \(span)")
                if let mean = try ProseFigure.mean(of: run, label: label) { add(mean) }
            }
        }
    }

    private func yearFigures(
        _ items: [HistoryItem],
        _ year: Int,
        _ subject: String,
        _ name: LocalizedText
    ) throws(DecimalOverflow) -> [ProseFigure] {
        let adjusted = try ExactDecimal.sum(items.map(\.adjusted))
        let paid = try ExactDecimal.sum(items.map(\.paid))
        let rate = try ExactDecimal.percentage(paid, of: adjusted, places: 10)
        return zip(yearAspects, [adjusted, paid, rate]).compactMap { kind, value in
            let (aspect, column, words) = kind
            return value.map {
                ProseFigure(
                    label: name.joined(LocalizedText(zh: "\(year) 年\(words.zh)", en: "\(words.en) in \(year)")),
                    value: $0,
                    unit: aspect == .executionRate ? .percent : .yuan,
                    subject: subject,
                    aspect: aspect,
                    years: [year],
                    making: aspect == .executionRate ? .ratio : items.count > 1 ? .sum : .stated,
                    pointers: items.map { $0.pointer / column }
                )
            }
        }
    }

    /// What the tables of earlier years declare: totals, rates, the rate that is expected.
    private mutating func addDeclaredYears(_ dossier: Dossier) {
        let columns: [(String, ProseFigure.Aspect, LocalizedText, ProseUnit)] = [
            ("declared_adjusted", .adjusted, LocalizedText(zh: "调整后预算（原表）", en: "adjusted budget as declared"), .yuan),
            ("declared_paid", .paid, LocalizedText(zh: "支付金额（原表）", en: "paid as declared"), .yuan),
            ("declared_rate", .executionRate, LocalizedText(zh: "执行率（原表）", en: "execution rate as declared"), .percent),
            ("expected_rate", .executionRate, LocalizedText(zh: "预期执行率", en: "expected execution rate"), .percent),
        ]
        for row in dossier.rows(of: "history_years") {
            guard let year = row.integer("year") else { continue }
            for (column, aspect, words, unit) in columns {
                guard let value = row.decimal(column) else { continue }
                add(
                    ProseFigure(
                        label: LocalizedText(zh: "\(year) 年\(words.zh)", en: "\(words.en) in \(year)"),
                        value: value,
                        unit: unit,
                        aspect: aspect,
                        years: [year],
                        pointers: [row.pointer(column)]
                    )
                )
            }
        }
    }
}

/// What is known of a year, and the columns that say it.
private let yearAspects: [(ProseFigure.Aspect, column: String, LocalizedText)] = [
    (.adjusted, "adjusted", LocalizedText(zh: "调整后预算", en: "adjusted budget")),
    (.paid, "paid", LocalizedText(zh: "支付金额", en: "paid")),
    (.executionRate, "declared_rate", LocalizedText(zh: "执行率", en: "execution rate")),
]

extension HistoryItem {
    /// What names of the item lead to: the same as those of its namesakes.
    fileprivate var subject: String { historyKey.map { "key:\($0)" } ?? "item:\(canonicalText(name))" }
}
