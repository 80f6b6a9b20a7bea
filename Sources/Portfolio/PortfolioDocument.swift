public import ReviewModel

/// What a summary of many reviews says, and how it is found: tables made of the reviews by queries, rules over them, columns,
/// groups and lists. Read from YAML, so that the program need not know what the reviews are about. Docs/SUMMARY.md has the keys.
public struct PortfolioDocument: Sendable {
    public var title: LocalizedText
    /// The tables of dossiers that the queries ask, `kept_NAME` there, with the columns that they ask for.
    var reads: [TableSchema]
    var views: [View]
    public var rules: [PortfolioRule]
    var overview: Overview
    var groups: [Group]
    /// Columns of the overview whose values are counted.
    var counts: [Group]
    var distribution: Distribution?
    /// Columns of the overview that the bar of a group is made of.
    var bars: [String]
    var lists: [PortfolioList]
    /// The artifacts that a review is opened with, the first that there is.
    var pages: [String]
    /// The tables that a database of the results has.
    var stored: [Stored]

    /// A table of a database, and its columns that are money.
    struct Stored: Sendable {
        var table: String
        var money: [String]
        var pointer: JSONPointer
    }

    /// A table that a query makes of those above it.
    struct View: Sendable {
        var name: String
        var query: String
        var pointer: JSONPointer
    }

    /// A row for each review.
    struct Overview: Sendable {
        var title: LocalizedText
        var query: String
        /// The column whose values rows stand together by.
        var subtotals: String
        var columns: [PortfolioColumn]
        var pointer: JSONPointer
        var labels: Labels

        struct Labels: Sendable {
            var number: LocalizedText
            var subtotal: LocalizedText
            var total: LocalizedText
        }
    }

    /// Rows of the overview that are added up by one of its columns.
    struct Group: Sendable {
        var column: String
        var title: LocalizedText
    }

    /// How many rows of the overview have a number between which bounds.
    struct Distribution: Sendable {
        var column: String
        var title: LocalizedText
        var from: ExactDecimal
        var step: ExactDecimal
        var bars: Int
    }
}

/// A column of the overview or of a list.
public struct PortfolioColumn: Sendable {
    public enum Kind: String, Sendable, CaseIterable { case text, money, points, count, percent }

    var name: String
    var title: LocalizedText
    var kind: Kind
    /// Whether it is added up.
    var isTotal: Bool
    /// The other columns that it is the sum of, and those that are taken away: a formula in the workbook.
    var terms: [Term]
    /// For a percentage: of which columns.
    var ratio: Ratio?
    /// Whether it is in the workbook alone, the page being too narrow.
    var isOnPage: Bool
    /// What people call the values.
    var names: [String: LocalizedText]

    struct Term: Sendable {
        var column: String
        var isTakenAway: Bool
    }

    struct Ratio: Sendable {
        var part: String
        var whole: String
    }
}

/// A rule over many reviews: a query, each row of whose answer is a finding.
public struct PortfolioRule: Sendable {
    public var id: String
    public var severity: Severity
    public var title: LocalizedText
    public var manual: LocalizedText
    var query: String
    /// Values of `:name` in the query.
    var parameters: [String: Value]
    var message: LocalizedText
    /// The column with the money that is in question.
    var weight: String?
    /// The columns with the reviews that a finding is about, each with that of the place in it.
    var sides: [Side]
    var pointer: JSONPointer

    struct Side: Sendable {
        var review: String
        var place: String?
    }
}

/// A table that the summary shows as it is.
public struct PortfolioList: Sendable {
    public var name: String
    public var title: LocalizedText
    var note: LocalizedText?
    var query: String
    var columns: [PortfolioColumn]
    /// How many rows the page shows at most.
    var limit: Int
    /// The column with the review that a row leads to.
    var review: String?
    /// The file that all rows are written to, beside the page.
    public var file: String?
    var pointer: JSONPointer
}
