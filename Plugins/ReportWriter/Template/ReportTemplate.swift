import ReviewModel

/// A report's outline and wording, as a town writes it in YAML. See `Docs/SPEC.md` for the keys.
struct ReportTemplate: Sendable {
    var id: String
    var title: Wording
    /// A BCP 47 tag: `zh-CN`.
    var language: String
    /// Short wordings that texts can name: `{{unit}}`.
    var terms: [(name: String, wording: Wording)]
    var blocks: [TemplateBlock]
}

/// One block of a template.
indirect enum TemplateBlock: Sendable {
    case cover([TemplateLine])
    case contents(title: Wording?, depth: Int)
    case heading(level: Int, text: Wording, look: HeadingLook?, isListed: Bool)
    case paragraphs(text: Wording, style: ParagraphStyle)
    /// Text with `#` headings in it, such as an attached document.
    case attached(text: Wording, level: Int)
    case table(TableTemplate)
    case chart(ChartTemplate)
    case flow(caption: Wording, steps: FlowSteps)
    case page(PageOrientation)
    case findings(caption: Wording?)
    case signature([TemplateLine])
    case each(ListPath, alias: String?, blocks: [TemplateBlock])
    case when(Condition, blocks: [TemplateBlock], otherwise: [TemplateBlock])
}

/// One line of a cover or a signature.
struct TemplateLine: Sendable {
    var text: Wording
    var style: ParagraphStyle
}

/// The boxes of a flow chart.
enum FlowSteps: Sendable {
    case written([Wording])
    case listed(ListPath)
}

/// Whether something of the model is there: a non-empty list or record, a text, a figure, a true flag.
struct Condition: Sendable {
    var path: ListPath
    /// `unless` instead of `when`.
    var negated: Bool

    func holds(in scope: Scope) -> Bool {
        (path.node(in: scope)?.isPresent ?? false) != negated
    }
}
