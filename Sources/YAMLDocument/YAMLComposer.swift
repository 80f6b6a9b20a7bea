internal import CLibYAML
internal import Groundwork

/// Turns libyaml's events into nodes: one pass, one stack of open collections, one stack of finished children.
struct YAMLComposer {
    let file: String
    let limits: YAMLLimits
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var root: YAMLNode?
    /// What libyaml stumbled over, if it did.
    private(set) var problem: SyntaxProblem?

    private var frames: [Frame] = []
    // Children of all open collections. A collection that ends takes its own from the top, into an array that fits.
    private var pending: [YAMLNode] = []
    private var anchors: [String: Anchor] = [:]
    private var nodeCount = 0
    private var textBytes = 0
    private var documentCount = 0
    private var isFinished = false

    /// A list or mapping whose end has not been read yet.
    private struct Frame {
        var isMapping: Bool
        var isFlow: Bool
        var firstChild: Int
        var place: SourcePlace
        var anchor: String?
        var tag: String?
        /// `nodeCount` and `textBytes` before the collection.
        var countBefore: Int
        var bytesBefore: Int
        /// Levels of collections below this one.
        var height = 0
    }

    private enum Anchor {
        case open
        /// - size: nodes of the tree, aliases in it expanded.
        /// - bytes: of its scalars, the same way.
        /// - height: levels of collections of the tree.
        case complete(YAMLNode, size: Int, bytes: Int, height: Int)
    }

    private let source: LazySource
    private let typing: TypingSlips

    /// - Parameter bytes: the whole file, for what libyaml does not tell.
    init(file: String, limits: YAMLLimits, bytes: [UInt8]) {
        (self.file, self.limits) = (file, limits)
        source = LazySource(bytes)
        typing = TypingSlips(in: bytes)
    }

    /// Where each open "[" and "{" stands, outermost first; for messages after a syntax error.
    var openFlows: [SourcePlace] { frames.filter(\.isFlow).map(\.place) }

    /// What was read last, if it was a scalar in quotes; for messages after a syntax error.
    var lastQuoted: SourcePlace? {
        guard let last = pending.last, let style = last.scalar?.style else { return nil }
        return style == .singleQuoted || style == .doubleQuoted ? last.place : nil
    }

    /// Reads a whole file, without its byte order mark.
    mutating func compose(_ bytes: UnsafeBufferPointer<UInt8>) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else {
            problem = .outOfMemory
            return
        }
        defer { yaml_parser_delete(parser) }
        // Said beforehand, so that libyaml does not take other encodings for granted.
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        // libyaml refuses a null pointer even for no bytes at all.
        var nothing: UInt8 = 0
        withUnsafePointer(to: &nothing) { nothing in
            yaml_parser_set_input_string(parser, bytes.baseAddress ?? nothing, bytes.count)
            readEvents(parser)
        }
    }

    private mutating func readEvents(_ parser: UnsafeMutablePointer<yaml_parser_t>) {
        var event = yaml_event_t()
        while !isFinished {
            guard yaml_parser_parse(parser, &event) == 1 else {
                problem = SyntaxProblem(parser.pointee)
                root = nil
                return
            }
            accept(&event)
            yaml_event_delete(&event)
        }
    }

    private mutating func accept(_ event: inout yaml_event_t) {
        switch event.type {
        case YAML_SCALAR_EVENT: acceptScalar(event)
        case YAML_ALIAS_EVENT: acceptAlias(event)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            open(event, isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE, start.anchor, start.tag, isMapping: false)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            open(event, isFlow: start.style == YAML_FLOW_MAPPING_STYLE, start.anchor, start.tag, isMapping: true)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: close()
        case YAML_DOCUMENT_START_EVENT: acceptDocument(event)
        case YAML_STREAM_END_EVENT: acceptEnd(event)
        default: break
        }
    }
}

// MARK: - Events

extension YAMLComposer {
    private mutating func acceptDocument(_ event: yaml_event_t) {
        documentCount += 1
        guard documentCount > 1 else { return }
        report("yaml/second-document", at: place(event.start_mark), length: 3, .secondDocument)
        isFinished = true
    }

    private mutating func acceptEnd(_ event: yaml_event_t) {
        if documentCount == 0 {
            report("yaml/empty-document", at: SourcePlace(file: file, line: 1, column: 1), .emptyDocument)
        }
        isFinished = true
    }

