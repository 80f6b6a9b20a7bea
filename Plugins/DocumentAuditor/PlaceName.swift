import BudgetLines
import PrintedReports
import ReviewModel

/// The place that a body belongs to, as its name says: 临澜县 of 临澜县人民医院.
struct PlaceName: Hashable, Sendable {
    var text: String
    /// What kind of place it is: 县.
    var level: Character

    /// The place that a name begins with, and what is left of the name. 中共 before it is the party, 中共剑川县委, and no part of the place.
    static func leading(_ name: Substring) -> (place: PlaceName, body: Substring)? {
        let name = name.hasPrefix("中共") ? name.dropFirst(2) : name
        let marks: Set<Character> = ["省", "市", "县", "区", "镇", "乡"]
        for index in name.indices.prefix(6) where marks.contains(name[index]) {
            let end = name.index(after: index)
            let text = String(name[..<end])
            // 全市, 社区 and the like are no names; 区 of 区委 may stand in one.
            guard text.count >= 3, !leads.contains(String(text.dropLast())), !notNames.contains(where: text.hasSuffix),
                text.allSatisfy({ !$0.isASCII && !"，。；、：（）《》“”的和与及为由在对各该本全".contains($0) })
            else { return nil }
            return (PlaceName(text: text, level: name[index]), name[end...])
        }
        return nil
    }

    /// All places that a name begins with, the larger ones first: 上海市, 闵行区 and 虹桥镇 of 上海市闵行区虹桥镇人民政府.
    static func allLeading(_ name: String) -> [PlaceName] {
        var (found, rest) = ([PlaceName](), name[...])
        while found.count < 4, let (place, body) = leading(rest) {
            found.append(place)
            rest = body
        }
        return found
    }

    /// What stands before 区财政局 and 县财政局 where these are those of the own place: 建议区财政局.
    private static let leads: Set<String> = [
        "建议", "要求", "督促", "提请", "会同", "协调", "联合", "配合", "指导", "支持", "请示", "上报", "报送", "报请", "委托", "通过", "经过", "根据",
        "提交", "商请", "函告",
    ]

    private static let notNames = [
        "社区", "地区", "辖区", "园区", "校区", "院区", "库区", "片区", "小区", "景区", "城区", "灾区", "山区", "街区", "市区", "县区", "郊区", "牧区",
        "林区", "湖区",
        "开发区", "新区", "乡镇", "城镇", "城市", "全市", "全县", "全区", "全镇", "城乡", "超市", "门市", "集市", "夜市", "菜市", "农村", "各县", "各镇",
        "各市", "各区",
        "兄弟县", "周边县", "邻县", "邻市", "邻区", "本市", "本县", "本区", "本镇", "我市", "我县", "我区", "我镇", "都市", "股市", "上市", "直辖市", "地级市",
        "自治区", "自治县", "行政区", "功能区", "示范区", "试验区", "管理区", "工业区", "保税区", "服务区", "居民区", "生活区", "办公区", "公共区", "实验区", "商业区",
        "住宅区",
        "个镇", "个乡", "个县", "个区", "个市",
    ]
}

extension Dossier {
    /// The places of the bodies that take part, and of the town.
    var ownPlaces: Set<PlaceName> {
        let members = field("organisations")?.record?.members ?? []
        func places(_ keys: [String]) -> [PlaceName] {
            members.filter { keys.contains($0.key) }.compactMap { $0.value.text?.folded }
                .compactMap { PlaceName.leading($0[...])?.place }
        }
        let named = [field("project", "town")?.text, field("project", "name")?.text].compactMap { $0?.folded }
        let own = places(["applicant", "department"]) + named.compactMap { PlaceName.leading($0[...])?.place }
        // Who commissions may be a body of a larger place, and is told by the others.
        return Set(own.isEmpty ? places(["client"]) : own)
    }

    /// The places of ``ownPlaces`` with those within them that the names go on with.
    var ownPlacesWithin: Set<PlaceName> {
        let members = field("organisations")?.record?.members ?? []
        let bodies = members.filter { ["applicant", "department"].contains($0.key) }.compactMap {
            $0.value.text?.folded
        }
        let named = [field("project", "town")?.text, field("project", "name")?.text].compactMap { $0?.folded }
        return Set((bodies + named).flatMap(PlaceName.allLeading))
    }

    /// The bodies that take part, by what they are called.
    var ownBodies: [String] {
        (field("organisations")?.record?.members ?? []).compactMap { $0.value.text?.folded }.filter { $0.count >= 4 }
    }
}

extension StringProtocol {
    /// Whether a name ends as those of public bodies do.
    var isPublicBody: Bool {
        ["局", "厅", "委", "委员会", "办", "办公室", "政府", "中心", "站", "处", "院", "校", "馆", "队", "园", "所", "社"].contains(
            where: hasSuffix
        )
    }
}
