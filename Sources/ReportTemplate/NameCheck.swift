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
    /// The ids of captions that are counted.
    private var captions: [String] = []
    /// Names of the root that stand before others of the same name, and how these are written.
    private var shadowed: [String: String] = [:]
    /// How many of the scopes, the outermost, are the report's own.
    private var ownScopes = 1

    private struct Level {
        var shape: NameShape
        var alias: String?

        func knows(_ name: String) -> Bool {
            if alias == name { return true }
            if case .record(let names, _) = shape.settled { return names[name] != nil }
            return false
        }
    }

    private init(_ root: NameShape, _ log: DiagnosticLog) { (scopes, self.log) = ([Level(shape: root)], log) }

    /// Reports every name of `outline` that `root` says cannot be there, with its place.
    ///
    /// - Parameter shadowed: names that mean something else than one might think, with how that is written; each is remarked once.
    public static func check(
        _ outline: TemplateOutline,
        against root: NameShape,
        shadowed: [String: String] = [:],
        log: DiagnosticLog
    ) {
        var check = NameCheck(outline, root, log)
        check.shadowed = shadowed
        check.check(outline.title)
        for wording in outline.properties.texts.values { check.check(wording) }
        for wording in outline.properties.keywords { check.check(wording) }
        for term in outline.terms { check.check(term.wording) }
        check.check(outline.blocks)
    }

    /// Reports the same of texts that a dossier brings for the outline, as far as it is known where they are printed: a text that names
    /// something which only an element of a list has is left alone.
    public static func check(
        _ texts: [Wording],
        of outline: TemplateOutline,
        against root: NameShape,
        log: DiagnosticLog
    ) {
        var check = NameCheck(outline, root, log)
        guard case .record(let names, _) = root.settled else { return }
        let known = Set(names.keys).union(outline.terms.map(\.name))
        for text in texts where text.firstNames.isSubset(of: known) { check.check(text) }
    }

    private init(_ outline: TemplateOutline, _ root: NameShape, _ log: DiagnosticLog) {
        let terms = Dictionary(outline.terms.map { ($0.name, NameShape.scalar) }) { first, _ in first }
        self.init(.record(terms), log)
        scopes.append(Level(shape: root))
        // The report's own names come before terms; an open root must not hide the terms.
        if case .record(let names, let others?) = root.settled {
            scopes = [Level(shape: .record(names.merging(terms) { own, _ in own }, others: others))]
        }
        ownScopes = scopes.count
        captions = outline.blocks.flatMap(\.captionIds)
    }

    // MARK: Blocks

    private mutating func check(_ blocks: [TemplateBlock]) {
        for block in blocks { check(block) }
    }

    private mutating func check(_ block: TemplateBlock) {
        switch block {
        case .named(_, let block): check(block)
        case .table(let table): check(table)
        case .chart(let chart): check(chart)
        case .flow(let flow):
            check(flow.caption.text)
            switch flow.steps {
            case .written(let texts): for text in texts { check(text) }
            case .listed(let path): _ = shape(of: path)
            }
        case .each(let repetition, let blocks): inside(repetition) { $0.check(blocks) }
        case .when(let condition, let blocks, let otherwise):
            ask(condition)
            asking(condition.certain(when: true)) { $0.check(blocks) }
            asking(condition.certain(when: false)) { $0.check(otherwise) }
        default: for wording in block.wordings { check(wording) }
        }
    }

    private mutating func check(_ table: TableTemplate) {
        check(table.caption.text)
        check(table.note)
        for row in table.header { for cell in row { check(cell) } }
        check(table.rows)
    }

    private mutating func check(_ rows: [TemplateRow]) {
        for row in rows {
            switch row {
            case .row(let cells, _): for cell in cells { check(cell) }
            case .each(let repetition, let rows): inside(repetition) { $0.check(rows) }
            case .group(let conditions, let rows):
                for condition in conditions { ask(condition) }
                asking(conditions.flatMap { $0.certain(when: true) }) { $0.check(rows) }
            }
        }
    }

    private mutating func check(_ cell: TemplateCell) {
        check(cell.text)
        check(cell.key)
    }

    private mutating func check(_ chart: ChartTemplate) {
        for text in [chart.caption.text, chart.summary, chart.unit] + chart.series.map({ Optional($0.name) }) {
            check(text)
        }
        inside(chart.list) { check in
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
        guard let wording else { return }
        tellOfSingleBraces(wording)
        if !wording.isPlain { check(wording.parts, of: wording) }
    }

    /// `{name}` of something that there is would be printed as it stands.
    private func tellOfSingleBraces(_ wording: Wording) {
        guard wording.source.utf8.contains(0x7B) else { return }
        for part in wording.parts {
            // Most texts between tags have no brace, and an expression is compiled each time that it is asked.
            guard case .text(let text) = part, text.utf8.contains(0x7B),
                let match = text.firstMatch(of: /\{([A-Za-z_][A-Za-z0-9_]*)(\.[A-Za-z0-9_]+)*\}/),
                scopes.contains(where: { $0.knows(String(match.output.1)) })
            else { continue }
            let tag = String(match.output.0)
            log.add(singleBraces(tag, at: wording.pointer, TextPlace(of: tag, in: wording.source)))
            return
        }
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
            case .footnote(let parts): check(parts, of: wording)
            }
        }
    }

    /// Whether a section over it brings names of its own.
    private func isScope(_ shape: NameShape) -> Bool {
        switch shape.settled {
        case .any, .record, .list: true
        case .scalar, .value, .deferred: false
        }
    }

    // MARK: Scopes and names

    private mutating func inside(_ shape: NameShape, _ alias: String?, _ body: (inout NameCheck) -> Void) {
        scopes.append(Level(shape: shape, alias: alias))
        body(&self)
        scopes.removeLast()
    }

    /// Inside the elements of a list; its `where` and `by` are about the elements one by one.
    private mutating func inside(_ repetition: Repetition, _ body: (inout NameCheck) -> Void) {
        let element = shape(of: repetition.list).element
        var inner = element
        inside(element, repetition.alias) { check in
            if let filter = repetition.filter { check.ask(filter) }
            if let group = repetition.group {
                let key = check.shape(of: group)
                if !key.isPrintable { check.log.add(unprintable(group.path.expression, at: group.pointer, nil)) }
                inner = NameShape.list(.record(["key": key, "rows": .list(element)])).element
            }
        }
        let certain = repetition.group == nil ? repetition.filter?.certain(when: true) ?? [] : []
        inside(inner, repetition.alias) { check in check.asking(certain) { body(&$0) } }
    }

    private mutating func asking(_ paths: [PlacedPath], _ body: (inout NameCheck) -> Void) {
        asked += paths.map(\.path.name)
        body(&self)
        asked.removeLast(paths.count)
    }

    private func ask(_ condition: Condition) {
        switch condition {
        case .present(let path):
            _ = shape(of: path.path, at: path.pointer, inText: !path.isWhole, mayBeAbsent: true)
        case .compared(let left, _, let right):
            for path in [left.path, right.path].compactMap(\.self) {
                if left.path != nil, right.path != nil, !isListed(path.path) {
                    log.add(unquotedText(path.path.expression, at: path.pointer, path.path.place))
                    continue
                }
                let shape = shape(of: path.path, at: path.pointer, inText: true, mayBeAbsent: true)
                if let shape, !shape.isPrintable {
                    log.add(unprintable(path.path.expression, at: path.pointer, path.path.place))
                }
            }
        case .not(let condition): ask(condition)
        case .all(let conditions), .any(let conditions): for condition in conditions { ask(condition) }
        }
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
        if path.start == .caption {
            if !captions.contains(path.name) { log.add(unknownCaption(path.name, known: captions, at: pointer, place)) }
            return .scalar
        }
        guard var (shape, rest) = start(of: path) else {
            log.add(unknownName(path.parts.first ?? path.name, known: visibleNames, at: pointer, place))
            return nil
        }
        if path.start == .scopes, let first = path.parts.first { remarkShadow(first, at: pointer, place) }
        var known = path.start == .scopes ? Array(path.parts.prefix(1)) : ["."]
        while let part = rest.popFirst() {
            switch shape.member(part) {
            case .found(let member): shape = member
            case .none, .absent:
                let isAsked = path.start == .scopes && rest.isEmpty && mayBeAbsent || isAsked(for: path.name)
                if case .absent = shape.member(part), isAsked { return nil }
                let names = shape.names
                log.add(lacksName(known.joined(separator: "."), part, known: names, at: pointer, place))
                return nil
            }
            known.append(part)
        }
        for (position, form) in path.forms.enumerated() {
            let inner = formed(shape, Array(path.forms[..<position]))
            guard let kind = form.misfit(inner) else { continue }
            log.add(wrongKind(path.expression, form, kind, at: pointer, place))
            break
        }
        for argument in path.arguments.sorted(by: { $0.key < $1.key }).map(\.value) {
            guard case .name(let name) = argument else { continue }
            check(added: name, at: pointer, inText: inText)
        }
        return formed(shape, path.forms)
    }

    /// A name that a form adds to a text: it must be there, and one value.
    private func check(added name: NamePath, at pointer: JSONPointer, inText: Bool) {
        if name.parts.count == 1, name.start == .scopes, start(of: name) == nil,
            !name.name.unicodeScalars.allSatisfy(\.isASCII)
        {
            log.add(unquoted(name.name, at: pointer, inText ? name.place : nil))
            return
        }
        let shape = shape(of: name, at: pointer, inText: inText, mayBeAbsent: false)
        if let shape, !shape.isPrintable {
            log.add(unprintable(name.expression, at: pointer, inText ? name.place : nil))
        }
    }

    private func start(of path: NamePath) -> (NameShape, ArraySlice<String>)? {
        switch path.start {
        case .place, .caption, .footnote: return (.scalar, [])
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

    /// Whether somebody has said that there is such a name, and it is not only taken for one because there may be others.
    private func isListed(_ path: NamePath) -> Bool {
        guard path.start == .scopes, path.parts.count == 1, path.forms.isEmpty, let name = path.parts.first else {
            return true
        }
        return scopes.contains { scope in
            if case .any = scope.shape.settled { return true }
            return scope.alias == name || scope.shape.lists(name)
        }
    }

    /// Tells once of a name that stands before another one, where nothing nearer is called so.
    private func remarkShadow(_ name: String, at pointer: JSONPointer, _ place: TextPlace?) {
        guard let other = shadowed[name] else { return }
        let isNearer = scopes.dropFirst(ownScopes).contains { $0.alias == name || $0.shape.lists(name) }
        let remark = twoMeanings(name, other, at: pointer, place)
        let isTold = log.diagnostics.contains { $0.code == remark.code && $0.message == remark.message }
        if !isNearer, !isTold { log.add(remark) }
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
            case .count, .sum: .value(.figure)
            case .empty: .value(.flag)
            case .first, .last: shape.element
            case .reversed: shape
            default: shape.isPrintable ? .scalar : shape
            }
        }
    }
}

