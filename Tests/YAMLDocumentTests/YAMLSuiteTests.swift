import Glibc
import Testing
import YAMLDocument

/// The public corpus of YAML, the `data` branch of https://github.com/yaml/yaml-test-suite, where a checkout is at hand:
///
///     PINGSHEN_YAML_SUITE=…/yaml-test-suite swift test --filter YAMLSuiteTests
///
/// Docs/Decisions/0013 holds the counts and compares them with libyaml's own.
@Suite("yaml-test-suite", .enabled(if: getenv("PINGSHEN_YAML_SUITE") != nil))
struct YAMLSuiteTests {
    /// What a spec may not say although it is YAML, and what no limit of ours would let pass.
    private static let policies: Set<String> = [
        "yaml/empty-document", "yaml/second-document", "yaml/duplicate-key", "yaml/wrong-key", "yaml/wrong-merge",
        "yaml/unknown-alias", "yaml/recursive-alias", "yaml/directive-limit",
    ]

    @Test("no case crashes or hangs, and every refused one has a place inside its file")
    func suite() throws {
        let folder = String(cString: try #require(getenv("PINGSHEN_YAML_SUITE")))
        var counts: [String: Int] = [:]
        for path in files(named: "in.yaml", below: folder) {
            let bytes = read(path)
            let parse = parseYAML(bytes, file: "in.yaml")
            let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
            #expect(parse.root != nil || parse.hasErrors, "\(path)")
            for diagnostic in parse.diagnostics {
                let isInside = (1...lines).contains(diagnostic.place.line) && diagnostic.place.column >= 1
                #expect(isInside, "\(path): \(diagnostic.code) at \(diagnostic.place)")
                #expect(!diagnostic.en.isEmpty && !diagnostic.zh.isEmpty, "\(path)")
            }
            let mustFail = access(path.dropLast("in.yaml".count) + "error", F_OK) == 0
            let codes = Set(parse.diagnostics.map(\.code))
            let verdict = codes.isEmpty ? "accepted" : codes.isSubset(of: Self.policies) ? "not for specs" : "refused"
            counts["\(mustFail ? "invalid" : "valid") \(verdict)", default: 0] += 1
            if getenv("PINGSHEN_YAML_SUITE_VERDICTS") != nil {
                print(
                    "verdict\t\(path.dropFirst(folder.count + 1))\t\(verdict)\t\(codes.sorted().joined(separator: " "))"
                )
            }
        }
        print("yaml-test-suite:", counts.sorted { $0.key < $1.key }.map { "\($0) \($1)" }.joined(separator: ", "))
        #expect(counts.values.reduce(0, +) > 300)
    }

    private func files(named wanted: String, below folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var files: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == wanted { files.append(folder + "/" + name) }
            let isFolder = entry.pointee.d_type == UInt8(DT_DIR) && !name.hasPrefix(".")
            // `name` and `tags` hold links to the same cases.
            if isFolder, name != "name", name != "tags" {
                files += self.files(named: wanted, below: folder + "/" + name)
            }
        }
        return files.sorted()
    }

    private func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }
}
