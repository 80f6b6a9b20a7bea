internal import Groundwork
public import JSONDocument
internal import ReportDocument

/// Holds the names of an outline against what there can be, before anything is printed.
///
/// A printed name must exist from its first part to its last. A section or a condition may ask for the last part of a longer
/// name that is not there, and inside it that name may be printed: so a template can serve forms that lack something.
public struct NameCheck {
    private let log: DiagnosticLog
    private var scopes: [Level]
    /// Names that conditions around this place have asked for.
    private var asked: [String] = []

    private struct Level {
        var shape: NameShape
        var alias: String?
    }

    private init(_ root: NameShape, _ log: DiagnosticLog) { (scopes, self.log) = ([Level(shape: root)], log) }

    /// Reports every name of `outline` that `root` says cannot be there, with its place.
    public static func check(_ outline: TemplateOutline, against root: NameShape, log: DiagnosticLog) {
        let terms = Dictionary(outline.terms.map { ($0.name, NameShape.scalar) }) { first, _ in first }
        var check = NameCheck(.record(terms), log)
        check.scopes.append(Level(shape: root))
        // The report's own names come before terms; an open root must not hide the terms.
        if case .record(let names, let others?) = root.settled {
            check.scopes = [Level(shape: .record(names.merging(terms) { own, _ in own }, others: others))]
        }
        check.check(outline.title)
        for term in outline.terms { check.check(term.wording) }
        check.check(outline.blocks)
    }

    // MARK: Blocks

    private mutating func check(_ blocks: [TemplateBlock]) {
        for block in blocks { check(block) }
    }

    private mutating func check(_ block: TemplateBlock) {
        switch block {
        case .cover(let lines), .signature(let lines): for line in lines { check(line.text) }
        case .contents(let title, _): check(title)
        case .heading(_, let text, _, _), .paragraphs(let text, _), .attached(let text, _): check(text)
        case .table(let table): check(table)
        case .chart(let chart): check(chart)
        case .flow(let caption, let steps):
            check(caption)
            switch steps {
            case .written(let texts): for text in texts { check(text) }
            case .listed(let path): _ = shape(of: path)
            }
        case .page: break
        case .findings(let caption): check(caption)
        case .each(let path, let alias, let blocks): inside(shape(of: path).element, alias) { $0.check(blocks) }
        case .when(let condition, let blocks, let otherwise):
            ask(condition.path)
            asking(condition.negated ? [] : [condition.path]) { $0.check(blocks) }
            asking(condition.negated ? [condition.path] : []) { $0.check(otherwise) }
        }
    }

    private mutating func check(_ table: TableTemplate) {
        check(table.caption)
        check(table.note)
        for row in table.header { for cell in row { check(cell) } }
        check(table.rows)
    }

    private mutating func check(_ rows: [TemplateRow]) {
        for row in rows {
            switch row {
            case .row(let cells, _): for cell in cells { check(cell) }
            case .each(let path, let alias, let rows): inside(shape(of: path).element, alias) { $0.check(rows) }
            case .group(let conditions, let rows):
                for condition in conditions { ask(condition.path) }
                asking(conditions.filter { !$0.negated }.map(\.path)) { $0.check(rows) }
            }
        }
    }

    private mutating func check(_ cell: TemplateCell) {
        check(cell.text)
        check(cell.key)
    }

    private mutating func check(_ chart: ChartTemplate) {
        for text in [chart.caption, chart.summary, chart.unit] + chart.series.map({ Optional($0.name) }) { check(text) }
        inside(shape(of: chart.list).element, nil) { check in
            check.check(chart.label)
            for series in chart.series {
                _ = check.shape(of: series.value)
                if let base = series.base { _ = check.shape(of: base) }
                check.check(series.text)
            }
        }
    }

    // MARK: Texts

    private mutating func check(_ wording: Wording?) {
        if let wording, !wording.isPlain { check(wording.parts, of: wording) }
    }

    private mutating func check(_ parts: [Wording.Part], of wording: Wording) {
        for part in parts {
            switch part {
            case .text: break
            case .value(let path):
                let shape = shape(of: path, at: wording.pointer, inText: true, mayBeAbsent: false)
                if let shape, !shape.isPrintable {
                    log.add(unprintable(path.expression, at: wording.pointer, path.place))
                }
            case .section(let path, let parts):
                let shape = shape(of: path, at: wording.pointer, inText: true, mayBeAbsent: true)
                asked.append(path.name)
                if let shape, isScope(shape) {
                    inside(shape.element, nil) { $0.check(parts, of: wording) }
                } else {
                    check(parts, of: wording)
                }
                asked.removeLast()
            case .inverted(let path, let parts):
                _ = shape(of: path, at: wording.pointer, inText: true, mayBeAbsent: true)
                check(parts, of: wording)
            }
        }
    }

    /// Whether a section over it brings names of its own.
    private func isScope(_ shape: NameShape) -> Bool {
        switch shape.settled {
        case .any, .record, .list: true
        case .scalar, .deferred: false
        }
    }

    // MARK: Scopes and names

