/// A line of text on a page.
public struct PageLine: Sendable, Hashable {
    public var text: String
    public var left: Double
    public var right: Double
    public var baseline: Double
    public var size: Double
    /// How wide the first word is, or the first character of Chinese with the marks that must stand beside it: what would have
    /// had to fit on the line above.
    public var firstWidth: Double
    /// Whether all of it belongs to the page and not to the text, as far as the file says so.
    public var isArtifact: Bool

    public var top: Double { baseline - size * 0.88 }
    public var bottom: Double { baseline + size * 0.12 }
}

extension [DrawnGlyph] {
    /// The glyphs as lines, from top to bottom.
    var lines: [PageLine] {
        var (lines, open) = ([PageLine](), [DrawnGlyph]())
        func end() {
            if let line = PageLine(open) { lines.append(line) }
            open.removeAll(keepingCapacity: true)
        }
        var (baseline, size) = (0.0, 0.0)
        for glyph in sorted(by: { ($0.baseline, $0.left) < ($1.baseline, $1.left) }) {
            // What is raised or lowered a little is of the same line; a small glyph does not say where the line stands.
            if !open.isEmpty, glyph.baseline - baseline > 0.45 * Swift.max(size, glyph.size) { end() }
            if open.isEmpty || glyph.size > size * 1.2 { (baseline, size) = (glyph.baseline, glyph.size) }
            open.append(glyph)
        }
        end()
        return lines
    }
}

extension PageLine {
    /// `nil` for glyphs that show nothing.
    fileprivate init?(_ glyphs: [DrawnGlyph]) {
        let sorted = glyphs.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
        guard let first = sorted.first(where: { !$0.isBlank }) else { return nil }
        (text, left, right, isArtifact) = ("", first.left, first.right, true)
        var sizes: [Double: Int] = [:]
        var (last, hasBlank, units) = (nil as DrawnGlyph?, false, [DrawnGlyph]())
        for glyph in sorted {
            if glyph.isBlank {
                hasBlank = last != nil
                continue
            }
            if let last {
                // Bold letters of fonts that have none are drawn twice.
                if glyph.text == last.text, glyph.left - last.left < 0.3 * Swift.max(last.right - last.left, 1) {
                    continue
                }
                if hasBlank || Self.isApart(last, glyph) { text += " " }
            }
            text += glyph.text
            right = Swift.max(right, glyph.right)
            sizes[(glyph.size * 2).rounded() / 2, default: 0] += glyph.text.count
            if !glyph.isArtifact { isArtifact = false }
            if units.count < 40, !(hasBlank && !units.isEmpty) || units.count < 1 { units.append(glyph) }
            (last, hasBlank) = (glyph, false)
        }
        let common = sizes.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? first.size
        size = common
        baseline = sorted.filter { abs($0.size - common) < 0.6 }.map(\.baseline).max() ?? first.baseline
        firstWidth = Self.firstWidth(units)
    }

    /// Whether a blank stands between two glyphs that has no glyph of its own.
    private static func isApart(_ one: DrawnGlyph, _ other: DrawnGlyph) -> Bool {
        let (gap, size) = (other.left - one.right, min(one.size, other.size))
        let latin = [one.isLatin, other.isLatin].count { $0 }
        // Programs put a quarter of an em between Chinese and Latin characters by themselves.
        return gap > size * (latin == 2 ? 0.2 : latin == 1 ? 0.6 : 0.9)
    }

    private static func firstWidth(_ glyphs: [DrawnGlyph]) -> Double {
        guard let first = glyphs.first else { return 0 }
        var end = first
        for (glyph, next) in zip(glyphs, glyphs.dropFirst()) {
            let isWord = glyph.isLatin && next.isLatin && next.left - glyph.right < 0.2 * glyph.size
            let staysTogether = PageMarks.closing.contains(next.text) || PageMarks.opening.contains(glyph.text)
            guard isWord || staysTogether else { break }
            end = next
        }
        return end.right - first.left
    }
}

enum PageMarks {
    /// What must not begin a line.
    static let closing: Set<String> = [
        "，", "。", "、", "；", "：", "？", "！", "）", "》", "〉", "”", "’", "】", "〕", "%", "％", ",", ".", ")", ";", ":",
    ]
    /// What must not end one.
    static let opening: Set<String> = ["（", "《", "〈", "“", "‘", "【", "〔", "("]
}

extension DrawnGlyph {
    /// Whether it is of a word that is not broken: a letter, a digit, a mark of a number.
    fileprivate var isLatin: Bool {
        text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x2E80 && $0 != "“" && $0 != "”" }
    }
}
