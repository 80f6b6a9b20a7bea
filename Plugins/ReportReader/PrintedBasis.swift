import BudgetLines
import PrintedReports

/// An entry of a printed list of legal bases: `（2）《关于…的行动纲要》（闵委发〔2017〕36 号）`.
struct PrintedBasis: Sendable {
    var line: Int
    var title: String
    var number: String
    var issuer: String
    var issued: String
}

extension ReportText {
    /// The numbered titles that stand in lines of their own, each with its number, or its issuer and date.
    var printedBases: [PrintedBasis] {
        lines.compactMap { line in
            guard !line.isTableRow, line.folded.beginsWithBytes(of: "（") else { return nil }
            let entry = line.folded.drop { $0 != "）" }.dropFirst()
            let counter = line.folded.dropFirst().prefix { $0 != "）" }
            guard !counter.isEmpty, counter.allSatisfy({ $0.isNumber && $0.isASCII }), entry.hasPrefix("《") else {
                return nil
            }
            guard let end = entry.endOfTitle else { return nil }
            let rest = entry[end...]
            let issuer = rest.prefix { $0 != "（" }
            let bracket = rest.dropFirst(issuer.count + 1).prefix { $0 != "）" }
            let isNumber = bracket.hasSuffix("号")
            return PrintedBasis(
                line: line.number,
                title: nested(String(entry[..<end])),
                number: isNumber ? String(bracket) : "",
                issuer: String(issuer),
                issued: isNumber ? "" : String(bracket)
            )
        }
    }

    /// Inner titles take 〈〉 again, as the standard for punctuation wants it.
    private func nested(_ title: String) -> String {
        var depth = 0
        return String(
            title.map { character in
                if character == "《" { depth += 1 }
                defer { if character == "》" { depth -= 1 } }
                switch character {
                case "《" where depth > 1: return "〈"
                case "》" where depth > 1: return "〉"
                default: return character
                }
            }
        )
    }
}

extension Substring {
    /// Behind the 》 that ends the title which the text begins with.
    fileprivate var endOfTitle: Index? {
        var depth = 0
        for index in indices {
            if self[index] == "《" { depth += 1 }
            if self[index] == "》" {
                depth -= 1
                if depth == 0 { return self.index(after: index) }
            }
        }
        return nil
    }
}
