import Glibc
import JSONDocument
import Testing

/// The public corpus of JSON texts (github.com/nst/JSONTestSuite), which is not ours to keep: it is run when
/// `PINGSHEN_JSON_SUITE` names its folder `test_parsing`. The last results stand in Docs/Decisions/0003.
@Suite(
    "JSONTestSuite",
    .enabled(if: getenv("PINGSHEN_JSON_SUITE") != nil, "set PINGSHEN_JSON_SUITE to its test_parsing")
)
struct JSONCorpusTests {
    private static let folder = getenv("PINGSHEN_JSON_SUITE").map { String(cString: $0) } ?? ""

    private static let files: [String] = {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".json") { names.append(name) }
        }
        return names.sorted()
    }()

    @Test("every must-accept text is read, every must-refuse text is refused, the rest does no harm", arguments: files)
    func corpus(name: String) {
        let text = bytes(of: name)
        let isRead = (try? JSONReader.read(text, duplicateKeys: .lastWins)) != nil
        if name.hasPrefix("y_") { #expect(isRead, "\(name) must be read") }
        if name.hasPrefix("n_") { #expect(!isRead, "\(name) must be refused") }
        // The wire is stricter in one point alone.
        let isReadOnWire = (try? JSONReader.read(text)) != nil
        #expect(isReadOnWire == (isRead && !name.contains("duplicated_key")))
    }

    @Test("the corpus is there")
    func isThere() {
        #expect(Self.files.count > 300)
    }

    private func bytes(of name: String) -> [UInt8] {
        guard let file = fopen(Self.folder + "/" + name, "r") else { return [] }
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }
}
