internal import Groundwork
public import ReportDocument

/// Fills the texts of one document in. Names that are not there become ``Run/missing(_:)`` runs and are listed in ``holes``.
public final class Expander {
    public let root: Scope
    public let language: TemplateLanguage
    /// Each hole once, in the order in which they were met.
    public private(set) var holes: [Hole] = []

    /// What is printed twice, each once, in the order in which it was met.
    public private(set) var doublings: [Doubling] = []

    /// The pictures that are printed, each with the place of the template that names its file.
    public internal(set) var pictures: [PlacedPicture] = []

    /// What amounts of money print in, where the template gives them no form.
    var unit: MoneyUnit?
    var captions = CaptionCount()

    private var met = Set<Hole>()
    private var doubled = Set<Doubling>()
    /// The texts with tags that are being filled in, the outermost first: a text that prints itself must end.
    private var active: [Wording] = []
    /// How many bytes may still be written; every part of a text costs one, too, so that nothing goes on for ever.
    private var remaining: Int

    /// Whether the texts were longer than the limit; what came after it is not there.
    public var isOverLimit: Bool { remaining < 0 }

    /// How deep texts with tags may print each other.
    static let maximumNesting = 12

    /// - Parameter limit: how many bytes the texts of the document may have together. The standard is far above any report
    ///   and far below the memory of a small machine.
    public init(_ root: any TemplateRecord, language: TemplateLanguage, limit: Int = 1 << 28) {
        self.root = Scope(root: root)
        self.language = language
        remaining = limit
    }

    /// The text filled in; line breaks are still inside it (see ``Swift/Array/line``, `cell` and `paragraphs`).
    public func runs(_ wording: Wording, in scope: Scope) -> [Run] {
        if wording.parts.count <= 1 {
            // Nearly every text of a template is one without tags.
            switch wording.parts.first {
            case .text(let text)?: return spend(text.utf8.count) ? [.text(text)] : []
            case nil: return []
            default: break
            }
        }
        var runs: [Run] = []
        add(wording.parts, of: wording, in: scope, to: &runs)
        return runs
    }

    /// A value as it prints, in one line.
    func plainText(of value: TemplateValue) -> String {
        var runs: [Run] = []
        _ = add(value, to: &runs)
        return runs.plainText
    }

    /// A text with tags as it prints; `nil` where something that it names is not there.
    package func plainText(of text: SlottedText) -> String? {
        var runs: [Run] = []
        add(text, to: &runs)
        let isWhole = runs.allSatisfy { if case .missing = $0 { false } else { true } }
        return isWhole ? runs.plainText : nil
    }

    /// What a path names; `nil` when there is no such name, which is noted. Only the last part of a longer name may be
    /// absent.
    public func value(_ path: PlacedPath, in scope: Scope) -> TemplateValue? {
        switch find(path.path, in: scope, mayBeAbsent: true) {
        case .found(let value): return formed(value, path.path, in: scope)
        case .absent: return nil
        case .missing:
            note(path.path, at: path.pointer)
            return nil
        }
    }

    // MARK: Texts

    private func add(_ parts: [Wording.Part], of wording: Wording, in scope: Scope, to runs: inout [Run]) {
        // The tag just before, with the text that it has printed.
        var last: (path: NamePath, text: String)?
        for part in parts {
            guard spend(1) else { return }
            let before = last
            last = nil
            switch part {
            case .text(let text):
                if let before { noteDoubling(of: text, behind: before, at: wording.pointer) }
                add(text: text, to: &runs)
            case .value(let path):
                if let text = add(path, of: wording, in: scope, to: &runs) {
                    if let before { noteDoubling(of: before, before: (path, text), at: wording.pointer) }
                    last = (path, text)
                }
            case .section(let path, let parts):
                guard let value = value(path, of: wording, in: scope) else { continue }
                addSection(value, parts, of: wording, in: scope, to: &runs)
            case .inverted(let path, let parts):
                if value(path, of: wording, in: scope)?.isPresent ?? false { continue }
                add(parts, of: wording, in: scope, to: &runs)
            case .footnote(let parts):
                var note: [Run] = []
                add(parts, of: wording, in: scope, to: &note)
                let line = note.line
                if !line.isEmpty { runs.append(.footnote(Footnote(line))) }
            }
        }
    }

    private func addSection(
        _ value: TemplateValue,
        _ parts: [Wording.Part],
        of wording: Wording,
        in scope: Scope,
        to runs: inout [Run]
    ) {
        switch value {
        case .list(let list):
            for position in 0..<list.count {
                let place = ListPlace(index: position, count: list.count)
                add(parts, of: wording, in: scope.entering(list[position], place: place), to: &runs)
            }
        case .flag(let flag): if flag { add(parts, of: wording, in: scope, to: &runs) }
        default: if value.isPresent { add(parts, of: wording, in: scope.entering(value), to: &runs) }
        }
    }

