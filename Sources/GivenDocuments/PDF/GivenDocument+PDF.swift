internal import Groundwork
internal import LocalFiles
internal import PDFPages
internal import PageRecognition

extension GivenDocument {
    static func pdf(
        _ path: String,
        _ name: String,
        _ recognition: TextRecognition?
    ) throws(UnreadableDocument) -> GivenDocument {
        let bytes: [UInt8]
        do throws(FileError) { bytes = try FileSystem.read(path, atMost: maximumBytes) } catch {
            throw UnreadableDocument(error)
        }
        return try pdf(bytes, named: name) { (pages) throws(UnreadableDocument) in
            try recognition?.read(pages, of: path) ?? []
        }
    }

    /// Whether a PDF file can be opened at all.
    static func checkPDF(_ path: String) throws(UnreadableDocument) {
        do {
            _ = try PDFObjects(FileSystem.read(path, atMost: maximumBytes))
        } catch let error as PDFReadError {
            throw UnreadableDocument(error)
        } catch let error as FileError {
            throw UnreadableDocument(error)
        } catch {
            throw .unknown
        }
    }

    /// What stands on the pages of a PDF file.
    ///
    /// - Parameter recognise: reads scanned pages, as far as it can.
    static func pdf(
        _ bytes: [UInt8],
        named name: String,
        recognise: ([PageRecognizer.Page]) throws(UnreadableDocument) -> [RecognisedPage] = { _ in [] }
    ) throws(UnreadableDocument) -> GivenDocument {
        var pages: [PageReading]
        do throws(PDFReadError) { pages = try PDFObjects(bytes).pages().map(PageReading.init) } catch {
            throw UnreadableDocument(error)
        }
        let pictures = pages.indices.filter { pages[$0].isScanned }
        let recognised = try recognise(
            pictures.map { PageRecognizer.Page(number: $0 + 1, width: pages[$0].width, height: pages[$0].height) }
        )
        for page in recognised { pages[page.number - 1] = PageReading(page.page) }
        let scanned = pictures.filter { pages[$0].isScanned }
        let hasText = pages.contains { !$0.isScanned && $0.glyphCount > 0 }
        guard hasText || scanned.isEmpty else { throw .scanned(pages.count) }
        var document = GivenDocument(file: name, kind: .pdf)
        var reading = PDFReading(pages, file: name)
        reading.read()
        document.blocks = reading.blocks
        for (first, last) in Self.runs(scanned) {
            let place = Place.page(file: name, page: first + 1, box: nil)
            document.losses.append(GivenLoss(.scannedPage, scannedPages(first + 1, last + 1), at: place))
        }
        document.losses += recognised.losses(name)
        for (index, page) in pages.enumerated() where page.unknownCount > 0 {
            let message = unknownCharacters(page.unknownCount, of: page.glyphCount, page: index + 1)
            document.losses.append(
                GivenLoss(.unknownCharacters, message, at: .page(file: name, page: index + 1, box: nil))
            )
        }
        return document
    }

    /// Numbers that follow one another, as stretches.
    private static func runs(_ numbers: [Int]) -> [(Int, Int)] {
        var runs: [(Int, Int)] = []
        for number in numbers {
            if let last = runs.last, last.1 + 1 == number {
                runs[runs.count - 1].1 = number
            } else {
                runs.append((number, number))
            }
        }
        return runs
    }
}

// MARK: - Messages

extension UnreadableDocument {
    init(_ error: PDFReadError) {
        switch error {
        case .damaged:
            self.init(
                reason: LocalizedText(zh: "PDF 文件不完整或已损坏", en: "the PDF file is cut off or damaged"),
                help: LocalizedText(zh: "请重新取得或重新导出一份", en: "get it once more, or export it again")
            )
        case .hasPassword:
            self.init(
                reason: LocalizedText(
                    zh: "PDF 文件已加密（有密码，或限制打印、复制）",
                    en: "the PDF file is encrypted: it has a password, or printing or copying is restricted"
                ),
                help: LocalizedText(
                    zh: "请取得未加密的一份，或提供 .docx 原件",
                    en: "ask for a copy without restrictions, or for the .docx"
                )
            )
        case .tooManyPages(let limit):
            self = .tooMuch(LocalizedText(zh: "超过 \(limit) 页", en: "more than \(limit) pages"))
        case .tooMuch:
            self = .tooMuch(LocalizedText(zh: "页面内容过多", en: "there is more on its pages than documents have"))
        }
    }

    static func scanned(_ pages: Int) -> UnreadableDocument {
        UnreadableDocument(
            reason: LocalizedText(
                zh: "这是扫描件：\(pages) 页都是图片，没有可读的文字；识别出来的文字和金额靠不住，不予采用",
                en:
                    "it is a scan: all \(pages) page(s) are pictures; text that a program has recognised in them is not relied on"
            ),
            help: LocalizedText(
                zh: "请取得 .docx 原件，或由其导出的 PDF；都没有时可设 ocr: true 识别，数字须逐一对照原件",
                en:
                    "ask for the .docx that was printed, or for a PDF exported from it; without either, ocr: true recognises the text, and every figure has to be compared"
            )
        )
    }
}

private func scannedPages(_ first: Int, _ last: Int) -> LocalizedText {
    LocalizedText(
        zh: first == last ? "第 \(first) 页是扫描件（图片），没有读取" : "第 \(first)–\(last) 页是扫描件（图片），没有读取",
        en: first == last
            ? "page \(first) is a scan, and was not read" : "pages \(first) to \(last) are scans, and were not read"
    )
}

private func unknownCharacters(_ count: Int, of all: Int, page: Int) -> LocalizedText {
    LocalizedText(
        zh: "第 \(page) 页有 \(count) 个字符（共 \(all) 个）文件没有说明是什么字，以\"\u{FFFD}\"代替",
        en:
            "page \(page) has \(count) characters of \(all) whose meaning the file does not say; they are read as \"\u{FFFD}\""
    )
}
