import Markup
import OfficeFiles
import ReportDocument
import ReviewModel

/// A document as a Word file on a firm's letterhead: the firm's file, with the report in its text, and otherwise as it was.
struct FirmPackage {
    private let document: Document
    private let firm: FirmDocument
    private let styles: FirmStyles
    private let house: HouseStyle
    /// The section that the report goes into.
    private let section: FirmSection?
    private(set) var writer: BodyWriter

    init(
        _ document: Document,
        on firm: FirmDocument,
        styles: FirmStyles,
        headingPages: [String: Int] = [:],
        isForLayout: Bool = false,
        digits: Int? = nil
    ) throws(OfficeFileError) {
        (self.firm, self.styles) = (firm, styles)
        let usual = HouseStyle(of: document)
        house = styles.ids.running.map { usual.onLetterhead(size: $0.size) } ?? usual
        var ids = styles.ids
        ids.measured = digits
        section = try firm.body.section.map { range throws(OfficeFileError) in
            try FirmSection(firm.body.text(range))
        }
        let pages = PageSetup(measure: section?.measure ?? house.page, isFirm: true, firm: section)
        writer = BodyWriter(
            section?.isLandscape == true ? Self.turned(document) : document,
            house: house,
            styles: ids,
            pages: pages,
            headingPages: headingPages,
            taken: firm.taken,
            isForLayout: isForLayout
        )
        self.document = writer.document
        writer.write()
    }

    /// The report on pages that lie on their side, as a firm's do: nothing of it stands upright then.
    private static func turned(_ document: Document) -> Document {
        var turned = document
        for index in turned.sections.indices { turned.sections[index].orientation = .landscape }
        return turned
    }

    /// What a reader may find twice: both the letterhead and the template end with a place to sign, as far as can be told.
    var notices: [LocalizedText] {
        let body = firm.body
        let after = body.placeholder.map { body.pieces[($0 + 1)...] } ?? []
        let signs = document.sections.contains { section in
            section.blocks.contains {
                switch $0 {
                case .signing, .signature: true
                default: false
                }
            }
        }
        guard signs, after.contains(where: { !$0.isEmpty && $0.name != "w:sectPr" }) else { return [] }
        return [
            LocalizedText(
                zh: "模板有签署栏或落款，信笺文件在 {{报告正文}} 之后也有内容，两处都会印出；如信笺已有签章处，请在模板中用 changes 去掉签署栏",
                en:
                    "the template has a place to sign, and the letterhead has text after {{report}}: both print; if the letterhead has the place, take the template's out by changes"
            )
        ]
    }

    func bytes() throws(OfficeFileError) -> [UInt8] {
        var changed: [String: [UInt8]] = [firm.main: text]
        var additions = OfficePackage()
        try writer.addDrawings(to: &additions, of: firm.main)
        try addStyles(&changed, &additions)
        try addNotes(&changed, &additions)
        try addProperties(&changed, &additions)
        try FirmMerging(firm.zip).merge(additions, into: &changed)
        var zip = ZipWriter()
        for entry in firm.zip.entries {
            let bytes: [UInt8]
            if let new = changed.removeValue(forKey: entry.name) {
                bytes = new
            } else {
                bytes = try firm.zip.bytes(of: entry)
            }
            zip.add(entry.name, bytes)
        }
        for (name, bytes) in changed.sorted(by: { $0.key < $1.key }) { zip.add(name, bytes) }
        for part in additions.parts where firm.zip[part.name] == nil {
            zip.add(part.name, part.bytes, compression: part.compression)
        }
        return try zip.bytes()
    }

    /// The firm's text with the report in it.
    private var text: [UInt8] {
        let body = firm.body
        var edits: [(range: Range<Int>, text: [UInt8])] = []
        let needed = [
            ("r", WordNamespaces.relationshipsName), ("wp", WordNamespaces.drawingName),
        ].filter { body.namespaces[$0.0] == nil }
        let declarations = needed.map { " xmlns:\($0.0)=\"\($0.1)\"" }.joined()
        edits.append((body.rootNameEnd..<body.rootNameEnd, Array(declarations.utf8)))
        var report = writer.xml.bytes
        let place: Range<Int>
        let after: ArraySlice<FirmBody.Piece>
        if let index = body.placeholder {
            let piece = body.pieces[index]
            place = piece.range
            after = body.pieces[(index + 1)...]
            // A placeholder that ends its section leaves the end there.
            if let section = piece.section {
                report += Array("<w:p><w:pPr>\(last(after, section))</w:pPr></w:p>".utf8)
            }
        } else {
            let final = body.pieces.last { $0.name == "w:sectPr" }?.range.lowerBound ?? body.end
            (place, after) = (final..<final, [])
        }
        edits.append((place, report + Array(closing(after).utf8)))
        if let range = body.section, !place.contains(range.lowerBound) {
            edits.append((range, Array(last(after, range).utf8)))
        }
        return Self.applied(edits, to: body.bytes)
    }

