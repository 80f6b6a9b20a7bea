import Mustache
import ReviewModel

/// A text of a template: Mustache over the report model, parsed and checked.
struct Wording: Sendable {
    let source: String
    /// Where the text stands, in the settings or in the dossier.
    let pointer: JSONPointer
    private let tags: [MustacheTag]
    /// `nil` when the text has no tags.
    private let template: MustacheTemplate?

    /// Parses `source` and reports every mistake in it to `log`.
    init(_ source: String, at pointer: JSONPointer, log: DiagnosticLog) {
        self.source = source
        self.pointer = pointer
        guard source.contains("{{") else {
            (tags, template) = ([], nil)
            return
        }
        let scanner = MustacheScanner(source)
        for mistake in scanner.mistakes { log.add(diagnostic(mistake, at: pointer)) }
        tags = scanner.tags
        guard scanner.mistakes.isEmpty else {
            template = nil
            return
        }
        do {
            // The pragma keeps Mustache from escaping for HTML: each back end of the document escapes for itself.
            template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + scanner.rewritten)
        } catch {
            template = nil
            log.add(refused("\(error)", at: pointer))
        }
    }

    /// The text with its names filled in. Names that the model does not have are marked and reported.
    func render(in scope: Scope) -> String {
        guard let template else { return source }
        var (text, missed) = scope.names.watching { template.render(scope) }
        for part in missed {
            guard let tag = tags.first(where: { $0.parts.contains(part) }) else { continue }
            scope.names.add(.init(name: tag.name, pointer: pointer, line: tag.line, column: tag.column))
            let pieces = text.split(separator: MissingName(name: part).renderText, omittingEmptySubsequences: false)
            text = pieces.joined(separator: MissingName(name: tag.name).renderText)
        }
        return text
    }
}

extension ValueReader {
    /// A text with Mustache slots; reports anything but text, and every mistake in the slots.
    func wording() -> Wording? {
        text().map { Wording($0, at: pointer, log: log) }
    }
}

// MARK: - Messages

private func diagnostic(_ mistake: MustacheScanner.Mistake, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/mustache",
        message: LocalizedText(
            zh: "\(mistake.message.zh)（文字的第 \(mistake.line) 行第 \(mistake.column) 列）",
            en: "\(mistake.message.en) (line \(mistake.line), column \(mistake.column) of the text)"
        ),
        pointer: pointer,
        help: mistake.help
    )
}

private func refused(_ reason: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/mustache",
        message: LocalizedText(zh: "Mustache 无法解析：\(reason)", en: "Mustache cannot parse this: \(reason)"),
        pointer: pointer
    )
}
