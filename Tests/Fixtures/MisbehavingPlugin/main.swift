import Glibc
import PluginWire
import ReviewModel

// A plugin that exists only to misbehave: its first argument says how. Without one it behaves.

let mode = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : "behave"

func send(_ text: String) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
        if count <= 0 { exit(0) }
        sent += count
    }
}

func complain(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
}

func reply(_ id: Value, _ result: Value) { send(line(id, result)) }

func line(_ id: Value, _ result: Value) -> String {
    String(decoding: JSONWriter.line(["jsonrpc": "2.0", "id": id, "result": result]), as: UTF8.self) + "\n"
}

nonisolated(unsafe) var nextID = 1000

/// Asks the host something and waits for its reply, whatever else comes in between.
func ask(_ method: String, _ params: Value) -> Value {
    nextID += 1
    send(
        String(
            decoding: JSONWriter.line(
                ["jsonrpc": "2.0", "id": .integer(nextID), "method": .text(method), "params": params]),
            as: UTF8.self
        ) + "\n"
    )
    return awaitReply(nextID)
}

func awaitReply(_ id: Int) -> Value {
    while let line = readLine(strippingNewline: true) {
        guard let message = try? JSONReader.read(Array(line.utf8)) else { continue }
        if message["id"] == .integer(id) { return message["result"] ?? message["error"] ?? .null }
    }
    exit(0)
}

/// A fact that tells a test what was seen.
func fact(_ value: Value) -> Value {
    ["facts": [["id": "seen", "label": "seen", "value": value]]]
}

/// Pulls a whole table page by page and counts its rows.
func readTable(_ parent: Value) -> Int {
    let opened = ask("dossier/read", ["parent": parent, "table": "lines", "columns": ["amount"]])
    var rows = 0
    while true {
        let page = ask("stream/next", ["stream": opened["stream"] ?? .null, "maxRows": 7])
        rows += page["rows"]?.integer ?? 0
        if page["done"] != false { return rows }
    }
}

/// Asks for many pages and talks without pause before it reads a single one: both pipes run full.
func floodBothPipes(_ parent: Value) -> Int {
    let opened = ask("dossier/read", ["parent": parent, "table": "lines"])
    let first = nextID + 1
    for _ in 0..<12 {
        nextID += 1
        send(
            String(
                decoding: JSONWriter.line(
                    [
                        "jsonrpc": "2.0", "id": .integer(nextID), "method": "stream/next",
                        "params": ["stream": opened["stream"] ?? .null],
                    ]),
                as: UTF8.self
            ) + "\n"
        )
    }
    let talk: Value = [
        "jsonrpc": "2.0", "method": "$/log",
        "params": ["level": "debug", "message": .text(String(repeating: "x", count: 8000))],
    ]
    let line = String(decoding: JSONWriter.line(talk), as: UTF8.self) + "\n"
    for _ in 0..<1000 { send(line) }
    // Replies may come in any order.
    var (waiting, rows) = (Set(first...nextID), 0)
    while !waiting.isEmpty, let line = readLine(strippingNewline: true) {
        guard let message = try? JSONReader.read(Array(line.utf8)), let id = message["id"]?.integer else { continue }
        if waiting.remove(id) != nil { rows += message["result"]?["rows"]?.integer ?? 0 }
    }
    return rows
}

/// Comes back only when another plugin of the same run is being served at the same time.
func meet(_ params: Value) {
    let own = params["config"]?["own"]?.text ?? "", other = params["config"]?["other"]?.text ?? ""
    if let file = fopen(own, "w") { fclose(file) }
    while access(other, F_OK) != 0 { usleep(2000) }
}

/// The process id of `setsid sleep 300`, which keeps standard output open in a session of its own.
func forkedSleeper() -> pid_t {
    var pid = pid_t()
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setflags(&attributes, 0x80)  // POSIX_SPAWN_SETSID
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("300"), nil]
    var environment: [UnsafeMutablePointer<CChar>?] = ["TMPDIR", "PATH"].map { name in
        strdup(name + "=" + (getenv(name).map { String(cString: $0) } ?? ""))
    }
    environment.append(nil)
    posix_spawnp(&pid, "sleep", nil, &attributes, &arguments, environment)
    return pid
}