    private var lastOrientation: PageOrientation {
        document.sections.last { !$0.blocks.isEmpty }?.orientation ?? .portrait
    }

    /// Whether the firm's text goes on on upright pages: not after a report that has none.
    private func turnsBack(_ after: ArraySlice<FirmBody.Piece>) -> Bool {
        let hasUpright = document.sections.contains { !$0.blocks.isEmpty && $0.orientation == .portrait }
        return lastOrientation == .landscape && hasUpright && hasMore(after)
    }

    private var sectionCount: Int { document.sections.count { !$0.blocks.isEmpty } }

    /// Whether more of the firm's text follows in the section that the report goes into.
    private func hasMore(_ after: ArraySlice<FirmBody.Piece>) -> Bool {
        let end = after.firstIndex { $0.section != nil } ?? after.endIndex
        return after[..<end].contains { !$0.isEmpty }
            || (end < after.endIndex && after[end].name != "w:sectPr" && !after[end].isEmpty)
    }

    /// Ends the report's last section where the firm's text goes on on upright pages.
    private func closing(_ after: ArraySlice<FirmBody.Piece>) -> String {
        guard let section, turnsBack(after) else { return "" }
        return "<w:p><w:pPr>\(section.properties(.landscape, isFirst: sectionCount == 1))</w:pPr></w:p>"
    }

    /// The properties of the section that the report ends in.
    private func last(_ after: ArraySlice<FirmBody.Piece>, _ range: Range<Int>) -> String {
        guard let section else { return firm.body.text(range) }
        let turns = turnsBack(after)
        return section.properties(
            turns ? .portrait : lastOrientation,
            isFirst: sectionCount <= 1 && !turns
        )
    }

    private static func applied(_ edits: [(range: Range<Int>, text: [UInt8])], to bytes: [UInt8])
        -> [UInt8]
    {
        var (result, position) = ([UInt8](), 0)
        for edit in edits.sorted(by: {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }) {
            result += bytes[position..<edit.range.lowerBound] + edit.text
            position = edit.range.upperBound
        }
        return result + bytes[position...]
    }

    private func addStyles(
        _ changed: inout [String: [UInt8]],
        _ additions: inout OfficePackage
    ) throws(OfficeFileError) {
        guard let name = firm.styles else {
            let name = free("styles.xml")
            additions.add(FirmMerging.sibling(name, of: firm.main), .styles, StylesPart(house: house).xml)
            additions.relate(firm.main, "rIdReportStyles", .styles, name)
            return
        }
        // Word 2010 wrote its styles a second time, and goes by that copy where there is one.
        for name in [name, firm.stylesWithEffects].compactMap(\.self) {
            changed[name] = try FirmMerging.inserted(
                styles.definitions(house),
                before: "w:styles",
                in: firm.zip.bytes(of: name)
            )
        }
    }

    private func addNotes(
        _ changed: inout [String: [UInt8]],
        _ additions: inout OfficePackage
    ) throws(OfficeFileError) {
        guard !writer.notes.notes.isEmpty else { return }
        guard let name = firm.footnotes else {
            let name = free("footnotes.xml")
            additions.add(FirmMerging.sibling(name, of: firm.main), .footnotes, writer.footnotesPart())
            additions.relate(firm.main, "rIdReportFootnotes", .footnotes, name)
            return
        }
        changed[name] = try FirmMerging.inserted(
            writer.footnoteElements(),
            before: "w:footnotes",
            in: firm.zip.bytes(of: name)
        )
    }

    /// The usual name of a part that the firm's file lacks, for there are programs that know parts by their names.
    private func free(_ name: String) -> String {
        firm.zip[FirmMerging.sibling(name, of: firm.main)] == nil ? name : "report-" + name
    }

    /// The report's title and author stand in place of the letterhead's; properties of the firm's own stay.
    private func addProperties(
        _ changed: inout [String: [UInt8]],
        _ additions: inout OfficePackage
    ) throws(OfficeFileError) {
        let properties = PropertyParts(document)
        if let name = firm.core {
            changed[name] = Array(properties.core.utf8)
        } else {
            additions.add("docProps/report-core.xml", .core, properties.core)
            additions.relate("", "rIdReportCore", .core, "docProps/report-core.xml")
        }
        guard let name = firm.custom else {
            additions.add("docProps/report-custom.xml", .custom, properties.custom)
            additions.relate("", "rIdReportCustom", .custom, "docProps/report-custom.xml")
            return
        }
        let bytes = try firm.zip.bytes(of: name)
        changed[name] = try FirmMerging.withProperties(properties, bytes)
    }
}

extension FirmBody {
    /// Where the properties of the section stand that the report goes into.
    var section: Range<Int>? {
        pieces[(placeholder ?? max(pieces.count - 1, 0))...].lazy.compactMap(\.section).first
    }
}
