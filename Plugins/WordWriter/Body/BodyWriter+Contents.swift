import Markup
import ReportDocument

extension BodyWriter {
    /// The contents: a field whose result stands in the file already, with page numbers where somebody has laid the document
    /// out. Nothing marks it as outdated, so that Word asks nothing when it opens the file.
    mutating func contents(_ contents: Contents) {
        if !contents.title.isEmpty { paragraph(.contentsTitle) { $0.text(contents.title) } }
        let entries = contents.entries.filter { headingBookmarks[$0.anchor] != nil }
        guard !entries.isEmpty else { return }
        let hasPages = entries.allSatisfy { headingPages[$0.anchor] != nil }
        let tabs =
            hasPages
            ? "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"\(textWidth)\"/></w:tabs>" : ""
        for (position, entry) in entries.enumerated() {
            paragraph(.contents(level: entry.level), before: tabs) { writer in
                if position == 0 { writer.beginField(writer.instruction(depth: max(contents.depth, 1))) }
                writer.entry(entry, hasPages: hasPages)
                if position == entries.count - 1 {
                    writer.xml.raw("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>")
                }
            }
        }
    }

    /// Word finds its own headings, and a firm's by the names of their styles.
    private func instruction(depth: Int) -> String {
        let named = StyleRole.headings.prefix(depth).enumerated().compactMap { position, role in
            styles.headingNames[role].map { "\($0.filter { $0 != "\"" && $0 != "," && $0 != "\\" }),\(position + 1)" }
        }
        let firm = named.isEmpty ? "" : " \\t \"\(named.joined(separator: ","))\""
        return "TOC \\o \"1-\(depth)\"\(firm) \\h \\z"
    }

    private mutating func beginField(_ instruction: String) {
        xml.raw(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> "
        )
        xml.text(instruction)
        xml.raw(" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>")
    }

    private mutating func entry(_ heading: Heading, hasPages: Bool) {
        guard let bookmark = headingBookmarks[heading.anchor] else { return }
        xml.raw("<w:hyperlink w:anchor=\"\(bookmark)\" w:history=\"1\">")
        runs(heading.text, isAgain: true)
        if hasPages, let page = headingPages[heading.anchor] {
            xml.raw("<w:r><w:tab/></w:r>")
            field("PAGEREF \(bookmark) \\h") { $0.text(String(page)) }
        }
        xml.raw("</w:hyperlink>")
    }
}
