import Glibc
import ReviewModel

// Too much of what is allowed.

/// Sends so many signs of life, one every twentieth of a second.
func showProgress(_ count: Int) {
    for done in 0..<count {
        send("{\"jsonrpc\":\"2.0\",\"method\":\"$/progress\",\"params\":{\"done\":\(done)}}\n")
        usleep(50_000)
    }
}

/// Says so many lines of a hundred characters, as log messages or as prints that are no messages at all.
func talk(_ mode: String, lines: Int) {
    let text = String(repeating: "x", count: 100)
    let level = mode == "logs-debug" ? "debug" : "warning"
    let log: Value = [
        "jsonrpc": "2.0", "method": "$/log", "params": ["level": .text(level), "message": .text(text)],
    ]
    let line = mode == "prints-much" ? text : String(decoding: JSONWriter.line(log), as: UTF8.self)
    for _ in 0..<lines { send(line + "\n") }
    // Something that matters comes after a flood of what does not.
    if mode == "logs-debug" {
        send("{\"jsonrpc\":\"2.0\",\"method\":\"$/log\",\"params\":{\"level\":\"error\",\"message\":\"it matters\"}}\n")
    }
}

/// Writes `files` files of `bytes` bytes, whose names begin with `prefix`, and returns what to tell the host of them.
func writeMany(_ folder: String, _ settings: Value) -> Value {
    let (prefix, bytes) = (settings["prefix"]?.text ?? "page", settings["bytes"]?.integer ?? 0)
    let artifacts = (0..<(settings["files"]?.integer ?? 0)).map { index in
        let name = "\(prefix)-\(index).md"
        if let file = fopen(folder + "/" + name, "w") {
            fputs(String(repeating: "x", count: bytes), file)
            fclose(file)
        }
        return ["path": .text(name), "mediaType": "text/markdown"] as Value
    }
    return .list(artifacts)
}

/// Opens a table again and again and reads none of them; returns how often that went well, and why it did not any more.
func openUntilRefused(_ parent: Value) -> String {
    for count in 0..<5000 {
        let answer = ask("dossier/read", ["parent": parent, "table": "lines"])
        if let message = answer["message"]?.text { return "\(count): \(message)" }
    }
    return "never refused"
}

/// As many empty tables as the settings say, with as many columns.
func wideTables(_ settings: Value) -> Value {
    let columns = (0..<(settings["columns"]?.integer ?? 1)).map { ["name": .text("c\($0)")] as Value }
    let tables = (0..<(settings["tables"]?.integer ?? 1)).map { index in
        [
            "schema": ["name": .text("t\(index)"), "columns": .list(columns)],
            "page": ["seq": 0, "rows": 0, "columns": .list(columns.map { _ in [] }), "done": true],
        ] as Value
    }
    return .list(tables)
}
