internal import ExactNumbers
public import Groundwork
internal import JSONDocument
public import ReportDocument

/// A report's outline and wording, as an office writes it in YAML. See `Docs/BUILTIN.md` for the keys.
public struct TemplateOutline: Sendable {
    public var id: String
    public var title: Wording
    /// A BCP 47 tag: `zh-CN`.
    public var language: String
    /// What the report says of itself in that language, where that is neither Chinese nor English.
    public var words: DocumentWords?
    public var properties: TemplateProperties
    /// What amounts of money print in, where nothing else is said.
    public var unit: MoneyUnit?
    /// Short wordings that texts can name: `{{unit}}`.
    public var terms: [(name: String, wording: Wording)]
    /// What readers call the areas of rules, the words before the stroke in their ids.
    public var areas: [String: LocalizedText]
    /// What a spec must give for this report.
    public var needs: [TemplateNeed]
    public var blocks: [TemplateBlock]
}

/// What a document says of itself: see `DocumentProperties`.
public struct TemplateProperties: Sendable {
    /// By the name of the property: `author`, `client`, `subject`, `number`, `issued`, `runningHead`.
    public var texts: [String: Wording] = [:]
    public var keywords: [Wording] = []
    public var pageNumbers: PageNumbers?

    static let names = ["author", "client", "subject", "number", "issued", "runningHead"]
}

/// Something that a template asks of the spec.
public struct TemplateNeed: Sendable {
    public enum Kind: String, Sendable { case field, table }

    public var kind: Kind
    /// `texts.necessity`, `visits`.
    public var name: String
    /// What it is for: 第二部分（一）.
    public var purpose: LocalizedText
    /// Whether the report cannot be signed without it.
    public var isRequired: Bool
    /// What the report says where it is not there: a statement that nobody has made.
    public var instead: LocalizedText?
    /// The table that it belongs to: without rows there, it is not wanted.
    public var table: String?
    /// Where the template says so.
    public var pointer: JSONPointer
}

/// What amounts of money print in: 元, 万元, or any other currency, in ones or in tens of it.
public struct MoneyUnit: Sendable, Hashable {
    var style: FigureForm.Style
    private var unit: FigureUnit
    /// What the template calls it, where that is not what the unit is called anyway.
    private var name: String?

    public static let yuan = MoneyUnit(.yuan, .money)
    public static let wan = MoneyUnit(.money(currency: "CNY", tens: 4), .wan)

    private init(_ unit: FigureUnit, _ style: FigureForm.Style) { (self.unit, self.style) = (unit, style) }

    /// By its word or its code: `万元`, `千欧元`, `EUR`, `EUR-thousand`; `nil` for what is no money.
    public init?(_ word: String) {
        guard let unit = FigureUnit(word: word), case .money(_, let tens) = unit else { return nil }
        switch tens {
        case 0: self.init(unit, .money)
        case 3: self.init(unit, .thousand)
        case 4: self.init(unit, .wan)
        case 6: self.init(unit, .million)
        case 8: self.init(unit, .yi)
        default: return nil
        }
    }

    /// A word or a code, or `{unit: EUR-thousand, name: k€}`; reports anything else.
    init?(_ reader: ValueReader) {
        var (written, name) = (Optional(reader), String?.none)
        if case .record = reader.value, let record = reader.record() {
            (written, name) = (record.required("unit"), record.optional("name")?.text())
            record.finish()
        }
        guard let written, let word = written.text() else { return nil }
        guard let unit = MoneyUnit(word) else {
            written.log.add(unknownMoney(word, at: written.pointer))
            return nil
        }
        self = unit
        self.name = name
    }

    /// What a report in that language calls it.
    func name(in language: TemplateLanguage) -> String {
        if let name { return name }
        guard language != .chinese, case .money("CNY", let tens) = unit else {
            return unit.name(inChinese: language == .chinese)
        }
        return switch tens {
        case 0: "yuan"
        case 3: "thousand yuan"
        case 4: "10,000 yuan"
        case 6: "million yuan"
        default: "100 million yuan"
        }
    }
}

private func unknownMoney(_ word: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "template/unknown-unit",
        message: LocalizedText(zh: "\(quoted(word))不是货币单位", en: "\(quoted(word)) is no unit of money"),
        pointer: pointer,
        help: slip(in: word, among: ["元", "千元", "万元", "百万元", "亿元"])
            ?? FigureUnit.currencies(meantBy: word).first.map { LocalizedText(zh: "请写 \($0)", en: "write \($0)") }
            ?? LocalizedText(
                zh: "可写 元、千元、万元、百万元、亿元，或其他货币的代码，如 EUR、EUR-thousand；印出的名称另写：{unit: EUR-thousand, name: k€}",
                en:
                    "write 元, 千元, 万元, 百万元, 亿元, or the code of another currency, such as EUR or EUR-thousand; what it is called in print stands beside it: {unit: EUR-thousand, name: k€}"
            )
    )
}

/// One block of a template.
public indirect enum TemplateBlock: Sendable {
    case cover([TemplateLine])
    case letterhead(LetterheadTemplate)
    case contents(title: Wording?, depth: Int)
    case heading(level: Int, text: Wording, look: HeadingLook?, isListed: Bool)
    case paragraphs(text: Wording, style: ParagraphStyle)
    /// Text with `#` headings in it, such as an attached document.
    case attached(text: Wording, level: Int)
    case table(TableTemplate)
    case chart(ChartTemplate)
    case flow(FlowTemplate)
    case picture(PictureTemplate)
    case page(PageOrientation)
    case findings(caption: Wording?)
    case signature([TemplateLine])
    case signing([SigningField], columns: Int)
    case each(Repetition, blocks: [TemplateBlock])
    case when(Condition, blocks: [TemplateBlock], otherwise: [TemplateBlock])
    /// A block that templates which extend this one, and references to its caption, call by its id.
    case named(String, TemplateBlock)
}

/// One line of a cover or a signature.
public struct TemplateLine: Sendable {
    public var text: Wording
    public var style: ParagraphStyle
}

/// What blocks or rows are repeated over.
public struct Repetition: Sendable {
    public var list: PlacedPath
    /// Names the element as a whole.
    public var alias: String?
    /// Leaves elements out; those that stay are counted anew.
    public var filter: Condition?
    /// Elements of equal values of this name become one, with `key` and `rows`.
    public var group: PlacedPath?
}

/// A caption that counts through the document: `表 2 …`.
public struct CaptionTemplate: Sendable {
    public var text: Wording?
    /// What is counted: `表`; `nil` for a caption without a number.
    public var series: String?
    /// The id of its block, by which texts refer to it.
    public var id: String?
}

public struct LetterheadTemplate: Sendable {
    public var issuer: Wording
    public var number: Wording?
    public var signer: Wording?
}

public struct PictureTemplate: Sendable {
    public var path: String
    public var pointer: JSONPointer
    public var alternative: Wording
    public var caption: CaptionTemplate
    public var width: Int
    public var alignment: CellAlignment
}

/// A place where people sign, seal or date.
public struct SigningField: Sendable {
    public var label: Wording
    public var value: Wording?
    public var kind: Signing.Kind
}

public struct FlowTemplate: Sendable {
    public var caption: CaptionTemplate
    public var steps: FlowSteps
}

/// The boxes of a flow chart.
public enum FlowSteps: Sendable {
    case written([Wording])
    case listed(PlacedPath)
}