    /// The value that a section is about; `nil` when it is not there.
    private func value(_ path: NamePath, of wording: Wording, in scope: Scope) -> TemplateValue? {
        switch find(path, in: scope, mayBeAbsent: true) {
        case .found(let value): return formed(value, path, in: scope)
        case .absent: return nil
        case .missing:
            note(path, at: wording.pointer)
            return nil
        }
    }

    /// - Returns: the text that was printed, where it is one without figures.
    private func add(_ path: NamePath, of wording: Wording, in scope: Scope, to runs: inout [Run]) -> String? {
        if path.start == .caption, let caption = captions.reference(to: path.name) {
            if spend(caption.label.utf8.count + 1) { runs.append(.reference(caption)) }
            return nil
        }
        for added in path.addedNames {
            if case .found = find(added, in: scope, mayBeAbsent: false) { continue }
            note(added, at: wording.pointer)
            runs.append(.missing(added.name))
        }
        guard case .found(let found) = find(path, in: scope, mayBeAbsent: false),
            let value = formed(found, path, in: scope)
        else { return miss(path, of: wording, to: &runs) }
        switch value {
        case .text(let text), .choice(_, let text):
            add(text: text, to: &runs)
            return text
        case .slots(let slots):
            var own: [Run] = []
            add(slots, to: &own)
            for run in own {
                if case .text(let text) = run { runs.append(text: text) } else { runs.append(run) }
            }
            if own.count == 1, case .text(let text) = own[0] { return text }
            return nil
        default: return add(value, to: &runs) ? nil : miss(path, of: wording, to: &runs)
        }
    }

    private func miss(_ path: NamePath, of wording: Wording, to runs: inout [Run]) -> String? {
        note(path, at: wording.pointer)
        runs.append(.missing(path.name.isEmpty ? path.expression : path.name))
        return nil
    }

    /// Prints a value; `false` for what cannot be printed, a record or a list of them.
    private func add(_ value: TemplateValue, to runs: inout [Run]) -> Bool {
        switch value {
        case .nothing: break
        case .text(let text), .choice(_, let text): add(text: text, to: &runs)
        case .figure(let figure): if spend(16) { runs.append(.figure(marked(figure))) }
        case .day(let day): add(text: language.words.text(of: day), to: &runs)
        case .flag(let flag): add(text: language.text(of: flag), to: &runs)
        case .slots(let text): add(text, to: &runs)
        case .record: return false
        case .list(let list):
            for position in 0..<list.count {
                if position > 0 { add(text: language.words.list, to: &runs) }
                guard add(list[position], to: &runs) else { return false }
            }
        }
        return true
    }

    /// A figure as the language of the report writes it.
    func marked(_ figure: Figure) -> Figure {
        var figure = figure
        figure.form.marks = language.words.numbers
        return figure
    }

    private func add(_ text: SlottedText, to runs: inout [Run]) {
        let isCircle = active.contains { $0.pointer == text.wording.pointer && $0.source == text.wording.source }
        if isCircle || active.count == Self.maximumNesting {
            runs.append(.missing("\(text.wording.pointer.dotted) ↺"))
            return
        }
        active.append(text.wording)
        let outerUnit = unit
        // Who wrote "{{amounts.requested}} 元" into a spec knows nothing of the unit that a template has.
        if !text.isOfTemplate, !text.wording.isOneValue { unit = nil }
        let outermost = root.outermost
        let scope = text.record.map { outermost.entering(.record($0)) } ?? outermost
        add(text.wording.parts, of: text.wording, in: scope, to: &runs)
        unit = outerUnit
        active.removeLast()
    }

    private func add(text: String, to runs: inout [Run]) {
        if spend(text.utf8.count + 1) { runs.append(text: text) }
    }

    private func spend(_ bytes: Int) -> Bool {
        if remaining >= 0 { remaining -= bytes }
        return remaining >= 0
    }

    // MARK: Names

    private enum Found {
        case found(TemplateValue)
        /// The last part of a longer name, where only its presence was asked for.
        case absent
        case missing
    }

