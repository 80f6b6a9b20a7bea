internal import ExactNumbers
internal import Groundwork
public import JSONDocument

/// Text is a JSON string; every other run is a mapping that one key tells from the others.
extension Run: WireForm {
    public init?(wire reader: ValueReader) {
        if case .text(let text) = reader.value {
            self = .text(text)
            return
        }
        guard let record = reader.record() else { return nil }
        if record.record["figure"] != nil {
            guard let figure = Figure(wire: record) else { return nil }
            self = .figure(figure)
        } else if let name = record.optional("missing")?.text() {
            self = .missing(name)
        } else if let note = record.optional("footnote") {
            self = .footnote(Footnote(note.runs()))
        } else if let series = record.optional("counter")?.text() {
            self = .counter(Counter(series: series, number: record.required("number")?.integer() ?? 0))
        } else if let series = record.optional("reference")?.text() {
            self = .reference(Counter(series: series, number: record.required("number")?.integer() ?? 0))
        } else if record.optional("break")?.boolean() == true {
            self = .lineBreak
        } else {
            record.log.add(unknownRun(record.record.keys, at: record.pointer))
            return nil
        }
    }

    public var wire: Value {
        switch self {
        case .text(let text): .text(text)
        case .figure(let figure): figure.wire
        case .missing(let name): ["missing": .text(name)]
        case .lineBreak: ["break": .boolean(true)]
        case .footnote(let note): ["footnote": note.runs.wire]
        case .counter(let counter): ["counter": .text(counter.series), "number": .integer(counter.number)]
        case .reference(let counter):
            [
                "reference": .text(counter.series), "number": .integer(counter.number),
                "text": .text(counter.label),
            ]
        }
    }
}

extension Figure {
    fileprivate init?(wire record: RecordReader) {
        guard let value = record.required("figure")?.decimal() else { return nil }
        let style = record.optional("style")?.oneOf(FigureForm.Style.self) ?? .number
        var form = FigureForm(style, hasDash: record.optional("dash")?.boolean() ?? false)
        if let tens = record.optional("tens")?.integer(), (0...9).contains(tens) { form.tens = tens }
        if let marks = record.optional("marks")?.record() {
            form.marks.decimal = marks.optional("decimal")?.text() ?? form.marks.decimal
            form.marks.group = marks.optional("group")?.text() ?? form.marks.group
            form.marks.percent = marks.optional("percent")?.text() ?? form.marks.percent
        }
        self.init(value, form, fact: record.optional("fact")?.text())
    }

    /// With the text that it prints as, so that a writer in any language need not know the forms.
    fileprivate var wire: Value {
        var record: Record = [
            "figure": .text(value.description), "style": .text(form.style.rawValue), "text": .text(text),
        ]
        if form.hasDash { record["dash"] = .boolean(true) }
        if form.tens != 0 { record["tens"] = .integer(form.tens) }
        if form.marks != NumberMarks() {
            record["marks"] = [
                "decimal": .text(form.marks.decimal), "group": .text(form.marks.group),
                "percent": .text(form.marks.percent),
            ]
        }
        if let fact { record["fact"] = .text(fact) }
        return .record(record)
    }
}

extension [Run] {
    package var wire: Value { Value(wire: self) }
}

extension ValueReader {
    package func runs() -> [Run] { list(of: Run.self) }

    /// A word that is one of an enumeration's.
    package func oneOf<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        oneOf(Choice.allCases.map(\.rawValue)).flatMap(Choice.init(rawValue:))
    }
}

extension RecordReader {
    func runs(_ key: String) -> [Run] { optional(key)?.runs() ?? [] }
    func text(_ key: String) -> String { optional(key)?.text() ?? "" }
    func texts(_ key: String) -> [String] { optional(key)?.texts() ?? [] }
    func paragraphs(_ key: String) -> [Paragraph] { required(key)?.list(of: Paragraph.self) ?? [] }
}

// MARK: - Messages

private func unknownRun(_ keys: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "document/unknown-run",
        message: LocalizedText(
            zh: "未知的文字片段：\(keys.joined(separator: "、"))",
            en:
                "a run is a text, or has one of figure, missing, break, footnote, counter, reference; found \(keys.joined(separator: ", "))"
        ),
        pointer: pointer
    )
}