func sleepForever() -> Never {
    while true { sleep(1000) }
}

let kind: Value = mode.hasPrefix("artifact") ? "renderer" : mode.hasPrefix("source") ? "source" : "scorer"
let role: Value = [
    "kind": kind, "name": "misbehaving",
    "reads": mode == "reads-nothing" ? [] : [mode == "reads-misspelt" ? "lnes" : "lines"],
    "writes": [kind == "source" ? "lines" : "md"],
]
let manifest: Record = [
    "protocolVersion": mode == "wrong-version" ? 7 : 1, "plugin": ["name": "misbehaving", "version": "1"],
    "roles": [role], "capabilities": mode.hasPrefix("stays") ? ["reusable"] : [],
]
let assessment: Value = [
    "findings": [
        ["rule": "test/ok", "severity": "info", "message": "all is well", "pointers": ["/tables/lines/0/amount"]]
    ]
]

nonisolated(unsafe) var served = 0

/// What a plugin that stays has to tell: its process, how often it was asked, and what it finds in its folder, where it leaves
/// something each time.
func tellStay(_ id: Value, _ params: Value) {
    served += 1
    if served > 1, mode == "stays-dies" { exit(5) }
    if served > 1, mode == "stays-refuses" {
        let error: Value = ["code": -32011, "message": "enough"]
        return send(
            String(decoding: JSONWriter.line(["jsonrpc": "2.0", "id": id, "error": error]), as: UTF8.self) + "\n"
        )
    }
    if params["config"]?["hangs"] == true { sleepForever() }
    var found = 0
    if let folder = opendir(".") {
        while readdir(folder) != nil { found += 1 }
        closedir(folder)
    }
    mkdir("left", 0o755)
    if let file = fopen("left/behind", "w") { fclose(file) }
    let told = fact([.integer(Int(getpid())), .integer(served), .integer(found - 2)])
    switch mode {
    case "stays-ahead": send(line(id, told) + answersAhead(of: id))
    case "stays-ahead-later":
        reply(id, told)
        let (own, other) = (params["config"]?["own"]?.text ?? "", params["config"]?["other"]?.text ?? "")
        while access(other, F_OK) != 0 { usleep(2000) }
        send(answersAhead(of: id))
        if let file = fopen(own, "w") { fclose(file) }
    case "stays-closes":
        close(0)
        reply(id, told)
        sleepForever()
    case "stays-sleeps":
        reply(id, told)
        sleepForever()
    default: reply(id, told)
    }
}

/// Answers to what the host will ask next, whatever that is.
func answersAhead(of id: Value) -> String {
    let next = (id.integer ?? 0) + 1
    return (next..<next + 8).map {
        line(.integer($0), ["diagnostics": [], "facts": [["id": "ahead", "label": "ahead"]]])
    }.joined()
}

