import Markup
import ReportDocument
import ReviewModel

/// Horizontal bars as an inline drawing, laid out for the width of a phone and scaled up elsewhere.
///
/// Every bar carries its printed value; the description repeats all values in words for readers who cannot see it.
struct SVGChart {
    let chart: Chart
    let id: String
    /// What the report's language puts between what is listed.
    let words: DocumentWords

    /// The largest value that a bar reaches.
    private let largest: ExactDecimal

    init(_ chart: Chart, id: String, words: DocumentWords) {
        self.chart = chart
        self.words = words
        self.id = id
        var largest = ExactDecimal.zero
        for bar in chart.groups.lazy.flatMap(\.bars) {
            guard let bar, let end = try? bar.base + bar.value else { continue }
            largest = max(largest, bar.base, end)
        }
        self.largest = largest
    }

    private static let width = 360
    private static let longestBar = 262
    private static let barHeight = 13
    private static let labelLine = 17

    /// How high a drawing may be: two of them fit on a page with their letters still readable.
    private static let tallest = 440

    /// The chart in one drawing, or in several below each other when its groups are many; all have the same scale.
    func drawings() -> [MarkupWriter] {
        var pieces: [[Chart.Group]] = [[]]
        var height = 26
        for group in chart.groups {
            let own = Self.height(of: group)
            if height + own > Self.tallest, pieces[pieces.count - 1].count > 0 {
                pieces.append([])
                height = 26
            }
            pieces[pieces.count - 1].append(group)
            height += own
        }
        // The last groups are shared out, so that none stands alone.
        if pieces.count > 1 {
            let size = (chart.groups.count + pieces.count - 1) / pieces.count
            let even = stride(from: 0, to: chart.groups.count, by: size).map { start in
                Array(chart.groups[start..<min(start + size, chart.groups.count)])
            }
            if even.allSatisfy({ 26 + $0.reduce(0) { $0 + Self.height(of: $1) } <= Self.tallest + 60 }) {
                pieces = even
            }
        }
        return pieces.enumerated().map { drawing($1, id: $0 == 0 ? id : "\(id)-\($0 + 1)") }
    }

    private static func height(of group: Chart.Group) -> Int {
        SVGText.wrapped(group.label, width: width / 13).count * labelLine + group.bars.count { $0 != nil } * barHeight
            + 7
    }

    private func drawing(_ groups: [Chart.Group], id: String) -> MarkupWriter {
        var (shapes, y) = (legend, 26)
        for group in groups {
            for line in SVGText.wrapped(group.label, width: Self.width / 13) {
                shapes.append("<text x=\"0\" y=\"\(y + 12)\" \(SVGLook.label)>\(escaped(line, for: .html))</text>")
                y += Self.labelLine
            }
            for (series, bar) in group.bars.enumerated() {
                guard let bar else { continue }
                let (start, end) = ends(of: bar)
                let tenths = bar.value.isZero ? 0 : max(end - start, 10)
                let length = "\(tenths / 10).\(tenths % 10)"
                shapes.append(
                    "<rect x=\"\(start / 10).\(start % 10)\" y=\"\(y)\" width=\"\(length)\" height=\"\(Self.barHeight - 2)\" \(SVGLook.bar(series))/>"
                        + "<text x=\"\((start + tenths) / 10 + 5)\" y=\"\(y + 10)\" \(SVGLook.value)>\(escaped(bar.text, for: .html))</text>"
                )
                y += Self.barHeight
            }
            y += 7
        }
        return svg("0 0 \(Self.width) \(y)", id, title: chart.caption.plainText, description(of: groups), shapes)
    }

    private var legend: [String] {
        var x = 0
        var shapes: [String] = []
        for (series, name) in chart.series.enumerated() {
            shapes.append(
                "<rect x=\"\(x)\" y=\"4\" width=\"10\" height=\"10\" \(SVGLook.bar(series))/>"
                    + "<text x=\"\(x + 14)\" y=\"13\" \(SVGLook.value)>\(escaped(name, for: .html))</text>"
            )
            x += 26 + SVGText.width(of: name) * 6
        }
        if !chart.unit.isEmpty {
            shapes.append(
                "<text x=\"\(Self.width)\" y=\"13\" \(SVGLook.value) text-anchor=\"end\">\(escaped(chart.unit, for: .html))</text>"
            )
        }
        return shapes
    }