    private func find(_ path: NamePath, in scope: Scope, mayBeAbsent: Bool) -> Found {
        var (value, rest) = (TemplateValue.nothing, path.parts[...])
        switch path.start {
        case .itself: value = scope.value
        case .element: value = scope.value
        case .place: return placeValue(path, scope)
        case .footnote: return .missing
        case .caption:
            guard let caption = captions.reference(to: path.name) else { return mayBeAbsent ? .absent : .missing }
            return .found(.text(caption.label))
        case .scopes:
            guard let first = rest.popFirst(), let found = scope.value(named: first) else { return .missing }
            value = found
        }
        while let part = rest.popFirst() {
            switch value {
            case .record(let record):
                if let member = record.member(part) {
                    value = member
                } else {
                    return mayBeAbsent && rest.isEmpty && path.start == .scopes ? .absent : .missing
                }
            case .nothing: return .found(.nothing)
            case .list(let list):
                guard let members = list.members(part) else { return .missing }
                value = .list(members)
            default: return .missing
            }
        }
        return .found(value)
    }

    private func placeValue(_ path: NamePath, _ scope: Scope) -> Found {
        guard let place = scope.nearestPlace, let form = path.forms.first else { return .missing }
        switch form {
        case .even: return .found(.flag(place.index % 2 == 1))
        case .odd: return .found(.flag(place.index % 2 == 0))
        default: return place.value(form.rawValue).map { .found($0) } ?? .missing
        }
    }

    private func formed(_ value: TemplateValue, _ path: NamePath, in scope: Scope) -> TemplateValue? {
        if path.start == .caption { return value }
        var value = value
        let forms = path.start == .place ? path.forms.dropFirst() : path.forms[...]
        for (position, form) in zip(forms.indices, forms) {
            // A text with tags has a form when it is filled in.
            if case .slots(let text) = value {
                if form.isOfList {
                    value = .list([value])
                } else {
                    var runs: [Run] = []
                    add(text, to: &runs)
                    value = runs.figure.map { .figure($0) } ?? .text(runs.plainText)
                }
            }
            if form.takesText {
                guard let joined = joined(value, form, path.arguments[position], in: scope) else { return nil }
                value = joined
                continue
            }
            guard let formed = form.applied(to: value, language) else { return nil }
            value = formed
        }
        return path.saysUnit ? value : inUnit(value)
    }

    /// The text with what it is to end or begin with; where there is none, nothing is added to nothing.
    private func joined(_ value: TemplateValue, _ form: ValueForm, _ argument: FormArgument?, in scope: Scope)
        -> TemplateValue?
    {
        switch value {
        case .record, .list: return nil
        default: break
        }
        let text = plainText(of: value)
        let words: String
        switch argument {
        case .text(let given): words = given
        case .name(let name):
            guard case .found(let found) = find(name, in: scope, mayBeAbsent: false),
                let value = formed(found, name, in: scope)
            else { return .text(text) }
            words = plainText(of: value)
        case nil: return nil
        }
        if text.isEmpty || words.isEmpty { return .text(text) }
        return .text(form == .ending ? text.ending(with: words) : text.beginning(with: words))
    }

    /// Money in the unit of the table or report, alone or in a list.
    private func inUnit(_ value: TemplateValue) -> TemplateValue {
        guard let unit else { return value }
        switch value {
        case .figure(var figure) where figure.form.style == .money || figure.form.isInTens:
            figure.form.style = unit.style
            return .figure(figure)
        case .list(let list) where !list.isEmpty:
            if case .figure = list[0] { return .list(TemplateList(list.bare.map(inUnit))) }
            return value
        default: return value
        }
    }

    private func noteDoubling(
        of text: String,
        behind tag: (path: NamePath, text: String),
        at pointer: JSONPointer
    ) {
        guard let words = text.repeated(from: tag.text) else { return }
        note(
            Doubling(
                words: words,
                tag: "{{\(tag.path.expression)}}",
                remedy: "{{ending(\(tag.path.expression), '\(words)')}}",
                pointer: pointer,
                place: tag.path.place
            )
        )
    }

    /// Two tags side by side, of which the second begins with all that the first says: the town, and a name that begins with it.
    private func noteDoubling(
        of tag: (path: NamePath, text: String),
        before next: (path: NamePath, text: String),
        at pointer: JSONPointer
    ) {
        guard tag.text.isHan, next.text.count > tag.text.count, next.text.hasPrefix(tag.text) else { return }
        note(
            Doubling(
                words: tag.text,
                tag: "{{\(tag.path.expression)}}",
                remedy: "{{beginning(\(next.path.expression), \(tag.path.expression))}}",
                pointer: pointer,
                place: tag.path.place
            )
        )
    }

    private func note(_ doubling: Doubling) {
        if doubled.insert(doubling).inserted { doublings.append(doubling) }
    }

    private func note(_ path: NamePath, at pointer: JSONPointer) {
        let hole = Hole(name: path.name.isEmpty ? path.expression : path.name, pointer: pointer, place: path.place)
        if met.insert(hole).inserted { holes.append(hole) }
    }
}
