import Glibc

/// The folder of the repository.
let repository = String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })

func swiftFiles(in folder: String) -> [String] {
    entries(of: folder).flatMap { $0.hasSuffix(".swift") ? [$0] : swiftFiles(in: $0) }
}

/// Every file below a folder, but for hidden ones.
func files(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [folder] }
    closedir(directory)
    return entries(of: folder).flatMap(files(in:))
}

func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

func subfolders(of folder: String) -> [String] { entries(of: folder).filter { !$0.hasSuffix(".swift") } }

private func entries(of folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if !name.hasPrefix(".") { names.append(folder + "/" + name) }
    }
    return names.sorted()
}

func read(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}
