internal import Glibc
public import Groundwork
internal import LocalFiles
internal import PDFPages

/// Reads what is printed on scanned pages of a PDF file, with two programs of the system: `pdftoppm` (poppler) paints a page, `tesseract`
/// recognises the characters in it. The lines that tables draw are found in the picture itself.
///
/// What it returns is drawn characters and lines, as from any other page. It may be wrong: each page says which figures were recognised
/// with doubt, and nobody may take any of them for read.
public struct PageRecognizer: Sendable {
    private let pdftoppm: String
    private let tesseract: String
    private let languages: String
    /// Who paints and recognises pages side by side.
    var workers = max(1, min(Processors.count, 4))
    /// For one page and one program.
    var limit = Duration.seconds(120)

    /// Pages that are recognised of one file; each takes some seconds.
    public static let maximumPages = 300

    /// A page that is to be read, by its number from 1, and its size in points.
    public struct Page: Sendable, Hashable {
        public var number: Int
        public var width: Double
        public var height: Double

        public init(number: Int, width: Double, height: Double) {
            (self.number, self.width, self.height) = (number, width, height)
        }
    }

    /// Finds the two programs, and what tesseract can read.
    ///
    /// - Parameters:
    ///   - path: folders, parted by colons.
    ///   - folder: an empty one of our own.
    /// - Throws: ``RecognitionError`` that says what is to be installed.
    public init(path: String, in folder: String) throws(RecognitionError) {
        var missing: [String] = []
        func find(_ name: String, _ package: String) -> String {
            let found = path.split(separator: ":").lazy.map { "\($0)/\(name)" }.first(where: FileSystem.isExecutable)
            if found == nil { missing.append(package) }
            return found ?? ""
        }
        pdftoppm = find("pdftoppm", "poppler-utils")
        tesseract = find("tesseract", "tesseract-ocr")
        guard missing.isEmpty else { throw .missing(missing + (tesseract.isEmpty ? [Self.chinesePackage] : [])) }
        let known = try Self.languages(of: tesseract, folder)
        guard known.contains("chi_sim") else { throw .missing([Self.chinesePackage]) }
        languages = known.contains("eng") ? "chi_sim+eng" : "chi_sim"
    }

    private static let chinesePackage = "tesseract-ocr-chi-sim"

