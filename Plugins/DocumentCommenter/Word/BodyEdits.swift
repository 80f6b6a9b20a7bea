import Markup
import OfficeFiles

/// Comments' beginnings and ends, and proposed changes, in the bytes of a part: everything else of it stays as it is.
///
/// A run is parted only where a comment or a change begins or ends within it; both pieces keep its look.
struct BodyEdits {
    private let body: [UInt8]
    private let markup: WordMarkup
    private var edits: [Int: Edit] = [:]
    /// What is put in place of bytes, by where they begin.
    private var replacements: [Int: (end: Int, text: String)] = [:]
    /// Start tags of texts that get a blank at an end and have to say that it counts.
    private var blankKeepers: Set<Int> = []

    /// What is put in at one position.
    private struct Edit {
        var closing = ""
        var ends: [String] = []
        var starts: [String] = []
        var reopening = ""
    }

    init(_ body: [UInt8], _ markup: WordMarkup) { (self.body, self.markup) = (body, markup) }

    // MARK: Comments

    /// A comment on a whole paragraph.
    mutating func comment(_ id: Int, on spot: WordSpot) { comment([id], on: spot) }

    /// Comments on a whole paragraph.
    mutating func comment(_ ids: [Int], on spot: WordSpot) {
        let start = ids.map { markup.mark("commentRangeStart", id: $0) }.joined()
        let end = ids.map(end).joined()
        if spot.content.lowerBound == spot.whole.upperBound {
            // One tag: it becomes two, with the comments between them.
            let tag = spot.whole.upperBound - 2
            let name = elementName(at: spot.whole.lowerBound)
            replacements[tag] = (spot.whole.upperBound, ">\(start)\(end)</\(name)>")
        } else if spot.content.isEmpty {
            edits[spot.content.lowerBound, default: Edit()].starts.append(start + end)
        } else {
            edits[spot.content.lowerBound, default: Edit()].starts.append(start)
            edits[spot.content.upperBound, default: Edit()].ends.append(end)
        }
    }

    /// A comment on some of the characters of a paragraph.
    ///
    /// - Returns: whether it could be put there; not where a change is proposed across one of its ends, or in links and fields.
    mutating func comment(_ id: Int, on range: Range<Int>, of text: ParagraphText) -> Bool {
        guard let (start, end) = ends(of: range, in: text), isFree(start.position, end.position) else { return false }
        part(at: start)
        part(at: end)
        edits[start.position, default: Edit()].starts.append(markup.mark("commentRangeStart", id: id))
        edits[end.position, default: Edit()].ends.append(self.end(id))
        return true
    }

    private func end(_ id: Int) -> String {
        let prefix = markup.prefix
        return markup.mark("commentRangeEnd", id: id)
            + "<\(prefix)r\(markup.declaration)><\(prefix)commentReference \(prefix)id=\"\(id)\"/></\(prefix)r>"
    }

    // MARK: Changes

    /// Proposes to put other words in the place of some characters, with the look that the first of them has.
    ///
    /// - Parameter identity: what each of the two marks says of itself beside its number: who, when.
    /// - Returns: whether it could be proposed: only plain text, and nothing that somebody has proposed to change.
    mutating func propose(
        _ words: String,
        for range: Range<Int>,
        of text: ParagraphText,
        ids: (deletion: Int, insertion: Int),
        identity: String
    ) -> Bool {
        let characters = text.characters[range]
        guard characters.allSatisfy({ $0.run != nil && $0.text != nil }), hasOnlyText(range, text),
            let (start, end) = ends(of: range, in: text), isFree(start.position, end.position),
            replacements[start.position] == nil
        else { return false }
        part(at: start)
        part(at: end)
        let prefix = markup.prefix
        func revision(_ name: String, _ id: Int, _ content: String) -> String {
            "<\(prefix)\(name)\(markup.declaration) \(prefix)id=\"\(id)\"\(identity)>\(content)</\(prefix)\(name)>"
        }
        var old = ""
        var index = range.lowerBound
        while index < range.upperBound, let number = text.characters[index].run {
            let run = text.runs[number]
            let piece = text.characters[index..<range.upperBound].prefix { $0.run == number }
            old +=
                raw(run.startTag) + raw(run.properties)
                + "<\(prefix)delText\(markup.declaration) xml:space=\"preserve\">"
            old += piece.map { raw($0.range) }.joined()
            old += "</\(prefix)delText>\(endTag(of: run.startTag))"
            index += piece.count
        }
        guard let first = text.characters[range.lowerBound].run.map({ text.runs[$0] }) else { return false }
        let new =
            raw(first.startTag) + raw(first.properties) + "<\(prefix)t\(markup.declaration) xml:space=\"preserve\">"
            + escaped(words, for: .xml) + "</\(prefix)t>\(endTag(of: first.startTag))"
        replacements[start.position] = (
            end.position, revision("del", ids.deletion, old) + revision("ins", ids.insertion, new)
        )
        return true
    }

