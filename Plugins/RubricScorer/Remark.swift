import ReviewModel
import Rubrics

/// Why a query has no answer.
struct Unanswered: Sendable {
    var reason: LocalizedText
    /// Where in the text of the query.
    var place: TextPlace?
    /// The step that has asked; empty where there is none.
    var step: String
}

/// What came up while queries were asked, scores were read and sheets were added up: for the rules to judge. None of it keeps the
/// scoring from going on.
enum Remark: Sendable {
    /// A query of a node, or of a condition, that has no answer.
    case queryFailed(RubricQuery, Unanswered)
    case notOneValue(RubricQuery, rows: Int, columns: Int)
    /// A condition whose query gives an empty value, of one of many things where there are.
    case unknownCondition(RubricQuery, of: String?)
    /// An answer that is no score of the node, of one of many things where there are.
    case notComputable(RubricNode, of: String?, Value, expected: String)

    /// Scores that do not count, or not as they stand.
    /// A score of something that is not in the table of what is judged.
    case unknownSubject(ScoreEntry, known: [String])
    case unknownLevel(ScoreEntry, String, known: [String])
    case outsideLevel(ScoreEntry, String, ClosedRange<ExactDecimal>)
    case levelNeedsPoints(ScoreEntry, String, ClosedRange<ExactDecimal>)
    case nothingGiven(ScoreEntry)
    case notApplicable(RubricNode, ScoreEntry)

    /// A rater who was to be combined and has given nothing.
    case absentRater(String, of: String?)
    /// The scores of a node that were combined, and everybody who has scored.
    case combined(RubricNode, [ScoreEntry], raters: [String])

    /// A score beside what the dossier gives by itself, and another.
    case judged(RubricNode, ScoreEntry, computed: Answer)
    /// A score beside the sum of all parts, and another.
    case differsFromSum(RubricNode, ScoreEntry, Answer)
    /// A score of a node of which some parts are scored.
    case partlyScored(RubricNode, ScoreEntry, parts: [ScoreItem])
    /// The sheet as it was before an override of the rubric replaced its verdict.
    case overridden(RubricOverride, ScoreSheet)
}
