internal import ReviewModel

/// The units of a book, read in texts: `人·天`, `80 人`, `80人×2天×550元`.
struct UnitWords: Sendable {
    /// Longest word first.
    private let words: [(word: [Unicode.Scalar], code: String)]
    let repeating: Set<String>

    init(_ units: [NormBook.MeasureUnit]) {
        words = units.flatMap { unit in unit.words.map { (PlainText($0).scalars, unit.code) } }
            .filter { !$0.0.isEmpty }
            .sorted { $0.0.count > $1.0.count }
        repeating = Set(units.filter(\.repeats).map(\.code))
    }

    /// The unit whose word begins here.
    func unit(in text: PlainText, at position: Int) -> (code: String, end: Int)? {
        for (word, code) in words where text.has(word, at: position) { return (code, position + word.count) }
        return nil
    }

    /// What a unit of measure counts: `人·天` is person and day. `nil` where a part of it is no unit of the book.
    func units(of unit: String) -> [String]? {
        let text = PlainText(unit)
        var (codes, position) = ([String](), text.has(["元", "/"], at: 0) ? 2 : 0)
        while position < text.scalars.count {
            if separators.contains(text.scalars[position]) {
                position += 1
            } else if let (code, end) = self.unit(in: text, at: position) {
                codes.append(code)
                position = end
            } else {
                return nil
            }
        }
        return codes.isEmpty ? nil : codes
    }

    /// The units that follow a position, parted by signs or not, with the position behind them.
    func units(in text: PlainText, at start: Int) -> (codes: [String], end: Int) {
        var (codes, end) = ([String](), start)
        while true {
            let isParted = !codes.isEmpty && text.scalars.indices.contains(end) && dots.contains(text.scalars[end])
            guard let (code, next) = unit(in: text, at: isParted ? end + 1 : end) else { return (codes, end) }
            codes.append(code)
            end = next
        }
    }
}

/// What stands between the units of one measure.
private let dots: Set<Unicode.Scalar> = ["·", "・", "•", "."]
private let separators: Set<Unicode.Scalar> = dots.union(["/", "*", "×", "x", "-", "、", "每"])
