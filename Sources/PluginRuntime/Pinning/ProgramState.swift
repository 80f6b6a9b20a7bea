internal import LocalFiles
internal import ReviewModel

extension ProgramFiles {
    /// The checksum of what a program is at this moment: its command, its files, where its names for programs of the machine lead, and what
    /// lies beside its scripts in their languages, which they load without a word of the command.
    ///
    /// A lock is stricter: what it does not name is not in its copy, and cannot be loaded. Here the program runs where it lies.
    ///
    /// - Parameter digest: of the file at a path.
    /// - Returns: `nil` where it cannot be said.
    package func state(of program: PluginProgram, digest: (String) throws -> String) -> String? {
        // No part has a zero byte in it, so that no two programs come to the same text.
        var parts = program.command
        for name in machineNames { parts += [name.path, "-> " + name.leadsTo] }
        guard let beside = scriptsBeside else { return nil }
        for file in files.map({ (path: $0.path, real: $0.real) }) + beside.files.map({ (path: $0, real: $0) }) {
            guard let sum = try? digest(file.real) else { return nil }
            parts += [file.path, sum]
        }
        return sha256(Array(parts.joined(separator: "\0").utf8))
    }

    /// What must be another for the ``state(of:digest:)`` to be: files by all their names, and folders in which a script may come to
    /// be. `nil` where it cannot be said.
    package var places: (files: [String], folders: [String])? {
        guard let beside = scriptsBeside else { return nil }
        let named = files.flatMap { $0.path == $0.real ? [$0.path] : [$0.path, $0.real] } + machineNames.map(\.path)
        return (
            named + beside.files,
            beside.folders + files.compactMap { $0.name == nil ? nil : FilePaths.folder(of: $0.real) }
        )
    }

    /// Whether it is one program, whose file alone says whether it is another.
    package var isOneFile: Bool {
        files.count == 1 && machineNames.isEmpty && folders.isEmpty && !Self.isScript(files[0].real)
    }

    /// The scripts that lie beside those of the program, without these, and the folders that they were sought in.
    private var scriptsBeside: (files: [String], folders: [String])? {
        var seen = Set(files.map(\.real))
        var (found, sought) = ([String](), [String]())
        for folder in Set(files.filter { Self.isScript($0.real) }.map { FilePaths.folder(of: $0.real) }).sorted() {
            var left = Self.mostBeside
            guard let beside = Self.scripts(below: folder, depth: 0, &left, &sought) else { return nil }
            found += beside.filter { seen.insert($0).inserted }
        }
        return (found, sought)
    }

    /// Whether a file of that name may be a script that others load.
    package static func mayBeScript(_ name: String) -> Bool { isScript(name) && !name.hasPrefix(".") }

    /// Files that interpreters load by name from beside a script.
    private static let scriptEndings = [
        ".py", ".pyc", ".pth", ".so", ".js", ".mjs", ".cjs", ".json", ".node", ".pl", ".pm", ".rb", ".sh", ".lua",
        ".php", ".r", ".jl",
    ]
    private static func isScript(_ path: String) -> Bool { scriptEndings.contains { path.hasSuffix($0) } }
    /// A folder with more scripts below it is none of a plugin's.
    private static let (mostBeside, deepest) = (2_000, 6)

    /// `nil` where there are too many.
    private static func scripts(
        below folder: String,
        depth: Int,
        _ left: inout Int,
        _ sought: inout [String]
    ) -> [String]? {
        guard depth <= deepest else { return nil }
        sought.append(folder)
        var found: [String] = []
        for name in FileSystem.names(in: folder).sorted() where !name.hasPrefix(".") {
            left -= 1
            if left < 0 { return nil }
            let path = folder + "/" + name
            if FileSystem.isFolder(path) {
                // What Python has made of scripts that are looked at themselves.
                if name == "__pycache__" || FileSystem.isLink(path) { continue }
                guard let below = scripts(below: path, depth: depth + 1, &left, &sought) else { return nil }
                found += below
            } else if isScript(name), depth == 0 || !name.hasSuffix(".json") {
                // Below a script's folder reviews may be written.
                found.append(path)
            }
        }
        return found
    }
}
