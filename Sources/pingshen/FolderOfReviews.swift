internal import ArgumentParser
internal import LocalFiles
internal import Portfolio
internal import ReviewFile
internal import ReviewModel
internal import ReviewPipeline

/// More entries nobody reviews in one go.
private let mostBatchBytes = 64 << 20

/// The folders of a folder that have a review which counts, in the order of their names.
func reviews(in folder: String, only ids: Set<String>?, _ told: [BatchEntry]) -> [String] {
    // What lies there of an earlier time is no review of a spec that has mistakes now.
    let past = Set(told.filter { !statesWithReview.contains($0.state) }.map(\.id))
    return FileSystem.names(in: folder).sorted().filter { name in
        if isNoText(name, in: folder) { return true }
        return (ids?.contains(name) ?? !past.contains(name)) && FileSystem.exists("\(folder)/\(name)/review.json")
    }
}

/// Whether a folder's name is no UTF-8, so that nothing in it can be asked for by name.
private func isNoText(_ name: String, in folder: String) -> Bool {
    name.unicodeScalars.contains("\u{FFFD}") && !FileSystem.mayExist("\(folder)/\(name)")
}

/// Adds the reviews of a folder in the order of their names; returns those, and how many could not be read.
func readReviews(
    _ found: [String],
    _ told: [BatchEntry],
    _ folder: String,
    _ target: String,
    into builder: inout PortfolioBuilder,
    _ locale: Locale
) async throws -> (folders: [(id: String, name: String)], unreadable: Int) {
    var (settled, unreadable, folders) = (Set<String>(), 0, [(id: String, name: String)]())
    try await readAhead(found, in: folder) { name, read in
        if isNoText(name, in: folder) {
            unreadable += 1
            Terminal.error(noText(folder, name)(locale))
            return
        }
        let link = relativePath(from: target, to: "\(folder)/\(name)")
        do throws(ReviewFileError) {
            let recorded = try read.get()
            let id = recorded.review.id
            guard !builder.has(id) else {
                throw ReviewFileError(path: "\(folder)/\(name)/review.json", message: doubled(id))
            }
            settled.insert(id)
            builder.add(recorded, link: link)
            folders.append((id, name))
        } catch {
            unreadable += 1
            settled.insert(name)
            Terminal.error("\(error.path): \(error.message(locale))")
            let state = Portfolio.State.unreadable.rawValue
            builder.add(id: name, state: state, message: error.message(locale), link: link + "/review.json")
        }
    }
    let told = told.filter { !settled.contains($0.id) }
    for entry in told {
        // Somebody has taken it away, or lost it; its amounts are in no sum.
        let isGone = statesWithReview.contains(entry.state)
        if isGone {
            unreadable += 1
            Terminal.error("\(folder)/\(entry.id): \(isNotThere(locale))")
        }
        builder.add(
            id: entry.id,
            state: isGone ? Portfolio.State.unreadable.rawValue : entry.state,
            message: isGone ? isNotThere(locale) : entry.message,
            link: nil
        )
    }
    guard found.count + told.count > 0 else {
        Terminal.error(noReviews(folder)(locale))
        throw ExitCode.usage
    }
    return (folders, unreadable)
}

/// Hands the reviews to `take` in the order of `names`; the next ones are read side by side meanwhile.
private func readAhead(
    _ names: [String],
    in folder: String,
    _ take: (_ name: String, _ read: Swift.Result<RecordedReview, ReviewFileError>) -> Void
) async throws {
    let shares = stride(from: 0, to: names.count, by: heldReviews / 2).map { start in
        Array(names[start..<min(start + heldReviews / 2, names.count)])
    }
    try await withThrowingTaskGroup(of: [Swift.Result<RecordedReview, ReviewFileError>].self) { group in
        for (position, share) in shares.enumerated() {
            if position == 0 { group.addTask { try await read(share, in: folder) } }
            guard let reviews = try await group.next() else { return }
            if position + 1 < shares.count { group.addTask { try await read(shares[position + 1], in: folder) } }
            for (name, review) in zip(share, reviews) { take(name, review) }
        }
    }
}

private func read(
    _ names: [String],
    in folder: String
) async throws -> [Swift.Result<RecordedReview, ReviewFileError>] {
    try await sideBySide(names) { name in
        do throws(ReviewFileError) {
            return .success(try readReview("\(folder)/\(name)", without: PortfolioBuilder.unread))
        } catch { return .failure(error) }
    }
}

/// Reviews that are held at once: some have 50 MB.
private let heldReviews = 32

/// What a batch calls the reviews whose folder it has written, or found as it would be written.
let statesWithReview: Set<String> = ["done", "incomplete", "unchanged"]

/// What a batch tells of a review.
typealias BatchEntry = (id: String, state: String, message: String)

/// The reviews that a batch tells of.
func batchEntries(_ folder: String, _ locale: Locale) throws -> [BatchEntry] {
    let path = "\(folder)/\(batchFolder)/batch.json"
    guard FileSystem.exists(path) else { return [] }
    let bytes = try FileSystem.read(path, atMost: mostBatchBytes)
    guard let value = try? JSONReader.read(bytes), value["schema"]?.text == "pingshen.batch/1",
        let reviews = value["reviews"]?.list
    else {
        Terminal.error(notABatch(path)(locale))
        throw ExitCode.usage
    }
    return reviews.compactMap { review in
        // Of a spec that cannot be read nobody knows the id.
        let names = [review["id"]?.text, review["spec"]?.text].compactMap(\.self)
        guard let id = names.first(where: { !$0.isEmpty }) else { return nil }
        let message = review["message"].flatMap { $0.text ?? $0[locale.rawValue]?.text } ?? ""
        return (id, review["state"]?.text ?? "", message)
    }
}

// MARK: - Messages

private let isNotThere = LocalizedText(
    zh: "batch.json 中有这个评审，但它的文件夹不在了",
    en: "batch.json tells of this review, and its folder is not there any more"
)

private func doubled(_ id: String) -> LocalizedText {
    LocalizedText(
        zh: "评审\"\(id)\"已在另一个文件夹中，此处不再计入；请移走其中一个",
        en: "the review \"\(id)\" stands in another folder, too, and is counted once; move one of them away"
    )
}

private func noText(_ folder: String, _ name: String) -> LocalizedText {
    LocalizedText(
        zh: "\(folder) 中的 \(quoted(name)) 的名称不是 UTF-8 文本，未能查看，其中若有评审则没有汇总；请改名后重新汇总",
        en:
            "\(quoted(name)) in \(folder) has a name that is no UTF-8 text; it was not looked into, and a review in it is not summed "
            + "up: rename it, and run it again"
    )
}

private func noReviews(_ folder: String) -> LocalizedText {
    LocalizedText(
        zh: "\(folder) 中没有评审：应为 `pingshen run --out` 写入的文件夹，其下每个评审一个文件夹，内有 review.json",
        en:
            "there is no review in \(folder); it should be a folder that `pingshen run --out` writes to, with a folder for each "
            + "review and review.json in it"
    )
}

private func notABatch(_ path: String) -> LocalizedText {
    LocalizedText(
        zh: "\(path) 不是批次记录（pingshen.batch/1）；请重新运行 pingshen batch，或移走该文件",
        en: "\(path) is no record of a batch (pingshen.batch/1); run `pingshen batch` anew, or move it away"
    )
}
