import Glibc

/// A page of Docs, for tests that hold its lists against the code.
public struct ManualPage: Sendable {
    private let lines: [Substring]

    /// - Parameter file: the file of the test that asks, two folders below the repository.
    public init(_ path: String, from file: String = #filePath) {
        let repository = file.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
        lines = Self.text("\(repository)/\(path)").split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The rows of the tables under a heading, up to the next one, without their heads: cells as they are written.
    public func rows(under heading: String) -> [[String]] {
        guard let start = lines.firstIndex(where: { $0.drop { $0 == "#" } == " " + heading }) else { return [] }
        let section = lines[(start + 1)...].prefix { !$0.hasPrefix("#") }
        let isRule = { (line: Substring) in line.hasPrefix("|--") }
        return section.indices.filter { index in
            let isHead = index + 1 < section.endIndex && isRule(section[index + 1])
            return section[index].hasPrefix("|") && !isRule(section[index]) && !isHead
        }.map { cells(section[$0]) }
    }

    private func cells(_ line: Substring) -> [String] {
        var cells = [""]
        var isEscaped = false
        for character in line.dropFirst() {
            if character == "|", !isEscaped {
                cells.append("")
            } else if character != "\\" {
                cells[cells.count - 1].append(character)
            }
            isEscaped = character == "\\"
        }
        return cells.dropLast().map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
    }

    /// What stands between backticks.
    public static func code(_ cell: String) -> [String] {
        let parts = cell.split(separator: "`", omittingEmptySubsequences: false)
        return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
    }

    private static func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
