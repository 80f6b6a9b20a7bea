/// What a finished document says of itself, beside its title: the properties of a Word or PDF file, and what stands on every
/// page. An empty text is a property that is not given.
public struct DocumentProperties: Sendable, Hashable {
    /// Who signs for it: the agency.
    public var author: String
    /// For whom it was written.
    public var client: String
    public var subject: String
    public var keywords: [String]
    /// The report's number (报告文号).
    public var number: String
    /// The day or month that it is of, as printed.
    public var issued: String
    /// The id of the review that it reports.
    public var review: String
    /// At the head of every page but the cover; nothing prints none.
    public var runningHead: [Run]
    public var pageNumbers: PageNumbers

    public init(
        author: String = "",
        client: String = "",
        subject: String = "",
        keywords: [String] = [],
        number: String = "",
        issued: String = "",
        review: String = "",
        runningHead: [Run] = [],
        pageNumbers: PageNumbers = .ofTotal
    ) {
        (self.author, self.client, self.subject, self.keywords) = (author, client, subject, keywords)
        (self.number, self.issued, self.review) = (number, issued, review)
        (self.runningHead, self.pageNumbers) = (runningHead, pageNumbers)
    }
}

/// How pages are numbered, at their foot. A cover has no number.
public enum PageNumbers: String, Sendable, Hashable, CaseIterable {
    case none
    /// `— 3 —`, as GB/T 9704 has it.
    case dashed
    /// `第 3 页 共 80 页`.
    case ofTotal
}

/// The head of the first page of an official document (版头): who issues it, in large red letters, its number, a red line.
public struct Letterhead: Sendable, Hashable {
    public var issuer: [Run]
    /// The document's number (发文字号): `沪闵会评〔2026〕12 号`.
    public var number: [Run]
    /// Who signs it off (签发人); nothing for documents that have none.
    public var signer: [Run]

    public init(issuer: [Run], number: [Run] = [], signer: [Run] = []) {
        (self.issuer, self.number, self.signer) = (issuer, number, signer)
    }
}

/// A picture from a file.
public struct Picture: Sendable, Hashable {
    /// The absolute path of a PNG or JPEG file that the back end can read.
    public var path: String
    /// What the picture shows, for readers who cannot see it.
    public var alternative: String
    public var caption: [Run]
    /// In percent of the width of the text, 1 to 100. The height follows.
    public var width: Int
    public var alignment: CellAlignment

    public init(
        path: String,
        alternative: String,
        caption: [Run] = [],
        width: Int = 100,
        alignment: CellAlignment = .centre
    ) {
        (self.path, self.alternative, self.caption) = (path, alternative, caption)
        (self.width, self.alignment) = (width, alignment)
    }
}

/// Where people sign, seal and date a report. It stays on one page.
public struct Signing: Sendable, Hashable {
    public var fields: [Field]
    /// How many fields stand side by side, 1 to 4.
    public var columns: Int

    public init(fields: [Field], columns: Int = 1) { (self.fields, self.columns) = (fields, columns) }

    public struct Field: Sendable, Hashable {
        /// What is to be filled in: `项目负责人`, `签字注册会计师`.
        public var label: [Run]
        /// What is known already; nothing leaves a line to write on.
        public var value: [Run]
        public var kind: Kind

        public init(label: [Run], value: [Run] = [], kind: Kind = .signature) {
            (self.label, self.value, self.kind) = (label, value, kind)
        }
    }

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case text
        /// Leaves a line for a hand.
        case signature
        /// Leaves a square of 42 mm for a seal.
        case seal
        /// Leaves `年 月 日` when nothing is given.
        case date
    }
}
