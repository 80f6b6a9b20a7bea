import FuzzProperties
import Glibc
import Testing

/// The kept corpus of `Scripts/fuzz`: what once broke something, and what reaches far.
@Suite("Any bytes at all")
struct CorpusTests {
    private static let folder = String(
        #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Fuzz/Corpus/"
    )

    @Test("the line parser takes them", arguments: files("lines"))
    func lines(file: String) { #expect(Property.lines(bytes("lines/" + file)) == nil) }

    @Test("the YAML layer takes them", arguments: files("yaml"))
    func yaml(file: String) { #expect(Property.yaml(bytes("yaml/" + file)) == nil) }

    @Test("the query language takes them", arguments: files("queries"))
    func queries(file: String) { #expect(Property.query(bytes("queries/" + file)) == nil) }

    @Test("the reader of reviews takes them", arguments: files("reviews"))
    func reviews(file: String) { #expect(Property.review(bytes("reviews/" + file)) == nil) }

    @Test("the reader of workbooks and their formulas takes them", arguments: files("sheets"))
    func sheets(file: String) { #expect(Property.sheets(bytes("sheets/" + file)) == nil) }

    @Test("the readers of Word, PDF, HTML and Markdown files take them", arguments: files("documents"))
    func documents(file: String) { #expect(Property.documents(bytes("documents/" + file)) == nil) }

    @Test("as names of files they lead nowhere else", arguments: files("artifacts"))
    func artifacts(file: String) { #expect(Property.artifacts(bytes("artifacts/" + file)) == nil) }

    @Test("reviews made by chance are read or refused, and cost no more than they hold")
    func madeReviews() {
        for seed in 0..<500 as Range<UInt64> {
            let choices = (0..<400).map { UInt8(truncatingIfNeeded: (Int(seed) &+ 1) &* ($0 &* $0 &* 31 &+ 7) >> 3) }
            #expect(Property.review(choices) == nil, "seed \(seed)")
        }
    }

    private static func files(_ name: String) -> [String] {
        guard let folder = opendir(folder + name) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    private func bytes(_ file: String) -> [UInt8] {
        guard let file = fopen(Self.folder + file, "r") else { return [] }
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }
}
