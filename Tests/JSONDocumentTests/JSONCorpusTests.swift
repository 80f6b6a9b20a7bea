import Glibc
import JSONDocument
import Testing

/// The public corpus of JSON texts, as it stands in Tests/Fixtures/JSONTestSuite; Docs/Decisions/0003.
@Suite("JSONTestSuite")
struct JSONCorpusTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var text: [UInt8]
        var testDescription: String { name }
    }

    static let cases: [Case] = read("\(folder)/cases.txt").split(separator: "\n").map { line in
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
        let text = parts.dropFirst().flatMap { part -> [UInt8] in
            let (count, bytes) = (part.prefix { $0 != "*" }, part.drop { $0 != "*" }.dropFirst())
            return Array(repeatElement(unescaped(bytes), count: Int(count) ?? 0).joined())
        }
        return Case(name: String(parts[0]), text: text)
    }

    private static let folder =
        "\(#filePath)".split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" }
        + "/Fixtures/JSONTestSuite"

    /// Of the texts that a reader may accept or refuse, those that ours accepts: numbers of any size, which stay what is written. All
    /// the others are refused: what is not UTF-8, half a pair of surrogates, a byte order mark, 500 lists within one another.
    private static let accepted: Set = [
        "i_number_double_huge_neg_exp", "i_number_huge_exp", "i_number_neg_int_huge_exp",
        "i_number_pos_double_huge_exp",
        "i_number_real_neg_overflow", "i_number_real_pos_overflow", "i_number_real_underflow",
        "i_number_too_big_neg_int",
        "i_number_too_big_pos_int", "i_number_very_big_negative_int",
    ]

    @Test("the corpus is there, whole")
    func isThere() {
        #expect(Self.cases.count == 318)
        #expect(Self.cases.first { $0.name == "n_structure_100000_opening_arrays" }?.text.count == 100_000)
        #expect(
            Self.cases.first { $0.name == "i_structure_UTF-8_BOM_empty_object" }?.text == [
                0xEF, 0xBB, 0xBF, 0x7B, 0x7D,
            ]
        )
    }

    @Test("every must-accept text is read, every must-refuse text is refused, the rest is decided", arguments: cases)
    func corpus(of one: Case) {
        let isRead = (try? JSONReader.read(one.text, duplicateKeys: .lastWins)) != nil
        switch one.name.prefix(2) {
        case "y_": #expect(isRead)
        case "n_": #expect(!isRead)
        default: #expect(isRead == Self.accepted.contains(one.name))
        }
        // The wire is stricter in one point alone.
        let isReadOnWire = (try? JSONReader.read(one.text)) != nil
        #expect(isReadOnWire == (isRead && !one.name.contains("duplicated_key")))
    }

    @Test("what is refused says where, within the text", arguments: cases)
    func place(of one: Case) {
        do {
            _ = try JSONReader.read(one.text, duplicateKeys: .lastWins)
        } catch {
            #expect((0...one.text.count).contains(error.offset), "\(error)")
        }
    }
}

private func read(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}

/// The bytes that a part of a line stands for.
private func unescaped(_ text: Substring) -> [UInt8] {
    var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
    while let byte = rest.popFirst() {
        if byte != UInt8(ascii: "\\") {
            bytes.append(byte)
        } else if rest.first == UInt8(ascii: "\\") {
            bytes.append(rest.removeFirst())
        } else {
            bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
    }
    return bytes
}
