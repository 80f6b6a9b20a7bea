internal import Groundwork

/// What a file may have that its typist did not see: found in one pass over the bytes, so that files without pay nothing more.
struct TypingSlips {
    /// Whether there is an invisible character anywhere.
    let hasInvisible: Bool
    /// The "#" that follow one blank and have none behind them, by line and by the column of that blank.
    private var cuts: [Int: (column: Int, text: String)] = [:]

    /// Such comments that are looked at; a file full of them is written by a program.
    private static let maximumCuts = 1000

    init(in bytes: [UInt8]) {
        hasInvisible = Self.hasInvisible(bytes)
        let hash = UInt8(ascii: "#")
        var found: [Int] = []
        for index in bytes.indices where bytes[index] == hash && index >= 2 && index + 1 < bytes.count {
            let (before, blank, after) = (bytes[index - 2], bytes[index - 1], bytes[index + 1])
            guard blank == UInt8(ascii: " "), before > 0x20, after > 0x20, after != hash else { continue }
            found.append(index)
            if found.count == Self.maximumCuts { break }
        }
        guard !found.isEmpty else { return }
        let source = SourceText(bytes)
        for index in found {
            let (line, column) = source.position(ofByte: index - 1)
            let scalars = source.line(line)
            if cuts[line] == nil { cuts[line] = (column, scalars.text(column..<scalars.trimmedEnd)) }
        }
    }

    /// The comment that cuts a plain scalar ending before the blank at a line and column, from 1; `nil` where there is none.
    func cut(line: Int, column: Int) -> String? {
        guard let cut = cuts[line], cut.column == column else { return nil }
        return cut.text
    }

    /// Whether a byte sequence of an invisible character occurs: U+00AD, U+061C, U+200B to U+200F, U+202A to U+202E, U+2060 to
    /// U+2069, U+FEFF behind the start.
    private static func hasInvisible(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            for index in 0..<max(0, buffer.count - 1) where buffer[index] >= 0xC2 {
                let next = buffer[index + 1]
                switch buffer[index] {
                case 0xC2 where next == 0xAD: return true
                case 0xD8 where next == 0x9C: return true
                case 0xE2 where next == 0x80 || next == 0x81:
                    guard index + 2 < buffer.count else { return false }
                    let last = buffer[index + 2]
                    if next == 0x80, (0x8B...0x8F).contains(last) || (0xAA...0xAE).contains(last) { return true }
                    if next == 0x81, (0xA0...0xA9).contains(last) { return true }
                case 0xEF where next == 0xBB && index > 0: return true
                default: break
                }
            }
            return false
        }
    }
}

extension String {
    /// What a plain value has that its writer may have meant as a sign of YAML's: curly quotes around the whole of it, or a full-width ＃
    /// behind a blank. With where it begins and how long it is, in scalars; `nil` for nothing.
    var slipOfPunctuation: (wording: Diagnostic.Wording, offset: Int, length: Int)? {
        guard utf8.contains(0xE2) || utf8.contains(0xEF) else { return nil }
        let scalars = Array(unicodeScalars)
        if let first = scalars.first, let last = scalars.last, scalars.count > 2 {
            let isDouble = first == "“" || first == "”" || first == "„"
            let isSingle = first == "‘" || first == "’"
            let closes = isDouble ? last == "”" || last == "“" : isSingle && (last == "’" || last == "‘")
            let inner = scalars.dropFirst().dropLast()
            // A sentence in quotes is one that somebody quotes.
            let isWord = inner.count <= 12 && !inner.contains { "，。；：、！？".unicodeScalars.contains($0) }
            if closes, isWord, !inner.contains(where: { $0 == (isDouble ? "“" : "‘") || $0 == (isDouble ? "”" : "’") })
            {
                return (.curlyAround(first, last, isDouble ? "\"" : "'"), 0, scalars.count)
            }
        }
        let hash = scalars.indices.first { scalars[$0] == "＃" && $0 > 0 && scalars[$0 - 1] == " " }
        return hash.map { (.fullWidthHash, $0, 1) }
    }
}

/// The lines of a file, looked up when the first one is asked for.
final class LazySource {
    private let bytes: [UInt8]
    private(set) lazy var text = SourceText(bytes)

    init(_ bytes: [UInt8]) { self.bytes = bytes }
}

extension YAMLNode {
    /// Takes away the blanks that line ends have become between two characters of a script without blanks: 更换↵全部 is 更换全部.
    /// Between letters, and in Korean, a line end stays a blank.
    mutating func joinWideLines(in source: LazySource) {
        guard case .scalar(var scalar) = content, scalar.style != .literal else { return }
        let scalars = Array(scalar.text.unicodeScalars)
        guard scalars.indices.contains(where: { scalars.isBlankBetweenWide($0) }) else { return }
        var (written, last) = (SolidLines(self, scalar.style, source.text), 0)
        var joined = String.UnicodeScalarView()
        var blank: Unicode.Scalar?
        for (index, character) in scalars.enumerated() {
            if scalars.isBlankBetweenWide(index) {
                blank = character
                continue
            }
            if !SolidLines.isBlank(character) {
                let line = written.next() ?? last
                if let held = blank, line == last { joined.append(held) }
                last = line
            }
            blank = nil
            joined.append(character)
        }
        scalar.text = String(joined)
        content = .scalar(scalar)
    }
}

extension [Unicode.Scalar] {
    fileprivate func isBlankBetweenWide(_ index: Int) -> Bool {
        self[index] == " " && index > 0 && index + 1 < count && self[index - 1].joinsAcrossLines
            && self[index + 1].joinsAcrossLines
    }
}

extension Unicode.Scalar {
    /// Whether the scalar belongs to a script, or to the punctuation of one, that puts no blanks between words.
    fileprivate var joinsAcrossLines: Bool {
        let isHangul =
            (0x1100...0x115F).contains(value) || (0xA960...0xA97F).contains(value) || (0xAC00...0xD7A3).contains(value)
        let isQuote = self == "“" || self == "”" || self == "‘" || self == "’" || self == "…" || self == "—"
        return displayWidth == 2 && !isHangul || isQuote
    }
}
