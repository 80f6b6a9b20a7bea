internal import Glibc
internal import PreviewWire
internal import ReviewFile
internal import ReviewModel
internal import ReviewPipeline

/// A review that is shown.
struct ShownReview: Sendable {
    var name: String
    var verdict: LocalizedText?
    var counts: [Severity: Int]
    var findings: [LocatedFinding]
    var isWhole: Bool
    /// When it was made.
    var time: String
    /// Whether the spec has been changed since, and could not be reviewed.
    var isEarlier = false
    var folder: String
    var files: [File]
    /// The first version that has shown it.
    var version: Int

    /// A file of the review, by its path in the folder.
    struct File: Sendable {
        var path: String
        var mediaType: String

        /// Whether browsers show it as a page.
        var isPage: Bool { mediaType.hasPrefix("text/html") }
    }

    init(_ outcome: ReviewOutcome, version: Int, time: String) {
        let files = outcome.artifacts.map { File(path: $0.path, mediaType: $0.mediaType) }
        self.init(
            review: outcome.review,
            isWhole: outcome.isWhole,
            folder: outcome.folder,
            files: files + [File(path: "review.json", mediaType: "application/json")],
            version: version,
            time: time
        )
    }

    init(review: Review, isWhole: Bool, folder: String, files: [File], version: Int, time: String) {
        name = review.project["name"]?.text ?? review.id
        verdict = review.verdict?.name
        findings = review.openFindings
        counts = findings.reduce(into: [:]) { $0[$1.finding.severity, default: 0] += 1 }
        (self.isWhole, self.folder, self.files, self.version, self.time) = (isWhole, folder, files, version, time)
    }

    /// What is served of it.
    var pages: [ServedPage] {
        files.map { file in
            let isText = file.mediaType.hasPrefix("text/") && !file.isPage
            let type = isText ? "text/plain; charset=utf-8" : file.mediaType
            return ServedPage("review/" + file.path, type, .file(folder + "/" + file.path), .shown)
        }
    }

    /// Its pages, each report with the page of its findings beside it: `findings.html` is that of `report.html`, and
    /// `NAME-findings.html` that of `NAME.html`.
    var spreads: [Spread] {
        var rest = files.filter(\.isPage).map(\.path)
        let reports = rest.filter { !$0.isOfFindings }
        var spreads: [Spread] = []
        for report in reports {
            let stem = String(report.dropLast(report.hasSuffix(".html") ? 5 : 0))
            let partner = stem == "report" ? "findings.html" : stem + "-findings.html"
            rest.removeAll { $0 == report || $0 == partner }
            let isThere = files.contains { $0.path == partner && $0.isPage }
            spreads.append(Spread(report: report, findings: isThere ? partner : nil))
        }
        // What belongs to no report stands beside the only one that has none, or by itself.
        for page in rest {
            if spreads.count == 1, spreads[0].findings == nil {
                spreads[0].findings = page
            } else {
                spreads.append(Spread(report: page, findings: nil))
            }
        }
        return spreads
    }

    /// Two pages that are read together.
    struct Spread: Sendable, Equatable {
        var report: String
        var findings: String?
    }
}

extension String {
    fileprivate var isOfFindings: Bool { self == "findings.html" || hasSuffix("-findings.html") }
}

/// `15:04:05`, by the clock on the wall.
func clockTime() -> String {
    var (now, parts) = (time(nil), tm())
    localtime_r(&now, &parts)
    return [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
}