func answerScore(_ id: Value, _ params: Value) {
    if mode.hasPrefix("stays") { return tellStay(id, params) }
    switch mode {
    case "exit-during-score": exit(5)
    case "signal-during-score": kill(getpid(), SIGKILL)
    case "exit-quietly": exit(0)
    case "hang", "ignore-term":
        if mode == "ignore-term" { signal(SIGTERM, SIG_IGN) }
        sleepForever()
    case "closes-before-answer":
        close(0)
        usleep(300_000)
        reply(id, assessment)
    case "tells-surroundings":
        var names: [Value] = []
        var variable = environ
        while let text = variable.pointee {
            names.append(.text(String(String(cString: text).split(separator: "=").first ?? "")))
            variable += 1
        }
        let descriptors = (0..<256).filter { fcntl($0, F_GETFD) >= 0 }.map { Value.integer(Int($0)) }
        reply(id, fact(["variables": .list(names), "descriptors": .list(descriptors)]))
    case "says-escapes":
        let escape = "\u{1B}[2J\u{202E}\u{9B}31m"
        complain("stderr \(escape)\n")
        send("stray \(escape)\n")
        let log: Value = [
            "jsonrpc": "2.0", "method": "$/log", "params": ["level": "error", "message": .text("log \(escape)")],
        ]
        send(String(decoding: JSONWriter.line(log), as: UTF8.self) + "\n")
        let error: Value = ["code": -32011, "message": .text("refused \(escape)")]
        send(
            String(decoding: JSONWriter.line(["jsonrpc": "2.0", "id": id, "error": error]), as: UTF8.self) + "\n"
        )
    case "burns-cpu":
        var number: UInt64 = 1
        while number != 0 { number = number &* 6_364_136_223_846_793_005 | 1 }
    case "huge-file":
        let file = fopen("huge", "w")
        let block = [UInt8](repeating: 1, count: 1 << 16)
        for _ in 0..<64 { fwrite(block, 1, block.count, file) }
        reply(id, assessment)
    case "much-memory":
        // What malloc does not give is what this tells.
        reply(id, fact(.boolean(malloc(256 << 20) == nil)))
    case "stderr-100-mb":
        let block = String(repeating: "x", count: 1 << 20)
        for _ in 0..<100 { complain(block) }
        complain("\nthe last words\n")
        exit(9)
    case "looks-around":
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(9).bigEndian
        address.sin_addr.s_addr = UInt32(0x0A00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = fcntl(connection, F_SETFL, O_NONBLOCK)
                return connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        let hasNetwork = status == 0 || errno == EINPROGRESS
        let outside = params["config"]?["outside"]?.text ?? ""
        let canWriteOutside = fopen(outside, "w") != nil
        let canWriteInside = fopen("inside", "w") != nil
        reply(
            id,
            fact([
                "network": .boolean(hasNetwork), "writesOutside": .boolean(canWriteOutside),
                "writesInside": .boolean(canWriteInside),
            ])
        )
    case "tells-secret":
        let secret = params["config"]?["token"]?.text ?? ""
        send("stray \(secret)\n")
        let log: Value = [
            "jsonrpc": "2.0", "method": "$/log", "params": ["level": "warning", "message": .text("log \(secret)")],
        ]
        send(String(decoding: JSONWriter.line(log), as: UTF8.self) + "\n")
        let error: Value = ["code": -32011, "message": .text("refused \(secret)")]
        send(String(decoding: JSONWriter.line(["jsonrpc": "2.0", "id": id, "error": error]), as: UTF8.self) + "\n")
    case "runs":
        // Commands of the shell, one after another; what each ended with.
        let commands = params["config"]?["commands"]?.list?.compactMap(\.text) ?? []
        reply(id, fact(.list(commands.map { .integer(Int(system($0))) })))
    case "half-a-line":
        send("{\"jsonrpc\":\"2.0\",\"id\":")
        exit(0)
    case "no-line-end":
        send(String(decoding: JSONWriter.line(["jsonrpc": "2.0", "id": id, "result": assessment]), as: UTF8.self))
        exit(0)
    case "bad-json": send("{\"jsonrpc\":\"2.0\",\"id\":3,}\n")
    case "unknown-id": reply(4711, assessment)
    case "two-replies":
        reply(id, assessment)
        reply(id, assessment)
        sleepForever()
    case "endless-line":
        let chunk = "{" + String(repeating: "x", count: 1 << 16)
        while true { send(chunk) }
    case "deep": send(String(repeating: "{\"a\":", count: 100_000) + "\n")
    case "not-utf8":
        var bytes: [UInt8] = [0x7B, 0xFF, 0xFE, 0x7D, 0x0A]
        write(1, &bytes, bytes.count)
    case "nonsense": reply(id, ["findings": [["rule": 7]]])
    case "long-error":
        // Three bytes a character, and the end of it is no secret.
        let error: Value = ["code": -32011, "message": .text(String(repeating: "错", count: 30_000) + "the end")]
        send(String(decoding: JSONWriter.line(["jsonrpc": "2.0", "id": id, "error": error]), as: UTF8.self) + "\n")
    case "error":
        send(
            "{\"jsonrpc\":\"2.0\",\"id\":\(id.integer ?? 0),\"error\":{\"code\":-32011,\"message\":\"no such town\"}}\n"
        )
    case "stderr-flood":
        let line = String(repeating: "e", count: 10_000) + "\n"
        for _ in 0..<500 { complain(line) }
        complain("the last words\n")
        exit(9)
    case "grandchild":
        // A child of its own keeps standard output open after this process is gone.
        var pid = pid_t()
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("300"), nil]
        posix_spawnp(&pid, "sleep", nil, nil, &arguments, nil)
        reply(id, ["findings": [["rule": "test/grandchild", "severity": "info", "message": .text("\(pid)")]]])
    case "read-after-reply":
        reply(id, assessment)
        send(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"dossier/read\",\"params\":{\"parent\":\(id.integer ?? 0),\"table\":\"lines\"}}\n"
        )
    case "reads-tables":
        let tables = ask("dossier/tables", ["parent": id])["tables"]?.list?.count ?? 0
        let refused = ask("dossier/read", ["parent": id, "table": "lnies"])["data"]?["help"] ?? .null
        reply(id, fact([.integer(tables), .integer(readTable(id)), refused]))
    case "floods": reply(id, fact(.integer(floodBothPipes(id))))
    case "meets":
        meet(params)
        reply(id, fact("met"))
    case "tells-prior": reply(id, fact(.list((params["prior"]?.record?.keys ?? []).map(Value.text))))
    case "stray":
        send("loading model …\n\n42\n")
        reply(id, assessment)
        send("bye\n")
    case "crash-once":
        // Remembers in a file that it has been here.
        let file = params["config"]?["own"]?.text ?? ""
        if access(file, F_OK) != 0 {
            if let handle = fopen(file, "w") { fclose(handle) }
            exit(5)
        }
        reply(id, assessment)
    default: if !answerOddly(id, params) { reply(id, assessment) }
    }
}

