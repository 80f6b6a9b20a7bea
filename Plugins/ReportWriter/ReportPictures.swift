import ReportDocument
import ReportTemplate
import ReviewModel

/// Pictures of a report that cannot be printed: marks on its pages that nobody may sign over.
struct ReportPictures {
    struct Lost {
        var placed: PlacedPicture
        var mistake: PictureFile.Mistake
    }

    /// Each file once, at the first place that names it.
    let lost: [Lost]

    init(_ pictures: [PlacedPicture]) {
        var paths = Set<String>()
        lost = pictures.filter { paths.insert($0.picture.path).inserted }.compactMap { placed in
            do throws(PictureFile.Mistake) {
                _ = try PictureFile(path: placed.picture.path)
                return nil
            } catch { return Lost(placed: placed, mistake: error) }
        }
    }

    var findings: [Finding] {
        lost.map { lost in
            Finding(
                rule: "report/picture",
                severity: .blocker,
                message: cannotShow(lost),
                subject: lost.placed.picture.alternative,
                pointers: [JSONPointer(["config"] + lost.placed.pointer.tokens)],
                hint: giveAnother
            )
        }
    }

    /// The document with a mark in place of each, so that no format prints less than another.
    func marked(_ document: Document) -> Document {
        if lost.isEmpty { return document }
        let paths = Set(lost.map(\.placed.picture.path))
        var document = document
        for section in document.sections.indices {
            for index in document.sections[section].blocks.indices {
                guard case .picture(let picture) = document.sections[section].blocks[index],
                    paths.contains(picture.path)
                else { continue }
                let name = picture.alternative.isEmpty ? fileName(picture.path) : picture.alternative
                let caption = picture.caption.isEmpty ? [] : [.lineBreak] + picture.caption
                document.sections[section].blocks[index] =
                    .paragraph(Paragraph(style: .centred, runs: [.missing(name)] + caption))
            }
        }
        return document
    }
}

private func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

// MARK: - Messages

private func cannotShow(_ lost: ReportPictures.Lost) -> LocalizedText {
    let (limit, side) = (PictureFile.limit >> 20, PictureHeader.maximumSide)
    let reason =
        switch lost.mistake {
        case .unreadable: LocalizedText(zh: "文件无法读取", en: "it cannot be read")
        case .tooLarge: LocalizedText(zh: "文件超过 \(limit) MB", en: "it has more than \(limit) MB")
        case .notAPicture: LocalizedText(zh: "不是完整的 PNG 或 JPEG 图片", en: "it is no whole PNG or JPEG picture")
        case .tooManyDots:
            LocalizedText(zh: "每边最多 \(side) 像素", en: "a side may have at most \(side) pixels")
        }
    let picture = lost.placed.picture
    return LocalizedText(
        zh: "图片\(quoted(picture.alternative))（\(fileName(picture.path))）无法印出：\(reason.zh)",
        en: "the picture \(quoted(picture.alternative)) (\(fileName(picture.path))) cannot be printed: \(reason.en)"
    )
}

private let giveAnother = LocalizedText(
    zh: "请换成 PNG 或 JPEG 图片（不超过 \(PictureFile.limit >> 20) MB），或删去这一块",
    en: "give a PNG or JPEG file of at most \(PictureFile.limit >> 20) MB, or leave the block out"
)
