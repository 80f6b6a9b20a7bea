import Glibc
import Groundwork
import LocalFiles
import Testing

@testable import GivenDocuments
@testable import PageRecognition

/// Programs of the test's own stand for those of the system: what they are asked is seen, and what they answer is known.
@Suite("Scanned pages whose text is recognised")
struct RecognitionTests {
    private let folder = ToolFolder()

    /// A page of one dot a point, with the lines of a table of two columns and two rows, as its scanner saw it.
    private static func picture(climbing: Double = 0) -> GrayPicture {
        var picture = GrayPicture(width: 595, height: 842, dots: [UInt8](repeating: 250, count: 595 * 842))
        func paint(_ x: Int, _ y: Int) { picture.dots[y * 595 + x] = 20 }
        for y in [200, 230, 260] { for x in 100...400 { paint(x, y + Int((Double(x - 100) * climbing).rounded())) } }
        for x in [100, 250, 400] {
            for y in 200...260 {
                paint(x - Int((Double(y - 200) * climbing).rounded()), y + Int(Double(x - 100) * climbing))
            }
        }
        return picture
    }

    /// A table of tesseract's; each word with its left edge, its lower edge and how sure it is.
    private static func words(_ words: [(String, Int, Int, Double)]) -> String {
        let head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
        return head
            + words.map { text, left, bottom, confidence in
                let width = text.reduce(0) { $0 + ($1.isASCII ? 5 : 10) }
                let box = "\(left)\t\(bottom - 10)\t\(width)\t10"
                return "4\t1\t1\t1\t1\t0\t\(box)\t-1\t\n5\t1\t1\t1\t1\t1\t\(box)\t\(confidence)\t\(text)\n"
            }.joined()
    }

    private static let table = words([
        ("预算", 100, 160, 96), ("项目", 110, 222, 95), ("金额", 260, 222, 91), ("场地费", 110, 252, 90),
        ("12,0O0.00", 260, 252, 61.8), ("|", 500, 800, -1),
    ])

    private func document(_ pages: String..., recognition: TextRecognition? = nil) throws -> GivenDocument {
        try FileSystem.write(PDFFixture(pages: pages).bytes, to: folder.path + "/a.pdf")
        let own = TextRecognition(path: folder.path + "/bin:/nowhere", folder: folder.path)
        return try GivenDocument.read(folder.path + "/a.pdf", named: "a.pdf", recognition: recognition ?? own)
    }

    private func tables(_ document: GivenDocument) -> [[String]] {
        document.blocks.compactMap { block in
            guard case .table(let table) = block else { return nil }
            return table.cells.map { "\($0.row),\($0.column) \($0.text)" }
        }
    }