/// Further ways of serving a call badly; `false` where `mode` is none of them.
func answerOddly(_ id: Value, _ params: Value) -> Bool {
    switch mode {
    case "banner":  // no line end before the message
        send("misbehaving 1.0 ready> ")
        reply(id, assessment)
    case "one-byte-over", "just-fits":
        let start = "{\"jsonrpc\":\"2.0\",\"id\":\(id.integer ?? 0),\"result\":{\"x\":\""
        let count = (8 << 20) - start.utf8.count - 3 + (mode == "just-fits" ? 0 : 1)
        send(start + String(repeating: "x", count: count) + "\"}}\n")
    case "same-id":
        // The host's table cannot be read twice under one id at the same time; each gets its own reply all the same.
        let line =
            "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"dossier/tables\",\"params\":{\"parent\":\(id.integer ?? 0)}}\n"
        send(line + line)
        for _ in 0..<2 { _ = readLine() }
        reply(id, assessment)
    case "stderr-line", "stderr-binary":
        let isText = mode == "stderr-line"
        let bytes = (0..<(1 << 16)).map { isText ? UInt8(ascii: "e") : UInt8(truncatingIfNeeded: $0) }
        // 10 MiB.
        for _ in 0..<160 { _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) } }
        exit(9)
    case "deaf":
        for stream in 1...1_000_000 {
            send(
                "{\"jsonrpc\":\"2.0\",\"id\":\(2 * stream),\"method\":\"dossier/read\",\"params\":{\"parent\":\(id.integer ?? 0),\"table\":\"lines\"}}\n"
                    + "{\"jsonrpc\":\"2.0\",\"id\":\(2 * stream + 1),\"method\":\"stream/next\",\"params\":{\"stream\":\"s\(stream)\"}}\n"
            )
        }
        sleepForever()
    case "trickle":
        for byte in "{\"jsonrpc\":\"2.0\",\"id\":\(id.integer ?? 0),\"result\":"
            + String(repeating: " ", count: 1_000_000)
        {
            send(String(byte))
            usleep(50_000)
        }
    case "progress-for-ever", "slow-with-progress":
        showProgress(mode == "slow-with-progress" ? 24 : .max)
        reply(id, assessment)
    case "logs-much", "prints-much", "logs-debug":
        talk(mode, lines: params["config"]?["lines"]?.integer ?? 0)
        reply(id, assessment)
    case "nested":
        for _ in 0..<10_000 {
            nextID += 1
            send(
                "{\"jsonrpc\":\"2.0\",\"id\":\(nextID),\"method\":\"dossier/tables\",\"params\":{\"parent\":\(id.integer ?? 0)}}\n"
            )
        }
        var replies = 0
        while replies < 10_000, readLine() != nil { replies += 1 }
        reply(id, fact(.integer(replies)))
    case "stray-pointer":
        let pointer = params["config"]?["pointer"] ?? .null
        reply(
            id,
            ["findings": [["rule": "test/stray", "severity": "info", "message": "m", "pointers": [pointer]]]]
        )
    case "opens-streams": reply(id, fact(.text(openUntilRefused(id))))
    case "says":
        reply(id, params["config"]?["assessment"] ?? .null)
    case "own-session":
        // A grandchild that has left the group, with the pipe in its hand.
        let child = forkedSleeper()
        reply(id, ["findings": [["rule": "test/grandchild", "severity": "info", "message": .text("\(child)")]]])
    default: return false
    }
    return true
}

