import OfficeFiles
import ReviewModel

/// What is different between a passage and what became of it, and which figure is which.
struct PassageComparison {
    private(set) var changes: [Change] = []
    /// Tokens of the old passage, by the tokens of the new one that they are or have become.
    private(set) var kept: [Int: Int] = [:]

    private let old: Passage
    private let new: Passage
    private let context: Change.Context

    init(_ old: Passage, _ new: Passage, _ context: Change.Context = Change.Context()) {
        (self.old, self.new, self.context) = (old, new, context)
        if old.key == new.key {
            for index in old.tokens.indices where index < new.tokens.count { kept[index] = index }
        } else {
            compareSentences()
        }
    }

    private mutating func compareSentences() {
        let (before, after) = (Self.sentences(old.tokens), Self.sentences(new.tokens))
        if before.count <= 1 && after.count <= 1 {
            return compare(old.tokens.indices, new.tokens.indices)
        }
        var numbering = Numbering<String>()
        let (a, b) = (
            before.map { numbering.number(old.tokens[$0].key) }, after.map { numbering.number(new.tokens[$0].key) }
        )
        let sketches = (before.map { old.tokens[$0].sketch }, after.map { new.tokens[$0].sketch })
        let alignment = SequenceAlignment(a, b, threshold: 0.35) { sketches.0[$0].likeness(sketches.1[$1]) }
        var open: [SequenceAlignment.Pair] = []
        func close(_ comparison: inout PassageComparison) {
            comparison.compare(open, before, after)
            open = []
        }
        for pair in alignment.pairs {
            if case .same(let i, let j) = pair {
                close(&self)
                keep(before[i], after[j])
            } else {
                open.append(pair)
            }
        }
        close(&self)
    }

    /// Sentences beside each other that are not the same: where only their ends are others, a comma for a stop, they are compared as one.
    private mutating func compare(
        _ pairs: [SequenceAlignment.Pair],
        _ before: [Range<Int>],
        _ after: [Range<Int>]
    ) {
        let (gone, came) = (
            pairs.compactMap { $0.old.map { before[$0] } }, pairs.compactMap { $0.new.map { after[$0] } }
        )
        if gone.count != came.count, let a = gone.first, let b = came.first {
            let (a, b) = (
                a.lowerBound..<gone[gone.count - 1].upperBound, b.lowerBound..<came[came.count - 1].upperBound
            )
            let hunks = TokenDifference(old.tokens[a], new.tokens[b]).hunks
            if hunks.allSatisfy({ $0.old.count <= Self.mostOfAnEnd && $0.new.count <= Self.mostOfAnEnd }) {
                return compare(a, b)
            }
        }
        for pair in pairs {
            switch pair {
            case .same(let i, let j): keep(before[i], after[j])
            case .changed(let i, let j): compare(before[i], after[j])
            case .removed(let i): sentence(before[i], nil)
            case .added(let j): sentence(nil, after[j])
            }
        }
    }

    /// In tokens: a mark, and a conjunction beside it.
    private static let mostOfAnEnd = 3

    private mutating func keep(_ before: Range<Int>, _ after: Range<Int>) {
        for (i, j) in zip(before, after) { kept[i] = j }
    }

    /// A whole sentence that came or went.
    private mutating func sentence(_ before: Range<Int>?, _ after: Range<Int>?) {
        let tokens = before.map { old.tokens[$0] } ?? after.map { new.tokens[$0] } ?? []
        var change = Change(
            kind: before == nil ? .added(.sentence) : .removed(.sentence),
            old: before.map(old.text(of:)) ?? "",
            new: after.map(new.text(of:)) ?? "",
            place: new.place,
            original: old.place,
            context: context
        )
        change.isGrave = tokens.isGrave
        changes.append(change)
    }

    /// A sentence and what became of it.
    private mutating func compare(_ before: Range<Int>, _ after: Range<Int>) {
        let hunks = TokenDifference(old.tokens[before], new.tokens[after]).hunks
        var (i, j) = (before.lowerBound, after.lowerBound)
        var (words, kind) = (false, Change.Kind.wording)
        for hunk in hunks {
            keep(i..<hunk.old.lowerBound, j..<hunk.new.lowerBound)
            (i, j) = (hunk.old.upperBound, hunk.new.upperBound)
            let rest = figures(hunk, before, after)
            guard rest.isChanged else { continue }
            if rest.hasMeaning {
                meaning(hunk, before, after)
            } else {
                if rest.hasName { kind = .name }
                words = true
            }
        }
        keep(i..<before.upperBound, j..<after.upperBound)
        if words { wording(kind, hunks, before, after) }
    }