    @Test(
        "are read as others are: lines, and tables by the lines in the picture; each page and each figure in doubt is told"
    )
    func table() throws {
        try folder.make(Self.picture(), Self.table)
        let document = try document(PDFFixture.text("正文", 60, 100), PDFFixture.picture)
        #expect(tables(document) == [["1,1 项目", "1,2 金额", "2,1 场地费", "2,2 12,0O0.00"]])
        guard case .paragraph(let title) = document.blocks[1] else { return #expect(Bool(false), "no title") }
        #expect(title.text == "预算")
        #expect(document.losses.map(\.kind) == [.recognised, .recognised])
        #expect(document.losses[0].message.zh == "第 2 页是扫描件，文字由 OCR 识别，可能有错；其中的 1 个数字须对照原件核对，1 个把握不大")
        #expect(document.losses[1].message.zh == "第 2 页此处识别为\"12,0O0.00\"，把握 61%，请看原件")
        let box = PageBox(left: 260, top: 242, width: 45, height: 10)
        #expect(document.losses[1].place == .page(file: "a.pdf", page: 2, box: box))
        // The lines are gone from the picture before characters are looked for in it; the page was asked for by its number.
        let seen = try #require(GrayPicture(pgm: FileSystem.read(folder.path + "/bin/seen.pgm", atMost: 1 << 20)))
        #expect(!seen.dots.contains { $0 < GrayPicture.ink })
        let asked = String(decoding: try FileSystem.read(folder.path + "/bin/asked", atMost: 1 << 16), as: UTF8.self)
        #expect(asked.contains("-scale-to 3508 -gray -f 2 -l 2 ") && asked.contains("-l chi_sim+eng --psm"))
        #expect(FileSystem.names(in: folder.path, beginningWith: "pages-").isEmpty)
    }

    @Test("that lie askew in the scanner are put straight", arguments: [0.012, -0.012])
    func askew(climbing: Double) throws {
        func moved(_ x: Int, _ y: Int) -> Int { y + Int((Double(x - 100) * climbing).rounded()) }
        let words = Self.words([
            ("项目", 110, moved(110, 222), 95), ("金额", 260, moved(260, 222), 95), ("场地费", 110, moved(110, 252), 95),
            ("8.00", 360, moved(360, 252), 95),
        ])
        try folder.make(Self.picture(climbing: climbing), words)
        let read = try document(PDFFixture.picture)
        #expect(tables(read) == [["1,1 项目", "1,2 金额", "2,1 场地费", "2,2 8.00"]], "\(read.blocks)")
    }

    @Test("that lie far askew are turned back before they are read, which is told", arguments: [0.06, -0.06])
    func farAskew(climbing: Double) throws {
        // Where a word of the scanned page stands once its picture lies straight.
        let back = Turn(slope: -climbing, width: 595, height: 842)
        func turned(_ text: String, _ x: Int, _ y: Int, _ confidence: Double) -> (String, Int, Int, Double) {
            let place = back.source(Double(x), Double(y) + Double(x - 100) * climbing)
            return (text, Int(place.x.rounded()), Int(place.y.rounded()), confidence)
        }
        let words = Self.words([
            turned("项目", 110, 222, 95), turned("金额", 260, 222, 95), turned("场地费", 110, 252, 95),
            turned("8.00", 330, 252, 50),
        ])
        try folder.make(Self.picture(climbing: climbing), words)
        let read = try document(PDFFixture.picture)
        #expect(tables(read) == [["1,1 项目", "1,2 金额", "2,1 场地费", "2,2 8.00"]], "\(read.blocks)")
        #expect(read.losses.first?.message.zh.contains("本页歪了约 3°，扶正后识别") == true, "\(read.losses)")
        #expect(
            read.losses.first?.message.en.contains("askew by about 3 degrees and was put straight") == true
        )
        // The place of a figure in doubt is one of the page as it was scanned.
        guard case .page(_, _, let box?)? = read.losses.last?.place else { return #expect(Bool(false), "no box") }
        let middle = 252 - 5 + 230 * climbing
        #expect(abs(Double(box.top) + Double(box.height) / 2 - middle) < 6 && abs(box.left - 330) < 8, "\(box)")
    }

    /// Lines of words that climb, and nothing else.
    private static func prose(climbing: Double) -> GrayPicture {
        var picture = GrayPicture(width: 595, height: 842, dots: [UInt8](repeating: 250, count: 595 * 842))
        for line in 0..<24 {
            for word in 0..<12 where (line + word) % 5 > 0 {
                for x in 80 + word * 36..<80 + word * 36 + 28 {
                    for y in 160 + line * 20..<168 + line * 20 where (x + y) % 3 > 0 {
                        let row = y + Int((Double(x - 80) * climbing).rounded())
                        if (0..<842).contains(row) { picture.dots[row * 595 + x] = 20 }
                    }
                }
            }
        }
        return picture
    }

    @Test("pages of text alone that lie far askew are known by their lines", arguments: [0.07, -0.12, 0.2])
    func proseAskew(climbing: Double) throws {
        let slope = try #require(TextSlope(Self.prose(climbing: climbing), dotsPerPoint: 1).slope)
        #expect(abs(slope - climbing) < 0.006, "\(slope)")
        try folder.make(Self.prose(climbing: climbing), Self.table)
        let read = try document(PDFFixture.picture)
        #expect(read.losses.first?.message.zh.contains("扶正后识别") == true, "\(read.losses)")
    }

    @Test("pages that lie straight, or have next to nothing on them, are not turned")
    func proseStraight() {
        #expect(abs(TextSlope(Self.prose(climbing: 0), dotsPerPoint: 1).slope ?? 0) < 0.01)
        let blank = GrayPicture(width: 595, height: 842, dots: [UInt8](repeating: 250, count: 595 * 842))
        #expect(TextSlope(blank, dotsPerPoint: 1).slope == nil)
    }

    @Test("are not read without that setting, and the message says how")
    func off() throws {
        try FileSystem.write(PDFFixture(pages: [PDFFixture.picture]).bytes, to: folder.path + "/a.pdf")
        let error = #expect(throws: UnreadableDocument.self) { try GivenDocument.read(folder.path + "/a.pdf") }
        #expect(error?.help?.zh.contains("ocr: true") == true)
    }

    @Test("take programs; what is missing is named with its package, in one sentence")
    func missing() throws {
        func help(_ path: String) -> String? {
            let error = #expect(throws: UnreadableDocument.self) {
                try TextRecognition(path: path, folder: folder.path).check()
            }
            return error?.help?.en
        }
        #expect(
            help("/nowhere") == "install them: apt-get install poppler-utils tesseract-ocr tesseract-ocr-chi-sim"
        )
        try folder.make(Self.picture(), Self.table, languages: "eng\nosd")
        #expect(help(folder.path + "/bin") == "install them: apt-get install tesseract-ocr-chi-sim")
        try folder.make(Self.picture(), Self.table, languages: "chi_sim")
        _ = try document(PDFFixture.picture)
        let asked = String(decoding: try FileSystem.read(folder.path + "/bin/asked", atMost: 1 << 16), as: UTF8.self)
        #expect(asked.contains("-l chi_sim --psm"))
    }

    @Test("end with a sentence where a program fails, gives nonsense or does not end, and leave nothing behind")
    func failures() throws {
        for (script, word) in [("exit 3", "tesseract"), ("kill -9 $$", "tesseract"), (":", "tesseract")] {
            try folder.make(Self.picture(), Self.table, recognising: script)
            let error = #expect(throws: UnreadableDocument.self) { try document(PDFFixture.picture) }
            #expect(error?.reason.en.contains(word) == true)
        }
        try folder.make(Self.picture(), Self.table, painting: "echo P5 9 9 255 > \"$stem.pgm\"")
        let error = #expect(throws: UnreadableDocument.self) { try document(PDFFixture.picture) }
        #expect(error?.reason.en.contains("pdftoppm") == true)
        try folder.make(Self.picture(), Self.table, recognising: "sleep 600")
        var recognizer = try PageRecognizer(path: folder.path + "/bin", in: folder.path)
        recognizer.limit = .milliseconds(300)
        let slow = #expect(throws: RecognitionError.self) {
            try recognizer.read(
                [PageRecognizer.Page(number: 1, width: 595, height: 842)],
                of: folder.path + "/a.pdf",
                in: folder.path
            ) { _ in }
        }
        #expect(slow?.reason.en.contains("more than") == true)
        #expect(FileSystem.names(in: folder.path, beginningWith: "pages-").isEmpty)
    }

    @Test("lose specks and grey, and keep points and strokes, before they are looked at")
    func specks() {
        var picture = GrayPicture(width: 60, height: 40, dots: [UInt8](repeating: 215, count: 2_400))
        for y in 10..<15 { for x in 10..<15 { picture.dots[y * 60 + x] = 90 } }
        for x in 25..<58 { for y in 20..<23 { picture.dots[y * 60 + x] = 40 } }
        for (x, y) in [(3, 3), (4, 3), (30, 35), (59, 0), (0, 39)] { picture.dots[y * 60 + x] = 0 }
        picture.clean(dotsPerPoint: 4)
        #expect(picture.dots.count { $0 < 255 } == 25 + 99)
        #expect(picture.dots[12 * 60 + 12] == 90 && picture.dots[21 * 60 + 40] == 40)
    }

    @Test("of a table of tesseract keep what has characters and a place, whatever else stands in it")
    func nonsense() {
        #expect(RecognisedWord.all(in: "").isEmpty)
        #expect(RecognisedWord.all(in: "level\nx\ty\n5\t1\n5\t1\t1\t1\t1\t1\t0\t0\t0\t9\t90\tx").isEmpty)
        let words = RecognisedWord.all(in: Self.words([("甲", 1, 20, 50), ("", 1, 20, 50), (" ", 1, 20, 50)]))
        #expect(words.map(\.text) == ["甲"])
    }
}

