public import ReviewModel

// A message with long lists: `more` names, by pointer into the message, each list or mapping that goes on in a stream.
//
//     {"findings": [… the first ones …], "facts": […], "more": {"/findings": "s4"}}

/// How much of the lists of a message comes with it; the rest is pulled.
public enum ListLimits {
    /// A message of about so many bytes travels whole.
    public static let wholeBytes = 1 << 20
    /// Elements of one list, and bytes of all lists of a message, that a side takes: what a review could hold, a thousand
    /// times over, so that an endless stream ends.
    public static let items = 2_000_000
    public static let bytes = 512 << 20
    /// A record of more members is data, and may be cut like a list.
    static let membersOfARecord = 1000
}

extension OpenStreams {
    /// `message` as it travels to a side that takes ``Capability/lists``: short ones as they are, of long ones the
    /// beginnings of their lists, and `more`.
    ///
    /// Looked for are lists and mappings that are reached through records alone, under `members` of the message, or
    /// anywhere in it. What stands in an element travels with the element.
    public func shortened(_ message: LongValue, under members: [String]? = nil, owner: RequestID) -> Value {
        if let whole = message.whole(within: ListLimits.wholeBytes) { return whole }
        guard case .record(let parts) = message.opened else { return message.whole }
        var cut = Cut(streams: self, owner: owner)
        var record = Record()
        for (key, value) in parts {
            let isCut = members?.contains(key) ?? true
            record[key] = isCut ? cut.shortened(value, at: JSONPointer([key])) : value.whole
        }
        if !cut.more.isEmpty { record["more"] = .record(cut.more) }
        return .record(record)
    }

    private struct Cut {
        let streams: OpenStreams
        let owner: RequestID
        var room = ListLimits.wholeBytes
        var more = Record()

        mutating func shortened(_ value: LongValue, at pointer: JSONPointer) -> Value {
            switch value.opened {
            case .value(let value): return value
            case .list(let list): return .list(list.elements(0..<inline(list, at: pointer)))
            case .mapping(let mapping): return .record(mapping.record(0..<inline(mapping.list, at: pointer)))
            case .record(let members):
                return .record(Record(members.map { ($0.key, shortened($0.value, at: pointer / $0.key)) }))
            }
        }

        /// How many elements still come with the message; a stream is opened for the others.
        private mutating func inline(_ items: LongList, at pointer: JSONPointer) -> Int {
            var (count, share) = (0, min(room, PageLimits.bytes))
            while count < items.count {
                let bytes = items[count].estimatedBytes
                if bytes > share {
                    more[pointer.description] = .text(streams.open(items, at: pointer, from: count, owner: owner))
                    break
                }
                share -= bytes
                room -= bytes
                count += 1
            }
            return count
        }
    }
}

extension LongValue {
    /// The value with its lists and records to be taken apart. A record of many members is data, and a mapping.
    fileprivate var opened: LongValue {
        switch self {
        case .value(.list(let items)): .list(LongList(items))
        case .value(.record(let record)) where record.count > ListLimits.membersOfARecord: .mapping(LongMapping(record))
        case .value(.record(let record)): .record(record.members.map { ($0.key, .value($0.value)) })
        default: self
        }
    }

    /// Everything, as a tree, where it takes no more than about so many bytes; no more of it is made than that takes.
    public func whole(within bytes: Int) -> Value? {
        var room = bytes
        return whole(takingFrom: &room)
    }

    private func whole(takingFrom room: inout Int) -> Value? {
        switch self {
        case .value(let value): return value.taken(from: &room)
        case .list(let list):
            var items: [Value] = []
            for index in 0..<list.count {
                guard let item = list[index].taken(from: &room) else { return Value?.none }
                items.append(item)
            }
            return .list(items)
        case .mapping(let mapping):
            var members: [(String, Value)] = []
            for index in mapping.indices {
                let key = mapping.key(index)
                room -= key.utf8.count + 4
                guard let value = mapping.value(index).taken(from: &room) else { return Value?.none }
                members.append((key, value))
            }
            return .record(Record(members))
        case .record(let parts):
            var members: [(String, Value)] = []
            for (key, part) in parts {
                room -= key.utf8.count + 4
                guard let value = part.whole(takingFrom: &room) else { return Value?.none }
                members.append((key, value))
            }
            return .record(Record(members))
        }
    }
}

extension Value {
    /// The value, where there is room for it.
    fileprivate func taken(from room: inout Int) -> Value? {
        room -= estimatedBytes
        guard room >= 0 else { return Value?.none }
        return self
    }
}

/// A message with everything that its `more` names.
public enum LongMessage: Sendable {
    /// It has no `more`.
    case short(JSONText)
    /// The message without its `more`, and what belongs to its lists.
    case long(Value, FurtherElements)
}

