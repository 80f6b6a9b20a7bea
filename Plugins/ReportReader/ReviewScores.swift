import BudgetLines
import PrintedReports

extension ReportText {
    /// The points that the review gave to each of `sections`, where a paragraph that states a 评审得分 lists them:
    /// `项目决策权重 50 分, 得分 44 分; 项目管理权重 30 分, 得分 27 分`.
    func reviewScores(of sections: [CodedName]) -> [PrintedScore] {
        let named = words["review_score"]
        let texts = paragraphs.lazy.map { ($0, words.withoutOwnScores($0.text.folded)) }
        guard let (paragraph, text) = texts.first(where: { $0.1.first(of: named) != nil }),
            let start = text.first(of: named)
        else { return [] }
        let parts = text[start.upperBound...].split { "；。".contains($0) }
        return sections.compactMap { section in
            guard let part = parts.first(where: { $0.contains(section.name) }),
                let named = part.firstRange(of: section.name),
                let scored = part[named.upperBound...].first(of: words["scored"]),
                let points = PrintedNumber(part[scored.upperBound...].prefix { $0.isNumber || $0 == "." })
            else { return nil }
            return PrintedScore(
                line: paragraph.line.number,
                code: section.code,
                name: section.name,
                points: points.value
            )
        }
    }
}
