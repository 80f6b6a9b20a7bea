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
        var seen = Set(files.map(\.real))
        var real = files.map { (path: $0.path, real: $0.real) }
        for folder in Set(files.filter { Self.isScript($0.real) }.map { FilePaths.folder(of: $0.real) }).sorted() {
            var left = Self.mostBeside
            guard let beside = Self.scripts(below: folder, depth: 0, &left) else { return nil }
            for path in beside where seen.insert(path).inserted { real.append((path, path)) }
        }
        for file in real {
            guard let sum = try? digest(file.real) else { return nil }
            parts += [file.path, sum]
        }
        return sha256(Array(parts.joined(separator: "\0").utf8))
    }

    /// Files that interpreters load by name from beside a script.
    private static let scriptEndings = [
        ".py", ".pyc", ".pth", ".so", ".js", ".mjs", ".cjs", ".json", ".node", ".pl", ".pm", ".rb", ".sh", ".lua",
        ".php", ".r", ".jl",
    ]
    private static func isScript(_ path: String) -> Bool { scriptEndings.contains { path.hasSuffix($0) } }
    /// A folder with more scripts below it is none of a plugin's.
    private static let (mostBeside, deepest) = (2_000, 6)

    /// `nil` where there are too many.
    private static func scripts(below folder: String, depth: Int, _ left: inout Int) -> [String]? {
        guard depth <= deepest else { return nil }
        var found: [String] = []
        for name in FileSystem.names(in: folder).sorted() where !name.hasPrefix(".") {
            left -= 1
            if left < 0 { return nil }
            let path = folder + "/" + name
            if FileSystem.isFolder(path) {
                // What Python has made of scripts that are looked at themselves.
                if name == "__pycache__" || FileSystem.isLink(path) { continue }
                guard let below = scripts(below: path, depth: depth + 1, &left) else { return nil }
                found += below
            } else if isScript(name), depth == 0 || !name.hasSuffix(".json") {
                // Below a script's folder reviews may be written.
                found.append(path)
            }
        }
        return found
    }
}