    private mutating func inside(_ shape: NameShape, _ alias: String?, _ body: (inout NameCheck) -> Void) {
        scopes.append(Level(shape: shape, alias: alias))
        body(&self)
        scopes.removeLast()
    }

    private mutating func asking(_ paths: [PlacedPath], _ body: (inout NameCheck) -> Void) {
        asked += paths.map(\.path.name)
        body(&self)
        asked.removeLast(paths.count)
    }

    private func ask(_ path: PlacedPath) {
        _ = shape(of: path.path, at: path.pointer, inText: false, mayBeAbsent: true)
    }

    /// What a path names; anything when it names nothing, which is reported.
    private func shape(of path: PlacedPath) -> NameShape {
        shape(of: path.path, at: path.pointer, inText: false, mayBeAbsent: false) ?? .any
    }

    /// What a name stands for, its forms applied; `nil` when it is not there, which is reported unless it may be absent.
    private func shape(
        of path: NamePath,
        at pointer: JSONPointer,
        inText: Bool,
        mayBeAbsent: Bool
    ) -> NameShape? {
        let place = inText ? path.place : nil
        guard var (shape, rest) = start(of: path) else {
            log.add(unknown(path.parts.first ?? path.name, known: visibleNames, at: pointer, place))
            return nil
        }
        var known = path.start == .scopes ? Array(path.parts.prefix(1)) : ["."]
        while let part = rest.popFirst() {
            switch shape.member(part) {
            case .found(let member): shape = member
            case .none, .absent:
                let isAsked = path.start == .scopes && rest.isEmpty && mayBeAbsent || isAsked(for: path.name)
                if case .absent = shape.member(part), isAsked { return nil }
                let names = shape.names
                log.add(lacks(known.joined(separator: "."), part, known: names, at: pointer, place))
                return nil
            }
            known.append(part)
        }
        return formed(shape, path.forms)
    }

    private func start(of path: NamePath) -> (NameShape, ArraySlice<String>)? {
        switch path.start {
        case .place: return (.scalar, [])
        case .itself, .element: return (scopes[scopes.count - 1].shape, path.parts[...])
        case .scopes:
            guard let first = path.parts.first, let shape = shape(named: first) else { return nil }
            return (shape, path.parts.dropFirst())
        }
    }

    /// What the nearest scope that has the name says of it. A record whose further names are only texts and figures does not
    /// stand before a name that is known further out.
    private func shape(named name: String) -> NameShape? {
        var further: NameShape?
        for scope in scopes.reversed() {
            if scope.alias == name { return scope.shape }
            guard case .found(let shape) = scope.shape.member(name) else { continue }
            if scope.shape.lists(name) { return shape }
            if case .any = shape.settled { return .any }
            further = further ?? shape
        }
        return further
    }

    private func isAsked(for name: String) -> Bool {
        asked.contains { name == $0 || name.hasPrefix($0 + ".") }
    }

    private var visibleNames: [String] {
        Set(scopes.flatMap { $0.shape.names + ($0.alias.map { [$0] } ?? []) }).sorted()
    }

    private func formed(_ shape: NameShape, _ forms: [ValueForm]) -> NameShape {
        forms.reduce(shape) { shape, form in
            switch form {
            case .count, .empty: .scalar
            case .first, .last: shape.element
            case .reversed: shape
            default: shape.isPrintable ? .scalar : shape
            }
        }
    }
}

// MARK: - Messages

private func unknown(
    _ name: String,
    known: [String],
    at pointer: JSONPointer,
    _ place: TextPlace?
) -> ConfigurationDiagnostic {
    let message = LocalizedText(zh: "没有名为\"\(name)\"的内容", en: "nothing is called \"\(name)\"")
    return diagnostic("template/unknown-name", message, at: pointer, place, help: suggestion(for: name, among: known))
}

private func lacks(
    _ whole: String,
    _ part: String,
    known: [String],
    at pointer: JSONPointer,
    _ place: TextPlace?
) -> ConfigurationDiagnostic {
    let message = LocalizedText(zh: "\"\(whole)\"中没有\"\(part)\"", en: "\"\(whole)\" has no \"\(part)\"")
    return diagnostic("template/unknown-name", message, at: pointer, place, help: suggestion(for: part, among: known))
}

private func unprintable(_ expression: String, at pointer: JSONPointer, _ place: TextPlace) -> ConfigurationDiagnostic {
    diagnostic(
        "template/not-a-value",
        LocalizedText(
            zh: "\"\(expression)\"是一组内容，不能直接打印",
            en: "\"\(expression)\" holds names and cannot be printed itself"
        ),
        at: pointer,
        place,
        help: LocalizedText(zh: "请写到其中的一项，或用 each 逐项打印", en: "name one of its parts, or print its elements with each")
    )
}

private func diagnostic(
    _ code: String,
    _ message: LocalizedText,
    at pointer: JSONPointer,
    _ place: TextPlace?,
    help: LocalizedText?
) -> ConfigurationDiagnostic {
    var diagnostic = ConfigurationDiagnostic(code: code, message: message, pointer: pointer, help: help)
    diagnostic.place = place
    return diagnostic
}
