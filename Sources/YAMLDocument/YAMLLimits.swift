/// How much a YAML file may ask of the program that reads it.
///
/// A file is input from outside: without limits a few hundred bytes can ask for gigabytes. Every limit that is passed is
/// reported as an error at the place where it was passed, and nothing after that place is read.
public struct YAMLLimits: Sendable, Hashable {
    /// Nested lists and mappings, aliases followed.
    ///
    /// 64: a spec written by hand stays below 12, and code that walks a tree by recursion must not exhaust its stack.
    public var depth = 64

    /// Nodes of the tree, each alias counted as the whole tree it stands for.
    ///
    /// 1,000,000: about 100 MB if every node were written out, and more rows than belong in a document. Counted from
    /// the sizes of anchored trees without expanding them, so that an alias bomb costs no more than its own bytes.
    public var nodes = 1_000_000

    /// Bytes of all keys and scalars together, each alias counted as the whole tree it stands for.
    ///
    /// 64 MiB: twice what a file can hold, so that only aliases reach it. Whoever sends the document on writes every alias out.
    public var textBytes = 64 << 20

    /// Bytes of a file.
    ///
    /// 32 MiB: a second of work; larger tables belong in a workbook or a database.
    public var fileBytes = 32 << 20

    /// Bytes of one scalar in UTF-8.
    ///
    /// 4 MiB: longer than any chapter of a report, and what one line of the plugin protocol can carry.
    public var scalarBytes = 4 << 20

    /// Keys of one mapping, merged keys included.
    ///
    /// 100,000: a mapping of that size is a table in disguise, and every key is kept in an index.
    public var keys = 100_000

    /// Directives (`%YAML`, `%TAG`) before the document.
    ///
    /// 16: nobody needs more, and libyaml compares each with all those before it.
    public var directives = 16

    /// Errors reported from one parse.
    ///
    /// 200: more than anyone mends before looking again, and a file of mistakes must not fill the memory with messages.
    public var diagnostics = 200

    /// The limits described at each property; change those that a test or a caller needs otherwise.
    public init() {}

    /// The limits for files that people write.
    public static let standard = YAMLLimits()
}
