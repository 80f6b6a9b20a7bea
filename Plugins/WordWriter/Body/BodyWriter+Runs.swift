import Markup
import ReportDocument

/// Formatting of runs beyond their paragraph's style, as elements of `w:rPr`.
struct RunLook: Sendable, Hashable {
    var face: HouseStyle.Face?
    var isBold = false
    var colour: String?
    /// In half points.
    var size: Int?
    /// Whether its characters stand apart as they are wide, where the page counts characters.
    var isOffGrid = false

    static let plain = RunLook()
    static let bold = RunLook(isBold: true)

    /// - Parameter isEastAsian: for characters that are Latin and Chinese alike, such as quotation marks: the Chinese ones.
    func properties(isEastAsian: Bool = false) -> String {
        var inner = ""
        let hint = isEastAsian ? " w:hint=\"eastAsia\"" : ""
        if let face, !face.isOfFirm {
            inner +=
                "<w:rFonts\(hint) w:ascii=\"\(face.latin)\" w:hAnsi=\"\(face.latin)\" w:eastAsia=\"\(face.eastAsian)\" w:cs=\"\(face.latin)\"/>"
        } else if isEastAsian {
            inner += "<w:rFonts w:hint=\"eastAsia\"/>"
        }
        if isBold || face?.isBold == true { inner += "<w:b/><w:bCs/>" }
        if isOffGrid { inner += "<w:snapToGrid w:val=\"0\"/>" }
        if let colour { inner += "<w:color w:val=\"\(colour)\"/>" }
        if let size = size ?? face?.size {
            inner += "<w:sz w:val=\"\(size)\"/><w:szCs w:val=\"\(size)\"/>"
        }
        return inner.isEmpty ? "" : "<w:rPr>\(inner)</w:rPr>"
    }
}

extension BodyWriter {
    /// Runs, each as elements of the paragraph that is being written.
    ///
    /// - Parameter isAgain: whether they stand in the document already, as the label of a cell that is printed once more:
    ///   they get no bookmarks and notes then.
    mutating func runs(_ runs: [Run], _ look: RunLook = .plain, isAgain: Bool = false) {
        for run in runs {
            switch run {
            case .text(let text): lines(text, look)
            case .lineBreak: xml.raw("<w:r><w:br/></w:r>")
            case .missing(let name): missing(name)
            case .counter(let counter):
                isAgain ? text(String(counter.number), look) : self.counter(counter, look)
            case .reference(let counter): reference(counter, look)
            case .footnote(let note): if !isAgain { footnote(note) }
            case .figure(let figure):
                guard let fact = figure.fact, !isAgain else {
                    text(figure.text, look)
                    continue
                }
                let (number, name) = (bookmarks.number(), bookmarks.name(fact: fact))
                bookmark(name, number) { $0.text(figure.text, look) }
            }
        }
    }

    /// What `body` writes, between the ends of a bookmark.
    mutating func bookmark(_ name: String, _ number: Int, _ body: (inout BodyWriter) -> Void) {
        xml.raw("<w:bookmarkStart w:id=\"\(number)\" w:name=\"\(name)\"/>")
        body(&self)
        xml.raw("<w:bookmarkEnd w:id=\"\(number)\"/>")
    }

    /// Text that may hold line breaks.
    private mutating func lines(_ text: String, _ look: RunLook) {
        guard text.utf8.contains(UInt8(ascii: "\n")) else { return self.text(text, look) }
        for (position, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if position > 0 { xml.raw("<w:r><w:br/></w:r>") }
            if !line.isEmpty { self.text(String(line), look) }
        }
    }

    /// One run of text in one line.
    mutating func text(_ text: String, _ look: RunLook = .plain) {
        xml.raw("<w:r>")
        xml.raw(look.properties(isEastAsian: house.isChinese && hasSharedMarks(text)))
        xml.raw("<w:t xml:space=\"preserve\">")
        xml.text(text)
        xml.raw("</w:t></w:r>")
    }

    /// Whether it holds marks that both writings have at one place in Unicode: “ ” ‘ ’ — … ·.
    private func hasSharedMarks(_ text: String) -> Bool {
        text.utf8.contains { $0 == 0xE2 || $0 == 0xC2 }
            && text.unicodeScalars.contains { (0x2010...0x2040).contains($0.value) || $0 == "\u{B7}" }
    }

    /// What is not there, printed so that nobody overlooks it.
    private mutating func missing(_ name: String) {
        xml.raw(
            "<w:r><w:rPr><w:b/><w:bCs/><w:color w:val=\"C00000\"/><w:highlight w:val=\"yellow\"/></w:rPr><w:t xml:space=\"preserve\">"
        )
        xml.text("〔?" + name + "〕")
        xml.raw("</w:t></w:r>")
    }

    private mutating func counter(_ counter: Counter, _ look: RunLook) {
        // The first caption of that number is the one that texts lead to.
        guard let place = captions[counter], led.insert(counter).inserted else { return sequence(counter, look) }
        let number = bookmarks.number()
        bookmark(Bookmarks.caption(place), number) { $0.sequence(counter, look) }
    }

    private mutating func sequence(_ counter: Counter, _ look: RunLook) {
        field("SEQ \(counter.series.filter { $0 != "\"" && $0 != "\\" }) \\* ARABIC", look) {
            $0.text(String(counter.number), look)
        }
    }

    /// "表 2", its number a field that follows the caption's when somebody adds a table and lets Word count anew.
    private mutating func reference(_ counter: Counter, _ look: RunLook) {
        guard let place = captions[counter] else { return text(counter.label, look) }
        text(counter.series + " ", look)
        field("REF \(Bookmarks.caption(place)) \\h", look) { $0.text(String(counter.number), look) }
    }

    /// A field with its result, which is right as it stands: nothing has to be updated when the file is opened.
    mutating func field(
        _ instruction: String,
        _ look: RunLook = .plain,
        result: (inout BodyWriter) -> Void
    ) {
        xml.raw(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> "
        )
        xml.text(instruction)
        xml.raw(" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>")
        result(&self)
        xml.raw("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>")
    }

    private mutating func footnote(_ note: Footnote) {
        let number = notes.add(note)
        xml.raw("<w:r><w:rPr><w:rStyle w:val=\"\(styles[.footnoteReference])\"/></w:rPr>")
        xml.raw("<w:footnoteReference w:id=\"\(number)\"/></w:r>")
    }
}