    private mutating func acceptScalar(_ event: yaml_event_t) {
        let scalar = event.data.scalar
        let place = place(event.start_mark)
        guard scalar.length <= limits.scalarBytes else {
            return stop("yaml/scalar-limit", at: place, .scalarLimit(scalar.length, limits.scalarBytes))
        }
        guard count(1, at: place) else { return }
        textBytes += scalar.length
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let text = String(decoding: bytes, as: UTF8.self)
        var node = YAMLNode(
            .scalar(YAMLScalar(text: text, style: YAMLScalar.Style(scalar.style))),
            place: place,
            length: length(event),
            tag: tagAsWritten(scalar.tag)
        )
        if event.end_mark.line > event.start_mark.line { node.joinWideLines(in: source) }
        if scalar.style == YAML_PLAIN_SCALAR_STYLE { look(at: node, text, endsAt: event.end_mark) }
        if let anchor = scalar.anchor {
            anchors[String(cString: anchor)] = .complete(node, size: 1, bytes: scalar.length, height: 0)
        }
        append(node, height: 0)
    }

    /// Warns of what a plain scalar has, or has lost, without anybody seeing it. What is wrong with keys is told where they are put
    /// together.
    private mutating func look(at node: YAMLNode, _ text: String, endsAt end: yaml_mark_t) {
        if let cut = typing.cut(line: Int(end.line) + 1, column: Int(end.column) + 1) {
            let place = SourcePlace(file: file, line: Int(end.line) + 1, column: Int(end.column) + 2)
            warn("yaml/cut-by-comment", at: place, length: cut.unicodeScalars.count, .cutByComment(cut))
        }
        let isKey = frames.last.map { $0.isMapping && (pending.count - $0.firstChild).isMultiple(of: 2) } ?? false
        if !isKey, let (wording, offset, length) = text.slipOfPunctuation, node.length == text.unicodeScalars.count {
            let place = SourcePlace(file: file, line: node.place.line, column: node.place.column + offset)
            warn("yaml/odd-character", at: place, length: length, wording)
        }
        guard typing.hasInvisible, !isKey, let (odd, offset) = text.firstOddCharacter(where: \.isInvisible) else {
            return
        }
        let isOneLine = node.length == text.unicodeScalars.count
        let place = SourcePlace(
            file: file,
            line: node.place.line,
            column: node.place.column + (isOneLine ? offset : 0)
        )
        warn("yaml/odd-character", at: place, length: 1, .oddCharacter(odd))
    }

    private mutating func warn(_ code: String, at place: SourcePlace, length: Int, _ wording: Diagnostic.Wording) {
        // Warnings alone do not stop the reading: a file may have been pasted together from a web page.
        guard diagnostics.count < limits.diagnostics / 2 else { return }
        report(Diagnostic(.warning, code: code, at: place.place, length: length, wording))
    }

    private mutating func acceptAlias(_ event: yaml_event_t) {
        let name = String(cString: event.data.alias.anchor)
        let place = place(event.start_mark)
        let length = length(event)
        switch anchors[name] {
        case .complete(var node, let size, let bytes, let height):
            guard frames.count + height <= limits.depth else {
                return stop("yaml/depth-limit", at: place, length: length, .aliasDepthLimit(name, limits.depth))
            }
            guard nodeCount + size <= limits.nodes else {
                return stop("yaml/alias-limit", at: place, length: length, .aliasLimit(name, limits.nodes))
            }
            guard textBytes + bytes <= limits.textBytes else {
                return stop("yaml/alias-limit", at: place, length: length, .aliasTextLimit(name, limits.textBytes))
            }
            nodeCount += size
            textBytes += bytes
            node.aliasPlace = place
            append(node, height: height)
        case .open:
            report("yaml/recursive-alias", at: place, length: length, .recursiveAlias(name))
            append(.placeholder(at: place), height: 0)
        case nil:
            // Sorted, for a dictionary's order differs from run to run; a file of a million anchors is not searched.
            let known = anchors.count <= 1000 ? anchors.keys.sorted() : []
            let meant = nearest(to: name, among: known)
            report("yaml/unknown-alias", at: place, length: length, .unknownAlias(name, meant: meant))
            append(.placeholder(at: place), height: 0)
        }
    }