/// A folder with programs of the test's own, which goes with it.
private final class ToolFolder {
    let path: String

    init() { path = (try? FileSystem.makeTemporaryFolder(prefix: "/tmp/pingshen-recognition-")) ?? "/tmp/none" }

    deinit { FileSystem.remove(path) }

    /// Makes the two programs.
    ///
    /// - Parameters:
    ///   - painting: what the first does, `$stem` being where its picture goes.
    ///   - recognising: what the second does, `$2` being where its table goes.
    func make(
        _ picture: GrayPicture,
        _ words: String,
        languages: String = "chi_sim\neng",
        painting: String? = nil,
        recognising: String? = nil
    ) throws {
        let bin = path + "/bin"
        FileSystem.remove(bin)
        try FileSystem.makeFolder(bin)
        try FileSystem.write(picture.pgm, to: bin + "/page.pgm")
        try FileSystem.write(Array(words.utf8), to: bin + "/words.tsv")
        let paint =
            "for stem in \"$@\"; do :; done; echo \"$@\" >> '\(bin)/asked'; "
            + (painting ?? "cp '\(bin)/page.pgm' \"$stem.pgm\"")
        let recognise =
            "if [ \"$1\" = --list-langs ]; then printf 'List of languages:\\n\(languages.replacing("\n", with: "\\n"))\\n'; exit; fi\n"
            + "echo \"$@\" >> '\(bin)/asked'; cp \"$1\" '\(bin)/seen.pgm'; "
            + (recognising ?? "cp '\(bin)/words.tsv' \"$2.tsv\"")
        for (name, script) in [("pdftoppm", paint), ("tesseract", recognise)] {
            try FileSystem.write(Array("#!/bin/sh\n\(script)\n".utf8), to: bin + "/" + name)
            chmod(bin + "/" + name, 0o755)
        }
    }
}
