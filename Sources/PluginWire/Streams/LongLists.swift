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
    public func shortened(_ message: Value, under members: [String]? = nil, owner: RequestID) -> Value {
        guard case .record(var record) = message, message.estimatedBytes > ListLimits.wholeBytes else { return message }
        var cut = Cut(streams: self, owner: owner)
        for key in members ?? record.keys {
            if let value = record[key] { record[key] = cut.shortened(value, at: JSONPointer([key])) }
        }
        if !cut.more.isEmpty { record["more"] = .record(cut.more) }
        return .record(record)
    }

    private struct Cut {
        let streams: OpenStreams
        let owner: RequestID
        var room = ListLimits.wholeBytes
        var more = Record()

        mutating func shortened(_ value: Value, at pointer: JSONPointer) -> Value {
            switch value {
            case .list(let items):
                let count = inline(items)
                if count < items.count { open(items, from: count, at: pointer) }
                return .list(Array(items[..<count]))
            case .record(let record) where record.count > ListLimits.membersOfARecord:
                let items = record.members.map { Value.record(["key": .text($0.key), "value": $0.value]) }
                let count = inline(items)
                if count < items.count { open(items, from: count, at: pointer) }
                return .record(Record(record.members[..<count]))
            case .record(let record):
                return .record(Record(record.members.map { ($0.key, shortened($0.value, at: pointer / $0.key)) }))
            default:
                return value
            }
        }

        /// How many elements still come with the message.
        private mutating func inline(_ items: [Value]) -> Int {
            var (count, share) = (0, min(room, PageLimits.bytes))
            while count < items.count {
                let bytes = items[count].estimatedBytes
                if bytes > share { break }
                share -= bytes
                room -= bytes
                count += 1
            }
            return count
        }

        private mutating func open(_ items: [Value], from start: Int, at pointer: JSONPointer) {
            more[pointer.description] = .text(streams.open(items, from: start, owner: owner))
        }
    }
}

extension JSONText {
    /// The message whole; one that is whole already is not looked into.
    public func completed(pull: (ListNext) async throws -> ListPage) async throws -> JSONText {
        var hasMore = false
        read { cursor in
            _ = cursor.members { key, cursor in
                if "more" ~= key { hasMore = true }
                cursor.skip()
            }
        }
        return hasMore ? JSONText(try await value.completed(pull: pull)) : self
    }
}

extension Value {
    /// The message whole: what its `more` names is pulled and put where it belongs.
    ///
    /// - Throws: ``RPCError`` when elements are missing, or do not end; what `pull` throws.
    public func completed(pull: (ListNext) async throws -> ListPage) async throws -> Value {
        guard case .record(var record) = self, let more = record["more"] else { return self }
        record["more"] = nil
        var message = Value.record(record)
        var room = ListLimits.bytes
        for (pointer, stream) in more.record?.members ?? [] {
            guard let place = JSONPointer(pointer), let stream = stream.text else { throw noSuchList(pointer) }
            var pages = ListPages(pointer: pointer, room: room)
            while !pages.isDone { try pages.take(await pull(ListNext(stream: stream))) }
            room = pages.room
            guard message.append(pages.items, at: place.tokens[...], total: pages.total) else {
                throw noSuchList(pointer)
            }
        }
        return message
    }

    /// Appends to the list, or mapping, at a place under this value; `false` when there is none or the total is not that.
    private mutating func append(_ items: [Value], at tokens: ArraySlice<String>, total: Int?) -> Bool {
        if let key = tokens.first {
            guard case .record(var record) = self, var member = record[key] else { return false }
            // Held once, so that nothing is copied.
            self = .null
            record[key] = .null
            defer { self = .record(record) }
            let isDone = member.append(items, at: tokens.dropFirst(), total: total)
            record[key] = member
            return isDone
        }
        switch self {
        case .list(var list):
            self = .null
            list += items
            self = .list(list)
            return total.map { $0 == list.count } ?? true
        case .record(var record):
            self = .null
            defer { self = .record(record) }
            for item in items {
                guard let key = item["key"]?.text, let value = item["value"], record.appendIfNew(key, value) else {
                    return false
                }
            }
            return total.map { $0 == record.count } ?? true
        default:
            return false
        }
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

/// The pages of one list as they come, held against each other and the limits.
private struct ListPages {
    let pointer: String
    var room: Int
    var items: [Value] = []
    var total: Int?
    var isDone = false
    private var sequence = 0
    private var emptyPages = 0

    init(pointer: String, room: Int) { (self.pointer, self.room) = (pointer, room) }

    mutating func take(_ page: ListPage) throws(RPCError) {
        guard page.sequence == sequence else {
            throw RPCError(.invalidParams, "\(pointer): page \(page.sequence) came, page \(sequence) was due")
        }
        sequence += 1
        if page.items.isEmpty { emptyPages += 1 }
        for item in page.items { room -= item.estimatedBytes }
        items += page.items
        guard items.count <= ListLimits.items, room >= 0, emptyPages <= PageLimits.emptyPages else {
            throw RPCError(
                .limitExceeded,
                "\(pointer) does not end: more than \(ListLimits.items) elements, \(ListLimits.bytes >> 20) MiB "
                    + "or \(PageLimits.emptyPages) empty pages"
            )
        }
        (isDone, total) = (page.done, page.total)
    }
}

private func noSuchList(_ pointer: String) -> RPCError {
    RPCError(
        .invalidParams,
        "\"more\" names \(pointer), where there is no list of so many elements",
        help: "\"more\" holds pointers to lists and mappings of the message, each with its stream"
    )
}
