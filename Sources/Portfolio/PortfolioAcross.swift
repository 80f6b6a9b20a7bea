internal import Markup
internal import ReviewModel

/// What was found across reviews, as each of them has it in its own folder.
public struct PortfolioAcross: Sendable {
    /// The name of the form of ``json(of:)``.
    static let schemaName = "pingshen.across/1"

    private let portfolio: Portfolio
    /// The heaviest of each review, and how many there are.
    private var findings: [String: [Portfolio.Found]] = [:]
    private var counts: [String: Int] = [:]
    private let titles: [String: LocalizedText]
    private let names: [String: String]

    public init(_ portfolio: Portfolio) {
        self.portfolio = portfolio
        titles = Dictionary(portfolio.rules.map { ($0.id, $0.title) }) { first, _ in first }
        names = PortfolioPage.names(in: portfolio)
        for found in portfolio.findings {
            for review in Set(found.sides.map(\.review)) {
                counts[review, default: 0] += 1
                if counts[review, default: 0] <= Self.mostFindings { findings[review, default: []].append(found) }
            }
        }
    }

    /// Of more nobody looks at each; projects that are all alike would have thousands.
    private static let mostFindings = 50

    /// Whether something was found that is about the review.
    public func touches(_ review: String) -> Bool { findings[review] != nil }

    /// The findings that are about a review, each with its places in it and the other sides, as one JSON document.
    public func json(of review: String) -> [UInt8] {
        let all = (findings[review] ?? []).map { found -> Value in
            let own = found.sides.filter { $0.review == review && !$0.place.isEmpty }.map { Value.text($0.place) }
            let others = found.sides.filter { $0.review != review }.map { side -> Value in
                var record: Record = ["review": .text(side.review)]
                record.setIfPresent("place", .text(side.place))
                if let link = portfolio.entry(side.review)?.link { record["page"] = .text(link) }
                return .record(record)
            }
            return [
                "rule": .text(found.rule), "severity": .text(found.severity.rawValue),
                "title": (titles[found.rule] ?? LocalizedText(found.rule)).wire, "message": found.message.wire,
                "weight": Value(found.weight), "places": .list(own), "others": .list(others),
            ]
        }
        return JSONWriter.document([
            "schema": .text(Self.schemaName), "review": .text(review), "findings": .list(all),
            "count": .integer(counts[review] ?? 0),
        ])
    }

    /// The same as a page, which leads to the other reviews.
    ///
    /// - Parameter summary: the page of the summary, as seen from the review's folder.
    public func page(of review: String, summary: String) -> [UInt8] {
        var page = PortfolioPage(portfolio, names)
        return page.bytes(about: review, findings[review] ?? [], of: counts[review] ?? 0, summary: summary)
    }
}

extension PortfolioPage {
    fileprivate mutating func bytes(
        about review: String,
        _ findings: [Portfolio.Found],
        of count: Int,
        summary: String
    ) -> [UInt8] {
        let locale = portfolio.locale
        let title = PortfolioWords.findings(locale) + ": " + (names[review] ?? review)
        writeHead(title)
        page.element("h1", text: title)
        page.raw("<p>")
        if let entry = portfolio.entry(review) { writeReview(entry, text: PortfolioWords.ofReview(locale)) }
        page.raw(" · ")
        page.element("a", ["href": summary.asLink], text: portfolio.document.title(locale))
        page.raw("</p></header>\n<main>")
        write(findings)
        writeMore(findings.count, of: count)
        let rules = Set(findings.map(\.rule))
        writeRules(portfolio.rules.filter { rules.contains($0.id) })
        page.raw("</main></body></html>\n")
        return page.bytes
    }
}
