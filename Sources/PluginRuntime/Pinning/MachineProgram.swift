internal import Glibc
internal import LocalFiles

/// Programs of the machine, which updates them: they are not locked, and they are started by the machine's own name for them.
enum MachineProgram {
    /// Where a machine has the names of its programs.
    private static let nameFolders: Set<String> = [
        "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin",
    ]
    private static let systemFolders = ["/usr/", "/bin/", "/sbin/", "/lib", "/opt/", "/nix/", "/snap/", "/gnu/"]
    /// As many as Linux follows.
    private static let maximumLinks = 40

    /// Whether a file lies where systems install theirs, links followed.
    static func isInstalled(_ path: String) -> Bool { FileSystem.realPath(path).map(isOfSystem) ?? false }

    /// The machine's own name for the program that somebody else's name leads to: by links, or as another name of the same file.
    /// `nil` for a name of the machine's, and for what leads to no program of it.
    ///
    /// Beside a link an interpreter would look for settings and modules; beside the machine's name it finds the machine's.
    static func name(behind path: String) -> String? {
        guard let own = FileSystem.realPath(FilePaths.folder(of: path)), let name = name(from: path) else { return nil }
        return FilePaths.folder(of: name) == own ? nil : name
    }

    /// The first name on the way of the links that is in a folder of such names, else that of the file where they end.
    private static func name(from path: String) -> String? {
        var path = path
        for _ in 0..<maximumLinks {
            guard let folder = FileSystem.realPath(FilePaths.folder(of: path)) else { return nil }
            let place = (folder == "/" ? "" : folder) + "/" + FilePaths.name(of: path)
            if nameFolders.contains(folder) { return FileSystem.exists(place) ? place : nil }
            guard let target = linkTarget(place) else { return isOfSystem(place) ? place : twin(of: place) }
            path = FilePaths.isAbsolute(target) ? target : folder + "/" + target
        }
        return nil
    }

    /// The machine's name of an interpreter of which the file is another name, a hard link.
    private static func twin(of path: String) -> String? {
        var file = stat()
        guard lstat(path, &file) == 0, file.st_mode & S_IFMT == S_IFREG, file.st_nlink > 1 else { return nil }
        for folder in nameFolders.sorted() where FileSystem.realPath(folder) == folder {
            for name in FileSystem.names(in: folder) {
                var other = stat()
                let place = folder + "/" + name
                if stat(place, &other) == 0, other.st_dev == file.st_dev, other.st_ino == file.st_ino,
                    Interpreter.isEnvironment(place) || Interpreter.called(place) != nil
                {
                    return place
                }
            }
        }
        return nil
    }

    /// Where `path` leads, as it is written there; `nil` where it is no link.
    private static func linkTarget(_ path: String) -> String? {
        withUnsafeTemporaryAllocation(byteCount: Int(PATH_MAX), alignment: 1) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink(path, start.assumingMemoryBound(to: CChar.self), buffer.count)
            if count <= 0 { return nil }
            return String(decoding: UnsafeRawBufferPointer(rebasing: buffer[..<count]), as: UTF8.self)
        }
    }

    static func isOfSystem(_ path: String) -> Bool { systemFolders.contains { path.hasPrefix($0) } }
}
