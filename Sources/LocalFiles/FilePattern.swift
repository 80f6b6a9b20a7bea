internal import Glibc
internal import Synchronization

extension FileSystem {
    /// Whether a word has signs in it that stand for other letters, as shells know them: `*`, `?`, `[…]`, `{…}`.
    package static func isPattern(_ word: String) -> Bool { word.utf8.contains { "*?[{".utf8.contains($0) } }

    /// The paths that a pattern means, in the order of their bytes; none where there are none, and `nil` where they are too many,
    /// or there is too much to look through to find them. Looking ends when the task is cancelled, with what has been found.
    ///
    /// - Parameter folders: as many are looked into: `*/../*/../*` goes through all of a folder for each of its folders.
    package static func paths(like pattern: String, through folders: Int = 100_000) -> [String]? {
        guard let count = PatternBraces.count(pattern.utf8), count <= PatternSearch.mostPatterns else { return nil }
        return PatternSearch.turn.withLock { _ in PatternSearch.paths(like: pattern, folders) }
    }
}

/// What keeps a search within bounds. The C library takes functions without a context, so that one search runs at a time.
private enum PatternSearch {
    /// What braces may come to: `{a,b}` written twenty-five times are 33 million patterns.
    static let mostPatterns = 10_000

    static let turn = Mutex(())
    /// Folders that may still be looked into.
    static let left = Atomic<Int>(0)

    static func paths(like pattern: String, _ folders: Int) -> [String]? {
        left.store(folders, ordering: .relaxed)
        var found = glob_t()
        found.gl_opendir = { path in PatternSearch.open(path) }
        found.gl_readdir = { folder in
            guard let folder else { return nil }
            return readdir(OpaquePointer(folder)).map { UnsafeMutableRawPointer($0) }
        }
        found.gl_closedir = { folder in
            if let folder { closedir(OpaquePointer(folder)) }
        }
        found.gl_lstat = { path, status in
            guard let path, let status else { return -1 }
            return lstat(path, status.assumingMemoryBound(to: stat.self))
        }
        found.gl_stat = { path, status in
            guard let path, let status else { return -1 }
            return stat(path, status.assumingMemoryBound(to: stat.self))
        }
        defer { globfree(&found) }
        let flags = GLOB_BRACE | GLOB_NOSORT | GLOB_ALTDIRFUNC
        let status = glob(pattern, flags, { _, _ in PatternSearch.isOver ? 1 : 0 }, &found)
        if left.load(ordering: .relaxed) < 0 { return nil }
        guard status == 0 else { return [] }
        let paths = (0..<Int(found.gl_pathc)).compactMap { index in
            found.gl_pathv[index].map { String(cString: $0) }
        }
        // With braces a path may be meant twice.
        return Set(paths).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static var isOver: Bool { Task.isCancelled || left.load(ordering: .relaxed) < 0 }

    static func open(_ path: UnsafePointer<CChar>?) -> UnsafeMutableRawPointer? {
        left.subtract(1, ordering: .relaxed)
        guard let path, !isOver else {
            errno = EMFILE
            return nil
        }
        return opendir(path).map { UnsafeMutableRawPointer($0) }
    }
}

/// How many patterns without braces a pattern with braces is.
private struct PatternBraces {
    /// Longer than the paths of a few hundred towns, deeper than anybody writes.
    private static let (longest, deepest) = (1 << 16, 20)

    /// `nil` for what is too long, too deep, or more than can be counted.
    static func count(_ pattern: String.UTF8View) -> Int? {
        guard pattern.count <= longest else { return nil }
        // For each open brace, the sum of its alternatives up to here; and the product of the one at hand.
        var (sums, product, isEscaped) = ([(outer: Int, sum: Int)](), 1, false)
        for byte in pattern {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "{"):
                guard sums.count < deepest else { return nil }
                sums.append((product, 0))
                product = 1
            case UInt8(ascii: ",") where !sums.isEmpty:
                sums[sums.count - 1].sum += product
                product = 1
            case UInt8(ascii: "}"):
                guard let (outer, sum) = sums.popLast() else { continue }
                let (whole, isTooMuch) = outer.multipliedReportingOverflow(by: sum + product)
                if isTooMuch || whole > 1 << 30 { return nil }
                product = whole
            default: break
            }
        }
        // A brace without an end stands for itself, and those in it for what they are.
        while let (outer, sum) = sums.popLast() {
            let (whole, isTooMuch) = outer.multipliedReportingOverflow(by: sum + product)
            if isTooMuch || whole > 1 << 30 { return nil }
            product = whole
        }
        return product
    }
}