    /// Whether between the characters there is nothing but the tags of their runs and texts, and what Word notes while it reads.
    private func hasOnlyText(_ range: Range<Int>, _ text: ParagraphText) -> Bool {
        for index in range.dropFirst() {
            let (last, next) = (text.characters[index - 1], text.characters[index])
            if last.text == next.text { continue }
            guard let lastText = last.text, let nextText = next.text, let lastRun = last.run, let nextRun = next.run
            else {
                return false
            }
            if lastRun == nextRun {
                guard text.texts[lastText].whole.upperBound == text.texts[nextText].whole.lowerBound else {
                    return false
                }
                continue
            }
            let (run, other) = (text.runs[lastRun], text.runs[nextRun])
            guard run.whole.upperBound == other.whole.lowerBound,
                text.texts[lastText].whole.upperBound == run.whole.upperBound - endTag(of: run.startTag).utf8.count,
                text.texts[nextText].whole.lowerBound
                    == max(other.startTag.upperBound, other.properties.upperBound)
            else { return false }
        }
        return true
    }

    // MARK: Parting runs

    /// A place between two characters, and what has to be written so that something can stand there.
    private struct Boundary {
        var position: Int
        var closing = ""
        var reopening = ""
        /// The end of the start tag of the text that is cut.
        var blankKeeper: Int?
    }

    private func ends(of range: Range<Int>, in text: ParagraphText) -> (Boundary, Boundary)? {
        guard !range.isEmpty, let start = boundary(before: range.lowerBound, in: text, isStart: true),
            let end = boundary(before: range.upperBound, in: text, isStart: false), start.position < end.position
        else { return nil }
        return (start, end)
    }

    private func boundary(before index: Int, in text: ParagraphText, isStart: Bool) -> Boundary? {
        let last = index > 0 ? text.characters[index - 1] : nil
        let next = index < text.characters.count ? text.characters[index] : nil
        guard let inside = isStart ? next : last, let number = inside.run else { return nil }
        let run = text.runs[number]
        let outside = isStart ? last : next
        // What stands in the run before its first character, or after its last, stays with it.
        if outside?.run != number { return Boundary(position: isStart ? run.whole.lowerBound : run.whole.upperBound) }
        let open = raw(run.startTag) + raw(run.properties)
        if let element = inside.text, outside?.text == element, let next {
            let cut = text.texts[element]
            let tag = raw(
                cut.startTag.lowerBound..<cut.startTag.lowerBound + elementName(at: cut.startTag.lowerBound).utf8.count
                    + 1
            )
            return Boundary(
                position: next.range.lowerBound,
                closing: endTag(of: cut.startTag) + endTag(of: run.startTag),
                reopening: open + tag + " xml:space=\"preserve\">",
                blankKeeper: cut.keepsBlanks ? nil : cut.startTag.upperBound - 1
            )
        }
        guard let next else { return nil }
        let position = next.text.map { text.texts[$0].whole.lowerBound } ?? next.range.lowerBound
        return Boundary(position: position, closing: endTag(of: run.startTag), reopening: open)
    }

    private mutating func part(at boundary: Boundary) {
        edits[boundary.position, default: Edit()].closing = boundary.closing
        edits[boundary.position, default: Edit()].reopening = boundary.reopening
        if let keeper = boundary.blankKeeper { blankKeepers.insert(keeper) }
    }

    /// Whether no change is proposed across the ends; the very stretch of a change is free.
    private func isFree(_ start: Int, _ end: Int) -> Bool {
        replacements.allSatisfy { position, replacement in
            let isApart = end <= position || replacement.end <= start
            let isAround = start <= position && replacement.end <= end
            return isApart || isAround
        }
    }

    // MARK: Tags as they are written

    private func raw(_ range: Range<Int>) -> String { String(decoding: body[range], as: UTF8.self) }

    private func elementName(at position: Int) -> String {
        let name = body[(position + 1)...].prefix { byte in
            byte > 0x20 && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/")
        }
        return String(decoding: name, as: UTF8.self)
    }

    private func endTag(of startTag: Range<Int>) -> String { "</\(elementName(at: startTag.lowerBound))>" }

    // MARK: The result

    /// The part with everything that was put in.
    func applied() -> [UInt8] {
        var (result, position) = ([UInt8](), 0)
        result.reserveCapacity(body.count + (edits.count + replacements.count) * 200)
        let ends = Set(replacements.values.map(\.end))
        for place in Set(edits.keys).union(replacements.keys).union(blankKeepers).sorted() {
            // Within what is replaced nothing is left to be put in.
            if place < position { continue }
            result += body[position..<place]
            position = place
            if blankKeepers.contains(place) { result += " xml:space=\"preserve\"".utf8 }
            let (edit, replacement) = (edits[place] ?? Edit(), replacements[place])
            if !ends.contains(place) { result += edit.closing.utf8 }
            result += (edit.ends + edit.starts).joined().utf8
            if let replacement {
                result += replacement.text.utf8
                position = replacement.end
            } else {
                result += edit.reopening.utf8
            }
        }
        return result + body[position...]
    }
}
