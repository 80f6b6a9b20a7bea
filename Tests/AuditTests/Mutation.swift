import PluginTesting
import ReviewModel

/// One change of a review, and what kind of thing it changes.
struct Mutation: Sendable {
    var kind: String
    /// For a reader of the list of those that nobody noticed.
    var place: String
    var change: @Sendable (inout CleanReview) -> Void
}

/// All changes of a clean review: every figure, and every name, once. Which digit or character changes is drawn from a seed.
struct Mutations {
    private let review: CleanReview
    private var generator = SeededGenerator(seed: 2026)
    private(set) var all: [Mutation] = []

    init(of review: CleanReview) {
        self.review = review
        changeCells()
        changeTexts()
        changeReport()
        all += ReportMutations(of: review.report).all
    }

    /// Of each kind the first, and then others evenly, so many at most.
    func sample(_ count: Int) -> [Mutation] {
        var (order, kinds) = ([String](), [String: [Mutation]]())
        for mutation in all {
            if kinds[mutation.kind] == nil { order.append(mutation.kind) }
            kinds[mutation.kind, default: []].append(mutation)
        }
        return order.flatMap { kind -> [Mutation] in
            let own = kinds[kind] ?? []
            guard own.count > count else { return own }
            return (0..<count).map { own[$0 * own.count / count] }
        }
    }

    private mutating func add(
        _ kind: String,
        _ place: String,
        _ change: @escaping @Sendable (inout CleanReview) -> Void
    ) {
        all.append(Mutation(kind: kind, place: place, change: change))
    }

    // MARK: Cells of the spec

    private mutating func changeCells() {
        let kinds: [(String, String, [String])] = [
            ("a quantity, price or amount of a budget line", "budget_lines", ["quantity", "unit_price", "amount"]),
            ("the amount of a deduction", "deductions", ["amount"]),
            ("a figure of the audit table as printed", "printed_audit", ["requested", "approved", "deducted", "rate"]),
            ("funding by level", "funding", ["amount"]),
            ("a budget, payment or rate of an earlier year", "history", ["adjusted", "paid", "declared_rate"]),
            ("a total of an earlier year", "history_years", ["declared_adjusted", "declared_paid", "declared_rate"]),
            ("points of a score", "scores", ["points"]),
            ("a figure as declared", "declared_figures", ["value"]),
            ("a value of a target", "targets", ["value"]), ("a value of a target", "declared_targets", ["value"]),
        ]
        for (kind, table, columns) in kinds {
            for row in review.dossier.rows(of: table) {
                for column in columns {
                    guard let text = row.optionalText(column), let changed = digitChanged(text) else { continue }
                    let value: Value = row[column].decimal.map { _ in Value(ExactDecimal(changed)) } ?? .text(changed)
                    let index = row.index
                    add(kind, "\(table)[\(index)].\(column): \(text) → \(changed)") { review in
                        review.set(table, index, column, value)
                    }
                }
            }
        }
    }

    // MARK: Texts of the spec

    private mutating func changeTexts() {
        for (key, value) in review.dossier.field("texts")?.record?.members.map({ ($0.key, $0.value) }) ?? [] {
            for (text, place) in numbersChanged(value.text ?? "") {
                add("a number in a text", "texts.\(key): \(place)") { review in
                    guard case .record(var texts)? = review.dossier.fields["texts"] else { return }
                    texts[key] = .text(text)
                    review.dossier.fields["texts"] = .record(texts)
                }
            }
        }
        for row in review.dossier.rows(of: "deductions") {
            for (text, place) in numbersChanged(row.text("opinion")) {
                let index = row.index
                add("a number in a text", "opinion[\(index)]: \(place)") { review in
                    review.set("deductions", index, "opinion", .text(text))
                }
            }
        }
    }

    // MARK: The report

