internal import ReviewModel
internal import SpecLoading
internal import Synchronization
internal import YAMLDocument

extension ReviewFold {
    /// The place that a step means, and what a person calls it.
    func location(_ spot: Spot, step: String) -> Location {
        switch spot {
        case .value(let pointer): location(of: pointer, step: step)
        case .line(let pointer, let line, let column):
            lineLocation(of: pointer, line, column, path: pointer.dotted, step: step)
        case .place(let place): Location(named(place), words: place.words)
        }
    }

    /// The place in the file as the spec names it, where the plugin was given a copy.
    func named(_ place: Place) -> Place { writtenFiles[place.file].map { place.inFile($0) } ?? place }

    private func location(of pointer: JSONPointer, step: String) -> Location {
        let words = spec.form?.words(for: pointer, in: dossier)
        if let row = sourceRow(pointer) {
            var location = row
            location.path = pointer.dotted
            location.words = words ?? location.words
            return location
        }
        if let place = fieldPlace(pointer) { return Location(named(place), path: pointer.dotted, words: words) }
        let place = document.place(at: spec.documentPointer(pointer, step: step))
        return Location(place, path: pointer.dotted, words: words)
    }

    /// Where a source has read a field, or the field that it is a part of.
    private func fieldPlace(_ pointer: JSONPointer) -> Place? {
        guard !fieldPlaces.isEmpty, pointer.tokens.first == "fields" else { return nil }
        var tokens = pointer.tokens
        while tokens.count > 1 {
            if let place = fieldPlaces[JSONPointer(tokens)] { return place }
            tokens.removeLast()
        }
        return nil
    }

    /// A line of a text that is a value: the text is a file of its own, or begins where the value is written.
    private func lineLocation(
        of pointer: JSONPointer,
        _ line: Int,
        _ column: Int,
        path: String,
        step: String
    ) -> Location {
        let written = spec.documentPointer(pointer, step: step)
        let place = document.place(at: written)
        // A text of so many bytes has no more lines; what a plugin says beyond them is about the text as a whole.
        guard case .text(let file, let first, let start) = place, case .text(let whole)? = document.value[written],
            line <= whole.utf8.count + 1
        else { return Location(place, path: path) }
        // The lines of a block text stand below its `|`.
        let isBlock = document.root.nearestNode(at: written).isBlockText
        // A file has the lines that its text has. Of the long texts of a dossier there may be thousands of places, and their
        // lines are known without a search.
        let isKnown = (first, start) == (1, 1) || isBlock && pointer.tokens.first != "config"
        if !isKnown, textSearch.allows(whole.utf8.count),
            let found = document.stretch(at: written, TextPlace(line: line, column: column))?.start.place
        {
            return Location(found, path: path, words: found.words)
        }
        let found = Place.text(file: file, line: first + line - (isBlock ? 0 : 1), column: column)
        return Location(found, path: path, words: found.words)
    }

    /// Where a cell, a row or a table that a source has read stands: where the source says, or at its step.
    private func sourceRow(_ pointer: JSONPointer) -> Location? {
        let tokens = pointer.tokens
        guard tokens.count >= 2, tokens[0] == "tables", let filled = filledBy[tokens[1]],
            let source = filled.step(ofRow: tokens.count > 2 ? Int(tokens[2]) : nil)
        else { return nil }
        // A table as a whole stands where its first row does.
        let row = tokens.count > 2 ? Int(tokens[2]) : 0
        if let row, let table = dossier.table(tokens[1]), (0..<table.rowCount).contains(row) {
            let column = tokens.count > 3 ? table.schema.position(of: tokens[3]) : nil
            let spot = column.flatMap { table.spot(ofRow: row, column: $0) } ?? table.spot(ofRow: row)
            // A row cannot stand in a row, which might stand in the first.
            if let spot, spot.pointer?.tokens.first != "tables" { return location(spot, step: source) }
        }
        // A table without rows: people look for it on the sheet that is called so, not where its step is written.
        if let title = spec.form?.tables.first(where: { $0.name == tokens[1] })?.title,
            let place = sheets[title.zh] ?? sheets[title.en]
        {
            return Location(named(place))
        }
        return Location(document.place(at: spec.documentPointer(JSONPointer(["config"]), step: source)))
    }
}

extension YAMLNode {
    /// Whether its lines begin below the `|`; the text of an included file begins where the file does.
    fileprivate var isBlockText: Bool {
        guard case .scalar(let scalar) = content, scalar.style == .literal else { return false }
        return place.line > 1 || place.column > 1
    }
}

/// How much of the texts in settings may be searched for places in them. A search takes as long as the text is; a plugin can
/// name a hundred thousand places in one.
final class TextSearch: Sendable {
    private let bytesLeft: Mutex<Int>

    /// - Parameter bytes: enough for a thousand places in a text of 64 KiB.
    init(bytes: Int = 64 << 20) { bytesLeft = Mutex(bytes) }

    /// Whether a text of so many bytes may be searched once more. Where not, its lines are counted from where it begins.
    func allows(_ bytes: Int) -> Bool {
        bytesLeft.withLock { left in
            left -= min(bytes, max(left, 0))
            return left > 0
        }
    }
}