func answerRender(_ id: Value, _ params: Value) {
    let folder = params["scratchDirectory"]?.text ?? "/nowhere"
    var (path, isWritten) = ("report.md", true)
    switch mode {
    case "artifact-exits": exit(7)
    case "artifact-outside": path = "../outside.md"
    case "artifact-absolute": path = "/etc/passwd"
    case "artifact-link":
        symlink("/etc/passwd", folder + "/report.md")
        isWritten = false
    case "artifact-missing": isWritten = false
    case "artifact-none": return reply(id, ["artifacts": []])
    case "artifact-reserved": path = "review.json"
    case "artifact-pipe":
        mkfifo(folder + "/report.md", 0o600)
        isWritten = false
    case "artifact-sparse":
        fopen(folder + "/report.md", "w").map { _ = fclose($0) }
        truncate(folder + "/report.md", 300 << 20)
        isWritten = false
    default:
        if let prepared = preparedPath(folder, params["config"] ?? .null) { (path, isWritten) = (prepared, false) }
    }
    if isWritten, let file = fopen(folder + "/" + FilePathName.last(path), "w") {
        fputs("# hello\n", file)
        fclose(file)
    }
    if mode == "artifact-many" { return reply(id, ["artifacts": writeMany(folder, params["config"] ?? .null)]) }
    let type = params["config"]?["mediaType"] ?? "text/markdown"
    var artifacts: [Value] = [["path": .text(path), "mediaType": type, "format": "md"]]
    if mode == "artifact-unasked" {
        let hasForgotten = params["config"]?["forgets"] == true
        artifacts = hasForgotten ? [] : [["path": .text(path), "mediaType": type]]
    }
    if mode == "artifact-second-missing" { artifacts.append(["path": "second.md", "mediaType": "text/markdown"]) }
    reply(id, ["artifacts": .list(artifacts)])
}

/// Prepares what the settings say, `path` and `target`, and returns the name to tell the host.
func preparedPath(_ folder: String, _ settings: Value) -> String? {
    guard let path = settings["path"]?.text else { return nil }
    let target = settings["target"]?.text ?? "/nowhere"
    switch mode {
    case "artifact-swapped":
        // The host has told the folder; now it is a link.
        rename(folder, folder + ".moved")
        symlink(target, folder)
    case "artifact-hard-link": link(target, folder + "/" + path)
    case "artifact-inner-link": symlink(target, folder + "/" + FilePathName.first(path))
    default:
        // A plain file under that name, in a folder if there is one in it.
        if path.utf8.contains(UInt8(ascii: "/")) { mkdir(folder + "/" + FilePathName.first(path), 0o755) }
        fopen(folder + "/" + path, "w").map { _ = fclose($0) }
    }
    return path
}

nonisolated(unsafe) var pagesSent = 0

