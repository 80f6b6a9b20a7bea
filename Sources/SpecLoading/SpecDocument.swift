package import ReviewModel
package import YAMLDocument

/// A loaded spec as plain values, with the place of each: pointers into the values lead back to the YAML.
package struct SpecDocument: Sendable {
    package let path: String
    package let root: YAMLNode
    package let value: Value
    /// The bytes of the files, by path: for places inside of texts.
    private let sources: [String: [UInt8]]

    package init(path: String, root: YAMLNode, sources: [String: [UInt8]] = [:]) {
        (self.path, self.sources) = (path, sources)
        self.root = root
        value = root.value
    }

    /// Where the value at `pointer` is written, or the nearest value above it that is.
    package func place(at pointer: JSONPointer) -> Place { root.nearestPlace(at: pointer).place }

    /// The file in which the value at `pointer` is written.
    package func file(at pointer: JSONPointer) -> String {
        root.nearestPlace(at: pointer).file
    }

    /// A diagnostic about a value as one about its place in the YAML.
    package func diagnostic(_ diagnostic: ConfigurationDiagnostic, under prefix: JSONPointer = JSONPointer())
        -> Diagnostic
    {
        let pointer = JSONPointer(prefix.tokens + diagnostic.pointer.tokens)
        // A remark about a key stands at the key, one about a value at the value.
        let aboutKey = diagnostic.code == "value/unknown-key" || diagnostic.code == "form/unknown-table"
        let node = (aboutKey ? root.keyNode(at: pointer) : nil) ?? root.nearestNode(at: pointer)
        let inside = diagnostic.place.flatMap { stretch(at: pointer, $0) }
        return Diagnostic(
            diagnostic.severity >= .error ? .error : .warning,
            code: diagnostic.code,
            at: (inside?.start ?? node.place).place,
            length: inside?.length ?? node.length,
            .init(inside == nil ? diagnostic.placedMessage : diagnostic.message, hint: diagnostic.help)
        )
    }

    /// Where a place inside of the text at `pointer` is written, with the word that begins there; `nil` where there is no
    /// such text or place.
    package func stretch(at pointer: JSONPointer, _ place: TextPlace) -> ScalarStretch? {
        guard let node = root.node(at: pointer), let source = sources[node.place.file] else { return nil }
        return node.stretch(at: place, in: source)
    }
}

extension YAMLNode {
    /// The node as a value. Plain whole numbers and decimals become numbers where that loses nothing; everything else
    /// stays text, `007` and `95.04%` included.
    package var value: Value { value(in: place.file) }

    /// - Parameter file: in which the node above is written: one that begins another may be a file that many specs include.
    private func value(in file: String) -> Value {
        if place.file != file, let shared = ParsedFiles.file(of: self)?.value { return shared }
        return switch content {
        case .sequence(let elements): .list(elements.map { $0.value(in: place.file) })
        case .mapping(let entries):
            .record(Record(entries.lazy.map { ($0.key.text ?? "", $0.value.value(in: place.file)) }))
        case .scalar(let scalar): scalar.value
        }
    }
}

extension YAMLScalar {
    fileprivate var value: Value {
        if style != .plain { return .text(text) }
        if isNull { return .null }
        if let boolean { return .boolean(boolean) }
        if let integer, String(integer) == text { return .integer(integer) }
        if let number = ExactDecimal(text), number.description == text { return .decimal(number) }
        return .text(text)
    }
}