extension JSONText {
    /// The message whole: what its `more` names is pulled, and held as it came until it is read.
    ///
    /// - Throws: ``RPCError`` when elements are missing, or do not end; what `pull` throws.
    public func completed(pull: (ListNext) async throws -> ListPage) async throws -> LongMessage {
        var hasMore = false
        read { cursor in
            _ = cursor.members { key, cursor in
                if "more" ~= key { hasMore = true }
                cursor.skip()
            }
        }
        // Most are whole already, and not looked into.
        guard hasMore, case .record(var record) = value, let more = record["more"] else { return .short(self) }
        record["more"] = nil
        let message = Value.record(record)
        let further = FurtherElements()
        var room = ListLimits.bytes
        for (name, stream) in more.record?.members ?? [] {
            guard let pointer = JSONPointer(name), let stream = stream.text, let beginning = message[pointer] else {
                throw noSuchList(name)
            }
            var pages = try ListPages(pointer: name, beginning, room: room)
            while !pages.isDone {
                let page = try await pull(ListNext(stream: stream))
                try pages.take(page)
                further.append(page.text, to: pointer)
            }
            room = pages.room
        }
        return .long(message, further)
    }
}

extension Value {
    /// The list or mapping that takes the most room, of those that are reached through records alone.
    public var longestList: (pointer: JSONPointer, count: Int)? {
        var longest: (pointer: JSONPointer, count: Int, bytes: Int)?
        func look(_ value: Value, _ pointer: JSONPointer) {
            let count =
                switch value {
                case .list(let items): items.count
                case .record(let record) where record.count > ListLimits.membersOfARecord: record.count
                default: 0
                }
            if count > 0, case let bytes = value.estimatedBytes, bytes > longest?.bytes ?? 0 {
                longest = (pointer, count, bytes)
            } else if case .record(let record) = value {
                for member in record.members { look(member.value, pointer / member.key) }
            }
        }
        look(self, JSONPointer())
        return longest.map { ($0.pointer, $0.count) }
    }
}

/// The pages of one list or mapping as they come, held against each other and the limits.
private struct ListPages {
    let pointer: String
    var room: Int
    var isDone = false
    private var count: Int
    /// Of a mapping, the keys that have come.
    private var keys: Set<String>?
    private var sequence = 0
    private var emptyPages = 0

    /// - Parameter beginning: what came with the message.
    init(pointer: String, _ beginning: Value, room: Int) throws(RPCError) {
        (self.pointer, self.room) = (pointer, room)
        switch beginning {
        case .list(let items): count = items.count
        case .record(let record): (count, keys) = (record.count, Set(record.keys))
        default: throw noSuchList(pointer)
        }
    }

    mutating func take(_ page: ListPage) throws(RPCError) {
        guard page.sequence == sequence else {
            let words = LocalizedText(
                zh: "\(pointer)：应来第 \(sequence) 页，来的是第 \(page.sequence) 页",
                en: "\(pointer): page \(page.sequence) came, page \(sequence) was due"
            )
            throw RPCError(.invalidParams, found: words)
        }
        sequence += 1
        if page.count == 0 { emptyPages += 1 }
        room -= page.estimatedBytes
        count += page.count
        guard count <= ListLimits.items, room >= 0, emptyPages <= PageLimits.emptyPages else {
            let words = LocalizedText(
                zh:
                    "\(pointer) 没有尽头：超过 \(ListLimits.items) 项、\(ListLimits.bytes >> 20) MiB 或 \(PageLimits.emptyPages) 个空页",
                en: "\(pointer) does not end: more than \(ListLimits.items) elements, \(ListLimits.bytes >> 20) MiB "
                    + "or \(PageLimits.emptyPages) empty pages"
            )
            throw RPCError(.limitExceeded, found: words)
        }
        if keys != nil, !addKeys(of: page) { throw noSuchList(pointer) }
        isDone = page.done
        if isDone, let total = page.total, total != count { throw noSuchList(pointer) }
    }

    /// Whether every element is a member with a key of its own.
    private mutating func addKeys(of page: ListPage) -> Bool {
        var areNew = true
        page.text.read { cursor in
            _ = cursor.elements { cursor in
                var (name, hasValue) = (nil as String?, false)
                _ = cursor.members { key, cursor in
                    if "key" ~= key, cursor.kind == .text {
                        name = cursor.text()
                    } else {
                        if "value" ~= key { hasValue = true }
                        cursor.skip()
                    }
                }
                areNew = hasValue && name.map { keys?.insert($0).inserted == true } == true
                return areNew
            }
        }
        return areNew
    }
}

private func noSuchList(_ pointer: String) -> RPCError {
    RPCError(
        .invalidParams,
        found: LocalizedText(
            zh: "\"more\" 指向 \(pointer)，那里没有这么多项的列表",
            en: "\"more\" names \(pointer), where there is no list of so many elements"
        ),
        help: "\"more\" holds pointers to lists and mappings of the message, each with its stream"
    )
}
