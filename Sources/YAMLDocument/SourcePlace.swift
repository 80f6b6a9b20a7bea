public import Groundwork

/// A place in a source file, small enough that every node of a tree can hold one; ``place`` is the value that leaves the
/// room.
///
/// ```swift
/// SourcePlace(file: "Specs/x.yaml", line: 12, column: 5).description  // "Specs/x.yaml:12:5"
/// ```
///
/// Lines and columns count from 1; columns count Unicode scalars, so a Chinese character is one column. A byte order
/// mark at the start of a file is not counted. Places order by file, then line, then column.
public struct SourcePlace: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The file as it was named when it was read.
    public var file: String

    // A tree holds a place a node: 32 bits each keep a node within one cache line, and no file within the size limit
    // has more lines or columns than that.
    private var storedLine: UInt32
    private var storedColumn: UInt32

    /// A place in a file; numbers that do not fit 32 bits are clamped.
    ///
    /// - Parameters:
    ///   - file: the file's name, as a reader should see it.
    ///   - line: the line, from 1.
    ///   - column: the column in Unicode scalars, from 1.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        storedLine = UInt32(clamping: line)
        storedColumn = UInt32(clamping: column)
    }

    /// The line, from 1.
    public var line: Int {
        get { Int(storedLine) }
        set { storedLine = UInt32(clamping: newValue) }
    }

    /// The column in Unicode scalars, from 1.
    public var column: Int {
        get { Int(storedColumn) }
        set { storedColumn = UInt32(clamping: newValue) }
    }

    /// The same place among those of all kinds of files.
    public var place: Place { .text(file: file, line: line, column: column) }

    /// `file:line:column`, as editors and terminals read it.
    public var description: String { "\(file):\(line):\(column)" }

    /// By file, then line, then column.
    public static func < (left: Self, right: Self) -> Bool {
        if left.file != right.file { return left.file < right.file }
        return (left.storedLine, left.storedColumn) < (right.storedLine, right.storedColumn)
    }
}
