internal import Groundwork
internal import LocalFiles
internal import PageRecognition

/// How the text of scanned pages is read: by programs of the system that recognise characters in pictures.
///
/// What they give may be wrong, and is told page by page, with the figures that are in doubt: none of it is to be relied on unseen.
public struct TextRecognition: Sendable {
    /// Where the programs are looked for: folders, parted by colons.
    public var path: String
    /// A folder of the caller's own, in which another is made for the time of the reading.
    public var folder: String
    /// Is told how many pages are done, and of how many.
    public var progress: @Sendable (Int, Int) -> Void

    /// - Parameters:
    ///   - path: as in the environment, where nothing is given.
    ///   - folder: that of the environment for temporary files, where nothing is given.
    public init(
        path: String? = nil,
        folder: String? = nil,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) {
        self.path = path ?? FileSystem.environment("PATH") ?? "/usr/bin:/bin"
        self.folder = folder ?? FileSystem.environment("TMPDIR") ?? "/tmp"
        self.progress = progress
    }

    /// Whether everything is installed that it takes.
    ///
    /// - Throws: ``UnreadableDocument`` that says what is not.
    public func check() throws(UnreadableDocument) {
        try within { (scratch) throws(RecognitionError) in _ = try PageRecognizer(path: path, in: scratch) }
    }

    func read(_ pages: [PageRecognizer.Page], of file: String) throws(UnreadableDocument) -> [RecognisedPage] {
        if pages.isEmpty { return [] }
        let wanted = Array(pages.prefix(PageRecognizer.maximumPages))
        return try within { (scratch) throws(RecognitionError) in
            let recognizer = try PageRecognizer(path: path, in: scratch)
            return try recognizer.read(wanted, of: file, in: scratch) { progress($0, wanted.count) }
        }
    }

    private func within<Result>(
        _ body: (String) throws(RecognitionError) -> Result
    ) throws(UnreadableDocument) -> Result {
        let scratch: String
        do throws(FileError) { scratch = try FileSystem.makeTemporaryFolder(prefix: folder + "/pages-") } catch {
            throw UnreadableDocument(error)
        }
        defer { FileSystem.remove(scratch) }
        do throws(RecognitionError) { return try body(scratch) } catch {
            throw UnreadableDocument(reason: error.reason, help: error.help)
        }
    }
}

extension [RecognisedPage] {
    /// Figures in doubt that are told one by one; more are counted.
    private static let most = 50

    /// What is to be said of them: each page, and the figures of which the program is not sure.
    func losses(_ file: String) -> [GivenLoss] {
        var (losses, told) = ([GivenLoss](), 0)
        for page in self {
            losses.append(
                GivenLoss(
                    .recognised,
                    recognisedPage(page.number, page.figureCount, page.doubtful.count, page.tilt),
                    at: .page(file: file, page: page.number, box: nil)
                )
            )
            for figure in page.doubtful where told < Self.most {
                told += 1
                let box = PageBox(
                    left: Int(figure.left.rounded(.down)),
                    top: Int(figure.top.rounded(.down)),
                    width: Int((figure.right - figure.left).rounded(.up)),
                    height: Int((figure.bottom - figure.top).rounded(.up))
                )
                losses.append(
                    GivenLoss(
                        .recognised,
                        doubtfulFigure(page.number, figure.text, figure.confidence),
                        at: .page(file: file, page: page.number, box: box)
                    )
                )
            }
        }
        return losses
    }
}

// MARK: - Messages

private func recognisedPage(_ page: Int, _ figures: Int, _ doubtful: Int, _ tilt: Double?) -> LocalizedText {
    let degrees = tilt.map { Int(abs($0).rounded()) }
    return LocalizedText(
        zh: "第 \(page) 页是扫描件，文字由 OCR 识别，可能有错；其中的 \(figures) 个数字须对照原件核对"
            + (doubtful > 0 ? "，\(doubtful) 个把握不大" : "")
            + (degrees.map { "；本页歪了约 \($0)°，扶正后识别" } ?? ""),
        en:
            "page \(page) is a scan; its text was recognised (OCR) and may be wrong: compare its \(figures) figures with the page"
            + (doubtful > 0 ? ", \(doubtful) of which are in doubt" : "")
            + (degrees.map {
                "; it lies askew by about \($0) degrees and was put straight before it was read"
            } ?? "")
    )
}

private func doubtfulFigure(_ page: Int, _ text: String, _ confidence: Int) -> LocalizedText {
    LocalizedText(
        zh: "第 \(page) 页此处识别为\(quoted(text))，把握 \(confidence)%，请看原件",
        en: "page \(page): recognised here as \(quoted(text)), with \(confidence) % certainty; look at the page"
    )
}