/// Three pages of two rows; the lying source says there were seven rows.
func answerPage(_ id: Value) {
    let first = pagesSent * 2
    if mode == "source-dies", pagesSent == 1 { exit(5) }
    if mode == "source-silent", pagesSent == 1 { sleepForever() }
    pagesSent += 1
    if mode == "source-endless" {
        let cells: Value = [[.text("L\(first)")], ["1.00"]]
        return reply(id, ["seq": .integer(pagesSent - 1), "rows": 1, "done": false, "columns": cells])
    }
    var page: Record = [
        "seq": .integer(mode == "source-gap" ? pagesSent : pagesSent - 1), "rows": 2, "done": .boolean(pagesSent == 3),
        "columns": [
            [.text("L\(first)"), .text("L\(first + 1)")],
            mode == "source-uneven" ? ["1.00"] : mode == "source-wrong-type" ? ["much", [:]] : ["1.00", "2.50"],
        ],
    ]
    if mode == "source-too-many" {
        let cells = Value.list(Array(repeating: .null, count: 10_001))
        page = ["seq": 0, "rows": 10_001, "columns": [cells, cells], "done": true]
    }
    if pagesSent == 3 { page["totalRows"] = mode == "source-lies" ? 7 : 6 }
    reply(id, .record(page))
}

enum FilePathName {
    static func first(_ path: String) -> String { String(decoding: path.utf8.prefix { $0 != 0x2F }, as: UTF8.self) }
    static func last(_ path: String) -> String { String(path.split(separator: "/").last ?? "x") }
}

func answer(_ message: Value) {
    let (id, params) = (message["id"] ?? .null, message["params"] ?? .null)
    switch message["method"]?.text {
    case "initialize":
        if mode == "silent" { sleepForever() }
        if mode == "artifact-link-first" {
            // Before the host makes the folder of the step.
            symlink("/proc/self", (getenv("TMPDIR").map { String(cString: $0) } ?? "") + "/paper")
        }
        if mode == "slow-start" { usleep(50_000) }
        if mode == "byte-order-mark" { send("\u{FEFF}") }
        if mode == "refuse" { exit(3) }
        reply(id, .record(manifest))
    case "config/validate":
        if mode == "exit-during-validate" { exit(6) }
        if mode == "progress-in-validate" { showProgress(.max) }
        var secret = mode == "bad-settings-secret" ? ": \(params["config"]?["token"]?.text ?? "")" : ""
        if mode == "bad-settings-long" { secret = String(repeating: "!", count: 100_000) }
        let diagnostics: Value =
            mode.hasPrefix("bad-settings")
            ? [
                [
                    "severity": "error", "code": "x", "message": ["zh": "不行", "en": .text("no good" + secret)],
                    "pointer": "/depth/er",
                ]
            ]
            : []
        if mode == "closes-after-validate" { close(0) }
        reply(id, ["diagnostics": diagnostics])
        if mode == "closes-after-validate" { sleepForever() }
    case "rules/list" where mode == "progress-in-rules": showProgress(.max)
    case "rules/list" where mode == "names-rules":
        let name = params["config"]?["rule"] ?? .null
        reply(id, ["rules": [["id": name, "severity": "info", "title": "t"]]])
    case "scorer/score": answerScore(id, params)
    case "renderer/render": answerRender(id, params)
    case "source/open" where mode == "source-wide": reply(id, ["tables": wideTables(params["config"] ?? .null)])
    case "source/open" where mode == "source-fields":
        reply(id, ["tables": [], "fields": [["field": "/fields/project/name", "value": "ours"]]])
    case "source/open":
        reply(
            id,
            [
                "tables": [
                    [
                        "schema": [
                            "name": "lines", "columns": [["name": "id"], ["name": "amount", "type": "decimal"]],
                        ], "stream": "s",
                    ]
                ]
            ]
        )
    case "stream/next": answerPage(id)
    case "shutdown":
        if mode == "never-ends" { sleepForever() }
        reply(id, [:])
        if mode == "talks-after-shutdown" {
            signal(SIGTERM, SIG_IGN)
            while true { send("and another thing\n") }
        }
    default: break
    }
}

if mode == "exit-at-once" { exit(4) }
if mode == "reads-to-end" { while readLine() != nil {} }
if CommandLine.arguments.contains("--plugin-manifest") {
    print(String(decoding: JSONWriter.line(.record(manifest)), as: UTF8.self))
    exit(0)
}
while let line = readLine(strippingNewline: true) {
    if let message = try? JSONReader.read(Array(line.utf8)) { answer(message) }
}
if mode == "grandchild-after-end" || mode == "ignore-end" { sleepForever() }