extension ValueForm {
    /// What a value is known to be that this form does nothing for; `nil` where it fits, or where nobody knows.
    fileprivate func misfit(_ shape: NameShape) -> NameMisfit? {
        switch self {
        case .sum:
            guard case .list(let element) = shape.settled, case .value(let kind) = element.settled, kind != .figure
            else { return nil }
            return .value(kind)
        case .money, .thousand, .wan, .million, .yi, .capital, .percent, .points, .hanzi:
            return misfit(shape, allowed: .figure)
        case .date, .compactdate, .slashdate, .hanzidate: return misfit(shape, allowed: .day)
        // A month without a day is no date, and so a text.
        case .month:
            if case .value(.text) = shape.settled { return nil }
            return misfit(shape, allowed: .day)
        case .ending, .beginning: return misfit(shape, allowed: .text)
        case .plain, .dash, .year, .count, .empty, .first, .last, .reversed, .index, .even, .odd, .reference, .footnote:
            return nil
        }
    }

    private func misfit(_ shape: NameShape, allowed: NameShape.Kind) -> NameMisfit? {
        switch shape.settled {
        case .list: .list
        case .value(let kind): kind == allowed ? nil : .value(kind)
        case .any, .scalar, .record, .deferred: nil
        }
    }
}

/// What a value is that a form does not fit.
enum NameMisfit {
    case list
    case value(NameShape.Kind)
}
