import Glibc
import ReviewModel
import SpecLoading
import TemporarySpec
import Testing

@Suite("A file that a setting names")
struct FileSettingTests {
    private let head = "pingshen: 1\nid: t\n" + TemporarySpec.form + "\n"

    @Test("is relative to the file that the setting stands in, wherever among the settings that is")
    func relative() throws {
        let spec = TemporarySpec(
            "extends: base.yaml\npipeline:\n  b: {use: q, with: {list: [1, {deep: !file a.csv}]}}\n",
            files: ["base.yaml": head + "pipeline: {a: {use: p, with: {book: !file ./x/../a.csv}}}\n", "a.csv": "1\n"]
        )
        let loaded = loadSpec(spec.path)
        #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics.map(\.message.en))")
        let file = spec.folder + "/a.csv"
        #expect(loaded.spec?.steps[0].configuration["book"]?.text == file)
        #expect(loaded.files.map(\.pointer.description) == ["/pipeline/a/with/book", "/pipeline/b/with/list/1/deep"])
        #expect(loaded.files.map(\.path) == [file, file])
        #expect(loaded.files.map(\.place.line) == [6, 3])
        #expect(loaded.files.map { $0.place.file.split(separator: "/").last } == ["base.yaml", "spec.yaml"])
    }

    @Test("is a text, whatever its name looks like")
    func numbers() {
        let spec = TemporarySpec(
            head + "pipeline: [{step: a, use: p, with: {n: !file 2026, t: !file true}}]\n",
            files: ["2026": "", "true": ""]
        )
        let loaded = loadSpec(spec.path)
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.spec?.steps[0].configuration["n"]?.text == spec.folder + "/2026")
        #expect(loaded.files.map(\.pointer.description) == ["/pipeline/0/with/n", "/pipeline/0/with/t"])
    }

    @Test("that another document lays its own over is not looked for")
    func overlaid() {
        let spec = TemporarySpec(
            "extends: base.yaml\npipeline: {a: {with: {book: !file mine}}}\n",
            files: ["base.yaml": head + "pipeline: {a: {use: p, with: {book: !file theirs}}}\n", "mine": ""]
        )
        let loaded = loadSpec(spec.path)
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.files.map(\.path) == [spec.folder + "/mine"])
    }

    @Test("is refused at its place when no plugin could read it, or when it stands elsewhere")
    func mistakes() {
        let spec = TemporarySpec(
            head + """
                fields: {project: {name: !file a.csv}}
                pipeline:
                  a:
                    use: p
                    with:
                      none: !file none.csv
                      pipe: !file pipe
                      folder: !file .
                      sparse: !file sparse
                      zero: !file zero
                      root: !file /etc/passwd
                      list: !file [a.csv]
                      good: !file a.csv
                plugins: {p: {command: [!file a.csv]}}
                """,
            files: ["a.csv": "1\n", "sparse": ""]
        )
        mkfifo(spec.folder + "/pipe", 0o600)
        symlink("/dev/zero", spec.folder + "/zero")
        truncate(spec.folder + "/sparse", 10 << 30)
        let refused = loadSpec(spec.path).diagnostics.map { "\($0.place.line ?? 0):\($0.place.column ?? 0) \($0.code)" }
        // What can be no path is told before anything is looked for.
        #expect(refused == ["16:13 spec/bad-path", "17:13 spec/bad-path"])
        let text = read(spec.path).split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.contains("/etc/passwd") && !$0.contains("[a.csv]}") && !$0.contains("list:") }
        let rest = TemporarySpec(text.joined(separator: "\n"), files: ["a.csv": "1\n", "sparse": ""])
        mkfifo(rest.folder + "/pipe", 0o600)
        symlink("/dev/zero", rest.folder + "/zero")
        truncate(rest.folder + "/sparse", 10 << 30)
        let said = loadSpec(rest.path).diagnostics.map {
            "\($0.place.line ?? 0) \($0.code) \($0.message.en.split(separator: ": ").last ?? "")"
        }
        #expect(
            said == [
                "6 spec/misplaced-file !file stands only among the settings of a step, under with:",
                "11 spec/unusable-file No such file or directory",
                "12 spec/unusable-file it is a named pipe, where a regular file is expected",
                "13 spec/unusable-file it is a folder, where a file is expected",
                "14 spec/unusable-file it has 10737418240 bytes, where at most 536870912 are expected",
                "15 spec/unusable-file it is a device, where a regular file is expected",
                "17 spec/misplaced-file !file stands only among the settings of a step, under with:",
            ]
        )
    }

    @Test("is one of at most a hundred")
    func many() {
        let names = (0...100).map { "f\($0)" }
        let all = names.map { "!file \($0)" }.joined(separator: ", ")
        let spec = TemporarySpec(
            head + "pipeline: {a: {use: p, with: {all: [\(all)]}}}\n",
            files: Dictionary(uniqueKeysWithValues: names.map { ($0, "") })
        )
        let loaded = loadSpec(spec.path)
        #expect(loaded.diagnostics.map(\.code) == ["spec/too-many-files"])
    }

    private func read(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 1 << 16)
        let count = fread(&buffer, 1, buffer.count - 1, file)
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