    /// Figures that have changed, one by one.
    ///
    /// - Returns: whether words have changed beside them, and which.
    private mutating func figures(
        _ hunk: TokenDifference.Hunk,
        _ before: Range<Int>,
        _ after: Range<Int>
    ) -> (isChanged: Bool, hasMeaning: Bool, hasName: Bool) {
        let gone = hunk.old.filter { old.tokens[$0].isFigure }
        let came = hunk.new.filter { new.tokens[$0].isFigure }
        // Units that belong to figures which say the same: 118,080.00 元 and 11.808 万元.
        var units = (old: Set<Int>(), new: Set<Int>())
        for index in 0..<max(gone.count, came.count) {
            let (i, j) = (
                index < gone.count ? gone[index] : nil, index < came.count ? came[index] : nil
            )
            if let i, let j { kept[i] = j }
            let isSame = i.flatMap { i in j.map { old.tokens[i].comesToTheSame(as: new.tokens[$0]) } } ?? false
            if isSame, let i, let j {
                if old.tokens[i].unit != nil { units.old.insert(i + 1) }
                if new.tokens[j].unit != nil { units.new.insert(j + 1) }
            }
            var change = Change(
                kind: isSame ? .notation : .figure,
                old: i.map { old.text(of: $0..<$0 + (units.old.contains($0 + 1) ? 2 : 1)) } ?? "",
                new: j.map { new.text(of: $0..<$0 + (units.new.contains($0 + 1) ? 2 : 1)) } ?? "",
                place: new.place,
                original: old.place,
                context: context
            )
            if change.context.row.isEmpty { change.context.sentence = around(j ?? hunk.new.lowerBound, after) }
            change.fact = i.flatMap { old.tokens[$0].bookmark }.flatMap(FactBookmark.first) ?? ""
            changes.append(change)
        }
        let rest = hunk.old.filter { !units.old.contains($0) }.map { old.tokens[$0] }.filter { !$0.isFigure }.map(
            \.kind
        )
        let news = hunk.new.filter { !units.new.contains($0) }.map { new.tokens[$0] }.filter { !$0.isFigure }.map(
            \.kind
        )
        let all = rest + news
        return (!all.isEmpty, all.contains(.meaning), rest.contains(.name))
    }

    private mutating func meaning(_ hunk: TokenDifference.Hunk, _ before: Range<Int>, _ after: Range<Int>) {
        var change = Change(
            kind: .meaning,
            old: old.text(of: hunk.old),
            new: new.text(of: hunk.new),
            place: new.place,
            original: old.place,
            context: context
        )
        if change.context.row.isEmpty { change.context.sentence = around(hunk.new.lowerBound, after) }
        changes.append(change)
    }

    /// What else has changed in a sentence, told once: from the first change to the last.
    private mutating func wording(
        _ kind: Change.Kind,
        _ hunks: [TokenDifference.Hunk],
        _ before: Range<Int>,
        _ after: Range<Int>
    ) {
        guard let first = hunks.first, let last = hunks.last else { return }
        // A few tokens more, so that a reader sees what it is about.
        func wide(_ range: Range<Int>, in whole: Range<Int>) -> Range<Int> {
            max(whole.lowerBound, range.lowerBound - 6)..<min(whole.upperBound, range.upperBound + 6)
        }
        let was = wide(first.old.lowerBound..<last.old.upperBound, in: before)
        let now = wide(first.new.lowerBound..<last.new.upperBound, in: after)
        changes.append(
            Change(
                kind: kind,
                old: old.text(of: was),
                new: new.text(of: now),
                place: new.place,
                original: old.place,
                context: context
            )
        )
    }

    /// The words around a token of the new passage.
    private func around(_ index: Int, _ sentence: Range<Int>) -> String {
        let range = max(sentence.lowerBound, index - 12)..<min(sentence.upperBound, max(index, sentence.lowerBound) + 6)
        return range.isEmpty ? "" : new.text(of: range)
    }

    /// A text up to each mark that ends a sentence.
    private static func sentences(_ tokens: [Token]) -> [Range<Int>] {
        var (found, start) = ([Range<Int>](), 0)
        for (index, token) in tokens.enumerated() where ["。", "！", "？", "；", "!", "?", ";"].contains(token.text) {
            found.append(start..<index + 1)
            start = index + 1
        }
        if start < tokens.count { found.append(start..<tokens.count) }
        return found
    }
}

extension Collection<Token> {
    var key: String { map { $0.isFigure ? " " + $0.text : $0.text }.joined() }

    var sketch: Sketch { Sketch(sketchParts) }

    /// Pairs of neighbouring words and characters, every figure counted as the same one: likeness should not hang on figures, nor on
    /// what the vocabulary takes for one word.
    var sketchParts: [UInt64] {
        var (parts, last) = ([UInt64](), 0 as UInt64)
        func add(_ hash: UInt64) {
            parts.append(last &* 31 &+ hash)
            last = hash
        }
        for token in self {
            if token.isFigure {
                add(35)
            } else if token.kind == .word {
                add(stableHash(token.text.utf8))
            } else {
                for scalar in token.text.unicodeScalars { add(UInt64(scalar.value) &* 0x9E37_79B9_7F4A_7C15) }
            }
        }
        return parts
    }

    /// Whether a figure is among them, or a word on which the meaning of a sentence hangs.
    var isGrave: Bool { contains { $0.isFigure || $0.kind == .meaning } }
}

extension SequenceAlignment.Pair {
    fileprivate var old: Int? {
        switch self {
        case .same(let i, _), .changed(let i, _), .removed(let i): i
        case .added: nil
        }
    }

    fileprivate var new: Int? {
        switch self {
        case .same(_, let j), .changed(_, let j), .added(let j): j
        case .removed: nil
        }
    }
}
