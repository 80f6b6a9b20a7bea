import Groundwork
import PDFFiles

/// A PDF file that gets comments: marks at the places on its pages, with the words of the comment in them.
///
/// The file's own bytes stay as they are; what is new stands behind them.
struct AnnotatedPDF {
    private let original: [UInt8]
    private let file: PDFFile
    private let pages: [PDFPage]
    private let author: String

    /// - Throws: ``PDFError`` for what is no PDF, is damaged, or is encrypted.
    init(_ original: [UInt8], author: String) throws(PDFError) {
        (self.original, self.author) = (original, author)
        file = try PDFFile(original)
        pages = try file.pages()
    }

    /// The file with comments; those whose place is none of its pages stand at the head of the first. A finding that has a mark
    /// already gets no second one.
    func adding(_ comments: [DocumentComment]) throws(PDFError) -> [UInt8] {
        var byPage: [Int: [DocumentComment]] = [:]
        for comment in comments { byPage[page(of: comment.place), default: []].append(comment) }
        var update = PDFUpdate(file)
        for (index, comments) in byPage.sorted(by: { $0.key < $1.key }) {
            let page = pages[index]
            let known = try marks(on: page)
            let fresh = comments.filter { $0.finding.isEmpty || !known.contains(name(of: $0)) }
            if fresh.isEmpty { continue }
            var (added, loose) = ([PDFValue](), 0)
            for comment in fresh {
                let box = box(of: comment.place)
                added.append(.reference(mark(comment, box, on: page, number: loose, in: &update)))
                if box == nil { loose += 1 }
            }
            try add(added, to: page, in: &update)
        }
        let copy = update.applied(to: original)
        // What is handed over can be read, and has as many pages.
        guard try PDFFile(copy).pages().count == pages.count else { throw .notAnnotated }
        return copy
    }

    private func page(of place: Place) -> Int {
        guard case .page(_, let page, _) = place, pages.indices.contains(page - 1) else { return 0 }
        return page - 1
    }

    /// The place's part of its page, where the page is one of the file's.
    private func box(of place: Place) -> PageBox? {
        guard case .page(_, let page, let box?) = place, pages.indices.contains(page - 1) else { return nil }
        return box
    }

    // MARK: The list of a page's marks

    /// The names of the marks that a page has.
    private func marks(on page: PDFPage) throws(PDFError) -> Set<String> {
        var names: Set<String> = []
        for value in try file.resolved(page.dictionary["Annots"]).array ?? [] {
            if case .string(let bytes)? = try file.resolved(value).dictionary?["NM"] {
                names.insert(String(decoding: bytes, as: UTF8.self))
            }
        }
        return names
    }

    private func add(_ marks: [PDFValue], to page: PDFPage, in update: inout PDFUpdate) throws(PDFError) {
        let old = page.dictionary["Annots"]
        let all = PDFValue.array((try file.resolved(old).array ?? []) + marks)
        if case .reference(let list)? = old, try file.resolved(old).array != nil {
            update.replace(list, with: all)
        } else {
            var dictionary = page.dictionary
            dictionary["Annots"] = all
            update.replace(page.reference, with: .dictionary(dictionary))
        }
    }

    private func name(of comment: DocumentComment) -> String { "(pingshen-\(comment.finding))" }

    // MARK: Marks

    /// A mark over a part of the page, or a note at the head of the page where no part is known.
    private func mark(
        _ comment: DocumentComment,
        _ box: PageBox?,
        on page: PDFPage,
        number: Int,
        in update: inout PDFUpdate
    ) -> PDFReference {
        var lines = comment.lines
        if case .page = comment.place {} else { lines.insert(comment.elsewhere, at: min(1, lines.count)) }
        var mark = PDFDictionary()
        mark["Type"] = .name("Annot")
        mark["T"] = .text(author)
        mark["Contents"] = .text(lines.filter { !$0.isEmpty }.joined(separator: "\n"))
        mark["P"] = .reference(page.reference)
        mark["F"] = .integer(4)
        mark["C"] = .array([.integer(1), .real("0.85"), .real("0.3")])
        if !comment.finding.isEmpty { mark["NM"] = .string(Array(name(of: comment).utf8)) }
        guard let box, box.width > 0, box.height > 0 else {
            let rectangle = page.rectangle(left: Double(18 + 24 * (number % 20)), top: 18, width: 20, height: 20)
            mark["Subtype"] = .name("Text")
            mark["Name"] = .name("Comment")
            mark["Rect"] = Self.array(rectangle)
            return update.add(.dictionary(mark))
        }
        let rectangle = page.rectangle(
            left: Double(box.left),
            top: Double(box.top),
            width: Double(box.width),
            height: Double(box.height)
        )
        mark["Subtype"] = .name("Highlight")
        mark["Rect"] = Self.array(rectangle)
        // The corners as viewers expect them: the upper ones, then the lower ones.
        let corners = [
            (rectangle.left, rectangle.top), (rectangle.right, rectangle.top), (rectangle.left, rectangle.bottom),
            (rectangle.right, rectangle.bottom),
        ]
        mark["QuadPoints"] = .array(corners.flatMap { [Self.number($0.0), Self.number($0.1)] })
        var appearances = PDFDictionary()
        appearances["N"] = .reference(appearance(rectangle, in: &update))
        mark["AP"] = .dictionary(appearances)
        return update.add(.dictionary(mark))
    }

    /// What viewers paint: yellow that the words are seen through.
    private func appearance(
        _ rectangle: (left: Double, bottom: Double, right: Double, top: Double),
        in update: inout PDFUpdate
    ) -> PDFReference {
        var blend = PDFDictionary()
        blend["Type"] = .name("ExtGState")
        blend["BM"] = .name("Multiply")
        var states = PDFDictionary()
        states["G"] = .dictionary(blend)
        var resources = PDFDictionary()
        resources["ExtGState"] = .dictionary(states)
        var form = PDFDictionary()
        form["Type"] = .name("XObject")
        form["Subtype"] = .name("Form")
        form["BBox"] = Self.array(rectangle)
        form["Resources"] = .dictionary(resources)
        let sides = [
            rectangle.left, rectangle.bottom, rectangle.right - rectangle.left, rectangle.top - rectangle.bottom,
        ]
        let painted = sides.map { String(decoding: Self.number($0).bytes, as: UTF8.self) }.joined(separator: " ")
        return update.add(form, data: Array("/G gs 1 0.9 0.4 rg \(painted) re f".utf8))
    }

    private static func array(_ box: (left: Double, bottom: Double, right: Double, top: Double)) -> PDFValue {
        .array([box.left, box.bottom, box.right, box.top].map(number))
    }

    /// Hundredths of a point.
    private static func number(_ value: Double) -> PDFValue {
        // No page is as wide; and beyond there are numbers that no whole number is, and some that are none.
        let hundredths = Int(max(-1e9, min(value * 100, 1e9)).rounded())
        let rest = abs(hundredths % 100)
        let sign = hundredths < 0 ? "-" : ""
        return .real("\(sign)\(abs(hundredths / 100)).\(rest < 10 ? "0" : "")\(rest)")
    }
}

// MARK: - Messages

extension PDFError {
    fileprivate static let notAnnotated = PDFError(
        LocalizedText(
            zh: "批注写入后文件无法再读取，故未写出",
            en: "with comments in it the file could not be read again, so that no copy was written"
        )
    )
}
