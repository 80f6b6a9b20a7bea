import Glibc
import LocalFiles
import ReviewModel

/// LibreOffice, which lays out a Word file and makes a PDF file of it.
struct LibreOffice {
    /// The program itself, not the script that starts it: a script would leave it running when it is ended.
    let program: String
    /// How long one file may take: a report of 80 pages takes 4 to 10 seconds.
    var limit = Duration.seconds(300)

    /// The one on PATH or in the folders where it is installed by itself; `nil` where there is none.
    ///
    /// - Parameter path: folders, parted by colons.
    init?(path: String = FileSystem.environment("PATH") ?? "") {
        let folders = path.split(separator: ":").map(String.init) + Self.usualFolders
        let found = folders.lazy.flatMap { folder in
            ["soffice", "libreoffice"].map { folder + "/" + $0 }
        }
        .compactMap(Self.program(behind:)).first
        guard let found else { return nil }
        program = found
    }

    private static let usualFolders = [
        "/usr/bin", "/usr/local/bin", "/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program",
        "/opt/libreoffice/program",
    ]

    /// The program that a script of this name starts.
    private static func program(behind script: String) -> String? {
        guard let real = FileSystem.realPath(script) else { return nil }
        let program = FilePaths.folder(of: real) + "/soffice.bin"
        return FileSystem.isExecutable(program) ? program : nil
    }

    /// Whether it can run here. It opens a Unix socket before anything else, by which it would hear of a second one of its kind, and
    /// where nobody may open any, as in the sandbox, it tries again for ever.
    static var canRun: Bool {
        let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return errno != EAFNOSUPPORT && errno != EPERM }
        close(socket)
        return true
    }

    /// Makes a PDF file of a Word file.
    ///
    /// - Parameters:
    ///   - folder: an absolute path; what LibreOffice needs is made in it, and taken away with it.
    ///   - language: of the document: what the PDF file says of itself.
    func pdf(of word: [UInt8], in folder: String, language: String) async throws -> [UInt8] {
        let (source, target) = (folder + "/report.docx", folder + "/report.pdf")
        try FileSystem.write(word, to: source)
        FileSystem.remove(target)
        let fonts = try fontConfiguration(in: folder)
        let locale = Self.locale(language)
        let process = ChildProcess(
            arguments: [
                program, "-env:UserInstallation=file://" + Self.escaped(folder) + "/profile", "--headless",
                "--norestore",
                "--nolockcheck", "--convert-to", "pdf:writer_pdf_Export:" + Self.options, "--outdir",
                folder, source,
            ],
            environment: [
                "HOME": folder, "TMPDIR": folder, "PATH": "/usr/bin:/bin", "LANG": locale, "LC_ALL": locale,
                "FONTCONFIG_FILE": fonts, "SAL_USE_VCLPLUGIN": "svp",
            ],
            limit: limit
        )
        // 81: it has made its profile, and wants to be started again.
        var code = try await process.run()
        for _ in 0..<2 where code == 81 { code = try await process.run() }
        guard code == 0, FileSystem.isRegularFile(target) else { throw Failure.noFile(code) }
        return try FileSystem.read(target, atMost: Self.maximumBytes)
    }

    private func fontConfiguration(in folder: String) throws -> String {
        let fonts = folder + "/fonts.conf"
        try FileSystem.write(Array(FontConfiguration.xml(cache: folder + "/font-cache").utf8), to: fonts)
        return fonts
    }

    /// How wide the digits of the fonts are that stand for these on this machine, plain and bold, in thousandths of their size: what
    /// stands in for a font that is not installed may be wider. `nil` where nobody can tell.
    ///
    /// - Parameter language: of the document: fontconfig prefers fonts for the language of its caller, as LibreOffice asks for them.
    func digitWidth(of fonts: [String], in folder: String, language: String) async throws -> Int? {
        let match = ["/usr/bin/fc-match", "/usr/local/bin/fc-match", "/bin/fc-match"].first {
            FileSystem.isExecutable($0)
        }
        guard let match else { return nil }
        let locale = Self.locale(language)
        let (configuration, answer) = (try fontConfiguration(in: folder), folder + "/font.txt")
        var widest: Int?
        for font in fonts {
            // What parts a family from its properties in a pattern of fontconfig.
            let family = font.reduce(into: "") { $0 += "-:,\\".contains($1) ? "\\\($1)" : String($1) }
            for weight in ["regular", "bold"] {
                let process = ChildProcess(
                    arguments: [match, "-f", "%{file}\n%{index}\n", family + ":weight=" + weight],
                    environment: [
                        "HOME": folder, "PATH": "/usr/bin:/bin", "FONTCONFIG_FILE": configuration, "LANG": locale,
                        "LC_ALL": locale,
                    ],
                    limit: .seconds(30),
                    output: answer
                )
                guard try await process.run() == 0, let bytes = try? FileSystem.read(answer, atMost: 1 << 16) else {
                    continue
                }
                let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
                guard lines.count == 2, let index = Int(lines[1]),
                    let file = try? FileSystem.read(lines[0], atMost: Self.largestFont),
                    let width = FontFile(file, index: index & 0xFFFF)?.digitWidth
                else { continue }
                widest = max(widest ?? 0, width)
            }
        }
        FileSystem.remove(answer)
        return widest
    }

    /// Collections of Chinese fonts have some 30 MB.
    private static let largestFont = 1 << 27

    enum Failure: Error, Equatable {
        /// It ended with this code and wrote nothing.
        case noFile(Int32)
    }

    private static let maximumBytes = 1 << 30

    /// PDF/A-2b, tagged, with bookmarks of the headings and with the names of all bookmarks; comments are not printed.
    private static let options: String = {
        let flags = ["UseTaggedPDF", "ExportBookmarks", "ExportBookmarksToPDFDestination"].map {
            "\"\($0)\":{\"type\":\"boolean\",\"value\":\"true\"}"
        }
        let notes = "\"ExportNotes\":{\"type\":\"boolean\",\"value\":\"false\"}"
        let version = "\"SelectPdfVersion\":{\"type\":\"long\",\"value\":\"2\"}"
        return "{" + ([version, notes] + flags).joined(separator: ",") + "}"
    }()

    /// `zh_CN.UTF-8` for `zh-CN`. LibreOffice takes the language of a PDF file from it, whether the system has it or not.
    static func locale(_ language: String) -> String {
        let parts = language.split(separator: "-").filter {
            $0.utf8.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
        }
        guard let first = parts.first, (2...3).contains(first.utf8.count) else { return "C.UTF-8" }
        let region =
            parts.dropFirst().first { $0.utf8.count == 2 } ?? (first.lowercased() == "zh" ? "CN" : nil)
        return first.lowercased() + (region.map { "_" + $0.uppercased() } ?? "") + ".UTF-8"
    }

    /// A path as it stands in an address.
    private static func escaped(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return path.utf8.reduce(into: "") { text, byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                || "/-_.~".utf8.contains(byte)
            text +=
                isPlain
                ? String(UnicodeScalar(byte))
                : "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
        }
    }
}
