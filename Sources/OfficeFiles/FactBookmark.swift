internal import LocalFiles

/// The bookmark around a figure in a Word file, named after the fact that the figure is.
///
/// Bookmarks survive what people and programs do to a file: who reads it back finds by them which fact a figure was. Word
/// allows letters, digits and `_`, 40 characters at most, so that a name is what can be read of the fact's id and a checksum
/// of all of it: `f_lines_L01_requested_1a2b3c4d`, and for the second figure of the fact `f_lines_L01_requested_1a2b3c4d_2`.
public enum FactBookmark {
    /// - Parameter occurrence: counts the figures of the fact through the document, from 1.
    public static func name(of fact: String, occurrence: Int = 1) -> String {
        let plain = fact.utf8.map { isPlain($0) ? $0 : UInt8(ascii: "_") }.prefix(22)
        let digest = sha256(Array(fact.utf8)).prefix(8)
        let name = "f_" + String(decoding: plain, as: UTF8.self) + "_" + digest
        return occurrence > 1 ? name + "_\(occurrence)" : name
    }

    /// The name without the number of its occurrence: what ``name(of:occurrence:)`` gives for the first. `nil` for a bookmark
    /// that is no figure's.
    public static func first(of name: String) -> String? {
        var parts = name.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0] == "f" else { return nil }
        func isDigest(_ part: Substring) -> Bool {
            part.utf8.count == 8 && part.utf8.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
        }
        if let last = parts.last, !isDigest(last), last.utf8.allSatisfy(isDigit), parts.count >= 4 {
            parts.removeLast()
        }
        return parts.last.map(isDigest) == true ? parts.joined(separator: "_") : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
