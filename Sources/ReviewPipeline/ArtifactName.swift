internal import LocalFiles
internal import ReviewModel

/// The name of a renderer's file in the review's folder: a path of plain parts, looked at byte by byte.
package struct ArtifactName: Sendable {
    package let path: String
    /// What the parts are called on a disk that tells neither case nor ways of writing an accent apart, nor dots and blanks at an
    /// end; `straße` and `STRASSE` are one there.
    private let parts: [String]

    /// `nil` for a name that could lead elsewhere, or that a person could not read or type.
    package init?(_ path: String) {
        let bytes = Array(path.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isPlain =
            bytes.count <= Self.maximumBytes && parts.count <= Self.maximumDepth
            && !path.unicodeScalars.contains { $0.isActedOn || $0 == "\\" }
            && parts.allSatisfy { part in
                !part.isEmpty && part.count <= 255 && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
            }
        guard isPlain else { return nil }
        self.path = path
        self.parts = parts.map { Self.folded(String(decoding: $0, as: UTF8.self)) }
    }

    private static func folded(_ part: String) -> String {
        let folded = part.uppercased().lowercased()
        let end = folded.unicodeScalars.lastIndex { $0 != "." && $0 != " " }
        // Of nothing but dots something must be left.
        return end.map { String(folded.unicodeScalars[...$0]) } ?? folded
    }

    /// Folders within folders; pictures beside a report need two.
    private static let maximumDepth = 8
    /// Far below what a path may have, for the folder that it is in has a path as well.
    private static let maximumBytes = 1024
}

/// The names that are taken in one review's folder.
package struct TakenNames: Sendable {
    package init() {}

    private var files: Set<[String]> = []
    private var folders: Set<[String]> = []
    /// What the files of earlier steps look like to somebody in a hurry, and those of this one.
    private var earlierLooks: Set<String> = []
    private var looks: Set<String> = []

    /// Takes a name; `false` where it is one that is taken already, a folder and a file would share it, or a person could take it
    /// for the file of an earlier step. What one step calls its own files alike is its own affair.
    package mutating func take(_ name: ArtifactName) -> Bool {
        let above = (1..<name.keys.count).map { Array(name.keys.prefix($0)) }
        let look = name.path.lookAlikeKey
        guard !files.contains(name.keys), !folders.contains(name.keys), !above.contains(where: files.contains),
            !earlierLooks.contains(look)
        else { return false }
        files.insert(name.keys)
        folders.formUnion(above)
        looks.insert(look)
        return true
    }

    /// What is taken from now on is another step's.
    package mutating func beginStep() {
        earlierLooks.formUnion(looks)
        looks = []
    }

    /// Whether the name, or a folder in it, is one of the host's own, or could be taken for it by a person who looks for that.
    package static func isOurs(_ name: ArtifactName) -> Bool {
        guard let first = name.keys.first else { return false }
        // A copy that an editor keeps, a stream behind a file, a full stop as Chinese has it.
        let stem = first.prefix { $0 != ":" }.replacing("。", with: ".").replacing("｡", with: ".")
        return own.contains(String(stem.reversed().drop { "~.# ".contains($0) }.reversed()).lookAlikeKey)
    }

    private static let own = Set(ReviewOutput.ownFiles.map(\.lookAlikeKey))
}

extension ArtifactName {
    /// Texts are the same to Swift however an accent is written.
    fileprivate var keys: [String] { parts }
}