    /// Where a bar begins and ends, in tenths of a drawing unit; the largest end takes the whole width. A negative value
    /// runs back from its base.
    private func ends(of bar: Chart.Bar) -> (start: Int, end: Int) {
        guard largest > 0, let end = try? bar.base + bar.value else { return (0, 0) }
        func tenths(_ value: ExactDecimal) -> Int {
            let share = try? (value * ExactDecimal(Self.longestBar * 10)).divided(by: largest, places: 0)
            return Swift.max(share.flatMap { Value.decimal($0).integer } ?? 0, 0)
        }
        return (tenths(min(bar.base, end)), tenths(max(bar.base, end)))
    }

    /// Whether the report is set in marks that have their own blank.
    private var isWide: Bool { words.colon == "：" }

    private func description(of groups: [Chart.Group]) -> String {
        let groups = groups.map { group in
            let values = zip(chart.series, group.bars).compactMap { name, bar in bar.map { "\(name) \($0.text)" } }
            return group.label + words.colon + (isWide ? "" : " ") + values.joined(separator: isWide ? "，" : ", ")
        }
        return ([chart.summary].filter { !$0.isEmpty } + groups).joined(separator: isWide ? "；" : "; ")
    }
}

/// Boxes below each other with arrows between them.
struct SVGFlow {
    let flow: FlowDiagram
    let id: String

    init(_ flow: FlowDiagram, id: String) {
        self.flow = flow
        self.id = id
    }

    func drawing() -> MarkupWriter {
        var (shapes, y) = ([String](), 2)
        for (position, step) in flow.steps.enumerated() {
            if position > 0 {
                shapes.append("<path d=\"M180 \(y)v13m-4 -5l4 6l4 -6\" \(SVGLook.arrow)/>")
                y += 17
            }
            let lines = SVGText.wrapped(step, width: 20)
            let height = 16 + lines.count * 19
            shapes.append("<rect x=\"30\" y=\"\(y)\" width=\"300\" height=\"\(height)\" rx=\"3\" \(SVGLook.box)/>")
            for (line, text) in lines.enumerated() {
                let place = "x=\"180\" y=\"\(y + 23 + line * 19)\""
                shapes.append(
                    "<text \(place) \(SVGLook.step) text-anchor=\"middle\">\(escaped(text, for: .html))</text>"
                )
            }
            y += height
        }
        let description = flow.steps.joined(separator: " → ")
        return svg("0 0 360 \(y + 2)", id, class: "flow", title: flow.caption.plainText, description, shapes)
    }
}

/// A drawing with its title and description for readers who cannot see it.
private func svg(
    _ viewBox: String,
    _ id: String,
    class name: String = "",
    title: String,
    _ description: String,
    _ shapes: [String]
) -> MarkupWriter {
    var drawing = MarkupWriter(.html)
    drawing.raw(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" font-family=\"\(SVGLook.face)\" viewBox=\"\(viewBox)\" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\""
    )
    if !name.isEmpty { drawing.attribute("class", name) }
    drawing.raw(">\n")
    drawing.element("title", ["id": id + "-t"], text: title)
    drawing.raw("\n")
    drawing.element("desc", ["id": id + "-d"], text: description)
    drawing.raw("\n")
    drawing.raw(shapes.joined(separator: "\n"))
    drawing.raw("\n</svg>")
    return drawing
}

/// How the parts of a drawing look by themselves, so that a drawing taken out of its page is still what it was. The page's style
/// goes before it where a screen is dark.
private enum SVGLook {
    static let face = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
    static let label = "class=\"label\" font-size=\"12.5\" fill=\"#1a1c1f\""
    static let value = "class=\"value\" font-size=\"11\" fill=\"#5c6370\""
    static let step = "class=\"step\" font-size=\"14\" fill=\"#1a1c1f\""
    static let box = "class=\"box\" fill=\"#f1f3f5\" stroke=\"#9aa1ab\""
    static let arrow = "class=\"arrow\" fill=\"none\" stroke=\"#1a1c1f\" stroke-width=\"1.2\""
    private static let bars = ["#8b96a5", "#b3261e", "#2f6f9f"]

    static func bar(_ series: Int) -> String {
        "class=\"bar s\(series % bars.count)\" fill=\"\(bars[series % bars.count])\""
    }
}

/// Text inside a drawing, which has to break its own lines.
enum SVGText {
    /// In halves of a Chinese character.
    static func width(of text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.isIdeographic ? 2 : 1) }
    }

    /// Lines of at most `width` Chinese characters.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var (lines, line, used) = ([String](), "", 0)
        for character in text {
            let size = character.unicodeScalars.first?.isIdeographic == true ? 2 : 1
            // Closing punctuation may hang over the edge rather than begin a line.
            if used + size > width * 2, !"，。；、）》”".contains(character) {
                lines.append(line)
                (line, used) = ("", 0)
            }
            line.append(character)
            used += size
        }
        return lines + [line]
    }
}
