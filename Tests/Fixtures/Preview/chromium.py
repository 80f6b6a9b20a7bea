"""A page in a real browser, driven over a pipe: https://chromedevtools.github.io/devtools-protocol/"""

import json
import os
import shutil
import subprocess
import tempfile
import time


class Page:
    def __init__(self, program, width, height):
        self.folder = tempfile.mkdtemp()
        (theirs_in, ours_out), (ours_in, theirs_out) = os.pipe(), os.pipe()

        def place():
            # 3 is what it reads from, 4 what it writes to; neither end may be in the other's way.
            first, second = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             "--user-data-dir=" + self.folder, "--window-size=%d,%d" % (width, height)],
            env={**os.environ, "TMPDIR": self.folder}, close_fds=False, preexec_fn=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.output, self.input = os.fdopen(ours_out, "wb", buffering=0), os.fdopen(ours_in, "rb")
        self.number, self.session, self.buffer, self.events = 0, None, b"", []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log"]:
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.output.write(json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.buffer:
                part = os.read(self.input.fileno(), 1 << 16)
                if not part:
                    raise EOFError("the browser has ended")
                self.buffer += part
            line, self.buffer = self.buffer.split(b"\0", 1)
            answer = json.loads(line)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                return answer["result"]
            self.events.append(answer)

    def go(self, address):
        self.call("Page.navigate", url=address)

    def value(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait(self, expression):
        """Until it is true; what is not there yet counts as false."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                if self.value(expression):
                    return
            except RuntimeError:
                pass
            time.sleep(0.02)
        raise TimeoutError(expression)

    @property
    def complaints(self):
        """What went wrong in scripts, and what the browser would not do."""
        wrong = [event for event in self.events if event["method"] == "Runtime.exceptionThrown"]
        logged = [event["params"]["entry"]["text"] for event in self.events if event["method"] == "Log.entryAdded"]
        return [event["params"]["exceptionDetails"]["text"] for event in wrong] + logged

    def close(self):
        self.process.kill()
        self.process.wait()
        # Its own processes end after it, and write until then.
        while os.path.exists(self.folder):
            shutil.rmtree(self.folder, ignore_errors=True)
            time.sleep(0.02)
