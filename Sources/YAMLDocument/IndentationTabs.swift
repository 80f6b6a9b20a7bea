internal import Groundwork

/// Finds the lines that are indented by tabs in a file that is not YAML.
///
/// YAML forbids tabs only where indentation has a meaning, and libyaml stops at the first. Beyond that place only the
/// look of the lines can tell, so this reports lines that look like a key or a list item, and leaves out the text of
/// block scalars (`|`, `>`), where a tab is a character like any other.
struct IndentationTabs {
    let source: SourceText
    let file: String

    /// One diagnostic a line, at its first tab, underlining the tabs in a row.
    ///
    /// - Parameters:
    ///   - first: the line to begin with; what is above was read without complaint.
    ///   - limit: how many diagnostics at most.
    func diagnostics(from first: Int, limit: Int) -> [Diagnostic] {
        var result: [Diagnostic] = []
        var blockScalarIndentation: Int?
        guard first <= source.lineCount else { return [] }
        for number in first...source.lineCount where result.count < limit {
            let line = source.line(number)
            let indentation = line.indentation
            guard indentation < line.count else { continue }
            let spaces = line.prefix { $0 == " " }.count
            if let outer = blockScalarIndentation {
                if spaces > outer { continue }
                blockScalarIndentation = nil
            }
            if line.opensBlockScalar { blockScalarIndentation = indentation }
            guard spaces < indentation, line.looksLikeBlockStructure else { continue }
            let tabs = line[spaces..<indentation].prefix { $0 == "\t" }.count
            let place = SourcePlace(file: file, line: number, column: spaces + 1)
            result.append(Diagnostic(.error, code: "yaml/tab", at: place, length: tabs, .tab))
        }
        return result
    }
}

extension [Unicode.Scalar] {
    fileprivate var looksLikeBlockStructure: Bool {
        let start = indentation
        guard start < count, self[start] != "#" else { return false }
        return startsListItem || keySeparator != nil
    }

    /// Whether the value on this line is a bare "|" or ">", with the signs that may follow it.
    fileprivate var opensBlockScalar: Bool {
        let value = self[..<trimmedEnd].split { $0 == " " || $0 == "\t" }.last ?? []
        guard let sign = value.first, sign == "|" || sign == ">" else { return false }
        return value.dropFirst().allSatisfy { $0 == "+" || $0 == "-" || $0.isASCIIDigit }
    }
}
