import OfficeFiles

/// The bookmarks of one document: each has a number and a name of its own.
struct Bookmarks {
    private var last: Int
    private var used: [String: Int] = [:]

    /// - Parameter last: the highest number that is taken.
    init(after last: Int = 0) { self.last = last }

    /// The number of a new bookmark.
    mutating func number() -> Int {
        last += 1
        return last
    }

    /// The name for one more figure of that fact.
    mutating func name(fact: String) -> String {
        let count = used[fact, default: 0] + 1
        used[fact] = count
        return FactBookmark.name(of: fact, occurrence: count)
    }

    /// The bookmark of the heading of that number, named as Word names those of its contents.
    static func heading(_ number: Int) -> String { hidden("_Toc", number) }

    /// The bookmark of the number of a caption, named as Word names what texts refer to.
    static func caption(_ number: Int) -> String { hidden("_Ref", number) }

    private static func hidden(_ prefix: String, _ number: Int) -> String {
        let digits = String(number)
        return prefix + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
    }
}
