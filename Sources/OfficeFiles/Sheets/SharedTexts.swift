internal import Groundwork

/// The texts that a workbook keeps once for all its cells.
package struct SharedTexts: Sendable {
    /// Of all texts, one after another, as UTF-8.
    package private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []

    package init() {}

    package var count: Int { ends.count }

    /// Where the text of that number lies in ``bytes``; an empty range for a number that the list does not have.
    package func range(of number: Int) -> Range<Int> {
        guard ends.indices.contains(number) else { return 0..<0 }
        return (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    package subscript(number: Int) -> String { String(decoding: bytes[range(of: number)], as: UTF8.self) }

    /// Reads the part, quickly where it is written as usual.
    init(_ zip: ZipReader, _ entry: ZipEntry) throws(OfficeFileError) {
        self.init()
        if try read(ByteFeed(zip.stream(of: entry))) { return }
        self = SharedTexts()
        let plain = try ByteFeed(plain: zip.stream(of: entry))
        guard try read(plain, isPlain: true) else { throw .damaged(entry.name) }
    }

    /// - Returns: whether it could be understood without a whole reader of XML.
    private mutating func read(_ feed: ByteFeed, isPlain: Bool = false) throws(OfficeFileError) -> Bool {
        var hasBegun = false
        while true {
            let xml = XMLBytes(bytes: feed.bytes, end: feed.end)
            guard let start = xml.next(UInt8(ascii: "<"), from: feed.position) else {
                feed.position = feed.end
                if try feed.more() { continue }
                // A list that ends before it has begun is none, or is in UTF-16.
                return hasBegun
            }
            feed.position = start
            if !hasBegun, xml.starts(start, "<?xml") {
                guard let close = xml.next(UInt8(ascii: ">"), from: start) else {
                    guard try feed.more() else { return false }
                    continue
                }
                let text = xml.text(start..<close)
                guard !text.contains("encoding") || text.lowercased().contains("utf-8") else { return false }
                feed.position = close + 1
                continue
            }
            switch unit(xml, start, &hasBegun, isPlain) {
            case .taken(let next): feed.position = next
            case .more: guard try feed.more() else { throw .endsEarly }
            case .unknown: return false
            }
        }
    }

    private enum Unit {
        case taken(Int)
        case more
        case unknown
    }

    private mutating func unit(_ xml: XMLBytes, _ start: Int, _ hasBegun: inout Bool, _ isPlain: Bool) -> Unit {
        switch xml.tag(at: start) {
        case .more: return .more
        case .unknown: return .unknown
        case .tag(let tag):
            if xml.hasPrefix(tag) { return .unknown }
            if !hasBegun {
                guard xml.equals(tag.name, "sst"),
                    isPlain || xml.isWorkbook(tag)
                else { return .unknown }
                hasBegun = true
                return .taken(tag.next)
            }
            guard xml.equals(tag.name, "si"), !tag.isClosing else { return .taken(tag.next) }
            if tag.isEmpty {
                ends.append(bytes.count)
                return .taken(tag.next)
            }
            var text = RichText(xml: xml, position: tag.next)
            switch text.read(endingWith: "si") {
            case .taken:
                bytes += text.bytes
                ends.append(bytes.count)
                return .taken(text.position)
            case .more: return .more
            case .unknown: return .unknown
            }
        }
    }
}
