import FindingAnswers
import Groundwork
import LocalFiles
import OfficeFiles

/// A workbook that gets notes and a sheet of findings: a few of its parts are spliced, the others copied as they are packed.
struct ReviewedWorkbook {
    private let file: [UInt8]
    private let zip: ZipReader
    private let book: Workbook
    private let main: String
    private let author: String
    private var sheets: [Workbook.Sheet] { book.sheets }

    /// Larger ones are read, and not written again.
    static let maximumBytes = 128 << 20

    /// - Throws: ``OfficeFileError`` for what is no workbook.
    init(file path: String, author: String) throws(OfficeFileError) {
        do throws(FileError) {
            let outside = try OutsideFile(path, atMost: Self.maximumBytes)
            file = try outside.bytes(from: 0, atMost: Self.maximumBytes)
        } catch { throw OfficeFileError(reason: error.reason, help: error.help) }
        self.author = author
        zip = try ZipReader(file, limits: .workbook)
        book = try Workbook(file)
        guard let main = try PackageRelationships(of: "", in: zip).target("officeDocument") else {
            throw .damagedPart("_rels/.rels")
        }
        self.main = main
    }

    /// The file with the notes; the same notes give the same bytes.
    func adding(_ notes: [CellNote], locale: Locale) throws(OfficeFileError) -> [UInt8] {
        var package = PackageEditing(zip)
        let listed = try WrittenFinding.list(book)
        let known = try KnownFindings(answers().written + listed.map(\.finding), notes)
        var unwritten: [CellNote.Cell] = []
        for sheet in sheets {
            let own = notes.filter { $0.cell?.sheet == sheet.name }
            let byCell = Dictionary(grouping: own, by: { $0.cell?.address }).compactMap { address, notes in
                address.map { ($0, notes) }
            }.sorted { $0.0 < $1.0 }
            do throws(OfficeFileError) {
                var trial = package
                let left = try SheetNoting(sheet: sheet.part, author: author, known: known).write(byCell, into: &trial)
                package = trial
                unwritten += left.map { CellNote.Cell(sheet: sheet.name, address: $0) }
            } catch {
                // Whatever is odd about the notes of one sheet, the list of findings has them all.
                unwritten += byCell.map { CellNote.Cell(sheet: sheet.name, address: $0.0) }
            }
        }
        let list = FindingsList(
            notes: notes,
            unwritten: Set(unwritten),
            replies: listed.compactMap(\.answer).map { answer in
                var answer = answer
                answer.number = known.number(answer.number)
                return answer
            },
            locale: locale,
            wrapped: book.formats.wrapped
        )
        try put(list, into: &package)
        return try package.patch.applied(to: zip, file)
    }

    /// What people have answered in it.
    ///
    /// - Parameter notes: of the findings that there are now; what a file says that came back under another name is told of these.
    func answered(among notes: [CellNote] = []) throws(OfficeFileError) -> [AnsweredFinding] {
        var answers = try answers()
        let listed = try WrittenFinding.list(book)
        answers.take(listed.compactMap(\.answer))
        return answers.renumbered(KnownFindings(answers.written + listed.map(\.finding), notes))
    }

    /// What stands at the cells: our notes and what others have written beneath them.
    private func answers() throws(OfficeFileError) -> WorkbookAnswers {
        var answers = try WorkbookAnswers(main: main, zip, author: author)
        for sheet in sheets { try answers.read(sheet) }
        return answers
    }

    /// The sheet of findings: a new one behind the others, or in the place of the one that an earlier review has added.
    private func put(_ list: FindingsList, into package: inout PackageEditing) throws(OfficeFileError) {
        guard var book = try package.part(main) else { throw .damagedPart(main) }
        guard let root = book.tokens.first(where: { $0.kind == .start }),
            root.attributes.contains(where: { $0.name.hasPrefix("xmlns") && $0.value == WorkbookParts.main })
        else { throw .otherDialect }
        let names = Workbook.findingsSheet
        let entries = book.tokens.filter { EditedPart.local($0.name) == "sheet" && $0.kind != .end }
        let links = try PackageRelationships(of: main, in: zip)
        if let old = entries.first(where: { [names.zh, names.en].contains($0.attribute("name") ?? "") }),
            let id = old.attributes.first(where: { EditedPart.local($0.name) == "id" })?.value,
            let part = links.all.first(where: { $0.id == id && !$0.isExternal })?.target, zip[part] != nil
        {
            return package.set(part, list.xml)
        }
        let part = package.freeName("xl/worksheets/pingshen", ".xml")
        let id = try package.relate(main, to: part, "worksheet")
        try package.declare("Override PartName=\"/\(part)\" ContentType=\"\(WorkbookParts.types).worksheet+xml\"") {
            _ in
            false
        }
        let number = 1 + (entries.compactMap { $0.attribute("sheetId").flatMap(Int.init) }.max() ?? 0)
        let entry =
            "<\(book.prefix)sheet name=\"\(list.name)\" sheetId=\"\(number)\" xmlns:r=\"\(WorkbookParts.relationship)\" r:id=\"\(id)\"/>"
        guard book.append(entry, to: "sheets") else { throw .damagedPart(main) }
        package.set(book)
        package.set(part, list.xml)
    }
}

// MARK: - Messages

extension OfficeFileError {
    fileprivate static let otherDialect = OfficeFileError(
        reason: LocalizedText(zh: "它是\"严格\"格式的工作簿", en: "it is a workbook of the strict kind"),
        help: LocalizedText(zh: "请在 Excel 或 WPS 中另存为普通的 .xlsx", en: "save it as an ordinary .xlsx in Excel or WPS")
    )
}
