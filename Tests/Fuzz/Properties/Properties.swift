import DossierQuery
import JSONDocument
import PluginWire
import ReviewModel
import YAMLDocument

/// What must hold for any bytes at all. Returns what did not, in a sentence; `nil` when all is well. `Scripts/fuzz` looks
/// for bytes that make one of these speak, or crash; the tests try the kept corpus.
public enum Property {
    /// The line parser: however the bytes are cut into pieces, the lines are the same; and what is read as a message is
    /// written as the same message.
    public static func lines(_ bytes: [UInt8]) -> String? {
        let whole = split(bytes, pieces: bytes.count + 1)
        for pieces in [1, 2, 7, 64] where split(bytes, pieces: pieces) != whole {
            return "pieces of \(pieces) bytes make other lines"
        }
        for element in whole {
            guard case .line(let line) = element else { continue }
            guard case .message(let message)? = try? Message.parse(line) else { continue }
            guard case .message(let again)? = try? Message.parse(Array(message.line.dropLast())) else {
                return "what was written cannot be read: \(message)"
            }
            if again.line != message.line { return "a message changes when it is written and read: \(message)" }
        }
        let read = try? JSONReader.read(bytes)
        if JSONText.passesCheck(bytes) != (read != nil) { return "the check and the reader do not agree" }
        guard let value = read else { return nil }
        guard let text = try? JSONText(bytes), JSONWriter.line(text.value) == JSONWriter.line(value) else {
            return "checked text is another value"
        }
        guard let again = try? JSONReader.read(JSONWriter.line(value)) else { return "written JSON is not JSON" }
        // A decimal is written as text, and then is text.
        return JSONWriter.line(again) == JSONWriter.line(value) ? nil : "a value changes when it is written and read"
    }

    private static func split(_ bytes: [UInt8], pieces: Int) -> [LineSplitter.Element] {
        var (splitter, elements) = (LineSplitter(limit: 200), [LineSplitter.Element]())
        var start = 0
        while start < bytes.count {
            let end = min(start + pieces, bytes.count)
            elements += bytes[start..<end].withUnsafeBytes { splitter.push($0) }
            start = end
        }
        return elements + splitter.finish()
    }

    /// The YAML layer: it ends, refuses with a place inside the file, and can show that place.
    public static func yaml(_ bytes: [UInt8]) -> String? {
        let parse = parseYAML(bytes, file: "fuzz.yaml")
        let lineCount = bytes.count { $0 == 0x0A || $0 == 0x0D } + 2
        for diagnostic in parse.diagnostics {
            guard let line = diagnostic.place.line, let column = diagnostic.place.column else { return "no line" }
            if line < 1 || line > lineCount || column < 1 {
                return "\(diagnostic.code) is outside of the file: \(line):\(column)"
            }
            if diagnostic.message.en.isEmpty || diagnostic.message.zh.isEmpty {
                return "\(diagnostic.code) says nothing"
            }
        }
        if parse.root == nil, parse.diagnostics.isEmpty { return "refused without a reason" }
        let shown = DiagnosticRendering(locale: .en, isColoured: false)
            .render(parse.diagnostics, sources: ["fuzz.yaml": bytes])
        return shown.utf8.contains(0x1B) ? "an escape sequence reaches the terminal" : nil
    }

    /// The query language: a query has an answer, or an error with its place. The bytes are tried as a query, and as choices
    /// from which one is made.
    public static func query(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        return answer(text, dossier) ?? mutilatedQuery(Choices(bytes))
    }

    private static let dossier: Dossier = {
        var table = Table(
            schema: TableSchema(
                name: "t",
                columns: [Column(name: "a", type: .decimal), Column(name: "b"), Column(name: "c", type: .texts)]
            )
        )
        table.append(row: ["1.50", "x", ["u", "v"]])
        table.append(row: [nil, "y", nil])
        table.append(row: ["2", "x", []])
        return Dossier(fields: ["f": ["g": "1.00"]], tables: [table])
    }()
}
