internal import JSONDocument
internal import PluginRuntime
internal import PluginWire
internal import ReviewModel

/// What a step answered, and what it asked for that.
struct KeptAnswer: Sendable {
    /// The questions that it asked while it worked, each with the checksum of its answer.
    var questions: [(question: DossierReads.Question, digest: String)]
    /// As the answer crosses the wire.
    var answer: Value
    /// The files that it wrote, by path, with their checksums.
    var files: [(path: String, sum: String)]

    /// Answers to the same call that differ by what was asked.
    static let most = 4
    /// Some levels more than a line of the wire may have.
    private static let maximumDepth = 80
    /// Of the form that answers are kept in.
    static let version = "1"

    static func list(_ bytes: [UInt8]) -> [KeptAnswer] {
        guard let value = try? JSONReader.read(bytes, maximumDepth: maximumDepth), let answers = value["answers"]?.list
        else {
            return []
        }
        return answers.compactMap(KeptAnswer.init)
    }

    static func bytes(_ answers: [KeptAnswer]) -> [UInt8] {
        JSONWriter.line(["answers": .list(answers.prefix(most).map(\.value))])
    }

    private init?(_ value: Value) {
        guard let answer = value["answer"] else { return nil }
        var questions: [(DossierReads.Question, String)] = []
        for item in value["questions"]?.list ?? [] {
            guard let question = DossierReads.Question(item), let digest = item["digest"]?.text else { return nil }
            questions.append((question, digest))
        }
        var files: [(String, String)] = []
        for item in value["files"]?.list ?? [] {
            guard let path = item["path"]?.text, let sum = item["sha256"]?.text else { return nil }
            files.append((path, sum))
        }
        self.init(questions: questions, answer: answer, files: files)
    }

    init(
        questions: [(question: DossierReads.Question, digest: String)],
        answer: Value,
        files: [(path: String, sum: String)]
    ) { (self.questions, self.answer, self.files) = (questions, answer, files) }

    private var value: Value {
        let asked = questions.map { question, digest -> Value in
            var record = question.record
            record["digest"] = .text(digest)
            return .record(record)
        }
        let written = files.map { path, sum -> Value in ["path": .text(path), "sha256": .text(sum)] }
        return ["questions": .list(asked), "files": .list(written), "answer": answer]
    }
}

extension DossierReads.Question {
    fileprivate init?(_ value: Value) {
        if let sql = value["sql"] {
            let log = DiagnosticLog()
            guard sql.text != nil, let question = DossierQuestion(wire: ValueReader(value, log: log)), !log.hasErrors
            else { return nil }
            self = .query(question.sql, parameters: question.parameters, cells: question.cells)
        } else if let table = value["table"]?.text {
            self = .table(table, columns: value["columns"]?.list.map { $0.compactMap(\.text) })
        } else {
            self = .tables
        }
    }

    fileprivate var record: Record {
        switch self {
        case .tables: return Record()
        case .table(let name, let columns):
            var record: Record = ["table": .text(name)]
            if let columns { record["columns"] = Value(columns) }
            return record
        case .query(let sql, let parameters, let cells):
            let question = DossierQuestion(parent: 0, sql: sql, parameters: parameters, cells: cells)
            return question.wire.record ?? Record()
        }
    }

    /// How people are told of it.
    package var words: String {
        switch self {
        case .tables: "dossier/tables"
        case .table(let name, _): name
        case .query(let sql, _, _):
            sql.utf8.count <= 80 ? sql : String(decoding: sql.utf8.prefix(77), as: UTF8.self) + "…"
        }
    }
}
