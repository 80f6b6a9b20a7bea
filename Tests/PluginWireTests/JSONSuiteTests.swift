import Glibc
import PluginWire
import ReviewModel
import Testing

/// The public corpus of JSON, https://github.com/nst/JSONTestSuite, where a checkout is at hand:
///
///     PINGSHEN_JSON_SUITE=…/JSONTestSuite/test_parsing swift test --filter JSONSuiteTests
///
/// Docs/Decisions/0013 holds the counts.
@Suite("JSONTestSuite", .enabled(if: getenv("PINGSHEN_JSON_SUITE") != nil))
struct JSONSuiteTests {
    @Test("every file that must be accepted is, every file that must be refused is")
    func suite() throws {
        let folder = String(cString: try #require(getenv("PINGSHEN_JSON_SUITE")))
        var counts: [String: Int] = [:]
        var repeatedKeys: [String] = []
        for name in files(in: folder) {
            let bytes = read(folder + "/" + name)
            let isAccepted = (try? JSONReader.read(bytes, repeatedKeys: .lastCounts)) != nil
            if isAccepted != ((try? JSONReader.read(bytes)) != nil) { repeatedKeys.append(name) }
            counts["\(name.prefix(1)) \(isAccepted ? "accepted" : "refused")", default: 0] += 1
            switch name.prefix(2) {
            case "y_": #expect(isAccepted, "\(name)")
            case "n_": #expect(!isAccepted, "\(name)")
            default: break
            }
        }
        print("JSONTestSuite:", counts.sorted { $0.key < $1.key }.map { "\($0) \($1)" }.joined(separator: ", "))
        #expect(counts["y accepted", default: 0] > 90)
        #expect(counts["n refused", default: 0] > 180)
        // The one thing in which the wire is stricter than the grammar.
        #expect(repeatedKeys == ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"])
    }

    private func files(in folder: String) -> [String] {
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
    }

    private func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }
}
