import Glibc
import Portfolio
import ReviewFile
import ReviewModel
import Testing

@testable import SpecLoading

/// Reviews for a test, and the description of their summary.
enum Scene {
    /// The repository's top folder.
    static let repository = String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })

    /// The description that the program carries.
    static func carried() throws -> PortfolioDocument {
        try document(read(repository + "/Specs/pipelines/summary.yaml"))
    }

    static func document(_ yaml: String) throws -> PortfolioDocument {
        try PortfolioDocument(try #require(documentValue(yaml, as: "summary.yaml")))
    }

    static func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A line of a project: what it is, its unit, how many, for how much, how often, and what is cut, put off and added.
    struct Line {
        var name: String
        var unit = "个"
        var quantity: ExactDecimal
        var price: ExactDecimal
        var times: ExactDecimal?
        var parts: [Adjustment.Part] = []
    }

    /// A review as `run` writes it.
    static func review(
        _ id: String,
        town: String,
        name: String = "项目",
        kind: String = "new",
        _ lines: [Line] = [],
        texts: Record = [:],
        score: ExactDecimal? = nil,
        outcome: Review.Step.Outcome = .done,
        unit: String = "CNY"
    ) throws -> RecordedReview {
        var review = Review(
            id: id,
            project: ["town": .text(town), "name": .text(name), "year": 2026, "kind": .text(kind)],
            steps: [.init(id: "audit", plugin: "auditor", outcome: outcome, note: outcome == .done ? "" : "坏了")]
        )
        var table = TableBuilder(
            TableSchema(
                name: "budget_lines",
                columns: [
                    Column(name: "id"), Column(name: "group"), Column(name: "detail"),
                    Column(name: "quantity", type: .decimal), Column(name: "unit"),
                    Column(name: "unit_price", type: .decimal, unit: unit), Column(name: "times", type: .decimal),
                    Column(name: "amount", type: .decimal, unit: unit),
                ]
            )
        )
        for (index, line) in lines.enumerated() {
            let amount = try line.quantity * line.price * (line.times ?? 1)
            let cells: [Value] = [
                .text("L\(index)"), .text("组"), .text(line.name), .decimal(line.quantity), .text(line.unit),
                .decimal(line.price), line.times.map { .decimal($0) } ?? .null, .decimal(amount),
            ]
            for (column, cell) in cells.enumerated() { table.append(cell, column: column) }
            table.endRow()
            review.adjustments.append(
                Adjustment(subject: "L\(index)", label: line.name, requested: amount, parts: line.parts, unit: unit)
            )
        }
        review.amounts = try Amounts.sum(review.adjustments.map { try $0.amounts() })
        if let score {
            let bands = [("a", "[85, 100]"), ("b", "[60, 85)"), ("c", "[0, 60)")].map { code, band in
                Verdict(code: code, name: LocalizedText(code), band: band)
            }
            var sheet = ScoreSheet(rater: "review", total: score, max: 100, items: [])
            sheet.bands = bands
            sheet.verdict = score >= 85 ? bands[0] : score >= 60 ? bands[1] : bands[2]
            (review.scores, review.verdict) = ([sheet], sheet.verdict)
        }
        var recorded = RecordedReview(review)
        let places = lines.indices.map { "\(id).yaml:\($0 + 10):9" }
        recorded.kept = KeptDossier(
            fields: ["texts": .record(texts), "organisations": ["department": "办公室"]],
            tables: [KeptTable(table.table(), places: places)]
        )
        return recorded
    }

    static func portfolio(_ reviews: [RecordedReview], _ locale: Locale = .zh) throws -> Portfolio {
        var builder = PortfolioBuilder(try carried())
        for review in reviews { builder.add(review, link: "../" + review.review.id) }
        return try builder.portfolio(locale)
    }

    static func cut(_ amount: ExactDecimal, _ reason: String = "单价偏高") -> Adjustment.Part {
        Adjustment.Part(kind: .cut, amount: amount, reason: reason)
    }
}
