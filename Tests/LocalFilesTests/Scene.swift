import Glibc

/// A folder of its own for one test, gone with it.
final class Scene {
    let folder: String

    init() {
        var template = Array("/tmp/pingshen-test-files-XXXXXX".utf8CString)
        folder = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nowhere"
        }
    }

    deinit { _ = system("chmod -R u+rwx '\(folder)'; rm -rf '\(folder)'") }

    func path(_ name: String) -> String { folder + "/" + name }

    /// Writes a file, and makes the folders that it is in.
    func write(_ text: String, to name: String) {
        var parts = name.split(separator: "/").dropLast().map(String.init)
        var made = folder
        while !parts.isEmpty {
            made += "/" + parts.removeFirst()
            mkdir(made, 0o755)
        }
        guard let file = fopen(path(name), "w") else { return }
        fputs(text, file)
        fclose(file)
    }

    /// A file with that many bytes, none of which is on the disk.
    func writeSparse(_ bytes: Int, to name: String) {
        write("", to: name)
        truncate(path(name), bytes)
    }
}
