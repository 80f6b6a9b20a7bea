import Glibc
import PluginWire
import ReviewModel

/// What a command printed and how it ended.
struct CommandResult {
    var output: String
    var errors: String
    var status: Int32

    var json: Value? { try? JSONReader.read(Array(output.utf8)) }
}

/// The repository's top folder.
let repository = String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })

/// Where the programs under test are: beside the running tests, or where `PINGSHEN_TESTED_PROGRAMS` says.
let buildFolder: String = {
    if let named = getenv("PINGSHEN_TESTED_PROGRAMS") { return String(cString: named) }
    guard let path = realpath("/proc/self/exe", nil) else { return "." }
    defer { free(path) }
    return String(String(cString: path).split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 })
}()

/// Runs a shell command in the repository, with the built `pingshen` first on PATH.
func shell(_ command: String, environment: String = "LANG=C.UTF-8") -> CommandResult {
    let folder = TemporaryFolder()
    let script =
        "cd '\(repository)' && export PATH='\(buildFolder)':\"$PATH\" \(environment) && { \(command)\n} "
        + "> '\(folder.path)/out' 2> '\(folder.path)/err' < /dev/null"
    let status = system(script)
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    return CommandResult(output: read(folder.path + "/out"), errors: read(folder.path + "/err"), status: code)
}

/// The whole of a file as text; empty when there is none.
func read(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}

/// Writes a whole file.
func write(_ text: String, to path: String) {
    guard let file = fopen(path, "w") else { return }
    defer { fclose(file) }
    fputs(text, file)
}

/// A folder of its own for one test, gone with it.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/pingshen-end-to-end-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nowhere"
        }
    }

    deinit { _ = system("rm -rf '\(path)'") }

    var names: [String] {
        shell("ls -A '\(path)'").output.split(separator: "\n").map(String.init)
    }
}

/// The fenced blocks of a language in a Markdown text, in order.
func fencedBlocks(_ language: String, in text: String) -> [String] {
    var (blocks, current) = ([String](), nil as String?)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        if let open = current {
            if line == "```" {
                blocks.append(open)
                current = nil
            } else {
                current = open + line + "\n"
            }
        } else if line == "```\(language)" {
            current = ""
        }
    }
    return blocks
}
