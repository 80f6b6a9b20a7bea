import LocalFiles
import ReportDocument
import ReviewModel

/// A composed report that an earlier renderer wrote.
struct ReportFile {
    var document: Document
    /// The name of the files made from it, without their ends: `report` for `report.document.json`.
    var name: String

    /// A report of some hundred pages has a megabyte; one with a table of 100,000 rows has this.
    static let maximumBytes = 512 << 20

    /// - Throws: ``UnreadableReport``.
    init(_ file: TakenFile) throws(UnreadableReport) {
        let value: Value
        do {
            value = try JSONReader.read(FileSystem.read(file.path, atMost: Self.maximumBytes))
        } catch { throw UnreadableReport(file, "\(error)") }
        let log = DiagnosticLog()
        let document = Document(wire: ValueReader(value, log: log))
        guard let document, !log.hasErrors else {
            throw UnreadableReport(
                file,
                log.diagnostics.map { "\($0.pointer): \($0.message.en)" }.joined(separator: "; ")
            )
        }
        self.document = document
        let base = FilePaths.name(of: file.path)
        name = base.split(separator: ".").first.map { String($0) } ?? "report"
    }

    /// The reports that were taken, each with a name of its own.
    static func all(_ files: [TakenFile]) throws(UnreadableReport) -> [ReportFile] {
        var (reports, names) = ([ReportFile](), Set<String>())
        for file in files where file.format == "document" {
            var report = try ReportFile(file)
            if !names.insert(report.name).inserted {
                report.name = file.step + "-" + report.name
                names.insert(report.name)
            }
            reports.append(report)
        }
        return reports
    }
}

/// What an earlier step wrote is no report that can be read.
struct UnreadableReport: Error, CustomStringConvertible {
    let message: LocalizedText

    var description: String { message.en }

    init(_ file: TakenFile, _ reason: String) {
        message = LocalizedText(
            zh: "步骤 \(file.step) 写出的报告数据无法读取：\(reason)",
            en: "the report that the step \(file.step) has written cannot be read: \(reason)"
        )
    }
}
