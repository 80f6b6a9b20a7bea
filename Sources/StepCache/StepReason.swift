package import ReviewModel

/// Why a step was taken, or need not be.
package enum StepReason: Sendable, Hashable {
    /// An earlier answer stands.
    case kept
    /// It was never taken before, or what it answered was not kept.
    case noRecord
    /// Its plugin does not say that equal calls have equal answers.
    case notRepeatable(plugin: String)
    /// The first thing that is not as it was.
    case changed(StepPart.Kind, name: String, piece: String, row: Int?)

    /// What differs between what a step was made from and what it would be made from now; `nil` where nothing does.
    static func difference(_ earlier: [StepPart], _ now: [StepPart]) -> StepReason? {
        func isSame(_ one: StepPart, _ other: StepPart) -> Bool { one.kind == other.kind && one.name == other.name }
        for part in now {
            guard let before = earlier.first(where: { isSame($0, part) }) else {
                return .changed(part.kind, name: part.name, piece: "", row: nil)
            }
            if before.digest != part.digest { return change(before, part) }
        }
        let gone = earlier.first { part in !now.contains { isSame($0, part) } }
        return gone.map { .changed($0.kind, name: $0.name, piece: "", row: nil) }
    }

    private static func change(_ before: StepPart, _ now: StepPart) -> StepReason {
        let known = Dictionary(before.pieces.map { ($0.name, $0) }) { first, _ in first }
        for piece in now.pieces {
            guard let earlier = known[piece.name] else {
                return .changed(now.kind, name: now.name, piece: piece.name, row: nil)
            }
            if earlier.digest.prefix(16) == piece.digest.prefix(16) { continue }
            return .changed(now.kind, name: now.name, piece: piece.name, row: row(earlier.cells, piece.cells))
        }
        let left = Set(now.pieces.map(\.name))
        let gone = before.pieces.first { !left.contains($0.name) }
        return .changed(now.kind, name: now.name, piece: gone?.name ?? "", row: nil)
    }

    /// The first row that differs, counted from 0.
    private static func row(_ earlier: [UInt32]?, _ now: [UInt32]?) -> Int? {
        guard let earlier, let now else { return nil }
        if let row = zip(earlier, now).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset {
            return row
        }
        return earlier.count == now.count ? nil : min(earlier.count, now.count)
    }
}

// MARK: - Messages

extension StepReason {
    /// In a sentence about the step.
    package func sentence(_ step: String) -> LocalizedText {
        let reason = self.reason
        let zh = self == .kept ? "步骤\(quoted(step))：\(reason.zh)" : "步骤\(quoted(step))重新执行：\(reason.zh)"
        let en =
            self == .kept ? "step \(quoted(step)): \(reason.en)" : "step \(quoted(step)) is taken again: \(reason.en)"
        return LocalizedText(zh: zh, en: en)
    }

    private var reason: LocalizedText {
        switch self {
        case .kept: LocalizedText(zh: "沿用上次的结果", en: "the earlier answer stands")
        case .noRecord: LocalizedText(zh: "没有保存的结果", en: "no answer is on record")
        case .notRepeatable(let plugin):
            LocalizedText(
                zh: "插件\(quoted(plugin))没有声明 repeatable，其结果不保存",
                en: "the plugin \(quoted(plugin)) does not say \"repeatable\", so its answers are not kept"
            )
        case .changed(let kind, let name, let piece, let row): changedPart(kind, name, piece, row)
        }
    }
}

private func changedPart(_ kind: StepPart.Kind, _ name: String, _ piece: String, _ row: Int?) -> LocalizedText {
    switch kind {
    case .host: LocalizedText(zh: "pingshen 本身已更换", en: "pingshen itself is another")
    case .program: LocalizedText(zh: "插件\(quoted(name))已更换", en: "the plugin \(quoted(name)) is another")
    case .environment:
        LocalizedText(
            zh: "交给插件的环境变量不同（PATH、LANG、TZ、LC_*）",
            en: "the variables that plugins get differ (PATH, LANG, TZ, LC_*)"
        )
    case .sandbox: LocalizedText(zh: "--sandbox 不同", en: "--sandbox differs")
    case .role: LocalizedText(zh: "use 指的角色不同", en: "it uses another role")
    case .locale: LocalizedText(zh: "语言不同", en: "the language differs")
    case .settings: LocalizedText(zh: "设置（with）已被改动", en: "its settings (with) were changed")
    case .file: LocalizedText(zh: "\(name) 已被改动", en: "\(name) was changed")
    case .form: LocalizedText(zh: "form 已被改动", en: "the form was changed")
    case .rules: LocalizedText(zh: "rules 已被改动", en: "rules were changed")
    case .fields: LocalizedText(zh: "字段 \(piece) 已被改动", en: "the field \(piece) was changed")
    case .table: changedTable(name, piece, row)
    case .prior: LocalizedText(zh: "步骤\(quoted(name))的结果不同", en: "the step \(quoted(name)) has another result")
    case .review: LocalizedText(zh: "评审的 \(piece) 不同", en: "\(piece) of the review differ")
    case .formats: LocalizedText(zh: "要写的格式不同", en: "other formats are wanted")
    case .taken: LocalizedText(zh: "它所用的文件 \(name) 不同", en: "the file \(name) that it takes is another")
    case .question: LocalizedText(zh: "查询的结果不同：\(name)", en: "a query has another answer: \(name)")
    }
}

private func changedTable(_ name: String, _ column: String, _ row: Int?) -> LocalizedText {
    if column.isEmpty { return LocalizedText(zh: "表 \(name) 不同", en: "the table \(name) is another") }
    let zh = row.map { " 第 \($0 + 1) 行" } ?? ""
    let en = row.map { ", row \($0 + 1)" } ?? ""
    return LocalizedText(
        zh: "表 \(name) 的列 \(column)\(zh)已被改动",
        en: "table \(name), column \(column)\(en) was changed"
    )
}
