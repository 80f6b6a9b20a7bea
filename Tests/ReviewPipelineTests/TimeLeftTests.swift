import PluginRuntime
import Testing

@Suite("The time of a step")
struct TimeLeftTests {
    @Test("it begins when the first call goes out, and not while that is held back")
    func begins() {
        let time = TimeLeft(.seconds(3600))
        #expect(time.left == .seconds(3600))
        time.begin()
        let left = time.left
        #expect(left < .seconds(3600))
        time.begin()
        #expect(time.left <= left, "it begins once")
    }
}
