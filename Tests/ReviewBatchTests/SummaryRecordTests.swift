import ReviewBatch
import Testing

@testable import LocalFiles

@Suite("A summary")
struct SummaryRecordTests {
    private let folder: String
    private let review: String
    private let page: String

    init() throws {
        folder = try FileSystem.makeTemporaryFolder(prefix: "/tmp/pingshen-summary-record-")
        (review, page) = (folder + "/review.json", folder + "/index.html")
        try FileSystem.write(Array("{}".utf8), to: review)
        try FileSystem.write(Array("<p>".utf8), to: page)
    }

    private func record(_ words: [String] = ["zh"], reviews: [String]? = nil) -> SummaryRecord {
        SummaryRecord(in: folder, reviews: reviews ?? [review], words: words)
    }

    @Test("that was never made does not stand; once made, it stands while its reviews are the same")
    func stands() throws {
        defer { FileSystem.tidyAway(folder) }
        #expect(record().standing == nil)
        record().keep([page])
        #expect(record().standing == [page])
        try FileSystem.write(Array("{ }".utf8), to: review)
        #expect(record().standing == nil)
    }

    @Test("does not stand where a review more or less counts, in another language, or when a file of it was changed")
    func changed() throws {
        defer { FileSystem.tidyAway(folder) }
        record().keep([page])
        #expect(record(reviews: []).standing == nil)
        #expect(record(reviews: [review, folder + "/other.json"]).standing == nil)
        #expect(record(["en"]).standing == nil)
        try FileSystem.write(Array("<p>signed".utf8), to: page)
        #expect(record().standing == nil)
        FileSystem.remove(page)
        #expect(record().standing == nil)
    }

    @Test("whose record is no record is made again")
    func damaged() throws {
        defer { FileSystem.tidyAway(folder) }
        record().keep([page])
        try FileSystem.write(Array("{\"version\":1,\"files\":[]}".utf8), to: folder + "/.cache/summary")
        #expect(record().standing == nil)
        record().keep([])
        #expect(record().standing == nil)
    }
}
