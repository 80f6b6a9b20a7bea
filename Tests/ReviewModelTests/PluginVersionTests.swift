import ReviewModel
import Testing

@Suite("Versions of plugins")
struct PluginVersionTests {
    @Test("are ordered as Semantic Versioning orders them")
    func order() throws {
        let texts = [
            "0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
            "1", "1.0.1", "1.2", "1.10", "2",
        ]
        let versions = try texts.map { try #require(PluginVersion($0)) }
        for (left, right) in zip(versions, versions.dropFirst()) {
            #expect(left < right, "\(left) \(right)")
            #expect(!(right < left) && left != right, "\(left) \(right)")
        }
    }

    @Test("are the same with zeros at the end, and whatever the build")
    func same() {
        #expect(PluginVersion("1") == PluginVersion("1.0.0"))
        #expect(PluginVersion("1.2.0+20261129") == PluginVersion("1.2+a"))
        #expect(PluginVersion("1.2.0")?.hashValue == PluginVersion("1.2")?.hashValue)
    }

    @Test(
        "are numbers and dots",
        arguments: [
            "", "v1", "1.", ".1", "1..2", "1.2.3.4.5", "1.2-", "1.2-a..b", "1.2+", "一", "1,2", " 1", "1.1234567890",
            "1.2-α",
        ]
    )
    func noVersion(text: String) { #expect(PluginVersion(text) == nil) }

    @Test(
        "will do or not as a spec asks for",
        arguments: [
            (">=1.2", "1.2", "1.1.9"), (">=1.2", "2.0", "1.2.0-rc.1"), ("=1.3.0", "1.3", "1.3.1"),
            ("<2", "1.99", "2.0"),
            ("<2", "1.99", "2.0.0-rc.1"), ("<2.0.0-rc.2", "2.0.0-rc.1", "2.0.0-rc.2"), ("<=2", "2.0", "2.0.1"),
            (">1", "1.0.1", "1.0"), ("~>1.4", "1.9", "2.0"), ("~>1.4", "1.4", "1.3"), ("~>1.4.2", "1.4.9", "1.5"),
            ("~>1", "1.9", "2"), ("~> 1.4.0", "1.4.7", "1.5.0"), ("~>1.4", "1.4", "2.0.0-rc.1"),
            (">=1.2, <2", "1.5", "2.1"),
            (">= 1.2 , < 2", "1.2", "1.1"), ("~>1.0", "1.9", "2.0"),
        ]
    )
    func requirement(text: String, good: String, bad: String) throws {
        let requirement = try #require(VersionRequirement(text))
        #expect(requirement.allows(try #require(PluginVersion(good))))
        #expect(!requirement.allows(try #require(PluginVersion(bad))))
    }

    @Test(
        "are not asked for without a relation, or with one that nobody knows",
        arguments: ["1.2", "", ">=", ">=1.2,", "^1.2", "=>1.2", "==1.2", ">=1.x", ">=1 <2", "!=1", "~1.2"]
    )
    func noRequirement(text: String) { #expect(VersionRequirement(text) == nil) }
}
