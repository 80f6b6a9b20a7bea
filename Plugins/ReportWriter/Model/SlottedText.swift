import Mustache
import ReviewModel

/// A text of the dossier with Mustache slots, rendered when it is printed, once.
///
/// A text that prints itself, directly or through another, shows a mark where the circle closes.
final class SlottedText {
    private let wording: Wording
    private let scope: Scope
    private var state = State.fresh

    private enum State {
        case fresh, rendering
        case done(String)
    }

    init(_ wording: Wording, scope: Scope) {
        self.wording = wording
        self.scope = scope
    }

    var text: String {
        switch state {
        case .done(let text): return text
        case .rendering: return MissingName(name: circle(wording.pointer.dotted)).renderText
        case .fresh:
            state = .rendering
            let text = wording.render(in: scope)
            state = .done(text)
            return text
        }
    }
}

extension SlottedText: MustacheCustomRenderable, MustacheTransformable {
    var renderText: String { text }
    var isNull: Bool { false }
    func transform(_ name: String) -> Any? { PrintedText(text).transform(name) }
}

private func circle(_ place: String) -> String { "\(place) ↺" }