    private static func languages(of program: String, _ folder: String) throws(RecognitionError) -> Set<String> {
        let list = folder + "/languages"
        let status = try ProgramRun([program, "--list-langs"], in: folder, output: list).wait(.seconds(20))
        guard status == 0, let bytes = try? FileSystem.read(list, atMost: 1 << 16) else { throw .failed("tesseract") }
        return Set(String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init))
    }

    /// Reads pages of a file, several side by side.
    ///
    /// - Parameters:
    ///   - folder: an empty one of our own, for the pictures; a page takes up to 60 MB of it while it is read.
    ///   - progress: is told how many pages are done.
    /// - Throws: ``RecognitionError``, also when the task is cancelled.
    public func read(
        _ pages: [Page],
        of file: String,
        in folder: String,
        progress: (Int) -> Void
    ) throws(RecognitionError) -> [RecognisedPage] {
        var (waiting, running) = (pages[...], [Work]())
        var done: [Int: RecognisedPage] = [:]
        defer { for work in running { work.run.kill() } }
        while !waiting.isEmpty || !running.isEmpty {
            if Task.isCancelled { throw .cancelled }
            if running.count < workers, let page = waiting.popFirst() {
                running.append(try begin(page, file, folder))
                continue
            }
            var index = 0
            while index < running.count {
                guard let status = try running[index].run.ended(within: limit) else {
                    index += 1
                    continue
                }
                let work = running.remove(at: index)
                guard status == 0 else { throw .failed("tesseract") }
                done[work.page.number] = try finish(work, folder)
                progress(done.count)
            }
            usleep(5_000)
        }
        return pages.compactMap { done[$0.number] }
    }

    // MARK: One page

    /// A page of which the characters are being recognised.
    private struct Work {
        var page: Page
        var rules: PictureRules
        var scale: Double
        /// How much the picture was turned back.
        var slope: Double?
        var run: ProgramRun
    }

    /// Dots an inch: tesseract reads characters of 20 to 40 dots best.
    private static let resolution = 300.0
    /// The longer side of a picture in dots; a larger page is painted more coarsely.
    private static let maximumSide = 6_000.0

    private func begin(_ page: Page, _ file: String, _ folder: String) throws(RecognitionError) -> Work {
        let longer = max(page.width, page.height, 72)
        let side = max(100, min(Self.maximumSide, longer * Self.resolution / 72).rounded())
        let stem = "\(folder)/page-\(page.number)"
        let number = String(page.number)
        // By the length of a side, not by dots an inch: however large the page says that it is, the picture is not.
        let painting = try ProgramRun(
            [
                pdftoppm, "-cropbox", "-scale-to", String(Int(side)), "-gray", "-f", number, "-l", number,
                "-singlefile",
                file, stem,
            ],
            in: folder
        )
        guard try painting.wait(limit) == 0 else { throw .failed("pdftoppm") }
        guard let bytes = try? FileSystem.read(stem + ".pgm", atMost: Self.maximumBytes),
            var picture = GrayPicture(pgm: bytes)
        else { throw .failed("pdftoppm") }
        let scale = longer / Double(max(picture.width, picture.height))
        var rules = PictureRules(picture, dotsPerPoint: 1 / scale)
        let slope = rules.tilt ?? rules.slopeOfText(in: picture, dotsPerPoint: 1 / scale)
        if let slope {
            picture = picture.straightened(slope)
            rules = PictureRules(picture, dotsPerPoint: 1 / scale)
        }
        // Lines of tables would be read as strokes of characters.
        rules.erase(from: &picture)
        picture.clean(dotsPerPoint: 1 / scale)
        do throws(FileError) { try FileSystem.write(picture.pgm, to: stem + ".pgm") } catch {
            throw RecognitionError(reason: error.reason, help: error.help)
        }
        let run = try ProgramRun(
            [
                tesseract, stem + ".pgm", stem, "-l", languages, "--psm", "3", "--dpi",
                String(Int((72 / scale).rounded())), "tsv",
            ],
            in: folder
        )
        return Work(page: page, rules: rules, scale: scale, slope: slope, run: run)
    }

    private func finish(_ work: Work, _ folder: String) throws(RecognitionError) -> RecognisedPage {
        let stem = "\(folder)/page-\(work.page.number)"
        defer {
            FileSystem.remove(stem + ".pgm")
            FileSystem.remove(stem + ".tsv")
        }
        guard let bytes = try? FileSystem.read(stem + ".tsv", atMost: Self.maximumBytes) else {
            throw .failed("tesseract")
        }
        let words = RecognisedWord.all(in: String(decoding: bytes, as: UTF8.self))
        return RecognisedPage(work.page, words, work.rules, scale: work.scale, turnedBy: work.slope)
    }

    /// Of a picture of a page, and of what was recognised in it.
    private static let maximumBytes = 64 << 20
}

/// Why scanned pages could not be read.
public struct RecognitionError: Error, Sendable {
    public var reason: LocalizedText
    public var help: LocalizedText?

    init(reason: LocalizedText, help: LocalizedText? = nil) { (self.reason, self.help) = (reason, help) }
}

// MARK: - Messages

extension RecognitionError {
    static func missing(_ packages: [String]) -> RecognitionError {
        let list = packages.joined(separator: " ")
        return RecognitionError(
            reason: LocalizedText(
                zh: "识别扫描件所需的程序本机没有装全",
                en: "not all programs that it takes to recognise scanned pages are installed"
            ),
            help: LocalizedText(zh: "请安装：apt-get install \(list)", en: "install them: apt-get install \(list)")
        )
    }

    static func failed(_ program: String) -> RecognitionError {
        RecognitionError(
            reason: LocalizedText(
                zh: "识别扫描件时 \(program) 没有给出结果",
                en: "\(program) gave no result while scanned pages were recognised"
            ),
            help: LocalizedText(
                zh: "请取得 .docx 原件，或去掉 ocr: true",
                en: "ask for the .docx that was printed, or remove ocr: true"
            )
        )
    }

    static func tookTooLong(_ program: String, _ limit: Duration) -> RecognitionError {
        RecognitionError(
            reason: LocalizedText(
                zh: "\(program) 识别一页超过 \(limit.components.seconds) 秒",
                en: "\(program) took more than \(limit.components.seconds) s for one page"
            )
        )
    }

    static let cancelled = RecognitionError(
        reason: LocalizedText(zh: "识别已中止", en: "recognition was stopped")
    )
}
