internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

/// Something that stands in the way of a review: a mistake in the spec, a plugin that has failed.
struct Problem: Sendable {
    var isError = true
    /// Empty where it has none.
    var place = ""
    var message: String
    var excerpt: Excerpt?
    var hint: String?
    /// The last words of a plugin.
    var lines: [String] = []

    init(_ message: String) { self.message = message }

    /// A folder in which nothing is heard.
    init(unheard error: FileError, _ locale: Locale) {
        self.init(isUnheard(error)(locale))
        isError = false
    }

    init(_ failure: StepFailure, _ locale: Locale) {
        self.init(failure.failure.message(locale))
        lines = failure.failure.standardError
    }

    init(_ diagnostic: Diagnostic, _ lines: inout [String: SourceLines], of loaded: LoadedSpec, _ locale: Locale) {
        self.init(diagnostic.message(locale))
        isError = diagnostic.severity >= .error
        (place, hint) = (diagnostic.place.description, diagnostic.hint?(locale))
        let file = diagnostic.place.file
        if lines[file] == nil { lines[file] = loaded.sources[file].map(SourceLines.init) }
        excerpt = lines[file].flatMap { Excerpt(diagnostic, in: $0) }
    }
}

extension LoadedSpec {
    /// What is wrong with it; errors first, and no more than anybody mends in one go.
    func problems(_ locale: Locale) -> [Problem] {
        var lines: [String: SourceLines] = [:]
        let ordered = diagnostics.filter { $0.severity >= .error } + diagnostics.filter { $0.severity < .error }
        var problems = ordered.prefix(Self.maximumProblems).map { Problem($0, &lines, of: self, locale) }
        let rest = ordered.dropFirst(Self.maximumProblems)
        if !rest.isEmpty {
            var more = Problem(andMore(rest.count)(locale))
            more.isError = rest.contains { $0.severity >= .error }
            problems.append(more)
        }
        return problems
    }

    private static let maximumProblems = 50
}

/// A file by its lines, which end as editors have it: at LF, CR LF or CR.
struct SourceLines {
    private let bytes: [UInt8]
    private var starts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        for (index, byte) in bytes.enumerated() {
            let isLast = byte == 0x0A || byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
            if isLast { starts.append(index + 1) }
        }
    }

    /// A line from 1, without its end.
    subscript(number: Int) -> ArraySlice<UInt8>? {
        guard starts.indices.contains(number - 1) else { return nil }
        let end = number < starts.count ? starts[number] : bytes.count
        let line = bytes[starts[number - 1]..<end]
        return line.dropLast(line.reversed().prefix { $0 == 0x0A || $0 == 0x0D }.count)
    }
}

/// A line of a file, parted at what is meant.
struct Excerpt: Sendable, Equatable {
    var number: Int
    var before: String
    var marked: String
    var after: String

    /// `nil` for a place that is in no line of the file.
    init?(_ diagnostic: Diagnostic, in lines: SourceLines) {
        guard let number = diagnostic.place.line, let column = diagnostic.place.column, let line = lines[number] else {
            return nil
        }
        // A line may be as long as the file; a part of it shows where it is.
        let window = 200
        let scalars = Array(String(decoding: line.prefix(1 << 16), as: UTF8.self).unicodeScalars)
        let start = min(column - 1, scalars.count)
        let end = min(start + diagnostic.length, scalars.count)
        let (first, last) = (max(0, start - window / 2), min(scalars.count, start + window))
        func text(_ range: Range<Int>) -> String {
            String(String.UnicodeScalarView(scalars[range]))
        }
        self.number = number
        before = (first > 0 ? "…" : "") + text(first..<start)
        marked = text(start..<min(end, last))
        after = text(min(end, last)..<last) + (last < scalars.count ? "…" : "")
    }
}

// MARK: - Messages

private func isUnheard(_ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "文件夹 \(error.path) 无法监视（\(error.reason.zh)）：其中文件保存后，请重新载入本页",
        en:
            "the folder \(error.path) cannot be watched (\(error.reason.en)): load this page again after a file in it was saved"
    )
}

private func andMore(_ count: Int) -> LocalizedText {
    LocalizedText(zh: "……另有 \(count) 处，见 pingshen validate", en: "… and \(count) more; `pingshen validate` lists them")
}