    private mutating func changeReport() {
        let lines = review.report.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let names = ["望舒镇社区服务中心", "望舒镇人民政府", "望舒镇财政管理所", "明月会计师事务所有限公司"]
        let reasons = review.dossier.rows(of: "deductions").map { $0.text("reason") }
        let titles = ["《望舒镇社区食堂管理办法》", "《关于推进社区食堂建设的实施意见》", "望府〔2025〕8 号", "望委〔2024〕12 号"]
        for (index, line) in lines.enumerated() {
            let isRow = line.contains("\t")
            for (text, place) in numbersChanged(line) {
                let kind = isRow ? "a number in a table of the report" : "a number in a sentence of the report"
                replace(line: index, with: text, kind, place)
            }
            for reason in reasons where line.contains(reason) {
                replace(
                    line: index,
                    with: line.replacing(reason, with: characterChanged(reason)),
                    "a reason in the report",
                    reason
                )
            }
            for name in names where line.contains(name) {
                replace(
                    line: index,
                    with: line.replacing(name, with: characterChanged(name)),
                    "an organisation in the report",
                    name
                )
            }
            for title in titles where line.contains(title) {
                let changed = title.contains("〔") ? digitChanged(title) ?? title : characterChanged(title)
                replace(
                    line: index,
                    with: line.replacing(title, with: changed),
                    "a document's title or number in the report",
                    title
                )
            }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let isHead = ["项目明细", "三级目标", "核减说明"].contains(where: cells.contains)
            if isRow, !isHead, cells.count > 4,
                let name = cells.last(where: { $0.count > 3 && $0.allSatisfy(\.isIdeograph) })
            {
                replace(
                    line: index,
                    with: line.replacing(name, with: characterChanged(name)),
                    "a name in a table of the report",
                    name
                )
                var rest = lines
                rest.remove(at: index)
                let report = rest.joined(separator: "\n")
                add("a row of a table of the report, left out", "line \(index + 1)") { $0.report = report }
            }
        }
    }

    private mutating func replace(line: Int, with text: String, _ kind: String, _ place: String) {
        add(kind, "line \(line + 1): \(place)") { review in
            var lines = review.report.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            lines[line] = text
            review.report = lines.joined(separator: "\n")
        }
    }

    // MARK: What changes

    /// One digit another one, never the first to zero.
    private mutating func digitChanged(_ text: String) -> String? {
        var characters = Array(text)
        let digits = characters.indices.filter { characters[$0].isASCII && characters[$0].isNumber }
        guard let position = digits.randomElement(using: &generator), let old = characters[position].wholeNumberValue
        else { return nil }
        let lowest = position == digits.first && digits.count > 1 ? 1 : 0
        let others = (lowest...9).filter { $0 != old }
        guard let new = others.randomElement(using: &generator) else { return nil }
        characters[position] = Character(String(new))
        return String(characters)
    }

    /// The text with one of its numbers changed, for each number that has a unit or decimals: `1,401.77`, `95%`, `88 分`.
    private mutating func numbersChanged(_ text: String) -> [(text: String, place: String)] {
        var (changed, position) = ([(String, String)](), text.startIndex)
        while let start = text[position...].firstIndex(where: { $0.isASCII && $0.isNumber }) {
            let number = text[start...].prefix { $0.isASCII && $0.isNumber || $0 == "," || $0 == "." }
            position = number.endIndex
            let unit = text[position...].drop { $0 == " " }.first
            guard number.last != ".", number.contains(".") || unit.map({ "%元万分".contains($0) }) == true,
                let other = digitChanged(String(number))
            else { continue }
            changed.append((text[..<start] + other + text[position...], "\(number) → \(other)"))
        }
        return changed
    }

    /// One character in the middle another one.
    private mutating func characterChanged(_ text: String) -> String {
        var characters = Array(text)
        let inner = characters.indices.dropFirst(2).dropLast(2).filter { characters[$0].isIdeograph }
        guard let position = inner.randomElement(using: &generator) else {
            return text.replacing(text.suffix(1), with: "某")
        }
        characters[position] = characters[position] == "某" ? "另" : "某"
        return String(characters)
    }
}

extension Character {
    fileprivate var isIdeograph: Bool { unicodeScalars.allSatisfy { $0.properties.isIdeographic } }
}

extension CleanReview {
    /// Replaces one cell of a table.
    fileprivate mutating func set(_ name: String, _ row: Int, _ column: String, _ value: Value) {
        guard let table = dossier.table(name), let position = table.schema.position(of: column) else { return }
        var changed = Table(schema: table.schema)
        for index in 0..<table.rowCount {
            var cells = table.columns.map { $0[index] }
            if index == row { cells[position] = value }
            changed.append(row: cells)
        }
        dossier.set(changed)
    }
}
