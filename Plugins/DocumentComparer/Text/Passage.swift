import OfficeFiles
import ReviewModel

/// A paragraph, or the text of a cell, as tokens.
struct Passage: Sendable {
    /// The text that stands, without what is proposed; plain digits, no marks that only lay out.
    var scalars: [Unicode.Scalar]
    var tokens: [Token]
    var place: Place
    /// Changes that somebody has proposed in it.
    var proposals: [Proposal]
    /// What stands in it and is not printed; it counts as not there.
    private(set) var hidden = ""
    /// Its number in its document, from 0.
    var index = 0
    /// What is compared of it, as one text; two figures beside each other are not one.
    private(set) var key = ""

    struct Proposal: Sendable, Hashable {
        var old: String
        var new: String
        var author: String
    }

    var isEmpty: Bool { tokens.isEmpty }

    /// As a person reads it, on one line.
    var text: String { printed(0..<scalars.count) }

    /// The figure that the passage is, where it is nothing else.
    var figure: Token? { tokens.count == 1 && tokens[0].isFigure ? tokens[0] : amountAlone }

    /// Whether nothing stands there but what a form prints to be filled in: 年 月 日, ____.
    var isLeftOpen: Bool { text.allSatisfy { $0.isWhitespace || "年月日_＿".contains($0) } }

    /// The one figure among its words, where there is one.
    var onlyFigure: Token? {
        let figures = tokens.filter(\.isFigure)
        return figures.count == 1 ? figures[0] : nil
    }

    /// A figure with its unit.
    private var amountAlone: Token? { tokens.count == 2 && tokens[0].unit != nil ? tokens[0] : nil }

    /// Part of the text, by tokens; with what lies between them.
    func text(of range: Range<Int>) -> String {
        guard let first = tokens[range].first, let last = tokens[range].last else { return "" }
        return printed(first.range.lowerBound..<last.range.upperBound)
    }

    private func printed(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[range])
        return String(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Passage {
    /// Results of fields that Word counts itself by where a page ends.
    private static let counted: Set<String> = ["PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"]

    init(_ paragraphs: [WordParagraph], at place: Place, _ tokenizer: Tokenizer) {
        (scalars, tokens, proposals, self.place) = ([], [], [], place)
        var bookmarks: [(range: Range<Int>, name: String)] = []
        for paragraph in paragraphs {
            if !scalars.isEmpty { scalars.append("\n") }
            var starts: [Int] = []
            for run in paragraph.runs {
                starts.append(scalars.count)
                if run.revision?.isInsertion == true || run.field.map(Self.counted.contains) == true { continue }
                if run.isHidden {
                    hidden += run.text
                    continue
                }
                for scalar in run.text.unicodeScalars { if let plain = scalar.plain { scalars.append(plain) } }
            }
            starts.append(scalars.count)
            for mark in paragraph.bookmarks where mark.runs.upperBound < starts.count {
                bookmarks.append((starts[mark.runs.lowerBound]..<starts[mark.runs.upperBound], mark.name))
            }
            if paragraph.hasRevisions { proposals += Self.proposals(paragraph) }
        }
        if hidden.allSatisfy(\.isWhitespace) { hidden = "" }
        Self.narrowMarks(in: &scalars)
        tokens = tokenizer.tokens(scalars)
        for token in tokens {
            if token.isFigure || token.kind == .word { key += " " }
            key += token.text
        }
        for (range, name) in bookmarks where FactBookmark.first(of: name) != nil {
            for index in tokens.indices where tokens[index].isFigure && tokens[index].range.overlaps(range) {
                tokens[index].bookmark = name
            }
        }
    }

    /// ３，６００．００ is 3,600.00: the marks of a number are plain ones between its digits.
    private static func narrowMarks(in scalars: inout [Unicode.Scalar]) {
        func isDigit(_ index: Int) -> Bool { scalars.indices.contains(index) && ("0"..."9").contains(scalars[index]) }
        for index in scalars.indices where isDigit(index - 1) && isDigit(index + 1) {
            switch scalars[index] {
            case "\u{FF0E}": scalars[index] = "."
            case "\u{FF0C}" where isDigit(index + 2) && isDigit(index + 3) && !isDigit(index + 4): scalars[index] = ","
            default: break
            }
        }
    }

    /// Stretches of proposed text that follow each other are one proposal.
    private static func proposals(_ paragraph: WordParagraph) -> [Proposal] {
        var (found, open) = ([Proposal](), nil as Proposal?)
        for run in paragraph.runs {
            guard let revision = run.revision else {
                if let proposal = open { found.append(proposal) }
                open = nil
                continue
            }
            var proposal = open ?? Proposal(old: "", new: "", author: revision.author)
            if revision.isInsertion { proposal.new += run.text } else { proposal.old += run.text }
            open = proposal
        }
        if let open { found.append(open) }
        return found.filter { !($0.old + $0.new).allSatisfy(\.isWhitespace) }
    }
}

extension Unicode.Scalar {
    /// The scalar that is compared: full-width digits and letters as plain ones, every blank as a space; `nil` for marks that only
    /// say where a line may break.
    fileprivate var plain: Unicode.Scalar? {
        switch value {
        case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF: nil
        case 0x09...0x0D, 0x20, 0xA0, 0x2000...0x200A, 0x202F, 0x3000: " "
        case 0x2011: "-"
        // ０ to ９, Ａ to Ｚ, ａ to ｚ, ％.
        case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF05: Unicode.Scalar(value - 0xFEE0)
        default: self
        }
    }
}