    private mutating func open(
        _ event: yaml_event_t,
        isFlow: Bool,
        _ anchor: UnsafePointer<UInt8>?,
        _ tag: UnsafePointer<UInt8>?,
        isMapping: Bool
    ) {
        let place = place(event.start_mark)
        guard frames.count < limits.depth else {
            return stop("yaml/depth-limit", at: place, .depthLimit(limits.depth))
        }
        let countBefore = nodeCount
        guard count(1, at: place) else { return }
        let anchor = anchor.map { String(cString: $0) }
        if let anchor { anchors[anchor] = .open }
        frames.append(
            Frame(
                isMapping: isMapping,
                isFlow: isFlow,
                firstChild: pending.count,
                place: place,
                anchor: anchor,
                tag: tagAsWritten(tag),
                countBefore: countBefore,
                bytesBefore: textBytes
            )
        )
    }

    private mutating func close() {
        guard let frame = frames.popLast() else { return }
        let content = content(of: frame)
        if isFinished { return }
        pending.removeSubrange(frame.firstChild...)
        let node = YAMLNode(content, place: frame.place, tag: frame.tag)
        if let anchor = frame.anchor {
            anchors[anchor] = .complete(
                node,
                size: nodeCount - frame.countBefore,
                bytes: textBytes - frame.bytesBefore,
                height: frame.height + 1
            )
        }
        append(node, height: frame.height + 1)
    }

    // A function of its own, so that its slice of `pending` is gone before `pending` changes; else every collection that
    // ends would copy all that is pending.
    private mutating func content(of frame: Frame) -> YAMLNode.Content {
        let children = pending[frame.firstChild...]
        guard frame.isMapping else { return .sequence(Array(children)) }
        var mapping = MappingComposition(limits: limits)
        mapping.compose(children)
        for diagnostic in mapping.diagnostics { report(diagnostic) }
        if mapping.isOverLimit { isFinished = true }
        return .mapping(mapping.entries)
    }

    private mutating func append(_ node: YAMLNode, height: Int) {
        guard let last = frames.indices.last else { return root = node }
        pending.append(node)
        if height > frames[last].height { frames[last].height = height }
    }
}

// MARK: - Places, limits and reports

extension YAMLComposer {
    private func place(_ mark: yaml_mark_t) -> SourcePlace {
        SourcePlace(file: file, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    private func length(_ event: yaml_event_t) -> Int {
        event.start_mark.line == event.end_mark.line ? Int(event.end_mark.column) - Int(event.start_mark.column) : 1
    }

    private mutating func count(_ nodes: Int, at place: SourcePlace) -> Bool {
        nodeCount += nodes
        if nodeCount <= limits.nodes { return true }
        stop("yaml/node-limit", at: place, .nodeLimit(limits.nodes))
        return false
    }

    /// Reports a passed limit, after which nothing more is read.
    private mutating func stop(_ code: String, at place: SourcePlace, length: Int = 1, _ wording: Diagnostic.Wording) {
        stop(code, at: place.place, length: length, wording)
    }

    private mutating func stop(_ code: String, at place: Place, length: Int = 1, _ wording: Diagnostic.Wording) {
        diagnostics.append(Diagnostic(.error, code: code, at: place, length: length, wording))
        root = nil
        isFinished = true
    }

    private mutating func report(
        _ code: String,
        at place: SourcePlace,
        length: Int = 1,
        _ wording: Diagnostic.Wording
    ) {
        report(Diagnostic(.error, code: code, at: place, length: length, wording))
    }

    private mutating func report(_ diagnostic: Diagnostic) {
        guard !isFinished else { return }
        if diagnostics.count < limits.diagnostics {
            diagnostics.append(diagnostic)
        } else {
            stop("yaml/error-limit", at: diagnostic.place, .errorLimit(limits.diagnostics))
        }
    }
}

/// A tag as a file would write it: libyaml resolves `!!str` to its full name.
private func tagAsWritten(_ tag: UnsafePointer<UInt8>?) -> String? {
    guard let tag else { return nil }
    let resolved = String(cString: tag)
    let core = "tag:yaml.org,2002:"
    return resolved.hasPrefix(core) ? "!!" + resolved.dropFirst(core.count) : resolved
}

extension YAMLScalar.Style {
    fileprivate init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: self = .literal
        case YAML_FOLDED_SCALAR_STYLE: self = .folded
        default: self = .plain
        }
    }
}
